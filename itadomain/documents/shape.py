"""A document as it lies on the table: paragraphs and tables in reading order, each with its place.

Whatever a file was (Word, Excel, PDF, tab tables), `bot/imports` turns it into this; the rules read nothing else. A
text is as printed: only markup is taken out of it, and white space is folded where the file breaks lines for looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """Where something stands, counted from 1 as a reader would; 0 or empty where the file does not say."""

    page: int = 0  # of a PDF
    sheet: str = ""  # of a workbook
    table: int = 0  # the how-many-eth of the document
    row: int = 0  # of the table, its heading row being 1; of the sheet in a workbook
    column: int = 0
    line: int = 0  # of a text file


@dataclass(frozen=True)
class Paragraph:
    """A line or paragraph of running text."""

    text: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Table:
    """Rows of cells, each as long as the widest. A cell that spans others has its text in the first of them only."""

    rows: Sequence[Sequence[str]]
    place: Place = field(default_factory=Place)
    #: The same cells where one spans several: for each row and column, the (row, column) whose text also holds here.
    spans: Sequence[Sequence[tuple[int, int]]] = ()


Block = Paragraph | Table


@dataclass(frozen=True)
class Document:
    """A whole document. `name` is the file's, for people to know it by."""

    name: str
    blocks: Sequence[Block]

    @property
    def tables(self) -> Sequence[Table]:
        """Its tables, in reading order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def paragraphs(self) -> Sequence[Paragraph]:
        """Its running text, in reading order."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]
