"""What a document left open is settled in chat, by those who may, once."""

from dataclasses import replace

import pytest

from handlers.kit import Go, words
from itadomain.measures import Measure
from itadomain.people import Role
from itadomain.questions import About, Question
from tests.fakes import a_measure, a_person, a_result, an_agency
from tests.talk import TODAY, Talk

ADMIN = a_person(Role.ADMIN)


def a_question(about=About.PERIOD, number=1, **changes):
    printed = "" if about is About.PERIOD else a_measure(number).follow_up
    facts = {"number": str(number), "title": "เผยแพร่", "printed": printed}
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


@pytest.mark.parametrize(
    ("about", "offered"),
    [(About.PERIOD, True), (About.FOLLOW_UP, True), (About.OWNER, True), (About.PLAN_YEAR, False)],
)
def test_the_print_is_offered_as_an_answer_but_for_years(about, offered):
    store = a_store(a_question(about, choices=[str(no) for no in range(20)]))
    asked = Talk(store, ADMIN).taps("questions.one", id="q1")
    assert (words("questions.as_printed") in [one.label for one in asked.taps]) is offered


def test_a_document_without_a_name_is_confirmed_by_a_yes():
    facts = {"known": "อบต.ตัวอย่าง", "year": 2566}
    store = a_store(a_question(About.PRINT, key="questions.no_agency", facts=facts, choices=("ใช่",), measures=()))
    talk = Talk(store, ADMIN)
    assert talk.offered(talk.taps("questions.one", id="q1"))[0] == "ใช่"
    assert [one.key for one in talk.says("ใช่").bubbles] == ["questions.settled"]


@pytest.mark.parametrize("key", ["questions.no_agency", "questions.agency"])
def test_whoever_disowns_a_document_hears_that_its_measures_are_still_kept(key):
    facts = {"printed": "อบต.อื่น", "known": "อบต.ตัวอย่าง", "year": 2566}
    talk = Talk(a_store(a_question(About.PRINT, key=key, facts=facts, choices=("ใช่", "ไม่ใช่"), measures=())), ADMIN)
    asked = talk.taps("questions.one", id="q1")
    assert talk.offered(asked)[:2] == ["ใช่", "ไม่ใช่"]
    assert words("questions.as_printed") not in [one.label for one in asked.taps]
    assert [one.key for one in talk.taps(asked.taps[1]).bubbles] == ["questions.settled", "questions.not_ours"]


def test_who_is_slower_hears_who_has_answered_and_how():
    store = a_store(a_question(), a_question(number=2))
    faster = Talk(store, replace(ADMIN, id="p8", name="สมหญิง"), user="U8")
    slower = Talk(store, replace(ADMIN, id="p9", name="สมชาย"), user="U9")
    for talk in (faster, slower):
        talk.taps("questions.one", id="q1")
    faster.says("ม.ค. - มี.ค. 2566")
    reply = slower.says("เม.ย. - มิ.ย. 2566")
    assert (reply.key, reply.facts) == (
        "questions.was_answered", {"by": "สมหญิง", "day": TODAY, "answer": "ม.ค. - มี.ค. 2566"},
    )  # fmt: skip
    assert measure(store).when == "ม.ค. - มี.ค. 2566"
    assert slower.taps("questions.one", id="q1").key == "questions.was_answered"
    assert slower.taps("questions.one", id="nothing").key == "questions.waiting"


def test_what_an_answer_leaves_alone_is_named():
    question = a_question(About.FOLLOW_UP, measures=("m1", "m2"))
    store = a_store(question, follow_up="รายงานทุกไตรมาส")
    store.measures.save(replace(measure(store, "m2"), settled_follow_up="ทุก 6 เดือน"))
    talk = Talk(store, ADMIN)
    talk.taps("questions.one", id="q1")
    told = talk.says("ทุกเดือน").bubbles
    assert (told[-1].key, told[-1].facts) == ("questions.left", {"numbers": ["2"]})
    assert measure(store, "m2").cadence == "ทุก 6 เดือน"


def test_a_plan_and_a_result_are_told_in_their_new_years():
    plan = a_question(
        About.PLAN_YEAR, key="document.ask_plan_year", facts={"years": [2566, 2567]}, measures=("m1", "m2"),
        choices=("2566", "2567"),
    )  # fmt: skip
    scores = replace(plan, id="q2", about=About.SCORE_YEAR, key="document.ask_score_year", measures=())
    store = a_store(plan, replace(scores, facts={"years": "-", "year": 2565}, choices=("2566",)))
    store.scores.save(a_result(2565))
    talk = Talk(store, ADMIN)
    talk.taps("questions.one", id="q1")
    assert talk.says("2567").bubbles[1].facts == {"year": 2567, "count": 2}
    talk.taps("questions.one", id="q2")
    assert talk.says("2566").bubbles[1].facts == {"year": 2566}
    assert (store.measures.years(), [one.fiscal_year for one in store.scores.all()]) == ([2567], [2566])


def test_a_year_that_was_not_offered_is_asked_about_once_more():
    asked = a_question(
        About.PLAN_YEAR, key="document.ask_plan_year", facts={"years": [2566, 2567]}, measures=("m1", "m2"),
        choices=("2566", "2567"),
    )  # fmt: skip
    store = a_store(asked)
    talk = Talk(store, ADMIN)
    talk.taps("questions.one", id="q1")
    assert talk.says("ปี 2590").facts == {"year": "2590"}
    assert talk.says("2569").facts == {"year": "2569"}  # it was a slip
    assert store.measures.years() == [2566]
    assert talk.says("ใช่ ปี 2569").key == "questions.settled"
    assert store.measures.years() == [2569]
