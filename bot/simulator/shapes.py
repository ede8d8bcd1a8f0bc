"""Small checks that combine: each looks at one value and tells what LINE would refuse in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from bot.simulator.units import utf16


class Problem(NamedTuple):
    """One refused property, in the words of LINE's error answer."""

    property: str
    message: str


Problems = Iterator[Problem]
Check = Callable[[Any, str], Problems]


def join(at: str, key: str) -> str:
    """The name of a property inside another."""
    return f"{at}.{key}" if at else key


def anything(_value: Any, _at: str) -> Problems:
    """Accept whatever is there."""
    return iter(())


def text(low: int, high: int, count: Callable[[str], int] = utf16) -> Check:
    """A string of `low` to `high` units."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, str):
            yield Problem(at, "must be a string")
        elif low and not value:
            yield Problem(at, "May not be empty")
        elif not low <= count(value) <= high:
            yield Problem(at, f"Length must be between {low} and {high}")

    return check


def matching(pattern: str, words: str) -> Check:
    """A string that a pattern matches as a whole."""
    compiled = re.compile(pattern)

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield Problem(at, words)

    return check


def one_of(*values: str) -> Check:
    """One of a closed list of words."""

    def check(value: Any, at: str) -> Problems:
        if value not in values:
            yield Problem(at, f"must be one of the following values: [{', '.join(values)}]")

    return check


def number(low: float, high: float, *, whole: bool = True, step: int = 1) -> Check:
    """A number within bounds, whole unless said otherwise, in steps."""

    def check(value: Any, at: str) -> Problems:
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            yield Problem(at, "must be an integer" if whole else "must be a number")
        elif not low <= value <= high:
            yield Problem(at, f"must be between {low:g} and {high:g}")
        elif whole and value % step:
            yield Problem(at, f"must be a multiple of {step}")

    return check


def boolean(value: Any, at: str) -> Problems:
    """Nothing but true or false."""
    if not isinstance(value, bool):
        yield Problem(at, "must be a boolean")


def https(high: int = 2000) -> Check:
    """An address that LINE fetches: HTTPS only."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, str) or not re.match(r"https://[^\s/]", value):
            yield Problem(at, "invalid uri scheme, must be https")
        elif utf16(value) > high:
            yield Problem(at, f"Length must be between 0 and {high}")

    return check


def array(part: Check, low: int, high: int) -> Check:
    """A list of `low` to `high` items that all pass `part`."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, list):
            yield Problem(at, "must be an array")
            return
        if not low <= len(value) <= high:
            yield Problem(at, f"Size must be between {low} and {high}")
        for index, item in enumerate(value):
            yield from part(item, f"{at}[{index}]")

    return check


def shape(need: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    """An object with these properties and no other; `type` is its caller's affair."""
    known = {"type": anything, **(may or {}), **need}

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        yield from (Problem(join(at, key), "must be specified") for key in need if value.get(key) is None)
        for key, part in value.items():
            if key not in known:
                yield Problem(join(at, key), "unknown property")
            elif part is not None:
                yield from known[key](part, join(at, key))

    return check


def tagged(kinds: Mapping[str, Check], tag: str = "type") -> Check:
    """An object whose `type` tells which of several shapes it must have."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
        elif value.get(tag) is None:
            yield Problem(join(at, tag), "must be specified")
        elif not isinstance(value[tag], str) or value[tag] not in kinds:
            yield from one_of(*kinds)(value[tag], join(at, tag))
        else:
            yield from kinds[value[tag]](value, at)

    return check


def both(*checks: Check) -> Check:
    """Several checks of the same value, one after the other."""

    def check(value: Any, at: str) -> Problems:
        for each in checks:
            yield from each(value, at)

    return check


COLOUR = matching(r"#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?", "invalid color, must be #RRGGBB or #RRGGBBAA")
