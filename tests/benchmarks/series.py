"""The kinds of load, and one run of one kind against one side."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks import machine
from tests.benchmarks.events import webhook
from tests.benchmarks.figures import Measured
from tests.benchmarks.line import StandIn
from tests.benchmarks.load import MOST_CONNECTIONS, Answers, Load, at_once, by_chance
from tests.benchmarks.processes import Running

CONNECTIONS = 16
MENU, SCORE = "เมนู", "คะแนนล่าสุด"


@dataclass(frozen=True)
class Series:
    """One kind of load, bounded in number and time."""

    name: str
    text: str
    most: int
    seconds: float
    connections: int = CONNECTIONS
    for_answers: bool = True
    #: The series whose measured rate of full turns is halved for the pace of this one.
    half_of: str = ""

    def moments(self, rate: float) -> Iterator[float]:
        return by_chance(rate, self.seconds) if self.half_of else at_once(self.seconds)


WARM_UP = Series("warm-up", SCORE, most=200, seconds=3)
FLOOD = Series("flood", MENU, most=2500, seconds=1, for_answers=False)
TURNS = Series("menu", MENU, most=2500, seconds=2)
CARD = Series("card", SCORE, most=2500, seconds=1.5)
ALONE = Series("alone", MENU, most=60, seconds=3, connections=1)
HALF = Series(
    "half", MENU, most=3000, seconds=3, connections=MOST_CONNECTIONS, for_answers=False, half_of="menu"
)  # fmt: skip
ALL = (FLOOD, TURNS, HALF, CARD, ALONE)


def run(
    one: Running, series: Series, answers: Answers, stand_in: StandIn, rate: float = 0, paths: tuple[str, ...] = ()
) -> Measured:
    """One run; `rate` is the pace of a series that has one. With `paths` the webhooks go to each of them in turn."""
    side = one.side
    to = paths or (side.path,)
    webhooks = [webhook(side.port, to[n % len(to)], side.secret, series.text) for n in range(series.most)]
    before, stand_in_before = one.cpu_s(), machine.cpu_s(stand_in.pid)
    own = time.process_time()
    load = Load(side.port, answers, answering=side.answering)
    fates = load.run(webhooks, series.moments(rate), series.connections, for_answers=series.for_answers)
    cpu = {part: used - before.get(part, 0) for part, used in one.cpu_s().items()}
    cpu["stand-in"] = machine.cpu_s(stand_in.pid) - stand_in_before
    cpu["load"] = time.process_time() - own
    return Measured.of(fates, cpu, answering=side.answering)


def start_up(one: Running, answers: Answers) -> Measured:
    """From the start of its processes to its first 200, and to the first answer in the chat."""
    side = one.side
    load = Load(side.port, answers, answering=side.answering)
    said = load.run([webhook(side.port, side.path, side.secret, MENU)], at_once(1), 1, for_answers=True)
    figures = {"first 200": 1000 * one.first_200_s}
    if side.answering:
        figures["first answer"] = max(fate.answered for fate in said.fates.values()) / 1e6 - 1000 * one.began
    return Measured.of(said, {}, answering=side.answering).with_figures(figures)
