"""Sealing a disclosure for those who may read it, and leaving it in the box."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from itadomain.integrity.disclosure import Accused, Draft, More, Part
from itadomain.integrity.recusal import AT_THE_TOP, TITLES, receivers
from itadomain.people import Person, Role
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.thai import bare, fold, tidy

#: The parts of a story in which somebody may be named whom the first question did not tell.
NAMING = (Part.WHO, Part.WHAT)


def file(store: Store, draft: Draft, code: str, today: date) -> Sequence[Person]:
    """Seal it under its code and for its receivers, whom it gives; Refusal where nobody is left to receive it.

    Nothing goes on to anybody by itself: where nobody is left, its reporter takes it to a body outside.
    """
    reading = readers(store, draft.accused, draft.told, today)
    if not reading:
        raise Refusal("integrity.nobody_left")
    store.disclosures.put_in(draft, code, [one.id for one in reading])
    return reading


def readers(store: Store, accused: Accused, told: Mapping[Part, str], today: date) -> Sequence[Person]:
    """Who would read it: nobody whom the story itself names, even where «about whom» was left open."""
    named = "\n".join((accused.words, *(told.get(part, "") for part in NAMING)))
    return receivers(store, replace(accused, words=named), today)


def under_the_accused(store: Store, accused: Accused, today: date) -> bool:
    """Whether whoever receives it works for somebody it is about: then a body outside is named beside them."""
    words = bare(fold(tidy(accused.words)))
    leading = [TITLES.sub("", tidy(one.name)) for one in store.people.with_role(Role.EXECUTIVE, today)]
    named = [*AT_THE_TOP, *(name.split()[0] for name in leading if name)]
    return accused.executives or any(bare(fold(tidy(one))) in words for one in named)


def add(store: Store, code: str, more: More) -> None:
    """Leave more in the box for the disclosure of a code; Refusal where there is none."""
    if store.disclosures.by_code(code) is None:
        raise Refusal("integrity.no_such_code")
    store.disclosures.put_more(code, more)
