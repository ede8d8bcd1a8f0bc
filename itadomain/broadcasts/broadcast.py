"""A broadcast (ประกาศ): what is told to many, to whom, by whom, and where it stands."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Reach(StrEnum):
    """Whom it is for."""

    FRIENDS = "friends"  # everybody who ever wrote to the account
    VILLAGE = "village"  # those who said that they live there
    STAFF = "staff"  # everybody with a post
    UNIT = "unit"
    ROLE = "role"
    COMMITTEE = "committee"
    NOT_REPORTED = "not_reported"  # those who are reminded of what is late
    NOT_ANSWERED = "not_answered"  # those who have not answered a survey; `of` is its id
    STAFF_NOT_ANSWERED = "staff_not_answered"  # the same of a survey that asks everybody with a post


#: Citizens hear these: two people agree before one is sent.
TO_CITIZENS = frozenset({Reach.FRIENDS, Reach.VILLAGE, Reach.NOT_ANSWERED})
#: Those whom a survey has asked in vain.
NOT_ANSWERED = frozenset({Reach.NOT_ANSWERED, Reach.STAFF_NOT_ANSWERED})


@dataclass(frozen=True)
class Audience:
    """Whom it is for; `of` names the village, unit, role, committee or survey."""

    reach: Reach
    of: str = ""

    @property
    def citizens(self) -> bool:
        """Whether people outside the agency hear it."""
        return self.reach in TO_CITIZENS


@dataclass(frozen=True)
class Content:
    """What is said: a text alone is a message of text; with a title, a picture or a button it is a card."""

    text: str
    title: str = ""
    picture: str = ""  # the id of a piece of evidence
    button: str = ""
    link: str = ""  # https or tel, opened by the button


class Stage(StrEnum):
    """Where it stands."""

    PROPOSED = "proposed"  # waits for the second person
    SCHEDULED = "scheduled"  # waits for its time; that may be now
    SENDING = "sending"
    STOPPED = "stopped"  # in the middle, by a person or because the month's messages are used up
    DONE = "done"
    CANCELLED = "cancelled"  # before anything was sent


@dataclass(frozen=True)
class Broadcast:
    """One broadcast. `told` is the number of people that its maker was shown as its cost."""

    id: str
    audience: Audience
    content: Content
    made_by: str  # the id of a person
    made_at: datetime
    stage: Stage
    send_at: datetime
    told: int
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    stopped_by: str = ""
    trial: bool = False  # it goes to the administrators only
    about: str = ""  # what it was proposed for: "window:2570:eit"
    expanded_to: str = ""  # the id of the last person who was put into a batch
    expanded: bool = False  # whether all batches stand


@dataclass(frozen=True)
class Reachable:
    """How many an audience has: those who would hear it; those who left the account; those who want no broadcasts."""

    people: int
    away: int = 0
    muted: int = 0


@dataclass(frozen=True)
class Results:
    """What became of it so far, in people; `failed_requests` in requests of 500 people at most.

    LINE says whether it took a request, never who has blocked the account.
    """

    accepted: int = 0
    refused: int = 0  # LINE found it invalid
    unsent: int = 0  # the month's messages were used up, it was stopped, or LINE was away for too long
    waiting: int = 0
    failed_requests: int = 0
    retry_until: datetime | None = field(default=None)  # so long the same retry keys hold
