"""Commands run as people run them: a process of their own, in an environment that holds nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage.sealing import new_key

ROOT = Path(__file__).resolve().parents[2]


class Shell:
    """`itabot` in one folder, with or without keys."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {"PATH": os.environ["PATH"], "ITABOT_VAR": str(folder / "var"), "ITABOT_KEYS": new_key()}

    def itabot(self, *arguments, says="", **environment):
        """Run one command; an environment value of None takes the name away."""
        merged = {name: value for name, value in {**self.environment, **environment}.items() if value is not None}
        command = [sys.executable, "-m", "bot", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=merged, input=says, capture_output=True, encoding="utf-8", timeout=60, check=False
        )


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
