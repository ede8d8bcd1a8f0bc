"""What a document is made of, whatever program opens it: paragraphs, tables, the lines where people sign."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, get_args


class Style(StrEnum):
    """How a paragraph stands on the page."""

    TITLE = "title"  # in the middle, bold
    HEADING = "heading"
    TEXT = "text"  # justified, its first line set in
    NOTE = "note"  # small
    PLAIN = "plain"  # neither set in nor justified
    MEMO = "memo"  # บันทึกข้อความ, large, with room for a seal to its left


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of running text."""

    text: str
    style: Style = Style.TEXT


@dataclass(frozen=True)
class Cell:
    """A cell of a table, a line each; it spans so many columns and rows."""

    lines: Sequence[str] = ()
    across: int = 1
    down: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells under their headings, which stand on every page; a cell that another one spans is left out.

    `widths` are the columns' shares of the whole. Rows stand `close` where one page has to hold all of them.
    """

    widths: Sequence[int]
    headings: Sequence[Sequence[Cell]]
    rows: Sequence[Sequence[Cell]]
    close: bool = False


@dataclass(frozen=True)
class Signature:
    """A place to sign: what the one who signs does, and the post; the name is left to be filled in where unknown."""

    deed: str  # ผู้เสนอ
    post: str = ""
    name: str = ""


@dataclass(frozen=True)
class Signatures:
    """Who signs, side by side."""

    those: Sequence[Signature]


@dataclass(frozen=True)
class Field:
    """Something to fill in: what it is, and what is known of it."""

    label: str
    value: str = ""


@dataclass(frozen=True)
class Fields:
    """The head of a memorandum: a row of fields a line, dots up to the end of each."""

    rows: Sequence[Sequence[Field]]


@dataclass(frozen=True)
class Picture:
    """A photo by the id of the evidence that it is, with what stands under it.

    `file` is where its copy lies once that is laid out; until then, or where there is none, `instead` stands there.
    """

    of: str
    caption: Sequence[str]
    instead: str
    file: str = ""


@dataclass(frozen=True)
class Pictures:
    """Photos, two side by side."""

    those: Sequence[Picture]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Paragraph | Table | Signatures | Fields | Pictures | PageBreak


@dataclass(frozen=True)
class About:
    """What a file says of itself: who asked for it, when, and from which data."""

    title: str
    agency: str
    by: str
    made: datetime
    data: str
    approved: str = ""  # by whom and when; empty for a draft


@dataclass(frozen=True)
class Document:
    """A whole paper. `draft` is the word that stands on every page until it is approved; empty after that.

    `seal` is the agency's picture for the head of its papers, a PNG in base64, `template` its own Word file for this
    kind; each empty where it has none.
    """

    about: About
    blocks: Sequence[Block]
    draft: str = ""
    wide: bool = False  # the long side of the sheet lies below
    thai_digits: bool = False
    seal: str = ""
    template: str = ""

    @property
    def photos(self) -> Sequence[Picture]:
        """All of its photos."""
        return [one for block in self.blocks if isinstance(block, Pictures) for one in block.those]


PARTS = {one.__name__: one for one in (*get_args(Block), Document, About, Cell, Signature, Field, Picture)}


def told(one: Any) -> Any:
    """A document, or a part of one, as JSON holds it; `heard` makes it that again."""
    if is_dataclass(one):
        return {"is": type(one).__name__, **{field.name: told(getattr(one, field.name)) for field in fields(one)}}
    if isinstance(one, datetime):
        return {"is": datetime.__name__, "at": one.isoformat()}
    if isinstance(one, Style):
        return {"is": Style.__name__, "of": one.value}
    return [told(each) for each in one] if isinstance(one, list | tuple) else one


def heard(said: Any) -> Any:
    """What `told` was given, with every sequence as a tuple."""
    if isinstance(said, list):
        return tuple(heard(each) for each in said)
    if not isinstance(said, dict):
        return said
    match said["is"]:
        case "datetime":
            return datetime.fromisoformat(said["at"])
        case "Style":
            return Style(said["of"])
        case named:
            return PARTS[named](**{name: heard(value) for name, value in said.items() if name != "is"})
