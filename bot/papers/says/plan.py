"""The year's measures as a paper: มาตรการส่งเสริมคุณธรรมและความโปร่งใส, with the table in the form of its year."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bot.papers.asking import Asking, Says
from bot.papers.document import About, Block, Cell, Document, Paragraph, Signature, Signatures, Style, Table
from handlers.kit import Words, words
from itadomain.measures import Measure
from itadomain.papers.forms import Form, Part, cell, form_of, is_confirmed
from itadomain.refusals import Refusal

HEADINGS: Mapping[Part, Words] = {
    Part.MEASURE: words("plan_paper.measure"),
    Part.TOPIC: words("plan_paper.topic"),
    Part.QUESTION: words("plan_paper.question"),
    Part.FINDING: words("plan_paper.finding"),
    Part.STEPS: words("plan_paper.steps"),
    Part.OWNER: words("plan_paper.owner"),
    Part.PERIOD: words("plan_paper.period"),
    Part.FOLLOW_UP: words("plan_paper.follow_up"),
    Part.INDICATOR: words("plan_paper.indicator"),
}
SIGNING = (words("plan_paper.proposed"), words("plan_paper.agreed"), words("plan_paper.approved"))


def plan_paper(asking: Asking) -> Document:
    """The plan of a fiscal year; Refusal where there is none."""
    year, says = asking.year, asking.says
    plan = [one for one in asking.store.measures.of_year(year) if one.cancelled_on is None]
    if not plan:
        raise Refusal("plan_paper.none", year=year)
    title, agency = says(words("plan_paper.title", year=year)), says(asking.store.office.name)
    data = says(words("plan_paper.data", count=len(plan), year=year))
    return Document(
        About(title, agency, asking.by, asking.made, data),
        [*_head(title, agency), _table(year, plan, says), _signed(len(plan), year, says), signatures(says)],
        draft=draft_word(year, says),
        wide=True,
    )


def _head(title: str, agency: str) -> Iterator[Block]:
    yield Paragraph(title, Style.TITLE)
    yield Paragraph(agency, Style.TITLE)
    yield Paragraph("", Style.NOTE)


def _signed(count: int, year: int, says: Says) -> Block:
    """What the signatures stand under, on whichever page they come to stand."""
    return Paragraph(says(words("plan_paper.signed", count=count, year=year)))


def signatures(says: Says) -> Signatures:
    """Who proposes, agrees and approves."""
    return Signatures([Signature(says(one)) for one in SIGNING])


def draft_word(year: int, says: Says) -> str:
    """What stands on every page until it is approved; whoever approves it knows of what year the form is not sure."""
    return says(words("plan_paper.draft") if is_confirmed(year) else words("plan_paper.draft_unsure", year=year))


def _table(year: int, plan: Sequence[Measure], says: Says) -> Table:
    form = form_of(year, plan)
    told = [[tuple(cell(one, part)) for part in form.columns] for one in plan]
    rows = list(once(told)) if form.once else [[Cell(lines) for lines in row] for row in told]
    return Table(list(form.columns.values()), _headings(form, says), rows)


def _headings(form: Form, says: Says) -> Sequence[Sequence[Cell]]:
    """One row, or two where some columns stand under one heading."""
    named = {part: (says(HEADINGS[part]),) for part in form.columns}
    if not form.joined:
        return [[Cell(lines) for lines in named.values()]]
    upper = [
        Cell((says(words("plan_paper.put_to_work")),), across=len(form.joined)) if part in form.joined
        else Cell(lines, down=2)
        for part, lines in named.items()
        if part not in form.joined[1:]
    ]  # fmt: skip
    return [upper, [Cell(named[part]) for part in form.joined]]


def once(told: Sequence[Sequence[tuple[str, ...]]]) -> Iterator[Sequence[Cell]]:
    """What rows have alike in their first column stands once beside them all."""
    for first, rows in groupby(told, key=lambda row: row[0]):
        those = list(rows)
        for nth, row in enumerate(those):
            begins = [Cell(first, down=len(those))] if nth == 0 else []
            yield [*begins, *(Cell(lines) for lines in row[1:])]
