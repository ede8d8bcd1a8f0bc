"""What is kept back of the month's messages, so that citizens hear of their cases when reminders have used the rest."""

from itadomain.allowance import Allowance
from itadomain.ports import Settings
from itadomain.refusals import Refusal

SETTING = "messages:reserve"
USUAL, MOST = 20, 90
WHOLE = 100


def percent(settings: Settings) -> int:
    """The percentage of the month's messages that the agency keeps back."""
    kept = settings.get(SETTING)
    return int(kept) if kept else USUAL


def choose(settings: Settings, chosen: int) -> None:
    """Keep the agency's choice; Refusal where it leaves next to nothing for reminders, or is no percentage."""
    if not 0 <= chosen <= MOST:
        raise Refusal("allowance.which_percent", most=MOST)
    settings.put(SETTING, str(chosen))


def whole(most: int, kept: int) -> int:
    """`kept` percent of a month's messages, rounded up: so many are for citizens."""
    return -(-most * kept // WHOLE)


def still_kept(allowance: Allowance, kept: int) -> int:
    """What is still to be kept back this month: what citizens were told already is taken from it, not from the rest."""
    return max(0, whole(allowance.most or 0, kept) - allowance.for_cases)


def for_reminders(allowance: Allowance | None, kept: int) -> int | None:
    """Messages that reminders may still use this month; None where there is no limit, or nobody knows it."""
    left = allowance.left if allowance else None
    return None if allowance is None or left is None else max(0, left - still_kept(allowance, kept))
