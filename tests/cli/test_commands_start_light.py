"""A command loads what it needs: what is told without a database does not wait for one's libraries."""

import argparse
import importlib
import pkgutil
import subprocess
import sys

import pytest

from bot import commands
from bot.cli import COMMANDS
from tests.cli.conftest import ROOT

HEAVY = ("sqlalchemy", "flask", "linebot", "pdfplumber", "pythainlp")
#: What writes a file, in a program of its own: whoever serves and takes turns has no need of them.
WRITES = {"docx", "docxtpl", "openpyxl", "lxml", "PIL", "uharfbuzz"}


class Table:
    """Notes the commands that are added to it."""

    def __init__(self):
        self.texts = {}

    def add_parser(self, name, *, help, description):  # noqa: A002 - argparse calls it so
        self.texts[name] = help
        return argparse.ArgumentParser(name, description=description)


@pytest.mark.parametrize("module", [one.name for one in pkgutil.iter_modules(commands.__path__)])
def test_the_programs_own_help_knows_each_command(module):
    table = Table()
    getattr(importlib.import_module(f"bot.commands.{module}"), "add_to", lambda _table: None)(table)
    assert table.texts == COMMANDS.get(module, {})


@pytest.mark.parametrize("command", [("--help",), ("keys", "new"), ("period", "--json")], ids=" ".join)
def test_what_needs_no_database_loads_none_of_its_libraries(shell, command):
    loud = [sys.executable, "-X", "importtime", "-m", "bot", *command]
    ran = subprocess.run(loud, cwd=ROOT, env=shell.environment, input=b"", capture_output=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in ran.stderr.decode().splitlines()}
    assert "bot.cli" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_who_takes_turns_and_hands_papers_out_loads_nothing_that_writes_them():
    asked = "import sys, bot.turns, bot.papers.handing.serving; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True)
    loaded = set(ran.stdout.decode().split())
    assert "bot.papers.kinds" in loaded
    assert loaded.isdisjoint(WRITES)
