"""Where a process of the service dies or stands still. Wrapped around the real classes; the product knows nothing of it.

A process draws the point and the passing at which it is stopped, notes the point in the diary, and sends itself the
signal. What is to happen comes in the environment, as a `Plan`.
"""

import json
import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

#: Every place where a stop could tear apart what belongs together, by what has happened last.
WEB_POINTS = ("ingest",)  # the webhook is committed, its 200 is not on its way
WORKER_POINTS = (
    "claim",  # an event is taken hold of
    "step",  # the step has begun
    "commit",  # effect and answer are committed, nobody has the answer in hand
    "send",  # the answer is taken hold of, LINE is not called yet
    "sent",  # LINE has answered, the answer is not settled
)
#: The same of a task, which is what a turn asks for and what takes longer.
TASK_POINTS = (
    "task claim",  # a task is taken hold of
    "task work",  # what it does outside is done
    "task kept",  # its end and what the lane hears are committed
)
#: The same of a broadcast.
CAST_POINTS = (
    "begun",  # it is being sent, nobody is in a request
    "expand",  # some people more are in requests, which is committed
    "cast claim",  # a request is taken hold of
    "cast",  # LINE is not called yet
    "casted",  # LINE has answered, the request is not settled
    "cast kept",  # the request is settled, and the next one taken hold of
)
#: What is noted of a worker that ended in another way than by a kill: a fault.
ENDED_BY_ITSELF = "ended by itself"
PLAN = "RELIABILITY_PLAN"
#: A point is passed this often at most before the end comes, so that other people's work is always under way.
MOST_PASSINGS = 8


@dataclass(frozen=True)
class Plan:
    """What is to happen to the processes: at these points, `each` times, signal `how`; `diary` is where it is noted."""

    diary: str
    seed: int
    points: Sequence[str] = ()
    each: int = 0
    how: int = signal.SIGKILL

    def environment(self) -> Mapping[str, str]:
        return {PLAN: json.dumps(asdict(self))}

    @classmethod
    def read(cls) -> Self:
        """The plan that this process was started with."""
        return cls(**json.loads(os.environ[PLAN]))


class Diary:
    """A file with a line for every stop. A line is one write, so that many processes do not mix theirs."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, word: str) -> None:
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(file, f"{word}\n".encode())
        os.close(file)

    def read(self) -> Counter[str]:
        return Counter(self._path.read_text().splitlines() if self._path.exists() else [])


class Fate:
    """At which passing of which point this process is stopped; nowhere before it is drawn, or when all has been."""

    def __init__(self, points: Sequence[str]) -> None:
        self._plan = Plan.read()
        self._points = [point for point in points if point in self._plan.points]
        self._diary = Diary(Path(self._plan.diary))
        self._lock = threading.Lock()
        self._point, self._left = "", 0

    def draw(self) -> None:
        """Choose among the points where not enough were stopped."""
        noted = self._diary.read()
        chance = random.Random(f"{self._plan.seed} {noted.total()} {os.getpid()}")
        left = [point for point in self._points if noted[point] < self._plan.each]
        self._point = chance.choice(left) if left else ""
        self._left = chance.randint(1, MOST_PASSINGS)

    def passing(self, point: str) -> None:
        if point != self._point:
            return
        with self._lock:
            self._left -= 1
            if self._left == 0:
                self._diary.note(point)
                os.kill(os.getpid(), self._plan.how)
                self.draw()  # whoever only stood still goes on


def around(owner: type, method: str, fate: Fate, *, before: str = "nowhere", after: str = "nowhere") -> None:
    """Let `owner.method` pass the points `before` and `after` it."""
    real = getattr(owner, method)

    def passing(*given: Any, **named: Any) -> Any:
        fate.passing(before)
        result = real(*given, **named)
        fate.passing(after)
        return result

    setattr(owner, method, passing)
