"""`python -m tests.benchmarks.scale`: whether what is stored, or more workers, change the rates. Takes half an hour.

python -m tests.benchmarks.scale           three rounds; refreshes docs/scale.md and .json
python -m tests.benchmarks.scale --quick   small sizes, one round; prints only
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from bot.storage.sealing import KeyRing
from tests.benchmarks import machine, series, sides
from tests.benchmarks.__main__ import workspace
from tests.benchmarks.figures import Result
from tests.benchmarks.line import StandIn, stand_in
from tests.benchmarks.load import Answers
from tests.benchmarks.processes import ROOT, LeftOut, Side, running
from tests.benchmarks.scale import page
from tests.benchmarks.scale.cells import POSTGRES, QUICK, SQLITE, WHOLE, Cell, Plan, Size
from tests.benchmarks.scale.fill import Postgres, Sqlite, fill

ROUNDS = 3
SERIES = (series.FLOOD, series.TURNS)


@dataclass(frozen=True)
class Filled:
    """A side on a filled database, where its agencies' webhooks are, and how large it is."""

    side: Side
    paths: tuple[str, ...]
    mib: float


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="small sizes, one round; docs/scale.* stay as they are")
    asked.add_argument("--rounds", type=int, default=ROUNDS, help="fewer take less time and tell less of the noise")
    options = asked.parse_args()
    quick = options.quick
    plan, rounds = (QUICK, 1) if quick else (WHOLE, options.rounds)
    with workspace("scale-") as folder:
        result, mib = measure(folder, plan, rounds)
    print(page.tables(result, plan, mib))
    if not quick:
        page.write(result, plan, mib, ROOT / "docs")
    print("\n".join(result.faults))
    return 1 if result.faults else 0


def measure(folder: Path, plan: Plan, rounds: int) -> tuple[Result, Mapping[tuple[str, Size], float]]:
    """Fill every database, then measure each in turn, one service at a time."""
    began = time.monotonic()
    result = Result(machine.described(), rounds)
    with ExitStack() as started:
        line = started.enter_context(stand_in(folder))
        answers = Answers(line.pipe)
        filled = dict(_filled(folder, plan, line, answers, result))
        cells = [cell for cell in plan.cells() if (cell.database, cell.size) in filled]
        for number in range(rounds):
            result.disk_ms.append(machine.fdatasync_ms(folder))
            for cell in cells:
                _measure(number, cell, filled[cell.database, cell.size], answers, line, result)
        result.check_once(answers)
    result.seconds = time.monotonic() - began
    return result, {key: one.mib for key, one in filled.items()}


def _filled(
    folder: Path, plan: Plan, line: StandIn, answers: Answers, result: Result
) -> Iterator[tuple[tuple[str, Size], Filled]]:
    for name in (SQLITE, POSTGRES):
        try:
            for number, size in enumerate(plan.sizes):
                side, database = _empty(name, folder / f"{name}-{number}", line)
                with running(side) as one:
                    series.start_up(one, answers)  # one whole turn, whose rows are the pattern for all others
                ring = KeyRing([side.environment["ITABOT_KEYS"]])
                paths = fill(database, size, ring, side.secret)
                print(f"filled {name}, {size}: {database.mib():.0f} MiB", flush=True)
                yield (name, size), Filled(side, paths, database.mib())
        except LeftOut as why:
            result.left_out.append(str(why))
            print(why, flush=True)


def _empty(name: str, folder: Path, line: StandIn) -> tuple[Side, Sqlite | Postgres]:
    """A side with one agency, and the database that it writes to."""
    folder.mkdir()
    if name == SQLITE:
        side = sides.with_agency(sides.ours(folder, line))
        return side, Sqlite(Path(side.environment["ITABOT_VAR"]) / "itabot.db")
    server = sides.server()
    database = server.new_database()
    side = sides.with_agency(sides.on(server, database, sides.ours(folder, line)))
    return side, Postgres(lambda: server.admin(database))


def _measure(number: int, cell: Cell, filled: Filled, answers: Answers, line: StandIn, result: Result) -> None:
    side = replace(filled.side, commands=sides.commands(cell.workers))
    with running(side) as one:
        series.run(one, series.WARM_UP, answers, line, paths=filled.paths)
        for one_series in SERIES:
            measured = series.run(one, one_series, answers, line, paths=filled.paths)
            result.add(one_series.name, str(cell), measured)
            print(f"round {number + 1}  {one_series.name:6} {cell!s:60} {measured.in_short()}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
