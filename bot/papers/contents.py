"""What a paper is before it is a file: a document, a workbook, a poster, or several of them in one folder."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.papers.document import Document
from bot.papers.ink.poster import Poster
from bot.papers.ink.sheets import Sheet


@dataclass(frozen=True)
class Workbook:
    """Tables, each on a sheet of its own."""

    sheets: Sequence[Sheet]


@dataclass(frozen=True)
class Drawing:
    """A poster on a sheet of paper."""

    poster: Poster
    sheet: str


@dataclass(frozen=True)
class Inside:
    """A file of a folder: its name, whose ending says how it is written, and what is in it.

    `kind` and `of` are those of the paper that it is, where it is one: it is dressed as such.
    """

    name: str
    content: "Document | Workbook | bytes"
    kind: str = ""
    of: str = ""

    @property
    def ending(self) -> str:
        """How it is written."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Bundle:
    """Several files in one (.zip), in this order."""

    files: Sequence[Inside]


Content = Document | Workbook | Drawing | Bundle
