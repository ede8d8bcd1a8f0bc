"""Who has not reported yet: who sees it, who is reminded, and what no measure answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from itadomain.audit import audit
from itadomain.history import Deed, Entry
from itadomain.organisation import Unit
from itadomain.people import Person, Role
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.reminding import reserve
from itadomain.rounds import Round, State, state_of
from itadomain.scores import Result, weakest
from itadomain.superiors import heads_of, members_of

#: Those who see every unit, beside the secretariat.
SEE_ALL = frozenset({Role.EXECUTIVE, Role.ADMIN})
#: The lowest indicators of a result are weak even where they pass.
ALWAYS_WEAK = 3
#: So many measures are noted at a reminder, the most urgent; more would hold up everybody else's writing.
MOST_NOTED = 500


@dataclass(frozen=True)
class Sight:
    """What a person sees: the open units, all of them or their own, and those that they may remind."""

    units: Sequence[Unit]
    whole: bool
    reminds: frozenset[str]  # ids

    def one(self, unit_id: str) -> Unit:
        """The unit of an id; Refusal where it is not theirs to see."""
        found = next((unit for unit in self.units if unit.id == unit_id), None)
        if found is None:
            raise Refusal("late.not_yours")
        return found


@dataclass(frozen=True)
class Reminding:
    """Who is to be reminded, each with how many obligations wait; who was today already; units with nobody to tell."""

    people: Sequence[tuple[Person, int]] = ()
    already: int = 0
    units: Sequence[str] = ()  # ids of those for whose reports somebody is reminded
    empty: Sequence[str] = ()  # ids of those with nobody to tell

    @property
    def cost(self) -> int:
        """How many of the month's messages it takes."""
        return len(self.people)


@dataclass(frozen=True)
class Answered:
    """An indicator of the newest result, the measures that answer it, and how far those are reported on."""

    no: int
    points: Decimal
    weak: bool
    measures: int
    round: Round

    @property
    def left_out(self) -> bool:
        """Whether it is weak and no measure answers it."""
        return self.weak and not self.measures


def sees_all(person: Person, units: Iterable[Unit], today: date) -> bool:
    """Whether somebody looks after the whole agency: an executive, an administrator, one of the secretariat."""
    secretariat = {unit.id for unit in units if unit.secretariat}
    return person.may(SEE_ALL) or bool(secretariat & set(person.units(today)))


def sight(person: Person, units: Sequence[Unit], today: date) -> Sight:
    """What a person sees: the own units, which a head may remind too; all where they look after all. Else Refusal."""
    if sees_all(person, units, today):
        return Sight(units, whole=True, reminds=frozenset(unit.id for unit in units))
    own = [unit for unit in units if unit.id in person.units(today)]
    if not own:
        raise Refusal("late.not_yours")
    return Sight(own, whole=False, reminds=frozenset(person.units(today, Role.HEAD)))


def told_for(unit: str, people: Sequence[Person], today: date) -> Sequence[Person]:
    """Who is reminded of a unit's reports: its staff; its heads where there is none; else whoever has a post there."""
    staff = [one for one in people if one.serves(unit, today, Role.STAFF)]
    return staff or heads_of(unit, people, today) or members_of(unit, people, today)


def reminding(
    late: Mapping[str, int], people: Sequence[Person], reminded: Collection[str], by: Person, today: date
) -> Reminding:
    """Who is reminded of what is `late` in each unit: each once a day, nobody by themselves."""
    hearing = {unit: told_for(unit, people, today) for unit, count in late.items() if count}
    waiting: dict[str, int] = {}
    for unit, those in hearing.items():
        for one in those:
            waiting[one.id] = waiting.get(one.id, 0) + late[unit]
    told = [(one, waiting[one.id]) for one in people if one.id in waiting and one.id not in {by.id, *reminded}]
    now = {one.id for one, _ in told}
    return Reminding(
        people=told,
        already=sum(one in reminded for one in waiting if one != by.id),
        units=[unit for unit, those in hearing.items() if any(one.id in now for one in those)],
        empty=[unit for unit, those in hearing.items() if not those],
    )


def write_down(store: Store, units: Sequence[str], years: Sequence[int], by: Person, today: date) -> None:
    """Note in the history of each measure that its unit was reminded."""
    late = [one for one in store.obligations.of_units(units, years, MOST_NOTED) if state_of(one, today) is State.LATE]
    store.history.add(*(Entry(one.measure, Deed.NUDGED, today, by.id, one.unit) for one in late))


def afford(store: Store, cost: int, today: date) -> None:
    """Refuse what the month's messages do not suffice for; where nobody knows how many are left, it is tried.

    What is kept back for citizens' answers is not spent on people inside.
    """
    left = reserve.for_reminders(store.allowance(today), reserve.percent(store.settings))
    if left is not None and cost > left:
        raise Refusal("late.too_few_messages", cost=cost, left=left)


def deserted(rounds: Mapping[str, Round], people: Sequence[Person], today: date) -> Sequence[str]:
    """The units that answer for something and have nobody."""
    return [unit for unit, one in rounds.items() if one.all > one.sent and not members_of(unit, people, today)]


def answers(
    result: Result, measures: Mapping[tuple[int, ...], int], rounds: Mapping[tuple[int, ...], Round]
) -> Sequence[Answered]:
    """The indicators of a result, the lowest first, with the measures that answer each."""
    seen = audit(result)
    passing = seen.applied.framework.scale.passing
    return [
        Answered(
            no=no,
            points=points,
            weak=points < passing or place < ALWAYS_WEAK,
            measures=sum(count for numbers, count in measures.items() if no in numbers),
            round=sum((one for numbers, one in rounds.items() if no in numbers), Round()),
        )
        for place, (no, points) in enumerate(weakest(seen.indicators, len(seen.indicators)))
    ]
