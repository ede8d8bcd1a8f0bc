"""What an answer to a question about a document changes, and what it leaves alone."""

from decimal import Decimal

import pytest

from itadomain.audit import audit
from itadomain.changes import Act
from itadomain.organisation import Unit
from itadomain.questions import About, Question
from itadomain.refusals import Refusal
from itadomain.settling import AS_PRINTED, settle
from tests.fakes import a_measure, a_result, an_agency
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
