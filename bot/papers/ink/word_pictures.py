"""Puts photos into a Word file: two side by side with their captions under them, no larger than paper shows."""

import io
from collections.abc import Callable
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Length, Mm
from PIL import Image

from bot.papers.document import Picture, Pictures

A_ROW = 2
#: The longest side in dots: more than a printer shows of so small a picture.
SIDE, QUALITY = 1000, 75
HIGHEST, GAP = Mm(50), Mm(4)

#: Writes a line of text into a paragraph.
Writes = Callable[[Any, str], None]


def write_pictures(file: Any, block: Pictures, writes: Writes) -> None:
    """All of them; a row with its captions stays on one page."""
    page = file.sections[0]
    widest = Length((page.page_width - page.left_margin - page.right_margin) // A_ROW - GAP)
    rows = [block.those[at : at + A_ROW] for at in range(0, len(block.those), A_ROW)]
    made = file.add_table(0, A_ROW)
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for those in rows:
        row = made.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no name for it
        for place, one in zip(row.cells, those, strict=False):
            _put(place, one, widest, writes)


def _put(place: Any, one: Picture, widest: Length, writes: Writes) -> None:
    above = place.paragraphs[0]
    above.alignment = 1
    above.paragraph_format.space_before, above.paragraph_format.space_after = GAP, 0
    if not _draw(above, one, widest):
        writes(above, one.instead)
    for line in one.caption:
        writes(place.add_paragraph(), line)


def _draw(above: Any, one: Picture, widest: Length) -> bool:
    """Whether there is a photo to draw."""
    try:
        drawn, (width, height) = _smaller(one.file)
    except OSError:  # none was laid out, or the disk has lost some of it
        return False
    scale = min(widest / width, HIGHEST / height)
    shape = above.add_run().add_picture(io.BytesIO(drawn), Length(int(width * scale)), Length(int(height * scale)))
    shape._inline.docPr.set("descr", ", ".join(one.caption))  # noqa: SLF001 - what is read out to who sees none
    return True


def _smaller(file: str) -> tuple[bytes, tuple[int, int]]:
    """A photo as small as paper needs it, with its size in dots."""
    kept = io.BytesIO()
    with Image.open(file, formats=["JPEG"]) as picture:
        picture.thumbnail((SIDE, SIDE), Image.Resampling.HAMMING)
        picture.info = {}
        picture.convert("RGB").save(kept, "JPEG", quality=QUALITY)
        return kept.getvalue(), picture.size
