"""What happens with surveys by itself, several times a day and by night."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.kit import Tick
from handlers.surveying import survey_clock
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument, Name
from itadomain.surveys import upkeep
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.results import whole_view
from itadomain.surveys.survey import Ballot, Draft, Kind, Mark, Standing, Survey
from tests.fakes import TODAY, MemoryStore

ITEM = Item("E1", Name("ก", "a"), Answering.LEVELS, Instrument.EIT, 6)


def a_survey(number=1, **changes):
    made = Survey(f"s{number}", Kind.OUTSIDERS, Questionnaire(FiscalYear(2570), (ITEM,)), TODAY)
    return replace(made, **changes)


@pytest.fixture
def store():
    made = MemoryStore()
    made.surveys.save(a_survey())
    return made


def answers(store, people, point="", survey="s1"):
    for _ in range(people):
        store.ballots.put(Ballot(survey, point, {"E1": 3}))


def test_those_who_may_leave_the_box_do_and_nobody_hears_it(store):
    answers(store, 5)
    assert survey_clock.settle(Tick(TODAY, store)) == []
    assert whole_view(store, a_survey()).people == 5
    assert survey_clock.forget(Tick(TODAY, store)) == []


def test_a_round_ends_after_its_last_day_and_what_is_left_is_settled(store):
    store.surveys.save(a_survey(closes_on=TODAY))
    answers(store, 3, "K7Q2")
    answers(store, 4, "M3XA")
    assert upkeep.settle(store, TODAY) == 0
    assert store.surveys.get("s1").open
    assert upkeep.settle(store, TODAY + timedelta(days=1)) == 7
    assert store.surveys.get("s1").closed_on == TODAY + timedelta(days=1)
    assert whole_view(store, a_survey()).people == 7


def test_a_round_that_was_closed_by_hand_is_settled_too(store):
    answers(store, 4)
    store.surveys.save(a_survey(closed_on=TODAY))
    assert upkeep.settle(store, TODAY) == 0
    assert not store.ballots.box


def test_what_still_comes_after_the_end_never_stays_in_the_box(store):
    store.surveys.save(a_survey(closed_on=TODAY - timedelta(days=200)))
    answers(store, 2)
    upkeep.settle(store, TODAY)
    assert not store.ballots.box


def test_an_open_round_keeps_what_waits(store):
    answers(store, 4)
    assert upkeep.settle(store, TODAY + timedelta(days=300)) == 0
    assert len(store.ballots.box) == 4


def test_each_survey_waits_for_its_own_five(store):
    store.surveys.save(a_survey(2))
    answers(store, 3)
    answers(store, 4, survey="s2")
    assert upkeep.settle(store, TODAY) == 0


def test_what_was_begun_is_kept_for_seven_days(store):
    store.participation.save_draft(Draft("s1", "p1", TODAY))
    upkeep.forget(store, TODAY + timedelta(days=7))
    assert store.participation.draft("p1", "s1")
    upkeep.forget(store, TODAY + timedelta(days=8))
    assert store.participation.draft("p1", "s1") is None


def test_who_was_asked_is_forgotten_ninety_days_after_the_end(store):
    store.surveys.save(a_survey(closed_on=TODAY))
    store.surveys.save(a_survey(2))
    for survey in ("s1", "s2"):
        store.participation.save(survey, "p1", Mark(Standing.ANSWERED, TODAY))
    upkeep.forget(store, TODAY + timedelta(days=90))
    assert store.participation.of("s1", "p1")
    upkeep.forget(store, TODAY + timedelta(days=91))
    assert store.participation.of("s1", "p1") is None
    assert store.participation.of("s2", "p1")


def test_an_agency_without_surveys_has_nothing_to_do():
    empty = MemoryStore()
    upkeep.forget(empty, TODAY)
    assert upkeep.settle(empty, TODAY) == 0


def test_answers_leave_four_times_a_day():
    """So that the hour leads to nobody."""
    settle = next(job for job in survey_clock.feature.jobs if job.run is survey_clock.settle)
    moments = {settle.newest(datetime(2026, 11, 20, hour, tzinfo=ZoneInfo("Asia/Bangkok"))) for hour in range(24)}
    assert {(one.hour, one.minute) for one in moments} == {(6, 20), (12, 20), (18, 20), (22, 20)}
    assert {one.date() for one in moments} == {date(2026, 11, 19), date(2026, 11, 20)}
