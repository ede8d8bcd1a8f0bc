"""Who sets meetings and days off, leads committees and asks for acknowledgement."""

from handlers.kit import Turn
from itadomain.refusals import Refusal
from itadomain.units import keeps_calendar


def keeper_only(turn: Turn) -> None:
    """Refuse everyone but administrators and the secretariat."""
    if not is_keeper(turn):
        raise Refusal("administration.secretariat_only")


def is_keeper(turn: Turn) -> bool:
    """Whether the speaker is an administrator, or one of the secretariat."""
    return keeps_calendar(turn.who, turn.store.units.all(), turn.today)
