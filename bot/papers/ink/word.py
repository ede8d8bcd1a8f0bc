"""Writes a document as Word opens it, in the style of Thai state papers: A4, TH Sarabun New, numbered pages."""

import io
from collections.abc import Sequence
from datetime import UTC
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor

from bot.papers.document import (
    Block,
    Document,
    Fields,
    PageBreak,
    Paragraph,
    Pictures,
    Signature,
    Signatures,
    Style,
    Table,
)
from bot.papers.ink.figures import UNWRITABLE, digits
from bot.papers.ink.word_ink import (
    BODY,
    IN_TABLE,
    SMALL,
    held_together,
    letters,
    name_fonts,
    said,
    width,
    write,
)
from bot.papers.ink.word_pictures import write_pictures
from bot.papers.ink.word_seal import seal_above, seal_beside
from bot.papers.ink.word_tables import write_table

MEMO, LABEL = 29, 20  # the head of a memorandum, and what stands before its dots
#: Margins of the state's correspondence: 3 cm to the left, 2 cm to the right, 2.5 cm above.
A4, LEFT, RIGHT, ABOVE, BELOW = (210, 297), 30, 20, 25, 20
BETWEEN, ABOVE_HEADING = 6, 18  # points before a paragraph, and before a heading
FIRST_LINE = 25  # mm: a paragraph of a state paper begins so far in
#: So long is what a file says of itself at most.
LONGEST_TOLD = 255
DOTS = "." * 26


def as_docx(paper: Document) -> bytes:
    """The whole document as a file."""
    file = docx.Document()
    _set_up(file, paper)
    if not any(isinstance(one, Paragraph) and one.style is Style.MEMO for one in paper.blocks):
        seal_above(file, paper.seal, paper.about.agency)
    for block in paper.blocks:
        _write(file, block, paper)
    return _saved(file)


def as_docx_after(file: Any, paper: Document, blocks: Sequence[Block]) -> bytes:
    """A file that was opened, with some blocks at its end; of the paper it tells as much as the whole one does."""
    _tell_of(file, paper)
    if paper.draft:
        _say_draft(file, paper.draft)
    for block in blocks:
        _write(file, block, paper)
    return _saved(file)


def _say_draft(file: Any, draft: str) -> None:
    """At the head of every page, once, in black; also in sections within a form field, which python-docx leaves out."""
    heads: list[Any] = []
    for nth, properties in enumerate(file.element.body.xpath(".//w:sectPr[not(parent::w:sectPrChange)]")):
        section = Section(properties, file.part)
        first = [section.first_page_header] if section.different_first_page_header_footer else []
        even = [section.even_page_header] if file.settings.odd_and_even_pages_header_footer else []
        heads += [one for one in (section.header, *first, *even) if nth == 0 or not one.is_linked_to_previous]
    for head in heads:
        above = head.paragraphs[0].insert_paragraph_before() if head.paragraphs else head.add_paragraph()
        write(above, draft, SMALL, middle=True)
        seen = above.runs[0].font
        seen.hidden, seen.color.rgb = False, RGBColor(0, 0, 0)


def _saved(file: Any) -> bytes:
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def _tell_of(file: Any, paper: Document) -> None:
    told, about = file.core_properties, paper.about
    told.title, told.author, told.subject, told.comments = map(
        _short, (about.title, about.by, about.agency, about.data)
    )
    told.created = told.modified = about.made.astimezone(UTC).replace(tzinfo=None)
    told.last_modified_by, told.language = _short(about.by), "th-TH"
    told.content_status = _short(about.approved or paper.draft)


def _set_up(file: Any, paper: Document) -> None:
    page, (short, long) = file.sections[0], A4
    width, height = (long, short) if paper.wide else (short, long)
    page.orientation = WD_ORIENT.LANDSCAPE if paper.wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Mm(width), Mm(height)
    page.left_margin, page.right_margin = Mm(LEFT if not paper.wide else RIGHT), Mm(RIGHT)
    page.top_margin, page.bottom_margin = Mm(ABOVE), Mm(BELOW)
    _tell_of(file, paper)
    letters(file.styles["Normal"], BODY)
    file.styles["Normal"].paragraph_format.line_spacing = 1
    name_fonts(file)
    _head(page, paper)


def _short(text: str) -> str:
    return UNWRITABLE.sub("", text)[:LONGEST_TOLD]


