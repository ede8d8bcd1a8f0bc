"""The same paper as other people would have typed, scanned or printed it: nothing that it says is another."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests.imports.papers import ABOVE, BESIDE, Part, Rows

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
BEGINS_A_WORD = "เแโใไ"
OFTEN = 0.4


def typed(parts: Sequence[Part], change: Callable[[str], str]) -> Sequence[Part]:
    """Every line and cell changed in the same way."""
    merged = {ABOVE, BESIDE}
    return [
        change(one)
        if isinstance(one, str)
        else [[cell if cell in merged else change(cell) for cell in row] for row in one]
        for one in parts
    ]


def in_thai_digits(parts: Sequence[Part], _: Random) -> Sequence[Part]:
    return typed(parts, lambda text: text.translate(THAI))


def in_arabic_digits(parts: Sequence[Part], _: Random) -> Sequence[Part]:
    return typed(parts, lambda text: text.translate(ARABIC))


def with_unseen_signs(parts: Sequence[Part], _: Random) -> Sequence[Part]:
    """A zero-width space before vowels that begin a syllable, as word processors put it."""
    return typed(parts, lambda text: "".join(f"\u200b{sign}" if sign in BEGINS_A_WORD else sign for sign in text))


def with_sara_am_in_two(parts: Sequence[Part], _: Random) -> Sequence[Part]:
    return typed(parts, lambda text: text.replace("ำ", "ํา"))


def with_empty_rows(parts: Sequence[Part], chance: Random) -> Sequence[Part]:
    return [one if isinstance(one, str) or _merged(one) else _spread(one, chance) for one in parts]


def with_an_empty_column(parts: Sequence[Part], _: Random) -> Sequence[Part]:
    return [one if isinstance(one, str) else [[*row, ""] for row in one] for one in parts]


def over_pages(parts: Sequence[Part], chance: Random) -> Sequence[Part]:
    """Tables go on over the page, where their heading is printed again."""
    return [part for one in parts for part in _paged(one, chance, again=True)]


def torn_by_pages(parts: Sequence[Part], chance: Random) -> Sequence[Part]:
    """Tables go on over the page, where their heading is not printed again."""
    return [part for one in parts for part in _paged(one, chance, again=False)]


def _merged(rows: Rows) -> bool:
    return any(cell in {ABOVE, BESIDE} for row in rows for cell in row)


def _spread(rows: Rows, chance: Random) -> Rows:
    empty = [""] * len(rows[0])
    return [line for row in rows for line in ([row, empty] if chance.random() < OFTEN else [row])]


def _paged(part: Part, chance: Random, *, again: bool) -> Sequence[Part]:
    if isinstance(part, str) or len(part) < 4 or _merged(part):
        return [part]
    cut = chance.randint(2, len(part) - 1)
    return [part[:cut], f"- {chance.randint(2, 9)} -", [*([part[0]] if again else []), *part[cut:]]]


NOISE: Mapping[str, Callable[[Sequence[Part], Random], Sequence[Part]]] = {
    one.__name__: one
    for one in (
        in_thai_digits, in_arabic_digits, with_unseen_signs, with_sara_am_in_two, with_empty_rows, with_an_empty_column,
        over_pages, torn_by_pages,
    )
}  # fmt: skip
