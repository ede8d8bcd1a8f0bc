"""What must be remembered for the rules to work, in their own words. `bot/storage` fulfils it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from itadomain.allowance import Allowance
from itadomain.measures import Measure
from itadomain.office import Office
from itadomain.people import Person, Role
from itadomain.scores import Result


class Scores(Protocol):
    """The printed results of the agency."""

    def all(self) -> Sequence[Result]:
        """Every year's result, newest year first."""

    def of_year(self, year: int) -> Result | None:
        """The result of one fiscal year."""

    def save(self, result: Result) -> None:
        """Keep a year's result, in place of the one kept before."""


class Measures(Protocol):
    """The agency's measures."""

    def of_newest_plan(self) -> Sequence[Measure]:
        """The measures of the newest plan, in printed order."""

    def get(self, measure_id: str) -> Measure | None:
        """One measure by its id."""


class People(Protocol):
    """Those who talk with the agency."""

    def save(self, person: Person) -> None:
        """Keep what has changed about a person."""

    def with_role(self, role: Role) -> Sequence[Person]:
        """Everyone who holds a role."""


class Store(Protocol):
    """Everything of one agency; whose it is, is settled before a feature gets it."""

    @property
    def office(self) -> Office:
        """The agency's public face."""

    @property
    def scores(self) -> Scores:
        """Its printed results."""

    @property
    def measures(self) -> Measures:
        """Its measures."""

    @property
    def people(self) -> People:
        """Its people."""

    def allowance(self, today: date) -> Allowance | None:
        """Messages left in the month of `today`, None where that is not known yet."""
