"""What the words of a case tell by themselves: which village (หมู่), what is near it, whether it is praise."""

import re

from itadomain.cases.case import LONGEST_DETAIL, Kind
from itadomain.thai import fold

#: «หมู่ 3», «หมู่ที่ ๗», «ม.3»; not «กม.3», nor the name of a housing estate.
VILLAGE = re.compile(r"(?:หมู่\s?(?:ที่)?|(?<![ก-๙])ม\.|\bmoo)\s*0?([1-9]\d?)(?!\d)")
#: What is left of it where the figure was taken away.
LOOSE_END = re.compile(r"\s*(?:หมู่(?:ที่)?|ม\.)\s*$")
SHORTEST_LANDMARK = 3
HINTS = {
    Kind.SUGGESTION: ("เสนอแนะ", "ข้อเสนอ", "ขอเสนอ", "อยากให้มี", "น่าจะมี", "suggest"),
    Kind.PRAISE: ("ชมเชย", "คำชม", "ขอชม", "ชื่นชม", "ประทับใจ", "praise"),
}
#: These say that something is wrong, whatever else is said.
WRONG = ("ไม่ประทับใจ", "ไม่น่าชื่นชม")


def village_in(text: str) -> str:
    """The number of the village that a text names, empty where it names none."""
    found = VILLAGE.search(fold(text))
    return found[1] if found else ""


def village(text: str) -> str:
    """A village as somebody answered: by its number, or by its name."""
    said = " ".join(fold(text).split())
    return village_in(said) or said


def landmark_in(location: str) -> str:
    """What a place is near, from the words for the place: the village left out."""
    left = LOOSE_END.sub("", VILLAGE.sub(" ", fold(location)))
    said = " ".join(left.split())[:LONGEST_DETAIL]
    return said if len(said) >= SHORTEST_LANDMARK else ""


def kinds_in(text: str) -> frozenset[Kind]:
    """What the words say that they are, beside a problem."""
    said = fold(text)
    for wrong in WRONG:
        said = said.replace(wrong, "")
    return frozenset(kind for kind, hints in HINTS.items() if any(hint in said for hint in hints))
