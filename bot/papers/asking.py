"""What every paper is made from: whose it is, of what, who asks and when, and how its words are said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from itadomain.ports import Store

#: Says words, a name or a date in the language of whoever reads it.
Says = Callable[[Any], str]


@dataclass(frozen=True)
class Asking:
    """A paper that is asked for; `of` is a fiscal year, or the id of what it is about."""

    store: Store
    of: str
    by: str  # the name of who asks
    made: datetime
    today: date
    says: Says

    @property
    def year(self) -> int:
        """The fiscal year that it is of (B.E.)."""
        return int(self.of)
