"""A copy of the database, and the way back: backup, restore."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.backup import CannotCopy, Contents, backup, restore
from bot.commands.kit import REFUSED, Command, Table, command, ready, say_no
from bot.settings import Settings
from bot.storage.in_use import InUse
from bot.storage.sqlite import SqliteDatabase

POSTGRES = "a PostgreSQL database is copied with the server's own tools: docs/postgresql.md says how"
KEYS_APART = "keep ITABOT_KEYS and ITABOT_SEALED_KEYS as well, and apart from it: without them the copy cannot be read"
EVIDENCE_APART = "evidence is not in it: its copies lie at {}, keep those too"


def add_to(table: Table) -> None:
    """Add these commands."""
    copy = command(table, "backup", _refusing(_backup), "copy the database to a file while the service runs")
    copy.add_argument("file", type=Path, help="where to; must not be there yet")
    copy.add_argument("--replace", action="store_true", help="an earlier copy may be there, and is replaced")
    back = command(table, "restore", _refusing(_restore), "put a copy in the database's place; stop the service first")
    back.add_argument("file", type=Path, help="what backup made")


def _refusing(run: Command) -> Command:
    def refuse(asked: argparse.Namespace, settings: Settings) -> int:
        if settings.database_url.startswith("postgres"):
            return say_no(REFUSED, POSTGRES)
        try:
            return run(asked, settings)
        except CannotCopy as why:
            return say_no(REFUSED, str(why))
        except InUse as why:
            return say_no(REFUSED, f"{why}: stop the service first")

    return refuse


def _backup(asked: argparse.Namespace, settings: Settings) -> int:
    made = backup(_file(settings), asked.file, replace=asked.replace)
    print(f"{asked.file}: {_size(made)}")
    for why in (KEYS_APART, EVIDENCE_APART.format(settings.evidence.where)):
        print(f"itabot: {why}", file=sys.stderr)
    return 0


def _restore(asked: argparse.Namespace, settings: Settings) -> int:
    database = _file(settings)
    database.parent.mkdir(parents=True, exist_ok=True)
    done = restore(asked.file, database, _opens(settings), datetime.now(settings.timezone))
    print(f"{database}: {_size(done.contents)}" + (f"; the one before is {done.kept}" if done.kept else ""))
    return 0


def _opens(settings: Settings) -> Callable[[Path], None]:
    """Brings a database up to date and opens every agency's secrets with the keys at hand."""

    def make_ready(file: Path) -> None:
        core = ready(replace(settings, database_url=f"sqlite:///{file}"))
        try:
            with core.database.reading(across=True) as connection:
                core.agencies.all(connection)
        finally:
            core.database.close()

    return make_ready


def _file(settings: Settings) -> Path:
    return SqliteDatabase(settings.database_url).file


def _size(contents: Contents) -> str:
    return f"{contents.rows:,} rows, {contents.bytes / 1_000_000:,.1f} MB"
