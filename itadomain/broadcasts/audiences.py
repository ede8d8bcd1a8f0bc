"""For whom a broadcast may be made, by whom, and who they are."""

from collections.abc import Sequence
from datetime import date

from itadomain.broadcasts.broadcast import NOT_ANSWERED, Audience, Reach
from itadomain.committees import sitting
from itadomain.lateness import reminding
from itadomain.measures import years_at_hand
from itadomain.people import Person, Role
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.superiors import members_of
from itadomain.surveys import inviting
from itadomain.units import keeps_calendar

TRIAL, ON, OFF = "broadcast:trial", "on", "off"
NOBODY = Person("")


def may_make(store: Store, person: Person, audience: Audience, today: date) -> None:
    """Refusal for whoever may not tell these people: a head tells the own unit; the secretariat, everybody."""
    if keeps_calendar(person, store.units.all(), today):
        return
    own = person.units(today, Role.HEAD)
    if not own:
        raise Refusal("broadcast.not_yours")
    if audience.reach is not Reach.UNIT or audience.of not in own:
        raise Refusal("broadcast.own_unit_only")


def offered(store: Store, person: Person, today: date) -> Sequence[Reach]:
    """For whom a person may make one; Refusal where for nobody."""
    if keeps_calendar(person, store.units.all(), today):
        return tuple(reach for reach in Reach if reach not in NOT_ANSWERED or inviting.rounds(store, reach))
    if person.units(today, Role.HEAD):
        return (Reach.UNIT,)
    raise Refusal("broadcast.not_yours")


def units_of(store: Store, person: Person, today: date) -> Sequence[str]:
    """The ids of the units that a person may tell."""
    if keeps_calendar(person, store.units.all(), today):
        return [unit.id for unit in store.units.all()]
    return person.units(today, Role.HEAD)


def members(store: Store, audience: Audience, today: date) -> Sequence[Person]:
    """Who hears it, of those who work for the agency; citizens are counted where they are kept."""
    if audience.citizens:
        raise ValueError(f"{audience.reach} is not inside the agency")
    people = store.people.insiders(today)
    match audience.reach:
        case Reach.UNIT:
            return members_of(audience.of, people, today)
        case Reach.ROLE:
            return [one for one in people if audience.of in one.roles]
        case Reach.COMMITTEE:
            return _committee(store, audience.of, people, today)
        case Reach.NOT_REPORTED:
            return _not_reported(store, people, today)
        case Reach.STAFF_NOT_ANSWERED:
            return inviting.not_answered(store, audience.of, people)
    return people


def on_trial(store: Store) -> bool:
    """Whether all that is sent goes to the administrators only."""
    return store.settings.get(TRIAL) == ON


def try_out(store: Store, *, on: bool) -> None:
    """Let all that is sent go to the administrators only, or to everybody again."""
    store.settings.put(TRIAL, ON if on else OFF)


def _committee(store: Store, committee: str, people: Sequence[Person], today: date) -> Sequence[Person]:
    found = store.committees.get(committee)
    seated = {one.person for one in sitting(found, today)} if found else set()
    return [one for one in people if one.id in seated]


def _not_reported(store: Store, people: Sequence[Person], today: date) -> Sequence[Person]:
    """Those who would be reminded of what is late."""
    rounds = store.rounds.by_unit(years_at_hand(store.measures.years(), today), today)
    late = {unit: one.late for unit, one in rounds.items() if one.late}
    return [person for person, _ in reminding(late, people, (), NOBODY, today).people]
