from dataclasses import replace
from datetime import date, timedelta

import pytest

from itadomain import evidence
from itadomain.cases import following, working
from itadomain.cases.case import Channel, Kind, Spot, State, Voice
from itadomain.cases.categories import Category, complete, suggested
from itadomain.cases.filing import Told, file
from itadomain.cases.likeness import alike, metres, same_place
from itadomain.cases.moves import Move
from itadomain.cases.working import Word
from itadomain.evidence import Evidence
from itadomain.people import Role
from itadomain.refusals import Refusal
from tests.fakes import UNITS, a_person, an_agency

TODAY = date(2027, 4, 9)  # the Friday before Songkran


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


@pytest.fixture
def store():
    store = an_agency()
    for unit in UNITS:
        store.units.save(unit)
    for day in (13, 14, 15):
        store.holidays.save(date(2027, 4, day), "วันสงกรานต์")
    store.categories.save(Category("street_light_electric", unit="กองช่าง", photo=True))
    return store


@pytest.fixture
def villager(store):
    return store.people.meet("Uvillager", a_person(key="villager"))


@pytest.fixture
def desk(store):
    return store.people.meet("Udesk", a_person(Role.OFFICER, key="desk"))


@pytest.fixture
def head(store):
    return store.people.meet("Uhead", a_person(Role.HEAD, unit="กองช่าง", key="head"))


@pytest.fixture
def after(store, head):
    """A photo of what was done, by the head."""
    store.evidence.save(Evidence("after", head.id, evidence.Kind.PHOTO, TODAY))
    return ["after"]


@pytest.fixture
def filed(store, villager):
    told = Told(Kind.PROBLEM, ("ไฟถนนดับ", "มืดมาก"), spot=Spot("3", "หน้าวัด"), category="street_light_electric")
    return file(store, told, villager, TODAY).case


def refused(key: str):
    return pytest.raises(Refusal, match=rf"^{key}$")


def test_a_case_gets_the_next_number_of_its_year_and_its_unit(store, villager, filed):
    assert (filed.ticket.year, filed.ticket.number) == (2570, 1)
    assert (filed.unit, filed.story, filed.state) == ("กองช่าง", "ไฟถนนดับ\nมืดมาก", State.NEW)
    assert filed.due == date(2027, 4, 19)  # Mon 12, Fri 16, Mon 19
    again = file(store, Told(Kind.PROBLEM, ("อีกเรื่อง",)), villager, TODAY).case
    assert again.ticket.number == 2


def test_what_says_nothing_is_refused(store, villager):
    with refused("case.say_something"):
        file(store, Told(Kind.PROBLEM, ("  ",)), villager, TODAY)
    with refused("case.too_long"):
        file(store, Told(Kind.PROBLEM, ("ก" * 4001,)), villager, TODAY)


def test_from_the_street_lamp_to_the_thanks(store, villager, head, filed, after):
    working.step(store, filed.id, Move.START, Word(), head, days(3))
    asked = working.step(store, filed.id, Move.ASK, Word("เสาต้นที่เท่าไรคะ"), head, days(4))
    assert asked.reporter == villager
    assert asked.case.due is None
    told = following.say_more(store, filed.id, "ต้นที่สามจากหน้าวัด", (), villager, days(10))
    assert (told.case.state, told.officers) == (State.WORKING, [head])
    assert told.case.waited > 0
    with refused("case.photo_first"):
        working.step(store, filed.id, Move.RESOLVE, Word("เปลี่ยนหลอดแล้วค่ะ"), head, days(12))
    done = working.step(store, filed.id, Move.RESOLVE, Word("เปลี่ยนหลอดแล้วค่ะ", photos=after), head, days(12))
    assert (done.case.state, done.case.over_on, done.reporter) == (State.RESOLVED, days(12), villager)
    closed = following.confirm(store, filed.id, villager, days(13)).case
    rated = following.rate(store, filed.id, 5, villager, days(13)).case
    assert (closed.state, rated.mended, rated.rating) == (State.CLOSED, True, 5)
    said = [one.words for one in rated.talk if one.voice in {Voice.AGENCY, Voice.REPORTER}]
    assert said == ["เสาต้นที่เท่าไรคะ", "ต้นที่สามจากหน้าวัด", "เปลี่ยนหลอดแล้วค่ะ"]


