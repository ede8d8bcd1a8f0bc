"""Cases in memory, and what they are about."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

from itadomain.audit_log import BEGINNING, Entry, Happened, Verdict
from itadomain.cases.case import Case, Kind, State
from itadomain.cases.categories import Category
from itadomain.cases.counting import Counted
from itadomain.cases.tickets import Ticket
from itadomain.fiscal import BUDDHIST_ERA
from itadomain.knowledge import Topic


@dataclass
class Cases:
    """Cases by their ids."""

    kept: dict[str, Case] = field(default_factory=dict)

    def add(self, case: Case) -> Case:
        year = case.filed_on.year + BUDDHIST_ERA
        last = max(
            (one.ticket.number for one in self.kept.values() if one.ticket and one.ticket.year == year), default=0
        )
        self.kept[case.id] = replace(case, ticket=Ticket(year, last + 1))
        return self.kept[case.id]

    def save(self, case: Case) -> None:
        if case.id not in self.kept:
            raise LookupError("no such case")
        self.kept[case.id] = case

    def get(self, case_id: str) -> Case | None:
        return self.kept.get(case_id)

    def numbered(self, ticket: Ticket) -> Case | None:
        return next((one for one in self.kept.values() if one.ticket == ticket), None)

    def of_reporter(self, person_id: str) -> Sequence[Case]:
        return _newest_first(one for one in self.kept.values() if person_id and one.reporter == person_id)

    def of_category(self, code: str) -> Sequence[Case]:
        return _newest_first(one for one in self.kept.values() if one.category == code and one.open)

    def open(
        self, units: Sequence[str] | None = None, limit: int | None = None, offset: int = 0,
        *, officer: str = "", state: State | None = None, due_before: date | None = None,
    ) -> Sequence[Case]:  # fmt: skip
        theirs = [one for one in self.kept.values() if one.open and (units is None or one.unit in units)]
        theirs = [one for one in theirs if officer in {"", one.officer} and state in {None, one.state}]
        theirs = [one for one in theirs if due_before is None or (one.due and one.due < due_before)]
        in_order = sorted(theirs, key=lambda one: (one.due is None, one.due or one.filed_on, one.ticket, one.id))
        return in_order[offset:][:limit]

    def resolved(self, until: date) -> Sequence[Case]:
        theirs = [one for one in self.kept.values() if one.state is State.RESOLVED]
        return sorted((one for one in theirs if one.over_on and one.over_on <= until), key=_number)

    def counted(self, first: date, last: date) -> Sequence[Counted]:
        return _counted(one for one in self.kept.values() if first <= one.filed_on <= last)

    def over_until(self, kind: Kind, until: date, limit: int, but: Collection[str] = ()) -> Sequence[Case]:
        over = [one for one in self.kept.values() if one.over_on and not one.open and not one.disposed_on]
        left = [one for one in over if one.kind is kind and one.over_on <= until and one.id not in but]
        return sorted(left, key=lambda one: (one.over_on, one.ticket))[:limit]

    def carried_over(self, before: date) -> Sequence[Counted]:
        return _counted(one for one in self.kept.values() if one.open and one.filed_on < before)


@dataclass
class Categories:
    """Categories by their codes."""

    kept: dict[str, Category] = field(default_factory=dict)

    def all(self) -> Sequence[Category]:
        return list(self.kept.values())

    def save(self, category: Category) -> None:
        self.kept[category.code] = category


def _counted(cases) -> Sequence[Counted]:
    names = [one.name for one in fields(Counted)]
    return [Counted(**{name: getattr(one, name) for name in names}) for one in sorted(cases, key=_number)]


def _number(case: Case) -> Ticket:
    return case.ticket or Ticket(0, 0)


def _newest_first(cases) -> Sequence[Case]:
    return sorted(cases, key=_number, reverse=True)


@dataclass
class Knowledge:
    """Topics by their ids."""

    kept: dict[str, Topic] = field(default_factory=dict)

    def all(self) -> Sequence[Topic]:
        return sorted((one for one in self.kept.values() if not one.closed), key=lambda one: (one.title, one.id))

    def get(self, topic_id: str) -> Topic | None:
        return self.kept.get(topic_id)

    def save(self, topic: Topic) -> None:
        self.kept[topic.id] = topic


@dataclass
class AuditLog:
    """Entries in their order."""

    kept: list[Entry] = field(default_factory=list)

    def add(self, happened: Happened) -> None:
        before = self.kept[-1].digest if self.kept else BEGINNING
        self.kept.append(Entry(len(self.kept) + 1, happened, before))

    def since(self, no: int = 0) -> Iterator[Entry]:
        return iter(self.kept[no:])

    def end(self) -> Verdict:
        return Verdict(len(self.kept), self.kept[-1].digest) if self.kept else Verdict()
