"""Figures in a message: years, numbers of measures and indicators, percentages, tickets, ratings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.nlu.normal import Normal
from itadomain.organisation import SIGNS as SIGNS_OF_CODES
from itadomain.thai import buddhist, fold

INSTRUMENTS = {"i": "IIT", "e": "EIT", "o": "OIT"}
INDICATORS = TEN = 10
WHOLE = 100
SIGNS = (
    "measure", "item", "indicator", "percent", "ticket", "code", "invitation", "reference", "rating", "question",
)  # fmt: skip

Marks = Mapping[str, tuple[str, ...]]


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, Latin ones only as whole words."""
    longest = sorted({fold(word) for word in words}, key=len, reverse=True)
    return "(?:" + "|".join(_guarded(word) for word in longest) + ")" if longest else "(?!)"


def _guarded(word: str) -> str:
    return (r"(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else "") + re.escape(word)


def number_words(numbers: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Spelled numbers to 99: the listed ones, and tens with a unit after them."""
    listed = {fold(word): int(code) for code, words in numbers.items() for word in words}
    tens = {word: value for word, value in listed.items() if value > TEN and value % TEN == 0}
    units = {word: value for word, value in listed.items() if value < TEN}
    joined = {f"{ten}{unit}": a + b for ten, a in tens.items() for unit, b in units.items()}
    return joined | listed


@dataclass(frozen=True)
class Figures:
    """What the figures of one message say; spans are places in its plain form."""

    years: tuple[int, ...] = ()
    measure: int | None = None
    measure_span: tuple[int, int] | None = None
    item: int | None = None
    item_span: tuple[int, int] | None = None
    indicator: int | None = None
    percent: int | None = None
    fraction_span: tuple[int, int] | None = None
    ticket: str | None = None
    code: str | None = None
    invitation: str | None = None
    reference: str | None = None
    rating: int | None = None
    question: str | None = None

    def signs(self) -> Iterator[str]:
        """The names by which rules call what is there."""
        for name in SIGNS:
            if getattr(self, name) is not None:
                yield f"#{name}"
        if self.years:
            yield "#years" if len(self.years) > 1 else "#year"


NONE = Figures()


class FigureReader:
    """Patterns made of the listed marks (ปี, มาตรการที่, ร้อยละ …)."""

    def __init__(self, marks: Marks, numbers: Mapping[str, tuple[str, ...]]) -> None:
        """Each mark stands before or after a figure."""
        self._words = number_words(numbers)
        first = "".join(sorted({word[0] for word in self._words}))
        spelled = rf"(?=[{first}]){either(self._words)}(?![ะ-ฺ็-๎])"
        number = rf"(\d{{1,3}}(?!\d)|{spelled})"
        short = either(word for word, value in self._words.items() if value <= TEN or not value % TEN)
        self._any = re.compile(rf"\d|(?=[{first}]){short}|{either(marks['half'])}")
        gap = r"\s*[:=#]?\s*"
        self._year = re.compile(rf"{either(marks['year'])}{gap}(25\d\d|20\d\d|[5-7]\d)(?![\d%/.-]?\d|%)")
        self._loose_year = re.compile(rf"{either(marks['loose_year'])}\s*(6\d|7[0-5])(?![\d%/.-]?\d|\s*%)")
        self._bare_year = re.compile(r"(?<![\d/.-])(25[4-9]\d)(?!\d|-\d{4})")
        self._next_year = re.compile(rf"\s*{either(marks['and'])}\s*{either(marks['year'])}?\s*(25\d\d|[5-7]\d)(?!\d)")
        self._measure = re.compile(rf"{either(marks['measure'])}{gap}{number}(?!\s*%)")
        self._bare_measure = re.compile(rf"{either(marks['bare_measure'])}{gap}{number}(?!\s*%)")
        self._item = re.compile(rf"{either(marks['item'])}{gap}{number}(?!\s*%)")
        self._indicator = re.compile(rf"{either(marks['indicator'])}{gap}{number}(?!\s*%)")
        self._last_number = re.compile(rf"{number}\s*$")
        self._percent_sign = re.compile(either(marks["percent_after"]))
        self._percent_word = re.compile(rf"{either(marks['percent_before'])}\s*{number}")
        self._parts = re.compile(rf"(\d{{1,3}})\s*(?:{either(marks['out_of'])}|/)\s*(\d{{1,3}})(?![\d/])")
        self._half = re.compile(either(marks["half"]))
        self._stars = re.compile(either(marks["stars"]))
        self._rating = re.compile(rf"{either(marks['stars'])}\s*([1-5])(?!\d)|(?<![\d/])([1-5])\s*/\s*5(?![\d/])")
        figure = r"((?=[a-z0-9/-]*\d)[a-z0-9]+(?:[/-][a-z0-9]+)*)"
        ours, others = r"(?<!\w)(\d\d-\d{4,6}-[a-z0-9])(?!\w)", r"(?<!\w)([a-z]{1,4}-\d{2,4}-\d{3,})"
        self._ticket = re.compile(rf"{either(marks['ticket'])}[^\d\n]{{0,12}}?{figure}|{ours}|{others}")
        self._code = re.compile(rf"{either(marks['code'])}[^\d\n]{{0,24}}?(?<![a-z0-9]){figure}")
        self._reference = re.compile(r"(?<![a-z0-9/])([a-z]{1,4}-?\d{3,}(?:[/-]\d+)*|\d{1,6}/25\d\d)(?![\w/])")
        four = f"[{SIGNS_OF_CODES.lower()}]{{4}}"
        both = r"(?=[a-z-]*\d)(?=[\d-]*[a-z])"  # a word has no figure, a number no letter
        self._invitation = re.compile(rf"(?<![\w-]){both}({four}-{four})(?![\w-])|^\s*{both}({four}{four})\s*$")
        self._question = re.compile(r"(?<![a-z0-9])([ieo])-?\s?(\d{1,2})(?![\d%])")

    def read(self, message: Normal) -> Figures:
        """Every figure of the message."""
        plain = message.plain
        if not self._any.search(plain):
            return NONE
        measure, item = self._measure.search(plain), self._item.search(plain)
        measure = measure or self._bare_measure.search(plain)
        percent, fraction = self._percent_in(plain, marked=bool(measure or item))
        return Figures(
            years=tuple(dict.fromkeys(self._years_in(plain))),
            measure=self._number(measure),
            measure_span=measure.span() if measure else None,
            item=self._number(item),
            item_span=item.span() if item else None,
            indicator=self._number(self._indicator.search(plain)),
            percent=percent,
            fraction_span=fraction,
            ticket=_quoted(self._ticket.search(plain), message.said),
            code=_quoted(self._code.search(plain), message.said),
            invitation=_quoted(self._invitation.search(plain), message.said),
            reference=_quoted(self._reference.search(plain), message.said),
            rating=self._number(self._before(self._stars, plain) or self._rating.search(plain)),
            question="".join(found.groups()) if (found := self._question.search(plain)) else None,
        )

    def _number(self, found: re.Match[str] | None) -> int | None:
        text = next((group for group in found.groups() if group), None) if found else None
        return None if text is None else int(text) if text.isdecimal() else self._words[text]

    def _before(self, mark: re.Pattern[str], plain: str) -> re.Match[str] | None:
        """The number just before a mark; looking for the mark first is much faster."""
        found = mark.search(plain)
        return self._last_number.search(plain, max(0, found.start() - 20), found.start()) if found else None

    def _years_in(self, plain: str) -> Iterator[int]:
        found = self._year.search(plain) or self._loose_year.search(plain) or self._bare_year.search(plain)
        while found:
            yield buddhist(int(found[1]))
            after = found.end()
            found = (
                self._next_year.match(plain, after)
                or self._year.search(plain, after)
                or self._bare_year.search(plain, after)
            )

    def _percent_in(self, plain: str, *, marked: bool) -> tuple[int | None, tuple[int, int] | None]:
        if found := self._before(self._percent_sign, plain) or self._percent_word.search(plain):
            value = self._number(found)
            return (value, None) if value is not None and value <= WHOLE else (None, None)
        parts = self._parts.search(plain)
        if parts and marked and 0 < int(parts[2]) >= int(parts[1]):
            return round(WHOLE * int(parts[1]) / int(parts[2])), parts.span()
        return (50, None) if marked and self._half.search(plain) else (None, None)


def _quoted(found: re.Match[str] | None, said: str) -> str | None:
    """The figure in the letters in which it was typed."""
    return said[slice(*found.span(found.lastindex))] if found and found.lastindex else None