def test_a_no_reopens_it_and_its_time_runs_anew(store, villager, head, filed, after):
    working.step(store, filed.id, Move.RESOLVE, Word("ซ่อมแล้ว", photos=after), head, days(3))
    again = following.reopen(store, filed.id, "ยังดับอยู่", villager, days(5))
    assert (again.case.state, again.case.reopened, again.case.counted_from) == (State.WORKING, 1, days(5))
    assert again.case.due > days(5)
    assert again.officers == [head]


def test_only_what_a_move_needs_lets_it_be_made(store, desk, filed):
    with refused("case.say_something"):
        working.step(store, filed.id, Move.REFUSE, Word(" "), desk, TODAY)
    with refused("case.no_such_unit"):
        working.step(store, filed.id, Move.ASSIGN, Word(unit="กองไม่มี"), desk, TODAY)
    working.step(store, filed.id, Move.ACCEPT, Word(), desk, TODAY)
    with refused("case.review_when"):
        working.step(store, filed.id, Move.DEFER, Word("รองบประมาณ", day=TODAY), desk, TODAY)
    assert store.cases.get(filed.id).state is State.ACCEPTED


def test_a_case_goes_to_another_unit_which_hears_of_it(store, desk, head, filed):
    store.cases.save(replace(filed, unit="กองคลัง"))
    done = working.step(store, filed.id, Move.ASSIGN, Word(unit="กองช่าง"), desk, days(1))
    assert (done.case.unit, done.case.state, done.officers) == ("กองช่าง", State.ASSIGNED, [head])


def test_notes_are_kept_from_the_reporter_and_answers_are_told(store, villager, desk, filed):
    working.note(store, filed.id, "เคยแจ้งเมื่อปีก่อน", desk, TODAY)
    done = working.answer(store, filed.id, "กำลังตรวจสอบค่ะ", desk, days(1))
    assert done.reporter == villager
    assert done.case.answered_on == days(1)
    assert [one.voice for one in done.case.talk] == [Voice.NOTE, Voice.AGENCY]


def test_a_stranger_finds_nothing(store, filed):
    stranger = store.people.meet("Uother", a_person(key="other"))
    for attempt in (
        lambda: following.find(store, filed.id, stranger),
        lambda: following.by_ticket(store, str(filed.ticket), stranger, TODAY),
        lambda: following.by_ticket(store, "69-000999-A", stranger, TODAY),
        lambda: following.cancel(store, filed.id, stranger, TODAY),
        lambda: working.find(store, filed.id, stranger, TODAY),
        lambda: working.find(store, "nothing", stranger, TODAY),
    ):
        with refused("case.not_found"):
            attempt()


def test_its_reporter_finds_it_by_its_number(store, villager, filed):
    assert following.by_ticket(store, str(filed.ticket), villager, TODAY) == filed
    assert following.by_ticket(store, "1", villager, TODAY) == filed


def test_the_only_officer_works_on_what_they_reported(store, desk):
    own = file(store, Told(Kind.PROBLEM, ("น้ำไม่ไหล",)), desk, TODAY).case
    assert Move.ACCEPT in working.open_to(store, own, desk, TODAY)
    assert working.find(store, own.id, desk, TODAY) == own
    store.people.meet("Uother", a_person(Role.OFFICER, key="other"))
    assert Move.ACCEPT not in working.open_to(store, own, desk, TODAY)
    with refused("case.your_own"):
        working.find(store, own.id, desk, TODAY)


def test_what_came_by_the_counter_has_no_reporter_but_a_contact(store, desk):
    told = Told(Kind.PROBLEM, ("ถนนเป็นหลุม",), channel=Channel.COUNTER, contact="08x-xxx-xxxx")
    case = file(store, told, desk, TODAY).case
    assert (case.reporter, case.entered_by, case.channel) == ("", "desk", Channel.COUNTER)
    assert working.answer(store, case.id, "แจ้งทางโทรศัพท์แล้ว", desk, TODAY).reporter is None


