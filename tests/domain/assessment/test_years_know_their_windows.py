"""The windows of each fiscal year as its sources have them; of what nothing is known, nothing is told as a fact."""

import re
from datetime import date

import pytest

from itadomain.assessment.calendar import upcoming, usually, windows
from itadomain.assessment.windows import Phase, Window, over
from itadomain.fiscal import FiscalYear, first_day, last_day
from itadomain.frameworks import FRAMEWORKS
from itadomain.frameworks.named import SITES, sites
from itadomain.frameworks.usual import usual
from tests.architecture.source import ROOT
from tests.fakes import TODAY, MemoryStore

ALL = [window for framework in FRAMEWORKS.values() for window in framework.windows]


@pytest.fixture
def store():
    return MemoryStore()


def own(phase, first, last, year=2570):
    return Window(FiscalYear(year), phase, first, last, own=True)


@pytest.mark.parametrize("window", ALL, ids=lambda one: f"{one.fiscal_year}-{one.phase}")
def test_a_window_that_is_told_lies_in_its_year_and_has_a_source(window):
    known = [day for day in (window.first, window.last) if day]
    assert known == sorted(known)
    assert all(first_day(window.fiscal_year) <= day <= last_day(window.fiscal_year) for day in known)
    assert window.confidence.confirmed
    assert window.source
    assert set(window.source.split(", ")) <= SITES.keys()


def test_every_source_of_a_window_stands_in_the_list_of_sources():
    listed = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    assert [name for name in SITES if not re.search(rf"\b{name}\b", listed)] == []


def test_the_days_that_were_found_are_these():
    assert [(one.phase, one.first, one.last) for one in FRAMEWORKS[FiscalYear(2565)].windows] == [
        (Phase.REGISTRATION, date(2022, 1, 1), date(2022, 2, 28)),
        (Phase.OIT, date(2022, 3, 1), date(2022, 4, 30)),
        (Phase.CLARIFICATION, date(2022, 6, 1), date(2022, 6, 15)),
        (Phase.CONFIRMATION, date(2022, 6, 16), date(2022, 6, 30)),
        (Phase.RESULTS, date(2022, 8, 1), date(2022, 8, 1)),
    ]
    results = {one.fiscal_year: one.first for one in ALL if one.phase is Phase.RESULTS and not one.by_month}
    assert results == {
        2565: date(2022, 8, 1), 2566: date(2023, 8, 10), 2567: date(2024, 7, 30), 2568: date(2025, 8, 15),
    }  # fmt: skip


@pytest.mark.parametrize("year", [2569, 2570, 2575])
def test_of_years_without_a_source_nothing_is_known_and_the_usual_is_not_confirmed(store, year):
    assert windows(store, year) == []
    found = usually(store, year)
    assert [one.phase for one in found] == [
        Phase.REGISTRATION, Phase.OIT, Phase.CLARIFICATION, Phase.CONFIRMATION, Phase.RESULTS,
    ]  # fmt: skip
    assert not any(one.confidence.confirmed for one in found)
    assert all(first_day(year) <= one.first <= one.last <= last_day(year) for one in found)


def test_the_usual_is_told_neither_beside_what_is_known_nor_of_a_year_known_as_a_whole(store):
    store.windows.save(own(Phase.OIT, date(2027, 3, 8), date(2027, 5, 7)))
    assert Phase.OIT not in {one.phase for one in usually(store, 2570)}
    assert usually(store, 2567) == []


def test_the_usual_calendar_exists_in_every_year_of_a_century():
    assert all(len(usual(year)) == 5 for year in range(2560, 2661))


def test_what_the_agency_entered_goes_before_the_framework_and_the_rest_stays(store):
    mine = own(Phase.RESULTS, date(2025, 8, 20), date(2025, 8, 20), 2568)
    store.windows.save(mine)
    assert windows(store, 2568) == [mine]
    store.windows.drop(2568, Phase.RESULTS)
    assert windows(store, 2568)[0].source == "nation2025"


def test_what_comes_next_stands_first_over_the_turn_of_the_year(store):
    late = own(Phase.RESULTS, date(2026, 11, 30), date(2026, 11, 30), 2569)
    soon = own(Phase.EIT, date(2026, 11, 1), date(2026, 12, 31))
    gone = own(Phase.REGISTRATION, date(2026, 10, 1), date(2026, 10, 31))
    for one in (soon, late, gone):
        store.windows.save(one)
    assert upcoming(store, TODAY) == [late, soon]
    assert not any(over(one, TODAY) for one in upcoming(store, TODAY))


def test_sources_are_told_as_sites_each_once():
    assert sites("itas1089, itas2862, nation2022") == ["itas.nacc.go.th", "nationthailand.com"]
    assert sites("หนังสือ ป.ป.ช.") == ["หนังสือ ป.ป.ช."]
