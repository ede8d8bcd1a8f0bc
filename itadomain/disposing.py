"""Destroying records after their time: one proposes, another approves, and a register of it stays for good.

Nothing is destroyed unless the agency said for how many years it keeps its records. Who is alone waits for a day.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from itadomain.disposal import Disposal, Gone, Stage
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.second_person import ALONE
from itadomain.workdays import Calendar

#: So many are proposed, and approved, at once.
MOST = 50
MOST_YEARS, LONGEST_REASON = 99, 200
#: Who may do it, for the record of an id.
Who = Callable[[str], Sequence[Person]]


@dataclass(frozen=True)
class Side:
    """What is kept and destroyed by one set of people: cases, or disclosures."""

    name: str
    kinds: Sequence[str]
    over: Callable[[Store, str, date, Collection[str]], Sequence[Disposal]]  # of a kind, up to a day, but some
    proposers: Callable[[Store, date], Who]
    approvers: Callable[[Store, date], Who]
    destroy: Callable[[Store, Disposal, Person, date], Gone]


@dataclass(frozen=True)
class Destroyed:
    """What was destroyed, and the contents of files that may be deleted now."""

    done: Sequence[Disposal] = ()
    copies: Sequence[str] = ()


def years(store: Store, kind: str) -> int:
    """For how many years a kind of record is kept after it is over; 0 where the agency did not say."""
    said = store.settings.get(_years_of(kind))
    return int(said) if said.isdecimal() else 0


def keep_for(store: Store, side: Side, kind: str, count: int) -> None:
    """Say for how many years a kind of record is kept; 0 for ever. Refusal where it is no kind, or no such number."""
    if kind not in side.kinds:
        raise Refusal("retention.which_kind")
    if not 0 <= count <= MOST_YEARS:
        raise Refusal("retention.how_many", most=MOST_YEARS)
    store.settings.put(_years_of(kind), str(count))


def due(store: Store, side: Side, person: Person, today: date) -> Sequence[Disposal]:
    """What a person may propose by today, what was over first stands first."""
    may = side.proposers(store, today)
    return [one for one in _due(store, side, today) if _is_among(person, may(one.about))][:MOST]


def to_remind(store: Store, side: Side, today: date) -> Sequence[Person]:
    """Who is told that something is due, or was proposed: on the first working day of a month that the clock runs."""
    month = f"{today:%Y-%m}"
    calendar = Calendar(store.holidays.between(today, today + timedelta(days=1)))
    if not calendar.is_working(today) or store.settings.get(_told(side)) == month:
        return []
    store.settings.put(_told(side), month)
    may = side.proposers(store, today)
    people = {one.id: one for record in _due(store, side, today.replace(day=1)) for one in may(record.about)}
    people |= {one.id: one for one in _still_to_approve(store, side, today)}
    return [people[name] for name in sorted(people)]


def propose(store: Store, side: Side, ids: Collection[str], person: Person, now: datetime) -> Sequence[Disposal]:
    """Propose to destroy those of some records that are due; Refusal where none is any more."""
    found = [one for one in due(store, side, person, now.date()) if one.about in ids]
    if not found:
        raise Refusal("retention.nothing")
    made = [replace(one, stage=Stage.PROPOSED, by=person.id, at=now) for one in found]
    for one in made:
        store.disposals.save(one)
    return made


def waiting(store: Store, side: Side, person: Person, today: date) -> Sequence[Disposal]:
    """What was proposed and waits for the word of a person."""
    may = side.approvers(store, today)
    proposed = store.disposals.at_stage(Stage.PROPOSED, side.kinds)
    return [one for one in proposed if _is_among(person, may(one.about))][:MOST]


def to_approve(store: Store, side: Side, some: Sequence[Disposal], today: date) -> Sequence[Person]:
    """Who is told that something was proposed: whoever may approve it but those who proposed it."""
    may = side.approvers(store, today)
    people = {person.id: person for one in some for person in may(one.about) if person.id != one.by}
    return [people[name] for name in sorted(people)]


def approve(store: Store, side: Side, ids: Collection[str], person: Person, now: datetime) -> Destroyed:
    """Destroy those of some records that were proposed by another; one's own a day later, where nobody else may."""
    may = side.approvers(store, now.date())
    found = [one for one in waiting(store, side, person, now.date()) if one.about in ids]
    if not found:
        raise Refusal("retention.nothing")
    able = [one for one in found if not _hindered(one, person, may(one.about), now)]
    if not able:
        raise _hindered(found[0], person, may(found[0].about), now) or Refusal("retention.nothing")
    done: list[Disposal] = []
    copies: list[str] = []
    for one in able:
        gone = side.destroy(store, one, person, now.date())
        done.append(one.approved(person.id, now, gone))
        copies += gone.copies
        store.disposals.save(done[-1])
    return Destroyed(done, copies)


