"""Word keeps the number of a list item out of its text: worked out here as Word would draw it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
STYLES_DEEP = 10  # styles stand on one another, in a damaged file in a circle
PART = re.compile("%([1-9])")
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
THAI_LETTERS = "กขคงจฉชซฌญฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
LATIN = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered: «%1.%2)» with each number in its own kind of figures."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Lists:
    """The lists of a document and how far each has come."""

    levels: Mapping[str, Mapping[int, Level]]  # by list
    shared: Mapping[str, str]  # list → what it counts on with
    styles: Mapping[str, tuple[str, int]]  # style → list and level
    restarted: frozenset[str] = frozenset()  # lists that begin at a number of their own
    counts: dict[str, list[int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: Element) -> str:
        """The number or dash in front of a paragraph, with its blank; nothing where it is in no list."""
        which, level = self._where(paragraph)
        levels = self.levels.get(which, {})
        if level not in levels:
            return ""
        self._count(which, level)
        label = self._drawn(which, levels, level)
        return f"{label} " if label else ""

    def _where(self, paragraph: Element) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", 0
        style = properties.find(f"{W}pStyle")
        which, level = self.styles.get(value(style), ("", 0))
        own = properties.find(f"{W}numPr")
        if own is not None:
            which = value(own.find(f"{W}numId")) or which
            level = number(value(own.find(f"{W}ilvl")), level)
        return which, level

    def _count(self, which: str, level: int) -> None:
        """One item more on this level; deeper levels begin anew."""
        levels = self.levels[which]
        series = self.shared.get(which, which)
        now = self.counts.setdefault(series, [0] * LEVELS)
        if now[level] == 0 or ((which, level) not in self.begun and which in self.restarted):
            now[level] = levels[level].start - 1
        self.begun.add((which, level))
        now[level] += 1
        now[level + 1 :] = [0] * (LEVELS - level - 1)

    def _drawn(self, which: str, levels: Mapping[int, Level], level: int) -> str:
        if levels[level].kind == "bullet":
            return "-"
        now = self.counts[self.shared.get(which, which)]

        def figure(part: re.Match[str]) -> str:
            nth = int(part[1]) - 1
            one = levels.get(nth, Level())
            return drawn(now[nth] or one.start, one.kind)

        return PART.sub(figure, levels[level].text).strip()


def drawn(count: int, kind: str) -> str:
    """A number in figures of that kind: 3 → ๓, ค, c, iii."""
    return KINDS.get(kind, str)(count)


def _letters(alphabet: str) -> Callable[[int], str]:
    """The letter of a number; Word doubles the letters when it has been through all."""
    return lambda count: alphabet[(count - 1) % len(alphabet)] * (1 + min(count - 1, 999) // len(alphabet))


def _roman(count: int) -> str:
    text = ""
    for worth, sign in ROMAN:
        text += sign * (min(count, 9999) // worth)
        count %= worth
    return text


KINDS: Mapping[str, Callable[[int], str]] = {
    "thaiNumbers": lambda count: str(count).translate(THAI_DIGITS),
    "thaiLetters": _letters(THAI_LETTERS),
    "lowerLetter": _letters(LATIN),
    "upperLetter": _letters(LATIN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalZero": lambda count: f"{count:02}",
    "none": lambda _: "",
}


def value(element: Element | None) -> str:
    """The `w:val` of an element."""
    return "" if element is None else element.get(f"{W}val", "")


def number(text: str, otherwise: int) -> int:
    """A small whole number, or what holds where there is none."""
    return int(text) if re.fullmatch(r"\d{1,6}", text, re.ASCII) else otherwise


def lists_of(numbering: Element, styles: Element) -> Lists:
    """The lists that `numbering.xml` and the styles tell of."""
    abstract = {one.get(f"{W}abstractNumId", ""): _levels(one) for one in numbering.iter(f"{W}abstractNum")}
    levels, shared, restarted = {}, {}, set()
    for one in numbering.iter(f"{W}num"):
        which, of = one.get(f"{W}numId", ""), value(one.find(f"{W}abstractNumId"))
        levels[which] = {**abstract.get(of, {}), **_overrides(one, abstract.get(of, {}))}
        shared[which] = of
        if one.find(f"{W}lvlOverride") is not None:
            restarted.add(which)
    return Lists(levels, shared, _styles(styles), frozenset(restarted))


def _levels(of: Element) -> Mapping[int, Level]:
    return {
        number(one.get(f"{W}ilvl", ""), 0): Level(
            value(one.find(f"{W}numFmt")) or "decimal",
            value(one.find(f"{W}lvlText")),
            number(value(one.find(f"{W}start")), 1),
        )
        for one in of.findall(f"{W}lvl")
        if number(one.get(f"{W}ilvl", ""), 0) < LEVELS
    }


def _overrides(of: Element, levels: Mapping[int, Level]) -> Mapping[int, Level]:
    """What a list changes in the levels that it shares."""
    found: dict[int, Level] = {}
    for one in of.findall(f"{W}lvlOverride"):
        found.update(_levels(one))
        level = number(one.get(f"{W}ilvl", ""), 0)
        start = one.find(f"{W}startOverride")
        if start is not None and level in levels:
            old = levels[level]
            found[level] = Level(old.kind, old.text, number(value(start), old.start))
    return found


def _styles(styles: Element) -> Mapping[str, tuple[str, int]]:
    """Paragraph styles that put their paragraphs in a list, of themselves or through the style under them."""
    every = {one.get(f"{W}styleId", ""): one for one in styles.iter(f"{W}style")}
    found = {name: _list_of(name, every) for name in every}
    return {name: where for name, where in found.items() if where}


def _list_of(name: str, every: Mapping[str, Element]) -> tuple[str, int] | None:
    for _ in range(STYLES_DEEP):
        style = every.get(name)
        if style is None:
            return None
        numbered = style.find(f"{W}pPr/{W}numPr")
        if numbered is not None:
            return value(numbered.find(f"{W}numId")), number(value(numbered.find(f"{W}ilvl")), 0)
        name = value(style.find(f"{W}basedOn"))
    return None
