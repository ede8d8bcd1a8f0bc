"""An answer is kept until it is sent, sent once, and known apart from whose it is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.refusals import Refusal
from itadomain.surveys import answering
from itadomain.surveys.answering import KEPT
from itadomain.surveys.survey import Ballot, Kind, Standing
from tests.fakes import TODAY, an_agency
from tests.handlers.survey.asking import CITIZEN, STAFF, opens

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def agency():
    return an_agency()


@pytest.fixture
def survey(agency):
    return opens(agency, Kind.OUTSIDERS)


def refused(key, what, *given, **more):
    with pytest.raises(Refusal) as no:
        what(*given, **more)
    assert no.value.key == key


def sends(agency, survey, day=TODAY, step=1, words="", who=CITIZEN):
    draft = answering.begin(agency, survey, who, day)
    answering.answer(agency, draft, answering.coming(survey, draft), step)
    answering.send(agency, survey, who, day, words)


def test_a_round_is_answered_once_and_the_short_one_once_until_it_is_settled(agency, survey):
    sends(agency, survey)
    refused("survey.answered_already", sends, agency, survey)
    refused("survey.answered_already", sends, agency, survey, TOMORROW)
    visit = opens(agency, Kind.VISIT)
    sends(agency, visit)
    for day in (TODAY, TOMORROW):
        refused("survey.answered_today", sends, agency, visit, day)
    visit = replace(visit, settled_on=TOMORROW)
    agency.surveys.save(visit)
    sends(agency, visit, TOMORROW)
    refused("survey.answered_today", sends, agency, visit, TOMORROW + timedelta(days=30))
    assert len(agency.ballots.box) == 3


def test_a_ballot_bears_nobody_and_the_order_of_the_questions(agency, survey):
    draft = answering.begin(agency, survey, CITIZEN, TODAY, "K7Q2")
    for code in ("E2", "E1.2", "E1.1"):
        draft = answering.answer(agency, draft, survey.questionnaire.slot(code), 1)
    answering.send(agency, survey, CITIZEN, TODAY, "  ป้าย \n เล็ก ")
    (ballot,) = agency.ballots.box.values()
    assert ballot == Ballot(survey.id, "K7Q2", {"E1.1": 1, "E1.2": 1, "E2": 1}, "ป้าย เล็ก")
    assert list(ballot.answers) == ["E1.1", "E1.2", "E2"]


def test_what_was_skipped_is_no_answer(agency, survey):
    draft = answering.begin(agency, survey, CITIZEN, TODAY)
    for slot in survey.questionnaire.slots:
        draft = answering.answer(agency, draft, slot, None)
    assert answering.coming(survey, draft) is None
    refused("survey.nothing_answered", answering.send, agency, survey, CITIZEN, TODAY)
    answering.send(agency, survey, CITIZEN, TODAY, "ขอบคุณ")
    assert [one.answers for one in agency.ballots.box.values()] == [{}]


@pytest.mark.parametrize("step", [-1, 4])
def test_a_step_that_the_scale_has_not_is_refused(agency, survey, step):
    draft = answering.begin(agency, survey, CITIZEN, TODAY)
    refused("survey.no_such_step", answering.answer, agency, draft, answering.coming(survey, draft), step)


def test_what_was_begun_is_kept_for_its_days(agency, survey):
    begun = answering.begin(agency, survey, CITIZEN, TODAY)
    answering.answer(agency, begun, answering.coming(survey, begun), 1)
    assert len(answering.begin(agency, survey, CITIZEN, TODAY + KEPT).answers) == 1
    assert answering.begin(agency, survey, CITIZEN, TODAY + KEPT + timedelta(days=1)).answers == {}


def test_a_visit_to_another_service_point_is_another_visit(agency):
    visit = opens(agency, Kind.VISIT)
    begun = answering.begin(agency, visit, CITIZEN, TODAY, "K7Q2")
    answering.answer(agency, begun, answering.coming(visit, begun), 4)
    assert answering.begin(agency, visit, CITIZEN, TODAY).point == "K7Q2"
    anew = answering.begin(agency, visit, CITIZEN, TODAY, "M3PX")
    assert (anew.point, anew.answers) == ("M3PX", {})


def test_who_answered_elsewhere_is_left_alone_until_they_begin(agency, survey):
    answering.begin(agency, survey, CITIZEN, TODAY)
    answering.leave_alone(agency, survey, CITIZEN, TODAY)
    assert agency.participation.draft(CITIZEN.id, survey.id) is None
    assert answering.waiting_for(agency, Kind.OUTSIDERS, CITIZEN, TODAY) is None
    sends(agency, survey)
    refused("survey.answered_already", answering.leave_alone, agency, survey, CITIZEN, TODAY)
    assert agency.participation.of(survey.id, CITIZEN.id).standing is Standing.ANSWERED


def test_an_invitation_changes_nothing_that_is_known(agency, survey):
    answering.invite(agency, survey, CITIZEN, TODAY)
    assert agency.participation.of(survey.id, CITIZEN.id).standing is Standing.INVITED
    sends(agency, survey)
    answering.invite(agency, survey, CITIZEN, TOMORROW)
    assert agency.participation.of(survey.id, CITIZEN.id).standing is Standing.ANSWERED


def test_nobody_is_asked_in_place_of_others(agency, survey):
    inside = opens(agency, Kind.INSIDERS)
    assert answering.waiting_for(agency, Kind.OUTSIDERS, CITIZEN, TODAY).id == survey.id
    assert answering.waiting_for(agency, Kind.INSIDERS, STAFF, TODAY).id == inside.id
    assert answering.waiting_for(agency, Kind.OUTSIDERS, STAFF, TODAY) is None
    assert answering.waiting_for(agency, Kind.INSIDERS, CITIZEN, TODAY) is None


def test_words_alone_count_as_an_answer_and_leave_what_was_begun(agency):
    visit = opens(agency, Kind.VISIT)
    begun = answering.begin(agency, visit, CITIZEN, TODAY, "K7Q2")
    answering.answer(agency, begun, answering.coming(visit, begun), 4)
    answering.add_words(agency, visit, CITIZEN, TODAY, "เร็วดี")
    assert list(agency.ballots.box.values()) == [Ballot(visit.id, why="เร็วดี")]
    refused("survey.answered_today", answering.add_words, agency, visit, CITIZEN, TODAY, "ดี")
    anew = replace(visit, settled_on=TOMORROW)
    assert answering.begin(agency, anew, CITIZEN, TOMORROW).answers == {"V1": 4}


def test_own_words_are_short_and_open_nothing():
    refused("survey.too_long", answering.own_words, "ก" * 501)
    refused("case.is_a_code", answering.own_words, "รหัส K7QX-93FD-AB12-CD34")
    assert answering.own_words(" ก\n ข ") == "ก ข"


def test_another_round_is_not_the_one_that_was_begun(agency, survey):
    agency.surveys.save(replace(survey, closed_on=TODAY))
    refused("surveys.none_open", answering.asked, agency, survey.id, TODAY)
    agency.surveys.save(replace(survey, id="next"))
    refused("survey.another_now", answering.asked, agency, survey.id, TODAY)
    refused("surveys.none_open", answering.asked, agency, "nothing", TODAY)


@pytest.mark.parametrize(("kind", "then"), [(Kind.INSIDERS, CITIZEN), (Kind.OUTSIDERS, STAFF), (Kind.VISIT, STAFF)])
def test_who_came_to_work_here_or_left_meanwhile_goes_on_with_nothing_that_asks_others(agency, kind, then):
    """What they began still lies there; it is not sent, and nobody is led back to it."""
    asks = opens(agency, kind)
    before = replace(STAFF if kind is Kind.INSIDERS else CITIZEN, id=then.id)
    draft = answering.begin(agency, asks, before, TODAY)
    answering.answer(agency, draft, answering.coming(asks, draft), 1)
    assert answering.unfinished(agency, before, TODAY) is not None
    assert answering.unfinished(agency, then, TODAY) is None
    refused("survey.asks_others", answering.begin, agency, asks, then, TODAY)
    refused("survey.asks_others", answering.send, agency, asks, then, TODAY)
    assert not agency.ballots.box


@given(st.lists(st.tuples(st.integers(0, 2), st.one_of(st.none(), st.integers(0, 1))), max_size=12), st.integers(0, 3))
def test_the_ballot_is_what_was_said_last_and_there_is_one(said, times):
    agency = an_agency()
    survey = opens(agency, Kind.OUTSIDERS)
    slots, last = survey.questionnaire.slots, {}
    for nth, step in said:
        answering.answer(agency, answering.begin(agency, survey, CITIZEN, date(2026, 11, 20)), slots[nth], step)
        last[slots[nth].code] = step
    for _ in range(times):
        try:
            answering.send(agency, survey, CITIZEN, date(2026, 11, 20))
        except Refusal as no:
            assert no.key in {"survey.answered_already", "survey.nothing_answered"}
    given_ = {code: step for code, step in last.items() if step is not None}
    assert [one.answers for one in agency.ballots.box.values()] == ([given_] if given_ and times else [])
