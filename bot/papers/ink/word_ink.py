"""What everything in a Word file is written with: the typeface and its sizes, lines of text.

Thai is a complex script to Word, which has settings of its own for such: size and weight are said twice, or Thai
letters stay small and thin.
"""

from collections.abc import Sequence
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from bot.papers.ink.figures import UNWRITABLE

FONT = "TH Sarabun New"
#: What may stand in for it, drawn alike, as Windows, LibreOffice and phones have it.
OTHERS = "TH SarabunPSK,Sarabun,Laksaman,Cordia New"
OF_FONT = {"w:altName": OTHERS, "w:charset": "DE", "w:family": "swiss", "w:pitch": "variable"}  # DE: Thai
BODY, IN_TABLE, SMALL = 16, 14, 12  # points


def name_fonts(file: Any) -> None:
    """Put the typeface, and what may stand in for it, into the file's list of fonts."""
    part = file.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = parse_xml(part.blob)
    one = OxmlElement("w:font", {qn("w:name"): FONT})
    for name, value in OF_FONT.items():
        said(one, name, {"w:val": value})
    fonts.append(one)
    part._blob = serialize_part_xml(fonts)  # noqa: SLF001 - bytes


def write(made: Any, text: str, size: int, *, bold: bool = False, middle: bool = False) -> None:
    """Write a text at the end of a paragraph."""
    run = made.add_run(UNWRITABLE.sub("", text))
    run.bold = bold
    letters(run, size, bold=bold)
    made.paragraph_format.space_after = Pt(0)
    if middle:
        made.alignment = 1


def letters(of: Any, size: int, *, bold: bool = False) -> None:
    """Give a run, or a style, the typeface in a size."""
    of.font.name, of.font.size = FONT, Pt(size)
    told = of.element.get_or_add_rPr()
    fonts = told.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    of.font.cs_bold = bold or None
    if told.find(qn("w:szCs")) is None:
        told.find(qn("w:sz")).addnext(OxmlElement("w:szCs"))
    said(told, "w:szCs", {"w:val": str(size * 2)})
    said(told, "w:lang", {"w:bidi": "th-TH"})


def said(told: Any, name: str, values: dict[str, str]) -> None:
    """Set the values of a part of the file, which is made where it is missing."""
    part = told.find(qn(name))
    if part is None:
        part = OxmlElement(name)
        told.append(part)
    for key, value in values.items():
        part.set(qn(key), value)


def held_together(those: Sequence[Any]) -> None:
    """What stays on the page of what follows it; of a table its last row."""
    for one in those:
        part = one.rows[-1]._tr if hasattr(one, "rows") else one._p  # noqa: SLF001 - as they lie in the file
        for paragraph in part.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext().val = True


def width(file: Any) -> int:
    """Of the text, from margin to margin."""
    page = file.sections[0]
    return int(page.page_width - page.left_margin - page.right_margin)
