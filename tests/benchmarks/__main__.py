"""`python -m tests.benchmarks`: our speed and memory beside a plain Flask app, in the same run.

Nothing fails on a slow machine. A run in which an event is lost, refused or answered twice exits 1.

python -m tests.benchmarks            five rounds, about four minutes; refreshes docs/benchmarks.md and .json
python -m tests.benchmarks --rounds 1 --keep-page    a quick look
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import machine, page
from tests.benchmarks.events import webhook
from tests.benchmarks.figures import Measured, Result
from tests.benchmarks.load import Answers, Load
from tests.benchmarks.sides import ROOT, Side, StandIn, ours, plain, stop

CONNECTIONS = 16
WARM_UP = 200
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


SERIES = (
    Series("flood", MENU, most=2500, seconds=2.5, for_answers=False),
    Series("menu", MENU, most=2500, seconds=3),
    Series("card", SCORE, most=2500, seconds=3),
    Series("alone", MENU, most=60, seconds=3, connections=1),
)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--keep-page", action="store_true", help="leave docs/benchmarks.* as they are")
    options = asked.parse_args()
    # Beside the code and not in /tmp, which may be memory: what is stored must reach a disk.
    (ROOT / "var").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
    try:
        result = measure(folder, options.rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(page.table(result))
    if not options.keep_page:
        page.write(result, ROOT / "docs")
    print("\n".join(result.faults))
    return 1 if result.faults else 0


def measure(folder: Path, rounds: int) -> Result:
    """Start everything, run all series in turn, and stop everything."""
    began = time.monotonic()
    result = Result(machine.described(folder), rounds)
    print(f"{result.machine}", flush=True)
    with ExitStack() as started:
        stand_in = StandIn(folder)
        started.callback(stop, stand_in.process)
        result.ceiling = stand_in.ceiling()
        print(f"the stand-in takes {result.ceiling:.0f} replies a second", flush=True)
        sides = []
        for start in (ours, plain, lambda *a: plain(*a, keep_client=True)):
            sides.append(start(folder, stand_in))
            started.callback(stop, sides[-1].process)
        answers = Answers(stand_in.pipe)
        list(answers.new())
        answers.counted.clear()
        answers.messages.clear()
        for side in sides:
            _one(side, Series("warm-up", SCORE, WARM_UP, 20), answers, stand_in)
        for number in range(rounds):
            _round(number, sides, answers, stand_in, result)
        result.memory = {side.name: dict(side.memory_mib()) for side in sides}
        result.check_once(answers)
    result.seconds = time.monotonic() - began
    return result


def _round(number: int, sides: Sequence[Side], answers: Answers, stand_in: StandIn, result: Result) -> None:
    for series in SERIES:
        for side in sides:
            measured = _one(side, series, answers, stand_in)
            result.add(series.name, side.name, measured)
            print(f"round {number + 1}  {series.name:6} {side.name:18} {measured.in_short()}", flush=True)


def _one(side: Side, series: Series, answers: Answers, stand_in: StandIn) -> Measured:
    webhooks = [webhook(side.port, side.path, side.secret, series.text) for _ in range(series.most)]
    before, stand_in_before = side.cpu_s(), machine.cpu_s(stand_in.process.pid)
    own = time.process_time()
    load = Load(side.port, answers)
    run = load.run(webhooks, series.seconds, series.connections, for_answers=series.for_answers)
    cpu = {part: used - before.get(part, 0) for part, used in side.cpu_s().items()}
    cpu["stand-in"] = machine.cpu_s(stand_in.process.pid) - stand_in_before
    cpu["load"] = time.process_time() - own
    return Measured.of(run, cpu)


if __name__ == "__main__":
    sys.exit(main())
