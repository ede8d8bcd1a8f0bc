"""`python -m tests.benchmarks.scale.broadcast`: a broadcast to a million people, on PostgreSQL, through kill -9.

python -m tests.benchmarks.scale.broadcast                  a million people; refreshes docs/scale-broadcast.md
python -m tests.benchmarks.scale.broadcast --people 50000   fewer; prints only

The desk is LINE; two workers send. After a while without any trouble they are killed, one after the other, until all is
sent. Meanwhile another agency tells one person something ten times a second: what a broadcast costs the others.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Self, TypeVar

from bot import enrol
from bot.broadcasting import Broadcasting
from bot.settings import Settings
from bot.simulator.config import Agency, Config
from bot.simulator.server import DeskServer
from bot.storage.casting import PEOPLE_A_REQUEST
from bot.storage.queue import Outgoing
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.storage.tasks import Errand
from bot.wiring import Core, milliseconds
from itadomain.broadcasts.broadcast import Audience, Broadcast, Content, Reach, Results, Stage
from tests.benchmarks import machine, sides
from tests.benchmarks.__main__ import workspace
from tests.benchmarks.processes import ROOT, clean_environment, stop
from tests.benchmarks.scale.fill import Postgres
from tests.benchmarks.tables import markdown

T = TypeVar("T")
PEOPLE, AIM_S = 1_000_000, 30
SLUG, OTHER = "bench", "other"
FRIEND = "U" + "f" * 32
WORKERS, STARTS_S = 2, 4
CALM_S = 15
MOST_BETWEEN_KILLS = 200
PROBES_A_SECOND, IDLE_PROBES, WARM_UP = 10, 100, 5
LONGEST_WAIT_S = 60
LONGEST_S = 1800
PAGE = Path(__file__).with_name("broadcast.md")


@dataclass
class Told:
    """What was measured."""

    people: int
    machine: Mapping[str, object]
    filled_s: float = 0
    counted_s: float = 0
    queued_s: float = 0
    sent_s: float = 0
    calm_requests_a_second: float = 0
    kills: int = 0
    requests: int = 0
    made_again: int = 0  # calls that LINE answered with 409: delivered before
    peak_mib: float = 0
    waits_ms: Mapping[str, Sequence[float]] = field(default_factory=dict)


class Everyone(dict):
    """People of an account that knows everybody, without a row for each."""

    def __contains__(self, _who: object) -> bool:
        return True


class NoChat:
    """What is shown to a million people is not kept here; the record has it."""

    def add(self, *_said: object, **_facts: object) -> None:
        pass


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=PEOPLE)
    people = asked.parse_args().people
    with workspace("broadcast-") as folder:
        told = measure(folder, people)
    page = written(told)
    print(page)
    if people == PEOPLE:
        (ROOT / "docs/scale-broadcast.md").write_text(page, encoding="utf-8")
    return 0 if told.queued_s < AIM_S else 1


def measure(folder: Path, people: int) -> Told:
    """Fill, count, queue, send; an AssertionError where anybody was missed or heard it twice."""
    told = Told(people, machine.described())
    server = sides.server()
    database = server.new_database()
    desk = DeskServer(Config(folder / "record.jsonl", (_account(SLUG), _account(OTHER)), redelivery=())).start()
    environment = {
        **clean_environment(), "ITABOT_VAR": str(folder), "ITABOT_KEYS": new_key(), "LINE_API_HOST": desk.url,
        "DATABASE_URL": server.url(database),
    }  # fmt: skip
    core = Core(Settings.read(environment))
    try:
        migrate(core.database)
        for slug in (SLUG, OTHER):
            enrol.add_agency(core, enrol.NewAgency(slug, slug, "secret", access_token=slug))
        _knows_everybody(desk)
        told.filled_s, _ = timed(lambda: fill(core, Postgres(lambda: server.admin(database)), people))
        run(core, desk, environment, folder, told)
        check(core, desk, told)
    finally:
        core.database.close()
        desk.close()
    return told


def run(core: Core, desk: DeskServer, environment: Mapping[str, str], folder: Path, told: Told) -> None:
    """Queue it, then send it, first calmly, then through kills."""
    one = _make(core, told)
    acts = Broadcasting(core.ledger, core.now, lambda: None)
    errand = Errand(1, _agency(core, SLUG), "lane", "key", "send_broadcast", 1, 0, facts={"id": one})
    waits: dict[str, list[float]] = {}
    with Workers(environment, folder / "log") as workers:
        probe(core, desk, lambda n: n < WARM_UP)
        waits["nothing else to do"] = probe(core, desk, lambda n: n < IDLE_PROBES)
        workers.kill_all()
        told.queued_s, _ = timed(lambda: acts.send(errand))
        began = time.monotonic()
        workers.start()
        probe(core, desk, lambda n: n < WARM_UP)  # it takes a while to start
        calm, before = time.monotonic(), _settled(core)
        waits["a broadcast is sent"] = probe(core, desk, lambda _: time.monotonic() < calm + CALM_S)
        told.calm_requests_a_second = (_settled(core) - before) / (time.monotonic() - calm)
        told.kills = workers.kill_on(lambda: _settled(core), lambda: _stage(core, one) is Stage.DONE)
        told.sent_s = time.monotonic() - began
        told.peak_mib = workers.peak_mib
    told.waits_ms = waits


def check(core: Core, desk: DeskServer, told: Told) -> None:
    """By the desk's record: everybody once."""
    heard: Counter[str] = Counter()
    for number in range(0, desk.desk.record.last(), 100):
        for entry in desk.desk.record.after(number, limit=100):
            if entry["kind"] == "api" and entry["path"].endswith("/multicast"):
                told.requests += entry["status"] == 200
                told.made_again += entry["status"] == 409
                heard.update(entry["body"]["to"] if entry["status"] == 200 else ())
    assert len(heard) == told.people, f"{told.people - len(heard)} people were missed"
    assert set(heard.values()) == {1}, "somebody heard it twice"
    with core.database.reading(of=_agency(core, SLUG)) as connection:
        (one,) = _store(core, connection).broadcasts.recent(1)
        assert _store(core, connection).broadcasts.results(one.id) == Results(accepted=told.people)


