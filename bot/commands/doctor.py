"""What is wrong and what to do: doctor."""

import argparse
import json

from bot.commands.kit import REFUSED, Table, command
from bot.settings import Settings
from bot.wiring import Core


def add_to(table: Table) -> None:
    """Add this command."""
    one = command(table, "doctor", _doctor, "look at everything and say what is wrong; exit 1 where something fails")
    one.add_argument("slug", nargs="*", help="these agencies, with LINE's own test of their webhooks; else all")
    one.add_argument("--json", action="store_true", help="one JSON object a line: check, agency, result, says, do")
    one.add_argument("--test-webhook", action="store_true", help="let LINE test the webhooks of all agencies too")


def _doctor(asked: argparse.Namespace, settings: Settings) -> int:
    from bot.doctor import Result, examine  # noqa: PLC0415 - the SDK costs a second, and only this needs it
    from bot.line.client import Lines  # noqa: PLC0415

    core, lines, failed = Core(settings), Lines(settings.line_api), False
    for finding in examine(core, lines, asked.slug, try_webhooks=asked.test_webhook):
        print(json.dumps(finding.as_json(), ensure_ascii=False) if asked.json else finding, flush=True)
        failed = failed or finding.result is Result.FAIL
    lines.close()
    return REFUSED if failed else 0
