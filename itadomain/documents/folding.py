"""Texts brought to a form in which they can be compared, whatever a scan or a wrapped line did to them."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from itadomain.thai import SPACE, UNSEEN, bare, fold, tidy

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
BETWEEN_THAI = re.compile(r"(?<=[ก-๎]) (?=[ก-๎])")
DASHES = re.compile("[‐-―−]")
DITTO = re.compile(r"[〃\"“”']+|-\"-|เช่นเดียวกับ.*|เช่นเดียวกัน|ดังข้อ.*|เหมือนข้อ.*|เหมือนกัน|ตามข้อ\d+")
NOT_LETTERS = re.compile(r"[^0-9a-zก-ฮะ-ๆ]")
#: Texts whose spelling is remembered: a heading or a unit is compared with every cell of a document.
KEPT = 4096


def squeezed(text: str) -> str:
    """The text as printed, with every run of white space one blank and nothing invisible in it."""
    return SPACE.sub(" ", UNSEEN.sub("", text)).strip()


def arabic(text: str) -> str:
    """The text with Arabic digits, every character in its place and Latin letters as they are."""
    return text.translate(THAI_DIGITS)


@lru_cache(maxsize=KEPT)
def packed(text: str) -> str:
    """One spelling of what looks the same, without the blanks that wrapped lines put anywhere into Thai words."""
    return DASHES.sub("-", fold(tidy(text))).replace(" ", "")


@lru_cache(maxsize=KEPT)
def bone(text: str) -> str:
    """What a bad scan leaves of a text: letters and digits without tone marks and blanks, ฎ and ฏ being one."""
    return NOT_LETTERS.sub("", bare(packed(text))).replace("ฎ", "ฏ")


def joined(text: str) -> str:
    """The text without the blanks that a wrapped line left inside Thai words."""
    return BETWEEN_THAI.sub("", squeezed(text))


def is_ditto(text: str) -> bool:
    """Whether a cell only says that it is as another: «〃», «เช่นเดียวกับข้อ 1»."""
    return DITTO.fullmatch(packed(text)) is not None


def likeness(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
