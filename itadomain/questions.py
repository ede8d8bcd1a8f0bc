"""What only a person can settle about a document that was brought in.

A question is known by what it is about, so that bringing the same document in again asks nothing again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from itadomain.documents.shape import Place


class About(StrEnum):
    """What a question settles."""

    PRINT = "print"  # something in the document; the answer is kept beside it
    TOTAL = "total"  # which total of a year's result is the official one
    PERIOD = "period"  # when measures are carried out
    FOLLOW_UP = "follow_up"  # how often measures are reported on
    OWNER = "owner"  # who a measure belongs to
    PLAN_YEAR = "plan_year"  # which fiscal year a plan is of
    SCORE_YEAR = "score_year"  # which fiscal year a result is of


@dataclass(frozen=True)
class Question:
    """Something to settle. `key` names its sentence; `choices` are answers to offer, any other words are taken too."""

    id: str
    about: About
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    document: str = ""  # the name of the file
    place: Place = field(default_factory=Place)
    choices: Sequence[str] = ()
    measures: Sequence[str] = ()  # the ids of those it is about
    asked_on: date | None = None
    answer: str = ""
    answered_by: str = ""  # the id of a person
    answered_on: date | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.answered_on is None

    def answered(self, answer: str, by: str, today: date) -> "Question":
        """The same question with its answer."""
        return replace(self, answer=answer, answered_by=by, answered_on=today)