def _head(page: Any, paper: Document) -> None:
    """The number of the page in the middle of its head, not on the first; what is a draft says so on each."""
    page.different_first_page_header_footer = True
    if paper.draft:
        write(page.first_page_header.paragraphs[0], paper.draft, SMALL, middle=True)
    head = page.header.paragraphs[0]
    if paper.draft:
        write(head, f"{paper.draft}  ", SMALL)
    write(head, "- ", BODY, middle=True)
    _field(head, r"PAGE \* THAIARABIC" if paper.thai_digits else "PAGE")
    write(head, " -", BODY)


def _write(file: Any, block: Block, paper: Document) -> None:
    match block:
        case Paragraph(style=Style.MEMO):
            _memo(file, block.text, paper)
        case Paragraph():
            _paragraph(file.add_paragraph(), block, paper)
        case Fields():
            _fields(file, block, paper)
        case Table():
            write_table(file, block, paper)
        case Signatures():
            _signatures(file, block.those, paper)
        case Pictures():
            write_pictures(file, block, lambda place, text: write(place, digits(text, paper), IN_TABLE, middle=True))
        case PageBreak():
            file.add_page_break()


def _paragraph(made: Any, block: Paragraph, paper: Document) -> None:
    title, text = block.style is Style.TITLE, block.style is Style.TEXT
    size = SMALL if block.style is Style.NOTE else BODY
    bold = title or block.style is Style.HEADING
    write(made, digits(block.text, paper), size, bold=bold, middle=title)
    made.paragraph_format.keep_with_next = bold
    made.paragraph_format.space_after = Pt(0 if title else BETWEEN)
    # After an empty paragraph LibreOffice would leave a heading alone at the foot of a page.
    made.paragraph_format.space_before = Pt(ABOVE_HEADING if block.style is Style.HEADING else 0 if title else BETWEEN)
    if text:
        made.paragraph_format.first_line_indent = Mm(FIRST_LINE)
        _justified(made)


def _memo(file: Any, text: str, paper: Document) -> None:
    """In the middle by a tab, so that a seal may stand to the left of it on the same line."""
    made = file.add_paragraph()
    made.paragraph_format.tab_stops.add_tab_stop(width(file) // 2, WD_TAB_ALIGNMENT.CENTER)
    seal_beside(made, paper.seal, paper.about.agency)
    write(made, f"\t{text}", MEMO, bold=True)


def _fields(file: Any, block: Fields, paper: Document) -> None:
    """A line each row; the last field of it ends at the margin, those before it where the next begins."""
    for row in block.rows:
        made = file.add_paragraph()
        for nth, one in enumerate(row, 1):
            write(made, f"{one.label}  ", LABEL, bold=True)
            write(made, f"{digits(one.value, paper)}\t", BODY)
            kind = WD_TAB_ALIGNMENT.LEFT if nth < len(row) else WD_TAB_ALIGNMENT.RIGHT
            made.paragraph_format.tab_stops.add_tab_stop(width(file) * nth // len(row), kind, WD_TAB_LEADER.DOTS)


def _signatures(file: Any, those: Sequence[Signature], paper: Document) -> None:
    """Side by side on one page, with the end of what they are for: no signature stands on a page alone."""
    held_together(list(file.iter_inner_content())[-2:])
    made = file.add_table(1, max(2, len(those)))  # one alone signs to the right
    for place, one in zip(made.rows[0].cells[-len(those) :], those, strict=True):
        lines = ["", f"(ลงชื่อ){DOTS}{one.deed}", f"({one.name or DOTS})", one.post or DOTS]
        for nth, line in enumerate(lines):
            written = place.paragraphs[0] if nth == 0 else place.add_paragraph()
            written.paragraph_format.keep_with_next = True
            write(written, digits(line, paper), BODY, middle=True)


def _justified(made: Any) -> None:
    told = made._p.get_or_add_pPr()  # noqa: SLF001 - python-docx does not know Thai justification
    said(told, "w:jc", {"w:val": "thaiDistribute"})


def _field(made: Any, what: str) -> None:
    run = made.add_run()
    letters(run, BODY)
    for kind, text in (("begin", ""), ("", what), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.set(qn("xml:space"), "preserve")
            part.text = text
        run._r.append(part)  # noqa: SLF001 - fields have no name in python-docx
