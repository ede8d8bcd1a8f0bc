"""Items as people type and paste them: «O5 ข้อมูลการติดต่อ», «๕. ข้อมูลการติดต่อ», a whole list with a line for each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from itadomain.refusals import Refusal
from itadomain.thai import fold, tidy

LONGEST_NAME, MOST_ITEMS = 200, 99
ADDING = re.compile(r"^\s*เพิ่ม(?:รายการ|ข้อ)?(?:\s*oit(?=[\s:]|$))?\s*[:：]?\s*", re.IGNORECASE)
#: «O5 …», «ข้อ 5 …», «5. …», «5) …», «- O5: …»
LINE = re.compile(r"[-*•·\s]*(?:ข้อ|รายการ)?\s*[(]?[oO]?\s*\.?\s*(\d{1,2})(?!\d)\s*[.):|\-–—]*\s*(\S.*)")
CODE = re.compile(r"(?:ข้อ|รายการ|oit)?\s*[(]?o?\s*\.?\s*(\d{1,2})[)]?")


@dataclass(frozen=True)
class Named:
    """A number and a name."""

    no: int
    name: str


@dataclass(frozen=True)
class Lines:
    """What was read of some lines, in the order of the numbers, and the lines in which nothing was."""

    items: Sequence[Named]
    unread: Sequence[str]


def is_list(text: str) -> bool:
    """Whether somebody asks to add something and says what."""
    rest = ADDING.sub("", text, count=1)
    return rest != text and any(LINE.fullmatch(fold(line)) for line in rest.splitlines())


def lines_said(text: str) -> Lines:
    """The items that a text lists, a line each; Refusal where it lists none, or one number twice."""
    items: dict[int, Named] = {}
    unread = []
    for line in filter(None, map(tidy, ADDING.sub("", text, count=1).splitlines())):
        one = _item(line)
        if one is None:
            unread.append(line)
        elif one.no in items:
            raise Refusal("oit.number_twice", code=f"O{one.no}")
        else:
            items[one.no] = one
    if not items:
        raise Refusal("oit.no_items")
    return Lines([items[no] for no in sorted(items)], unread)


def number_said(text: str) -> int | None:
    """The number of the item that a short text names: «O5», «ข้อ ๕», «5»; None where it is none."""
    found = CODE.fullmatch(fold(text).strip())
    return int(found[1]) if found and 0 < int(found[1]) <= MOST_ITEMS else None


def name_said(text: str) -> str:
    """The name of an item; Refusal where it is none."""
    name = tidy(text)
    if not name:
        raise Refusal("oit.no_name")
    if len(name) > LONGEST_NAME:
        raise Refusal("oit.name_too_long", most=LONGEST_NAME)
    return name


def _item(line: str) -> Named | None:
    """The item of a line; the name stands as it was written, so only the figures are looked at folded."""
    found = LINE.fullmatch(fold(line))
    if found is None or not 0 < int(found[1]) <= MOST_ITEMS:
        return None
    return Named(int(found[1]), name_said(line[found.start(2) :]))
