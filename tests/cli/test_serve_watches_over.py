"""`itabot serve` with real processes: what ends is started again, what is stopped leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.processes import GRACE_S, PORT_S, Ends, Pace
from bot.storage.sealing import new_key
from tests.ports import free_port

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc who is whose child")

ROOT = Path(__file__).resolve().parents[2]
LOADED_S = 60  # a process starts within two seconds on an idle machine
WEB, WORKER = "-m gunicorn", "-m bot worker"
NAMES = {WEB: "web", WORKER: "worker"}


@dataclass(frozen=True)
class Serve:
    """A running `itabot serve`, or what else watches over processes."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def child(self, command):
        """The child that runs `command`; None where none does."""
        return next((one for one in children(self.process.pid) if command in command_line(one)), None)

    def ready(self):
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def lines(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def says(self):
        """What it has logged itself."""
        return [line["says"] for line in self.lines() if line["logger"] == "bot.processes"]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LOADED_S)


def children(pid):
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # it has ended
        return []


def family(pid):
    """A process and all that come from it."""
    return [pid, *(one for child in children(pid) for one in family(child))]


def command_line(pid):
    """Words of a command, one space between; empty where it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def seen(what, within_s=LOADED_S):
    """What `what` gives, once that is something."""
    until = time.monotonic() + within_s
    while not (found := what()):
        assert time.monotonic() < until, "not seen"
        time.sleep(0.05)
    return found


@contextmanager
def watching(folder, command, environment, port=0):
    """A process that watches over others; whatever comes from it is gone afterwards."""
    log = folder / "log"
    with log.open("w") as errors, subprocess.Popen(command, cwd=ROOT, env=environment, stderr=errors) as process:
        try:
            yield Serve(process, port, log)
        finally:
            for one in family(process.pid) if process.poll() is None else ():
                os.kill(one, signal.SIGKILL)


@contextmanager
def serving(shell):
    """`itabot serve` as soon as it answers and its worker is there."""
    port = free_port()
    environment = {**shell.environment, "PORT": str(port), "ITABOT_BIND": "127.0.0.1", "ITABOT_WEB_WORKERS": "1"}
    command = [sys.executable, "-m", "bot", "serve"]
    with watching(shell.folder, command, {**environment, "HOME": str(shell.folder)}, port) as serve:
        seen(serve.ready)
        seen(lambda: serve.child(WORKER))
        yield serve


@contextmanager
def watching_over(folder, pace="", **sources):
    """`watch_over` with a child for each of these sources, which may write into `folder`."""
    children = {name: [sys.executable, "-c", source] for name, source in sources.items()}
    source = (
        "import sys; from bot import logs; from bot.processes import Pace, watch_over; logs.set_up('json');"
        f"sys.exit(watch_over({children!r}, Pace({pace})))"
    )
    environment = {"PATH": os.environ["PATH"], "FOLDER": str(folder)}
    with watching(folder, [sys.executable, "-c", source], environment) as serve:
        yield serve


def test_the_web_process_gets_no_key_of_those_who_receive_disclosures(shell):
    """What speaks with the outside cannot give away what it does not know; the worker has it."""
    sealed = new_key()
    shell.environment["ITABOT_SEALED_KEYS"] = sealed
    with serving(shell) as serve:
        environments = {one: Path(f"/proc/{serve.child(one)}/environ").read_bytes() for one in (WORKER, WEB)}
    assert {one: sealed.encode() in found for one, found in environments.items()} == {WORKER: True, WEB: False}


@pytest.mark.parametrize("command", [WORKER, WEB])
def test_what_is_killed_is_started_again_and_told_in_one_line(shell, command):
    with serving(shell) as serve:
        before = {one: serve.child(one) for one in NAMES}
        os.kill(before[command], signal.SIGKILL)
        seen(lambda: serve.child(command) not in (None, before[command]))
        seen(serve.ready)
        other = next(one for one in NAMES if one != command)
        assert serve.child(other) == before[other]
        assert serve.says() == [f"{NAMES[command]} was ended by signal 9; it starts again in 1.0 s"]
        assert serve.stop() == 0


def test_a_port_that_is_taken_is_told_in_one_sentence(shell):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        began = time.monotonic()
        ran = shell.itabot("serve", PORT=str(port), ITABOT_BIND="127.0.0.1", ITABOT_LOG="text")
        assert time.monotonic() - began < PORT_S + LOADED_S
    assert ran.returncode == 1
    (sentence,) = ran.stderr.splitlines()
    assert f"port {port} of 127.0.0.1" in sentence
    assert "in use" in sentence


def test_when_it_is_killed_the_others_stop_and_free_the_port(shell):
    with serving(shell) as serve:
        all_of_it = family(serve.process.pid)
        assert len(all_of_it) == 4  # itself, gunicorn's first process, gunicorn's worker, our worker
        serve.process.kill()
        serve.process.wait()
        try:
            seen(lambda: not any(command_line(one) for one in all_of_it), GRACE_S)
            socket.create_server(("127.0.0.1", serve.port)).close()
        finally:
            for one in filter(command_line, all_of_it):
                os.kill(one, signal.SIGKILL)


def test_a_signal_stops_all_in_time(shell):
    with serving(shell) as serve:
        all_of_it = family(serve.process.pid)
        began = time.monotonic()
        assert serve.stop() == 0
        assert time.monotonic() - began < GRACE_S
        assert not any(command_line(one) for one in all_of_it)
        assert [line["says"] for line in serve.lines() if line["level"] in {"ERROR", "CRITICAL"}] == []


#: Asked to stop, a child says so, and ends when its brother was asked too.
BROTHER = """
import os, pathlib, signal, sys, time
folder, (own, other) = pathlib.Path(os.environ["FOLDER"]), {names!r}

