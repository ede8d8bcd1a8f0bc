"""When a job was due last: never in the future, and as its feature says, in the agency's own zone."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit import At, Feature, Features

BANGKOK = ZoneInfo("Asia/Bangkok")
ZONES = (UTC, BANGKOK, timezone(timedelta(hours=-11)), timezone(timedelta(hours=5, minutes=45)))
DAY, WEEK = timedelta(days=1), timedelta(days=7)

FIRST, LAST = datetime(1990, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001 - Hypothesis adds the zone
moments = st.datetimes(FIRST, LAST, timezones=st.sampled_from(ZONES))
hours, minutes, weekdays = st.integers(0, 23), st.integers(0, 59), st.integers(0, 6)


@given(moments, hours, minutes)
def test_a_daily_job_was_due_less_than_a_day_ago(now, hour, minute):
    due = At(hour, minute).newest(now)
    assert now - DAY < due <= now
    assert (due.hour, due.minute, due.second, due.microsecond) == (hour, minute, 0, 0)
    assert due.tzinfo is now.tzinfo


@given(moments, hours, minutes, weekdays)
def test_a_weekly_job_was_due_less_than_a_week_ago_on_its_day(now, hour, minute, weekday):
    due = At(hour, minute, weekday).newest(now)
    assert now - WEEK < due <= now
    assert (due.weekday(), due.hour, due.minute, due.second) == (weekday, hour, minute, 0)
    assert due.tzinfo is now.tzinfo


@given(moments, hours, minutes, st.none() | weekdays)
def test_what_is_due_stays_the_same_until_the_next_time(now, hour, minute, weekday):
    """Whoever looks later in the same slot finds the same slot, and a moment before it the one before."""
    at, apart = At(hour, minute, weekday), DAY if weekday is None else WEEK
    due = at.newest(now)
    assert at.newest(due) == due
    assert at.newest(due + apart - timedelta(microseconds=1)) == due
    assert at.newest(due + apart) == due + apart
    assert at.newest(due - timedelta(microseconds=1)) == due - apart


@pytest.mark.parametrize(("utc", "zone", "slot"), [
    ("2026-11-22T16:58", BANGKOK, "2026-11-15T23:59+07:00"),
    ("2026-11-22T16:59", BANGKOK, "2026-11-22T23:59+07:00"),  # in UTC it is still the afternoon
    ("2026-11-22T16:59", UTC, "2026-11-15T23:59+00:00"),
    ("2026-11-22T23:58", UTC, "2026-11-15T23:59+00:00"),  # in Bangkok it is Monday by now
    ("2026-11-22T23:58", BANGKOK, "2026-11-22T23:59+07:00"),
    ("2026-11-22T23:59", UTC, "2026-11-22T23:59+00:00"),
])  # fmt: skip
def test_the_end_of_sunday_is_told_by_the_zone(utc, zone, slot):
    now = datetime.fromisoformat(utc).replace(tzinfo=UTC).astimezone(zone)
    assert At(23, 59, weekday=6).newest(now).isoformat(timespec="minutes") == slot


@pytest.mark.parametrize(("utc", "slot"), [
    ("2026-11-22T16:59:59", "2026-11-22T00:00+07:00"), ("2026-11-22T17:00:00", "2026-11-23T00:00+07:00"),
])  # fmt: skip
def test_a_day_begins_at_midnight_in_bangkok(utc, slot):
    now = datetime.fromisoformat(utc).replace(tzinfo=UTC).astimezone(BANGKOK)
    assert At(0).newest(now).isoformat(timespec="minutes") == slot


def test_a_time_that_the_clock_skips_is_due_once_all_the_same():
    """Berlin, 29 March 2026: there is no 02.30. It is due for whoever looks when that hour would be over."""
    berlin = ZoneInfo("Europe/Berlin")
    before, after = datetime(2026, 3, 29, 1, 59, tzinfo=berlin), datetime(2026, 3, 29, 3, 0, tzinfo=berlin)
    assert At(2, 30).newest(before).date().day == 28
    assert At(2, 30).newest(after).date().day == 29


def test_a_job_is_named_for_its_feature_and_found_among_all():
    feature = Feature("trial")

    @feature.every(At(8))
    def remind(tick):
        return []

    (job,) = Features(Feature("other"), feature).jobs
    assert (job.name, job.at, job.run) == ("trial.remind", At(8), remind)
