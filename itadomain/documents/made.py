"""A draft becomes a printed measure: its owners, steps, codes and indicators, and what is doubtful in them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from itadomain.documents.doubts import Ask, Code, Doubt, Finding, Question
from itadomain.documents.folding import arabic, is_ditto, packed
from itadomain.documents.indicator_names import indicator_named, mentioned
from itadomain.documents.owners import Owners, owners_in
from itadomain.documents.question_codes import codes_in
from itadomain.documents.reading import Column, PrintedMeasure
from itadomain.documents.rows import Draft
from itadomain.documents.steps import steps_of

NOTHING = {"", "-", "–", "ไม่มี", "..."}
FIVE, LAST_OF_FIFTEEN = 5, 2566  # fifteen questions of the EIT, five an indicator, up to the scores of this year


def measure_of(draft: Draft) -> PrintedMeasure:
    """The measure that a draft prints."""
    owners = owners_in(draft.cells.get(Column.OWNER, ""))
    return PrintedMeasure(
        cells=draft.cells,
        number=draft.number,
        name=draft.name,
        owners=owners.names,
        lead=owners.lead,
        everyone=owners.everyone,
        steps=steps_of(draft.cells.get(Column.METHOD, "")),
        codes=codes_in(draft.cells),
        indicators=tuple(sorted(set(_named(draft)))),
        place=draft.place,
    )


def _named(draft: Draft) -> Iterator[int]:
    """Indicators that the title names, or the section, topic or column in which it stands."""
    yield from (no for _, _, no in mentioned(draft.name))
    for text in (draft.section, draft.cells.get(Column.TOPIC, ""), draft.cells.get(Column.INDICATOR, "")):
        whole = indicator_named(text)
        yield from [whole] if whole else (no for _, _, no in mentioned(text))


def with_indicators(measure: PrintedMeasure, score_year: int | None) -> PrintedMeasure:
    """The measure with the indicators of its questions E1 to E15, as long as there were fifteen."""
    if score_year is None or score_year > LAST_OF_FIFTEEN:
        return measure
    asked = {6 + (int(code[1:]) - 1) // FIVE for code in measure.questions if code.startswith("E")}
    return replace(measure, indicators=tuple(sorted({*measure.indicators, *asked})))


def clear_owners(measure: PrintedMeasure) -> tuple[str, ...]:
    """The owners of a measure that are units."""
    owners = owners_in(measure[Column.OWNER])
    return tuple(name for name in (*owners.names, owners.lead) if name and name not in owners.unclear)


def doubts_of(draft: Draft, at: int) -> Iterator[Doubt]:
    """What is doubtful in one measure, the `at`-eth of the document."""
    facts = {"title": draft.name}
    yield from (replace(doubt, measure=at) for doubt in draft.doubts)
    if not draft.name:
        yield Question(
            Ask.TITLE, {"text": next((text for text in draft.cells.values() if text), "")}, draft.place, (), at
        )
    if draft.cells.get(Column.PERIOD) is not None and packed(draft.cells[Column.PERIOD]) in NOTHING:
        yield Finding(Code.PERIOD_EMPTY, facts, draft.place, at)
    owners = owners_in(draft.cells.get(Column.OWNER, ""))
    if not owners.names and not is_ditto(draft.cells.get(Column.OWNER, "")):
        yield Finding(Code.OWNER_EMPTY, facts, draft.place, at)
        yield Question(Ask.OWNER, {**facts, "text": draft.cells.get(Column.OWNER, "") or "-"}, draft.place, (), at)
    yield from _unclear(owners, draft, at)
    if draft.number.isdecimal() and re.search(rf"\s\(?{int(draft.number) + 1}[.)](?!\d)", arabic(draft.name)):
        yield Question(Ask.ROW, {"text": draft.name, "above": draft.name}, draft.place, (), at)


def _unclear(owners: Owners, draft: Draft, at: int) -> Iterator[Doubt]:
    if owners.unclear:
        facts = {"title": draft.name, "text": ", ".join(owners.unclear)}
        yield Question(Ask.OWNER, facts, draft.place, owners.unclear, at)
