"""Points as papers print them: Thai, Arabic or mixed digits, with commas, «ร้อยละ», «คะแนน» and a scan's twins."""

import re
from decimal import Decimal

from itadomain.documents.folding import packed

FULL = Decimal(100)
POINTS = re.compile(r"(?:ร้อยละ|ได้|=|:)*(\d{1,3}(?:[.,]\d{1,4})?)(?:คะแนน|%|เปอร์เซ็นต์|\*)*(?:\((?:aa|[a-f])\))?")
#: Letters that a scan puts for digits, only where digits stand beside them.
TWINS = (
    (re.compile(r"(?<=[\d.])[oOQ](?=[\d.]|$)"), "0"),
    (re.compile(r"(?<=[\d.])[lI|](?=[\d.]|$)"), "1"),
    (re.compile(r"(?<=\d)[,·](?=\d{2}$)"), "."),
)


def points_in(cell: str) -> Decimal | None:
    """The points that a whole cell is, with their printed decimals; None where it is anything else."""
    found = POINTS.fullmatch(_tidied(cell))
    return _decimal(found[1]) if found else None


def is_spoilt(cell: str) -> bool:
    """Whether a cell was meant to hold points that cannot be read."""
    text = packed(cell)
    return bool(text) and points_in(cell) is None and bool(re.fullmatch(r"(?=.*\d)[\d.,oOlI|?%]{2,8}(?:คะแนน)?", text))


def _tidied(cell: str) -> str:
    text = packed(cell)
    for twin, digit in TWINS:
        text = twin.sub(digit, text)
    return text


def _decimal(figure: str) -> Decimal | None:
    value = Decimal(figure.replace(",", "."))
    return value if value <= FULL else None
