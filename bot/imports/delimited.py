"""CSV files: values between commas, semicolons or tabs, in whatever encoding they were saved."""

import csv
from collections.abc import Sequence
from io import StringIO

from bot.imports.encodings import decoded
from bot.imports.markup import folded
from bot.imports.sheets import Sheet
from bot.imports.watch import Watch
from itadomain.documents.shape import Block

SEPARATORS = ",;\t"
SAMPLE = 200  # lines


def read_delimited(data: bytes, watch: Watch) -> Sequence[Block]:
    """The blocks of a CSV file, which is a sheet without a name."""
    text = decoded(data)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):  # said so that Excel knows it
        text, separator = rest, first.strip()[4:] or ","
    else:
        separator = _separator(text)
    cells = {}
    for row, line in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator)):
        watch.wide(len(line))
        if filled := {column: folded(cell) for column, cell in enumerate(line) if folded(cell)}:
            cells[row] = filled
    return list(Sheet("", cells).blocks(0, watch))


def _separator(text: str) -> str:
    """The sign that stands in most lines outside of quotes."""
    lines = ["".join(text_outside) for text_outside in _outside_quotes(text)]
    return max(SEPARATORS, key=lambda sign: sum(sign in line for line in lines))


def _outside_quotes(text: str) -> Sequence[Sequence[str]]:
    lines: list[list[str]] = [[]]
    for nth, piece in enumerate(text.split('"')):
        if nth % 2 == 0:
            first, *more = piece.split("\n")
            lines[-1].append(first)
            lines += [[one] for one in more]
        if len(lines) > SAMPLE:
            break
    return lines
