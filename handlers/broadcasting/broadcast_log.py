"""What is written of broadcasts in the audit log: who made, agreed to and stopped which, by ids alone."""

from handlers.kit import Tick, Turn
from itadomain.assessment.windows import Phase
from itadomain.audit_log import Deed, Happened
from itadomain.broadcasts.broadcast import Broadcast

WHAT = "broadcast"


def made(turn: Turn, one: Broadcast, *, alone: bool) -> None:
    """Somebody made one; it says where nobody else looks at what citizens hear."""
    _write(turn, Deed.MADE, one, **({"alone": "yes"} if alone else {}))


def made_by_itself(tick: Tick, one: Broadcast) -> None:
    """One was made by the clock, as it was agreed to before."""
    told = {"what": WHAT, "to": one.audience.reach.value}
    tick.store.audit_log.add(Happened(Deed.MADE, tick.now, "", one.id, told))


def confirmed(turn: Turn, one: Broadcast) -> None:
    """Another agreed to it."""
    _write(turn, Deed.CONFIRMED, one)


def stopped(turn: Turn, one: Broadcast, how: str) -> None:
    """It was declined, cancelled, stopped in the middle, or let go on."""
    _write(turn, Deed.STOPPED, one, how=how)


def by_itself(turn: Turn, phase: Phase) -> None:
    """What goes by itself before which windows was changed."""
    turn.store.audit_log.add(Happened(Deed.SET_UP, turn.at, turn.who.id, "", {"what": WHAT, "phase": phase.value}))


def _write(turn: Turn, deed: Deed, one: Broadcast, **facts: str) -> None:
    told = {"what": WHAT, "to": one.audience.reach.value, **facts}
    turn.store.audit_log.add(Happened(deed, turn.at, turn.who.id, one.id, told))
