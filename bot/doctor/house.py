"""The installation itself: settings, keys, texts, database, clocks. Nothing is made or changed by looking."""

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import nlu
from bot.doctor.finding import Finding, bad, doubtful, good
from bot.line.client import Lines
from bot.settings import LINE_API, BadSettings
from bot.storage.schema import HEAD, NewerDatabase, revision
from bot.storage.sqlite import LEAST_FREE, RACE_MENDED
from bot.texts import LOCALES, Texts
from bot.wiring import Core

T = TypeVar("T")
LANGUAGES = ("th", "en")
PATIENCE_S = 10.0  # for the database: another process may hold it
LITTLE_DISK = 2**30  # bytes
MOST_SKEW_S = 2.0  # a reply token lives a minute by this clock
MOST_NAMED = 5


def settings(core: Core) -> Iterator[Finding]:
    """What the environment says, which was read before."""
    if core.settings.line_api == LINE_API:
        yield good("settings", "the environment can be used")
    else:
        yield doubtful(
            "settings", f"messages go to {core.settings.line_api}, not to LINE",
            "for more than a trial, take LINE_API_HOST and LINE_DATA_API_HOST away",
        )  # fmt: skip


def keys(core: Core) -> Iterator[Finding]:
    """Whether there are keys at all."""
    try:
        _ = core.ring
    except BadSettings as no:
        name = "ITABOT_SEALED_KEYS" if no.faults[0].startswith("ITABOT_SEALED_KEYS") else "ITABOT_KEYS"
        yield bad("keys", no.faults[0], f"set {name} to the keys that this database was sealed with")
    else:
        yield good("keys", f"{len(core.settings.keys)} at hand; the first seals, all open")
        if core.settings.sealed_keys:
            yield good("sealed keys", f"{len(core.settings.sealed_keys)} at hand for those who receive disclosures")


def texts(folder: Path = LOCALES) -> Iterator[Finding]:
    """Whether every text is there in every language."""
    try:
        words = Texts(folder).words
        nlu.load(folder)
    except (OSError, ValueError) as error:
        yield bad("texts", f"they cannot be read: {error}", "mend the file, or install again")
        return
    known = {key for table in words.values() for key in table}
    lacking = {language: sorted(known - words.get(language, {}).keys()) for language in LANGUAGES}
    for language, missing in lacking.items():
        if missing:
            named = ", ".join(missing[:MOST_NAMED]) + (" …" if len(missing) > MOST_NAMED else "")
            yield bad("texts", f"{len(missing)} have no words in «{language}»: {named}", f"add them to {language}/")
    if not any(lacking.values()):
        yield good("texts", f"{len(known)} in {len(LANGUAGES)} languages")


def database(core: Core, patience_s: float = PATIENCE_S) -> Iterator[Finding]:
    """Whether it answers, takes writes, and stands where this program wants it."""
    file = _file(core)
    if file and not file.exists():
        yield bad("database", f"there is none at {file}", "run «itabot migrate», or mend ITABOT_VAR or DATABASE_URL")
        return
    try:
        stands = within(patience_s, lambda: _revision(core))
        within(patience_s, lambda: core.database.write(lambda _: None))
    except TimeoutError:
        yield bad("database", f"it did not answer within {patience_s:.0f} s", "look for a process that holds it")
        return
    except (SQLAlchemyError, OSError) as error:
        yield bad("database", f"it cannot be used: {str(error).splitlines()[0]}", "mend what the sentence names")
        return
    yield good("database", "it can be read and written")
    yield migrations(stands)


def migrations(stands: str | None) -> Finding:
    """Whether the tables are those of this release."""
    if stands == HEAD:
        return good("migrations", f"it stands at the newest, {HEAD}")
    if stands and stands > HEAD:
        return bad("migrations", str(NewerDatabase(stands)), "install the newer release here, or put a copy back")
    where = f"stands at {stands}" if stands else "is empty"
    return bad("migrations", f"it {where}, this program wants {HEAD}", "run «itabot migrate»")


def disk(core: Core) -> Iterator[Finding]:
    """Whether there is room beside the data."""
    file = _file(core)
    folder = file.parent if file else core.settings.var
    if not folder.exists():
        return  # with PostgreSQL nothing may have been kept here yet
    yield room(shutil.disk_usage(folder).free, folder)


def room(free: int, folder: Path) -> Finding:
    """Whether `free` bytes are enough."""
    says = f"{free / 2**30:.1f} GB are free at {folder}"
    if free >= LITTLE_DISK:
        return good("disk", says)
    return (doubtful if free >= LEAST_FREE else bad)("disk", says, "make room: what cannot be stored is refused")


def engine(core: Core) -> Iterator[Finding]:
    """Whether the SQLite library has the race that the file lock closes; whether PostgreSQL's wall binds our role."""
    if _file(core) is None:
        for doubt in core.database.doubts():
            yield doubtful("role", doubt, "give the service a role of its own; docs/postgresql.md says how")
        return
    old = sqlite3.sqlite_version_info < RACE_MENDED
    alone = ": nothing to do as long as only itabot opens this file" if old else ""
    yield good("sqlite", f"version {sqlite3.sqlite_version}{alone}")


def line(lines: Lines, host: str, clock: Callable[[], float] = time.time) -> Iterator[Finding]:
    """Whether LINE answers, and what time it is there."""
    before = clock()
    there = lines.now()
    if there is None:
        yield bad("line", f"{host} does not answer", "look at this machine's way out, then at LINE's own status page")
        return
    yield good("line", f"{host} answers")
    middle = (before + clock()) / 2
    yield _skew("clock", middle - there.timestamp() - 0.5, "LINE's")  # its Date leaves half a second out, on average


def database_clock(core: Core) -> Iterator[Finding]:
    """Whether the database server's clock agrees with this machine's; SQLite has no clock of its own."""
    if core.database.dialect == "postgresql":
        before = time.time()
        there = within(PATIENCE_S, lambda: _database_time(core))
        yield _skew("database clock", (before + time.time()) / 2 - there, "the database's")


def redelivery() -> Iterator[Finding]:
    """What LINE tells nobody."""
    yield good(
        "redelivery",
        "LINE does not tell whether it is on; a stop of the machine loses messages without",
        "look in the console → Messaging API",
    )


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` gives; TimeoutError where that takes longer. It is left behind then, and ends with the process."""
    given: Future[T] = Future()

    def run() -> None:
        try:
            given.set_result(work())
        except BaseException as error:  # noqa: BLE001 - told to whoever waits
            given.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return given.result(seconds)


def _skew(check: str, ahead: float, whose: str) -> Finding:
    if abs(ahead) <= MOST_SKEW_S:
        return good(check, f"this machine's clock agrees with {whose}")
    where = "ahead of" if ahead > 0 else "behind"
    return doubtful(
        check, f"this machine's clock is {abs(ahead):.0f} s {where} {whose}", "let it take the time from a time server"
    )


def _file(core: Core) -> Path | None:
    """The file of SQLite; None for a server. Found without opening, which would make it."""
    url = make_url(core.settings.database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _database_time(core: Core) -> float:
    """Seconds since 1970, on PostgreSQL's own clock."""
    with core.database.reading() as connection:
        return float(connection.scalar(select(func.extract("epoch", func.clock_timestamp()))) or 0)


def _revision(core: Core) -> str | None:
    with core.database.reading() as connection:
        return revision(connection)
