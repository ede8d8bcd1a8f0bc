"""What was given up: dead list, show, retry, drop."""

import argparse
import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from bot import enrol
from bot.commands.kit import REFUSED, WRONG_USE, Table, command, group, ready, say_no
from bot.settings import Settings
from bot.storage import dead
from bot.wiring import Core, milliseconds

KINDS, MOMENTS = {"type", "mode", "language"}, {"timestamp", "token_at"}
PLAIN = re.compile(r"[a-z][a-zA-Z_]{0,29}")


def add_to(table: Table) -> None:
    """Add these commands."""
    letters = group(table, "dead", "events, messages and tasks that were given up")
    listed = command(letters, "list", _list, "what was given up, oldest first")
    listed.add_argument("--agency", default="", metavar="SLUG", help="of one agency only")
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    shown = command(letters, "show", _show, "what kind of thing it is; its words only where they are asked for")
    shown.add_argument("name", type=_name, help="as listed: event:12, message:7, task:3")
    shown.add_argument("--words", action="store_true", help="show the whole content; it may be a person's complaint")
    for verb, run, text in (
        ("retry", _retry, "try them again"),
        ("drop", _drop, "delete their content for good"),
    ):
        one = command(letters, verb, run, text)
        one.add_argument("names", nargs="*", type=_name, metavar="NAME", help="as listed: event:12, message:7, task:3")
        one.add_argument("--all", action="store_true", help="everything that was given up")
        one.add_argument("--reason", default="", help="everything that was given up for this reason, as listed")


def _name(text: str) -> tuple[str, int]:
    kind, _, number = text.partition(":")
    if kind not in dead.KINDS or not number.isdecimal():
        raise argparse.ArgumentTypeError(f"«{text}» is neither event:NUMBER nor message:NUMBER nor task:NUMBER")
    return kind, int(number)


def _list(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)
    _check(core, asked.agency)
    given_up = _all(core, asked.agency)
    for one in given_up:
        at = datetime.fromtimestamp(one.at / 1000, UTC).astimezone(settings.timezone)
        if asked.json:
            facts = {"name": one.name, "agency": one.agency, "at": at.isoformat(), "attempts": one.attempts}
            print(json.dumps({**facts, "reason": one.reason}, ensure_ascii=False))
        else:
            print(f"{one.name:12}  {one.agency:20}  {at:%Y-%m-%d %H:%M}  {one.attempts:2} attempts  {one.reason}")
    if not given_up and not asked.json:
        print("nothing was given up")
    return 0


def _show(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)
    kind, number = asked.name
    with core.database.reading(across=True) as connection:
        found = dead.one(connection, kind, number)
    if found is None:
        return say_no(REFUSED, f"there is no {kind}:{number} among what was given up")
    inside = dead.opened(core.ring, found)
    print(f"{found.name} · {found.agency} · {found.attempts} attempts · {found.reason}")
    if inside is None:
        print("it does not open with these keys")
    else:
        print(json.dumps(inside if asked.words else _outline(inside), ensure_ascii=False, indent=2))
    return 0


def _retry(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)
    now = milliseconds()
    status = _each(asked, core, lambda c, one: dead.retry(c, core.queue, one, now), "is tried again")
    core.door_bell.ring()
    return status


def _drop(asked: argparse.Namespace, settings: Settings) -> int:
    return _each(asked, ready(settings), dead.drop, "is dropped")


def _each(asked: argparse.Namespace, core: Core, act: Callable[[Connection, dead.Dead], bool], told: str) -> int:
    """Do something with all that is meant; exit 1 where one that was named is not there."""
    if not (asked.names or asked.all or asked.reason):
        return say_no(WRONG_USE, "name something, or say --all or --reason")
    given_up = {(one.kind, one.id): one for one in _all(core, "")}
    meant = [
        one
        for name, one in given_up.items()
        if asked.all or name in asked.names or (asked.reason and one.reason == asked.reason)
    ]
    missing = [name for name in asked.names if name not in given_up]
    for one in meant:
        if core.database.write(lambda c, one=one: act(c, one), across=True):  # type: ignore[misc]
            print(f"{one.name} {told}")
    if not (meant or missing):
        print("nothing was given up" if asked.all else "nothing was given up for this reason")
    for kind, number in missing:
        say_no(REFUSED, f"there is no {kind}:{number} among what was given up")
    return REFUSED if missing else 0


def _check(core: Core, slug: str) -> None:
    with core.database.reading(across=True) as connection:
        if slug and slug not in core.agencies.slugs(connection):
            raise enrol.Unknown(f"there is no agency «{slug}»")


def _all(core: Core, slug: str) -> Sequence[dead.Dead]:
    with core.database.reading(across=True) as connection:
        found = [one for kind in dead.KINDS for one in dead.all_of(connection, kind, slug)]
    return sorted(found, key=lambda one: one.at)


def _outline(value: Any) -> Any:
    """The shape of a content without its words: texts by their length, numbers as such, except what tells its kind."""
    if isinstance(value, dict):
        return {
            key if _plain(key) else f"key {place}": one if _tells_kind(key, one) else _outline(one)
            for place, (key, one) in enumerate(value.items(), 1)
        }
    if isinstance(value, list):
        return [_outline(one) for one in value]
    if value is None or isinstance(value, bool):
        return value
    return f"{len(value)} characters" if isinstance(value, str) else "a number"


def _tells_kind(key: str, value: Any) -> bool:
    """What kind of thing it is, or when it happened."""
    if key in MOMENTS:
        return isinstance(value, int)
    return key in KINDS and isinstance(value, str) and _plain(value)


def _plain(name: str) -> bool:
    """Whether it looks like a name that a program gave, not like words or an id."""
    return PLAIN.fullmatch(name) is not None
