"""Who is told unasked while the month's messages are few: everybody with work due once, then what matters most."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from itadomain.fiscal import fiscal_year_of
from itadomain.lateness import told_for
from itadomain.ports import Store
from itadomain.reminding import reserve
from itadomain.reminding.digest import Digest, Item
from itadomain.reminding.reminded import Reminded
from itadomain.reminding.rungs import Rung

#: In the order in which messages are spent on them, where everybody with work due has had one.
URGENT = frozenset({Rung.LATE, Rung.ON_THE_DAY})
SOON = frozenset({Rung.DAY_BEFORE, Rung.WEEK_BEFORE})
NOW, FOREWARNED, IN_A_WEEK, OTHERWISE = range(4)


@dataclass(frozen=True)
class Budget:
    """Messages that reminders may use: `left` until the month ends, None where nothing is held back.

    By the ids of people: `reached` are those who were told of something this month, `coming` those who were not and
    have work due later in it; `last` is the newest day on which each was told of something.
    """

    left: int | None = None
    reached: frozenset[str] = frozenset()
    coming: frozenset[str] = frozenset()
    last: Mapping[str, date] = field(default_factory=dict)


def budget(store: Store, today: date) -> Budget:
    """What may be spent from today on. Citizens' case answers have their reserve, which reminders never touch."""
    left = reserve.for_reminders(store.allowance(today), reserve.percent(store.settings))
    if left is None:
        return Budget()
    last = {one.person: day for one in store.reminders.all() if (day := reached_on(one))}
    reached = frozenset(person for person, day in last.items() if (day.year, day.month) == (today.year, today.month))
    return Budget(left, reached, with_work_later(store, today) - reached, last)


def chosen(digests: Sequence[Digest], budget: Budget) -> Sequence[Digest]:
    """Those that are sent, the first to be sent first; all of them where nothing is held back."""
    if budget.left is None:
        return digests
    first = sorted((one for one in digests if _first(one, budget)), key=lambda one: _order(one, budget))
    others = sorted((one for one in digests if not _first(one, budget)), key=lambda one: _order(one, budget))
    sent = first[: budget.left]
    owed = budget.coming - {one.to.id for one in sent}
    return [*sent, *others[: max(0, budget.left - len(sent) - len(owed))]]


def reached_on(reminded: Reminded) -> date | None:
    """The newest day on which somebody was told of something: unasked, or beside an answer.

    What was told early has the day of its rung; nobody was told after the last day on which it was looked for.
    """
    looked = max((day for day in (reminded.digest_on, reminded.looked_on) if day), default=None)
    days = [min(told.day, looked) if looked else told.day for told in reminded.told.values()]
    return max([*days, *([reminded.digest_on] if reminded.digest_on else [])], default=None)


def with_work_later(store: Store, today: date) -> frozenset[str]:
    """The ids of those whose unit has something due after today, in what remains of the month."""
    end = today.replace(day=monthrange(today.year, today.month)[1])
    duties = store.obligations.coming(end, fiscal_year_of(today) - 1)
    units = {one.unit for one in duties if one.due and one.due > today}
    people = store.people.insiders(today) if units else ()
    return frozenset(one.id for unit in units for one in told_for(unit, people, today) if not one.away)


def _first(digest: Digest, budget: Budget) -> bool:
    """Whether somebody has something due and has heard nothing this month."""
    return bool(digest.items) and digest.to.id not in budget.reached


def _order(digest: Digest, budget: Budget) -> tuple[int, date, str]:
    """The most urgent first, then who has waited longest for a word."""
    urgency = min(map(_urgency, digest.items), default=OTHERWISE)
    return urgency, budget.last.get(digest.to.id, date.min), digest.to.id


def _urgency(item: Item) -> int:
    if item.rung in URGENT:
        return NOW
    if item.next:
        return FOREWARNED
    return IN_A_WEEK if item.rung in SOON else OTHERWISE
