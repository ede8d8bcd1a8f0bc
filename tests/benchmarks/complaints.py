"""`python -m tests.benchmarks.complaints`: 50 complaints a second for a minute, and whether any was lost or doubled.

The real service, the simulator as LINE. Nothing fails on a slow machine, however late its answers are; a complaint that
is lost, filed twice, answered twice or given another's number exits 1.

python -m tests.benchmarks.complaints                two rounds on SQLite; refreshes docs/benchmarks-complaints.md
python -m tests.benchmarks.complaints --postgres     the same on PostgreSQL too
python -m tests.benchmarks.complaints --seconds 10 --rounds 1 --keep-page    a quick look
"""

import argparse
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from sqlalchemy import text

from bot.settings import Settings
from bot.storage.store import AgencyStore
from bot.wiring import Core
from tests.benchmarks import complaints_page, machine, sides
from tests.benchmarks.__main__ import workspace
from tests.benchmarks.complaining import EVENTS, OFFICERS, SLUG, Heard, Town, story, town, user
from tests.benchmarks.processes import ROOT, LeftOut, Running, Side, clean_environment, running
from tests.ports import free_port

RATE, SECONDS, ROUNDS = 50, 60, 2
LAMP = "street_light_electric"
MEMORY_LOOK_S = 1


@dataclass(frozen=True)
class Filed:
    """What the database holds at the end: each story's number, all numbers in order, and what still waits or is dead."""

    tickets: Mapping[str, str]
    numbers: Sequence[int]
    left: Mapping[str, int]


@dataclass(frozen=True)
class Round:
    """One minute on one engine."""

    engine: str
    people: int
    seconds: float
    late_s: float
    behind_s: float
    heard: Heard
    figures: Mapping[str, float]
    busy: Mapping[str, float]
    memory: Mapping[str, float]
    disk_ms: float
    loop_ms: float
    faults: Sequence[str]


@dataclass
class Memory:
    """The most that each part of the service had, looked at every second."""

    most: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def watching(self, one: Running) -> Iterator[None]:
        over = threading.Event()
        thread = threading.Thread(target=self._watch, args=(one, over))
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _watch(self, one: Running, over: threading.Event) -> None:
        while not over.wait(MEMORY_LOOK_S):
            for part, mib in one.memory_mib().items():
                self.most[part] = max(mib, self.most.get(part, 0))


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rate", type=float, default=RATE, help="complaints that begin in a second")
    asked.add_argument("--seconds", type=float, default=SECONDS)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--postgres", action="store_true", help="on PostgreSQL too, a server of our own")
    asked.add_argument("--keep-page", action="store_true", help="leave docs/benchmarks-complaints.md as it is")
    options = asked.parse_args()
    described, began = machine.described(), time.monotonic()
    with workspace("bench-complaints-") as folder:
        rounds = list(_rounds(folder, options))
    page = complaints_page.page(described, rounds, options.rate, options.seconds, time.monotonic() - began)
    print(page)
    if not options.keep_page:
        (ROOT / "docs" / "benchmarks-complaints.md").write_text(page, encoding="utf-8")
    return 1 if any(one.faults for one in rounds) else 0


def _rounds(folder: Path, options: argparse.Namespace) -> Iterator[Round]:
    engines = ["SQLite", "PostgreSQL"] if options.postgres else ["SQLite"]
    for number in range(options.rounds):
        for engine in engines:
            try:
                done = measure(folder / f"{engine}-{number}", engine, options.rate, options.seconds)
            except LeftOut as why:
                print(why, flush=True)
                continue
            print(f"round {number + 1}  {engine:10} {complaints_page.in_short(done)}", flush=True)
            yield done


def measure(folder: Path, engine: str, rate: float, seconds: float) -> Round:
    """Start everything, let everybody complain, wait for the last answer, and count."""
    folder.mkdir()
    port, secret, memory = free_port(), secrets.token_hex(16), Memory()
    disk_ms, loop_ms = machine.fdatasync_ms(folder), machine.loop_ms()
    with town(folder, port, secret) as people:
        side = _side(folder, engine, port, secret, people)
        with running(side) as one, memory.watching(one):
            people.begin()
            before, began = one.cpu_s(), time.monotonic()
            own = time.process_time()
            late_s = people.complain(rate, seconds)
            said = time.monotonic() - began
            took = people.settle(int(rate * seconds) + 1) - began
            busy = {part: (used - before.get(part, 0)) / took for part, used in one.cpu_s().items()}
            busy["simulator and people"] = (time.process_time() - own) / took
        heard, filed = people.heard(), _filed(side)
    count = int(rate * seconds)
    figures, faults = _figures(heard), faults_of(heard, filed, count)
    return Round(
        engine, count, took, late_s, max(0, took - said), heard, figures, busy, memory.most, disk_ms, loop_ms, faults
    )


