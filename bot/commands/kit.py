"""What every command is made of: its place in the table, its exit status, a core that is ready to be used."""

import argparse
import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.wiring import Core

REFUSED, WRONG_USE = 1, 2
Command = Callable[[argparse.Namespace, Settings], int]

log = logging.getLogger(__name__)


class Table(Protocol):
    """Where commands are added: the program itself, or a command with commands of its own."""

    def add_parser(self, name: str, *, help: str, description: str) -> Any:  # noqa: A002 - argparse calls it so
        """A new command."""


def command(table: Table, name: str, run: Command, text: str) -> argparse.ArgumentParser:
    """Add a command that `run` carries out; `text` is its help."""
    one: argparse.ArgumentParser = table.add_parser(name, help=text, description=text)
    one.set_defaults(command=run)
    return one


def group(table: Table, name: str, text: str) -> Table:
    """Add a command that only holds others: `itabot keys new`."""
    parser: argparse.ArgumentParser = table.add_parser(name, help=text, description=text)
    return parser.add_subparsers(required=True, metavar="command")


def ready(settings: Settings) -> "Core":
    """The core, with keys at hand and the database up to date."""
    from bot.storage.schema import migrate  # noqa: PLC0415 - not every command needs a database and its libraries
    from bot.wiring import Core  # noqa: PLC0415

    core = Core(settings)
    _ = core.ring
    migrate(core.database)
    return core


def say_no(status: int, *why: str) -> int:
    """Tell why not, on standard error; gives the exit status."""
    for one in why:
        print(f"itabot: {one}", file=sys.stderr)
    return status


def log_no(status: int, *faults: str) -> int:
    """Tell why not in the log, where whoever collects it looks for JSON only; gives the exit status."""
    for why in faults:
        log.critical("%s", why)
    return status
