"""What must be remembered of what citizens ask and bring, in the words of the rules. `bot/storage` fulfils it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from itadomain.audit_log import Happened
from itadomain.cases.case import Case, Kind, State
from itadomain.cases.categories import Category
from itadomain.cases.counting import Counted
from itadomain.cases.tickets import Ticket
from itadomain.disposal import Disposal, Stage
from itadomain.knowledge import Topic


class Cases(Protocol):
    """What was brought to the agency."""

    def add(self, case: Case) -> Case:
        """Keep a new one and give it back with its number: the next one of the year it was filed in."""

    def save(self, case: Case) -> None:
        """Keep what has changed; once a turn."""

    def get(self, case_id: str) -> Case | None:
        """One by its id."""

    def numbered(self, ticket: Ticket) -> Case | None:
        """One by the number that it was given."""

    def of_reporter(self, person_id: str) -> Sequence[Case]:
        """What a person brought, newest first."""

    def of_category(self, code: str) -> Sequence[Case]:
        """The open ones about something, newest first."""

    def open(
        self,
        units: Sequence[str] | None = None,
        limit: int | None = None,
        offset: int = 0,
        *,
        officer: str = "",
        state: State | None = None,
        due_before: date | None = None,
    ) -> Sequence[Case]:
        """The open ones, the most urgent first; where named of some units, an officer, a state, or due before a day."""

    def resolved(self, until: date) -> Sequence[Case]:
        """Those answered up to a day, of which nobody has said whether they are mended."""

    def counted(self, first: date, last: date) -> Sequence[Counted]:
        """What is counted of those filed from one day to another."""

    def over_until(self, kind: Kind, until: date, limit: int, but: Collection[str] = ()) -> Sequence[Case]:
        """Those of a kind that were over by a day and have their words still, but some; the oldest first."""

    def carried_over(self, before: date) -> Sequence[Counted]:
        """What is counted of those filed before a day that are open still."""


class Categories(Protocol):
    """What the agency changed of the usual categories, and added to them."""

    def all(self) -> Sequence[Category]:
        """All of them, those added in the order in which they were."""

    def save(self, category: Category) -> None:
        """Keep a new one, or what has changed."""


class Knowledge(Protocol):
    """What the agency answers to what citizens ask."""

    def all(self) -> Sequence[Topic]:
        """Those that are told, by title."""

    def get(self, topic_id: str) -> Topic | None:
        """One by its id, closed ones too."""

    def save(self, topic: Topic) -> None:
        """Keep a new one, or what has changed."""


class AuditLog(Protocol):
    """Who looked at or changed what."""

    def add(self, happened: Happened) -> None:
        """Write down what somebody did, in the commit that does it."""


class Disposals(Protocol):
    """The register of what was destroyed after its time, and what is on its way there."""

    def of(self, about: str) -> Disposal | None:
        """What is known of a record's destruction."""

    def at_stage(
        self, stage: Stage, kinds: Sequence[str], limit: int | None = None, offset: int = 0
    ) -> Sequence[Disposal]:
        """Those of some kinds at a stage: the register newest first, else what was over first stands first."""

    def save(self, disposal: Disposal) -> None:
        """Keep a new one, or what has changed; a line of the register stays as it is."""

    def drop(self, about: str) -> None:
        """Forget one that is on its way; never a line of the register."""
