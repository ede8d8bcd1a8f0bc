"""The receivers' desk on the stores that agencies have: sealed, opened with one's own key, each turn a commit."""

import pytest

from handlers.disclosures.integrity_clock import afternoon, morning, noon, remind
from handlers.kit import Tick
from itadomain.integrity.disclosure import Accused, Draft, Identity, More, Outcome, Part, State, Way
from itadomain.integrity.filing import add, file
from itadomain.integrity.receipts import code_in
from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from tests.fakes import TODAY
from tests.storage.test_cases_live_on_a_real_store import RealTalk

ANN, BEN = (
    Person("ann", "สมหญิง ใจดี", posts=(Post(Role.INTEGRITY),)),
    Person("ben", "วิชัย มั่นคง", posts=(Post(Role.INTEGRITY),)),
)
WHAT, NAME, REASON = "รับเงินสองหมื่นแลกกับการตรวจรับงานถนนสายใหม่", "มานะ อดทน", "ต้องนัดให้ถ้อยคำ"


@pytest.fixture
def agency(house):
    return house.add_agency("north")


@pytest.fixture
def ann(house, agency):
    talk = RealTalk(house, agency, ANN)
    talk.keeps(lambda store: store.units.save(Unit("u1", "กองช่าง")))
    return talk


@pytest.fixture
def ben(house, agency, ann):
    return RealTalk(house, agency, BEN)


@pytest.fixture
def villager(house, agency):
    return RealTalk(house, agency, Person("villager"))


def told(talk, way=Way.WEB, accused=None, **who):
    """What is left in the box; gives its code."""
    code = talk.keeps(lambda store: store.disclosures.new_code())
    draft = Draft(way, {Part.WHAT: WHAT}, accused or Accused(), Identity(**who))
    talk.keeps(lambda store: file(store, draft, code, TODAY))
    return code


def comes(talk, job=morning, day=TODAY):
    """Who is told by a job."""
    return {one.to.id for one in talk.keeps(lambda store: job(Tick(day, store)))}


def of(talk, code):
    return talk.keeps(lambda store: store.disclosures.by_code(code))


def says(talk, *said):
    for one in said:
        reply = talk.says(one)
    return reply


def test_from_the_box_to_the_outcome(ann, ben):
    code = told(ann)
    assert says(ann, "เรื่องแจ้งเบาะแส").bubbles[0].rows == []
    assert comes(ann) == {"ann", "ben"}
    says(ann, "เรื่องแจ้งเบาะแส", "1")
    assert WHAT in ann.words
    says(ann, "ถามผู้แจ้ง", "วันไหนคะ", "ส่งเลย")
    assert of(ann, code).standing.state is State.WAITING
    ann.keeps(lambda store: add(store, code, More("วันจันทร์")))
    assert comes(ann, noon) == {"ann"}, "Ben was told today and has not looked yet"
    says(ben, "เรื่องแจ้งเบาะแส", "1")
    assert "วันจันทร์" in ben.words
    says(ben, "ปิดเรื่อง", "ปิดเรื่อง: มีมูล", "1", "ส่งเลย")
    assert (of(ann, code).standing.outcome, len(of(ann, code).talk)) == (Outcome.SUBSTANTIATED, 3)
    ann.keeps(lambda store: add(store, code, More("ยังไม่จบ", reopens=True)))
    comes(ann, afternoon)
    assert of(ann, code).standing.state is State.INQUIRY


def test_whoever_it_is_about_has_no_key_and_nobody_else_is_told(ann, ben):
    told(ann, accused=Accused(words="วิชัย"))
    assert comes(ann) == {"ann"}
    assert says(ben, "เรื่องแจ้งเบาะแส").bubbles[0].rows == []


def test_a_key_is_given_and_taken(ann, ben):
    told(ann)
    comes(ann)
    says(ann, "เรื่องแจ้งเบาะแส", "1")
    one = ann.keeps(lambda store: store.disclosures.open()[0][0])
    ann.taps("integrity_readers.take_out", id=one)
    assert says(ann, "วิชัย มั่นคง", "เป็นญาติกัน").key == "integrity.taken_out"
    assert ben.taps("integrity.one", id=one).key == "integrity.not_found"
    assert ann.taps("integrity_readers.share", id=one).key == "integrity.nobody_to_share"
    ann.taps("integrity_readers.leave", id=one)
    assert says(ann, "ยืนยัน").key == "integrity.last_reader"


def test_a_key_that_was_given_back_is_given_again(ann, ben):
    told(ann)
    comes(ann)
    one = ann.keeps(lambda store: store.disclosures.open()[0][0])
    ben.taps("integrity_readers.leave", id=one)
    assert says(ben, "ยืนยัน").key == "integrity.left"
    assert ben.taps("integrity.one", id=one).key == "integrity.not_found"
    ann.taps("integrity_readers.share", id=one)
    assert says(ann, "วิชัย มั่นคง").key == "integrity.shared"
    ben.taps("integrity.one", id=one)
    assert WHAT in ben.words
    assert "ขอถอนตัว" in ben.words, "what was noted stays"


def test_a_name_is_seen_once_another_agrees(ann, ben, villager):
    code = told(ann, Way.NAMED, name=NAME, person="villager")
    comes(ann)
    one = ann.keeps(lambda store: store.disclosures.open()[0][0])
    ann.taps("integrity_reveal.ask_who", id=one)
    asked = says(ann, REASON)
    assert {notice.to.id for notice in asked.notices} == {"ben", "villager"}
    assert of(ann, code).reveal.reason == REASON
    assert ann.taps("integrity_reveal.see", id=one).key == "integrity.not_agreed"
    ben.taps("integrity_reveal.look", id=one)
    says(ben, "ยินยอม")
    ann.taps("integrity_reveal.see", id=one)
    assert NAME in ann.words


def test_a_letter_that_is_written_in_is_kept_once(ann, ben):
    ann.taps("integrity_entry.start")
    kept = says(ann, "หนังสือ", "กองช่าง", "ต่อไป", f"ทำอะไร: {WHAT}\nเมื่อไร: วันจันทร์", "ข้าม", "บันทึก")
    assert kept.key == "integrity.entered"
    comes(ann)
    found = of(ann, code_in(kept.bubbles[1].facts["code"]))
    assert (found.standing.way, found.told[Part.WHEN], found.accused.units) == (Way.LETTER, "วันจันทร์", {"u1"})


def test_late_ones_are_told_of_once(ann, ben):
    told(ann, accused=Accused(words="วิชัย"))
    comes(ann)
    late = TODAY.replace(month=12, day=4)
    assert (comes(ann, remind, late), comes(ann, remind, late)) == ({"ann"}, set())


def test_two_who_close_it_at_once_close_it_once(ann, ben):
    told(ann)
    comes(ann)
    one = ann.keeps(lambda store: store.disclosures.open()[0][0])
    for talk in (ann, ben):
        talk.taps("integrity.one", id=one)
        says(talk, "ปิดเรื่อง", "ปิดเรื่อง: มีมูล", "1")
    assert says(ann, "ส่งเลย").key == "integrity.closed"
    assert says(ben, "ส่งเลย").key == "integrity.not_now"


def test_the_figures_count_what_nobody_opened(ann, ben):
    told(ann)
    comes(ann)
    shown = ann.taps("figures.of_year").bubbles[-1]
    assert (shown.key, shown.number) == ("integrity.figures", 1)
