"""What is written of disclosures in the audit log: which receiver did what to which, by ids alone.

Who brought one is never among it.
"""

from handlers.kit import Turn
from itadomain.audit_log import Deed, Happened


def looked(turn: Turn, disclosure_id: str) -> None:
    """A receiver read one."""
    _write(turn, Deed.LOOKED, disclosure_id)


def listed(turn: Turn, count: int) -> None:
    """A receiver saw a list of so many."""
    _write(turn, Deed.LISTED, part="disclosures", count=str(count))


def moved(turn: Turn, disclosure_id: str, step: str, outcome: str = "") -> None:
    """A receiver took a step with one."""
    _write(turn, Deed.MOVED, disclosure_id, move=step, outcome=outcome)


def answered(turn: Turn, disclosure_id: str) -> None:
    """A receiver answered its reporter."""
    _write(turn, Deed.ANSWERED, disclosure_id)


def noted(turn: Turn, disclosure_id: str) -> None:
    """A receiver wrote something down for the others."""
    _write(turn, Deed.NOTED, disclosure_id)


def shared(turn: Turn, disclosure_id: str, **facts: str) -> None:
    """Who may read one has changed: `given` or `taken` is whose key."""
    _write(turn, Deed.SHARED, disclosure_id, **facts)


def asked_who(turn: Turn, disclosure_id: str, part: str) -> None:
    """A receiver asked to see who brought one, agreed to it, or refused."""
    _write(turn, Deed.ASKED_WHO, disclosure_id, part=part)


def shown_who(turn: Turn, disclosure_id: str) -> None:
    """A receiver saw who brought one."""
    _write(turn, Deed.SHOWN_WHO, disclosure_id)


def set_up(turn: Turn, part: str) -> None:
    """How disclosures are received was changed."""
    _write(turn, Deed.SET_UP, part=part)


def _write(turn: Turn, deed: Deed, about: str = "", **facts: str) -> None:
    told = {name: value for name, value in facts.items() if value}
    turn.store.audit_log.add(Happened(deed, turn.at, turn.who.id, about, told))