def _side(folder: Path, engine: str, port: int, secret: str, people: Town) -> Side:
    """`itabot serve` as it is set up for an agency with three officers."""
    environment = {
        **clean_environment(),
        "LINE_API_HOST": people.url,
        "LINE_DATA_API_HOST": people.url,
        "PORT": str(port),
        "ITABOT_VAR": str(folder / "var"),
    }
    environment["ITABOT_KEYS"] = sides.itabot(["keys", "new"], environment).strip()
    side = Side(engine, sides.commands(), environment, port, f"/line/{SLUG}/webhook", secret, folder / "log")
    if engine == "PostgreSQL":
        its = sides.server()
        side = sides.on(its, its.new_database(), side)
    add = ["agency", "add", SLUG, "--name", "อบต.", "--channel-secret", secret, "--access-token", people.token]
    sides.itabot(add, side.environment)
    for officer in OFFICERS:
        member = ["member", "add", SLUG, "--line-user-id", officer, "--name", "เจ้าหน้าที่", "--role", "officer"]
        sides.itabot([*member, "--unit", "สำนักปลัด"], side.environment)
    return side


def _filed(side: Side) -> Filed:
    core = Core(Settings.read(side.environment))
    agency = core.channels.by_slug(SLUG)
    with core.database.reading(of=agency.id) as connection:
        cases = AgencyStore(connection, agency, core.ring).cases.of_category(LAMP)
    with core.database.reading(across=True) as connection:
        left = {
            f"{table} {name}": connection.execute(text(f"SELECT COUNT(*) FROM {table} WHERE state = {state}")).scalar()
            for table in ("inbox", "outbox", "task")
            for name, state in (("waiting", 0), ("dead", 3))
        }
    core.database.close()
    numbers = sorted(case.ticket.number for case in cases)
    return Filed({case.story: str(case.ticket) for case in cases}, numbers, {k: v for k, v in left.items() if v})


def faults_of(heard: Heard, filed: Filed, people: int) -> list[str]:
    """What was lost, doubled or mixed up; nothing, if all is well."""
    everyone = [(user(number), story(number)) for number in range(1, people + 1)]
    wrong = Counter[str]()
    wrong["events not acknowledged"] = people * EVENTS - len(heard.acknowledged)
    wrong["people without an answer to each word"] = sum(heard.answered[who] < EVENTS for who, _ in everyone)
    wrong["people answered more than once to a word"] = sum(heard.answered[who] > EVENTS for who, _ in everyone)
    wrong["people without exactly one number"] = sum(len(heard.tickets.get(who, ())) != 1 for who, _ in everyone)
    wrong["people with a number that is not their own case's"] = sum(
        heard.tickets.get(who) != [filed.tickets.get(what)] for who, what in everyone
    )
    wrong["gaps or doubles among the numbers"] = _odd(filed.numbers, people + 1)
    wrong["notices beyond one for each officer"] = max(0, heard.told_officers - len(OFFICERS))
    wrong.update(filed.left)
    return [f"{count} {what}" for what, count in wrong.items() if count]


def _odd(numbers: Sequence[int], count: int) -> int:
    """How many of the numbers 1 to `count` are missing, doubled or beyond."""
    counted = Counter(numbers)
    return sum(abs(counted[number] - 1) for number in range(1, count + 1)) + sum(one > count for one in numbers)


def _figures(heard: Heard) -> Mapping[str, float]:
    kinds = {"webhook": heard.webhooks_ms, "answer": heard.answers_ms, "number": heard.tickets_ms}
    figures = {}
    for name, values in kinds.items():
        cuts = quantiles(values, n=100, method="inclusive") if len(values) > 1 else [0.0] * 99
        figures |= {f"{name} p50": cuts[49], f"{name} p99": cuts[98], f"{name} most": max(values, default=0.0)}
    return figures


if __name__ == "__main__":
    sys.exit(main())
