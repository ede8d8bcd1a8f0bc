"""What is told of the number of disclosures: the number of all, and of its parts nothing that stands for few."""

import itertools
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.integrity.counting import FEWEST, counted, figures, shown
from itadomain.integrity.disclosure import Outcome, Standing, State, Way

MONTHS = (date(2026, 10, 1), date(2026, 11, 1))
TABLES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=2)


def told(table):
    """What a reader of a table has: the number of all, and the cells that are shown."""
    return sum(table), tuple(sorted(shown(dict(enumerate(table))).items()))


@pytest.mark.parametrize(("cells", "most"), [(2, 30), (3, 18), (4, 12)])
def test_no_cell_under_five_can_be_reckoned_back(cells, most):
    """Whoever knows the rule, too, finds for each small cell at least two values that would be told the same way."""
    alike = defaultdict(list)
    for table in itertools.product(range(most + 1), repeat=cells):
        alike[told(table)].append(table)
    known = [
        (way, at, tables[0][at])
        for way, tables in alike.items()
        for at in range(cells)
        if len({table[at] for table in tables}) == 1
        and tables[0][at] < FEWEST
        and way[0] > 0
        and max(tables[0]) < most  # else what would be told the same way lies outside of what was tried
    ]
    assert known == []


@given(TABLES)
def test_what_is_shown_stands_for_five_or_more_and_so_does_the_rest(table):
    seen = shown(table)
    rest = sum(table.values()) - sum(seen.values())
    hidden = [one for one in table if one not in seen]
    assert all(count >= FEWEST for count in seen.values())
    assert not hidden or not seen or (rest >= FEWEST and len(hidden) > 1)


@given(TABLES)
def test_where_every_cell_is_large_all_are_shown(table):
    if all(count >= FEWEST for count in table.values()):
        assert shown(table) == table


def a_standing(way=Way.WEB, outcome=None, month=MONTHS[0]):
    return Standing(way, month, State.CLOSED if outcome else State.NEW, outcome)


def test_none_is_told_as_a_result():
    assert figures([], MONTHS).all == 0


def test_few_are_told_as_a_number_and_nothing_else():
    found = figures([a_standing()] * 4, MONTHS)
    assert (found.all, found.by_state, found.by_way, found.by_month) == (4, {}, {}, {})


def test_parts_are_shown_where_they_are_many():
    many = [a_standing()] * 9 + [a_standing(Way.CHAT, Outcome.BEYOND, MONTHS[1])] * 8 + [a_standing(Way.LETTER)] * 5
    found = figures(many, MONTHS)
    assert found.by_month == {MONTHS[0]: 14, MONTHS[1]: 8}
    assert found.by_way == {Way.WEB: 9, Way.CHAT: 8}, "the five letters are hidden: no other way was used at all"
    assert found.by_state == {None: 14}


def test_the_published_number_of_a_half_tells_nothing_of_a_month_that_is_hidden():
    """One small month in each half: beside the total of its half, each needs another that is hidden with it."""
    year = [date(2026 + (nth > 2), (nth + 9) % 12 + 1, 1) for nth in range(12)]
    by_month = dict.fromkeys(year, 9) | {year[1]: 2, year[3]: 8, year[7]: 3, year[9]: 7}
    found = figures([a_standing(month=month) for month, count in by_month.items() for _ in range(count)], year)
    assert sorted(set(year) - set(found.by_month)) == [year[1], year[3], year[7], year[9]]
    assert list(found.by_month) == sorted(found.by_month)


def test_what_is_counted_knows_of_none_too():
    assert counted("aab", "abc") == {"a": 2, "b": 1, "c": 0}
