"""Writes a document as Word opens it, in the style of Thai state papers: A4, TH Sarabun New, numbered pages.

Thai is a complex script to Word, which has settings of its own for such: size and weight are said twice, or Thai
letters stay small and thin.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bot.papers.document import Block, Cell, Document, Paragraph, Signature, Signatures, Style, Table

FONT = "TH Sarabun New"
BODY, IN_TABLE, SMALL = 16, 14, 12  # points
#: Margins of the state's correspondence: 3 cm to the left, 2 cm to the right, 2.5 cm above.
A4, LEFT, RIGHT, ABOVE, BELOW = (210, 297), 30, 20, 25, 20
FIRST_LINE = 25  # mm: a paragraph of a state paper begins so far in
#: A code such as E13 or E1.2 and an address stay as they are; figures by themselves may stand in Thai digits.
FIGURES = re.compile(r"(?<![A-Za-z\d])(?<![A-Za-z\d][.,/:-])\d[\d.,/:-]*+(?![A-Za-z])")
#: What no XML may hold; documents that were brought in have some now and then.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: So long is what a file says of itself at most.
LONGEST_TOLD = 255
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
DOTS = "." * 26


def as_docx(paper: Document) -> bytes:
    """The whole document as a file."""
    file = docx.Document()
    _set_up(file, paper)
    for block in paper.blocks:
        _write(file, block, paper)
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def _set_up(file: Any, paper: Document) -> None:
    page, (short, long) = file.sections[0], A4
    width, height = (long, short) if paper.wide else (short, long)
    page.orientation = WD_ORIENT.LANDSCAPE if paper.wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Mm(width), Mm(height)
    page.left_margin, page.right_margin = Mm(LEFT if not paper.wide else RIGHT), Mm(RIGHT)
    page.top_margin, page.bottom_margin = Mm(ABOVE), Mm(BELOW)
    told, about = file.core_properties, paper.about
    told.title, told.author, told.subject, told.comments = map(
        _short, (about.title, about.by, about.agency, about.data)
    )
    told.created = told.modified = about.made.astimezone(UTC).replace(tzinfo=None)
    told.last_modified_by, told.language = _short(about.by), "th-TH"
    _letters(file.styles["Normal"], BODY)
    _head(page, paper)


def _short(text: str) -> str:
    return UNWRITABLE.sub("", text)[:LONGEST_TOLD]


def _head(page: Any, paper: Document) -> None:
    """The number of the page in the middle of its head, not on the first; what is a draft says so on each."""
    page.different_first_page_header_footer = True
    if paper.draft:
        _line(page.first_page_header.paragraphs[0], paper.draft, SMALL, middle=True)
    head = page.header.paragraphs[0]
    if paper.draft:
        _line(head, f"{paper.draft}  ", SMALL)
    _line(head, "- ", BODY, middle=True)
    _field(head, r"PAGE \* THAIARABIC" if paper.thai_digits else "PAGE")
    _line(head, " -", BODY)


def _write(file: Any, block: Block, paper: Document) -> None:
    match block:
        case Paragraph():
            _paragraph(file.add_paragraph(), block, paper)
        case Table():
            _table(file, block, paper)
        case Signatures():
            _signatures(file, block.those, paper)


def _paragraph(made: Any, block: Paragraph, paper: Document) -> None:
    title, text = block.style is Style.TITLE, block.style is Style.TEXT
    size = SMALL if block.style is Style.NOTE else BODY
    bold = title or block.style is Style.HEADING
    _line(made, _digits(block.text, paper), size, bold=bold, middle=title)
    made.paragraph_format.keep_with_next = bold
    if text:
        made.paragraph_format.first_line_indent = Mm(FIRST_LINE)
        _justified(made)


def _table(file: Any, block: Table, paper: Document) -> None:
    lines = [*block.headings, *block.rows]
    made = file.add_table(len(lines), len(block.widths))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    page = file.sections[0]
    whole = page.page_width - page.left_margin - page.right_margin
    for column, share in zip(made.columns, block.widths, strict=True):
        column.width = int(whole * share / sum(block.widths))
    for row, column, cell in _placed(lines):
        place = made.cell(row, column)
        if cell.across > 1 or cell.down > 1:
            place = place.merge(made.cell(row + cell.down - 1, column + cell.across - 1))
        _fill(place, cell, paper, heading=row < len(block.headings))
    for nth, row in enumerate(made.rows):
        told = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for these
        told.append(OxmlElement("w:cantSplit"))
        if nth < len(block.headings):
            told.append(OxmlElement("w:tblHeader"))
        for column, cell in enumerate(row.cells):
            cell.width = made.columns[column].width


def _placed(lines: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with its row and column, as those above it leave room."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(lines):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken |= {(row + down, column + across) for down in range(cell.down) for across in range(cell.across)}
            column += cell.across


def _fill(place: Any, cell: Cell, paper: Document, *, heading: bool) -> None:
    for nth, line in enumerate(cell.lines):
        made = place.paragraphs[0] if nth == 0 else place.add_paragraph()
        _line(made, _digits(line, paper), IN_TABLE, bold=heading, middle=heading)


def _signatures(file: Any, those: Sequence[Signature], paper: Document) -> None:
    """Side by side on one page, with the end of what they are for: no signature stands on a page alone."""
    _held_together(list(file.iter_inner_content())[-2:])
    made = file.add_table(1, len(those))
    for place, one in zip(made.rows[0].cells, those, strict=True):
        lines = ["", f"(ลงชื่อ){DOTS}{one.deed}", f"({one.name or DOTS})", one.post or DOTS]
        for nth, line in enumerate(lines):
            written = place.paragraphs[0] if nth == 0 else place.add_paragraph()
            written.paragraph_format.keep_with_next = True
            _line(written, _digits(line, paper), BODY, middle=True)


def _held_together(those: Sequence[Any]) -> None:
    """What stays on the page of what follows it; of a table its last row."""
    for one in those:
        part = one.rows[-1]._tr if hasattr(one, "rows") else one._p  # noqa: SLF001 - as they lie in the file
        for paragraph in part.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext().val = True


def _line(made: Any, text: str, size: int, *, bold: bool = False, middle: bool = False) -> None:
    run = made.add_run(UNWRITABLE.sub("", text))
    run.bold = bold
    _letters(run, size, bold=bold)
    made.paragraph_format.space_after = Pt(0)
    if middle:
        made.alignment = 1


def _letters(of: Any, size: int, *, bold: bool = False) -> None:
    of.font.name, of.font.size = FONT, Pt(size)
    told = of.element.get_or_add_rPr()
    fonts = told.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    _said(told, "w:szCs", {"w:val": str(size * 2)})
    if bold:
        _said(told, "w:bCs", {})
    _said(told, "w:lang", {"w:bidi": "th-TH"})


def _justified(made: Any) -> None:
    told = made._p.get_or_add_pPr()  # noqa: SLF001 - python-docx does not know Thai justification
    _said(told, "w:jc", {"w:val": "thaiDistribute"})


def _field(made: Any, what: str) -> None:
    run = made.add_run()
    _letters(run, BODY)
    for kind, text in (("begin", ""), ("", what), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.set(qn("xml:space"), "preserve")
            part.text = text
        run._r.append(part)  # noqa: SLF001 - fields have no name in python-docx


def _said(told: Any, name: str, values: dict[str, str]) -> None:
    part = told.find(qn(name))
    if part is None:
        part = OxmlElement(name)
        told.append(part)
    for key, value in values.items():
        part.set(qn(key), value)


def _digits(text: str, paper: Document) -> str:
    """Figures in Thai digits where the agency writes so."""
    return FIGURES.sub(lambda found: found[0].translate(THAI_DIGITS), text) if paper.thai_digits else text
