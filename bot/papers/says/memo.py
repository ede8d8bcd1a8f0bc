"""A circular as a memorandum: บันทึกข้อความ in the form of state correspondence, and under it who has acknowledged it."""

from collections.abc import Iterator, Mapping, Sequence

from bot.papers.asking import Asking, Says
from bot.papers.document import (
    About,
    Block,
    Cell,
    Document,
    Field,
    Fields,
    Paragraph,
    Signature,
    Signatures,
    Style,
    Table,
)
from handlers.agency.post_words import role_word
from handlers.kit import Words, words
from itadomain.acknowledgements import Audience, Circular
from itadomain.measures import Measure
from itadomain.papers.forms import Part, cell
from itadomain.papers.memo import Line, lines, may_read
from itadomain.people import Person, Post, Role
from itadomain.ports import Store
from itadomain.refusals import Refusal

WHOM: Mapping[Audience, Words] = {
    Audience.EVERYONE: words("memo_paper.to_everyone"),
    Audience.NEWCOMERS: words("memo_paper.to_newcomers"),
    Audience.CHOSEN: words("memo_paper.to_chosen"),
}
#: What somebody is in the agency; the other roles are duties in this system, and nobody's business on a list.
POSTS = frozenset({Role.EXECUTIVE, Role.HEAD, Role.STAFF})
WIDTHS = (7, 27, 22, 20, 24)
NONE = "-"


def memo_paper(asking: Asking) -> Document:
    """The memorandum of a circular; Refusal where there is none."""
    says, one = asking.says, _circular(asking)
    listed = lines(asking.store, one, asking.today)
    title, agency = says(words("memo_paper.title")), says(asking.store.office.name)
    data = words("memo_paper.data", title=one.title, done=_done(listed), all=len(listed))
    return Document(
        About(f"{title} {one.title}", agency, asking.by, asking.made, says(data)),
        [*_head(asking, one, title), *_body(asking, one, listed), *_foot(), *_sheet(asking, listed)],
        draft=says(words("memo_paper.draft")),
    )


def memo_name(asking: Asking) -> Words:
    """What it is saved by."""
    return words("memo_paper.file", title=_circular(asking).title)


def may_have_memo(store: Store, person: Person, of: str) -> bool:
    """What was written to a committee is theirs alone, whoever keeps the register."""
    one = store.circulars.get(of)
    return one is not None and may_read(one, person)


def _circular(asking: Asking) -> Circular:
    one = asking.store.circulars.get(asking.of)
    if one is None:
        raise Refusal("memo_paper.unknown")
    return one


def _head(asking: Asking, one: Circular, title: str) -> Iterator[Block]:
    says = asking.says
    yield Paragraph(title, Style.MEMO)
    yield Fields(
        [
            [Field(says(words("memo_paper.from_office")), says(_office(asking, one)))],
            [Field(says(words("memo_paper.number"))), Field(says(words("memo_paper.date")))],
            [Field(says(words("memo_paper.subject")), one.title)],
        ]
    )
    yield Paragraph(says(words("memo_paper.to", whom=WHOM[one.audience])), Style.PLAIN)
    if one.paper:
        yield Paragraph(says(words("memo_paper.enclosed", title=one.title)), Style.PLAIN)


def _office(asking: Asking, one: Circular) -> object:
    """The agency, and the unit of whoever sent it round."""
    person = asking.store.people.get(one.asked_by, asking.today) if one.asked_by else None
    units = person.units(one.asked_on) if person else ()
    unit = asking.store.units.get(units[0]) if units else None
    office = asking.store.office.name
    return words("memo_paper.unit_of_office", unit=unit.name, office=office) if unit else office


def _body(asking: Asking, one: Circular, listed: Sequence[Line]) -> Iterator[Block]:
    says = asking.says
    measure = asking.store.measures.get(one.measure) if one.measure else None
    if one.paper:
        yield _text(says(words("memo_paper.of_paper", title=one.title)))
    elif measure:
        yield _text(says(words("memo_paper.of_measure", year=measure.plan_year)))
        yield from _measure(measure, says)
    elif one.wording:
        yield _text(says(words("memo_paper.of_wording", title=one.title)))
        yield from (_text(line.strip()) for line in one.wording.splitlines() if line.strip())
    else:
        yield _text(says(words("memo_paper.of_title", title=one.title)))
    yield _text(says(_told(one, listed)))
    yield _text(says(words("memo_paper.therefore")))


def _measure(measure: Measure, says: Says) -> Iterator[Block]:
    yield from (_text(line) for line in cell(measure, Part.MEASURE))
    steps = cell(measure, Part.STEPS)
    if steps:
        yield _text(says(words("memo_paper.steps")))
        yield from (_text(line) for line in steps)
    if measure.owners:
        yield _text(says(words("memo_paper.owners", owners=list(measure.owners))))
    if measure.when:
        yield _text(says(words("memo_paper.period", period=measure.when)))


def _told(one: Circular, listed: Sequence[Line]) -> Words:
    if not listed:
        return words("memo_paper.nobody", on=one.asked_on)
    counted = {"on": one.asked_on, "done": _done(listed), "all": len(listed)}
    if one.closed_on:
        return words("memo_paper.closed_on", closed=one.closed_on, **counted)
    return words("memo_paper.told_on", **counted)


def _done(listed: Sequence[Line]) -> int:
    return sum(line.at is not None for line in listed)


def _foot() -> Iterator[Block]:
    """Who signs is filled in by hand: it need not be whoever sent it round."""
    yield Paragraph("", Style.NOTE)
    yield Signatures([Signature("")])


def _sheet(asking: Asking, listed: Sequence[Line]) -> Iterator[Block]:
    """The list, where anybody is asked."""
    if not listed:
        return
    says = asking.says
    heading = (
        words("memo_paper.nth"), words("memo_paper.name"), words("memo_paper.post"), words("memo_paper.when"),
        words("memo_paper.acknowledged"),
    )  # fmt: skip
    yield Paragraph("", Style.NOTE)
    yield Paragraph(says(words("memo_paper.sheet")), Style.HEADING)
    rows = [_row(asking, nth, line) for nth, line in enumerate(listed, 1)]
    yield Table(WIDTHS, [[Cell((says(one),)) for one in heading]], rows)


def _row(asking: Asking, nth: int, line: Line) -> Sequence[Cell]:
    says = asking.says
    posts = [held for post in line.posts if (held := says(_post(asking.store, post)))]
    told = [words("memo_paper.yes")] if line.at else [words("memo_paper.not_yet"), words("memo_paper.to_sign")]
    return [
        Cell((str(nth),)),
        Cell([says(one) for one in _name(line)]),
        Cell(list(dict.fromkeys(posts)) or (NONE,)),
        Cell((says(line.at),)),
        Cell([says(one) for one in told]),
    ]


def _name(line: Line) -> Sequence[object]:
    if not line.name:
        return [words("memo_paper.gone")]
    return [line.name, words("memo_paper.left")] if line.left else [line.name]


def _post(store: Store, post: Post) -> object:
    """A role in a unit, closed ones too; of a duty in this system the unit alone."""
    unit = store.units.get(post.unit) if post.unit else None
    name = unit.name if unit else ""
    if post.role not in POSTS:
        return name
    role = role_word(post.role)
    told = words("posts.post", role=role, unit=name) if name else role
    return words("memo_paper.acting", post=told) if post.acting else told


def _text(told: str) -> Paragraph:
    return Paragraph(told, Style.TEXT)
