"""answers: what the agency answers to citizens, brought in from a table."""

import argparse
from pathlib import Path

from bot import enrol
from bot.commands.kit import WRONG_USE, Table, command, ready, say_no
from bot.settings import Settings


def add_to(table: Table) -> None:
    """Add this command."""
    one = command(table, "answers", _answers, "what the agency answers to citizens, from a table: .xlsx, .csv, .docx")
    one.add_argument("slug")
    one.add_argument("file", type=Path)
    one.add_argument("--dry-run", action="store_true", help="say what would be kept, keep nothing")


def _answers(asked: argparse.Namespace, settings: Settings) -> int:
    from bot.imports.reading import bytes_of, read  # noqa: PLC0415 - the readers cost a second
    from bot.storage.store import AgencyStore  # noqa: PLC0415
    from itadomain.documents.topics import topics_in  # noqa: PLC0415
    from itadomain.keeping_topics import bring_in  # noqa: PLC0415

    if not asked.file.exists():
        return say_no(WRONG_USE, f"there is no file {asked.file}")
    core = ready(settings)
    agency = enrol.agency_of(core, asked.slug)
    rows = topics_in(read(bytes_of(asked.file), asked.file.name))
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        brought = bring_in(store, rows, core.today())
    if not asked.dry_run:
        core.database.write(store.apply, of=agency.id)
    for what, topics in brought.items():
        print(f"{len(topics)} {what.value}", *(f"  {one.title}" for one in topics), sep="\n")
    return 0
