"""Resolutions as they are typed or pasted: one a line or numbered, with the unit, the day and the measure in the words.

«1. ให้กองช่างติดป้ายค่าธรรมเนียม ภายใน 15 ธ.ค. 69»
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from itadomain.organisation import Unit, folded, unit_named
from itadomain.refusals import Refusal
from itadomain.said_days import day_said, month_said
from itadomain.thai import fold, tidy

#: What stands before a line of a list: «1.», «๒)», «ข้อ 3», «มติที่ 4:», «1.2 », «-», «•».
NUMBER = re.compile(r"(?:(?:มติ|ข้อ)\s*(?:ที่)?\s*\d{1,2}\s*[.):]?|\d{1,2}[.)](?!\d)|\d{1,2}(?:\.\d{1,2})+[.)]?(?=\s))\s*")
BULLET = re.compile(r"[-–—•*·]\s+")
#: A line above a list, which is no resolution itself.
HEADING = re.compile(r"(?:สรุป)?(?:มติ|รายงานการประชุม|วาระ).{0,80}|.{0,80}:")
#: What begins the name of a unit in a sentence.
NAMED = re.compile(r"(?:กอง|สำนัก|ฝ่าย|หน่วย|ศูนย์|โรงเรียน|งาน)[^\s,()]*")
MEASURE = re.compile(r"มาตรการ\s*(?:ข้อ)?(?:ที่)?\s*(\d{1,3})")
#: What stands before the day by which something is to be done.
BY = re.compile(r"(?:ภายใน|ให้แล้วเสร็จ|แล้วเสร็จ|กำหนด(?:ส่ง|เสร็จ)?|ก่อน|ไม่เกิน)\s*(?:ภายใน|ก่อน)?\s*")
DAYS = re.compile(r"(?:อีก\s*)?(\d{1,3})\s*(วัน|สัปดาห์|เดือน)")
IN_MONTH = re.compile(r"(?:สิ้นเดือน|เดือน)\s*")
THIS_MONTH = re.compile(r"(?:สิ้น)?เดือนนี้|สิ้นเดือน")
NEXT_MONTH = re.compile(r"(?:สิ้น)?เดือนหน้า")
NEXT_MEETING = re.compile(r"(?:การ)?ประชุม(?:พนักงาน|ประจำเดือน)?\s*(?:ครั้ง|คราว)(?:หน้า|ต่อไป|ถัดไป)")
UNIT_OF_TIME = {"วัน": 1, "สัปดาห์": 7, "เดือน": 30}
MOST_WORDS = 6  # «วันที่ 15 ธันวาคม พ.ศ. 2569»
A_YEAR = timedelta(days=366)
BEFORE = "resolutions.due_before"


@dataclass(frozen=True)
class Meant:
    """What a line says: its wording, and what could be understood of it, empty or None where that was nothing."""

    wording: str
    unit: str = ""  # an id
    due: date | None = None
    measure: int | None = None  # by its number


def lines(text: str) -> list[str]:
    """The resolutions in a text: one a line; where lines are numbered, those between go with the one before."""
    found = [tidy(line) for line in text.splitlines() if tidy(line)]
    numbered = [_marked(line) for line in found]
    if not any(numbered):
        return found
    made: list[str] = []
    for line, begins in zip(found, numbered, strict=True):
        if begins or not made:
            made.append(line[begins:])
        else:
            made[-1] = f"{made[-1]} {line}"
    if not numbered[0] and len(made) > 1 and HEADING.fullmatch(made[0]):
        made = made[1:]
    return [line for line in made if line]


def meant(line: str, units: Sequence[Unit], meeting: date, following: date | None) -> Meant:
    """What a line says of its unit, its day and its measure; `following` is the next meeting, where it is known."""
    unit, measure = unit_in(line, units), MEASURE.search(fold(line))
    return Meant(line, unit.id if unit else "", due_in(line, meeting, following), int(measure[1]) if measure else None)


def unit_in(line: str, units: Iterable[Unit]) -> Unit | None:
    """The one unit that a sentence names; None where it names none or several."""
    known = list(units)
    found = {one.id: one for one in (unit_named(known, word) for word in NAMED.findall(line)) if one}
    rest = folded(line)
    names = [(folded(name), unit) for unit in known for name in (unit.name, *unit.aliases) if folded(name)]
    for name, unit in sorted(names, key=lambda named: -len(named[0])):  # กองช่างสุขาภิบาล before กองช่าง
        if name in rest:
            found[unit.id] = unit
            rest = rest.replace(name, " ")
    return next(iter(found.values())) if len(found) == 1 else None


def due_in(line: str, meeting: date, following: date | None) -> date | None:
    """The day by which a sentence says that it is to be done; None where it says none, or one before the meeting."""
    said = fold(tidy(line))
    for by in BY.finditer(said):
        words = said[by.end() :].split(" ")
        for count in range(min(MOST_WORDS, len(words)), 0, -1):
            try:
                return due_said(" ".join(words[:count]), meeting, following)
            except Refusal as no:
                if no.key == BEFORE:
                    return None  # «1 ธ.ค. 69» is not «1 ธ.ค.» of the next year
    return None


def due_said(text: str, meeting: date, following: date | None) -> date:
    """The due day that a few words name: a day, a month, «30 วัน», «ประชุมครั้งหน้า»; Refusal for none, or one before it."""
    said = BY.sub("", fold(tidy(text)), count=1).strip()
    if following and NEXT_MEETING.fullmatch(said):
        return following
    if ahead := DAYS.fullmatch(said):
        return meeting + timedelta(days=int(ahead[1]) * UNIT_OF_TIME[ahead[2]])
    if THIS_MONTH.fullmatch(said):
        return _last_of(meeting)
    if NEXT_MONTH.fullmatch(said):
        return _last_of(_last_of(meeting) + timedelta(days=1))
    found = list(_named(said, meeting))
    if not found:
        raise Refusal("day.which")
    if max(found) < meeting:
        raise Refusal(BEFORE, meeting=meeting)
    return next(one for one in found if one >= meeting)


def _named(said: str, meeting: date) -> Iterator[date]:
    """The day or the end of the month that is named, this year and next: what is to be done lies ahead."""
    month = IN_MONTH.sub("", said, count=1)
    for today in (meeting, meeting + A_YEAR):
        try:
            yield day_said(said, today)
        except Refusal:
            try:
                yield _last_of(month_said(month, today))
            except Refusal:
                continue


def _last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _marked(line: str) -> int:
    """Where a line begins behind its number or bullet; nothing where it has none."""
    found = NUMBER.match(fold(line)) or BULLET.match(line)
    return found.end() if found else 0
