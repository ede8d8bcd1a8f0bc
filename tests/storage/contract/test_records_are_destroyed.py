"""The register of destruction, and what is looked for by it, in every store."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from itadomain.cases.case import Case, Channel, Kind, Line, State, Voice
from itadomain.cases.keeping import without_words
from itadomain.disposal import DISCLOSURE, Disposal, Gone, Stage
from itadomain.integrity.disclosure import Outcome
from itadomain.integrity.disclosure import State as Stood
from tests.storage.contract.disclosing import DRAFT, receiver, round_of, standing, tell

TODAY, OLD = date(2026, 11, 20), date(2024, 11, 4)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CASES = ("problem", "question")
ONE = Disposal("c1", "problem", "67-000001-A", OLD, by="desk", at=AT)
SAID = Line(Voice.REPORTER, "villager", OLD, "ป้าแดงบอกมา")
CASE = Case(
    "c1", Kind.PROBLEM, "ไฟถนนดับ\nป้าแดงบอกมา", OLD, reporter="villager", state=State.CLOSED, over_on=OLD, rating=4,
    bubbles={"m1": "ป้าแดงบอกมา"}, hidden=("เก่ามาก",), talk=(SAID,), contact="089", answered_on=OLD,
)  # fmt: skip


def save(step, *some):
    for one in some:
        step(lambda s, one=one: s.disposals.save(one))


def at(step, stage, kinds=CASES, **more):
    return [one.about for one in step(lambda s: s.disposals.at_stage(stage, kinds, **more))]


def test_what_is_known_of_one_is_kept(step):
    for one in (ONE, replace(ONE, stage=Stage.HELD, reason="ยังมีคดี"), ONE.approved("admin", AT, Gone(3, 2))):
        save(step, one)
        assert step(lambda s: s.disposals.of("c1")) == one
    assert step(lambda s: s.disposals.of("c2")) is None


def test_a_line_of_the_register_stays_for_good(step):
    save(step, ONE.approved("admin", AT, Gone()))
    for work in (lambda s: s.disposals.drop("c1"), lambda s: s.disposals.save(ONE)):
        with pytest.raises(LookupError):
            step(work)
    assert step(lambda s: s.disposals.of("c1")).approved_by == "admin"


def test_what_is_on_its_way_can_be_taken_back(step):
    save(step, ONE)
    step(lambda s: s.disposals.drop("c1"))
    step(lambda s: s.disposals.drop("c1"))
    assert step(lambda s: s.disposals.of("c1")) is None


def test_they_are_found_by_stage_and_kind_in_their_order(step):
    later = replace(ONE, over_on=OLD + timedelta(days=1))
    save(step, replace(later, about="c3"), replace(ONE, about="c2", number="67-000002-B"), ONE)
    save(step, replace(ONE, about="q", what="question", stage=Stage.HELD), replace(ONE, about="d", what=DISCLOSURE))
    assert at(step, Stage.PROPOSED) == ["c1", "c2", "c3"]
    assert at(step, Stage.PROPOSED, limit=1, offset=1) == ["c2"]
    assert (at(step, Stage.HELD), at(step, Stage.HELD, ["problem"])) == (["q"], [])
    assert at(step, Stage.PROPOSED, [DISCLOSURE]) == ["d"]


def test_the_register_shows_the_newest_first(step):
    for number, hours in (("c1", 0), ("c2", 2), ("c3", 1)):
        done = replace(ONE, about=number).approved("admin", AT + timedelta(hours=hours), Gone())
        save(step, done)
    assert at(step, Stage.DONE) == ["c2", "c3", "c1"]
    assert at(step, Stage.DONE, limit=2, offset=2) == ["c1"]


def test_cases_that_are_over_are_found_until_their_words_are_destroyed(step):
    whole = step(lambda s: s.cases.add(CASE))
    newer = replace(CASE, id="c2", over_on=OLD + timedelta(days=1))
    for one in (
        newer,
        replace(CASE, id="c3", kind=Kind.QUESTION),
        replace(CASE, id="c4", state=State.NEW, over_on=None),
    ):
        step(lambda s, one=one: s.cases.add(one))

    def over(until, *more):
        return [one.id for one in step(lambda s: s.cases.over_until(Kind.PROBLEM, until, 10, *more))]

    assert over(OLD - timedelta(days=1)) == []
    assert (over(OLD), over(TODAY), over(TODAY, ["c1"])) == (["c1"], ["c1", "c2"], ["c2"])
    assert len(step(lambda s: s.cases.over_until(Kind.PROBLEM, TODAY, 1))) == 1
    before = step(lambda s: s.cases.counted(OLD, OLD))
    step(lambda s: s.cases.save(without_words(whole, TODAY)))
    assert over(TODAY) == ["c2"]
    assert step(lambda s: s.cases.get("c1")) == without_words(whole, TODAY)
    assert step(lambda s: s.cases.counted(OLD, OLD)) == before
    assert [one.id for one in step(lambda s: s.cases.of_reporter("villager"))] == ["c4", "c3", "c2"]


def test_what_was_taken_back_is_kept_apart(step):
    kept = step(lambda s: s.cases.add(CASE))
    found = step(lambda s: s.cases.get("c1"))
    assert (dict(found.bubbles), found.hidden, found.disposed_on) == ({"m1": "ป้าแดงบอกมา"}, ("เก่ามาก",), None)
    assert found == kept


def test_what_is_open_from_before_a_day_is_counted_apart(step):
    for number, state in (("c1", State.NEW), ("c2", State.CLOSED), ("c3", State.WAITING)):
        step(lambda s, number=number, state=state: s.cases.add(replace(CASE, id=number, state=state)))
    step(lambda s: s.cases.add(replace(CASE, id="c4", state=State.NEW, filed_on=TODAY, channel=Channel.PHONE)))
    assert [one.state for one in step(lambda s: s.cases.carried_over(TODAY))] == [State.NEW, State.WAITING]
    assert list(step(lambda s: s.cases.carried_over(OLD))) == []


def test_disclosures_that_are_over_are_found_until_they_are_destroyed(store, step):
    one, two = receiver(store, 1), receiver(store, 2)
    for readers in ([one], [one, two], [two]):
        tell(step, DRAFT, readers)
    ids = [made.id for made in sorted(round_of(step), key=lambda made: (len(made.readers), sorted(made.readers)))]
    closed = {"state": Stood.CLOSED, "outcome": Outcome.INSUFFICIENT, "due": None}
    standing(step, ids[0], **closed, over_on=OLD)
    standing(step, ids[2], **closed, over_on=TODAY)
    held = step(lambda s: s.disclosures.over_until(TODAY))
    assert [(made, at.over_on, readers) for made, at, readers in held] == [
        (ids[0], OLD, frozenset({one})), (ids[2], TODAY, frozenset({one, two})),
    ]  # fmt: skip
    assert [made for made, _, _ in step(lambda s: s.disclosures.over_until(OLD))] == [ids[0]]
    step(lambda s: s.disclosures.dispose(ids[0]))
    assert [made for made, _, _ in step(lambda s: s.disclosures.over_until(TODAY))] == [ids[2]]