def fill(core: Core, database: Postgres, people: int) -> None:
    """A million people who wrote once; all of them can be written to."""
    agency, ring = _agency(core, SLUG), core.ring
    name = ring.seal_text("", agency, "person", "name", "x")  # nobody opens it
    columns = ("agency_id", "id", "lookup", "line_user_id", "name", "language", "version", "posts")

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(people):
            line_user_id, key = f"U{number:032x}", uuid.uuid4().hex
            sealed = ring.seal_text(line_user_id, agency, "person", "line_user_id", key)
            yield agency, key, line_user_id, sealed, name, "th", 1, "[]"

    database.put("person", columns, rows())


def probe(core: Core, desk: DeskServer, goes_on: Callable[[int], bool]) -> list[float]:
    """Tell one person of the other agency something, again and again; milliseconds from the commit to LINE."""
    agency, began, number = _agency(core, OTHER), desk.desk.record.last(), 0
    put_at: dict[str, int] = {}
    while goes_on(number):
        text = uuid.uuid4().hex
        letter = Outgoing(FRIEND, [{"type": "text", "text": text}])
        put_at[text] = milliseconds()
        now = milliseconds()
        core.database.write(
            lambda c, letter=letter, now=now: core.queue.post(c, agency, f"lane {now}", [letter], now), across=True
        )
        core.door_bell.ring()
        number += 1
        time.sleep(1 / PROBES_A_SECOND)
    until = time.monotonic() + LONGEST_WAIT_S
    while len(came := _pushed(desk, began)) < len(put_at) and time.monotonic() < until:
        time.sleep(0.2)
    assert len(came) == len(put_at), f"{len(put_at) - len(came)} messages of the other agency are still under way"
    return [at - put_at[text] for text, at in came]


def _pushed(desk: DeskServer, began: int) -> list[tuple[str, float]]:
    return [
        (entry["body"]["messages"][0]["text"], datetime.fromisoformat(entry["at"]).timestamp() * 1000 - entry["ms"])
        for entry in desk.desk.record.after(began, OTHER, limit=10**9)
        if entry["path"].endswith("/push")
    ]


