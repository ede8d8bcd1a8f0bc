"""When a record may be destroyed: so many years after the day it was over, for any days and years."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.cases.case import Case, Kind, Spot, State
from itadomain.cases.counting import Counted
from itadomain.cases.keeping import CASES, without_words
from itadomain.disposal import Disposal, Gone, Stage
from itadomain.disposing import MOST_YEARS, alone, keep_for, last_day, years
from itadomain.refusals import Refusal
from tests.fakes import MemoryStore

DAYS = st.dates(date(2010, 1, 1), date(2099, 12, 31))
TODAY = date(2026, 11, 20)


@given(DAYS, st.integers(1, MOST_YEARS))
def test_it_is_never_due_before_its_years_are_over(today, count):
    over = last_day(today, count)
    assert (over.year + count, over.month, over.day) < (today.year, today.month, today.day)
    assert today - over <= timedelta(days=366 * count + 1)


@given(DAYS, st.integers(1, MOST_YEARS))
def test_a_day_later_more_is_due_and_never_less(today, count):
    assert last_day(today, count) <= last_day(today + timedelta(days=1), count)


def test_nothing_is_said_until_somebody_does():
    assert {years(MemoryStore(), kind) for kind in CASES.kinds} == {0}


@pytest.mark.parametrize(("kind", "count"), [("problem", -1), ("problem", 100), ("unknown", 5), ("disclosure", 5)])
def test_only_kinds_of_this_side_and_years_that_are_some_are_taken(kind, count):
    store = MemoryStore()
    with pytest.raises(Refusal):
        keep_for(store, CASES, kind, count)
    assert years(store, kind) == 0


@given(
    st.sampled_from(Kind), st.sampled_from(State), st.text(max_size=50),
    st.none() | st.integers(1, 5), st.integers(0, 3),
)  # fmt: skip
def test_what_is_counted_of_a_case_outlives_its_words(kind, state, words, rating, reopened):
    case = Case(
        "c", kind, words, TODAY, "other", reporter="r", contact=words, spot=Spot(words), state=state, rating=rating,
        reopened=reopened, unit="u", over_on=TODAY, hidden=(words,), bubbles={"m": words},
    )  # fmt: skip
    left = without_words(case, TODAY)
    names = Counted.__dataclass_fields__
    assert [getattr(left, name) for name in names] == [getattr(case, name) for name in names]
    assert (left.story, left.contact, left.talk, left.hidden, dict(left.bubbles)) == ("", "", (), (), {})
    assert (left.spot.known, left.reporter, left.disposed_on) == (False, "", TODAY)


def test_who_is_alone_is_known_from_the_register():
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    one = Disposal("c", "problem", "1", TODAY, by="a", at=at)
    assert alone(one.approved("a", at, Gone()))
    assert not alone(one.approved("b", at, Gone()))
    assert one.approved("b", at, Gone(2, 1)).stage is Stage.DONE
