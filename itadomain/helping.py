"""Telling an obstacle, answering it, and agreeing that it is gone: who speaks for which side, and who hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from itadomain.history import Deed, Entry
from itadomain.measures import Obligation
from itadomain.obstacles import Obstacle, Said, Side, answered, gone_for, told
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.superiors import helpers, may_help

OF_OBSTACLES = frozenset({Deed.BLOCKED, Deed.ANSWERED, Deed.SETTLED})


@dataclass(frozen=True)
class Spoken:
    """An obstacle after something was said about it, and who is told."""

    obstacle: Obstacle
    hearing: Sequence[Person] = ()


def tell(store: Store, duty: Obligation, person: Person, words: str, today: date) -> Spoken:
    """Tell what holds one's own unit up: its head hears of it, else the secretariat, else an executive."""
    said = Said(Side.TOLD, person.id, today, words.strip())
    obstacle = told(store.new_id(), duty.measure, duty.unit, said)
    store.obstacles.save(obstacle)
    _write_down(store, obstacle, Deed.BLOCKED, said)
    return Spoken(obstacle, _helpers(store, obstacle.unit, person, today))


def find(store: Store, obstacle_id: str, person: Person, today: date) -> Obstacle:
    """An obstacle that a person may see: one of their unit, or one that they can help with; Refusal else."""
    found = store.obstacles.get(obstacle_id)
    if found is None or not sides(store, found, person, today):
        raise Refusal("obstacle.not_yours")
    return found


def sides(store: Store, obstacle: Obstacle, person: Person, today: date) -> frozenset[Side]:
    """For which sides a person speaks. Whoever told it does not help themselves, unless nobody else can."""
    of_unit = obstacle.unit in person.units(today)
    helping = may_help(person, obstacle.unit, _secretariat(store), today)
    if of_unit and person.id == obstacle.told.by:
        alone = not _helpers(store, obstacle.unit, person, today)
        return frozenset(Side) if alone else frozenset({Side.TOLD})
    if helping:
        return frozenset({Side.HELPS})
    return frozenset({Side.TOLD}) if of_unit else frozenset()


def sees(store: Store, unit: str, person: Person, today: date) -> bool:
    """Whether a person may read what holds a unit up: its own people, and those who can help."""
    return unit in person.units(today) or may_help(person, unit, _secretariat(store), today)


def why_of(store: Store, entry: Entry, person: Person, today: date) -> str:
    """The words of a line of the history that a person may read; those of an obstacle are not everyone's."""
    hidden = entry.deed in OF_OBSTACLES and not sees(store, entry.unit, person, today)
    return "" if hidden else entry.why


def answer(store: Store, obstacle_id: str, person: Person, words: str, today: date) -> Spoken:
    """Say something about an obstacle; the other side hears of it."""
    obstacle = find(store, obstacle_id, person, today)
    side = min(sides(store, obstacle, person, today))
    said = Said(side, person.id, today, words.strip())
    after = answered(obstacle, said)
    store.obstacles.save(after)
    _write_down(store, after, Deed.ANSWERED, said)
    return Spoken(after, _other_side(store, after, side, person, today))


def gone(store: Store, obstacle_id: str, person: Person, today: date) -> Spoken:
    """Say that an obstacle is out of the way; the other side is asked to say so too, once."""
    obstacle = find(store, obstacle_id, person, today)
    own = sides(store, obstacle, person, today)
    after = gone_for(obstacle, own, today)
    store.obstacles.save(after)
    if not after.open:
        _write_down(store, after, Deed.SETTLED, Said(min(own), person.id, today, ""))
    asked = after.open and not own <= obstacle.agreed
    return Spoken(after, _other_side(store, after, min(own), person, today) if asked else ())


def _other_side(store: Store, obstacle: Obstacle, side: Side, person: Person, today: date) -> Sequence[Person]:
    """Those who spoke for the other side and still hold their posts; else who could help."""
    other = Side.TOLD if side is Side.HELPS else Side.HELPS
    found = [store.people.get(one, today) for one in obstacle.speakers(other)]
    present = [one for one in found if one and one.id != person.id and sides(store, obstacle, one, today)]
    return present or (() if other is Side.TOLD else _helpers(store, obstacle.unit, person, today))


def _helpers(store: Store, unit: str, person: Person, today: date) -> Sequence[Person]:
    return helpers(unit, person, store.people.insiders(today), _secretariat(store), today)


def _secretariat(store: Store) -> str:
    return next((unit.id for unit in store.units.all() if unit.secretariat), "")


def _write_down(store: Store, obstacle: Obstacle, deed: Deed, said: Said) -> None:
    store.history.add(Entry(obstacle.measure, deed, said.on, said.by, obstacle.unit, why=said.words))
