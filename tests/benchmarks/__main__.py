"""`python -m tests.benchmarks`: our speed and memory beside a plain Flask app and others, in the same run.

Nothing fails on a slow machine. A run in which an event is lost, refused or answered twice exits 1.

python -m tests.benchmarks            five rounds, eight to ten minutes; refreshes docs/benchmarks.md and .json
python -m tests.benchmarks --rounds 1 --keep-page    a quick look
"""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.benchmarks import bottender, machine, page, series, sides
from tests.benchmarks.figures import Result
from tests.benchmarks.line import StandIn, stand_in
from tests.benchmarks.load import Answers
from tests.benchmarks.processes import ROOT, LeftOut, Running, Side, running
from tests.benchmarks.series import Series
from tests.benchmarks.slow_disk import SlowDisk, slow_disk

STARTS = 3
#: What a side is there for; whoever is not named runs everything.
ONLY: Mapping[str, Sequence[Series]] = {
    sides.NOOP: (series.FLOOD,),
    sides.SLOW: (series.TURNS, series.HALF),
}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--keep-page", action="store_true", help="leave docs/benchmarks.* as they are")
    options = asked.parse_args()
    with workspace("bench-") as folder:
        result = measure(folder, options.rounds)
    print(page.table(result))
    if not options.keep_page:
        page.write(result, ROOT / "docs")
    print("\n".join(result.faults))
    return 1 if result.faults else 0


@contextmanager
def workspace(prefix: str) -> Iterator[Path]:
    """A folder for the run. Beside the code and not in /tmp, which may be memory: what is stored must reach a disk."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that whatever was started is ended
    (ROOT / "var").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=ROOT / "var"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, rounds: int) -> Result:
    """Start everything, run all series in turn, and stop everything."""
    began = time.monotonic()
    result = Result(machine.described(), rounds)
    print(f"{result.machine}", flush=True)
    with ExitStack() as started:
        line = started.enter_context(stand_in(folder))
        result.ceiling = line.ceiling()
        print(f"the stand-in takes {result.ceiling:.0f} replies a second", flush=True)
        answers = Answers(line.pipe)
        list(answers.new())
        answers.counted.clear()
        answers.messages.clear()
        entered = list(_enter(folder, line, result))
        result.sides = [side.name for side in entered]
        _start_up(entered, answers, result)
        everyone = [started.enter_context(running(side)) for side in entered]
        for one in everyone:
            series.run(one, series.WARM_UP, answers, line)
        for number in range(rounds):
            result.disk_ms.append(machine.fdatasync_ms(folder))
            _round(number, everyone, answers, line, result)
        result.memory = {one.side.name: dict(one.memory_mib()) for one in everyone}
        result.check_once(answers)
    result.seconds = time.monotonic() - began
    return result


def _enter(folder: Path, line: StandIn, result: Result) -> Iterator[Side]:
    """Every side that can take part here; why not, for the others."""
    yield sides.with_agency(sides.ours(folder, line))
    yield from _if_possible(result, lambda: sides.ours_on_postgres(folder, line))
    yield from _if_possible(result, lambda: sides.ours_on_a_slow_disk(folder, line, _slow(folder, result)))
    yield sides.plain(folder, line)
    yield sides.plain(folder, line, keep_client=True)
    yield from _if_possible(result, lambda: sides.on_bottender(bottender.install(folder / "npm"), folder, line))
    yield sides.noop(folder)


def _if_possible(result: Result, enter: Callable[[], Side]) -> Iterator[Side]:
    try:
        yield enter()
    except LeftOut as why:
        result.left_out.append(str(why))
        print(why, flush=True)


def _slow(folder: Path, result: Result) -> SlowDisk:
    slow = slow_disk(folder)
    result.slow_fdatasync_ms = slow.fdatasync_ms
    return slow


def _start_up(entered: Sequence[Side], answers: Answers, result: Result) -> None:
    """Start each by itself, while no other runs."""
    for number in range(STARTS):
        for side in entered:
            with running(side) as one:
                measured = series.start_up(one, answers)
            result.add("start", side.name, measured)
            print(f"start {number + 1}  {side.name:18} {measured.in_short()}", flush=True)


def _round(number: int, everyone: Sequence[Running], answers: Answers, line: StandIn, result: Result) -> None:
    for one_series in series.ALL:
        for one in everyone:
            name = one.side.name
            full = result.runs.get((one_series.half_of, name), [])
            if one_series not in ONLY.get(name, series.ALL) or (one_series.half_of and not full[-1].figures):
                continue
            rate = full[-1].figures["turn/s"] / 2 if one_series.half_of else 0
            measured = series.run(one, one_series, answers, line, rate)
            result.add(one_series.name, name, measured)
            print(f"round {number + 1}  {one_series.name:6} {name:18} {measured.in_short()}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
