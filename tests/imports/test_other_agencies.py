"""Papers of agencies that nobody here has seen, made up to be as different as real ones are.

Nothing wrong may be kept without a question. What is printed here is the rate of cells that are right.
"""

import shutil
from collections import Counter
from collections.abc import Sequence
from functools import cache
from random import Random

import pytest

from itadomain.documents.agency import Sameness, same_agency
from tests.imports import papers
from tests.imports.judging import UNKNOWN, Judged, Truth, judged, truths
from tests.imports.made_plans import a_plan
from tests.imports.noise import NOISE
from tests.imports.rebuilding import printed_by_browser, printed_by_office

TRUTHS = {one.name: one for one in truths()}
BUILDERS = {"txt": papers.as_text, "docx": papers.as_word, "xlsx": papers.as_workbook}
EVERY = [(name, kind) for name, truth in TRUTHS.items() for kind in BUILDERS if kind in truth.forms]
PRINTED = [name for name, truth in TRUTHS.items() if truth.printed]
#: Just below what is reached: percent of cells right, of doubts asked.
RIGHT, ASKED = 98, 100
MADE, MADE_RIGHT = 60, 96  # plans by the machine, of which a list of projects with money is refused


@cache
def brought_in(name: str, kind: str) -> Judged:
    return judged(TRUTHS[name], BUILDERS[kind](TRUTHS[name].parts), f"{name}.{kind}")


def rate(seen: Sequence[Judged]) -> dict[str, float]:
    """Percent of cells right and of doubts asked; cells that are wrong or lost without a question."""
    outcomes = Counter(cell.outcome for one in seen for cell in one.cells)
    doubts = sum(len(one.truth.asks) for one in seen)
    unasked = sum(len(one.unasked) for one in seen)
    return {
        "cells": outcomes.total(),
        "right %": round(100 * outcomes["right"] / outcomes.total(), 2),
        "wrong unasked": outcomes["wrong"],
        "lost unasked": outcomes["lost"],
        "doubts": doubts,
        "asked %": 100 - round(100 * unasked / doubts, 2) if doubts else 100,
        "needless": sum(len(one.needless) for one in seen),
    }


def told(what: str, seen: Sequence[Judged]) -> dict[str, float]:
    figures = rate(seen)
    print(f"\n{what}: {len(seen)} papers, " + ", ".join(f"{name} {value:g}" for name, value in figures.items()))
    return figures


@pytest.mark.parametrize(("name", "kind"), EVERY)
def test_nothing_wrong_is_kept_or_lost_without_a_question(name: str, kind: str):
    seen = brought_in(name, kind)
    assert seen.of("wrong", "lost") == []
    assert seen.unasked == []


@pytest.mark.parametrize("kind", BUILDERS)
def test_the_rate_of_cells_that_are_right_holds(kind: str):
    figures = told(kind, [brought_in(name, other) for name, other in EVERY if other == kind])
    assert figures["right %"] >= RIGHT
    assert figures["asked %"] >= ASKED


@pytest.mark.parametrize("noise", NOISE)
def test_noise_makes_nothing_wrong(noise: str):
    chance = Random(noise)
    noisy = [judged(one, papers.as_text(NOISE[noise](one.parts, chance)), f"{one.name}.txt") for one in TRUTHS.values()]
    figures = told(noise, noisy)
    assert [(one.truth.name, one.of("wrong", "lost")) for one in noisy if one.of("wrong", "lost")] == []
    assert figures["right %"] >= RIGHT


def test_plans_made_by_a_machine_are_right():
    made = [judged(truth, papers.as_text(truth.parts), "plan.txt") for truth in map(a_plan, range(MADE))]
    figures = told("made", made)
    assert [(one.truth.name, one.of("wrong", "lost")) for one in made if one.of("wrong", "lost")] == []
    assert figures["right %"] >= MADE_RIGHT


def test_no_paper_is_taken_for_another_agencys():
    names = [one.agency for one in TRUTHS.values() if one.agency not in {"", UNKNOWN}]
    for one in names:
        assert [other for other in names if same_agency(one, other) is not Sameness.ANOTHER] == [one]


def by_browser(truth: Truth, browser, _) -> bytes:
    return printed_by_browser(browser, papers.as_page(truth.parts))


def by_office(truth: Truth, _, folder) -> bytes:
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice: get it with «apt-get install libreoffice-writer-nogui»")
    return printed_by_office(papers.as_word(truth.parts), folder)


@pytest.mark.parametrize("maker", [by_browser, by_office])
def test_printed_papers_say_the_same(maker, browser, tmp_path):
    seen = [judged(TRUTHS[name], maker(TRUTHS[name], browser, tmp_path), f"{name}.pdf") for name in PRINTED]
    figures = told(f"pdf {maker.__name__}", seen)
    assert [
        (one.truth.name, one.of("wrong", "lost"), one.unasked) for one in seen if one.of("wrong", "lost") or one.unasked
    ] == []
    assert figures["right %"] >= RIGHT
