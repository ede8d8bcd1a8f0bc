"""What a document left open is settled in chat, by those who may, once."""

from dataclasses import replace

import pytest

from handlers.kit import Go, words
from itadomain.measures import Measure
from itadomain.people import Role
from itadomain.questions import About, Question
from tests.fakes import a_measure, a_person, an_agency
from tests.talk import TODAY, Talk

ADMIN = a_person(Role.ADMIN)


def a_question(about=About.PERIOD, number=1, **changes):
    facts = {"number": str(number), "title": "เผยแพร่", "printed": ""}
    key = "questions.period" if about is About.PERIOD else "questions.follow_up"
    asked = Question(f"q{number}", about, key, facts, "แผน.docx", measures=(f"m{number}",), asked_on=TODAY)
    return replace(asked, **changes)


def a_store(*questions, **changes):
    store = an_agency(*(a_measure(number, period="", **changes) for number in (1, 2)))
    for one in questions:
        store.questions.ask(one)
    return store


def measure(store, measure_id="m1") -> Measure:
    return store.measures.get(measure_id)


def test_the_script_as_written():
    store = a_store(a_question(), a_question(number=2))
    talk = Talk(store, ADMIN)
    listed = talk.says("เรื่องที่ต้องยืนยัน")
    assert (listed.key, listed.facts["count"]) == ("questions.waiting", 2)
    assert talk.taps(listed.taps[0]).key == "questions.period"
    settled = talk.says("ม.ค. - มี.ค. 2566")
    assert settled.key == "questions.settled"
    assert measure(store).when == "ม.ค. - มี.ค. 2566"
    assert talk.taps(settled.taps[0]).facts["count"] == 1
    assert store.questions.get("q1").answer == "ม.ค. - มี.ค. 2566"


def test_words_that_name_no_days_leave_the_question_open():
    store = a_store(a_question())
    talk = Talk(store, ADMIN)
    talk.taps(talk.says("เรื่องที่ต้องยืนยัน").taps[0])
    assert talk.says("ยังไม่ทราบเลย").key == "changes.no_days"
    assert measure(store).settled_period == ""
    assert talk.says("ตลอดปีงบประมาณ").key == "questions.settled"


def test_a_choice_is_tapped():
    store = a_store(a_question(About.FOLLOW_UP, choices=("ทุกเดือน", "ทุกไตรมาส")))
    talk = Talk(store, ADMIN)
    asked = talk.taps(talk.says("เรื่องที่ต้องยืนยัน").taps[0])
    talk.taps(asked.taps[1])
    assert measure(store).settled_follow_up == "ทุกไตรมาส"


def test_the_print_may_stand_as_it_is():
    store = a_store(a_question(About.PRINT, choices=("95", "88.87")))
    talk = Talk(store, ADMIN)
    asked = talk.taps(talk.says("เรื่องที่ต้องยืนยัน").taps[0])
    assert talk.taps(asked.taps[2]).key == "questions.settled"
    assert not store.questions.open()
    assert measure(store) == a_measure(1, period="")


def test_nothing_waits():
    assert Talk(a_store(), ADMIN).says("เรื่องที่ต้องยืนยัน").key == "questions.none"


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.OFFICER, Role.INTEGRITY, Role.HEAD])
def test_others_may_not(role):
    talk = Talk(a_store(a_question()), a_person(*([role] if role else [])))
    said = [talk.says("เรื่องที่ต้องยืนยัน"), talk.taps(Go(words("questions.tap_nth", no=1), "questions.one", {"id": "q1"}))]
    assert {one.key for one in said} <= {"changes.not_yours", "help.not_allowed", "help.for_insiders"}
