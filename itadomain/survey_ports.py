"""What must be remembered of surveys, in the words of the rules: what is asked, who was asked, what was answered.

The three are kept apart; whoever keeps them must not let one be joined to another. `bot/storage` fulfils it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from itadomain.frameworks.shape import Instrument
from itadomain.surveys.questionnaire import Item
from itadomain.surveys.survey import Ballot, Cell, Draft, Mark, Sample, ServicePoint, Standing, Survey


class Surveys(Protocol):
    """What is asked, where, and what ITAS shows of the official one."""

    def all(self) -> Sequence[Survey]:
        """Every survey, the newest first."""

    def get(self, survey_id: str) -> Survey | None:
        """One by its id."""

    def save(self, survey: Survey) -> None:
        """Keep a new one, or what has changed; where another changed it meanwhile, the step runs again."""

    def items(self, year: int) -> Sequence[Item]:
        """What the agency entered or confirmed of a year's questions, its own ones too, in the order of their codes."""

    def save_item(self, year: int, item: Item) -> None:
        """Keep a question in place of the one of the same code."""

    def drop_item(self, year: int, code: str) -> None:
        """Forget one: what is known of the year counts again."""

    def points(self) -> Sequence[ServicePoint]:
        """The service points, closed ones too, by name."""

    def save_point(self, point: ServicePoint) -> None:
        """Keep a new one, or what has changed."""

    def samples(self, year: int, instrument: Instrument) -> Sequence[Sample]:
        """What ITAS showed, in the order of the days."""

    def save_sample(self, sample: Sample) -> None:
        """Keep what was shown on a day, in place of what was entered for it before."""


class Participation(Protocol):
    """Who was asked and who answered, found by a keyed hash; and what was begun and not sent yet."""

    def of(self, survey_id: str, person_id: str) -> Mark | None:
        """How far somebody is; None where they never were asked."""

    def save(self, survey_id: str, person_id: str, mark: Mark) -> None:
        """Keep how far somebody is."""

    def counted(self, survey_id: str) -> Mapping[Standing, int]:
        """How many stand how."""

    def stopped(self, survey_id: str, before: date) -> Mapping[int, int]:
        """Of those who began, did not end, and were not seen since a day: how many saw how many questions."""

    def reminded(self, survey_id: str, today: date) -> int:
        """Mark everybody who was invited, did not begin and was not reminded as reminded today; gives how many."""

    def drop(self, survey_id: str) -> None:
        """Forget who was asked in a survey that is over."""

    def draft(self, person_id: str, survey_id: str) -> Draft | None:
        """What somebody has answered so far and not sent."""

    def save_draft(self, draft: Draft) -> None:
        """Keep it, in place of what was there."""

    def drop_draft(self, person_id: str, survey_id: str) -> None:
        """Forget it."""

    def drop_drafts(self, before: date) -> None:
        """Forget what was begun before a day."""


class Ballots(Protocol):
    """What was answered: first in the sealed box, then in sums that hold nobody."""

    def put(self, ballot: Ballot) -> None:
        """Put one into the box, under an id that says nothing."""

    def waiting(self) -> Mapping[str, int]:
        """How many lie in the box, by the id of their survey."""

    def shuffled(self, survey_id: str, most: int | None = None) -> Sequence[tuple[str, Ballot]]:
        """What lies in the box for a survey, each with its id there, in an order that says nothing.

        Of more than `most`, so many of them by chance.
        """

    def take_out(self, ids: Collection[str]) -> None:
        """Let these leave the box; where one is gone already, the step runs again."""

    def cells(self, survey_id: str) -> Sequence[Cell]:
        """Everything counted of a survey."""

    def people(self, survey_id: str) -> int:
        """How many people are in what is counted of a survey."""

    def save_cells(self, cells: Iterable[Cell]) -> None:
        """Keep what was counted; where another counted meanwhile, the step runs again."""

    def words(self, survey_id: str) -> Sequence[str]:
        """What people wrote and may be shown, in an order that says nothing."""

    def held_words(self, survey_id: str) -> int:
        """How many of their words wait for others."""

    def add_words(self, survey_id: str, said: Sequence[str], *, shown: bool) -> None:
        """Keep own words; with `shown`, those that were held are shown with them."""

    def drop_held_words(self, survey_id: str) -> None:
        """Forget the words that wait for others."""
