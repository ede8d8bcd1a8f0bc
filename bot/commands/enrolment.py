"""Agencies, their people and their menus: agency add, member add, list, remove, menu."""

import argparse
import sys
from pathlib import Path
from typing import Any

from bot import enrol, invite, samples
from bot.commands.kit import REFUSED, WRONG_USE, Table, command, group, ready, say_no
from bot.line.richmenu import LineSaysNo
from bot.settings import Settings
from itadomain.people import Role

QR_FILES = (".png", ".svg")
SPOKEN = "-"  # not on the command line, which every process of the machine can read


def add_to(table: Table) -> None:
    """Add these commands."""
    agency = group(table, "agency", "agencies")
    _agency_options(command(agency, "add", _add_agency, "add an agency, or change one"))
    member = group(table, "member", "people with a role")
    _member_options(command(member, "add", _add_member, "enrol a person, or change their roles"))
    _invite_options(command(member, "invite", _invite, "make a code for somebody to enrol with"))
    listed = command(member, "list", _list_members, "who has a role, without LINE user ids")
    listed.add_argument("slug")
    listed.add_argument("--ids", action="store_true", help="with LINE user ids, which are personal data")
    removed = command(member, "remove", _remove_member, "take all roles from a person")
    removed.add_argument("slug")
    removed.add_argument("--line-user-id", required=True, help="as «member list --ids» shows it")
    removed.add_argument("--forget", action="store_true", help="delete what is kept about the person too")
    menu = command(table, "menu", _menu, "put the menus under the chat; again after enrolling someone")
    menu.add_argument("slug")


def _agency_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("slug", help="its part of the webhook's address: small letters, digits, hyphens")
    one.add_argument("--name", required=True, help="its name in Thai")
    one.add_argument("--name-en", default="", help="its name in English")
    one.add_argument("--short", default="", help="its usual short form, e.g. อบต.ท้ายเหมือง")
    one.add_argument("--channel-secret", help="from the console, Basic settings; - reads a line of standard input")
    one.add_argument("--access-token", default="", help="a long-lived one, or - as above, in place of the channel id")
    one.add_argument("--channel-id", default="", help="from the console, Basic settings; fetches access by itself")
    one.add_argument("--bot-user-id", default="", help="from the console, Basic settings")
    one.add_argument("--phone", default="", help="what citizens dial")
    one.add_argument("--hours", default="", help="when somebody answers")
    one.add_argument("--particle", choices=["ค่ะ", "ครับ"], default="", help="how the bot ends a sentence")
    one.add_argument("--account", default="", help="its name in LINE, @abc1234: invitations then open its chat")
    one.add_argument("--sample", choices=samples.NAMES, help="fill it with a sample's scores and measures")


def _member_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("slug")
    one.add_argument("--line-user-id", required=True, help="U and 32 letters or digits")
    one.add_argument("--name", required=True)
    one.add_argument("--unit", default="")
    one.add_argument("--role", action="append", required=True, choices=[role.value for role in Role])


def _invite_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("slug")
    one.add_argument("--unit", default="", help="made where it is not there yet")
    one.add_argument("--role", required=True, choices=[role.value for role in Role])
    one.add_argument("--qr", type=Path, metavar="FILE", help="draw it into a .png or .svg file too")


def _add_agency(asked: argparse.Namespace, settings: Settings) -> int:
    for name in ("channel_secret", "access_token"):
        if getattr(asked, name) == SPOKEN:
            setattr(asked, name, _line_of_input())
    core = ready(settings)
    enrol.add_agency(core, enrol.NewAgency(**_chosen(asked, enrol.NewAgency)))
    print(f"{asked.slug}: POST /line/{asked.slug}/webhook")
    agency = core.channels.by_slug(asked.slug)
    if agency and not agency.access_token and not agency.channel_id:
        print("itabot: without --channel-id or --access-token it hears and cannot answer", file=sys.stderr)
    return 0


def _add_member(asked: argparse.Namespace, settings: Settings) -> int:
    made = enrol.add_member(ready(settings), enrol.NewMember(**_chosen(asked, enrol.NewMember)))
    print(f"{asked.slug}: {', '.join(asked.role)}")
    if made:
        print(f"{asked.slug}: made the unit «{asked.unit}», which was not there yet")
    return 0


def _invite(asked: argparse.Namespace, settings: Settings) -> int:
    if asked.qr and asked.qr.suffix not in QR_FILES:
        return say_no(WRONG_USE, f"--qr ends with {' or '.join(QR_FILES)}")
    made = invite.invite(ready(settings), asked.slug, asked.unit, asked.role)
    import segno  # noqa: PLC0415 - only this draws

    drawn = segno.make_qr(made.link or made.code)
    if asked.qr:
        drawn.save(str(asked.qr), scale=8)
    print(f"{asked.slug}: {made.code} for {asked.role}, once, until {made.last_day}")
    if made.unit_made:
        print(f"{asked.slug}: made the unit «{asked.unit}», which was not there yet")
    print(made.link or "without «agency add --account @…» there is no link: the code is typed into the chat")
    drawn.terminal(compact=True)
    return 0


def _list_members(asked: argparse.Namespace, settings: Settings) -> int:
    found = enrol.members(ready(settings), asked.slug)
    for member in found:
        who = member.person
        facts = [who.name, ", ".join(sorted(who.roles)), ", ".join(member.units) or "-"]
        facts.append("has written" if member.has_written else "never wrote")
        print("  ".join([*facts, member.line_user_id] if asked.ids else facts))
    if not found:
        print("nobody has a role")
    return 0


def _remove_member(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)
    enrol.remove_member(core, asked.slug, asked.line_user_id, forget=asked.forget)
    print(f"{asked.slug}: {'forgotten' if asked.forget else 'no roles any more'}")
    try:
        enrol.hide_menu(core, asked.slug, asked.line_user_id)
    except (LineSaysNo, enrol.Unknown) as no:
        print(f"itabot: their own menu stays under the chat, and what it offers is refused: {no}", file=sys.stderr)
    return 0


def _menu(asked: argparse.Namespace, settings: Settings) -> int:
    try:
        done = enrol.publish_menus(ready(settings), asked.slug)
    except LineSaysNo as no:
        return say_no(REFUSED, f"LINE said no: {no}")
    print("\n".join(done.made) or "the menus are up to date")
    if done.left_out:
        verb = "has" if done.left_out == 1 else "have"
        return say_no(REFUSED, f"{done.left_out} of {done.members} {verb} no menu of their own")
    return 0


def _line_of_input() -> str:
    """One line of standard input; what is not ASCII is refused later, without being repeated."""
    return sys.stdin.buffer.readline().decode("ascii", "replace").strip()


def _chosen(asked: argparse.Namespace, shape: type[Any]) -> dict[str, Any]:
    return {name: value for name, value in vars(asked).items() if name in shape.__dataclass_fields__}
