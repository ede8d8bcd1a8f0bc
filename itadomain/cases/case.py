"""A case (เรื่อง): what somebody brought to the agency, where it stands, and all that was said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self

from itadomain.cases.tickets import Ticket
from itadomain.integrity.receipts import must_hold_no_code
from itadomain.refusals import Refusal

LONGEST_STORY = 4000
LONGEST_LINE = 1000
LONGEST_DETAIL = 200


class Kind(StrEnum):
    """What somebody brings."""

    PROBLEM = "problem"  # ร้องเรียน/ร้องทุกข์/แจ้งปัญหา
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    QUESTION = "question"  # to an officer, where no answer is ready
    REQUEST = "request"  # คำร้อง, by a form: the agency's e-service


#: These are answered, where a problem is mended; they are of no category unless an officer or the agency says so.
SETTLED_BY_WORDS = frozenset({Kind.QUESTION, Kind.REQUEST})


class Channel(StrEnum):
    """How it came; officers enter what did not come by chat."""

    CHAT = "chat"
    COUNTER = "counter"
    PHONE = "phone"
    BOX = "box"
    LETTER = "letter"
    OTHER = "other"


class State(StrEnum):
    """Where a case stands."""

    NEW = "new"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"  # to a unit, which has not begun
    WORKING = "working"
    WAITING = "waiting"  # for its reporter to say more
    DEFERRED = "deferred"  # put into a plan or waiting for money, to be looked at again on a day
    RESOLVED = "resolved"  # answered; its reporter is asked whether it is mended
    CLOSED = "closed"
    REFUSED = "refused"  # with a reason; where another body can help, with its name
    CANCELLED = "cancelled"  # by its reporter


#: Nobody works on these any more.
OVER = frozenset({State.RESOLVED, State.CLOSED, State.REFUSED, State.CANCELLED})
OPEN = frozenset(State) - OVER


class Voice(StrEnum):
    """Who speaks in a case."""

    REPORTER = "reporter"
    AGENCY = "agency"
    NOTE = "note"  # among officers; its reporter never sees it
    MOVE = "move"  # what happened, told by `case.move_<words>`


#: Told like a move: its reporter took back something that they had sent with it.
TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Line:
    """One thing that was said or done in a case, by a person on a day."""

    voice: Voice
    by: str  # the id of a person, empty for the clock
    on: date
    words: str


@dataclass(frozen=True)
class Spot:
    """Where it is: a village (หมู่), a landmark, and a point where one was sent."""

    village: str = ""
    landmark: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.village or self.landmark or self.latitude is not None)


@dataclass(frozen=True)
class Case:
    """One case. `reporter` is empty where it did not come by chat; `waited` counts working days spent on waiting."""

    id: str
    kind: Kind
    story: str
    filed_on: date
    category: str = ""  # an id
    channel: Channel = Channel.CHAT
    reporter: str = ""  # the id of a person
    entered_by: str = ""  # the id of the officer who entered it
    ticket: Ticket | None = None  # given when it is kept
    spot: Spot = field(default_factory=Spot)
    contact: str = ""
    on_behalf_of: str = ""
    state: State = State.NEW
    unit: str = ""  # the id of the unit that works on it
    officer: str = ""  # the id of the person who does
    accepted_on: date | None = None
    answered_on: date | None = None  # the first answer to its reporter
    over_on: date | None = None
    counted_from: date | None = None  # the day its time runs from, where that is not the day it was filed
    waiting_since: date | None = None
    waited: int = 0
    review_on: date | None = None
    due: date | None = None  # of what is due next; counted again every night, since days off may be added
    reopened: int = 0
    mended: bool | None = None  # what its reporter says
    rating: int | None = None  # 1 to 5, its reporter's
    talk: Sequence[Line] = ()
    warned: frozenset[str] = frozenset()  # the rungs that were told of its days, named by `ladder`
    bubbles: Mapping[str, str] = field(default_factory=dict)  # what its reporter wrote, by the message it came in
    disposed_on: date | None = None  # the day its words were destroyed after their time
    hidden: Sequence[str] = ()  # what its reporter took back: kept, and in no story or talk any more

    @property
    def open(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self.state in OPEN

    @property
    def asks_for_work(self) -> bool:
        """Whether it is to be answered by a day; praise is only passed on."""
        return self.kind is not Kind.PRAISE

    def saying(self, *lines: Line) -> Self:
        """The same case with more said."""
        return replace(self, talk=(*self.talk, *lines))


def must_have_its_words(case: Case | None) -> None:
    """Refusal, which says so, where a case was destroyed after its time: nothing is left that could be shown."""
    if case and case.disposed_on:
        raise Refusal("case.disposed", ticket=str(case.ticket), day=case.disposed_on)


def line(voice: Voice, by: str, on: date, words: str) -> Line:
    """Something said; Refusal where it is nothing, or too much."""
    said = words.strip()
    if not said:
        raise Refusal("case.say_something")
    if len(said) > LONGEST_LINE:
        raise Refusal("case.too_long", most=LONGEST_LINE)
    if voice is Voice.REPORTER:
        must_hold_no_code(said)
    return Line(voice, by, on, said)


def story(parts: Sequence[str]) -> str:
    """What was told, bubble by bubble, as one; Refusal where it is nothing, or too much."""
    told = "\n".join(said for part in parts if (said := part.strip()))
    if len(told) > LONGEST_STORY:
        raise Refusal("case.too_long", most=LONGEST_STORY)
    must_hold_no_code(told)
    return told
