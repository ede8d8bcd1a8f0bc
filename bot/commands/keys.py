"""The keys of the installation: keys new, keys rotate."""

import argparse
import functools

from bot.commands.kit import REFUSED, Table, command, group, ready, say_no
from bot.settings import Settings
from bot.storage import rotation
from bot.storage.rotation import Rotated, Sealed
from bot.storage.sealing import new_key
from bot.wiring import Core


def add_to(table: Table) -> None:
    """Add these commands."""
    keys = group(table, "keys", "keys of the installation")
    command(keys, "new", _new, "print a fresh key for ITABOT_KEYS")
    command(keys, "rotate", _rotate, "seal everything anew under the first key of ITABOT_KEYS")


def _new(_asked: argparse.Namespace, _settings: Settings) -> int:
    print(new_key())
    return 0


def _rotate(_asked: argparse.Namespace, settings: Settings) -> int:
    core, counted = ready(settings), Rotated()
    with core.database.reading(across=True) as connection:
        agencies = rotation.agencies(connection)
    for what in rotation.EVERYTHING:
        for agency_id in [None] if what.across else agencies:
            _seal(core, what, agency_id, counted)
    print(f"{counted.sealed} sealed anew under the first key of ITABOT_KEYS")
    if counted.broken:
        return say_no(REFUSED, f"{counted.broken} do not open with any of these keys; keep the old keys")
    print("the other keys can be taken away when the service has been started anew")
    return 0


def _seal(core: Core, what: Sealed, agency_id: int | None, counted: Rotated) -> None:
    after: object | None = 0 if what.key == "id" and what.across else ""
    while after is not None:
        work = functools.partial(rotation.batch, ring=core.ring, what=what, agency_id=agency_id, after=after)
        more, after = core.database.write(work, of=agency_id, across=what.across)
        counted.add(more)
