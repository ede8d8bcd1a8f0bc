"""What is written of the look of papers in the audit log: who changed what."""

from handlers.kit import Turn
from itadomain.audit_log import Deed, Happened


def changed(turn: Turn, how: str) -> None:
    """Somebody changed how the agency's papers look."""
    turn.store.audit_log.add(Happened(Deed.SET_UP, turn.at, turn.who.id, "", {"what": "paper", "how": how}))
