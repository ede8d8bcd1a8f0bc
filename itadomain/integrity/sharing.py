"""Who else reads a disclosure: a receiver brings another in, leaves it, or takes out one who turns out to be meant.

Nobody is brought in whom it is about, and the last one stays: else nobody could ever read it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from itadomain.cases.case import Voice, line
from itadomain.integrity import filing
from itadomain.integrity.disclosure import Disclosure, Part
from itadomain.integrity.working import Done, find, readers
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal


def shareable(store: Store, disclosure: Disclosure, today: date) -> Sequence[Person]:
    """The receivers who could be brought in."""
    able = filing.readers(store, disclosure.accused, _all_told(disclosure), today)
    return [one for one in able if one.id not in disclosure.readers]


def share(store: Store, disclosure_id: str, to: str, told: str, person: Person, today: date) -> Person:
    """Give another receiver a key, noting `told`; gives who that is, Refusal where they may not have it."""
    found = find(store, disclosure_id, person)
    other = next((one for one in shareable(store, found, today) if one.id == to), None)
    if other is None:
        raise Refusal("integrity.no_such_receiver")
    store.disclosures.save(found.saying(line(Voice.NOTE, person.id, today, told)), person.id)
    store.disclosures.share(disclosure_id, person.id, other.id)
    return other


def leave(store: Store, disclosure_id: str, told: str, person: Person, today: date) -> Done:
    """Give one's own key back, noting `told`; Refusal where nobody would be left to read it."""
    found = find(store, disclosure_id, person)
    if not [one for one in readers(store, found, today) if one.id != person.id]:
        raise Refusal("integrity.last_reader")
    noted = found.saying(line(Voice.NOTE, person.id, today, told))
    store.disclosures.save(noted, person.id)
    store.disclosures.give_back(disclosure_id, person.id)
    return Done(noted)


def take_out(store: Store, disclosure_id: str, other: str, reason: str, person: Person, today: date) -> Person | None:
    """Take the key of another who is meant, with a reason; they are left out from then on. None where they are gone."""
    found = find(store, disclosure_id, person)
    if other == person.id or other not in found.readers:
        raise Refusal("integrity.no_such_receiver")
    meant = replace(found.accused, people=found.accused.people | {other})
    noted = replace(found, accused=meant).saying(line(Voice.NOTE, person.id, today, reason))
    store.disclosures.save(noted, person.id)
    store.disclosures.give_back(disclosure_id, other)
    return store.people.get(other, today)


def _all_told(disclosure: Disclosure) -> Mapping[Part, str]:
    """What was told, with all that its reporter said later: that may name somebody, too."""
    later = [one.words for one in disclosure.talk if one.voice is Voice.REPORTER]
    return {**disclosure.told, Part.WHAT: "\n".join([disclosure.told.get(Part.WHAT, ""), *later])}
