"""The composition root: the only place that picks real things."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot import housekeeping
from bot.bell import Bell, DoorBell
from bot.channels import Channels
from bot.counts import Counts
from bot.crew import hands, regularly
from bot.evidence.addresses import Addresses
from bot.evidence.file import FileShelf
from bot.evidence.mark import not_ours
from bot.evidence.s3 import S3Shelf
from bot.evidence.shelf import Shelf
from bot.faults import place_of
from bot.leases import Leases
from bot.ledger import Ledger
from bot.settings import BadSettings, Settings
from bot.storage.agencies import Agencies
from bot.storage.database import Database, open_database
from bot.storage.queue import Queue, Rate
from bot.storage.sealing import BadKey, KeyRing

NO_KEYS = (
    "ITABOT_KEYS is not set: if a key was made before, use that; a new one cannot read the old data. "
    "Else make one with «itabot keys new», keep it safe, and set it before anything is stored"
)

log = logging.getLogger(__name__)

#: Calls to one endpoint of a channel that may be made at once, before the rate holds them apart.
CALLS_AT_ONCE = 400
COUNTS_KEPT_S = 5.0
CLOCK_LOOKS_S = 20.0
MB = 1024 * 1024

if TYPE_CHECKING:
    from flask import Flask

    from bot.letters import Letters
    from bot.line.client import Lines
    from bot.schedule import Schedule
    from bot.sender import SendLoop
    from bot.tasks import Act, TaskLoop
    from bot.texts import Texts
    from bot.worker import TurnLoop


def milliseconds() -> int:
    """Now, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Core:
    """What every process needs: database, keys, queue. Nothing is opened before it is used."""

    settings: Settings

    def today(self) -> date:
        """The day, in the agencies' zone."""
        return datetime.now(self.settings.timezone).date()

    @cached_property
    def ring(self) -> KeyRing:
        """The service's keys."""
        if not self.settings.keys:
            raise BadSettings([NO_KEYS])
        try:
            return KeyRing(self.settings.keys)
        except BadKey as bad:
            raise BadSettings([f"ITABOT_KEYS: {bad}"]) from bad

    @cached_property
    def database(self) -> Database:
        """The database."""
        self.settings.var.mkdir(parents=True, exist_ok=True)
        return open_database(self.settings.database_url)

    @cached_property
    def agencies(self) -> Agencies:
        """All agencies."""
        return Agencies(self.ring)

    @cached_property
    def channels(self) -> Channels:
        """Agencies at hand."""
        return Channels(self.database, self.agencies)

    @cached_property
    def queue(self) -> Queue:
        """Inbox, lanes, outbox."""
        return Queue(self.database.engine.dialect, self.ring)

    @cached_property
    def door_bell(self) -> DoorBell:
        """Wakes the workers."""
        return self.database.door_bell()

    @cached_property
    def ledger(self) -> Ledger:
        """What turns and sending work on."""
        return Ledger(self.database, self.queue, self.channels, self.ring, milliseconds, Counts(self.database))

    @cached_property
    def texts(self) -> "Texts":
        """Every text in every language; the web process never asks for it."""
        from bot.texts import Texts  # noqa: PLC0415

        return Texts()

    @cached_property
    def letters(self) -> "Letters":
        """Writes messages."""
        from bot.letters import Letters  # noqa: PLC0415

        return Letters(self.texts, self.channels, self.addresses)

    @cached_property
    def lines(self) -> "Lines":
        """LINE, for everything that this process asks of it."""
        from bot.line.client import Lines  # noqa: PLC0415

        return Lines(self.settings.line_api)

    @cached_property
    def addresses(self) -> Addresses:
        """Where copies of evidence may be looked at."""
        return Addresses(self.ring, self.settings.public_url, milliseconds)

    @cached_property
    def shelf(self) -> Shelf:
        """Where copies of evidence are kept."""
        kind, _, place = self.settings.evidence.where.partition(":")
        if kind == "file":
            return FileShelf(Path(place))
        bucket, _, prefix = place.partition("/")
        return S3Shelf(bucket, prefix, self.settings.var / "scratch")


def serving(settings: Settings) -> Core:
    """The core of a service that takes evidence; BadSettings where copies would get lost."""
    if settings.evidence.lost:
        raise BadSettings([settings.evidence.lost])
    return Core(settings)


def web(settings: Settings) -> "Flask":
    """The web process: takes webhooks in and serves pages. Only it loads what serves them."""
    from flask import Flask  # noqa: PLC0415

    from bot.evidence.pages import pages as evidence_pages  # noqa: PLC0415
    from bot.line.webhook import MOST_BYTES, Intake, blueprint  # noqa: PLC0415
    from bot.pages import pages  # noqa: PLC0415

    core = serving(settings)
    app = Flask("bot")
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.extensions["core"] = core  # whoever made the app closes its database
    intake = Intake(core.database, core.queue, core.channels, core.ring, milliseconds)
    app.register_blueprint(blueprint(intake, core.door_bell.ring))
    copies = partial(not_ours, settings.evidence, core.database)
    app.register_blueprint(pages(core.database, core.queue, milliseconds, copies))
    app.register_blueprint(evidence_pages(core.addresses, core.shelf, core.database, core.channels, core.ring))
    return app


