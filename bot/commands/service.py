"""The service and its parts: demo, serve, web, worker, migrate; and what it understands."""

import argparse
import dataclasses
import io
import json
import os
import sys
import zoneinfo
from datetime import date, datetime

from bot.commands.kit import Table, command, ready
from bot.evidence import mark
from bot.settings import Settings
from bot.storage.schema import migrate
from bot.wiring import Core, clock, serving, work

#: At either end of what a datetime can be, some zones have no such day.
YEARS = range(1970, 9999)


#: Beside a web process on the same machine: LINE waits two seconds for its 200, a person gladly one for an answer.
GIVES_WAY = 10


def add_to(table: Table) -> None:
    """Add these commands."""
    command(table, "demo", _demo, "the five sample agencies, the service and the desk simulator")
    command(table, "serve", _serve, "bring the database up to date, then web and worker in one")
    command(table, "web", _web, "take webhooks in and serve pages")
    command(table, "worker", _worker, "take turns and send")
    command(table, "migrate", _migrate, "bring the database up to date")
    understand = command(table, "understand", _understand, "one message a line in, one reading a line out")
    understand.add_argument("--json", action="store_true", required=True, help="one JSON object a line")
    understand.add_argument("--today", type=_day, help="the day that words like ปีที่แล้ว start from")
    tick = command(table, "tick", _tick, "run the clock once and print what it queued; the worker sends it")
    tick.add_argument("--now", type=_moment, help="as if it were this time, e.g. 2026-11-21T08:30+07:00")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        raise argparse.ArgumentTypeError(f"«{text}» is not a time like 2026-11-21T08:30")
    return moment


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» is not a day like 2026-11-21") from None


def _demo(_asked: argparse.Namespace, settings: Settings) -> int:
    from bot.demo import run_demo  # noqa: PLC0415 - only this command needs it

    return run_demo(settings)


def _vouch(settings: Settings) -> None:
    """Nothing is started that would lose copies of evidence, or meet an old database."""
    serving(settings)
    core = ready(settings)
    mark.vouch(settings.evidence, core.database)
    core.database.close()


def _serve(_asked: argparse.Namespace, settings: Settings) -> int:
    from bot.processes import serve_command  # noqa: PLC0415 - only this command needs it

    _vouch(settings)
    return serve_command(settings)


def _web(_asked: argparse.Namespace, settings: Settings) -> int:
    from bot.processes import web_command  # noqa: PLC0415 - only this command needs it

    _vouch(settings)
    return web_command(settings)


def _worker(_asked: argparse.Namespace, settings: Settings) -> int:
    _vouch(settings)
    os.nice(GIVES_WAY)
    work(settings)
    return 0


def _migrate(_asked: argparse.Namespace, settings: Settings) -> int:
    changed = migrate(Core(settings).database)
    print("the database was brought up to date" if changed else "the database is up to date")
    return 0


def _understand(asked: argparse.Namespace, settings: Settings) -> int:
    from bot import nlu  # noqa: PLC0415 - only this command needs it
    from bot.texts import LOCALES  # noqa: PLC0415

    understanding = nlu.load(LOCALES)
    today = asked.today or _today(settings.timezone)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        reading = understanding.read(line.rstrip("\r\n"), today)
        print(json.dumps(nlu.as_json(reading), ensure_ascii=False), flush=True)
    return 0


def _tick(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)
    now: datetime = asked.now or datetime.now(settings.timezone)
    if now.tzinfo is None:
        now = now.replace(tzinfo=settings.timezone)
    ran = clock(core, core.door_bell.ring).tick(now)
    core.ledger.counts.keep()
    print(json.dumps({"now": now.isoformat(), "jobs": [dataclasses.asdict(one) for one in ran]}))
    return 0


def _today(zone: zoneinfo.ZoneInfo) -> date:
    return datetime.now(zone).date()
