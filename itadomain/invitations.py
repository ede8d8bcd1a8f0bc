"""Joining with a code: what one looks like, when it opens, and what becomes of whoever sends it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from itadomain.organisation import CODE_LENGTH, SIGNS, Invitation
from itadomain.people import Person, Post, Role
from itadomain.posts import appointed
from itadomain.refusals import Refusal
from itadomain.thai import fold

VALID = timedelta(days=7)
MOST_WRONG = 5
WITHIN = timedelta(hours=1)
HALF = CODE_LENGTH // 2
#: Letters that are taken for figures: nobody shall fail because of one.
TAKEN_FOR = str.maketrans("OIL", "011")
CODE = re.compile(rf"(?<![0-9A-Z])([{SIGNS}OIL]{{{HALF}}})[-–\s]?([{SIGNS}OIL]{{{HALF}}})(?![0-9A-Z])")
LONGEST_NAME = 80
#: A code as it looks, which none can be: the letter U is no sign of ours.
EXAMPLE = "K7UX-93FD"
#: The agency's setting that holds what its LINE account is called: @abc1234.
ACCOUNT = "account"


def is_code(signs: str) -> bool:
    """Whether signs can be a code: letters and figures, so no word and no number is one; no sign thrice in a row."""
    mixed = any(sign.isdigit() for sign in signs) and any(sign.isalpha() for sign in signs)
    return mixed and not any(sign * 3 in signs for sign in signs)


def code_in(text: str) -> str:
    """The code in a message, however it was typed or forwarded; Refusal where there is none."""
    for found in CODE.finditer(fold(text).upper()):
        code = "".join(found.groups()).translate(TAKEN_FOR)
        if is_code(code):
            return code
    raise Refusal("enrol.no_code", example=EXAMPLE)


def printed(code: str) -> str:
    """A code as it is shown: in two halves."""
    return f"{code[:HALF]}-{code[HALF:]}"


def chat_link(account: str, code: str) -> str:
    """An address that opens the chat of a LINE account with the code typed already."""
    return f"https://line.me/R/oaMessage/{account.replace('@', '%40')}/?{printed(code)}"


def invitation(made_id: str, role: Role, unit: str, made_by: str, today: date) -> Invitation:
    """A new invitation, good for a week."""
    return Invitation(made_id, role, unit, made_by, today, today + VALID)


def have_patience(wrong: Sequence[datetime], now: datetime) -> None:
    """Refuse whoever sent too many wrong codes within the hour: guessing must not pay."""
    recent = [one for one in wrong if now - one < WITHIN]
    if len(recent) >= MOST_WRONG:
        raise Refusal("enrol.wait", count=MOST_WRONG)


def opened(found: Invitation | None, today: date) -> Invitation:
    """The invitation of a code, where it still opens; Refusal with the reason where it does not."""
    if found is None:
        raise Refusal("enrol.code_wrong")
    if found.used_on:
        raise Refusal("enrol.code_used")
    if found.last_day < today:
        raise Refusal("enrol.code_old", last=found.last_day)
    return found


def used(one: Invitation, person: Person, today: date) -> Invitation:
    """The invitation once somebody has joined with it."""
    return replace(one, used_by=person.id, used_on=today)


def joined(person: Person, name: str, one: Invitation, today: date) -> Person:
    """The person with the post that the invitation gives."""
    return appointed(replace(person, name=name), Post(one.role, one.unit, since=today), today)


def name_said(text: str) -> str:
    """A name as somebody typed it; Refusal where it cannot be one."""
    name = " ".join(text.split())
    if not (2 <= len(name) <= LONGEST_NAME) or any(sign.isdigit() for sign in name) or "/" in name:  # noqa: PLR2004
        raise Refusal("enrol.no_name", most=LONGEST_NAME)
    return name
