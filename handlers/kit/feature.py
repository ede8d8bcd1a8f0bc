"""How a feature names its triggers and steps. One file = one feature, trigger to reply."""

import dataclasses
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints

from handlers.kit.job import At, Job, Tick
from handlers.kit.reply import Notice, Reply, Step
from handlers.kit.turn import Turn
from itadomain.people import EVERYONE, Person, Role

S = TypeVar("S", bound=Step)
J = TypeVar("J", bound=Callable[[Tick], Sequence[Notice]])
#: Adds something to the answer to what a person did themselves, where nothing is asked after it.
Rider = Callable[[Turn, Reply], Reply]
LEAVING = "intent:cancel"  # among what a step hears: it is asked before its question is left, with this as chosen


@dataclass(frozen=True)
class Entry:
    """A step with what is asked of the person before it runs."""

    name: str  # "score.now"
    run: Step
    roles: frozenset[Role]
    draft: type[Any] | None  # the dataclass that carries what was said so far
    starts: bool = False  # whether a tap may begin with it, or it only hears an answer
    in_groups: bool = False  # whether it may answer in front of others
    aside: bool = False  # whether it answers in passing, and leaves an open question open
    hears: frozenset[str] = frozenset()  # what it takes for an answer beside words and taps: "heard:image"


class Feature:
    """A feature's name, who may use it, and its steps."""

    def __init__(self, name: str, roles: frozenset[Role] = EVERYONE) -> None:
        self.name, self.roles = name, roles
        self.triggers, self.steps = dict[str, Entry](), dict[str, Entry]()
        self.jobs, self.riders = list[Job](), list[Rider]()

    def on(
        self, *triggers: str, roles: frozenset[Role] | None = None, in_groups: bool = False, aside: bool = False
    ) -> Callable[[S], S]:
        """Run this step on `triggers`: "intent:ask_score", "event:follow", "heard:image"."""

        def register(step: S) -> S:
            tapped = not triggers or any(one.startswith("intent:") for one in triggers)  # else a tap would be a lie
            entry = self._add(
                step, self.roles if roles is None else roles, starts=tapped, in_groups=in_groups, aside=aside
            )
            self.triggers.update(dict.fromkeys(triggers, entry))
            return step

        return register

    def every(self, at: At, *also: At) -> Callable[[J], J]:
        """Run this at set times, once for each agency, however many processes watch the clock."""

        def register(run: J) -> J:
            self.jobs.append(Job(f"{self.name}.{run.__name__}", at, run, also))
            return run

        return register

    def riding(self, rider: Rider) -> Rider:
        """Let this add to what those who may use the feature are answered anyway: that is free."""
        self.riders.append(rider)
        return rider

    def step(self, step: S) -> S:
        """Let a question continue here."""
        return self.hearing()(step)

    def hearing(self, *contents: str) -> Callable[[S], S]:
        """Let a question continue here, and take `contents` ("heard:image", "heard:location") for an answer too."""

        def register(step: S) -> S:
            self._add(step, self.roles, hears=frozenset(contents))
            return step

        return register

    def _add(self, step: Step, roles: frozenset[Role], **how: Any) -> Entry:
        name = f"{self.name}.{step.__name__}"
        asked = list(inspect.signature(step).parameters)[1:]
        draft = get_type_hints(step)[asked[0]] if asked else None
        self.steps[name] = Entry(name, step, roles, draft, **how)
        return self.steps[name]


class Features:
    """All features together: find a step by trigger or by name."""

    def __init__(self, *features: Feature) -> None:
        self.features = features
        waiting = [(trigger, entry) for f in features for trigger, entry in f.triggers.items()]
        self._waiting = {trigger: [e for t, e in waiting if t == trigger] for trigger, _ in waiting}
        self.triggers: Mapping[str, Entry] = {trigger: entries[0] for trigger, entries in self._waiting.items()}
        self.steps: Mapping[str, Entry] = {n: e for f in features for n, e in f.steps.items()}
        self.jobs: Sequence[Job] = [job for f in features for job in f.jobs]
        self.riders = [(f.roles, rider) for f in features for rider in f.riders]
        self._names = {entry.run: name for name, entry in self.steps.items()}

    def waiting_for(self, trigger: str, who: Person) -> Entry | None:
        """The step that a trigger starts: the first that this person may run, in the order of the features."""
        entries = self._waiting.get(trigger, ())
        return next((one for one in entries if who.may(one.roles)), entries[0] if entries else None)

    def name_of(self, step: Callable[..., Reply]) -> str:
        """The name under which a place remembers `step`."""
        return self._names[step]


def pack(draft: Any) -> dict[str, Any]:
    """A draft as plain data for storage."""
    return dataclasses.asdict(draft) if draft is not None else {}
