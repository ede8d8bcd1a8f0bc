"""The OIT register of a year as a paper: each item with whose it is, where it is published, and what is missing."""

from collections.abc import Iterator, Sequence

from bot.papers.asking import Asking, Says
from bot.papers.document import About, Block, Cell, Document, Paragraph, Style, Table
from handlers.kit import words
from handlers.oit.item_cards import OUTCOMES, why
from itadomain.oit.items import Item, Register
from itadomain.oit.register import register
from itadomain.refusals import Refusal

HEADINGS = (
    words("register_paper.no"),
    words("register_paper.item"),
    words("register_paper.unit"),
    words("register_paper.due"),
    words("register_paper.place"),
    words("register_paper.standing"),
)
WIDTHS = (5, 25, 12, 10, 24, 24)


def register_paper(asking: Asking) -> Document:
    """The register of a fiscal year; Refusal where it has no items."""
    year, says = asking.year, asking.says
    kept = register(asking.store, year)
    if not kept.items:
        raise Refusal("register_paper.none", year=year)
    title, agency = says(words("register_paper.title", year=year)), says(asking.store.office.name)
    done = says(words("register_paper.complete", done=kept.complete(asking.today), all=len(kept.items)))
    about = About(title, agency, asking.by, asking.made, says(words("register_paper.data", count=len(kept.items))))
    return Document(about, [*_head(title, agency, done), _table(asking, kept), *_loose(kept, says)], wide=True)


def _head(*lines: str) -> Iterator[Block]:
    for line in lines:
        yield Paragraph(line, Style.TITLE)
    yield Paragraph("", Style.NOTE)


def _table(asking: Asking, kept: Register) -> Table:
    headings = [[Cell((asking.says(one),)) for one in HEADINGS]]
    return Table(WIDTHS, headings, [_row(asking, kept, one) for one in kept.items])


def _row(asking: Asking, kept: Register, item: Item) -> Sequence[Cell]:
    says, unit, due = asking.says, asking.store.units.get(item.unit), kept.due_of(item)
    name = item.name if item.confirmed else says(words("register_paper.unconfirmed", name=item.name))
    told = (item.code, name, unit.name if unit else "", says(due) if due else "")
    return [*(Cell((one,)) for one in told), Cell(_place(item, says)), Cell(_standing(asking, kept, item))]


def _place(item: Item, says: Says) -> list[str]:
    """Where it is published; nothing where that is not told."""
    board = [says(words("register_paper.board"))] if item.board else []
    return [*([item.address] if item.address else []), *board]


def _standing(asking: Asking, kept: Register, item: Item) -> list[str]:
    """What is missing, or that nothing is; what was found at the address; when it was last brought up to date."""
    says, check = asking.says, item.check
    gaps = [says(one) for one in why(kept.gaps(item, asking.today))]
    lines = gaps or [says(words("oit.is_complete"))]
    if item.address and check:
        key = "oit.found_expired" if check.expired else "oit.found"
        lines.append(says(words(key, outcome=OUTCOMES[check.outcome], on=check.on)))
    if item.updated_on:
        lines.append(says(words("register_paper.updated", day=item.updated_on)))
    return lines


def _loose(kept: Register, says: Says) -> Iterator[Block]:
    """That some names are not sure, under the table."""
    if any(not one.confirmed for one in kept.items):
        yield Paragraph(says(words("register_paper.loose", year=int(kept.year))), Style.NOTE)
