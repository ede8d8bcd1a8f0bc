"""The composition root: the only place that picks real things."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from flask import Flask

from bot.bell import Bell, DoorBell
from bot.channels import Channels
from bot.faults import place_of
from bot.line.webhook import MOST_BYTES, Intake, blueprint
from bot.pages import pages
from bot.settings import BadSettings, Settings
from bot.storage.agencies import Agencies
from bot.storage.database import Database
from bot.storage.queue import Queue
from bot.storage.sealing import BadKey, KeyRing

NO_KEYS = (
    "ITABOT_KEYS is not set: make a key with «itabot keys new», keep it safe, and set it before anything is stored"
)

log = logging.getLogger(__name__)


def milliseconds() -> int:
    """Now, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Core:
    """What every process needs: database, keys, queue. Nothing is opened before it is used."""

    settings: Settings

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
        database = Database(self.settings.database_url)
        database.file.touch(mode=0o600)  # names of agencies stand in it plain
        return database

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
        """Wakes the worker of this machine."""
        return DoorBell(self.database.file.with_name(self.database.file.name + ".bell"))


def web(settings: Settings) -> Flask:
    """The web process: takes webhooks in and serves pages."""
    core = Core(settings)
    app = Flask("bot")
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.extensions["core"] = core  # whoever made the app closes its database
    intake = Intake(core.database, core.queue, core.channels, core.ring, milliseconds)
    app.register_blueprint(blueprint(intake, core.door_bell.ring))
    app.register_blueprint(pages(core.database, core.queue, milliseconds))
    return app


def work(settings: Settings, *, until: threading.Event | None = None) -> None:
    """The worker process: turns and sending, until told to stop. A turn that runs is finished first."""
    core, stop = Core(settings), until or _stop_on_signals()
    incoming, outgoing = Bell(), Bell()
    threads = [
        *_threads("turn", settings.turn_threads, _turns(core, outgoing.ring), incoming, stop),
        *_threads("send", settings.send_threads, _sends(core), outgoing, stop),
    ]
    for thread in threads:
        thread.start()
    core.door_bell.listen(incoming, stop)
    for bell in (incoming, outgoing):
        bell.ring(len(threads))
    for thread in threads:
        thread.join()
    core.database.close()


def _turns(core: Core, posted: Callable[[], None]) -> Callable[[str], bool]:
    """Takes one turn. What it needs is loaded here, so that the web process stays small."""
    from bot import nlu  # noqa: PLC0415
    from bot.texts import LOCALES, Texts  # noqa: PLC0415
    from bot.turns import Turns  # noqa: PLC0415
    from bot.worker import Patience, TurnLoop  # noqa: PLC0415
    from handlers import FEATURES  # noqa: PLC0415

    texts = Texts()
    turns = Turns(FEATURES, nlu.load(LOCALES), texts)
    patience = Patience(core.settings.lease_ms, core.settings.most_attempts)
    return TurnLoop(
        core.database, core.queue, core.channels, core.ring, turns, texts, patience,
        core.settings.timezone, milliseconds, posted,
    ).one  # fmt: skip


def _sends(core: Core) -> Callable[[str], bool]:
    """Sends one message. The SDK costs a second and 70 MB: only the process that sends loads it."""
    from bot.line.client import Lines  # noqa: PLC0415
    from bot.sender import SendLoop  # noqa: PLC0415

    settings = core.settings
    return SendLoop(
        core.database, core.queue, core.channels, Lines(settings.line_api),
        settings.lease_ms, settings.reply_token_ms, milliseconds,
    ).one  # fmt: skip


def _threads(
    name: str, how_many: int, one: Callable[[str], bool], bell: Bell, stop: threading.Event
) -> list[threading.Thread]:
    def loop(owner: str) -> None:
        while not stop.is_set():
            heard = bell.rings
            try:
                if not one(owner):
                    bell.wait(heard)
            except Exception as error:  # noqa: BLE001 - the database may be away for a while
                log.error("%s: %s; looking again soon", name, place_of(error))  # noqa: TRY400
                stop.wait(1)

    owners = [f"{name}-{os.getpid()}-{time.time_ns()}-{number}" for number in range(how_many)]
    return [threading.Thread(target=loop, args=(owner,), name=owner, daemon=True) for owner in owners]


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    return stop
