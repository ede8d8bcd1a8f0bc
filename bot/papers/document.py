"""What a document is made of, whatever program opens it: paragraphs, tables, the lines where people sign."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Style(StrEnum):
    """How a paragraph stands on the page."""

    TITLE = "title"  # in the middle, bold
    HEADING = "heading"
    TEXT = "text"  # justified, its first line set in
    NOTE = "note"  # small


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

    `widths` are the columns' shares of the whole.
    """

    widths: Sequence[int]
    headings: Sequence[Sequence[Cell]]
    rows: Sequence[Sequence[Cell]]


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


Block = Paragraph | Table | Signatures


@dataclass(frozen=True)
class About:
    """What a file says of itself: who asked for it, when, and from which data."""

    title: str
    agency: str
    by: str
    made: datetime
    data: str


@dataclass(frozen=True)
class Document:
    """A whole paper. `draft` is the word that stands on every page until it is approved; empty after that."""

    about: About
    blocks: Sequence[Block]
    draft: str = ""
    wide: bool = False  # the long side of the sheet lies below
    thai_digits: bool = False


PARTS = {one.__name__: one for one in (Document, About, Paragraph, Table, Cell, Signatures, Signature)}


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
