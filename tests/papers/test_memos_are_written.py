"""A circular as a memorandum: the form of the state, and who has acknowledged it as they did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest
from docx.enum.text import WD_TAB_LEADER
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from bot import enrol
from bot.papers.asking import Asking
from bot.papers.ink import apart
from bot.papers.ink.values import sample, values_of
from bot.papers.ink.word import as_docx
from bot.papers.kinds import ID, PAPERS
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.texts import Texts
from handlers.kit import Words
from itadomain.acknowledgements import Acknowledged, Audience, Circular
from itadomain.organisation import Unit
from itadomain.papers.circulating import NAMES, Enclosed, enclosed
from itadomain.papers.memo import lines, may_read
from itadomain.people import Post, Role
from itadomain.posts import relieved
from itadomain.refusals import Refusal
from tests.fakes import TODAY, MemoryStore, a_measure, a_person, an_agency
from tests.papers.word_files import everything, opened, sentences, tables
from tests.storage.conftest import make_core
from tests.talk import Talk

THAI = partial(Texts().tell, language="th", particle="")
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LIST = "ที่ | ชื่อ - สกุล | ตำแหน่ง/สังกัด | รับทราบเมื่อ | การรับทราบ"
NOT_YET = "ยังไม่รับทราบ\nลงชื่อ ............"
NOON = datetime(2026, 11, 20, 12, 34, tzinfo=timezone(timedelta(hours=7)))
POLICY = Circular("c1", "นโยบายไม่รับของขวัญ", "ทุกคนไม่รับของขวัญ\n\nในโอกาสใด ๆ", Audience.EVERYONE, TODAY, "p1")


@pytest.fixture
def store():
    """An agency with a plan, a secretary and an officer."""
    store = an_agency()
    store.units.save(Unit("สำนักปลัด", "สำนักปลัด", secretariat=True))
    store.people.meet("U1", a_person(Role.STAFF, name="สมหญิง", unit="สำนักปลัด", key="p1"))
    store.people.meet("U2", a_person(Role.HEAD, name="สมชาย", unit="กองคลัง", key="p2"))
    store.units.save(Unit("กองคลัง", "กองคลัง"))
    return store


def kept(store, one=POLICY, *read, at=NOON):
    store.circulars.save(one)
    for person in read:
        store.circulars.acknowledge(Acknowledged(one.id, person, at))
    return store


def paper(store, of="c1", today=TODAY, **how):
    asking = Asking(store, of, "สมหญิง ใจดี", MADE, today, THAI)
    return replace(PAPERS["memo"].make(asking), **how)


def written(store, of="c1", today=TODAY, **how):
    return opened(as_docx(paper(store, of, today, **how)))


def test_the_script_a_policy_is_acknowledged_in_the_chat_and_the_memo_says_who_and_when(store):
    secretary = Talk(store, store.people.get("p1", TODAY))
    for said in ("ขอให้รับทราบ", "นโยบายไม่รับของขวัญ", "ทุกคนไม่รับของขวัญในโอกาสใด ๆ"):
        secretary.says(said)
    secretary.answers("everyone")
    secretary.answers("yes")
    officer, [circular] = Talk(store, store.people.get("p2", TODAY), user="U2"), store.circulars.all()
    officer.taps("acknowledge.read", id=circular.id)
    officer.answers("yes")
    [read] = store.circulars.acknowledged(circular.id)
    file = written(store, circular.id)
    assert tables(file)[LIST] == [
        ["1", "สมชาย", "หัวหน้าส่วน กองคลัง", THAI(read.at), "รับทราบแล้วทาง LINE"],
        ["2", "สมหญิง", "เจ้าหน้าที่ สำนักปลัด", "-", NOT_YET],
    ]
    told = sentences(file)
    assert "ขอแจ้งเวียนเรื่อง “นโยบายไม่รับของขวัญ” ให้ท่านทราบและถือปฏิบัติ ดังนี้" in told
    assert "ทุกคนไม่รับของขวัญในโอกาสใด ๆ" in told
    assert any("มีผู้รับทราบแล้ว 1 จาก 2 คน" in one for one in told)


def test_it_has_the_form_of_the_state(store):
    file = written(kept(store))
    head, office, number, subject, to, *_ = file.paragraphs
    assert (head.text.strip(), head.runs[0].font.size.pt, head.runs[0].bold) == ("บันทึกข้อความ", 29, True)
    assert head.runs[0]._r.rPr.find(qn("w:szCs")).get(qn("w:val")) == "58", "Thai letters as large as the others"
    assert office.text == f"ส่วนราชการ  สำนักปลัด {store.office.name.th}\t"
    assert number.text == "ที่  \tวันที่  \t", "both are filled in by hand"
    assert subject.text == "เรื่อง  นโยบายไม่รับของขวัญ\t"
    assert to.text == "เรียน เจ้าหน้าที่ทุกคน"
    for line, stops in ((office, 1), (number, 2), (subject, 1)):
        assert [one.leader for one in line.paragraph_format.tab_stops] == [WD_TAB_LEADER.DOTS] * stops
        assert line.runs[0].bold
    assert "จึงเรียนมาเพื่อทราบและถือปฏิบัติ" in sentences(file)
    assert "(ลงชื่อ)" in everything(file)


def test_who_signs_signs_to_the_right(store):
    signed = next(table for table in written(kept(store)).tables if "(ลงชื่อ)" in table.rows[0].cells[-1].text)
    assert [bool(cell.text) for cell in signed.rows[0].cells] == [False, True]


def test_moments_and_names_are_those_that_were_kept(store):
    kept(store, POLICY, "p2")
    store.circulars.acknowledge(Acknowledged("c1", "p1", NOON + timedelta(minutes=5)))
    assert [row[1:4] for row in tables(written(store))[LIST]] == [
        ["สมชาย", "หัวหน้าส่วน กองคลัง", "20 พ.ย. 2569 12:34"],
        ["สมหญิง", "เจ้าหน้าที่ สำนักปลัด", "20 พ.ย. 2569 12:39"],
    ]


def test_nobody_has_read_it_yet(store):
    file = written(kept(store))
    assert [row[4] for row in tables(file)[LIST]] == [NOT_YET, NOT_YET]
    assert any("มีผู้รับทราบแล้ว 0 จาก 2 คน" in one for one in sentences(file))


def test_nobody_is_asked(store):
    file = written(kept(store, replace(POLICY, audience=Audience.NEWCOMERS)))
    assert LIST not in tables(file)
    assert any("ยังไม่มีผู้ที่ต้องรับทราบ" in one for one in sentences(file))
    assert "เรียน เจ้าหน้าที่ผู้เข้าใหม่" in sentences(file)


def test_who_read_it_and_left_stays_on_the_list_with_the_post_of_that_day(store):
    kept(store, POLICY, "p2")
    gone = store.people.get("p2", TODAY)
    store.people.save(relieved(gone, gone.posts, TODAY, TODAY))
    file = written(store, today=TODAY + timedelta(days=9))
    assert tables(file)[LIST][0][1:3] == ["สมชาย\n(พ้นจากหน้าที่แล้ว)", "หัวหน้าส่วน กองคลัง"]
    assert len(tables(file)[LIST]) == 2


def test_who_left_without_reading_it_is_asked_no_more(store):
    gone = store.people.get("p2", TODAY)
    store.people.save(relieved(gone, gone.posts, TODAY, TODAY))
    rows = tables(written(kept(store), today=TODAY + timedelta(days=9)))[LIST]
    assert [row[1] for row in rows] == ["สมหญิง"]


def test_of_who_is_forgotten_only_the_moment_is_left(store):
    kept(store, POLICY, "p2")
    store.people.forget(store.people.get("p2", TODAY))
    file = written(store)
    assert tables(file)[LIST][0][1:4] == ["(ไม่อยู่ในทะเบียนแล้ว)", "-", "20 พ.ย. 2569 12:34"]
    assert "สมชาย" not in everything(file)


def test_of_a_closed_one_those_are_told_who_had_not_read_it_then(store):
    kept(store, replace(POLICY, closed_on=TODAY + timedelta(days=3)), "p2")
    store.people.meet("U3", a_person(Role.STAFF, name="สมปอง", unit="กองคลัง", key="p3"))
    late = store.people.get("p3", TODAY)
    store.people.save(replace(late, posts=(Post(Role.STAFF, "กองคลัง", TODAY + timedelta(days=5)),)))
    file = written(store, today=TODAY + timedelta(days=9))
    assert [row[1] for row in tables(file)[LIST]] == ["สมชาย", "สมหญิง"]
    assert any("ปิดรับทราบเมื่อวันที่ 23 พ.ย. 2569 มีผู้รับทราบ 1 จาก 2 คน" in one for one in sentences(file))


def test_about_a_measure_it_names_it_with_what_is_to_be_done(store):
    [measure] = store.measures.save_plan([a_measure()])
    told = sentences(written(kept(store, replace(POLICY, title=measure.title, wording="", measure=measure.id))))
    year = measure.plan_year
    assert any(f"มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {year}" in one for one in told)
    assert f"{measure.number}. {measure.title}" in told
    assert "1. จัดทำคู่มือ" in told
    assert "ผู้รับผิดชอบ: สำนักปลัด" in told


def test_about_a_measure_that_is_gone_its_title_is_left(store):
    told = sentences(written(kept(store, replace(POLICY, wording="", measure="gone"))))
    assert "ขอแจ้งเวียนเรื่อง “นโยบายไม่รับของขวัญ” ให้ท่านทราบและถือปฏิบัติ" in told


def test_about_a_paper_it_names_it_and_says_that_it_is_enclosed(store):
    paper_sent = Enclosed("plan", 2570)
    told = sentences(written(kept(store, replace(POLICY, title=paper_sent.name, wording="", paper=paper_sent.key))))
    name = "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. 2570"
    assert f"สิ่งที่ส่งมาด้วย {name} จำนวน 1 ฉบับ" in told
    assert f"ขอแจ้งเวียน{name} ตามสิ่งที่ส่งมาด้วย ให้ท่านทราบและถือปฏิบัติ" in told
    assert not any("สิ่งที่ส่งมาด้วย" in one for one in sentences(written(kept(store))))


@pytest.mark.parametrize("kind", NAMES)
def test_a_paper_is_sent_round_under_the_title_that_stands_on_it(kind):
    assert Enclosed(kind, 2570).name == THAI(Words(f"{kind}_paper.title", {"year": 2570}))
    assert enclosed(Enclosed(kind, 2570).key) == Enclosed(kind, 2570)
    assert kind in PAPERS


@pytest.mark.parametrize("key", ["", "plan", "plan:", "plan:x", "memo:2570", ":2570"])
def test_what_is_no_paper_is_none(key):
    assert enclosed(key) is None


def test_duties_in_this_system_are_nobodys_business(store):
    """A list that goes round must not tell who reads what is disclosed."""
    posts = (Post(Role.INTEGRITY), Post(Role.OFFICER, "กองคลัง"), Post(Role.STAFF, "กองคลัง", acting=True))
    store.people.meet("U3", replace(a_person(Role.INTEGRITY, name="สมปอง", key="p3"), posts=posts))
    store.people.meet("U4", a_person(Role.ADMIN, name="สมศักดิ์", key="p4"))
    file = written(kept(store))
    held = {row[1]: row[2] for row in tables(file)[LIST]}
    assert held["สมปอง"] == "กองคลัง\nรักษาราชการแทน เจ้าหน้าที่ กองคลัง"
    assert held["สมศักดิ์"] == "-"
    assert "จริยธรรม" not in everything(file)


def test_in_thai_digits_moments_and_counts_are_too(store):
    kept(store, POLICY, "p2")
    file = written(store, thai_digits=True)
    assert tables(file)[LIST][0][3] == "๒๐ พ.ย. ๒๕๖๙ ๑๒:๓๔"
    assert any("๑ จาก ๒ คน" in one for one in sentences(file))


def test_what_was_written_to_a_committee_is_theirs_and_the_writers(store):
    one = replace(POLICY, audience=Audience.CHOSEN, people=("p2",), asked_by="p1")
    kept(store, one)
    may = PAPERS["memo"].may
    assert may(store, store.people.get("p1", TODAY), "c1")
    assert may(store, store.people.get("p2", TODAY), "c1")
    other = a_person(Role.ADMIN, name="สมปอง", key="p9")
    assert not may(store, other, "c1")
    assert not may_read(one, other)
    assert may(kept(store, replace(POLICY, id="c2")), other, "c2"), "what everybody is asked to read"
    assert not may(store, other, "none")
    assert "เรียน ผู้มีรายชื่อในบัญชีรับทราบ" in sentences(written(store))
    assert [row[1] for row in tables(written(store))[LIST]] == ["สมชาย"]


def test_the_name_of_the_file_is_that_of_the_circular(store):
    asking = Asking(kept(store), "c1", "สมหญิง", MADE, TODAY, THAI)
    assert THAI(PAPERS["memo"].name(asking)) == "บันทึกข้อความ นโยบายไม่รับของขวัญ"
    assert ID.fullmatch("f" * 32)


@pytest.mark.parametrize("of", ["none", "2570", ""])
def test_of_what_is_not_there_there_is_none(store, of):
    with pytest.raises(Refusal, match=r"memo_paper\.unknown"):
        paper(kept(store), of)


def test_it_says_who_asked_when_of_what_and_that_it_is_a_draft(store):
    file = written(kept(store, POLICY, "p2"))
    about = file.core_properties
    assert (about.author, about.created.replace(tzinfo=UTC)) == ("สมหญิง ใจดี", MADE)
    assert about.comments == "ทะเบียนรับทราบเรื่อง «นโยบายไม่รับของขวัญ» มีผู้รับทราบ 1 จาก 2 คน"
    assert file.sections[0].first_page_header.paragraphs[0].text == "ร่าง"


def test_what_it_says_is_the_same_the_next_day(store):
    """Else nothing that was approved would stay so."""
    kept(store, POLICY, "p2")
    assert paper(store).blocks == paper(store, today=TODAY + timedelta(days=1)).blocks


def test_an_agencys_own_form_asks_for_its_head_by_name(store):
    one = paper(kept(store))
    single = values_of(one).single
    assert (single["เรื่อง"], single["ที่"]) == ("นโยบายไม่รับของขวัญ", "")
    head, fields, *_ = sample(one).blocks
    assert (head.text, fields.rows[2][0].value) == ("บันทึกข้อความ", "{{ เรื่อง }}")


def test_a_process_of_its_own_writes_the_same(store):
    one = paper(kept(store, POLICY, "p2"))
    made, own = opened(apart.word_file(one)), opened(as_docx(one))
    assert (everything(made), [one.text for one in made.paragraphs]) == (
        everything(own),
        [one.text for one in own.paragraphs],
    )


@given(
    read=st.lists(st.sampled_from("abcdef"), unique=True),
    asked=st.sets(st.sampled_from("abcdef")),
    left=st.sets(st.sampled_from("abcdef")),
    forgotten=st.sets(st.sampled_from("abcdef")),
)
def test_everybody_who_read_it_or_still_should_stands_on_the_list_once(read, asked, left, forgotten):
    store = MemoryStore()
    for key in sorted("abcdef"):
        person = a_person(Role.STAFF, name=key, unit="กองคลัง", key=key)
        store.people.meet(key, replace(person, posts=()) if key in left else person)
    one = replace(POLICY, audience=Audience.CHOSEN, people=tuple(sorted(asked)))
    kept(store, one, *read)
    for key in forgotten:
        store.people.kept.pop(key)
    told = lines(store, one, TODAY)
    assert [line.name for line in told if line.at] == ["" if key in forgotten else key for key in read]
    assert [line.name for line in told if not line.at] == sorted(asked - set(read) - left - forgotten)
    assert all(line.left == (key in left | forgotten) for key, line in zip(read, told, strict=False))


def test_another_agency_has_neither_the_circular_nor_its_people(tmp_path):
    core = make_core(tmp_path, new_key())
    migrate(core.database)
    try:
        north, south = (add(core, slug) for slug in ("north", "south"))
        step(core, north, lambda s: s.people.meet("U1", a_person(Role.STAFF, name="สมหญิง", key="p1")))
        step(core, south, lambda s: s.people.meet("U2", a_person(Role.STAFF, name="มาลี", key="p2")))
        step(core, north, lambda s: s.circulars.save(POLICY))
        step(core, north, lambda s: s.circulars.acknowledge(Acknowledged("c1", "p1", NOON)))
        told = step(core, north, lambda s: everything(written(s)))
        assert "สมหญิง" in told
        assert "มาลี" not in told
        with pytest.raises(Refusal, match=r"memo_paper\.unknown"):
            step(core, south, paper)
    finally:
        core.database.close()


def add(core, slug):
    enrol.add_agency(core, enrol.NewAgency(slug, f"อบต.{slug}", f"secret-{slug}", access_token=f"t-{slug}"))
    return core.channels.by_slug(slug)


def step(core, agency, work):
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        result = work(store)
    core.database.write(store.apply, of=agency.id)
    return result
