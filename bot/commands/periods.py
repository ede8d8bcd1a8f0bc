"""What printed periods and follow-ups mean: period."""

import argparse
import io
import json
import re
import sys
from typing import Any

from bot.commands.kit import REFUSED, Table, command
from bot.settings import Settings
from bot.texts import Texts
from itadomain.periods import FollowUp, Period, Told, follow_up, period
from itadomain.thai import buddhist, fold

KINDS = ("period", "follow_up", "followup")
YEAR = re.compile(r"(?:พ\.?ศ\.?|ค\.?ศ\.?)?\s*(\d{4}|\d\d)")
FORM = "a line is: period or follow_up, TAB, the wording, TAB, the fiscal year or nothing"


class BadLine(ValueError):
    """A line that asks for nothing that there is."""


def add_to(table: Table) -> None:
    """Add this command."""
    one = command(table, "period", _period, "one printed period or follow-up a line in, its days out")
    one.add_argument("--json", action="store_true", required=True, help=f"one JSON object a line; {FORM}")


def _period(_asked: argparse.Namespace, _settings: Settings) -> int:
    texts, status = Texts(), 0
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    for line in sys.stdin:
        try:
            told = _told(line.rstrip("\r\n"), texts)
        except BadLine as bad:
            told, status = {"error": str(bad)}, REFUSED
        print(json.dumps(told, ensure_ascii=False), flush=True)
    return status


def _told(line: str, texts: Texts) -> dict[str, Any]:
    """The answer to one line; a blank one is an empty period."""
    kind, wording, year, within, *_ = [*(line.split("\t") if line.strip() else ["period"]), "", "", ""]
    if kind.strip() not in KINDS:
        raise BadLine(f"«{kind[:40]}» is neither period nor follow_up; {FORM}")
    fiscal = _year(year)
    if kind.strip() == "period":
        return _period_as_json(period(wording, fiscal), texts)
    span = period(within, fiscal).span if within.strip() else None
    return _follow_up_as_json(follow_up(wording, fiscal, span), texts)


def _year(text: str) -> int | None:
    found = YEAR.fullmatch(fold(text.strip()))
    if not found and text.strip():
        raise BadLine(f"«{text[:40]}» is not a fiscal year; {FORM}")
    return buddhist(int(found[1])) if found else None


def _period_as_json(one: Period, texts: Texts) -> dict[str, Any]:
    """The days that a period itself names stand with its parts; due are those of a follow-up."""
    spans = [f"{span.start}..{span.end}" for span in one.segments]
    return {
        "start": one.start and one.start.isoformat(),
        "end": one.end and one.end.isoformat(),
        "segments": spans or [day.isoformat() for day in one.due],
        "due": [],
        "open_start": one.open_start,
        "open_end": one.open_end,
        **_sentences(one.rule, one.doubt, texts),
    }


def _follow_up_as_json(one: FollowUp, texts: Texts) -> dict[str, Any]:
    return {
        "start": None,
        "end": None,
        "segments": [],
        "due": [due.slot.isoformat() for due in one.due],
        "cadence": one.cadence,
        "meeting": one.meeting,
        "weekday": None if one.weekday is None else one.weekday.name.lower(),
        **_sentences(one.rule, one.doubt, texts),
    }


def _sentences(rule: Told, doubt: Told | None, texts: Texts) -> dict[str, Any]:
    """The rule and the question in Thai, with their codes."""
    return {
        "rule": texts.tell(rule, "th", ""),
        "rule_code": rule.code,
        "question": doubt and texts.tell(doubt, "th", ""),
        "question_code": doubt and doubt.code,
    }
