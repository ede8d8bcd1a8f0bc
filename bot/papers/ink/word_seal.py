"""Puts the agency's seal, or the garuda, at the head of its papers: 3 cm high, on a memorandum 1.5 cm."""

import base64
import io
from typing import Any

from docx.shared import Length, Mm
from PIL import Image

HIGH, HIGH_ON_A_MEMO, WIDEST, BELOW = Mm(30), Mm(15), Mm(60), Mm(2)


def seal_above(file: Any, seal: str, told: str) -> None:
    """In the middle, above everything else; nothing where the agency has none."""
    if seal:
        made = file.add_paragraph()
        made.alignment = 1
        made.paragraph_format.space_after = BELOW
        made.paragraph_format.keep_with_next = True
        _draw(made, seal, HIGH, told)


def seal_beside(made: Any, seal: str, told: str) -> None:
    """As the first thing of a line."""
    if seal:
        _draw(made, seal, HIGH_ON_A_MEMO, told)


def _draw(made: Any, seal: str, high: Length, told: str) -> None:
    picture = base64.b64decode(seal)
    with Image.open(io.BytesIO(picture), formats=["PNG"]) as opened:
        width, height = opened.size
    high = Length(min(high, WIDEST * height // width))  # a wide one is made lower
    shape = made.add_run().add_picture(io.BytesIO(picture), height=high)
    shape._inline.docPr.set("descr", told)  # noqa: SLF001 - what is read out to who sees none
