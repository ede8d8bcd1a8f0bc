"""Requests (คำร้อง): short forms that are filled in question by question, and go the way of every case.

A form and its fields are told by their codes: `request.form_<code>`, `request.ask_<key>`, `request.field_<key>`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from itadomain.cases.case import LONGEST_DETAIL
from itadomain.refusals import Refusal
from itadomain.said_days import day_said
from itadomain.thai import fold

#: So many letters an answer, so that all of a form have room in the story of a case.
LONGEST_ANSWER = 500
#: «3», «๓ หลัง», «โต๊ะ 20 ตัว», «สองหลัง».
AMOUNT = re.compile(
    r"(?<!\d)[1-9]\d{0,4}(?!\d)|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ร้อย|เดียว|\b(?:one|two|three|four|five|six|ten)\b"
)


class Ask(StrEnum):
    """What an answer has to be."""

    TEXT = "text"
    NUMBER = "number"  # words with a number in them
    DAY = "day"  # not before today


@dataclass(frozen=True)
class Field:
    """One question of a form. A day that is `after` another field is not before it."""

    key: str
    kind: Ask = Ask.TEXT
    required: bool = True
    after: str = ""
    most: int = LONGEST_ANSWER  # letters


@dataclass(frozen=True)
class Form:
    """A kind of request, with what is asked for it."""

    code: str
    fields: Sequence[Field]

    def field(self, key: str) -> Field | None:
        """The field of a key."""
        return next((one for one in self.fields if one.key == key), None)

    def next(self, answers: Mapping[str, str]) -> Field | None:
        """The first that was not asked yet; what was left open is an empty answer."""
        return next((one for one in self.fields if one.key not in answers), None)

    def without(self, answers: Mapping[str, str], key: str) -> Mapping[str, str]:
        """The answers but one, and what was measured against it."""
        gone = {key, *(one.key for one in self.fields if one.after == key)}
        return {name: said for name, said in answers.items() if name not in gone}


NAME, PHONE = Field("name"), Field("phone", required=False, most=LONGEST_DETAIL)
FORMS = (
    Form("general", (Field("wish"), NAME, PHONE)),
    Form("information", (Field("document"), Field("purpose", required=False), NAME, PHONE)),
    Form("loan", (
        Field("item"), Field("amount", Ask.NUMBER), Field("since", Ask.DAY), Field("until", Ask.DAY, after="since"),
        Field("where", required=False), NAME, PHONE,
    )),
)  # fmt: skip


def form(code: str) -> Form:
    """The form of a code; Refusal where there is none."""
    found = next((one for one in FORMS if one.code == code), None)
    if found is None:
        raise Refusal("request.one_of_these")
    return found


def answered(field: Field, said: str, answers: Mapping[str, str], today: date) -> str:
    """An answer as it is kept, a day in ISO; Refusal where it is none. Nothing said leaves the field open."""
    text = " ".join(said.split())
    if not text and field.required:
        raise Refusal("request.please_answer")
    if len(text) > field.most:
        raise Refusal("case.too_long", most=field.most)
    if field.kind is Ask.NUMBER and not AMOUNT.search(fold(text)):
        raise Refusal("request.a_number")
    return _day(text, answers.get(field.after, ""), today) if field.kind is Ask.DAY else text


def _day(said: str, after: str, today: date) -> str:
    day, first = day_said(said, today), date.fromisoformat(after) if after else today
    if day < first:
        raise Refusal("request.not_before", day=first)
    return day.isoformat()
