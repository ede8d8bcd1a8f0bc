"""`python -m tests.benchmarks.scale.clock`: one day's tick of a whole country, on PostgreSQL.

python -m tests.benchmarks.scale.clock                  8,000 agencies; refreshes docs/scale-clock.md
python -m tests.benchmarks.scale.clock --agencies 500   fewer; prints only

Each run is a process of its own on a database in which nobody has been reminded, so that its memory is its own.
"""

import argparse
import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.holidays_th import holidays_th
from bot.schedule import Schedule
from bot.settings import Settings
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.wiring import Core
from handlers import FEATURES
from handlers.kit import At, Job
from itadomain.workdays import Calendar
from tests.benchmarks import machine, sides
from tests.benchmarks.__main__ import workspace
from tests.benchmarks.processes import ROOT, clean_environment
from tests.benchmarks.scale import country
from tests.benchmarks.scale.fill import Postgres
from tests.benchmarks.tables import markdown

AGENCIES, ROUNDS, AIM_S = 8_000, 3, 60
BANGKOK = ZoneInfo("Asia/Bangkok")
NOTHING, REMINDERS = "nothing", "reminders"
#: An ordinary working day, a week before most is due, and the day on which most of it is.
DAYS = {
    "an ordinary Thursday": dt.date(2026, 11, 12),
    "a week before a quarter ends": dt.date(2027, 3, 24),
    "the end of a quarter, a half-year and a month": dt.date(2027, 3, 31),
}
PAGE = Path(__file__).with_name("clock.md")
WRITTEN = ("tick", "outbox", "lane", "task")
PROCESSES = (1, 2)


