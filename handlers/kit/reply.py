"""What a step answers with. A reply is a value: it sends nothing, and a test reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from itadomain.people import Person


@dataclass(frozen=True)
class Words:
    """A text by its key, with the facts for its blanks. Which language it becomes is settled later."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def words(key: str, /, **facts: Any) -> Words:
    """The text `key` with `facts` in its blanks."""
    return Words(key, facts)


@dataclass(frozen=True)
class Answer:
    """A tap that answers the open question with `value`."""

    label: Any
    value: str


@dataclass(frozen=True)
class Go:
    """A tap that starts the step `to` ("score.now") with `values`."""

    label: Any
    to: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """A tap that opens an address: https or tel, or `evidence:` and an id, which is left out where none can be had."""

    label: Any
    uri: str


@dataclass(frozen=True)
class Day:
    """A tap that opens a calendar; the day that is picked answers the open question, in ISO."""

    label: Any


@dataclass(frozen=True)
class Map:
    """A tap that opens a map; the place that is picked is heard as `heard:location`."""

    label: Any


Tap = Answer | Go | Link | Day | Map


@dataclass(frozen=True)
class Bar:
    """A share of 100 drawn as a bar, with a mark where the passing score is."""

    label: Any
    points: Decimal
    passed: bool


@dataclass(frozen=True)
class Row:
    """A label and what stands beside it."""

    label: Any
    value: Any


@dataclass(frozen=True)
class Card:
    """Something to look at: one number, bars, rows, notes. `summary` says it in one sentence, read aloud."""

    summary: Words
    title: Any
    subtitle: Any = None
    number: Any = None
    tag: Any = None
    warning: Words | None = None
    text: Any = None  # what it is there to say, in letters to be read
    bars: Sequence[Bar] = ()
    rows_title: Words | None = None
    rows: Sequence[Row] = ()
    notes: Sequence[Words] = ()
    doubts: Sequence[Words] = ()  # what does not add up, set apart from the rest
    source: Words | None = None
    picture: str = ""  # an address, as in a Link
    taps: Sequence[Tap] = ()
    guess: bool = False  # what might be, in another colour than what is

    @property
    def key(self) -> str:
        """The key of the sentence that says the card."""
        return self.summary.key


Step = Callable[..., "Reply"]


@dataclass(frozen=True)
class Reply:
    """What the person hears (bubbles, then taps under the last one), what is asked next, and who else is told."""

    bubbles: Sequence[Words | Card] = ()
    taps: Sequence[Tap] = ()
    then: Step | None = None
    draft: Any = None
    language: str | None = None  # answer in this language, where it changed just now
    notices: Sequence["Notice"] = ()
    tasks: Sequence["Task"] = ()
    needed: bool = False  # the person cannot do without it (a ticket number): told again where it may have been lost

    @property
    def key(self) -> str:
        """The key of the first bubble, for tests to read."""
        return self.bubbles[0].key if self.bubbles else ""

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts of the first bubble, for tests to read."""
        first = self.bubbles[0]
        return (first.summary if isinstance(first, Card) else first).facts

    def offering(self, *taps: Tap) -> Self:
        """The same reply with more taps under it."""
        return replace(self, taps=(*self.taps, *taps))

    def adding(self, *bubbles: Words | Card) -> Self:
        """The same reply with more bubbles."""
        return replace(self, bubbles=(*self.bubbles, *bubbles))

    def telling(self, *people: Person, reply: "Reply") -> Self:
        """The same reply, and `reply` for others: each is told unasked, which counts against the month's messages."""
        return replace(self, notices=(*self.notices, *(Notice(one, reply) for one in people)))

    def doing(self, *tasks: "Task") -> Self:
        """The same reply, and something to do that takes longer; what comes of it is heard as `task:<name>`."""
        return replace(self, tasks=(*self.tasks, *tasks))

    def in_language(self, language: str) -> Self:
        """The same reply, told in `language`."""
        return replace(self, language=language)


@dataclass(frozen=True)
class Notice:
    """Something to tell a person unasked. It is a push, which counts against the month's messages."""

    to: Person
    reply: Reply


@dataclass(frozen=True)
class Task:
    """Something that takes longer than a turn ("fetch_evidence"), with all it needs to know, as plain data."""

    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None  # not before then; at once where none is told


def say(key: str, /, **facts: Any) -> Reply:
    """Say one sentence."""
    return Reply((Words(key, facts),))


def show(card: Card) -> Reply:
    """Show a card."""
    return Reply((card,))


def ask(key: str, /, *, then: Step, choices: Sequence[Tap] = (), draft: Any = None, **facts: Any) -> Reply:
    """Ask a question that `then` hears the answer to."""
    return Reply((Words(key, facts),), taps=tuple(choices), then=then, draft=draft)


SILENCE = Reply()  # nothing to say: the event is taken note of