def hold(store: Store, side: Side, about: str, reason: str, person: Person, now: datetime) -> Disposal:
    """Keep one on, with a reason: taken out of what is due, or of what was proposed."""
    why = " ".join(reason.split())
    if not why:
        raise Refusal("retention.why_first")
    if len(why) > LONGEST_REASON:
        raise Refusal("case.too_long", most=LONGEST_REASON)
    known = [*due(store, side, person, now.date()), *waiting(store, side, person, now.date())]
    found = next((one for one in known if one.about == about), None)
    if found is None:
        raise Refusal("retention.nothing")
    kept = replace(found, stage=Stage.HELD, by=person.id, at=now, reason=why)
    store.disposals.save(kept)
    return kept


def held(store: Store, side: Side, person: Person, today: date) -> Sequence[Disposal]:
    """What is kept on, as far as a person may propose it."""
    may = side.proposers(store, today)
    return [one for one in store.disposals.at_stage(Stage.HELD, side.kinds) if _is_among(person, may(one.about))]


def release(store: Store, side: Side, about: str, person: Person, today: date) -> Disposal:
    """Let one that is kept on be due again."""
    found = next((one for one in held(store, side, person, today) if one.about == about), None)
    if found is None:
        raise Refusal("retention.nothing")
    store.disposals.drop(about)
    return found


def alone(disposal: Disposal) -> bool:
    """Whether nobody else looked at it."""
    return disposal.by == disposal.approved_by


def last_day(today: date, count: int) -> date:
    """What was over on this day or before it is due, where records are kept for so many years."""
    try:
        then = today.replace(year=today.year - count)
    except ValueError:
        then = date(today.year - count, 2, 28)  # there is no 29th in that year
    return then - timedelta(days=1)


def _due(store: Store, side: Side, today: date) -> Sequence[Disposal]:
    taken = {one.about for stage in (Stage.PROPOSED, Stage.HELD) for one in store.disposals.at_stage(stage, side.kinds)}
    kept = {kind: years(store, kind) for kind in side.kinds}
    found = [
        one for kind, count in kept.items() if count for one in side.over(store, kind, last_day(today, count), taken)
    ]
    return sorted(found, key=lambda one: (one.over_on, one.number, one.about))


def _still_to_approve(store: Store, side: Side, today: date) -> Sequence[Person]:
    """Whoever may approve what was proposed and is not decided on; whoever proposed it, where nobody else may."""
    may = side.approvers(store, today)
    proposed = store.disposals.at_stage(Stage.PROPOSED, side.kinds)
    others = {one.about: [person for person in may(one.about) if person.id != one.by] for one in proposed}
    return [person for one in proposed for person in others[one.about] or may(one.about)]


def _hindered(one: Disposal, person: Person, approvers: Sequence[Person], now: datetime) -> Refusal | None:
    """Why a person may not approve it now."""
    if one.by != person.id:
        return None
    if any(other.id != person.id for other in approvers):
        return Refusal("retention.by_another")
    return Refusal("retention.in_a_day", at=one.at + ALONE) if now < one.at + ALONE else None


def _is_among(person: Person, people: Sequence[Person]) -> bool:
    return any(one.id == person.id for one in people)


def _years_of(kind: str) -> str:
    return f"keep_years:{kind}"


def _told(side: Side) -> str:
    return f"disposal_told:{side.name}"
