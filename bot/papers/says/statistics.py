"""The figures of a year as papers: of complaints, of services. Totals of each half; none is told as none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.papers.asking import Asking, Says
from bot.papers.document import About, Block, Cell, Document, Paragraph, Signature, Signatures, Style, Table
from handlers.cases.case_cards import KINDS, category_name
from handlers.kit import Words, words
from handlers.surveying import survey_result_cards
from itadomain.cases.case import Kind
from itadomain.cases.categories import OF_A_FORM, Category
from itadomain.cases.forms import FORMS
from itadomain.papers.statistics import OF_SERVICES, Half, answered_by, by_halves
from itadomain.refusals import Refusal
from itadomain.surveys.survey import FEWEST

WIDTHS = (52, 24, 24)

#: What stands in a row: its label, and what it tells of each half.
Row = tuple[Words, Callable[[Half], object]]


def complaints_paper(asking: Asking) -> Document:
    """How many complaints there were in each half of a year, none too; of disclosures their number alone."""
    found = _begun(asking)
    rows: list[Row] = [
        (words("statistics_paper.complaints"), lambda half: _or_none(half.complaints.all)),
        (words("statistics_paper.answered"), lambda half: half.complaints.answered),
        (words("statistics_paper.open"), lambda half: half.complaints.open),
        (words("statistics_paper.overdue"), lambda half: half.complaints.overdue),
        (words("statistics_paper.median_days"), lambda half: half.complaints.median_days),
        (words("statistics_paper.disclosures"), lambda half: _or_none(half.disclosures)),
        (words("statistics_paper.apart", kind=KINDS[Kind.SUGGESTION]), lambda half: half.said.get(Kind.SUGGESTION, 0)),
        (words("statistics_paper.apart", kind=KINDS[Kind.PRAISE]), lambda half: half.said.get(Kind.PRAISE, 0)),
    ]
    notes = [words("statistics_paper.note_totals"), words("statistics_paper.note_apart")]
    return _paper(asking, words("statistics_paper.title_complaints", year=asking.year), found, rows, notes)


def services_paper(asking: Asking) -> Document:
    """How often services were used in each half of a year, as far as it is counted here."""
    found = _begun(asking)
    rows: list[Row] = [
        (words("statistics_paper.requests"), lambda half: half.asked),
        *((words("statistics_paper.of_them", kind=_form_name(one.code)), _of_form(one.code)) for one in FORMS),
        (words("statistics_paper.questions"), lambda half: half.questions.all),
        (words("statistics_paper.questions_answered"), lambda half: half.questions.answered),
    ]
    title = words("statistics_paper.title_services", year=asking.year)
    paper = _paper(asking, title, found, rows, [words("statistics_paper.note_counted")])
    answered = answered_by(asking.store, asking.year)
    told = [
        words("statistics_paper.survey", kind=survey_result_cards.KINDS[kind], people=_people(answered.get(kind, 0)))
        for kind in sorted(OF_SERVICES)
    ]
    surveyed = [Paragraph(asking.says(one)) for one in told]
    return replace(paper, blocks=(*paper.blocks[:-1], *surveyed, paper.blocks[-1]))


def complaints_name(asking: Asking) -> Words:
    """What it is called as a file."""
    return words("statistics_paper.file_complaints", year=asking.year)


def services_name(asking: Asking) -> Words:
    """What it is called as a file."""
    return words("statistics_paper.file_services", year=asking.year)


def _paper(
    asking: Asking, title: Words, found: Sequence[Half], rows: Sequence[Row], notes: Sequence[Words]
) -> Document:
    says, agency = asking.says, asking.says(asking.store.office.name)
    told = says(title)
    blocks: list[Block] = [
        Paragraph(told, Style.TITLE),
        Paragraph(agency, Style.TITLE),
        _table(found, rows, says),
        *(Paragraph(says(one)) for one in notes),
        Signatures([Signature(says(words("plan_paper.approved")))]),
    ]
    data = says(words("statistics_paper.data", day=asking.today))
    about = About(told, agency, asking.by, asking.made, data)
    return Document(about, blocks, draft=says(words("plan_paper.draft")))


def _table(found: Sequence[Half], rows: Sequence[Row], says: Says) -> Table:
    spans = [says(words("statistics_paper.half", first=one.first, last=one.last)) for one in found]
    headings = [Cell((says(words("statistics_paper.what")),)), *(Cell((span,)) for span in spans)]
    return Table(WIDTHS, [headings], [[Cell((one,)) for one in _row(row, found, says)] for row in rows])


def _row(row: Row, found: Sequence[Half], says: Says) -> Iterator[str]:
    label, tells = row
    yield says(label)
    for half in found:
        yield says(tells(half) if half.begun else words("statistics_paper.ahead"))


def _begun(asking: Asking) -> Sequence[Half]:
    """Both halves; Refusal for a year that is still to come."""
    found = by_halves(asking.store, asking.year, asking.today)
    if not found[0].begun:
        raise Refusal("statistics_paper.ahead_of_time", year=asking.year)
    return found


def _or_none(count: int) -> object:
    return count or words("statistics_paper.none")


def _of_form(code: str) -> Callable[[Half], object]:
    return lambda half: half.requests.get(code, 0)


def _form_name(code: str) -> Words | str:
    return category_name(Category(f"{OF_A_FORM}{code}"))


def _people(count: int) -> object:
    return count if count >= FEWEST else words("statistics_paper.few", fewest=FEWEST)
