"""Indicators and instruments by their names, which papers print in many wordings and under any number."""

import re
from collections.abc import Iterator

from itadomain.documents.folding import bone, packed
from itadomain.documents.words.indicators import INDICATORS, INSTRUMENTS, OLDER_INDICES, TOTALS
from itadomain.frameworks.shape import Instrument

LEADING = re.compile(r"^(?:ตัวชี้วัดที่|ตัวชี้วัด|ด้านที่|ด้าน|ข้อที่|ข้อ)?\(?\d{0,2}(?:[.):]|\b)*\s*(?:ด้าน)?")
COUNTED = re.compile("จำนวน|ผู้ตอบ|กลุ่มตัวอย่าง")  # answers to a form, not its points
LETTERS = re.compile(r"(?<![a-z])(iit|eit|oit)(?![a-z])")

NAMES = {bone(name): no for no, names in INDICATORS.items() for name in names}
FORMS = {bone(name): instrument for instrument, names in INSTRUMENTS.items() for name in names}
A_FORM, FEW = bone("แบบ"), 15  # letters beside which IIT, EIT or OIT is still what is meant
TOTAL_NAMES = {bone(name) for name in TOTALS}
OLDER = {bone(name) for name in OLDER_INDICES}
#: Names that mean an indicator only in a table of indicators; in a sentence they are common words.
COMMON = {
    bone(name)
    for name in ("ประสิทธิภาพการดำเนินงาน", "การบริหารงบประมาณ", "การใช้จ่ายงบประมาณ", "คุณภาพการดำเนินการ", "การใช้อำนาจหน้าที่")
}
BY_LENGTH = sorted(
    ((packed(name), no) for no, names in INDICATORS.items() for name in names), key=lambda pair: -len(pair[0])
)


def bare_name(text: str) -> str:
    """A label without its number and the word «ตัวชี้วัดที่»."""
    return bone(LEADING.sub("", packed(text), count=1))


def indicator_named(text: str) -> int | None:
    """The indicator whose whole name this is."""
    return NAMES.get(bare_name(text))


def instrument_named(text: str) -> Instrument | None:
    """The instrument that a label names, by its letters or the name of its form; None where two do."""
    if COUNTED.match(packed(text)):
        return None
    letters = {found.upper() for found in LETTERS.findall(packed(text))}
    form = bare_name(LETTERS.sub("", packed(text)))
    named = FORMS.get(form)
    if len(letters) == 1 and (named or form.startswith(A_FORM) or len(form) <= FEW):
        return Instrument(letters.pop())
    return None if letters else named


def is_total(text: str) -> bool:
    """Whether a label stands before the total."""
    return bare_name(text) in TOTAL_NAMES


def is_older_index(text: str) -> bool:
    """Whether a label names an index of the years before 2562."""
    return bare_name(text) in OLDER


def mentioned(text: str) -> Iterator[tuple[int, int, int]]:
    """Every indicator that a sentence names, as (place in the packed text, end, number)."""
    words = packed(text)
    taken = [False] * len(words)
    for name, no in BY_LENGTH:
        if bone(name) in COMMON:
            continue
        at = words.find(name)
        while at >= 0:
            if not any(taken[at : at + len(name)]):
                taken[at : at + len(name)] = [True] * len(name)
                yield at, at + len(name), no
            at = words.find(name, at + 1)
