"""Seeing who brought a disclosure: asked for with a reason, agreed to by another receiver, and told to its reporter.

Where nobody else is there to agree, a day must pass first: then whoever asked may see it alone, which is written down.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from itadomain.cases.case import Voice, line
from itadomain.integrity.disclosure import Disclosure, Identity, Reveal
from itadomain.integrity.working import Done, find, readers, told_of_news
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal

#: So long whoever asks waits where nobody else can agree.
ALONE_AFTER = timedelta(hours=24)


def ask(store: Store, disclosure_id: str, reason: str, person: Person, now: datetime, today: date) -> Done:
    """Ask to see who brought it; Refusal where nothing was told of that, or it was asked already."""
    found = find(store, disclosure_id, person)
    if not found.identity.named:
        raise Refusal("integrity.no_name")
    if found.reveal is not None and (found.reveal.agreed or pending(store, found, today)):
        raise Refusal("integrity.asked_already")
    why = line(Voice.NOTE, person.id, today, reason).words
    made = replace(found, reveal=Reveal(person.id, why, now.isoformat(timespec="minutes")))
    return _kept(store, made, person, today)


def agree(store: Store, disclosure_id: str, person: Person, now: datetime, today: date) -> Done:
    """Agree that it is seen; whoever asked can do so only where nobody else is there, and a day later."""
    found = find(store, disclosure_id, person)
    asked = _must_be_pending(store, found, today)
    if asked.by == person.id:
        _must_be_alone(store, found, asked, now, today)
    made = replace(found, reveal=replace(asked, agreed_by=person.id))
    return _kept(store, made, person, today)


def refuse(store: Store, disclosure_id: str, reason: str, told: str, person: Person, today: date) -> Done:
    """Refuse it, with a reason for the other receivers; its reporter reads `told`: that it was asked, and not seen."""
    found = find(store, disclosure_id, person)
    if _must_be_pending(store, found, today).by == person.id:
        raise Refusal("integrity.another_agrees")
    why = line(Voice.NOTE, person.id, today, reason)
    made = replace(found, reveal=None).saying(why, line(Voice.AGENCY, person.id, today, told))
    return _kept(store, made, person, today)


def shown(store: Store, disclosure_id: str, person: Person) -> Identity:
    """The name and the way to reach its reporter, once it was agreed; never the id of a person."""
    found = find(store, disclosure_id, person)
    if found.reveal is None or not found.reveal.agreed:
        raise Refusal("integrity.not_agreed")
    return replace(found.identity, person="")


def agreeing(store: Store, disclosure: Disclosure, today: date) -> Sequence[Person]:
    """Those who can agree to what was asked: the other receivers who may read it."""
    asked = disclosure.reveal.by if disclosure.reveal else ""
    return [one for one in readers(store, disclosure, today) if one.id != asked]


def pending(store: Store, disclosure: Disclosure, today: date) -> Reveal | None:
    """What was asked and waits; None where whoever asked reads it no more: else one alone would come to see it."""
    asked = disclosure.reveal
    if asked is None or asked.agreed or asked.by not in {one.id for one in readers(store, disclosure, today)}:
        return None
    return asked


def alone_from(reveal: Reveal) -> datetime:
    """From when on whoever asked may see it alone."""
    return datetime.fromisoformat(reveal.asked_at) + ALONE_AFTER


def _must_be_pending(store: Store, disclosure: Disclosure, today: date) -> Reveal:
    asked = pending(store, disclosure, today)
    if asked is None:
        raise Refusal("integrity.not_asked")
    return asked


def _must_be_alone(store: Store, disclosure: Disclosure, asked: Reveal, now: datetime, today: date) -> None:
    if agreeing(store, disclosure, today):
        raise Refusal("integrity.another_agrees")
    if now < alone_from(asked):
        raise Refusal("integrity.a_day_later")


def _kept(store: Store, made: Disclosure, person: Person, today: date) -> Done:
    store.disclosures.save(made, person.id)
    return Done(made, told_of_news(store, made, person, today))
