"""Commands of an account without a home, on a terminal without Thai letters, before a reader who leaves."""

import os
import subprocess

import pytest

from tests.cli.conftest import ITABOT, ROOT

AGENCY = ("agency", "add", "south", "--name", "อบต.ใต้", "--channel-secret", "s", "--channel-id", "1")


@pytest.fixture
def homeless(shell):
    """An account whose home cannot be written to, not even by root: no folder can be made in a file."""
    shell.environment["HOME"] = os.devnull
    return shell


@pytest.mark.parametrize(
    "command", [("--help",), AGENCY, ("tick",), ("migrate",), ("dead", "list")], ids=lambda one: one[0]
)
def test_without_a_home_every_command_works(homeless, command):
    ran = homeless.started(*command)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_without_a_home_the_worker_starts(homeless):
    """It has loaded everything when it opens its bell, for which whoever would ring waits here."""
    bell = homeless.folder / "var" / "itabot.db.bell"
    bell.parent.mkdir()
    os.mkfifo(bell)
    with subprocess.Popen([*ITABOT, "worker"], cwd=ROOT, env=homeless.environment) as worker:
        with bell.open("wb"):
            worker.terminate()
        assert worker.wait(60) == 0


@pytest.mark.parametrize("encoding", ["ascii", "tis-620"])
@pytest.mark.parametrize(
    "command", [("agency", "add", "--help"), ("doctor",), ("member", "list", "north")], ids=" ".join
)
def test_a_terminal_without_the_letters_is_given_others(office, encoding, command):
    added = ("--line-user-id", "U" + "d" * 32, "--name", "สมศรี 😀", "--role", "staff")
    assert office.itabot("member", "add", "north", *added).returncode == 0
    terminal = {"PYTHONIOENCODING": encoding, "LINE_API_HOST": "http://127.0.0.1:9"}
    ran = subprocess.run(
        [*ITABOT, *command], cwd=ROOT, env={**office.environment, **terminal}, capture_output=True, check=False
    )
    assert b"Traceback" not in ran.stderr
    assert b"Error" not in ran.stderr
    assert ran.stdout
    assert ran.returncode == (1 if command == ("doctor",) else 0)  # LINE is away


def test_a_reader_who_leaves_hears_no_complaint(office):
    """As `itabot doctor | head -1` with a reader that has gone already."""
    ours, theirs = os.pipe()
    os.close(ours)
    environment = {**office.environment, "LINE_API_HOST": "http://127.0.0.1:9"}
    ran = subprocess.run(
        [*ITABOT, "doctor"], cwd=ROOT, env=environment, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(theirs)
    assert (ran.returncode, ran.stderr) == (1, "")
