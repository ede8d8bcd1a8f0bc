"""What a step is given: who speaks, what they said, today, and the agency's store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from itadomain.people import Person
from itadomain.ports import Store

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Turn:
    """One thing that one person said or did.

    `text` is what was typed, `chosen` the value of a tapped answer, `values` what was understood from the words or
    carried by a tap (numbers may come as text: read them with `number`). Where a question is open, `asked` names the
    step that hears its answer and `draft` is what was said so far: for a step that answers in passing.
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

    def number(self, name: str) -> int | None:
        """The whole number called `name`, None where there is none."""
        try:
            return int(self.values[name])
        except (KeyError, ValueError, TypeError):
            return None
