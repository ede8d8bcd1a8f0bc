"""The commands. Exit 0, 1 where something was refused, 2 for wrong use or settings; never a traceback."""

import argparse
import io
import json
import logging
import sys
import zoneinfo
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot import enrol, samples
from bot.settings import BadSettings, Settings
from bot.storage.schema import migrate
from bot.storage.sealing import SealBroken, new_key
from bot.wiring import Core, work
from itadomain.people import Role
from itadomain.refusals import Refusal

REFUSED, WRONG_USE = 1, 2
Command = Callable[[argparse.Namespace, Settings], int]


def run(arguments: Sequence[str]) -> int:  # noqa: PLR0911 - one line a way to say no
    """Run one command; gives its exit status."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    asked = _parser().parse_args(arguments)
    try:
        command: Command = asked.command
        return command(asked, Settings.read())
    except BadSettings as bad:
        return _say_no(WRONG_USE, *bad.faults)
    except enrol.Unknown as unknown:
        return _say_no(REFUSED, str(unknown))
    except Refusal as refusal:
        return _say_no(REFUSED, _in_thai(refusal))
    except SealBroken:
        return _say_no(REFUSED, "the database was sealed with another key than those in ITABOT_KEYS")
    except SQLAlchemyError as error:
        return _say_no(REFUSED, f"the database cannot be used: {str(error).splitlines()[0]}")
    except OSError as error:
        return _say_no(REFUSED, f"{error.filename or 'the machine'}: {error.strerror}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("itabot", description="The integrity office of an agency, as a LINE account.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: Command, text: str, under: Any = commands) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = under.add_parser(name, help=text, description=text)
        one.set_defaults(command=run)
        return one

    command("demo", _demo, "the five sample agencies, the service and the desk simulator")
    command("serve", _serve, "bring the database up to date, then web and worker in one")
    command("web", _web, "take webhooks in and serve pages")
    command("worker", _worker, "take turns and send")
    command("migrate", _migrate, "bring the database up to date")
    understand = command("understand", _understand, "one message a line in, one reading a line out")
    understand.add_argument("--json", action="store_true", required=True, help="one JSON object a line")
    understand.add_argument("--today", type=_day, help="the day that words like ปีที่แล้ว start from")
    keys = commands.add_parser("keys", help="keys of the installation").add_subparsers(required=True)
    command("new", _new_key, "print a fresh key for ITABOT_KEYS", keys)
    agency = commands.add_parser("agency", help="agencies").add_subparsers(required=True)
    _agency_add(command("add", _add_agency, "add an agency, or change one", agency))
    member = commands.add_parser("member", help="people with a role").add_subparsers(required=True)
    _member_add(command("add", _add_member, "enrol a person, or change their roles", member))
    menu = command("menu", _menu, "put the menus under the chat; again after enrolling someone")
    menu.add_argument("slug")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» is not a day like 2026-11-21") from None


def _agency_add(one: argparse.ArgumentParser) -> None:
    one.add_argument("slug", help="its part of the webhook's address: small letters, digits, hyphens")
    one.add_argument("--name", required=True, help="its name in Thai")
    one.add_argument("--name-en", default="", help="its name in English")
    one.add_argument("--short", default="", help="its usual short form, e.g. อบต.ท้ายเหมือง")
    one.add_argument("--channel-secret", required=True, help="from the console, Basic settings")
    one.add_argument("--access-token", default="", help="from the console, Messaging API")
    one.add_argument("--channel-id", default="", help="from the console, Basic settings")
    one.add_argument("--bot-user-id", default="", help="from the console, Basic settings")
    one.add_argument("--phone", default="", help="what citizens dial")
    one.add_argument("--hours", default="", help="when somebody answers")
    one.add_argument("--particle", choices=["ค่ะ", "ครับ"], default="", help="how the bot ends a sentence")
    one.add_argument("--sample", choices=samples.NAMES, help="fill it with a sample's scores and measures")


def _member_add(one: argparse.ArgumentParser) -> None:
    one.add_argument("slug")
    one.add_argument("--line-user-id", required=True, help="U and 32 letters or digits")
    one.add_argument("--name", required=True)
    one.add_argument("--unit", default="")
    one.add_argument("--role", action="append", required=True, choices=[role.value for role in Role])


def _demo(_asked: argparse.Namespace, settings: Settings) -> int:
    from bot.demo import run_demo  # noqa: PLC0415 - only this command needs it

    return run_demo(settings)


def _serve(_asked: argparse.Namespace, settings: Settings) -> int:
    from bot.processes import serve  # noqa: PLC0415 - only this command needs it

    core = Core(settings)
    _ = core.ring  # without keys nothing may start
    migrate(core.database)
    core.database.close()
    return serve(settings)


def _web(_asked: argparse.Namespace, settings: Settings) -> int:
    from bot.processes import web_command  # noqa: PLC0415 - only this command needs it

    _ready(settings)
    return web_command(settings)


def _worker(_asked: argparse.Namespace, settings: Settings) -> int:
    _ready(settings)
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


def _new_key(_asked: argparse.Namespace, _settings: Settings) -> int:
    print(new_key())
    return 0


def _add_agency(asked: argparse.Namespace, settings: Settings) -> int:
    core = _ready(settings)
    enrol.add_agency(core, enrol.NewAgency(**_chosen(asked, enrol.NewAgency)))
    print(f"{asked.slug}: POST /line/{asked.slug}/webhook")
    agency = core.channels.by_slug(asked.slug)
    if agency and not agency.access_token:
        print("itabot: without --access-token it hears and cannot answer", file=sys.stderr)
    return 0


def _add_member(asked: argparse.Namespace, settings: Settings) -> int:
    enrol.add_member(_ready(settings), enrol.NewMember(**_chosen(asked, enrol.NewMember)))
    print(f"{asked.slug}: {', '.join(asked.role)}")
    return 0


def _menu(asked: argparse.Namespace, settings: Settings) -> int:
    from bot.line.menu_client import LineSaysNo  # noqa: PLC0415 - the SDK costs a second, and only this needs it

    try:
        made = enrol.publish_menus(_ready(settings), asked.slug)
    except LineSaysNo as no:
        return _say_no(REFUSED, f"LINE said no: {no}")
    print("\n".join(made) or "the menus are up to date")
    return 0


def _ready(settings: Settings) -> Core:
    """The core, with keys at hand and the database up to date."""
    core = Core(settings)
    _ = core.ring
    migrate(core.database)
    return core


def _chosen(asked: argparse.Namespace, shape: type[Any]) -> dict[str, Any]:
    return {name: value for name, value in vars(asked).items() if name in shape.__dataclass_fields__}


def _today(zone: zoneinfo.ZoneInfo) -> date:
    return datetime.now(zone).date()


def _in_thai(refusal: Refusal) -> str:
    from bot.texts import Texts  # noqa: PLC0415 - only a refusal needs it
    from handlers.kit import Words  # noqa: PLC0415

    return Texts().tell(Words(refusal.key, refusal.facts), "th", "")


def _say_no(status: int, *why: str) -> int:
    for one in why:
        print(f"itabot: {one}", file=sys.stderr)
    return status
