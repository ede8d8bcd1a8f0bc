"""The whole trial as a user starts it: `itabot demo` in a folder of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.simulator.client import Desk
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
STOP_S = 60


@dataclass(frozen=True)
class Trial:
    """A running `itabot demo`: where the desk and the service answer, and where its data lies."""

    desk_url: str
    var: Path
    process: subprocess.Popen[str]

    @property
    def desk(self) -> Desk:
        return Desk(self.desk_url.rstrip("/"))

    def user(self, slug: str, role: str) -> str:
        agency = next(one for one in self.desk.state()["agencies"] if one["slug"] == slug)
        return next(one["userId"] for one in agency["personas"] if one["role"] == role)

    def hear(self, slug: str, who: str, after: int) -> str:
        """Everything that the bot said after item `after`, as one text to look into."""
        self.desk.wait_for_reply(slug, who, after)
        items = self.desk.chat(slug, who, after)["items"]
        return json.dumps([item["message"] for item in items if item["from"] == "bot"], ensure_ascii=False)

    def ask(self, slug: str, role: str, text: str) -> str:
        """Say something in a role; gives the whole answer."""
        who = self.user(slug, role)
        return self.hear(slug, who, self.desk.say(slug, who, text)["n"])


@contextmanager
def running_trial(var: Path, at: datetime | None = None) -> Iterator[Trial]:
    """A trial that is stopped whatever happens, and must stop cleanly where nothing did; its clock begins `at`."""
    trial = start_trial(var, at)
    try:
        yield trial
    except BaseException:
        stop_trial(trial)
        raise
    assert stop_trial(trial) == 0


def start_trial(var: Path, at: datetime | None = None) -> Trial:
    """Start it; with `at` as if it were then, for every process of it."""
    port = free_port()
    environment = {**os.environ, "ITABOT_VAR": str(var), "PORT": str(port), **(_clock(at) if at else {})}
    log = var.parent / f"{var.name}.log"
    with log.open("w") as errors:
        command = [sys.executable, "-m", "bot", "demo"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
    for line in process.stdout:
        if line.startswith("Open "):
            return Trial(line.split()[1], var, process)
    process.wait(STOP_S)
    raise AssertionError(log.read_text())


def _clock(at: datetime) -> dict[str, str]:
    """By so much every process is ahead."""
    ahead = int((at - datetime.now(UTC)).total_seconds())
    return {"PYTHONPATH": str(Path(__file__).parent / "another_time"), "ITABOT_TESTS_AHEAD_S": str(ahead)}


def stop_trial(trial: Trial) -> int:
    trial.process.send_signal(signal.SIGTERM)
    with trial.process.stdout as rest:
        rest.read()
    return trial.process.wait(STOP_S)
