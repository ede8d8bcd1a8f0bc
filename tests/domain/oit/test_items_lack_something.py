"""What is missing of an item, which comes first, and whose turn it is to be looked at."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.fiscal import FiscalYear
from itadomain.oit.items import NO_FAULT, Check, Gap, Item, Outcome, Register, to_check

TODAY = date(2027, 3, 20)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
YEAR = FiscalYear(2570)
WHOLE = Item(YEAR, 5, "ข้อมูลการติดต่อ", unit="u1", address="https://a.go.th/")
FAILED = Check(TODAY, Outcome.NOT_FOUND, 404)


def gaps(item, due=None):
    return Register(YEAR, [item], due).gaps(item, TODAY)


def test_an_item_that_lacks_nothing_is_complete():
    assert gaps(WHOLE, YESTERDAY) == ()
    assert gaps(replace(WHOLE, address="", board="e1"), YESTERDAY) == ()


@pytest.mark.parametrize(
    ("changes", "due", "wanted"),
    [
        ({"address": ""}, None, (Gap.NO_ADDRESS,)),
        ({"address": ""}, TODAY, (Gap.NO_ADDRESS,)),
        ({"address": ""}, YESTERDAY, (Gap.OVERDUE, Gap.NO_ADDRESS)),
        ({"address": "", "due": TOMORROW}, YESTERDAY, (Gap.NO_ADDRESS,)),  # its own day goes before that of all
        ({"address": "", "due": YESTERDAY}, None, (Gap.OVERDUE, Gap.NO_ADDRESS)),
        ({"check": FAILED}, None, (Gap.NO_ANSWER,)),
        ({"check": FAILED}, YESTERDAY, (Gap.OVERDUE, Gap.NO_ANSWER)),
        ({"check": FAILED, "board": "e1"}, YESTERDAY, ()),
        ({"unit": ""}, YESTERDAY, (Gap.NO_UNIT,)),  # it is published: nothing of it is late
        ({"unit": "", "address": ""}, YESTERDAY, (Gap.OVERDUE, Gap.NO_ADDRESS, Gap.NO_UNIT)),
    ],
)
def test_what_is_missing_is_told_with_the_reason(changes, due, wanted):
    assert gaps(replace(WHOLE, **changes), due) == wanted


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_surely_does_not_open_counts_as_missing(outcome):
    found = gaps(replace(WHOLE, check=Check(TODAY, outcome)))
    assert found == (() if outcome in {Outcome.OPENS, Outcome.KEPT_OUT} else (Gap.NO_ANSWER,))


def test_the_most_urgent_comes_first():
    items = [
        replace(WHOLE, no=1, unit=""),
        replace(WHOLE, no=2, address=""),
        replace(WHOLE, no=3, check=FAILED),
        replace(WHOLE, no=4),
        replace(WHOLE, no=5, address="", due=YESTERDAY),
        replace(WHOLE, no=6, address="", due=YESTERDAY - timedelta(days=9)),
        replace(WHOLE, no=7, address="", due=TOMORROW),
    ]
    register = Register(YEAR, items, TODAY + timedelta(days=9))
    assert [one.no for one, _ in register.missing(TODAY)] == [6, 5, 7, 2, 3, 1]
    assert register.complete(TODAY) == 1
    assert register.missing(TODAY, ["u2"]) == []
    assert [one.no for one, _ in register.missing(TODAY, ["u1"])] == [6, 5, 7, 2, 3]


MADE = st.builds(
    Item, st.just(YEAR), st.integers(1, 99), st.just("ก"), unit=st.sampled_from(["", "u1", "u2"]), due=st.none() | st.dates(date(2027, 1, 1), date(2027, 6, 1)),
    address=st.sampled_from(["", "https://a.go.th/"]), board=st.sampled_from(["", "e1"]),
    check=st.none() | st.builds(Check, st.dates(date(2027, 1, 1), TODAY), st.sampled_from(Outcome)),
)  # fmt: skip


@given(st.lists(MADE, unique_by=lambda one: one.no), st.none() | st.dates(date(2027, 1, 1), date(2027, 6, 1)))
def test_every_item_is_either_complete_or_told_as_missing(items, due):
    register = Register(YEAR, items, due)
    missing = register.missing(TODAY)
    assert register.complete(TODAY) + len(missing) == len(items)
    assert all(found for _, found in missing)
    late = [Gap.OVERDUE in found for _, found in missing]
    assert late == sorted(late, reverse=True)


def test_what_was_never_looked_at_comes_first_and_no_more_than_asked_for():
    def at(no, check=None, **more):
        return replace(WHOLE, no=no, check=check, **more)

    week, day = timedelta(days=7), timedelta(days=1)
    opens = Outcome.OPENS
    items = [
        at(1, Check(TODAY - week, opens)), at(2, Check(TODAY - week + day, opens)), at(3), at(4, address=""),
        at(5, Check(TODAY - day, Outcome.SILENT)), at(6, Check(TODAY, Outcome.SILENT)), at(7, dropped=True),
        at(8, Check(TODAY - 2 * week, opens)),
    ]  # fmt: skip
    assert [one.no for one in to_check(items, TODAY, 9)] == [3, 8, 1, 5]
    assert [one.no for one in to_check(items, TODAY, 2)] == [3, 8]


@given(st.lists(MADE, unique_by=lambda one: one.no), st.integers(0, 5))
def test_nobody_looks_where_there_is_nothing_to_see(items, most):
    found = to_check(items, TODAY, most)
    assert len(found) <= most
    assert all(one.address for one in found)
    assert all(one.check is None or one.check.on < TODAY for one in found)


def test_a_new_address_is_looked_at_anew():
    moved = replace(WHOLE, check=FAILED).at("https://b.go.th/", "p1", TODAY)
    assert (moved.check, moved.updated_on, moved.updated_by) == (None, TODAY, "p1")


def test_what_keeps_programs_out_is_no_fault():
    assert {Outcome.OPENS, Outcome.KEPT_OUT} == NO_FAULT
