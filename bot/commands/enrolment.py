"""Agencies, their people and their menus: agency add, member add, menu."""

import argparse
import sys
from typing import Any

from bot import enrol, samples
from bot.commands.kit import REFUSED, Table, command, group, ready, say_no
from bot.settings import Settings
from itadomain.people import Role


def add_to(table: Table) -> None:
    """Add these commands."""
    agency = group(table, "agency", "agencies")
    _agency_options(command(agency, "add", _add_agency, "add an agency, or change one"))
    member = group(table, "member", "people with a role")
    _member_options(command(member, "add", _add_member, "enrol a person, or change their roles"))
    menu = command(table, "menu", _menu, "put the menus under the chat; again after enrolling someone")
    menu.add_argument("slug")


def _agency_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("slug", help="its part of the webhook's address: small letters, digits, hyphens")
    one.add_argument("--name", required=True, help="its name in Thai")
    one.add_argument("--name-en", default="", help="its name in English")
    one.add_argument("--short", default="", help="its usual short form, e.g. อบต.ท้ายเหมือง")
    one.add_argument("--channel-secret", required=True, help="from the console, Basic settings")
    one.add_argument("--access-token", default="", help="a long-lived one, in place of the channel id")
    one.add_argument("--channel-id", default="", help="from the console, Basic settings; fetches access by itself")
    one.add_argument("--bot-user-id", default="", help="from the console, Basic settings")
    one.add_argument("--phone", default="", help="what citizens dial")
    one.add_argument("--hours", default="", help="when somebody answers")
    one.add_argument("--particle", choices=["ค่ะ", "ครับ"], default="", help="how the bot ends a sentence")
    one.add_argument("--sample", choices=samples.NAMES, help="fill it with a sample's scores and measures")


def _member_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("slug")
    one.add_argument("--line-user-id", required=True, help="U and 32 letters or digits")
    one.add_argument("--name", required=True)
    one.add_argument("--unit", default="")
    one.add_argument("--role", action="append", required=True, choices=[role.value for role in Role])


def _add_agency(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)
    enrol.add_agency(core, enrol.NewAgency(**_chosen(asked, enrol.NewAgency)))
    print(f"{asked.slug}: POST /line/{asked.slug}/webhook")
    agency = core.channels.by_slug(asked.slug)
    if agency and not agency.access_token and not agency.channel_id:
        print("itabot: without --channel-id or --access-token it hears and cannot answer", file=sys.stderr)
    return 0


def _add_member(asked: argparse.Namespace, settings: Settings) -> int:
    enrol.add_member(ready(settings), enrol.NewMember(**_chosen(asked, enrol.NewMember)))
    print(f"{asked.slug}: {', '.join(asked.role)}")
    return 0


def _menu(asked: argparse.Namespace, settings: Settings) -> int:
    from bot.line.menu_client import LineSaysNo  # noqa: PLC0415 - the SDK costs a second, and only this needs it

    try:
        made = enrol.publish_menus(ready(settings), asked.slug)
    except LineSaysNo as no:
        return say_no(REFUSED, f"LINE said no: {no}")
    print("\n".join(made) or "the menus are up to date")
    return 0


def _chosen(asked: argparse.Namespace, shape: type[Any]) -> dict[str, Any]:
    return {name: value for name, value in vars(asked).items() if name in shape.__dataclass_fields__}
