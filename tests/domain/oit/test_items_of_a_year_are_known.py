"""What is known of the items of each year: numbers that fit, names that are there, and nothing of what no source tells."""

from pathlib import Path

import pytest
import yaml

from itadomain.frameworks.shape import Confidence
from itadomain.oit.known import KNOWN, known_of

ROOT = Path(__file__).resolve().parents[3]
FIGURES = ROOT.parent / "shared/reference/ita_frameworks.yaml"


@pytest.mark.parametrize("year", KNOWN)
def test_numbers_and_names_are_there_once(year):
    items = known_of(year).items
    numbers = [one.no for one in items]
    assert numbers == sorted(set(numbers))
    assert len({one.name for one in items}) == len(items)
    assert all(one.name == one.name.strip() and one.name for one in items)


@pytest.mark.parametrize(
    ("year", "named", "unnamed", "count"),
    [
        (2563, 42, (34,), 43), (2564, 42, (34,), 43), (2565, 43, (), 43), (2566, 43, (), 43), (2567, 3, (), 0),
        (2568, 23, (5, 6, 7), 0), (2569, 22, (2, 5, 6, 7), 26), (2570, 0, (), 0), (2562, 0, (), 0),
    ],
)  # fmt: skip
def test_so_many_are_known_and_so_many_are_not(year, named, unnamed, count):
    known = known_of(year)
    assert (len(known.items), known.unnamed, known.count) == (named, unnamed, count)


def test_numbers_mean_another_item_from_year_to_year():
    """So nothing goes from one year to the next by its number alone."""
    guideline = "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"
    found = {int(year): one.no for year, known in KNOWN.items() for one in known.items if one.name == guideline}
    assert found == {2563: 29, 2564: 29, 2565: 29, 2566: 27, 2568: 17, 2569: 16}


def test_what_two_sources_tell_differently_is_not_told_as_fact():
    loose = {
        (int(year), one.no) for year, known in KNOWN.items() for one in known.items if not one.confidence.confirmed
    }
    assert loose == {(2569, 25), (2569, 26)}
    assert all(one.confidence is not Confidence.MEMORY for known in KNOWN.values() for one in known.items)


@pytest.mark.parametrize("year", KNOWN)
def test_every_source_is_listed(year):
    listed = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    assert known_of(year).sources
    assert [one for one in known_of(year).sources if one not in listed] == []


@pytest.mark.skipif(not FIGURES.exists(), reason="needs the reference folder beside the repository")
@pytest.mark.parametrize(
    ("year", "kept"), [(2565, "FY2563_2565"), (2566, "FY2566"), (2568, "FY2568"), (2569, "FY2569")]
)
def test_they_are_those_of_the_reference(year, kept):
    told = yaml.safe_load(FIGURES.read_text(encoding="utf-8"))["oit"][kept]["items"]
    names = {one["id"]: one["th"].removesuffix(" (ปีก่อน)").partition(" (รวม")[0] for one in told}
    assert {f"O{one.no}": one.name for one in known_of(year).items} == names
