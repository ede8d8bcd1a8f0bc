"""A measure that is printed again: which of the kept ones it is, and what stays of what people changed since.

Three versions meet: what was printed last (`Measure.printed`), what is kept, and the newer print. Where the print is
the same as before, what people made of it stays; where the print changed, the newer print counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from difflib import SequenceMatcher
from typing import Any

from itadomain.measures import Measure, Printed
from itadomain.organisation import folded

#: Titles that share this much are two printings of one measure where their numbers agree.
ALIKE = 0.6
#: What people change in the place of the print, and what they settle beside it.
CHANGED = tuple(one.name for one in fields(Printed))
SETTLED = ("period", "follow_up")
#: What no document prints.
OWN = ("id", "target", "carried_from", "must_publish")

Pairs = Sequence[tuple[Measure, Measure | None]]
Fits = Callable[[Measure, Measure], bool]


def pairs(plan: Sequence[Measure], known: Sequence[Measure]) -> Pairs:
    """Each measure with the one it is a newer printing of: the same words first, then the title, then the number."""
    free = list(known)
    found: dict[int, Measure] = {}
    for fits in (_same_words, _same_title, _same_number):
        for index, new in enumerate(plan):
            old = None if index in found else next((one for one in free if fits(one, new)), None)
            if old:
                found[index] = old
                free.remove(old)
    return [(new, found.get(index)) for index, new in enumerate(plan)]


def reprinted(old: Measure, new: Measure) -> Measure:
    """The newer printing of a measure, with what people have changed and settled; a cancelled one stays as it is."""
    if old.cancelled_on:
        return old
    kept: dict[str, Any] = {name: getattr(old, name) for name in OWN}
    kept |= {name: getattr(old, name) for name in CHANGED if getattr(new, name) == getattr(old.printed, name)}
    for name in SETTLED:
        if folded(getattr(new, name)) in {"", folded(getattr(old, name))}:
            kept[f"settled_{name}"] = getattr(old, f"settled_{name}")
    if old.indicators != old.printed.indicators:
        kept["indicators"] = old.indicators  # a document only names them in passing
    return replace(new, **kept)


def _versions(old: Measure) -> Sequence[Measure]:
    """A kept measure as it was printed last, and as it stands."""
    return [replace(old, **vars(old.printed)), old] if old.printed.title else [old]


def _same_words(old: Measure, new: Measure) -> bool:
    return _words(_versions(old)[0]) == _words(new)


def _words(one: Measure) -> tuple[object, ...]:
    return folded(one.title), one.owners, one.questions, folded(one.method)


def _same_title(old: Measure, new: Measure) -> bool:
    return folded(new.title) in {folded(one.title) for one in _versions(old)}


def _same_number(old: Measure, new: Measure) -> bool:
    return old.number == new.number and any(
        SequenceMatcher(None, folded(one.title), folded(new.title), autojunk=False).ratio() >= ALIKE
        for one in _versions(old)
    )
