"""Bringing a case in: by its reporter in the chat, or by an officer who writes down what came another way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from itadomain.cases.case import LONGEST_DETAIL, Case, Channel, Kind, Spot, story
from itadomain.cases.categories import OTHER, Category, every, of_code
from itadomain.cases.days import timed
from itadomain.cases.news import to_tell
from itadomain.cases.sight import desk, workers
from itadomain.people import Person, Role
from itadomain.ports import Store
from itadomain.refusals import Refusal


@dataclass(frozen=True)
class Told:
    """What was gathered of a case before it is filed.

    `parts` are bubbles, `messages` the ids of those they came in, as far as known; `evidence` the ids of what was sent.
    """

    kind: Kind
    parts: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    spot: Spot = field(default_factory=Spot)
    category: str = ""
    contact: str = ""
    on_behalf_of: str = ""
    channel: Channel = Channel.CHAT
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filed:
    """A case that was kept, and the officers who are told of it."""

    case: Case
    category: Category
    officers: Sequence[Person] = ()


def file(store: Store, told: Told, person: Person, today: date) -> Filed:
    """Keep a case with the number that it gets. Refusal where nothing is told of it."""
    words = story(told.parts)
    sent = [
        one for told_id in told.evidence if (one := store.evidence.get(told_id)) and one.by == person.id and one.live
    ]
    if not words and not sent:
        raise Refusal("case.say_something")
    if max(map(len, (told.contact, told.on_behalf_of, told.spot.village, told.spot.landmark))) > LONGEST_DETAIL:
        raise Refusal("case.too_long", most=LONGEST_DETAIL)
    category = of_code(told.category or OTHER, every(store.categories.all()))
    by_chat = told.channel is Channel.CHAT
    case = Case(
        id=store.new_id(),
        kind=told.kind,
        story=words,
        filed_on=today,
        category=category.code,
        channel=told.channel,
        reporter=person.id if by_chat else "",
        entered_by="" if by_chat else person.id,
        spot=told.spot,
        contact=told.contact.strip(),
        on_behalf_of=told.on_behalf_of.strip(),
        unit=_unit(store, category),
        bubbles=_bubbles(told) if by_chat else {},
    )
    kept = store.cases.add(timed(store, case))
    for one in sent:
        store.evidence.save(one.of(kept.id))
    others = [one for one in receivers(store, kept, today) if one.id != person.id]
    return Filed(kept, category, to_tell(store, others, today))


def _bubbles(told: Told) -> Mapping[str, str]:
    """What each message said."""
    pairs = zip(told.messages, told.parts, strict=False)
    return {message: said for message, part in pairs if message and (said := part.strip())}


def _unit(store: Store, category: Category) -> str:
    """The unit that gets its cases, as long as it is there; else the desk decides."""
    found = store.units.get(category.unit) if category.unit else None
    return found.id if found and found.open else ""


def receivers(store: Store, case: Case, today: date) -> Sequence[Person]:
    """Who is told of what is new in a case: those who work on it, else the desk, else who can set one up."""
    people = [one for one in store.people.insiders(today) if one.id != case.reporter]
    working = workers(case, people, today) or desk(people, store.units.all(), today)
    return working or [one for one in people if one.may(frozenset({Role.ADMIN}))]