def asked(*_):
    (folder / own).touch()
    while not (folder / other).exists():
        time.sleep(0.01)
    (folder / f"{{own}} ended").touch()
    sys.exit()

signal.signal(signal.SIGTERM, asked)
(folder / f"{{own}} is up").touch()
time.sleep(600)
"""


def test_all_are_asked_before_one_is_waited_for(tmp_path):
    """Else a slow web process would take the time that the worker needs."""
    sources = {"one": BROTHER.format(names=("one", "two")), "two": BROTHER.format(names=("two", "one"))}
    with watching_over(tmp_path, **sources) as serve:
        seen(lambda: len(list(tmp_path.glob("* is up"))) == 2)
        assert serve.stop() == 0
    assert len(list(tmp_path.glob("* ended"))) == 2


DEAF = """
import os, pathlib, signal, time
signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path(os.environ["FOLDER"]) / "asked").touch())
(pathlib.Path(os.environ["FOLDER"]) / "up").touch()
while True:
    time.sleep(600)
"""


def test_who_does_not_listen_is_killed_after_a_while(tmp_path):
    with watching_over(tmp_path, "grace_s=0.5", deaf=DEAF) as serve:
        seen((tmp_path / "up").exists)
        (deaf,) = children(serve.process.pid)
        assert serve.stop() == 0
        assert (tmp_path / "asked").exists()
        assert not command_line(deaf)


def test_a_second_signal_kills_at_once(tmp_path):
    with watching_over(tmp_path, "grace_s=600", deaf=DEAF) as serve:
        seen((tmp_path / "up").exists)
        (deaf,) = children(serve.process.pid)
        serve.process.send_signal(signal.SIGINT)
        seen((tmp_path / "asked").exists)
        serve.process.send_signal(signal.SIGINT)
        assert serve.process.wait(LOADED_S) == 0
        assert not command_line(deaf)


@pytest.mark.parametrize(("last_words", "status"), [
    ("raise SystemExit(7)", 7), ("pass", 1), ("import os; os.kill(os.getpid(), 9)", 128 + 9),
], ids=["refuses", "is done", "is killed"])  # fmt: skip
def test_one_that_keeps_ending_takes_the_others_along(tmp_path, last_words, status):
    other = f"import time; time.sleep(600)  # {tmp_path}/other"
    with watching_over(tmp_path, "first_pause_s=0.01", broken=last_words, other=other) as serve:
        assert serve.process.wait(LOADED_S) == status
        *again, last = serve.says()
    assert len(again) == Pace().most_ends
    assert all("it starts again" in line for line in again)
    assert "once too often" in last
    everything = [command_line(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal()]
    assert not any(f"{tmp_path}/other" in words for words in everything)


#: It takes its program away and ends, so that it cannot be started again before somebody brings that back.
GONE = """#!/bin/sh
rm "$0"
"""
BACK = """#!/bin/sh
touch "$FOLDER/back"
exec sleep 600
"""


def test_what_cannot_be_started_is_tried_again(tmp_path):
    def put(script):
        (tmp_path / "new").write_text(script)
        (tmp_path / "new").chmod(0o700)
        (tmp_path / "new").rename(tmp_path / "program")

    put(GONE)
    source = (
        "import os, sys; from bot import logs; from bot.processes import Pace, watch_over; logs.set_up('json');"
        "sys.exit(watch_over({'one': [os.environ['FOLDER'] + '/program']}, Pace(0.01, 0.1)))"
    )
    environment = {"PATH": os.environ["PATH"], "FOLDER": str(tmp_path)}
    with watching(tmp_path, [sys.executable, "-c", source], environment) as serve:
        seen(lambda: any("FileNotFoundError" in line for line in serve.says()))
        put(BACK)
        seen((tmp_path / "back").exists)
        assert serve.stop() == 0


def pauses(*ends):
    """The pause after each end, given as (when, after how long a life)."""
    counted = Ends(Pace())
    return [counted.pause_s(now, lived_s) for now, lived_s in ends]


def test_pauses_double_until_it_ended_too_often_within_a_minute():
    ends = [(now, 1) for now in accumulate((0, 2, 3, 5, 9, 17))]  # each lives a second after its pause
    assert pauses(*ends) == [1, 2, 4, 8, 16, None]


def test_one_that_ends_every_quarter_of_a_minute_is_tried_on_and_on():
    """The database may be away; more than half a minute nobody waits for its return."""
    assert pauses(*((15 * n, 14) for n in range(8))) == [1, 2, 4, 8, 16, 30, 30, 30]


def test_a_minute_of_life_makes_good():
    assert pauses((0, 1), (2, 1), (70, 66), (72, 1)) == [1, 2, 1, 2]
