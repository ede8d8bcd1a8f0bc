"""Reads a document: scores, measures, what is noticed in it and what must be asked. Nothing is invented or mended."""

import re
from collections.abc import Iterator, Sequence

from itadomain.documents import whole
from itadomain.documents.agency import Agencies, agencies_in
from itadomain.documents.arithmetic import checked
from itadomain.documents.doubts import Ask, Code, Doubt, Finding, Question
from itadomain.documents.folding import squeezed
from itadomain.documents.headings import Heading
from itadomain.documents.lines import Doubtful, Line, Row, lines_of
from itadomain.documents.made import clear_owners, doubts_of, measure_of, with_indicators
from itadomain.documents.mentions import mentions_in, spelled_in
from itadomain.documents.printings import merged
from itadomain.documents.reading import Column, PrintedMeasure, PrintedUnit, Reading, Sure
from itadomain.documents.results import SaidYears, result_of
from itadomain.documents.rows import Draft, drafts_of
from itadomain.documents.rules import rules_of
from itadomain.documents.score_tables import pieces_of
from itadomain.documents.shape import Document
from itadomain.documents.units import units_of
from itadomain.documents.years import Section, Years, years_of
from itadomain.fiscal import FiscalYear

TITLE_LINES = 4
LABELLED = re.compile(r"\s*(?:ผู้รับผิดชอบ|หน่วยงานที่รับผิดชอบ|วิธีดำเนินการ|วิธีการดำเนินการ)\s*[:=]")


def read(document: Document, *, plan_year: int | None = None, score_year: int | None = None) -> Reading:
    """All that a document says; years that a person has settled may be told."""
    rows = list(lines_of(document))
    found = drafts_of([row for row in rows if isinstance(row, Line)])
    years = years_of(document, _sections(found), plan_year)
    drafts = merged([draft for draft in found if draft.group not in years.others])
    agencies = agencies_in(document)
    scored = result_of(
        list(pieces_of(document, agencies.spellings)),
        mentions_in(document, agencies.spellings),
        SaidYears([score_year] if score_year else years.scores, years.plan, years.place),
        _title(document),
    )
    sums = checked(scored.result, scored.places) if scored.result else None
    of_scores = sums.result.fiscal_year if sums else years.plan - 1 if years.plan else None
    measures = tuple(with_indicators(one, of_scores) for one in whole.marked([measure_of(draft) for draft in drafts]))
    doubts = [
        *_about_agency(agencies),
        *_about_years(years, measures),
        *scored.doubts,
        *(() if sums and sums.result.headlines else spelled_in(document)),
        *(sums.doubts if sums else ()),
        *(doubt for at, draft in enumerate(drafts, 1) for doubt in doubts_of(draft, at)),
        *_about_measures(measures, years),
        *_about_tables(rows, years),
        *(() if measures else _in_running_text(document)),
    ]
    return Reading(
        agency=agencies.name,
        agencies=agencies.spellings,
        fiscal_year=FiscalYear(years.plan) if years.plan else None,
        year_sure=years.sure,
        title_year=FiscalYear(years.title) if years.title else None,
        result=sums.result if sums else None,
        measures=measures,
        units=_units(measures, document),
        rules=tuple(rules_of(document)),
        findings=tuple(doubt for doubt in doubts if isinstance(doubt, Finding)),
        questions=tuple(doubt for doubt in doubts if isinstance(doubt, Question)),
    )


def _sections(drafts: Sequence[Draft]) -> list[Section]:
    groups = {draft.group: draft.block for draft in reversed(drafts)}
    return [
        Section(group, block, [draft.cells.get(Column.PERIOD, "") for draft in drafts if draft.group == group])
        for group, block in sorted(groups.items())
    ]


def _title(document: Document) -> str:
    """The first lines, up to the one that says the year."""
    lines = [text for paragraph in document.paragraphs if (text := squeezed(paragraph.text))][:TITLE_LINES]
    ends = next((at for at, line in enumerate(lines, 1) if "พ.ศ." in line or "ปีงบประมาณ" in line), 1)
    return " ".join(lines[:ends])


def _units(measures: Sequence[PrintedMeasure], document: Document) -> tuple[PrintedUnit, ...]:
    owners = [name for one in measures for name in clear_owners(one)]
    return units_of(owners, [paragraph.text for paragraph in document.paragraphs])


def _about_agency(agencies: Agencies) -> Iterator[Doubt]:
    if len(agencies.spellings) > 1:
        yield Finding(Code.AGENCY_SPELLED, {"spellings": list(agencies.spellings)})
    if len(agencies.spellings) > 1 or agencies.others:
        names = (*agencies.spellings, *agencies.others)
        yield Question(Ask.AGENCY, {"spellings": list(names)}, choices=names)


def _about_years(years: Years, measures: Sequence[PrintedMeasure]) -> Iterator[Doubt]:
    if years.sure is Sure.DISPUTED:
        yield Finding(Code.YEARS_DISAGREE, {"years": list(years.choices), "year": years.plan}, years.place)
    if years.sure is not Sure.PRINTED and measures:
        yield Question(
            Ask.PLAN_YEAR, {"years": list(years.choices) or "-"}, years.place, tuple(map(str, years.choices))
        )


def _about_measures(measures: Sequence[PrintedMeasure], years: Years) -> Iterator[Doubt]:
    yield from whole.numbering(measures)
    yield from whole.codes(measures)
    yield from whole.years_before(measures, years.plan)


def _about_tables(rows: Sequence[Row], years: Years) -> Iterator[Doubt]:
    unknown = dict.fromkeys(name for row in rows if isinstance(row, Heading) for name in row.unknown.values())
    for name in unknown:
        yield Finding(Code.COLUMN_UNKNOWN, {"heading": name})
    doubtful = {", ".join(row.heading): row.place for row in reversed(rows) if isinstance(row, Doubtful)}
    for headings, place in doubtful.items():
        yield Question(Ask.COLUMNS, {"headings": headings}, place)
    for other in years.others.values():
        yield Question(Ask.COLUMNS, {"headings": other.text}, other.place)


def _in_running_text(document: Document) -> Iterator[Doubt]:
    """A plan in running text: what its lines begin with are the headings of tables."""
    labelled = [one for one in document.paragraphs if LABELLED.match(one.text)]
    if labelled:
        yield Question(Ask.COLUMNS, {"headings": squeezed(labelled[0].text)}, labelled[0].place)
