"""Codes of the questions that a measure answers (i14, E13, O12), also where a scan has lost the letter."""

import re
from collections.abc import Iterator, Mapping

from itadomain.documents.folding import arabic, squeezed
from itadomain.documents.reading import Column, QuestionCode

WITH_LETTER = re.compile(r"(?<![A-Za-z0-9])([iIeEoO])\s?[-.]?\s?(\d{1,2})(?![\d.])")
WITHOUT = re.compile(r"(?:^|(?<=ข้อ)|(?<=ข้อ\s))\(?(\d{1,2})\)?(?=[\s.]*[ก-๛])")
READ = (Column.QUESTION, Column.INDICATOR, Column.TITLE, Column.TOPIC, Column.FINDING)
LAST = {"I": 30, "E": 15, "O": 43}
TEN = 10


def codes_in(cells: Mapping[Column, str]) -> tuple[QuestionCode, ...]:
    """The codes of a measure in print order, each once."""
    lettered = [code for column in READ for code in _lettered(cells.get(column, ""))]
    bare = list(_bare(cells.get(Column.QUESTION, "")))
    return tuple({code.meant: code for code in (*bare, *lettered)}.values())


def _lettered(cell: str) -> Iterator[QuestionCode]:
    for found in WITH_LETTER.finditer(arabic(squeezed(cell))):
        letter, number = found[1].upper(), int(found[2])
        if 1 <= number <= LAST[letter]:
            yield QuestionCode(found[0], (f"{letter}{number}",))


def _bare(cell: str) -> Iterator[QuestionCode]:
    """A figure before a question: its i was lost (21), or was read as a one (14 for i4)."""
    for found in WITHOUT.finditer(arabic(squeezed(cell))):
        number = int(found[1])
        misread = [f"I{number - TEN}"] if TEN < number < 2 * TEN else []
        if 1 <= number <= LAST["I"]:
            yield QuestionCode(found[1], (f"I{number}", *misread))
