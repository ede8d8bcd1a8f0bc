"""A disclosure (การแจ้งเบาะแส): what somebody tells of corruption, where it stands, and what was said about it since.

Its words are sealed under a key of its own, which the receivers hold who were not left out, and its receipt code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self

from itadomain.cases.case import Line, Voice, line
from itadomain.integrity.receipts import must_hold_no_code
from itadomain.refusals import Refusal

LONGEST_ANSWER = 1500
LONGEST_NAME = 200
MOST_FILES = 5


class Way(StrEnum):
    """How it came. Of the first two nothing is kept that leads to whoever brought it."""

    WEB = "web"  # the form outside LINE
    CHAT = "chat"  # in LINE, with no name
    NOTICE = "notice"  # in LINE, not named to anybody; a sealed link tells them that something is new
    NAMED = "named"  # in LINE, with a name and a way to reach them, both sealed apart
    LETTER = "letter"  # these three entered by a receiver
    COUNTER = "counter"
    PHONE = "phone"


#: Ways of which nothing is kept that leads to a person.
ANONYMOUS = frozenset({Way.WEB, Way.CHAT})
ENTERED = frozenset({Way.LETTER, Way.COUNTER, Way.PHONE})


class State(StrEnum):
    """Where it stands."""

    NEW = "new"
    ACCEPTED = "accepted"
    INQUIRY = "inquiry"  # the facts are looked into
    WAITING = "waiting"  # for its reporter to say more
    CLOSED = "closed"


OPEN = frozenset(State) - {State.CLOSED}


class Outcome(StrEnum):
    """What came of it, once it is closed."""

    SUBSTANTIATED = "substantiated"  # มีมูล: the agency acts on it by its rules
    UNSUBSTANTIATED = "unsubstantiated"  # ไม่มีมูล
    INSUFFICIENT = "insufficient"  # too little to act on, and nobody could say more
    BEYOND = "beyond"  # another body can: its reporter is told which, and takes it there


class Part(StrEnum):
    """What a disclosure is asked for, in this order; each may be left out."""

    WHO = "who"
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Accused:
    """About whom it is, as asked before anything is sealed: whoever is meant never gets a key.

    `units` are ids; `executives` those at the top; `words` the names as they were written; `people` the
    ids of receivers who turned out to be meant later.
    """

    units: frozenset[str] = frozenset()
    executives: bool = False
    words: str = ""
    people: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Identity:
    """Who brought it, sealed apart: a name, a way to reach them, and the id of a person who is told of news."""

    name: str = ""
    contact: str = ""
    person: str = ""

    @property
    def named(self) -> bool:
        """Whether there is anything that could be revealed to a receiver."""
        return bool(self.name or self.contact)


NOBODY = Identity()


@dataclass(frozen=True)
class Reveal:
    """A receiver asks to see who brought it: why, when, and who agreed."""

    by: str  # the id of a person
    reason: str
    asked_at: str  # ISO, to the minute: one alone waits a day
    agreed_by: str = ""

    @property
    def agreed(self) -> bool:
        """Whether the name may be seen."""
        return bool(self.agreed_by)


@dataclass(frozen=True)
class File:
    """Something that was sent with it: drawn anew, so that nothing of a camera or a maker is in it."""

    id: str
    media_type: str
    size: int
    on: date


@dataclass(frozen=True)
class Standing:
    """What lies open of a disclosure and is counted: days and states, no word, no name."""

    way: Way
    filed_on: date  # the day on which it reached its receivers
    state: State = State.NEW
    outcome: Outcome | None = None
    accepted_on: date | None = None
    answered_on: date | None = None
    over_on: date | None = None
    counted_from: date | None = None  # the day its time runs from, where that is not the day it was filed
    waiting_since: date | None = None
    waited: int = 0  # working days spent on waiting
    due: date | None = None  # of what is due next
    reopened: int = 0

    @property
    def open(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self.state in OPEN


@dataclass(frozen=True)
class Disclosure:
    """One disclosure, opened for somebody who may read it. `readers` are the ids of those who hold a key."""

    id: str
    standing: Standing
    told: Mapping[Part, str]
    accused: Accused = field(default_factory=Accused)
    identity: Identity = NOBODY
    reveal: Reveal | None = None
    talk: Sequence[Line] = ()
    files: Sequence[File] = ()
    readers: frozenset[str] = frozenset()
    delivered: bool = True  # False while it waits in the box for the next round

    @property
    def reporter_last(self) -> bool:
        """Whether its reporter wrote last: then no answer was given yet."""
        said = [one.voice for one in self.talk if one.voice in {Voice.REPORTER, Voice.AGENCY}]
        return said[-1:] == [Voice.REPORTER]

    @property
    def answer_wanted(self) -> bool:
        """Whether its reporter is asked something that they have not answered, not even into the box."""
        return self.standing.state is State.WAITING and not self.reporter_last

    def saying(self, *lines: Line) -> Self:
        """The same with more said."""
        return replace(self, talk=(*self.talk, *lines))

    def standing_at(self, **changes: object) -> Self:
        """The same, standing otherwise."""
        return replace(self, standing=replace(self.standing, **changes))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Draft:
    """What is about to be sealed: told, about whom, by which way, and by whom where they want that kept."""

    way: Way
    told: Mapping[Part, str]
    accused: Accused = field(default_factory=Accused)
    identity: Identity = NOBODY

    def __post_init__(self) -> None:
        """Refusal where nothing is told, more than can be kept, or the code of another."""
        if not any(words.strip() for words in self.told.values()):
            raise Refusal("integrity.say_something")
        if any(len(words) > LONGEST_ANSWER for words in self.told.values()):
            raise Refusal("integrity.too_long", most=LONGEST_ANSWER)
        for words in self.told.values():
            must_hold_no_code(words)
        if max(len(self.identity.name), len(self.identity.contact)) > LONGEST_NAME:
            raise Refusal("integrity.too_long", most=LONGEST_NAME)
        if self.way in ANONYMOUS and self.identity.person:
            raise ValueError("an anonymous disclosure leads to nobody")


@dataclass(frozen=True)
class More:
    """What its reporter adds later by the code: words, a file, or that they do not agree with how it was closed."""

    words: str = ""
    file: File | None = None
    reopens: bool = False

    def __post_init__(self) -> None:
        """Refusal where it is nothing, or too much."""
        if not self.file:
            line(Voice.REPORTER, "", date.min, self.words)