def work(settings: Settings, *, until: threading.Event | None = None) -> None:
    """The worker process: turns and sending, until told to stop. What is under way is finished first."""
    core, stop = serving(settings), until or _stop_on_signals()
    for doubt in core.database.doubts():
        log.warning("%s", doubt)
    incoming, outgoing, undone = Bell(), Bell(), Bell()
    turns, sends, schedule = _loops(core, outgoing.ring, undone.ring)
    leases = Leases(core.ledger, settings.lease_ms)
    threads = [
        *hands("turn", settings.turn_threads, turns, leases, incoming, stop),
        *hands("send", settings.send_threads, sends, leases, outgoing, stop),
        *hands("task", settings.task_threads, tasks(core, incoming.ring), leases, undone, stop),
        regularly("leases", settings.lease_ms / 3000, leases.extend, stop),
        regularly("counts", COUNTS_KEPT_S, core.ledger.counts.keep, stop),
        regularly("clock", CLOCK_LOOKS_S, lambda: schedule.look(stop), stop),
        regularly("housekeeping", housekeeping.EVERY_S, lambda: housekeeping.keep(core.ledger, stop), stop),
    ]
    for thread in threads:
        thread.start()
    core.door_bell.listen(incoming, stop)
    for bell in (incoming, outgoing, undone):
        bell.ring(len(threads))
    for thread in threads:
        thread.join()
    try:
        core.ledger.counts.keep()
    except SQLAlchemyError as error:
        log.warning("the last counts are lost: %s", place_of(error))
    core.database.close()


def clock(core: Core, posted: Callable[[], None]) -> "Schedule":
    """The clock with the jobs of all features."""
    from bot.schedule import Schedule  # noqa: PLC0415
    from handlers import FEATURES  # noqa: PLC0415

    return Schedule(core.ledger, FEATURES.jobs, core.letters, core.settings.timezone, posted)


def tasks(core: Core, heard: Callable[[], None]) -> "TaskLoop":
    """What takes longer than a turn."""
    from bot.tasks import TaskLoop  # noqa: PLC0415

    settings = core.settings
    return TaskLoop(core.ledger, acts(core), settings.lease_ms, settings.most_attempts, heard)


def acts(core: Core) -> Mapping[str, "Act"]:
    """What is done for each task that a feature asks for by name."""
    from bot.evidence.fetching import Fetch, Remove  # noqa: PLC0415
    from bot.line.content import Contents  # noqa: PLC0415
    from bot.line.own_menu import OwnMenus  # noqa: PLC0415

    own = OwnMenus(core.channels, core.lines, core.texts, (core.settings.line_api, core.settings.line_data_api))
    contents = Contents(core.settings.line_data_api, core.lines)
    return {
        "fetch_evidence": Fetch(core.ledger, contents, core.shelf, core.settings.evidence.most_mb * MB),
        "remove_evidence": Remove(core.ledger, core.shelf),
        "own_menu.show": own.show,
        "own_menu.hide": own.hide,
    }


def _loops(
    core: Core, posted: Callable[[], None], tasked: Callable[[], None]
) -> tuple["TurnLoop", "SendLoop", "Schedule"]:
    """Takes turns and sends. Understanding and the SDK cost a second and 100 MB, so only a worker loads them."""
    from bot import nlu  # noqa: PLC0415
    from bot.quota import QuotaWatch  # noqa: PLC0415
    from bot.sender import Manners, SendLoop  # noqa: PLC0415
    from bot.texts import LOCALES  # noqa: PLC0415
    from bot.turns import Turns  # noqa: PLC0415
    from bot.worker import Patience, TurnLoop  # noqa: PLC0415
    from handlers import FEATURES  # noqa: PLC0415

    settings, letters, lines = core.settings, core.letters, core.lines
    patience = Patience(settings.lease_ms, settings.most_attempts, settings.most_a_minute)
    manners = Manners(settings.lease_ms, settings.reply_token_ms, Rate(settings.calls_a_second, CALLS_AT_ONCE))
    turns = TurnLoop(
        core.ledger,
        Turns(FEATURES, nlu.load(LOCALES), core.texts),
        letters,
        patience,
        settings.timezone,
        posted,
        tasked,
    )
    sends = SendLoop(core.ledger, lines, letters, manners, QuotaWatch(core.ledger, lines))
    return turns, sends, clock(core, posted)


def _stop_on_signals() -> threading.Event:
    """Set once SIGTERM or SIGINT comes. A thread waits for them: a handler may come upon the event's own lock, held."""
    stop, asked = threading.Event(), {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, asked)  # threads that start from here on leave them to this one too

    def wait() -> None:
        signal.sigwait(asked)
        stop.set()

    threading.Thread(target=wait, name="signals", daemon=True).start()
    return stop
