"""One agency on a database of its own, the desk as its LINE, and the processes that serve it."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot import enrol
from bot.processes import _gunicorn
from bot.settings import Settings
from bot.simulator.client import Desk
from bot.simulator.config import Agency, Config
from bot.simulator.server import DeskServer
from bot.wiring import Core
from tests.benchmarks.machine import family
from tests.benchmarks.processes import ROOT, clean_environment
from tests.ports import free_port
from tests.reliability import echo
from tests.reliability.deaths import Diary, Plan

SLUG = "north"
LEASE_MS = 1000
WORKERS = 2
#: An event that was in hand when five workers died is given up for poisoned. Here they die by the dozen, none by its
#: fault, and within seconds some event is in hand that often.
MOST_ATTEMPTS = 100
LOOK_S = 0.1
SETTLES_S = 120
#: LINE delivers again minutes later; nobody wants to wait for that here.
REDELIVERY = (0.3, 0.6, 1.2, 2.5, 5.0, 10.0, 20.0)
PEOPLE = [f"U{number:032x}" for number in range(40)]
#: So that nobody says more in a minute than a person may (60): 40 people take turns, each says up to four in a row.
BURSTS_A_SECOND = 10


@dataclass
class Installation:
    """What a test has in hand: the desk, the tables, and how long it has taken."""

    folder: Path
    key: str
    database_url: str
    desk_server: DeskServer
    core: Core
    port: int = field(default_factory=free_port)
    began: float = field(default_factory=time.monotonic)
    entries: list[dict[str, Any]] = field(default_factory=list)
    said: int = 0

    @property
    def engine(self) -> str:
        return self.core.database.dialect

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    @property
    def desk(self) -> Desk:
        return Desk(self.desk_server.url)

    @property
    def diary(self) -> Diary:
        return Diary(self.folder / "diary")

    def plan(self, seed: int, points: Sequence[str] = (), each: int = 0, how: int = signal.SIGKILL) -> Plan:
        """What is to happen to its processes; without points, nothing."""
        return Plan(str(self.folder / "diary"), seed, points, each, how)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def rows(self, sql: str) -> list[Any]:
        with self.core.database.reading(across=True) as connection:
            return list(connection.execute(text(sql)))

    def record(self) -> list[dict[str, Any]]:
        """All that crossed the desk so far."""
        seen = self.entries[-1]["n"] if self.entries else 0
        self.entries += self.desk_server.desk.record.after(seen, limit=10**9)
        return self.entries

    def wait(self, until: Callable[[], bool], seconds: float, what: str) -> None:
        """Look until it is so; an error with the end of the log where it does not come to that."""
        end = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < end, f"{what}: not within {seconds} s\n{self.log[-3000:]}"
            time.sleep(LOOK_S)

    def _is_settled(self) -> bool:
        """Whether all that was said is acknowledged, and nothing waits in a lane any more."""
        heard = [entry for entry in self.record() if entry["kind"] == "webhook"]
        acknowledged = {entry["event"]["webhookEventId"] for entry in heard if entry["status"] == 200}
        if len(acknowledged) < self.said:
            return False
        waiting = self.rows(
            "SELECT (SELECT COUNT(*) FROM task WHERE state = 0),"
            " (SELECT COUNT(*) FROM inbox WHERE state = 0), (SELECT COUNT(*) FROM outbox WHERE state = 0)"
        )
        return tuple(waiting[0]) == (0, 0, 0)

    @contextmanager
    def talk(self, seed: int) -> Iterator[None]:
        """Within it people write, each several messages in a row; every text is said once."""
        over = threading.Event()
        thread = threading.Thread(target=self._talk, args=(random.Random(seed), over), name="talk")
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _talk(self, chance: random.Random, over: threading.Event) -> None:
        while not over.is_set():
            for who in chance.sample(PEOPLE, len(PEOPLE)):
                for _ in range(chance.randint(1, 4)):
                    self.desk.say(SLUG, who, f"word {self.said}")
                    self.said += 1
                if over.wait(1 / BURSTS_A_SECOND):
                    return

    @contextmanager
    def served(self, plan: Plan, database_url: str | None = None) -> Iterator["Service"]:
        """The service, started with `plan`; where the test went well, it settles everything and then ends well."""
        service = Service(self, plan, self.database_url if database_url is None else database_url)
        service.start()
        try:
            self.wait(service.answers, SETTLES_S, "the service answers")
            yield service
            self.wait(self._is_settled, SETTLES_S, "everything acknowledged, taken and answered")
        except BaseException:
            service.stop()
            raise
        ended = service.stop()
        assert ended == [0, 0], f"web and workers ended with {ended}\n{self.log[-3000:]}"

    def close(self) -> None:
        self.desk_server.close()
        self.core.database.close()


def install(folder: Path, key: str, database_url: str) -> Installation:
    """An agency on a migrated database, and its desk."""
    port = free_port()
    webhook = f"http://127.0.0.1:{port}/line/{SLUG}/webhook"
    agency = Agency(SLUG, "หน่วยงาน", webhook, "secret", "token", f"U{'b' * 32}", quota=None)
    desk_server = DeskServer(Config(folder / "record.jsonl", (agency,), REDELIVERY)).start()
    core = Core(Settings.read({"ITABOT_VAR": str(folder), "ITABOT_KEYS": key, "DATABASE_URL": database_url}))
    enrol.add_agency(core, enrol.NewAgency(SLUG, "หน่วยงาน", "secret", access_token="token"))
    for tables in (echo.TABLES, echo.TABLES_OF_TASKS):
        core.database.write(lambda c, tables=tables: c.execute(text(tables[core.database.dialect])))
    return Installation(folder, key, database_url, desk_server, core, port)


#: A call to LINE may be under way, and a machine slow.
ENDS_S = 45


class Service:
    """The web process and the workers, each under a parent that starts anew whoever ends."""

    def __init__(self, installation: Installation, plan: Plan, database_url: str) -> None:
        self._installation = installation
        self._environment = {
            **clean_environment(), **plan.environment(),
            "ITABOT_VAR": str(installation.folder), "ITABOT_KEYS": installation.key, "DATABASE_URL": database_url,
            "LINE_API_HOST": installation.desk_server.url, "PORT": str(installation.port),
            "ITABOT_BIND": "127.0.0.1", "ITABOT_LEASE_MS": str(LEASE_MS), "ITABOT_LOG": "text",
            "ITABOT_MOST_ATTEMPTS": str(MOST_ATTEMPTS),
        }  # fmt: skip
        web = _gunicorn(Settings.read(self._environment))
        web[web.index("bot.wsgi:app")] = "tests.reliability.web:app"
        workers = [sys.executable, "-m", "tests.reliability.worker", str(WORKERS)]
        # Loaded once: a kill costs a fork, and many fit into the time.
        self._commands = {"web": [*web, "--preload"], "workers": workers}
        self._parents: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        for name in self._commands:
            self._start(name)

    def answers(self) -> bool:
        """Whether webhooks are taken and workers are there."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._installation.port), 1):
            return len(self.children("workers")) == WORKERS
        return False

    def children(self, name: str) -> list[int]:
        """The processes that do the work, without their parent."""
        return family(self._parents[name].pid)[1:]

    def send(self, name: str, chance: random.Random, how: signal.Signals = signal.SIGKILL) -> bool:
        """Send a signal to one of the `web` processes or `workers`; False where none was there."""
        children = self.children(name)
        if not children:
            return False
        with suppress(ProcessLookupError):
            os.kill(chance.choice(children), how)
        return True

    def kill_all(self, name: str) -> None:
        """Kill a parent with all its children, and start it again, as the machine's own supervisor would."""
        for pid in family(self._parents[name].pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._parents[name].wait()
        self._start(name)

    def stop(self) -> list[int]:
        """Ask both to end; gives how they did."""
        for parent in self._parents.values():
            parent.terminate()
        return [self._end(parent) for parent in self._parents.values()]

    def _start(self, name: str) -> None:
        with (self._installation.folder / "log").open("ab") as log:
            self._parents[name] = subprocess.Popen(
                self._commands[name], cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    @staticmethod
    def _end(parent: subprocess.Popen[bytes]) -> int:
        everyone = family(parent.pid)
        try:
            return parent.wait(ENDS_S)
        except subprocess.TimeoutExpired:
            for pid in everyone:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            return parent.wait()
