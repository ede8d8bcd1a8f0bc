"""The OIT pack: what an agency publishes of its complaints and its papers, in one folder with a contents page.

What cannot be made stands on the contents page with the reason; the pack is made all the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.papers.asking import Asking
from bot.papers.contents import Bundle, Inside
from bot.papers.document import About, Block, Cell, Document, Paragraph, Style, Table
from bot.papers.endings import DOCX, PDF, XLSX
from bot.papers.ink import office
from bot.papers.says.analysis import analysis_paper
from bot.papers.says.channel import channel_paper
from bot.papers.says.guideline import guideline_paper
from bot.papers.says.memo import memo_paper
from bot.papers.says.plan import plan_paper
from bot.papers.says.register import register_paper
from bot.papers.says.report import report_paper
from bot.papers.says.statistics import complaints_paper, services_paper
from handlers.kit import Words, words
from itadomain.acknowledgements import Audience
from itadomain.fiscal import first_day, last_day
from itadomain.refusals import Refusal

WIDTHS = (8, 46, 46)
MOST_MEMOS = 5


@dataclass(frozen=True)
class Part:
    """One paper of the pack: what it is called, how it is made, of what, and whether it is a table too."""

    kind: str
    of: str
    name: Words
    make: Callable[[Asking], Document]
    table: bool = False


@dataclass(frozen=True)
class Made:
    """A part with its files, or the reason why there are none."""

    part: Part
    files: Sequence[Inside] = ()
    why: Words | None = None


def pack(asking: Asking) -> Bundle:
    """All of it for a fiscal year, the contents first."""
    made = [_made(asking, nth, one) for nth, one in enumerate(parts(asking), 1)]
    first = Inside(f"0 {asking.says(words('oit_pack.contents'))}.{DOCX}", _contents(asking, made))
    return Bundle([first, *(file for one in made for file in one.files)])


def pack_name(asking: Asking) -> Words:
    """What it is called as a file."""
    return words("oit_pack.file", year=asking.year)


def parts(asking: Asking) -> Iterator[Part]:
    """What belongs to the pack of a year. What analyses a result is of the year before: its plan is of this one."""
    year = asking.of
    yield Part("guideline", year, words("oit_pack.guideline"), guideline_paper)
    yield Part("channel", year, words("oit_pack.channel"), channel_paper)
    yield Part("complaints", year, words("statistics_paper.file_complaints", year=year), complaints_paper, table=True)
    yield Part("services", year, words("statistics_paper.file_services", year=year), services_paper, table=True)
    yield Part("plan", year, words("plan_paper.file", year=year), plan_paper, table=True)
    before = str(asking.year - 1)
    yield Part("analysis", before, words("analysis_paper.file", year=before), analysis_paper, table=True)
    yield Part("report", year, words("report_paper.file", year=year), report_paper, table=True)
    yield Part("register", year, words("oit_pack.register", year=year), register_paper, table=True)
    yield from _memos(asking)


def _memos(asking: Asking) -> Iterator[Part]:
    """The memoranda of the year that went to all; what was written to some is theirs."""
    first, last = first_day(asking.year), last_day(asking.year)
    known = [one for one in asking.store.circulars.all() if one.audience is not Audience.CHOSEN]
    for one in [one for one in known if first <= one.asked_on <= last][:MOST_MEMOS]:
        yield Part("memo", one.id, words("oit_pack.memo", title=one.title), memo_paper)


def _made(asking: Asking, nth: int, part: Part) -> Made:
    try:
        paper = part.make(replace(asking, of=part.of))
    except Refusal as no:
        return Made(part, why=words(no.key, **no.facts))
    name = f"{nth} {_plain(asking.says(part.name))}"
    endings = [PDF if office.available() else DOCX, *([XLSX] if part.table else [])]
    return Made(part, [Inside(f"{name}.{ending}", paper, part.kind, part.of) for ending in endings])


def _contents(asking: Asking, made: Sequence[Made]) -> Document:
    says, agency = asking.says, asking.says(asking.store.office.name)
    title = says(words("oit_pack.file", year=asking.year))
    headings = (words("oit_pack.no"), words("oit_pack.paper"), words("oit_pack.in_file"))
    rows = [
        [Cell((str(nth),)), Cell((says(one.part.name),)), Cell(_files(asking, one))] for nth, one in enumerate(made, 1)
    ]
    blocks: list[Block] = [
        Paragraph(title, Style.TITLE),
        Paragraph(agency, Style.TITLE),
        Table(WIDTHS, [[Cell((says(one),)) for one in headings]], rows),
        *([] if office.available() else [Paragraph(says(words("oit_pack.no_pdf")))]),
        Paragraph(says(words("oit_pack.look_first"))),
    ]
    data = says(words("oit_pack.data", day=asking.today))
    return Document(About(title, agency, asking.by, asking.made, data), blocks)


def _files(asking: Asking, one: Made) -> Sequence[str]:
    if one.why:
        return (asking.says(words("oit_pack.missing", why=one.why)),)
    return tuple(file.name for file in one.files)


def _plain(name: str) -> str:
    """A name that every phone and computer takes, and no longer than a file's may be in letters of three bytes."""
    kept = "".join(sign if sign.isprintable() and sign not in '/\\:*?"<>|' else " " for sign in name)
    return " ".join(kept.split())[:60].strip(" .")
