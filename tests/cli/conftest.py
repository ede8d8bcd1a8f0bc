"""Commands run as people run them: a process of their own, in an environment that holds nothing else."""

import atexit
import functools
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bot.storage.sealing import new_key

ROOT = Path(__file__).resolve().parents[2]
ITABOT = (sys.executable, "-m", "bot")
TAKES_S = 120


class Shell:
    """`itabot` in one folder, with or without keys."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {"PATH": os.environ["PATH"], "ITABOT_VAR": str(folder / "var"), "ITABOT_KEYS": new_key()}

    def itabot(self, *arguments, says="", **environment):
        """Run one command; an environment value of None takes the name away. What is loaded is loaded already."""
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / name for name in ("in", "out", "err")]
            for file, text in zip(files, (says, "", ""), strict=True):
                file.write_bytes(text.encode())
            status = _fork(arguments, self._merged(environment), files)
            return subprocess.CompletedProcess(arguments, status, *(file.read_bytes().decode() for file in files[1:]))

    def started(self, *arguments, **environment):
        """The same from Python's own start on, where that matters."""
        return subprocess.run(
            [*ITABOT, *arguments], cwd=ROOT, env=self._merged(environment), stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8", timeout=TAKES_S, check=False,
        )  # fmt: skip

    def _merged(self, environment):
        return {name: value for name, value in {**self.environment, **environment}.items() if value is not None}


def _fork(arguments, environment, files):
    """The exit status of a command in a child of the process that has everything loaded."""
    asked = {"arguments": arguments, "environment": environment, "files": [str(file) for file in files]}
    process = _loaded()
    process.stdin.write(json.dumps(asked) + "\n")
    process.stdin.flush()
    if not select.select([process.stdout], [], [], TAKES_S)[0]:
        os.killpg(process.pid, signal.SIGKILL)  # the next command has another
        _loaded.cache_clear()
        raise subprocess.TimeoutExpired(arguments, TAKES_S)
    return int(process.stdout.readline())


@functools.cache
def _loaded():
    command = [sys.executable, "-m", "tests.cli.forked"]
    environment = {"PATH": os.environ["PATH"]}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=-1, stdout=-1, encoding="utf-8", start_new_session=True
    )
    atexit.register(_end, process)
    return process


def _end(process):
    with process:  # waits, and closes its streams
        process.kill()


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A folder with one agency in it, for what changes little."""
    shell = Shell(tmp_path_factory.mktemp("office"))
    added = shell.itabot(
        "agency", "add", "north", "--name", "อบต.เหนือ", "--channel-secret", "s1", "--access-token", "t1"
    )
    assert (added.returncode, added.stdout) == (0, "north: POST /line/north/webhook\n"), added.stderr
    return shell
