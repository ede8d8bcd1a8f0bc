"""The composition root: the only place that picks real things."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot import housekeeping, unfinished
from bot.acts import acts
from bot.bell import Bell, DoorBell
from bot.channels import Channels
from bot.counts import Counts
from bot.crew import hands, regularly, stop_on_signals
from bot.evidence.addresses import Addresses
from bot.evidence.file import FileShelf
from bot.evidence.mark import not_ours
from bot.evidence.s3 import S3Shelf
from bot.evidence.shelf import Shelf
from bot.faults import place_of
from bot.leases import Leases
from bot.ledger import Ledger
from bot.receivers import Receivers
from bot.settings import BadSettings, Settings
from bot.storage.agencies import Agencies
from bot.storage.database import Database, open_database
from bot.storage.officers import Officers
from bot.storage.queue import Queue, Rate
from bot.storage.sealing import BadKey, KeyRing

NO_KEYS = (
    "ITABOT_KEYS is not set: if a key was made before, use that; a new one cannot read the old data. "
    "Else make one with «itabot keys new», keep it safe, and set it before anything is stored"
)
ONE_KEY_FOR_BOTH = (
    "ITABOT_SEALED_KEYS has a key of ITABOT_KEYS: whoever has the one must not be able to read what lies under the "
    "other. Make another with «itabot keys new»"
)

log = logging.getLogger(__name__)

#: Calls to one endpoint of a channel that may be made at once, before the rate holds them apart.
CALLS_AT_ONCE = 400
#: Requests of broadcasts under way at a time, in this process.
CAST_THREADS = 2
COUNTS_KEPT_S = 5.0
CLOCK_LOOKS_S = 20.0
RECEIVERS_LOOKED_AT_S = 60.0
QUOTA_LOOKED_AT_S = 600.0

if TYPE_CHECKING:
    from flask import Flask

    from bot.casts import CastLoop
    from bot.letters import Letters
    from bot.line.client import Lines
    from bot.quota import QuotaWatch
    from bot.schedule import Schedule
    from bot.sender import SendLoop
    from bot.tasks import TaskLoop
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
        return self.now().date()

    def now(self) -> datetime:
        """The moment, in the agencies' zone."""
        return datetime.now(self.settings.timezone)

    @cached_property
    def ring(self) -> KeyRing:
        """The service's keys."""
        if not self.settings.keys:
            raise BadSettings([NO_KEYS])
        try:
            return KeyRing(self.settings.keys, self._officers)
        except BadKey as bad:
            raise BadSettings([f"ITABOT_KEYS: {bad}"]) from bad

    @cached_property
    def _officers(self) -> Officers | None:
        """The keys of those who receive disclosures, in a process that was given them."""
        keys = self.settings.sealed_keys
        if set(keys) & set(self.settings.keys):
            raise BadSettings([ONE_KEY_FOR_BOTH])
        try:
            return Officers(keys) if keys else None
        except BadKey as bad:
            raise BadSettings([f"ITABOT_SEALED_KEYS: {bad}"]) from bad

    @cached_property
    def database(self) -> Database:
        """The database."""
        self.settings.var.mkdir(parents=True, exist_ok=True)
        return open_database(self.settings.database_url)

    @cached_property
    def agencies(self) -> Agencies:
        """All agencies."""
        return Agencies(self.ring, self.settings.form_url, self.settings.reached_at)

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
        """Every text in every language."""
        from bot.texts import Texts  # noqa: PLC0415

        return Texts()

    @cached_property
    def letters(self) -> "Letters":
        """Writes messages."""
        from bot.letters import Letters  # noqa: PLC0415
        from bot.papers.handing.serving import addresses_of  # noqa: PLC0415

        return Letters(self.texts, self.channels, addresses_of(self))

    @cached_property
    def lines(self) -> "Lines":
        """LINE, for everything that this process asks of it."""
        from bot.line.client import Lines  # noqa: PLC0415

        return Lines(self.settings.line_api)

    @cached_property
    def quotas(self) -> "QuotaWatch":
        """How many messages each agency has left."""
        from bot.quota import QuotaWatch  # noqa: PLC0415

        return QuotaWatch(self.ledger, self.lines, self.settings.timezone)

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
    from bot.calendar.pages import Calendars  # noqa: PLC0415
    from bot.calendar.pages import pages as calendar_pages  # noqa: PLC0415
    from bot.evidence.pages import pages as evidence_pages  # noqa: PLC0415
    from bot.line.webhook import MOST_BYTES, Intake, blueprint  # noqa: PLC0415
    from bot.pages import App, pages  # noqa: PLC0415
    from bot.papers.handing.serving import serve_papers  # noqa: PLC0415
    from bot.tell.serving import serve_form  # noqa: PLC0415

    core = serving(replace(settings, sealed_keys=()))  # what takes disclosures in must not be able to read them
    app = App("bot")
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.extensions["core"] = core  # whoever made the app closes its database
    intake = Intake(core.database, core.queue, core.channels, core.ring, milliseconds)
    app.register_blueprint(blueprint(intake, core.door_bell.ring))
    copies = partial(not_ours, settings.evidence, core.database)
    app.register_blueprint(pages(core.database, core.queue, milliseconds, copies))
    serve_form(app, core)
    looked_at = (core.addresses, core.shelf, core.database, core.channels, core.ring, settings.timezone)
    app.register_blueprint(evidence_pages(*looked_at))
    calendars = Calendars(core.ring, core.database, core.channels, lambda: core.texts, core.today)
    app.register_blueprint(calendar_pages(calendars, settings.reached_at))
    serve_papers(app, core)
    return app


