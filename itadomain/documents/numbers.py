"""Numbers and marks printed before a title or a step: ๑. (2) 3) 4.1 - •."""

import re

from itadomain.documents.folding import arabic, squeezed

#: «ข้อ 3», «มาตรการที่ ๒» or a figure with its dot or bracket; a figure alone may be a quantity.
NUMBER = re.compile(
    r"(?:(?:ข้อ(?:ที่)?|มาตรการที่|ประเด็นที่|กิจกรรมที่|โครงการที่)\s*(?P<named>\d{1,2}(?:\.\d{1,2})*)\s*[.):]?"
    r"|\(\s*(?P<round>\d{1,2}(?:\.\d{1,2})*)\s*\)"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2})*)\s*(?:[.)]+(?!\d)|\s(?=[ก-๛a-zA-Z]))"
    r")\s*[.:]?\s*"
)
BARE = re.compile(r"\(?\s*(\d{1,2}(?:\.\d{1,2})*)\s*[.)]*")
DASH = re.compile(r"[-–—•·●▪*]\s*")


def numbered(title: str) -> tuple[str, str]:
    """The printed number in Arabic digits, empty where there is none, and the title without it."""
    text = squeezed(title)
    found = NUMBER.match(arabic(text))
    if not found or found.end() == len(text):
        return "", DASH.sub("", text, count=1) if DASH.match(text) else text
    number = found["named"] or found["round"] or found["dotted"]
    return number, text[found.end() :]


def number_in(cell: str) -> str:
    """The number in a column of numbers, empty where it holds anything else."""
    found = BARE.fullmatch(arabic(squeezed(cell)))
    return found[1] if found else ""
