"""What was reminded, entered and told to many, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from itadomain.assessment.windows import Phase, Window
from itadomain.broadcasts.broadcast import Audience, Broadcast, Reachable, Results
from itadomain.reminding.reminded import Escalation, Reminded


@dataclass
class Reminders:
    """What each person was reminded of; `talking` has the ids of those amid a question."""

    kept: dict[str, Reminded] = field(default_factory=dict)
    talking: set[str] = field(default_factory=set)

    def of(self, person_id: str) -> Reminded:
        return self.kept.get(person_id, Reminded(person_id))

    def all(self) -> Sequence[Reminded]:
        return list(self.kept.values())

    def save(self, *reminded: Reminded) -> None:
        self.kept |= {one.person: one for one in reminded}

    def in_conversation(self, now: datetime) -> frozenset[str]:
        return frozenset(self.talking)


@dataclass
class Escalations:
    """By the id of the obligation."""

    kept: dict[str, Escalation] = field(default_factory=dict)

    def all(self) -> Sequence[Escalation]:
        return list(self.kept.values())

    def save(self, *escalations: Escalation) -> None:
        self.kept |= {one.obligation: one for one in escalations}

    def drop(self, *obligations: str) -> None:
        for one in obligations:
            self.kept.pop(one, None)


@dataclass
class Windows:
    """By year and phase."""

    kept: dict[tuple[int, Phase], Window] = field(default_factory=dict)

    def of_year(self, year: int) -> Sequence[Window]:
        return [self.kept[year, phase] for phase in Phase if (year, phase) in self.kept]

    def save(self, window: Window) -> None:
        self.kept[window.fiscal_year, window.phase] = replace(window, own=True)

    def drop(self, year: int, phase: Phase) -> None:
        self.kept.pop((year, phase), None)


@dataclass
class Calendars:
    """By the id of the person."""

    kept: dict[str, int] = field(default_factory=dict)

    def number_of(self, person_id: str) -> int:
        return self.kept.get(person_id, 1)

    def save(self, person_id: str, number: int) -> None:
        self.kept[person_id] = number


@dataclass
class Broadcasts:
    """In the order in which they were made; `counts` says how many an audience has, `came_to` what became of one."""

    kept: dict[str, Broadcast] = field(default_factory=dict)
    counts: Callable[[Audience], Reachable] = lambda _audience: Reachable(0)
    came_to: dict[str, Results] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)

    def get(self, broadcast_id: str) -> Broadcast | None:
        return self.kept.get(broadcast_id)

    def recent(self, limit: int) -> Sequence[Broadcast]:
        return sorted(self.kept.values(), key=lambda one: one.made_at, reverse=True)[:limit]

    def made_since(self, at: datetime) -> Sequence[Broadcast]:
        return [one for one in self.recent(len(self.kept)) if one.made_at >= at]

    def save(self, broadcast: Broadcast) -> None:
        self.kept[broadcast.id] = broadcast

    def reachable(self, audience: Audience, _today: date) -> Reachable:
        return self.counts(audience)

    def results(self, broadcast_id: str) -> Results:
        return self.came_to.get(broadcast_id, Results())

    def stop(self, broadcast_id: str) -> None:
        self.stopped.append(broadcast_id)

    def again(self, broadcast_id: str, _now: datetime) -> None:
        self.repeated.append(broadcast_id)
