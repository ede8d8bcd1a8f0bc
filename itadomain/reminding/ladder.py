"""Up the ladder: which superiors hear of what a unit is late with. Each step once, a day after the unit was told of it.

`climb` only reads: a step is written down by `note`, once the message that tells it is on its way. What could not be
told today is told on the next working day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from itadomain.cases.deadlines import working_days
from itadomain.lateness import told_for
from itadomain.measures import Obligation
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.reminding.digest import Digest, Raised
from itadomain.reminding.reminded import Escalation, Level
from itadomain.reminding.rungs import Round, Rung, reached
from itadomain.reminding.steps import SUPERIORS, steps
from itadomain.rounds import State, state_of
from itadomain.superiors import executives, heads_of, members_of
from itadomain.workdays import Calendar

#: Working days before a superior hears, on which whoever reports is told so; days off part the week from the step.
THE_DAY_BEFORE, WITH_THE_WEEK = 1, 3


@dataclass(frozen=True)
class Climbed:
    """Where what is late stands today.

    `forewarn`: by the id of an obligation, who hears of it next; its unit is told so today. `forewarned`: who of
    the unit knows already. `raised`: by the id of a person, what they hear of today, what is longest late first.
    """

    forewarn: Mapping[str, Level] = field(default_factory=dict)
    raised: Mapping[str, Sequence[Raised]] = field(default_factory=dict)
    forewarned: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def next_for(self, obligation: str, person: str) -> Level | None:
        """Who hears of an obligation next, where a person is still to be told so; both by their ids."""
        return None if person in self.forewarned.get(obligation, ()) else self.forewarn.get(obligation)


@dataclass(frozen=True)
class _Unit:
    """Who reports for a unit, and who would hear on each level."""

    reporters: Sequence[Person]
    superiors: Mapping[Level, Sequence[Person]]


@dataclass(frozen=True)
class _Step:
    """A level that is still to be told, from how many working days on, and who hears."""

    level: Level
    days: int
    hearing: Sequence[Person]


def climb(store: Store, today: date, late: Sequence[Obligation], people: Sequence[Person]) -> Climbed:
    """Who hears today, and which units hear that somebody hears tomorrow; nobody on a day off."""
    calendar = Calendar(store.holidays.between(min([today, *(one.due for one in late if one.due)]), today))
    if not late or not calendar.is_working(today):
        return Climbed()
    kept, days = {one.obligation: one for one in store.escalations.all()}, steps(store.settings).days
    over = {due: working_days(due, today, calendar) for due in {one.due for one in late if one.due}}
    ahead = {due: _ahead(due, calendar, today) for due in over}
    central = next((one.id for one in store.units.all() if one.secretariat), "")
    there = [one for one in people if not one.away]  # who has left hears nothing
    keeping = heads_of(central, there, today) or members_of(central, there, today)
    above = {Level.SECRETARIAT: keeping, Level.EXECUTIVE: executives(there)}
    units = {
        unit: _unit(told_for(unit, people, today), {Level.HEAD: heads_of(unit, there, today), **above})
        for unit in {one.unit for one in late}
    }
    forewarn, forewarned, raised = dict[str, Level](), dict[str, frozenset[str]](), dict[str, list[Raised]]()
    for one in late:
        if one.due is None or one.slot is None:
            continue
        known, unit = _known(one, kept), units[one.unit]
        now, coming = _now(known, unit, days, over[one.due], today)
        for step in now:
            for person in step.hearing:
                raised.setdefault(person.id, []).append(Raised(one, step.level, over[one.due]))
        if coming and _warns(known, unit, coming, over[one.due] + ahead[one.due], today):
            forewarn[one.id] = coming.level
            forewarned[one.id] = known.know if coming.level in known.warned else frozenset()
    return Climbed(forewarn, {name: sorted(those, key=_longest_first) for name, those in raised.items()}, forewarned)


def note(store: Store, today: date, *digests: Digest) -> None:
    """Write down what digests told that are on their way: to superiors, or that a superior hears tomorrow.

    All at once, each obligation once: many are told of the same.
    """
    climbing = [one for one in digests if one.raised or any(item.next for item in one.items)]
    if not climbing:
        return
    kept = {one.obligation: one for one in store.escalations.all()}
    changed: dict[str, Escalation] = {}
    for digest in climbing:
        for item in digest.items:
            if item.next and item.obligation.slot:
                known = changed.get(item.obligation.id) or _known(item.obligation, kept)
                changed[item.obligation.id] = _warned(known, item.next, digest.to, today)
        for raised in digest.raised:
            known = changed.get(raised.obligation.id) or _known(raised.obligation, kept)
            told = {raised.level: today, **known.told}
            changed[raised.obligation.id] = replace(known, told=told, heard=known.heard | {digest.to.id})
    store.escalations.save(*changed.values())


def forget(store: Store, today: date) -> None:
    """Drop what is over: what is reported, or late for another slot by now."""
    over = [one.obligation for one in store.escalations.all() if not _stands(store, one, today)]
    if over:
        store.escalations.drop(*over)


def _stands(store: Store, escalation: Escalation, today: date) -> bool:
    duty = store.obligations.get(escalation.obligation)
    return duty is not None and duty.slot == escalation.slot and state_of(duty, today) is State.LATE


def _known(one: Obligation, kept: Mapping[str, Escalation]) -> Escalation:
    """How far up it has come for its slot."""
    found = kept.get(one.id)
    return found if found and found.slot == one.slot else Escalation(one.id, one.slot or date.min)


def _unit(reporters: Sequence[Person], hearing: Mapping[Level, Sequence[Person]]) -> _Unit:
    """Nobody hears of what they report themselves, nor of the same thing on two levels."""
    seen = {one.id for one in reporters}
    superiors: dict[Level, Sequence[Person]] = {}
    for level, those in hearing.items():
        superiors[level] = [one for one in those if one.id not in seen]
        seen |= {one.id for one in those}
    return _Unit([one for one in reporters if not one.away], superiors)


def _now(
    known: Escalation, unit: _Unit, days: Mapping[Level, int], over: int, today: date
) -> tuple[Sequence[_Step], _Step | None]:
    """Who hears today, and the step that comes after them.

    A level that was not reached for so long that the next one's day has come does not hold the others up.
    """
    ahead, now = list(_still_to_tell(known, unit, days)), list[_Step]()
    while ahead and over >= ahead[0].days and _may_be_told(known, unit, ahead[0].level, today):
        now.append(ahead.pop(0))
        if not unit.reporters:  # nobody there is told a day before: the next level hears tomorrow
            break
    also = [_others(known, unit, level) for level, day in known.told.items() if day == today]
    return [*also, *now], next(iter(ahead), None)


def _still_to_tell(known: Escalation, unit: _Unit, days: Mapping[Level, int]) -> Sequence[_Step]:
    """The levels above the highest that was told. Where nobody is on one, the next hears on its day instead, once."""
    told = max((SUPERIORS.index(level) for level in known.told), default=-1)
    found, since = list[_Step](), 0
    for level in SUPERIORS[told + 1 :]:
        hearing, since = [one for one in unit.superiors[level] if one.id not in known.heard], since or days[level]
        if hearing:
            found.append(_Step(level, since, hearing))
            since = 0
    return found


def _others(known: Escalation, unit: _Unit, level: Level) -> _Step:
    """Those of a level that was told today who have not heard: one of them was faster to open the chat."""
    return _Step(level, 0, [one for one in unit.superiors[level] if one.id not in known.heard])


def _may_be_told(known: Escalation, unit: _Unit, level: Level, today: date) -> bool:
    """Whether the unit was told on a day before; where nobody is there to be told, nobody is waited for."""
    return not unit.reporters or known.warned.get(level, today) < today


def _ahead(due: date, calendar: Calendar, today: date) -> int:
    """So many working days before a step the unit hears of it; with the week's reminder, it needs no other message."""
    return WITH_THE_WEEK if reached(Round(due, due), calendar, today) == (Rung.LATE, today) else THE_DAY_BEFORE


def _warns(known: Escalation, unit: _Unit, coming: _Step, until: int, today: date) -> bool:
    """Whether the unit hears today of a step that comes when `until` working days are over, or before that."""
    return bool(unit.reporters) and until >= coming.days and known.warned.get(coming.level, today) == today


def _warned(known: Escalation, level: Level, person: Person, today: date) -> Escalation:
    know = known.know if level in known.warned else frozenset[str]()
    return replace(known, warned={level: today, **known.warned}, know=know | {person.id})


def _longest_first(one: Raised) -> tuple[int, int, int]:
    return -one.days, one.obligation.plan_year, one.obligation.place
