"""How a feature names its triggers and steps. One file = one feature, trigger to reply."""

import dataclasses
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints

from handlers.kit.job import At, Job, Tick
from handlers.kit.reply import Notice, Reply, Step
from itadomain.people import EVERYONE, Role

S = TypeVar("S", bound=Step)
J = TypeVar("J", bound=Callable[[Tick], Sequence[Notice]])


@dataclass(frozen=True)
class Entry:
    """A step with what is asked of the person before it runs."""

    name: str  # "score.now"
    run: Step
    roles: frozenset[Role]
    starts: bool  # whether a tap may begin with it, or it only hears an answer
    in_groups: bool  # whether it may answer in front of others
    aside: bool  # whether it answers in passing, and leaves an open question open
    draft: type[Any] | None  # the dataclass that carries what was said so far


class Feature:
    """A feature's name, who may use it, and its steps."""

    def __init__(self, name: str, roles: frozenset[Role] = EVERYONE) -> None:
        self.name = name
        self.roles = roles
        self.triggers: dict[str, Entry] = {}
        self.steps: dict[str, Entry] = {}
        self.jobs: list[Job] = []

    def on(
        self, *triggers: str, roles: frozenset[Role] | None = None, in_groups: bool = False, aside: bool = False
    ) -> Callable[[S], S]:
        """Run this step on `triggers`: "intent:ask_score", "event:follow", "heard:image"."""

        def register(step: S) -> S:
            own = self.roles if roles is None else roles
            tapped = not triggers or any(one.startswith("intent:") for one in triggers)  # else a tap would be a lie
            entry = self._add(step, own, starts=tapped, in_groups=in_groups, aside=aside)
            self.triggers.update(dict.fromkeys(triggers, entry))
            return step

        return register

    def every(self, at: At) -> Callable[[J], J]:
        """Run this at a set time, once for each agency, however many processes watch the clock."""

        def register(run: J) -> J:
            self.jobs.append(Job(f"{self.name}.{run.__name__}", at, run))
            return run

        return register

    def step(self, step: S) -> S:
        """Let a question continue here."""
        self._add(step, self.roles, starts=False, in_groups=False, aside=False)
        return step

    def _add(self, step: Step, roles: frozenset[Role], *, starts: bool, in_groups: bool, aside: bool) -> Entry:
        entry = Entry(f"{self.name}.{step.__name__}", step, roles, starts, in_groups, aside, _draft_of(step))
        self.steps[entry.name] = entry
        return entry


class Features:
    """All features together: find a step by trigger or by name."""

    def __init__(self, *features: Feature) -> None:
        self.features = features
        self.triggers: Mapping[str, Entry] = {t: e for f in features for t, e in f.triggers.items()}
        self.steps: Mapping[str, Entry] = {n: e for f in features for n, e in f.steps.items()}
        self.jobs: Sequence[Job] = [job for f in features for job in f.jobs]
        self._names = {entry.run: name for name, entry in self.steps.items()}

    def name_of(self, step: Callable[..., Reply]) -> str:
        """The name under which a place remembers `step`."""
        return self._names[step]


def pack(draft: Any) -> dict[str, Any]:
    """A draft as plain data for storage."""
    return dataclasses.asdict(draft) if draft is not None else {}


def _draft_of(step: Step) -> type[Any] | None:
    parameters = list(inspect.signature(step).parameters)
    return get_type_hints(step)[parameters[1]] if len(parameters) > 1 else None
