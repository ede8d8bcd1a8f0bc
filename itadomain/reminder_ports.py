"""What must be remembered of reminding, of the assessment's calendar and of broadcasts, in the words of the rules."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from itadomain.assessment.windows import Phase, Window
from itadomain.broadcasts.broadcast import Audience, Broadcast, Reachable, Results
from itadomain.reminding.reminded import Escalation, Reminded


class Reminders(Protocol):
    """What each person was reminded of."""

    def of(self, person_id: str) -> Reminded:
        """Of one person; empty where they never were."""

    def all(self) -> Sequence[Reminded]:
        """Of everybody who ever was."""

    def save(self, *reminded: Reminded) -> None:
        """Keep what has changed about some people; where another did meanwhile, the step runs again."""

    def in_conversation(self, now: datetime) -> frozenset[str]:
        """The ids of those who are amid a question just now."""


class Escalations(Protocol):
    """How far up what is late has come."""

    def all(self) -> Sequence[Escalation]:
        """Of everything that ever came up and is not over."""

    def save(self, *escalations: Escalation) -> None:
        """Keep new ones, or what has changed."""

    def drop(self, *obligations: str) -> None:
        """Forget what is reported by now, by the ids of the obligations."""


class Windows(Protocol):
    """The windows of the assessment that the agency entered itself."""

    def of_year(self, year: int) -> Sequence[Window]:
        """Those of one fiscal year."""

    def save(self, window: Window) -> None:
        """Keep one, in place of the one kept before."""

    def drop(self, year: int, phase: Phase) -> None:
        """Forget one: what the year's framework says counts again."""


class Calendars(Protocol):
    """Which address of each person's calendar counts: the first, until they want another."""

    def number_of(self, person_id: str) -> int:
        """The number of the one that counts, from 1."""

    def save(self, person_id: str, number: int) -> None:
        """Let another count; where another was wanted meanwhile, the step runs again."""


class Broadcasts(Protocol):
    """What was told to many.

    It is sent by the task `send_broadcast` with the fact `id`, put for its time: one that is not scheduled any more by
    then is left alone. Only where it must not be sent any more it is CANCELLED, and `task:send_broadcast` tells its
    maker, with the facts `refused` and `facts`. When all its requests are settled (DONE), or the month's messages are
    used up (STOPPED), its maker hears `task:broadcast_over` with the fact `id`, each time that it comes to an end.
    """

    def get(self, broadcast_id: str) -> Broadcast | None:
        """One by its id."""

    def recent(self, limit: int) -> Sequence[Broadcast]:
        """The newest first."""

    def made_since(self, at: datetime) -> Sequence[Broadcast]:
        """Those made since a time, the newest first: whether somebody sends the same just now."""

    def save(self, broadcast: Broadcast) -> None:
        """Keep a new one, or what has changed; where another did meanwhile, the step runs again."""

    def reachable(self, audience: Audience, today: date) -> Reachable:
        """How many would hear it."""

    def results(self, broadcast_id: str) -> Results:
        """What became of it so far."""

    def stop(self, broadcast_id: str) -> None:
        """Take back all requests that were not made yet: one that is being sent is STOPPED from then on."""

    def again(self, broadcast_id: str, now: datetime) -> None:
        """Let the requests that failed be made again, with the same retry keys while these hold; it is SENDING then.

        One that was stopped before all its requests stood needs the task `send_broadcast` once more.
        """
