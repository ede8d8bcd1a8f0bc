"""Starts what is compared, waits for its first 200, tells what its processes cost, and ends them all."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.benchmarks import machine
from tests.benchmarks.events import verification

ROOT = Path(__file__).resolve().parents[2]
START_S = 60
LOOK_S = 0.02


class LeftOut(Exception):
    """A side cannot take part on this machine; says why, in a sentence for the page."""


@dataclass(frozen=True)
class Side:
    """One that is compared: how it is started, as in earnest, and where its webhook is."""

    name: str
    commands: Sequence[Sequence[str]]
    environment: Mapping[str, str]
    port: int
    path: str
    secret: str
    log: Path
    folder: Path = ROOT
    #: False: it says 200 and never answers.
    answering: bool = True
    #: Of what else it needs on this machine, the process at the top, by what it does.
    beside: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Running:
    """A side that runs; `first_200_s` after its start it took its first webhook."""

    side: Side
    processes: Sequence[subprocess.Popen[bytes]]
    began: float
    first_200_s: float

    def cpu_s(self) -> Mapping[str, float]:
        return {part: sum(map(machine.cpu_s, pids)) for part, pids in self._parts().items()}

    def memory_mib(self) -> Mapping[str, float]:
        return {part: sum(map(machine.memory_mib, pids)) for part, pids in self._parts().items()}

    def _parts(self) -> Mapping[str, Sequence[int]]:
        """Its processes by what they do."""
        parts: dict[str, list[int]] = {part: machine.family(pid) for part, pid in self.side.beside.items()}
        for process in self.processes:
            for pid in machine.family(process.pid):
                parts.setdefault(_part(machine.command(pid)), []).append(pid)
        return parts


def _part(command: str) -> str:
    if "gunicorn" in command or command.startswith("node"):
        return "web"
    return "worker" if " worker" in command else "supervisor"


@contextmanager
def running(side: Side) -> Iterator[Running]:
    """`side`, from its first 200 until the end of the block."""
    began = time.monotonic()
    with side.log.open("ab") as output:
        processes = [
            subprocess.Popen(command, cwd=side.folder, env=side.environment, stdout=output, stderr=output)
            for command in side.commands
        ]
    try:
        _wait_for_200(side, processes)
        yield Running(side, processes, began, time.monotonic() - began)
    finally:
        for process in processes:
            stop(process)


def _wait_for_200(side: Side, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Post what LINE's console posts at «Verify», until it is taken."""
    until = time.monotonic() + START_S
    body, headers = verification(side.secret)
    while time.monotonic() < until and all(process.poll() is None for process in processes):
        connection = HTTPConnection("127.0.0.1", side.port, timeout=2)
        try:
            connection.request("POST", side.path, body, headers)
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass  # not there yet
        finally:
            connection.close()
        time.sleep(LOOK_S)
    raise RuntimeError(f"«{side.name}» did not start:\n{side.log.read_text()[-2000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End what we started, with all that it started."""
    if process.poll() is not None:
        return
    everyone = machine.family(process.pid)
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        for pid in everyone:
            _kill(pid)
        process.wait()


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # it ended by itself
        os.kill(pid, signal.SIGKILL)


def clean_environment() -> dict[str, str]:
    """The environment without anybody's own trial, on one machine."""
    mine = {"ITABOT_EVIDENCE_SHARED": "1"}
    return mine | {
        k: v for k, v in os.environ.items() if not k.startswith(("ITABOT_", "LINE_", "DATABASE_URL", "PORT", "PG"))
    }