class Workers:
    """Worker processes, each started anew when it is killed."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment = environment
        self._log = log
        self._processes: list[subprocess.Popen[bytes]] = []
        self.peak_mib = 0.0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            stop(process)

    def start(self) -> None:
        with self._log.open("ab") as log:
            while len(self._processes) < WORKERS:
                command = [sys.executable, "-m", "bot", "worker"]
                self._processes.append(
                    subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
                )
        time.sleep(STARTS_S)

    def kill_all(self) -> None:
        while self._processes:
            self._kill()

    def kill_on(self, settled: Callable[[], int], over: Callable[[], bool]) -> int:
        """One after the other, each after some requests more, until it is over; gives how many."""
        chance, kills, began = random.Random(1), 0, time.monotonic()
        while not over():
            due = settled() + chance.randint(1, MOST_BETWEEN_KILLS)
            while settled() < due and not over():
                assert time.monotonic() < began + LONGEST_S, self._log.read_text()[-3000:]
                self.peak_mib = max(self.peak_mib, *(machine.memory_mib(one.pid) for one in self._processes))
                time.sleep(0.1)
            chance.shuffle(self._processes)
            if not over():
                self._kill()
                self.start()
                kills += 1
        return kills

    def _kill(self) -> None:
        process = self._processes.pop()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def written(told: Told) -> str:
    """The page."""
    rows = [
        ["people", f"{told.people:,}"],
        ["counted before it is made", f"{told.counted_s * 1000:,.0f} ms"],
        ["queued", f"{told.queued_s:.1f} s"],
        ["sent", f"{told.sent_s:.0f} s, through {told.kills} kill -9"],
        ["requests", f"{told.requests:,} of {PEOPLE_A_REQUEST} people at most; {told.made_again} made again (409)"],
        ["missed, twice", "0, 0"],
        ["requests a second without kills", f"{told.calm_requests_a_second:.0f}"],
        ["a worker's memory at most", f"{told.peak_mib:.0f} MiB"],
    ]
    waits = [
        [name, f"{len(ms)}", f"{median(ms):.0f} ms", f"{quantiles(ms, n=100)[98]:.0f} ms"]
        for name, ms in told.waits_ms.items()
    ]
    others = markdown(["while", "messages of another agency", "p50", "p99"], waits)
    known = f"{told.machine['cores']} cores, {told.machine['date']}"
    table = markdown(["a broadcast", ""], rows)
    return PAGE.read_text(encoding="utf-8").format(machine=known, broadcast=table, others=others)


def timed(act: Callable[[], T]) -> tuple[float, T]:
    began = time.monotonic()
    came = act()
    return time.monotonic() - began, came


def _make(core: Core, told: Told) -> str:
    now, audience = datetime.now(UTC), Audience(Reach.FRIENDS)
    with core.database.reading(of=_agency(core, SLUG)) as connection:
        store = _store(core, connection)
        told.counted_s, reached = timed(lambda: store.broadcasts.reachable(audience, now.date()))
        assert reached.people == told.people
        made = Broadcast("b", audience, Content("ประกาศ"), "nobody", now, Stage.SCHEDULED, now, told.people)
        store.broadcasts.save(made)
    core.database.write(store.apply, of=_agency(core, SLUG))
    return made.id


def _stage(core: Core, one: str) -> Stage:
    with core.database.reading(of=_agency(core, SLUG)) as connection:
        return _store(core, connection).broadcasts.get(one).stage  # type: ignore[union-attr]


def _settled(core: Core) -> int:
    with core.database.reading(of=_agency(core, SLUG)) as connection:
        (one,) = _store(core, connection).broadcasts.recent(1)
        return _store(core, connection).broadcasts.results(one.id).accepted // PEOPLE_A_REQUEST


def _store(core: Core, connection: object) -> AgencyStore:
    return AgencyStore(connection, core.channels.by_slug(SLUG), core.ring)  # type: ignore[arg-type]


def _agency(core: Core, slug: str) -> int:
    return core.channels.by_slug(slug).id  # type: ignore[union-attr]


def _account(slug: str) -> Agency:
    return Agency(slug, slug, "http://127.0.0.1:9/", "secret", slug, "U" + "b" * 32, quota=None)


def _knows_everybody(desk: DeskServer) -> None:
    told, other = desk.desk.accounts[SLUG], desk.desk.accounts[OTHER]
    told.people, told.chat = Everyone(), lambda _who: NoChat()  # type: ignore[assignment,method-assign,return-value]
    other.meet(FRIEND)


if __name__ == "__main__":
    sys.exit(main())
