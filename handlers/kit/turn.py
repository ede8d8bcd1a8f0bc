"""What a step is given: who speaks, what they said, today, and the agency's store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from itadomain.people import Person
from itadomain.ports import Store

LONG_AGO, MOST = datetime.min.replace(tzinfo=UTC), 10**12


@dataclass(frozen=True)
class Turn:
    """One thing that one person said or did.

    `text` was typed, `chosen` is the value of a tapped answer, `values` were understood from words or came with a tap
    (read numbers with `number`). Where a question is open, `asked` names its step and `draft` is what was said so far.
    """

    who: Person
    today: date
    store: Store
    text: str = ""
    chosen: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    asked: str = ""
    draft: Mapping[str, Any] = field(default_factory=dict)
    at: datetime = LONG_AGO  # to the minute, where a day is not enough
    message: str = ""  # the id of the message that it came in
    meant: str = ""  # what its words would mean, were no question open
    tell: Callable[[Any, str], str] = lambda said, _language: str(said)  # a text in a language, to be kept as words
    digest: Callable[[str, str], str] = lambda _kind, _of: ""  # of what a paper says now; Refusal where there is none

    def number(self, name: str) -> int | None:
        """The whole number called `name`, None where there is none, or one that nothing here is counted to."""
        try:
            number = int(self.values[name])
        except (KeyError, ValueError, TypeError):
            return None
        return number if abs(number) < MOST else None
