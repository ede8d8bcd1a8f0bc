"""Rounds bring what was told to its receivers; near and late days are told of to those who may read it, each once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers import FEATURES
from handlers.disclosures.integrity_clock import afternoon, morning, noon, remind
from handlers.kit import Tick
from itadomain.cases.deadlines import Promise
from itadomain.integrity import promising
from itadomain.integrity.disclosure import Accused, More, State
from itadomain.integrity.ladder import SILENT_AFTER
from itadomain.integrity.stages import Step
from itadomain.integrity.working import Word, answer, step
from itadomain.people import Role
from tests.fakes import a_person
from tests.handlers.disclosures import ANN, BEN, an_office_of_disclosures, audited, kept, talk_of, told_to

FILED = date(2026, 11, 2)  # a Monday: to be taken up by Thursday, answered by the 23rd
SUNDAY = date(2026, 11, 8)


@pytest.fixture
def agency():
    return an_office_of_disclosures()


@pytest.fixture
def one(agency):
    """A disclosure that Ann and Cat can read."""
    code = told_to(agency, accused=Accused(words=BEN.name), today=FILED)
    morning(Tick(FILED, agency))
    talk_of(agency, ANN, FILED).taps("integrity.one", id=agency.disclosures.by_code(code).id)
    return agency.disclosures.by_code(code).id


def told(job, agency, day):
    """Who is told by a job on a day, with the keys and counts of the notes under it."""
    return {
        notice.to.id: {note.key.removeprefix("integrity.rung_"): note.facts["count"] for note in notice.reply.bubbles[0].notes}
        for notice in job(Tick(day, agency))
    }  # fmt: skip


def climbs(agency, last):
    days = (FILED + timedelta(days=ahead) for ahead in range((last - FILED).days + 1))
    return {day: calls for day in days if (calls := told(remind, agency, day))}


def on(day):
    return date(2026, 11, day)


def test_there_are_three_rounds_every_day_and_one_reminder():
    jobs = {job.name: (job.at.hour, job.at.minute, job.at.weekday) for job in FEATURES.jobs if "integrity" in job.name}
    assert jobs == {
        "integrity_clock.morning": (8, 30, None), "integrity_clock.noon": (12, 30, None),
        "integrity_clock.afternoon": (16, 30, None), "integrity_clock.remind": (9, 0, None),
    }  # fmt: skip


def test_what_was_told_reaches_its_receivers_in_the_next_round_on_any_day(agency):
    code = told_to(agency, accused=Accused(words=BEN.name))
    assert talk_of(agency, ANN).says("เรื่องแจ้งเบาะแส").bubbles[0].rows == []
    assert set(told(noon, agency, SUNDAY)) == {"ann", "cat"}
    found = agency.disclosures.by_code(code)
    assert (found.delivered, found.standing.filed_on, found.standing.due) == (True, SUNDAY, date(2026, 11, 11))
    assert audited(agency)[1:] == [("filed", "", found.id)]
    assert agency.audit_log.kept[1].happened.at.isoformat() == "2026-11-08T00:00:00+00:00", "the day alone"


def test_nobody_who_may_not_read_it_is_told_of_anything(agency):
    told_to(agency, accused=Accused(words=BEN.name))
    everybody = {one.to.id for job in (morning, noon, afternoon, remind) for one in job(Tick(FILED, agency))}
    assert everybody == {"ann", "cat"}


def test_a_round_with_an_empty_box_says_nothing(agency, one):
    assert told(afternoon, agency, FILED) == {}
    assert len(audited(agency)) == 2, "filed, and looked at"


def test_a_receiver_is_told_once_a_day_until_they_look(agency):
    told_to(agency)
    assert set(told(morning, agency, FILED)) == {"ann", "ben", "cat"}
    told_to(agency)
    talk_of(agency, ANN, FILED).says("เรื่องแจ้งเบาะแส")
    assert set(told(noon, agency, FILED)) == {"ann"}
    told_to(agency)
    assert set(told(morning, agency, FILED + timedelta(days=1))) == {"ann", "ben", "cat"}


def test_whoever_lost_the_post_is_told_of_nothing(agency):
    told_to(agency)
    agency.people.save(a_person(Role.ADMIN, key="ann"))
    assert set(told(morning, agency, FILED)) == {"ben", "cat"}


def test_what_is_told_names_nothing(agency):
    told_to(agency)
    (first, *_) = morning(Tick(FILED, agency))
    assert first.reply.bubbles[0].summary.key == "integrity.something_waits"
    assert talk_of(agency, ANN).voice(first.reply.bubbles[0].summary) == "มีรายการรอท่าน"


def test_what_comes_twice_in_one_round_is_taken_in_its_order(agency):
    code = told_to(agency)
    agency.disclosures.put_more(code, More("และอีกอย่าง"))
    agency.disclosures.put_more(code, More("และอีก"))
    morning(Tick(FILED, agency))
    found = agency.disclosures.by_code(code)
    assert (found.standing.state, found.standing.due, len(found.talk)) == (State.NEW, on(5), 2)
    assert [deed for deed, _, _ in audited(agency)] == ["filed"]


def test_an_answer_of_its_reporter_ends_the_waiting_once(agency, one):
    step(agency, one, Step.ASK, Word("เมื่อไรคะ"), ANN, FILED)
    code = next(iter(agency.disclosures.codes))
    for words in ("เมื่อวาน", "ตอนเย็น"):
        agency.disclosures.put_more(code, More(words))
    assert set(told(noon, agency, on(4))) == {"ann", "cat"}
    standing = kept(agency, one).standing
    assert (standing.state, standing.waited, standing.waiting_since) == (State.INQUIRY, 2, None)


def test_each_rung_is_told_once_to_those_who_may_read_it(agency, one):
    assert climbs(agency, on(20)) == {
        on(3): {"ann": {"near": 1}, "cat": {"near": 1}},
        on(6): {"ann": {"overdue": 1}, "cat": {"overdue": 1}},
        on(12): {"ann": {"long": 1}, "cat": {"long": 1}},
    }


def test_taken_up_it_climbs_anew_to_its_answer(agency, one):
    assert set(told(remind, agency, on(3))) == {"ann", "cat"}
    step(agency, one, Step.ACCEPT, Word(), ANN, on(3))
    assert kept(agency, one).standing.due == on(23)
    assert list(climbs(agency, on(27))) == [on(19), on(24)]


def test_an_answer_takes_it_up(agency, one):
    answer(agency, one, "กำลังตรวจสอบค่ะ", ANN, on(3))
    standing = kept(agency, one).standing
    assert (standing.accepted_on, standing.answered_on, standing.due) == (on(3), on(3), on(23))


def test_a_day_off_that_is_announced_later_moves_what_is_due(agency, one):
    agency.holidays.save(on(4), "วันหยุดพิเศษ")
    assert told(remind, agency, on(3)) == {"ann": {"near": 1}, "cat": {"near": 1}}
    assert kept(agency, one).standing.due == on(6)
    assert told(remind, agency, on(4)) == {}, "nobody is told on a day off"
    assert list(climbs(agency, on(10))) == [on(9)]


def test_whose_reporter_says_nothing_is_told_of_once_each_time_they_are_asked(agency, one):
    step(agency, one, Step.ASK, Word("เมื่อไรคะ"), ANN, FILED)
    last = FILED + timedelta(days=45)
    assert SILENT_AFTER == 15
    assert climbs(agency, last) == {on(23): {"ann": {"silent": 1}, "cat": {"silent": 1}}}
    step(agency, one, Step.GO_ON, Word(), ANN, last)
    step(agency, one, Step.ASK, Word("ที่ไหนคะ"), ANN, last)
    again = [day for ahead in range(40) if told(remind, agency, day := last + timedelta(days=ahead))]
    assert len(again) == 1


def test_what_nobody_could_be_told_is_told_once_somebody_is_there(agency, one):
    for gone in ("ann", "cat"):
        agency.people.save(a_person(key=gone))
    assert told(remind, agency, on(6)) == {}
    agency.people.save(ANN)
    assert told(remind, agency, on(6)) == {"ann": {"overdue": 1}}


def test_nothing_is_opened_to_remind_somebody(agency, one):
    before = kept(agency, one)
    remind(Tick(on(6), agency))
    assert kept(agency, one) == before


def test_the_agency_promises_its_own_days(agency):
    promising.keep(agency.settings, Promise(1, 5))
    code = told_to(agency)
    morning(Tick(FILED, agency))
    assert agency.disclosures.by_code(code).standing.due == on(3)


def test_the_highest_rung_is_what_one_is_told_of(agency, one):
    other = told_to(agency)
    morning(Tick(on(4), agency))
    assert agency.disclosures.by_code(other).standing.due == on(9)
    assert told(remind, agency, on(12))["ann"] == {"overdue": 1, "long": 1}
    assert told(remind, agency, on(13)) == {}


def test_who_was_taken_out_is_reminded_of_nothing(agency, one):
    agency.disclosures.kept[one] = replace(kept(agency, one), readers=frozenset({"cat"}))
    assert set(told(remind, agency, on(6))) == {"cat"}
