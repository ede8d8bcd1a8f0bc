"""Whom a broadcast reaches, what it costs, when it goes, and what is proposed before a window of the assessment."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain import villages
from itadomain.allowance import Allowance
from itadomain.assessment.windows import Phase, Window
from itadomain.broadcasts import ahead, audiences, hours, sending
from itadomain.broadcasts.broadcast import Audience, Content, Reach, Reachable, Stage
from itadomain.frameworks.shape import Confidence
from itadomain.organisation import Committee, Seat
from itadomain.people import Role
from itadomain.refusals import Refusal
from tests.fakes import TODAY, a_person
from tests.handlers.plans import WHEN, an_agency_at_work, enrol, reported

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOMENTS = st.datetimes(NOON.replace(tzinfo=None), NOON.replace(year=2027, month=3, tzinfo=None), timezones=st.just(UTC))


@pytest.fixture
def agency():
    store = an_agency_at_work()
    enrol(store, "a1", Role.ADMIN)
    enrol(store, "h2", Role.HEAD, unit="u2")
    enrol(store, "s2", unit="u2")
    enrol(store, "s3", unit="u3")
    store.people.meet("Uc", a_person(key="c1"))
    store.committees.save(Committee("c1", "คณะทำงาน", (Seat("s3"), Seat("h2", until=date(2026, 1, 1)), Seat("gone"))))
    store.broadcasts.counts = lambda _audience: Reachable(100)
    return store


def who(agency, reach, of="", today=TODAY):
    return {one.id for one in audiences.members(agency, Audience(reach, of), today)}


def test_each_audience_has_its_people(agency):
    assert who(agency, Reach.STAFF) == {"a1", "h2", "s2", "s3"}
    assert who(agency, Reach.UNIT, "u2") == {"h2", "s2"}
    assert who(agency, Reach.ROLE, "head") == {"h2"}
    assert who(agency, Reach.COMMITTEE, "c1") == {"s3"}
    assert who(agency, Reach.COMMITTEE, "none") == set()


def test_those_who_have_not_reported_are_those_who_would_be_reminded(agency):
    assert who(agency, Reach.NOT_REPORTED, today=WHEN) == {"s2", "s3"}
    for measure in ("m4", "m5"):
        reported(agency, measure, "u3")
    assert who(agency, Reach.NOT_REPORTED, today=WHEN) == {"s2"}


def test_citizens_are_no_list_of_people(agency):
    with pytest.raises(ValueError, match="friends"):
        audiences.members(agency, Audience(Reach.FRIENDS), TODAY)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_tenth_more_is_asked_about(told, now):
    assert sending.grew(told, now) == (now > told * 1.1)


@given(st.integers(0, 5000), st.one_of(st.none(), st.integers(0, 5000)), st.integers(0, 5000))
def test_nothing_goes_that_the_month_has_not(people, most, used):
    found = sending.Cost(Reachable(people), Allowance(most, used))
    try:
        sending.affordable(found)
    except Refusal:
        assert people == 0 or (most is not None and people > max(0, most - used))
    else:
        assert people
        assert most is None or people + used <= most


@given(MOMENTS, MOMENTS)
def test_citizens_hear_nothing_at_night_and_nobody_waits_for_ever(now, wanted):
    store = an_agency_at_work()
    enrol(store, "a1", Role.ADMIN)
    admin = store.people.kept["Ua1"]
    store.broadcasts.counts = lambda _audience: Reachable(100)
    wish = sending.Wish(Audience(Reach.FRIENDS), Content("ก"), 100, max(wanted, now))
    one = sending.make(store, wish, admin, now).broadcast
    assert one.stage is Stage.SCHEDULED
    assert hours.by_day(one.send_at)
    assert one.send_at >= max(wanted, now + timedelta(hours=24))
    assert one.send_at - max(wanted, now + timedelta(hours=24)) < timedelta(hours=13)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.times())
def test_a_time_that_is_taken_is_ahead_near_and_by_day(day, hour):
    store = an_agency_at_work()
    try:
        moment = sending.at(store, Audience(Reach.FRIENDS), day, hour, NOON)
    except Refusal as no:
        assert no.key in {"broadcast.in_the_past", "broadcast.too_far", "broadcast.at_night"}
    else:
        assert moment > NOON
        assert moment.date() <= NOON.date() + timedelta(days=60)
        assert time(8) <= moment.time() < time(20)


def test_whoever_left_the_account_is_not_waited_for(agency):
    """They would hear nothing of it; where nobody else is there, a day passes instead."""
    admin = agency.people.kept["Ua1"]
    enrol(agency, "a2", Role.ADMIN)
    enrol(agency, "x1", Role.EXECUTIVE)
    wish = sending.Wish(Audience(Reach.FRIENDS), Content("ก"), 100)
    for gone, asked in (("", ["a2"]), ("a2", ["x1"]), ("x1", [])):
        if gone:
            agency.people.kept[f"U{gone}"] = replace(agency.people.kept[f"U{gone}"], away_since=TODAY)
        made = sending.make(agency, wish, admin, NOON)
        assert ([one.id for one in made.asked], made.alone) == (asked, not asked)


def test_what_grew_until_its_time_does_not_go(agency):
    admin = agency.people.kept["Ua1"]
    wish = sending.Wish(Audience(Reach.STAFF), Content("ก"), 100)
    one = sending.make(agency, wish, admin, NOON).broadcast
    sending.must_fit_now(agency, one, TODAY)
    for counted, key in ((111, "broadcast.cost_grew"), (0, "broadcast.nobody_yet")):
        agency.broadcasts.counts = lambda _audience, count=counted: Reachable(count)
        with pytest.raises(Refusal) as no:
            sending.must_fit_now(agency, one, TODAY)
        assert no.value.key == key


def test_what_was_made_for_real_people_does_not_go_while_it_is_a_trial(agency):
    admin = agency.people.kept["Ua1"]
    one = sending.make(agency, sending.Wish(Audience(Reach.STAFF), Content("ก"), 100), admin, NOON).broadcast
    audiences.try_out(agency, on=True)
    with pytest.raises(Refusal) as no:
        sending.must_fit_now(agency, one, TODAY)
    assert no.value.key == "broadcast.trial_is_on"
    audiences.try_out(agency, on=False)
    sending.must_fit_now(agency, one, TODAY)


FIRST = date(2027, 1, 1)


def a_window(phase=Phase.EIT, **changes):
    return Window(2570, phase, **{"first": FIRST, "last": date(2027, 2, 1), "own": True, **changes})


@given(st.sets(st.integers(-3, 40)))
def test_a_window_is_proposed_once_for_each_of_its_days_whenever_the_clock_runs(ran):
    store = an_agency_at_work()
    store.windows.save(a_window())
    days = sorted(FIRST - timedelta(days=before) for before in ran)
    proposed = [day for day in days for one in ahead.due(store, day) if one.window.phase is Phase.EIT]
    far = [day for day in days if 4 <= (FIRST - day).days <= 14]
    near = [day for day in days if 1 <= (FIRST - day).days <= 3]
    assert proposed == [*far[:1], *near[:1]]


def test_a_window_that_moved_is_proposed_again(agency):
    agency.windows.save(a_window())
    assert ahead.due(agency, FIRST - timedelta(days=10))
    agency.windows.save(a_window(first=FIRST + timedelta(days=2)))
    assert ahead.due(agency, FIRST - timedelta(days=9))


@pytest.mark.parametrize("changes", [{"first": None}, {"phase": Phase.RESULTS}])
def test_what_nobody_knows_or_answers_is_not_proposed(agency, changes):
    agency.windows.save(a_window(**changes))
    assert not [one for one in ahead.due(agency, FIRST - timedelta(days=3)) if one.window.fiscal_year == 2570]


def test_what_is_only_remembered_is_no_day_to_tell_people():
    assert ahead._step(a_window(own=False, confidence=Confidence.MEMORY), FIRST - timedelta(days=3)) is None


def test_nothing_goes_by_itself_unless_it_was_said_and_to_citizens_by_two(agency):
    admin = agency.people.kept["Ua1"]
    agency.windows.save(a_window())
    day = FIRST - timedelta(days=3)
    with pytest.raises(Refusal) as no:
        ahead.let_go(agency, Phase.EIT, "ข้อความ", admin, TODAY)
    assert no.value.key == "announcing.needs_two"
    enrol(agency, "a2", Role.ADMIN)
    assert [one.id for one in ahead.let_go(agency, Phase.EIT, "ข้อความ", admin, TODAY)] == ["a2"]
    assert not ahead.goes_by_itself(agency, Phase.EIT)
    ahead.let_go(agency, Phase.EIT, "ข้อความ", admin, TODAY)  # the same person once more is no second one
    assert not ahead.goes_by_itself(agency, Phase.EIT)
    ahead.let_go(agency, Phase.EIT, "ข้อความ", agency.people.kept["Ua2"], TODAY)
    assert ahead.goes_by_itself(agency, Phase.EIT)
    assert [one.by_itself for one in ahead.due(agency, day)] == [True]
    ahead.hold(agency, Phase.EIT)
    assert not ahead.goes_by_itself(agency, Phase.EIT)


def test_staff_may_be_told_by_one(agency):
    assert not ahead.let_go(agency, Phase.IIT, "ข้อความ", agency.people.kept["Ua1"], TODAY)
    assert ahead.goes_by_itself(agency, Phase.IIT)


def test_two_agree_to_the_same_words_or_to_nothing(agency):
    enrol(agency, "a2", Role.ADMIN)
    admin, other = agency.people.kept["Ua1"], agency.people.kept["Ua2"]
    ahead.let_go(agency, Phase.EIT, "ข้อความ", admin, TODAY)
    assert [one.id for one in ahead.let_go(agency, Phase.EIT, "ข้อความอื่น", other, TODAY)] == ["a1"]
    assert not ahead.goes_by_itself(agency, Phase.EIT)
    ahead.let_go(agency, Phase.EIT, "ข้อความอื่น", admin, TODAY)
    assert ahead.goes_by_itself(agency, Phase.EIT)


@pytest.mark.parametrize(
    ("reach", "late", "waits"),
    [
        (Reach.FRIENDS, timedelta(hours=-2), timedelta()),
        (Reach.FRIENDS, timedelta(hours=7), timedelta()),
        (Reach.FRIENDS, timedelta(hours=9), timedelta(hours=11)),  # 21.00: in the morning
        (Reach.STAFF, timedelta(hours=9), timedelta()),
    ],
)
def test_what_was_missed_by_day_citizens_do_not_hear_at_night(agency, reach, late, waits):
    admin = agency.people.kept["Ua1"]
    one = sending.make(agency, sending.Wish(Audience(reach), Content("ก"), 100), admin, NOON).broadcast
    one, now = replace(one, send_at=NOON), NOON + late
    assert max(hours.its_time(one, now), now) == max(NOON, now + waits)


def test_what_was_missed_for_more_than_a_day_is_not_sent(agency):
    admin = agency.people.kept["Ua1"]
    one = sending.make(agency, sending.Wish(Audience(Reach.STAFF), Content("พรุ่งนี้ประชุม"), 100), admin, NOON).broadcast
    hours.its_time(one, NOON + timedelta(days=1))
    with pytest.raises(Refusal) as no:
        hours.its_time(one, NOON + timedelta(days=1, seconds=1))
    assert no.value.key == "broadcast.in_the_past"


def test_a_photo_that_was_taken_back_is_missed_before_it_goes(agency):
    admin = agency.people.kept["Ua1"]
    one = sending.make(agency, sending.Wish(Audience(Reach.STAFF), Content("ก"), 100), admin, NOON).broadcast
    with pytest.raises(Refusal) as no:
        sending.must_fit_now(agency, replace(one, content=Content("ก", picture="gone")), TODAY)
    assert no.value.key == "broadcast.picture_gone"


@pytest.mark.parametrize("said", ["9" * 5000, "0" * 5000, "๙" * 4999, "หมู่ " + "9" * 4900])
def test_no_figure_is_too_long_to_be_no_village(said):
    """As long as LINE lets somebody type; Python itself gives up on a number of 4,300 figures."""
    assert villages.number_said(said) == ""


def test_who_moves_a_window_again_and_again_sends_nothing_again(agency):
    """What two agreed to goes once for a window; one who enters its days anew is asked for the rest."""
    ahead.let_go(agency, Phase.IIT, "ข้อความ", agency.people.kept["Ua1"], TODAY)
    went = []
    for moved in range(4):
        first = FIRST + timedelta(days=moved)
        agency.windows.save(a_window(Phase.IIT, first=first))
        went += [one.by_itself for one in ahead.due(agency, first - timedelta(days=3))]
    assert went == [True, False, False, False]
