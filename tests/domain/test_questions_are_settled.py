"""What an answer to a question about a document changes, and what it leaves alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from itadomain.audit import audit
from itadomain.changes import Act, add
from itadomain.corrections import with_follow_up
from itadomain.measures import Closing, Printed, Standing
from itadomain.organisation import Unit
from itadomain.plans import keep_current, keep_plan
from itadomain.progress import Report
from itadomain.questions import About, Question
from itadomain.refusals import Refusal
from itadomain.settling import AS_PRINTED, may_stand, settle
from tests.fakes import MemoryStore, a_measure, a_result, an_agency
from tests.talk import TODAY

ACT = Act(TODAY, "p1")
TREASURY = Unit("u2", "กองคลัง")


def a_store(about, **facts):
    store = an_agency(a_measure(1, period="", follow_up="", owners=("นายสมชาย",)), a_result(2565, "95.00", "AA"))
    store.units.save(TREASURY)
    measures = () if about is About.TOTAL else ("m1",)
    store.questions.ask(Question("q", about, "questions.period", facts, "แผน.docx", measures=measures))
    return store


def settled(store, answer):
    settle(store, store.questions.get("q"), answer, ACT)
    return store.measures.get("m1")


@pytest.mark.parametrize(
    ("about", "answer", "field"),
    [
        (About.PERIOD, "ม.ค. - มี.ค. 2566", "settled_period"),
        (About.FOLLOW_UP, "ทุกไตรมาส", "settled_follow_up"),
    ],
)
def test_an_answer_stands_beside_the_print(about, answer, field):
    store = a_store(about)
    after = settled(store, answer)
    assert getattr(after, field) == answer
    assert (after.period, after.follow_up) == ("", "")
    assert store.history.of_measure("m1", 1)[0].by == "p1"
    kept = store.questions.get("q")
    assert (kept.answer, kept.answered_by, kept.answered_on, kept.open) == (answer, "p1", TODAY, False)


@pytest.mark.parametrize("about", [About.PERIOD, About.FOLLOW_UP])
@pytest.mark.parametrize("answer", ["ไม่รู้", "เป็นระยะ", "31 ก.พ. 2569"])
def test_an_answer_that_names_no_days_leaves_the_question_open(about, answer):
    store = a_store(about)
    with pytest.raises(Refusal):
        settled(store, answer)
    assert store.questions.get("q").open


def test_a_measure_is_given_to_the_unit_that_is_named():
    store = a_store(About.OWNER)
    settled(store, "กองคลัง")
    assert [one.unit for one in store.obligations.of_measure("m1")] == ["u2"]


def test_a_unit_that_nobody_knows_is_refused():
    store = a_store(About.OWNER)
    with pytest.raises(Refusal):
        settled(store, "กองทัพ")
    assert not store.obligations.of_measure("m1")


@pytest.mark.parametrize(("answer", "grade"), [("95.00", "AA"), ("๙๒.๔๐", None)])
def test_the_official_total_is_the_one_that_is_named_and_the_print_stays(answer, grade):
    store = a_store(About.TOTAL, year=2565)
    settled(store, answer)
    kept = store.scores.of_year(2565)
    assert (kept.headline.total, kept.headline.grade) == (Decimal("95.00" if grade else "92.40"), grade)
    assert Decimal("95.00") in [one.total for one in kept.headlines]
    assert audit(kept).total == kept.headline.total


@pytest.mark.parametrize("about", list(About))
def test_the_print_may_stand_as_it_is(about):
    store = a_store(about, year=2565)
    before = (store.measures.get("m1"), store.scores.of_year(2565))
    assert (settled(store, AS_PRINTED), store.scores.of_year(2565)) == before
    assert not store.questions.open()


# ── what stands so already, and what people have settled meanwhile


MONTHLY, NAMED = "ทุกเดือน", "รายงานในเดือนกุมภาพันธ์ 2566"


def asked_about_follow_ups(**facts):
    store = an_agency(*(a_measure(number, follow_up=NAMED) for number in (1, 2, 3)))
    asked = Question("q", About.FOLLOW_UP, "questions.contradicts", facts, "แผน.docx", measures=("m1", "m2", "m3"))
    store.questions.ask(asked)
    return store, asked


def cadences(store):
    return [store.measures.get(measure).cadence for measure in ("m1", "m2", "m3")]


def test_the_wording_that_stands_there_is_an_answer():
    store, asked = asked_about_follow_ups(own=NAMED, general=MONTHLY)
    store.measures.save(replace(store.measures.get("m2"), follow_up=NAMED.replace(" ", "")))  # a wrapped line
    assert settle(store, asked, NAMED, ACT).left == []
    store.measures.save(a_measure(2, follow_up=NAMED))
    assert (cadences(store), store.questions.open()) == ([NAMED] * 3, [])


def test_a_period_that_stands_there_is_an_answer():
    store = an_agency(a_measure(1, period="", settled_period="ไตรมาส 2"))
    store.questions.ask(Question("q", About.PERIOD, "questions.period", {"printed": ""}, measures=("m1",)))
    assert settle(store, store.questions.get("q"), "ไตรมาส 2", ACT).left == []
    assert not store.questions.open()


def test_what_somebody_settled_meanwhile_is_left_alone_and_named():
    store, asked = asked_about_follow_ups(own=NAMED, general=MONTHLY)
    store.measures.save(with_follow_up(store.measures.get("m2"), "ทุกไตรมาส"))
    store.measures.save(with_follow_up(store.measures.get("m3"), MONTHLY))
    store.measures.save(replace(store.measures.get("m1"), follow_up=NAMED.replace(" ", "")))
    assert [one.id for one in settle(store, asked, MONTHLY, ACT).left] == ["m2"]
    assert cadences(store) == [MONTHLY, "ทุกไตรมาส", MONTHLY]


def test_where_no_follow_up_was_printed_one_that_is_set_meanwhile_is_left_alone():
    store = an_agency(a_measure(1, follow_up="-"), a_measure(2, follow_up="-", settled_follow_up="ทุกไตรมาส"))
    store.questions.ask(Question("q", About.FOLLOW_UP, "questions.cadence", {}, measures=("m1", "m2")))
    assert [one.id for one in settle(store, store.questions.get("q"), MONTHLY, ACT).left] == ["m2"]
    assert (store.measures.get("m1").cadence, store.measures.get("m2").cadence) == (MONTHLY, "ทุกไตรมาส")


def test_a_unit_that_has_it_already_is_an_answer():
    store = a_store(About.OWNER)
    settled(store, "กองคลัง")
    again = replace(store.questions.get("q"), answered_on=None)
    settle(store, again, "กองคลัง", ACT)
    assert len(store.obligations.of_measure("m1")) == 1


def test_an_owner_stays_when_the_plan_is_counted_again():
    store = a_store(About.OWNER, printed="นายสมชาย")
    settled(store, "กองคลัง")
    keep_current(store, TODAY)
    assert store.measures.get("m1").owners == ("กองคลัง",)
    assert [(one.unit, one.open) for one in store.obligations.of_measure("m1")] == [("u2", True)]


@pytest.mark.parametrize(
    ("about", "stands"),
    [(one, one not in {About.PLAN_YEAR, About.SCORE_YEAR}) for one in About],
)
def test_any_print_may_stand_but_a_year_that_is_in_doubt(about, stands):
    assert may_stand(Question("q", about, "k")) is stands
    assert not any(may_stand(Question("q", About.PRINT, key)) for key in ("questions.no_agency", "questions.agency"))


# ── the year of a plan


def a_doubted_plan(year=2569):
    """Two measures of 2569 at work, which may be of another year: the first was reported on, the second is done."""
    store = MemoryStore()
    store.units.save(TREASURY)
    plan = [a_measure(no, plan_year=year, owners=("กองคลัง",), follow_up="ทุกไตรมาส") for no in (1, 2)]
    measures = keep_plan(store, plan, [TREASURY], date(2025, 11, 1)).measures
    first, second = store.obligations.of_year(year)
    store.obligations.save(
        replace(first, standing=Standing.WORKING, percent=40, reported_for=date(2025, 12, 31)),
        replace(second, closed_on=TODAY, closed_as=Closing.DONE, slot=None, due=None),
    )
    store.reports.save(Report("r1", first.id, "m1", "u2", year, date(2026, 1, 5), "p1", Standing.WORKING, "ทำแล้ว"))
    facts = {"years": [2569, 2570]}
    asked = Question("q", About.PLAN_YEAR, "document.ask_plan_year", facts, measures=[one.id for one in measures])
    store.questions.ask(asked)
    return store, asked


@pytest.mark.parametrize("answer", ["2570", "ปีงบประมาณ ๒๕๗๐", "พ.ศ. 2570"])
def test_a_plan_goes_to_the_year_that_is_said_with_what_was_reached(answer):
    store, asked = a_doubted_plan()
    settle(store, asked, answer, ACT)
    assert (store.measures.years(), store.obligations.of_year(2569), store.reports.of_year(2569)) == ([2570], [], [])
    first, second = store.obligations.of_year(2570)
    assert (first.id, first.percent, first.slot) == ("m1.u2", 40, date(2026, 12, 31))
    assert (second.closed_as, second.slot) == (Closing.DONE, None)
    assert [one.id for one in store.reports.of_year(2570)] == ["r1"]
    (entry, *_) = store.history.of_measure("m1", 1)
    assert (entry.before, entry.after, entry.by) == ({"plan_year": "2569"}, {"plan_year": "2570"}, "p1")
    keep_current(store, TODAY)
    assert [one.id for one in store.obligations.of_year(2570)] == ["m1.u2", "m2.u2"]


@pytest.mark.parametrize(
    ("other", "years"),
    [({}, [2570]), ({"printed": Printed("ก")}, [2570, 2569]), ({"carried_from": "m0"}, [2570, 2569])],
)
def test_what_people_added_goes_with_its_plan_but_not_another_documents(other, years):
    store, asked = a_doubted_plan()
    add(store, a_measure(3, id="", plan_year=2569, **other), [TREASURY], ACT)
    settle(store, asked, "2570", ACT)
    assert store.measures.years() == years
    assert len(store.obligations.of_year(2570)) == 4 - len(years)


def test_the_year_that_was_read_is_an_answer():
    store, asked = a_doubted_plan()
    before = dict(store.obligations.kept)
    settle(store, asked, "2569", ACT)
    assert (store.measures.years(), store.obligations.kept, store.questions.open()) == ([2569], before, [])


@pytest.mark.parametrize("answer", ["ไม่ทราบ", "70", "2569 หรือ 2570", "12570", "2026", ""])
def test_a_year_that_is_none_is_refused(answer):
    store, asked = a_doubted_plan()
    with pytest.raises(Refusal, match=r"questions\.no_year"):
        settle(store, asked, answer, ACT)
    assert (store.measures.years(), len(store.questions.open())) == ([2569], 1)


def test_a_year_that_has_a_plan_is_refused():
    store, asked = a_doubted_plan()
    store.measures.kept.append(a_measure(9, plan_year=2570))
    with pytest.raises(Refusal, match=r"questions\.year_has_plan"):
        settle(store, asked, "2570", ACT)
    assert store.measures.count(2569) == 2


# ── the year of a result


def a_doubted_result(*others):
    store = an_agency(a_result(2565, "95.00", "AA"), *others)
    asked = Question("q", About.SCORE_YEAR, "document.ask_score_year", {"years": "-", "year": 2565}, "ผล.docx")
    total = Question("t", About.TOTAL, "document.ask_total", {"year": 2565}, "ผล.docx")
    for one in (asked, total):
        store.questions.ask(one)
    return store, asked


def test_a_result_goes_to_the_year_that_is_said_and_its_total_is_settled_there():
    store, asked = a_doubted_result()
    settle(store, asked, "๒๕๖๖", ACT)
    assert [one.fiscal_year for one in store.scores.all()] == [2566]
    settle(store, store.questions.get("t"), "92.40", ACT)
    assert audit(store.scores.of_year(2566)).total == Decimal("92.40")


def test_a_year_that_has_a_result_or_none_of_this_form_is_refused():
    store, asked = a_doubted_result(a_result(2566))
    for answer, refused in (
        ("2566", r"questions\.year_has_result"),
        ("2561", r"score\.before_frameworks"),
        ("?", "no_year"),
    ):
        with pytest.raises(Refusal, match=refused):
            settle(store, asked, answer, ACT)
    assert store.scores.of_year(2565)
    settle(store, asked, "2565", ACT)
    assert [one.id for one in store.questions.open()] == ["t"]
