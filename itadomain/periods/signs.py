"""A wording as a row of signs: each word that says something of time is one letter with its figures.

«ภายในวันที่ ๕ ม.ค. – มี.ค. ๖๖» becomes `WNM-MY`, and what reads it are short patterns over such letters. White space
decides nothing but the bounds of abbreviations; marks that scanners lose are left out on both sides.
"""

import re
from dataclasses import dataclass

from itadomain.periods.shape import Weekday
from itadomain.periods.words import EACH_WEEK, FULL_NAMES, NUMBERS, SHORT_NAMES, WEEKDAYS, WORDS
from itadomain.thai import bare, buddhist, fold, tidy

#: In a packed text each month is one character of its own, which no text that people write contains.
JANUARY, DECEMBER = "\ue001", "\ue00c"
PRIVATE = re.compile("[\ue000-\uf8ff]")
LONGEST = 2000  # characters of a cell that are read
YEARS = range(2400, 2700)
SHORT_YEARS = range(40, 100)  # lower figures of two digits are days
QUARTERS = 4


@dataclass(frozen=True)
class Sign:
    """One letter, its figures, and the characters it was read from."""

    letter: str
    figures: tuple[int, ...]
    text: str


@dataclass(frozen=True)
class Signs:
    """A wording in signs. `packed` is what they were read from."""

    packed: str
    row: tuple[Sign, ...]

    @property
    def letters(self) -> str:
        """The letters alone, one for each sign."""
        return "".join(sign.letter for sign in self.row)


def read(wording: str) -> Signs:
    """The signs of a wording."""
    packed = _packed(wording[:LONGEST])
    row: list[Sign] = []
    for found in _WORD.finditer(packed):
        letter = _LETTERS[found.lastgroup or ""]
        if letter and not (letter == "." and row and row[-1].letter == "."):
            figures = tuple(int(figure[:4]) for figure in _FIGURE.findall(found[0]))
            row = _with(row, Sign(letter, figures, found[0]))
    return Signs(packed, tuple(row))


def _with(row: list[Sign], new: Sign) -> list[Sign]:
    """The row with one more sign, which may be known by the one before: «67» after a month is a year."""
    last = row[-1].letter if row else ""
    if new.letter == "N" and new.figures[0] in SHORT_YEARS:
        new = Sign("Y" if last and last in "MFyYG/->," else "X", new.figures, new.text)
    if new.letter == "Y":
        year = buddhist(new.figures[0])
        new = Sign("Y" if year in YEARS else "X", (year,), new.text)
    if new.letter == "-" and last == "n":
        new = Sign(">", (), new.text)  # «บัดนี้ – ๓๐ ก.ย.» is from now until then
    if new.letter == "Y" and last and last in "yFC":
        return [*row[:-1], Sign({"y": "Y", "F": "G", "C": "C"}[last], new.figures, row[-1].text + new.text)]
    return [*row, new]


def months_between(text: str) -> int:
    """The months of the unit that a word like «ทุกไตรมาส» or «ปีละ» names."""
    return next(months for unit, months in _UNITS if unit in text)


def weekday_of(text: str) -> Weekday | None:
    """The weekday that a packed text names; «ทุกอาทิตย์» is every week."""
    if _EACH_WEEK.search(text):
        return None
    return next((Weekday(day) for day, name in enumerate(WEEKDAYS) if bare(name) in text), None)


def _packed(wording: str) -> str:
    """The wording without white space and lost marks, each month one character."""
    text = fold(tidy(PRIVATE.sub("", wording)))
    text = bare(_NUMBER.sub(lambda found: str(NUMBERS.index(found[0]) + 1), text))
    text = _SHORT_MONTH.sub(_month, text)
    text = _FULL_MONTH.sub(_month, _BLANK.sub("", _ITEM.sub("• ", text)))
    return _LAST_QUARTER.sub(rf"\g<1>{QUARTERS}", _FIRST_QUARTER.sub(r"\g<1>1", text))


def _month(found: re.Match[str]) -> str:
    return chr(ord(JANUARY) + int((found.lastgroup or "m0")[1:]))


def _short_month(place: int, letters: str) -> str:
    """«ม.ค.» with its dots where they may stand; «มค» only where no word can be meant, «ก.พ.ร.» never."""
    first, last = letters.split()
    dotted = rf"(?<!สำนักงาน)(?<!สำนักงาน )(?<![ก-ฮ]\.){first} ?\. ?{last}(?: ?\.(?! ?[รศถ]\.)|(?![ก-๛.]))"
    plain = rf"(?:(?<![ก-๛])|(?<=เดือน)|(?<=ถึง)|(?<=และ)|(?<=ใน)){first}{last}(?:\.|(?![ก-๛]))"
    return bare(rf"(?P<m{place}>{dotted}|{plain})")


def _full_month(place: int, first: str, last: str) -> str:
    """«มกราคม» anywhere; «มกรา» only where no other word can begin with it."""
    return bare(rf"(?P<m{place}>{first}(?:{last}|(?![ก-ฮะ-ๅ])|(?=ถึง|และ|เป็น)))")


def _word(place: int, *patterns: str) -> str:
    pattern = (
        "|".join(patterns).replace("{month}", f"[{JANUARY}-{DECEMBER}]").replace("{months}", f"{JANUARY}-{DECEMBER}")
    )
    pattern = pattern.replace("{unit}", "(?:ครึ่งปี|เดือน|ไตรมาส|ปี)").replace("{weekday}", f"(?:{'|'.join(WEEKDAYS)})")
    return bare(f"(?P<w{place}>{pattern})")


_FIGURE = re.compile(r"\d+")
_ITEM = re.compile(bare(r"(?<!\S)(?<!ที่ )(?<!ไตรมาส )\(?(?:[1-9]|1\d)[.)]\s+"))  # «2. …» of a list
_BLANK = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # one between two figures keeps them apart
_NUMBER = re.compile(
    f"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?= ?(?:เดือน|ครั้ง|ไตรมาส|สัปดาห์|วัน))"
    f"|(?:(?<=ไตรมาส)|(?<=ไตรมาสที่))(?:{'|'.join(NUMBERS[:QUARTERS])})"
)
_SHORT_MONTH = re.compile("|".join(_short_month(place, letters) for place, letters in enumerate(SHORT_NAMES)))
_FULL_MONTH = re.compile("|".join(_full_month(place, *parts) for place, parts in enumerate(FULL_NAMES)))
_FIRST_QUARTER = re.compile(bare("(ไตรมาส(?:ที่)?)แรก"))
_LAST_QUARTER = re.compile(bare("(ไตรมาส(?:ที่)?)สุดท้าย"))
_UNITS = ((bare("เดือน"), 1), (bare("ไตรมาส"), 3), (bare("ครึ่ง"), 6), ("", 12))
_EACH_WEEK = re.compile(bare(EACH_WEEK))
_LETTERS = {f"w{place}": letter for place, (letter, *_) in enumerate(WORDS)}
_WORD = re.compile("|".join(_word(place, *patterns) for place, (_, *patterns) in enumerate(WORDS)))
