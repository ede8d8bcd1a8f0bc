"""Figures as they are said, and what no file can hold: for whoever writes a text into one."""

import re

from bot.papers.document import Document

#: An address, and a line that is the name of a file.
NAMES = r"https?://\S+|^[^\n]+\.(?:docx|pdf|xlsx)$"
#: A code such as E13 or E1.2 and such names stay as they are; figures by themselves may stand in Thai digits.
FIGURES = re.compile(rf"(?P<name>{NAMES})|(?<![A-Za-z\d])(?<![A-Za-z\d][.,/:-])\d[\d.,/:-]*+(?![A-Za-z])", re.MULTILINE)
#: What no XML may hold; documents that were brought in have some now and then.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def digits(text: str, paper: Document) -> str:
    """Figures in Thai digits where the agency writes so."""
    return FIGURES.sub(_thai, text) if paper.thai_digits else text


def _thai(found: re.Match[str]) -> str:
    """A figure in Thai digits; a name, which leads nowhere then, as it is."""
    return found[0] if found["name"] else found[0].translate(THAI_DIGITS)
