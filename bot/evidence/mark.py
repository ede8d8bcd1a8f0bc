"""That a folder of copies is the installation's own: it bears a mark, and the database knows which.

On a second host another folder would be found under the same name, and neither host would see the other's copies.
"""

import contextlib
import secrets
from pathlib import Path

from bot.disk import sync
from bot.settings import BadSettings, EvidencePlace
from bot.storage import evidence, installation, rotation
from bot.storage.database import Database

FILE, FACT = "installation", "evidence folder"


def vouch(place: EvidencePlace, database: Database) -> None:
    """BadSettings where copies lie in another folder; the first process of an installation marks the one it finds."""
    if place.apart and not _known(database):
        if _is_bare(_folder(place)) and _has_copies(database):
            raise BadSettings([place.apart])
        with contextlib.suppress(installation.Known):  # another process was faster, perhaps on another host
            _mark(database, _folder(place))
    why = not_ours(place, database)
    if why:
        raise BadSettings([why])


def not_ours(place: EvidencePlace, database: Database) -> str:
    """Why copies are not kept in this folder; empty where they may be, or nothing is known of it yet."""
    if not place.apart:
        return ""
    known = _known(database)
    return place.apart if known and known != _read(_folder(place)) else ""


def _mark(database: Database, folder: Path) -> None:
    """The folder has its mark before the database has it for good, and whoever comes second waits for both."""
    mark = _read(folder) or secrets.token_hex(16)
    database.write(lambda connection: _write(folder, installation.learn(connection, FACT, mark)))


def _write(folder: Path, mark: str) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / FILE).write_text(mark, encoding="ascii")
    sync(folder / FILE)
    sync(folder)


def _known(database: Database) -> str:
    with database.reading() as connection:
        return installation.known(connection, FACT)


def _read(folder: Path) -> str:
    try:
        return (folder / FILE).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""


def _is_bare(folder: Path) -> bool:
    """Whether no mark and no agency's copies are in a folder."""
    return not _read(folder) and not any(one.name.isdecimal() for one in folder.glob("*"))


def _has_copies(database: Database) -> bool:
    """Whether copies were made before folders had marks."""
    with database.reading(across=True) as connection:
        agencies = rotation.agencies(connection)
    return any(_used(database, agency_id) for agency_id in agencies)


def _used(database: Database, agency_id: int) -> int:
    with database.reading(of=agency_id) as connection:
        return evidence.used(connection, agency_id)


def _folder(place: EvidencePlace) -> Path:
    return Path(place.where.removeprefix("file:"))
