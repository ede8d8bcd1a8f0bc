"""The receipt code: the only way back to a disclosure. 80 bits in Crockford's base 32, four by four.

It is told once and never kept: what is kept is a keyed hash to find the disclosure by, and the disclosure's own key
sealed under the code. Who loses it cannot be helped, and is told so.
"""

import re

from itadomain.organisation import SIGNS
from itadomain.refusals import Refusal
from itadomain.thai import fold

BYTES = 10
LENGTH = 16
GROUP = 4
LONGEST_ANSWER = 1000  # of what is looked for a code that was asked for
#: Letters that are taken for figures: nobody shall fail because of one.
TAKEN_FOR = str.maketrans("OIL", "011")
BETWEEN = r"[-–—.\s]{0,3}"
SIGN = rf"[{SIGNS}OIL]"
ALONE, NO_MORE = r"(?<![0-9A-Z])", r"(?![0-9A-Z])"
#: In fours, with the same between all of them; and sixteen signs, however they were typed.
IN_FOURS = re.compile(rf"{ALONE}(?=({SIGN}{{4}}({BETWEEN}){SIGN}{{4}}\2{SIGN}{{4}}\2{SIGN}{{4}}){NO_MORE})")
WRITTEN = re.compile(rf"{ALONE}(?=((?:{SIGN}{BETWEEN}){{{LENGTH - 1}}}{SIGN}){NO_MORE})")


def code_of(raw: bytes) -> str:
    """The code of ten random bytes, without its hyphens."""
    if len(raw) != BYTES:
        raise ValueError("a receipt code is made of ten bytes")
    number = int.from_bytes(raw)
    return "".join(SIGNS[number >> shift & 0b11111] for shift in range(5 * (LENGTH - 1), -1, -5))


def printed(code: str) -> str:
    """A code as it is shown and written down: in fours."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def is_code(signs: str) -> bool:
    """Whether signs can be a code: some four have letters and figures, so no words and no number look like one."""
    return any(_mixed(signs[at : at + GROUP]) for at in range(0, LENGTH, GROUP))


def code_in(text: str) -> str:
    """The code in an answer to the question for it, however it was typed; empty where there is none."""
    plain = fold(text[:LONGEST_ANSWER]).upper()
    found = [_signs(one[1]).translate(TAKEN_FOR) for one in (*IN_FOURS.finditer(plain), *WRITTEN.finditer(plain))]
    return next((signs for signs in found if is_code(signs)), "")


def code_alone(text: str) -> str:
    """The code in words that nobody asked for one: only as it is printed, so that nothing else is taken for one."""
    found = _printed_in(fold(text).upper())
    return _signs(found[1]).translate(TAKEN_FOR) if found else ""


def without_code(text: str) -> str:
    """The words beside a code: the letters and figures of a code itself say nothing."""
    plain = fold(text).upper()
    found = _printed_in(plain)
    return f"{plain[: found.start(1)]} {plain[found.end(1) :]}" if found else text


def must_hold_no_code(words: str) -> None:
    """Refusal where words that others read hold a code: whoever reads them could open what it is of."""
    if code_alone(words):
        raise Refusal("case.is_a_code")


def _printed_in(plain: str) -> re.Match[str] | None:
    return next((found for found in IN_FOURS.finditer(plain) if is_code(_signs(found[1]))), None)


def _signs(written: str) -> str:
    return re.sub(BETWEEN, "", written)


def _mixed(signs: str) -> bool:
    return any(sign.isdigit() for sign in signs) and any(sign.isalpha() for sign in signs)