def test_a_case_that_is_over_takes_no_more_words_but_is_reopened(store, villager, desk, filed):
    working.step(store, filed.id, Move.REFUSE, Word("อยู่ในอำนาจของกรมทางหลวง", body="แขวงทางหลวง"), desk, TODAY)
    with refused("case.is_over"):
        following.say_more(store, filed.id, "ขอเพิ่ม", (), villager, TODAY)
    assert following.reopen(store, filed.id, "", villager, TODAY).case.state is State.WORKING


def test_the_same_lamp_twice_is_suggested(store, villager, filed):
    other = store.people.meet("Uother", a_person(key="other"))
    told = Told(Kind.PROBLEM, ("ไฟทางดับค่ะ",), spot=Spot("3", "วัด"), category="street_light_electric")
    again = file(store, told, other, days(2)).case
    assert [one.id for one in alike(again, store.cases.of_category(again.category))] == [filed.id]
    elsewhere = file(store, replace(told, spot=Spot("4", "วัด")), other, days(2)).case
    assert not alike(elsewhere, store.cases.of_category(elsewhere.category))


def test_points_are_one_place_within_a_hundred_and_fifty_metres():
    here, near, far = Spot("", "", 13.75, 100.5), Spot("", "", 13.751, 100.5), Spot("", "", 13.76, 100.5)
    assert 110 < metres(here, near) < 112
    assert same_place(here, near)
    assert not same_place(here, far)
    assert not same_place(Spot(), Spot())


def test_words_suggest_three_categories_and_other_is_never_among_them():
    offered = suggested(["animals", "animals", "traffic", "corruption_officials"], complete([]))
    assert [one.code for one in offered] == ["animals", "traffic", "service"]
    assert len(suggested([], complete([]))) == 3
    assert "other" not in [one.code for one in suggested(["other"], complete([]), most=99)]
    assert complete([])[-1].code == "other"


def test_a_case_is_given_to_somebody_of_the_unit_only(store, desk, head, filed):
    store.people.meet("Uother", a_person(Role.STAFF, unit="กองคลัง", key="other"))
    for wrong in ("other", "nobody"):
        with refused("case.no_such_officer"):
            working.step(store, filed.id, Move.ASSIGN, Word(unit="กองช่าง", officer=wrong), desk, TODAY)
    given = working.step(store, filed.id, Move.ASSIGN, Word(unit="กองช่าง", officer="head"), desk, days(1))
    assert (given.case.officer, given.officers) == ("head", [head])


def test_a_photo_of_somebody_else_shows_nothing(store, villager, head, filed):
    store.evidence.save(Evidence("theirs", villager.id, evidence.Kind.PHOTO, TODAY))
    store.evidence.save(Evidence("words", head.id, evidence.Kind.LINK, TODAY))
    with refused("case.photo_first"):
        working.step(store, filed.id, Move.RESOLVE, Word("ซ่อมแล้ว", photos=["theirs", "words", "none"]), head, TODAY)


def test_the_photo_of_what_was_done_stays_with_the_case(store, head, filed, after):
    working.step(store, filed.id, Move.RESOLVE, Word("ซ่อมแล้ว", photos=after), head, TODAY)
    assert [one.id for one in store.evidence.of_case(filed.id)] == after


def test_who_works_on_their_own_is_not_told_of_it(store, desk):
    case = file(store, Told(Kind.PROBLEM, ("ไฟดับ",)), desk, TODAY).case
    assert working.step(store, case.id, Move.ACCEPT, Word(), desk, TODAY).reporter is None


def test_a_category_of_a_unit_that_is_closed_goes_to_the_desk(store, villager, desk, head):
    store.units.save(replace(store.units.get("กองช่าง"), closed_on=TODAY))
    filed = file(store, Told(Kind.PROBLEM, ("ไฟดับ",), category="street_light_electric"), villager, TODAY)
    assert (filed.case.unit, filed.officers) == ("", [desk])