@dataclass(frozen=True)
class Ran:
    """What one tick took: its process and the server."""

    day: str
    job: str
    processes: int
    seconds: float
    agencies: int
    notices: int
    early_mib: float  # its memory when the first tenth was done
    peak_mib: float
    cpu_s: float
    server_cpu_s: float


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--agencies", type=int, default=AGENCIES)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--days", type=int, default=len(DAYS), help="so many of the days; the first is the ordinary one")
    asked.add_argument("--tick", type=dt.date.fromisoformat, help=argparse.SUPPRESS)
    asked.add_argument("--job", default=REMINDERS, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.tick:
        print(json.dumps(tick(options.tick, options.job, options.agencies)))
        return 0
    with workspace("scale-clock-") as folder:
        found = measure(folder, options.agencies, options.rounds, list(DAYS)[: options.days])
    if options.agencies == AGENCIES:
        (ROOT / "docs" / "scale-clock.md").write_text(page(found, options.rounds), encoding="utf-8")
    print(table(found))
    return 0


def measure(folder: Path, agencies: int, rounds: int, days: Sequence[str]) -> Sequence[Ran]:
    """Fill a country, and tick each of the days on it, alone, again and again."""
    server = sides.server()
    database = server.new_database()
    environment = {
        **clean_environment(), "ITABOT_VAR": str(folder), "ITABOT_KEYS": new_key(), "DATABASE_URL": server.url(database),
    }  # fmt: skip
    core, admin = Core(Settings.read(environment)), Postgres(lambda: server.admin(database))
    began = time.monotonic()
    migrate(core.database)
    country.made(core, agencies, admin)
    print(f"filled {agencies:,} agencies in {time.monotonic() - began:.0f} s", flush=True)
    country_side = Country(environment, admin, agencies, server.process.pid)
    nothing = next(iter(DAYS))
    found = [country_side.ticked(NOTHING, nothing, number) for number in PROCESSES]
    for name in days:
        country_side.on_the_eve_of(core, name)
        found += [country_side.ticked(REMINDERS, name, number) for number in PROCESSES for _ in range(rounds)]
    core.database.close()
    return found


@dataclass(frozen=True)
class Country:
    """The filled database, and how a process reaches it."""

    environment: Mapping[str, str]
    admin: Postgres
    agencies: int
    server: int  # its process

    def on_the_eve_of(self, core: Core, name: str) -> None:
        """Let everybody stand as on the evening before a day: what was late or came up before has been told."""
        day, jobs = DAYS[name], _jobs(REMINDERS)
        eve = day - dt.timedelta(days=1)
        assert Calendar(holidays_th(2026, 2027)).is_working(eve)
        country.owing(self.admin, country.stands(core, day))
        self._forget(country.LEFT_BEHIND[1:])
        with self.admin.connect() as connection:
            for job in jobs:
                slot = job.newest(_nine(eve)).isoformat(timespec="minutes")
                connection.execute(
                    f"INSERT INTO tick SELECT id, '{job.name}', '{slot}', 0 FROM agency WHERE id > {country.SEEDS}"
                )
        Schedule(core.ledger, jobs, core.letters, BANGKOK, lambda: None).tick(_nine(eve))
        country.spread(self.admin)
        with self.admin.connect() as connection:
            for table in country.LEFT_BEHIND[1:]:
                connection.execute(f"CREATE TABLE IF NOT EXISTS was_{table} AS SELECT * FROM {table} WHERE false")
                connection.execute(f"TRUNCATE was_{table}")
                connection.execute(f"INSERT INTO was_{table} SELECT * FROM {table}")

    def ticked(self, job: str, name: str, processes: int) -> Ran:
        """One tick by so many processes of its own, where everybody stands as on the eve."""
        self._forget((*WRITTEN, *country.LEFT_BEHIND[1:]))
        with self.admin.connect() as connection:
            for table in country.LEFT_BEHIND[1:] if job != NOTHING else ():
                connection.execute(f"INSERT INTO {table} SELECT * FROM was_{table}")
            connection.execute("CHECKPOINT")
        before = self._server_s()
        command = [sys.executable, "-m", "tests.benchmarks.scale.clock", "--tick", DAYS[name].isoformat(), "--job", job]
        children = [
            subprocess.Popen(
                [*command, "--agencies", str(self.agencies)], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE
            )
            for _ in range(processes)
        ]
        told = [json.loads(child.communicate()[0]) for child in children]
        most, sums = ("seconds", "early_mib", "peak_mib"), ("agencies", "notices", "cpu_s")
        ran = Ran(
            name, job, processes, **{key: max(one[key] for one in told) for key in most},
            **{key: sum(one[key] for one in told) for key in sums}, server_cpu_s=self._server_s() - before,
        )  # fmt: skip
        print(ran, flush=True)
        return ran

    def _forget(self, tables: Sequence[str]) -> None:
        with self.admin.connect() as connection:
            connection.execute(f"TRUNCATE {', '.join(tables)}")

    def _server_s(self) -> float:
        return sum(machine.cpu_s(one) for one in machine.family(self.server))


def tick(day: dt.date, job: str, agencies: int) -> Mapping[str, float]:
    """Tick once, and tell what it took."""
    memory: list[float] = []
    core, jobs = Core(Settings.read()), _jobs(job)
    seen = iter(range(10 * agencies))

    def noticing(run):
        def noticed(one):
            if next(seen) == agencies // 10:
                memory.append(_resident_mib())
            return run(one)

        return noticed

    jobs = [replace(one, run=noticing(one.run)) for one in jobs]
    schedule = Schedule(core.ledger, jobs, core.letters, BANGKOK, lambda: None)
    began, cpu = time.monotonic(), time.process_time()
    ran = schedule.tick(_nine(day))
    seconds, cpu = time.monotonic() - began, time.process_time() - cpu
    core.database.close()
    return {
        "seconds": round(seconds, 2), "agencies": sum(one.agencies for one in ran), "cpu_s": round(cpu, 2),
        "notices": sum(one.notices for one in ran), "early_mib": memory[0] if memory else 0,
        "peak_mib": _resident_mib("VmHWM"),
    }  # fmt: skip


def _nine(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9, 5), BANGKOK)


def _jobs(name: str) -> Sequence[Job]:
    """The jobs of one feature; of none, one that does nothing."""
    if name == NOTHING:
        return [Job("bench.nothing", At(8, 30), lambda _tick: [])]
    return [one for one in FEATURES.jobs if one.name.split(".")[0] == name]


def _resident_mib(field: str = "VmRSS") -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024, 1)


def table(found: Sequence[Ran]) -> str:
    """What was measured, a line a run."""
    return markdown(
        ["day", "job", "processes", "seconds", "agencies", "messages", "MiB early", "MiB at most", "CPU s", "CPU s of the server"],
        [
            [
                one.day, one.job, str(one.processes), f"{one.seconds:.1f}", f"{one.agencies:,}", f"{one.notices:,}", f"{one.early_mib:.0f}",
                f"{one.peak_mib:.0f}", f"{one.cpu_s:.1f}", f"{one.server_cpu_s:.1f}",
            ]
            for one in found
        ],
    )  # fmt: skip


def page(found: Sequence[Ran], rounds: int) -> str:
    """The page."""
    one = machine.described()
    told = (
        f"{one['date']} · {one['cores']} cores, shared with the database · {one['memory_gib']} GiB · "
        f"Python {one['python']} · {rounds} rounds"
    )
    return PAGE.read_text(encoding="utf-8").format(machine=told, table=table(found), aim=AIM_S)


if __name__ == "__main__":
    sys.exit(main())
