"""Who looked at a case or did something with it is in the audit log, by ids alone; what its reporter does is not."""

import pytest

from handlers.cases.case_moves import TAPS
from itadomain.audit_log import Deed, verified
from itadomain.cases.moves import Move
from tests.handlers.cases import DESK, HEAD, MAYOR, STORY, VILLAGER, a_case, an_office_of_cases
from tests.talk import Talk

SAID = "ช่างจะเข้าพรุ่งนี้ค่ะ"


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def talk(agency):
    return lambda who: Talk(agency, who, user=f"U{who.id}")


@pytest.fixture
def desk(talk):
    return talk(DESK)


def log(agency):
    """Deed, by whom, about what, of every line; the chain is whole."""
    entries = list(agency.audit_log.since())
    assert verified(entries).broken is None
    return [(one.happened.deed, one.happened.by, one.happened.about) for one in entries]


def facts(agency):
    return [dict(one.happened.facts) for one in agency.audit_log.since()]


def does(desk, case, what):
    desk.taps("casework.one", id=case.id)
    return desk.answers(f"{what}:{case.id}")


@pytest.mark.parametrize("who", [DESK, MAYOR], ids=lambda one: one.id)
def test_each_look_at_a_case_is_written_down(agency, talk, who):
    case = a_case(agency)
    talk(who).taps("casework.one", id=case.id)
    talk(who).taps("casework.said", id=case.id)
    assert log(agency) == [(Deed.LOOKED, who.id, case.id)] * 2


def test_a_case_that_is_picked_from_the_list_or_by_its_number_was_looked_at(agency, desk):
    case = a_case(agency)
    desk.says("เรื่องร้องเรียน")
    desk.says(str(case.ticket))
    desk.says("เรื่องร้องเรียน")
    desk.answers(case.id)
    assert log(agency)[1::2] == [(Deed.LOOKED, "desk", case.id)] * 2


def test_a_list_is_written_down_with_how_many_were_shown(agency, desk):
    for no in range(8):
        a_case(agency, f"เรื่องที่ {no}")
    desk.says("เรื่องร้องเรียน")
    desk.answers("page:1")
    desk.answers("overdue")
    assert log(agency) == [(Deed.LISTED, "desk", "")] * 3
    assert facts(agency) == [{"part": part, "count": no} for part, no in (("all", "6"), ("all", "2"), ("overdue", "0"))]


def test_a_move_an_answer_and_a_note_are_written_down(agency, desk):
    case = a_case(agency)
    does(desk, case, Move.ACCEPT)
    does(desk, case, "answer")
    desk.says(SAID)
    desk.says("ส่งเลย")
    does(desk, case, "note")
    desk.says("นัดช่างแล้ว")
    done = [one for one in log(agency) if one[0] is not Deed.LOOKED]
    assert done == [(deed, "desk", case.id) for deed in (Deed.MOVED, Deed.ANSWERED, Deed.NOTED)]
    assert {"move": "accept"} in facts(agency)


def test_to_whom_a_case_was_given_is_written_down(agency, desk):
    case = a_case(agency)
    does(desk, case, Move.ASSIGN)
    desk.answers("กองช่าง")
    desk.answers("worker")
    assert facts(agency)[-1] == {"move": "assign", "unit": "กองช่าง", "officer": "worker"}


def test_what_was_refused_is_not_written_down_as_done(agency, desk, talk):
    case = a_case(agency)
    desk.taps("casework.one", id=case.id)
    talk(VILLAGER).taps("casework.one", id=case.id)
    talk(HEAD).taps("casework.one", id=case.id)
    talk(HEAD).taps("casework.one", id="nothing")
    assert log(agency) == [(Deed.LOOKED, "desk", case.id)]


def test_what_comes_in_is_written_down_without_who_brought_it(agency, talk):
    villager = talk(VILLAGER)
    villager.means("talk_to_human")
    villager.says("น้ำจะไหลเมื่อไร")
    villager.answers("send")
    (case,) = agency.cases.of_reporter("villager")
    assert log(agency) == [(Deed.FILED, "", case.id)]
    assert facts(agency) == [{"kind": "question", "channel": "chat"}]


def test_a_problem_that_is_told_is_written_down(agency, talk):
    villager = talk(VILLAGER)
    villager.taps("complaint.praise")
    villager.says("เจ้าหน้าที่บริการดี")
    villager.answers("done")
    villager.answers("send")
    (case,) = agency.cases.of_reporter("villager")
    assert log(agency) == [(Deed.FILED, "", case.id)]


def test_what_its_reporter_looks_at_is_not_written_down(agency, talk):
    case = a_case(agency)
    villager = talk(VILLAGER)
    villager.taps("following.one", id=case.id)
    villager.answers("more")
    villager.says("ยังมืดอยู่")
    assert log(agency) == []


def test_no_name_and_no_word_of_a_case_is_in_the_log(agency, desk):
    case = a_case(agency)
    desk.says("เรื่องร้องเรียน")
    for what in ("answer", "note"):
        does(desk, case, what)
        desk.says(SAID)
        desk.says("ส่งเลย")
    lines = "".join(one.line for one in agency.audit_log.since())
    told = (STORY, SAID, "ปรีชา", "ไฟถนน", "หน้าวัด", str(case.ticket))
    assert [one for one in told if one in lines] == []


def test_every_deed_of_an_officer_has_its_line():
    assert set(TAPS) - set(Move) == {"answer", "note"}