def work(settings: Settings, *, until: threading.Event | None = None) -> None:
    """The worker process: turns and sending, until told to stop. What is under way is finished first."""
    from bot.chat_mode import LOOKS_S, ChatModes  # noqa: PLC0415
    from bot.papers.handing.clearing import clear  # noqa: PLC0415
    from bot.papers.handing.serving import orders_of  # noqa: PLC0415

    core, stop = serving(settings), until or stop_on_signals()
    for doubt in core.database.doubts():
        log.warning("%s", doubt)
    incoming, outgoing, undone = Bell(), Bell(), Bell()
    turns, sends, casts, schedule = _loops(core, outgoing.ring, undone.ring)
    receivers, modes = Receivers(core.ledger, core.today), ChatModes(core.ledger, core.lines)
    leases, orders = Leases(core.ledger, settings.lease_ms), orders_of(core)
    threads = [
        *hands("turn", settings.turn_threads, turns, leases, incoming, stop),
        *hands("send", settings.send_threads, sends, leases, outgoing, stop),
        *hands("cast", CAST_THREADS, casts, leases, outgoing, stop),
        *hands("task", settings.task_threads, tasks(core, incoming.ring, outgoing.ring), leases, undone, stop),
        regularly("leases", settings.lease_ms / 3000, leases.extend, stop),
        regularly("counts", COUNTS_KEPT_S, core.ledger.counts.keep, stop),
        regularly("clock", CLOCK_LOOKS_S, lambda: schedule.look(stop), stop),
        regularly("chat mode", LOOKS_S, lambda: modes.look(stop), stop, at_once=True),
        regularly("quota", QUOTA_LOOKED_AT_S, lambda: core.quotas.look(stop), stop, at_once=True),
        regularly("receivers", RECEIVERS_LOOKED_AT_S, lambda: receivers.look(stop), stop, at_once=True),
        regularly("unfinished", unfinished.LOOKS_S, lambda: unfinished.forget(core.ledger, stop), stop),
        regularly("papers", housekeeping.EVERY_S, lambda: clear(orders, stop), stop),
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


def tasks(core: Core, heard: Callable[[], None], posted: Callable[[], None] = lambda: None) -> "TaskLoop":
    """What takes longer than a turn."""
    from bot.tasks import TaskLoop  # noqa: PLC0415

    settings = core.settings
    return TaskLoop(core.ledger, acts(core, posted), settings.lease_ms, settings.most_attempts, heard)


def _loops(
    core: Core, posted: Callable[[], None], tasked: Callable[[], None]
) -> tuple["TurnLoop", "SendLoop", "CastLoop", "Schedule"]:
    """Takes turns and sends. Understanding and the SDK cost a second and 100 MB, so only a worker loads them."""
    from bot import nlu  # noqa: PLC0415
    from bot.casts import CastLoop, fewer  # noqa: PLC0415
    from bot.sender import Manners, SendLoop  # noqa: PLC0415
    from bot.texts import LOCALES  # noqa: PLC0415
    from bot.turns import Turns  # noqa: PLC0415
    from bot.worker import Patience, TurnLoop  # noqa: PLC0415
    from handlers import FEATURES  # noqa: PLC0415

    settings, letters, lines = core.settings, core.letters, core.lines
    patience = Patience(settings.lease_ms, settings.most_attempts, settings.most_a_minute)
    manners = Manners(settings.lease_ms, settings.reply_token_ms, Rate(settings.calls_a_second, CALLS_AT_ONCE))
    talk = Turns(FEATURES, nlu.load(LOCALES), core.texts)
    turns = TurnLoop(core.ledger, talk, letters, patience, settings.timezone, posted, tasked)
    sends = SendLoop(core.ledger, lines, letters, manners, core.quotas)
    casts = CastLoop(core.ledger, lines, letters, replace(manners, rate=fewer(manners.rate)), core.quotas)
    return turns, sends, casts, clock(core, posted)
