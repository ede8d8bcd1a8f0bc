"""The audit log: audit verify, export, check."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from bot import enrol
from bot.commands.kit import REFUSED, Table, command, group, ready, say_no
from bot.settings import Settings
from bot.storage.store import AgencyStore
from itadomain.audit_log import Entry, Verdict, entry_of, verified


def add_to(table: Table) -> None:
    """Add these commands."""
    audit = group(table, "audit", "who looked at or changed what, in a log that shows where it was tampered with")
    kept = command(audit, "verify", _verify, "go through an agency's log; exit 1 where a line does not fit")
    kept.add_argument("slug")
    out = command(audit, "export", _export, "write an agency's log to a file, for somebody outside to check")
    out.add_argument("slug")
    out.add_argument("file", type=Path, help="a new file; one line of JSON for each entry")
    checked = command(audit, "check", _check, "go through an exported file; needs no database")
    checked.add_argument("file", type=Path)
    for one in (kept, checked):
        one.add_argument("--digest", default="", help="one that was noted earlier and must be among the lines")


def _verify(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)
    agency = enrol.agency_of(core, asked.slug)
    with core.database.reading(of=agency.id) as connection:
        log = AgencyStore(connection, agency, core.ring).audit_log
        return _told(log.since(), asked.digest, log.end())


def _export(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)
    agency = enrol.agency_of(core, asked.slug)
    try:
        opened = os.open(asked.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        return say_no(REFUSED, f"{asked.file}: {error.strerror}")
    with os.fdopen(opened, "w", encoding="utf-8") as file, core.database.reading(of=agency.id) as connection:
        log = AgencyStore(connection, agency, core.ring).audit_log
        return _told(_written(log.since(), file), end=log.end())


def _check(asked: argparse.Namespace, _settings: Settings) -> int:
    try:
        with asked.file.open(encoding="utf-8") as file:
            return _told((entry_of(line) for line in file), asked.digest)
    except OSError as error:
        return say_no(REFUSED, f"{asked.file}: {error.strerror}")


def _written(entries: Iterator[Entry], file: TextIO) -> Iterator[Entry]:
    for entry in entries:
        print(entry.line, file=file)
        yield entry


def _told(entries: Iterator[Entry], noted: str = "", end: Verdict | None = None) -> int:
    """Go through some entries and tell what came of it.

    `noted` is a digest that must be among theirs, `end` what must come of them where the database knows it.
    """
    found, so_far = not noted, Verdict()
    try:
        for entry in entries:
            so_far = verified([entry], so_far)
            if so_far.broken:
                return say_no(REFUSED, f"entry {so_far.broken} does not follow from those before it")
            found = found or so_far.digest == noted
    except (ValueError, TypeError):
        return say_no(REFUSED, f"line {so_far.entries + 1} is no entry of an audit log")
    if end not in {None, so_far}:
        return say_no(REFUSED, f"the log ended with entry {end.entries}: the last were changed or taken out")
    if not found:
        return say_no(REFUSED, "the log is whole, but the digest that was noted is not in it: it was written anew")
    print(f"{so_far.entries} entries, the last digest {so_far.digest}")
    return 0
