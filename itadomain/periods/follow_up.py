"""A follow-up («ทุก ๓ เดือน», «ในการประชุมพนักงานทุกเดือน») and the days on which it is due."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from itadomain.fiscal import first_day, last_day
from itadomain.periods.asked import Asked, ask
from itadomain.periods.calendar_days import MONTHS, same_day_in
from itadomain.periods.period import KEPT, UNKNOWN, empty, without_days
from itadomain.periods.rounds import waiting_days
from itadomain.periods.shape import Cadence, Doubt, Due, FollowUp, MeetingKind, Rule, Span, Told, Weekday, Why
from itadomain.periods.signs import YEARS, read, weekday_of
from itadomain.periods.steps import steps
from itadomain.periods.times import year_beside
from itadomain.periods.words import UNTIL_DONE
from itadomain.thai import bare

CADENCES = {1: Cadence.MONTHLY, 3: Cadence.QUARTERLY, 6: Cadence.HALF_YEARLY, MONTHS: Cadence.YEARLY}
MEETINGS = tuple(
    (kind, re.compile(bare(pattern)))
    for kind, pattern in (
        (MeetingKind.MONTHLY, "ประชุมประจำเดือน"),
        (MeetingKind.STAFF, "ประชุม(?:พนักงาน|ข้าราชการ|เจ้าหน้าที่|บุคลากร)"),
        (MeetingKind.COUNCIL, "ประชุมสภา"),
        (MeetingKind.EXECUTIVES, "ประชุม(?:คณะ)?ผู้บริหาร"),
    )
)
#: Slots that stand for a whole month, so that the month's meeting can take their place.
OF_A_MONTH = {Why.MONTH_END, Why.ROUND_END, Why.YEAR_END, Why.NAMED_MONTH}


def follow_up(wording: str, year: int | None, span: Span | None = None) -> FollowUp:
    """When a measure is reported on: within its period where that is known, else within the fiscal year."""
    return _follow_up(wording, year, span)


@lru_cache(maxsize=KEPT)
def _follow_up(wording: str, year: int | None, span: Span | None) -> FollowUp:
    signs, year = year_beside(read(wording)), year if year in YEARS else None
    if empty(signs):
        return FollowUp(wording, UNKNOWN, doubt=Told(Doubt.EMPTY))
    asked = ask(signs, year, span)
    meeting = next((kind for kind, words in MEETINGS if words.search(signs.packed)), None)
    weekday = next((weekday_of(sign.text) for sign in signs.row if sign.letter == "k"), None)
    found = FollowUp(wording, UNKNOWN, _cadence(asked, ()), (), meeting, weekday, Told(Doubt.CONTRADICTS))
    if _contradicts(asked):
        return found
    due = tuple(_at_meeting(one, meeting) for one in steps(asked))
    rule, doubt = _rule(asked, due, weekday), _doubt(asked, due, year)
    return replace(found, rule=rule, cadence=_cadence(asked, due), due=due, doubt=doubt)


def agree(one: FollowUp, general: FollowUp) -> Told | None:
    """A doubt where a measure's own follow-up leaves out days that the document's general rule asks for."""
    if not one.due or set(general.slots) <= set(one.slots):
        return None
    return Told(Doubt.CONTRADICTS, {"one": one.wording, "other": general.wording})


def _at_meeting(due: Due, meeting: MeetingKind | None) -> Due:
    return replace(due, meeting=meeting) if due.why.code in OF_A_MONTH else due


def _contradicts(asked: Asked) -> bool:
    """Whether days stand right beside a repetition that they do not fit."""
    for one in asked.rounds:
        days = asked.spelled(one.at)
        if days and not asked.spelled_out(one) and "." not in asked.rest[min(one.at, days.at) : max(one.at, days.at)]:
            return True
    return False


def _cadence(asked: Asked, due: Sequence[Due]) -> Cadence:
    """How often it comes, by the first words that say so."""
    months = _months(asked)
    if months:
        return CADENCES.get(months, Cadence.EVERY_MONTHS)
    if "k" in asked.rest or "v" in asked.rest:
        return Cadence.WEEKLY if "k" in asked.rest else Cadence.DAILY
    if due and all(one.why.code == Why.YEAR_END for one in due) and "a" in asked.rest:
        return Cadence.YEARLY
    return Cadence.NAMED if len(due) > 1 else Cadence.ONCE if due else Cadence.NONE


def _months(asked: Asked) -> int:
    """Every how many months it comes; 0 where it does not."""
    if asked.after_ends:
        return asked.after_ends[1]
    if asked.rounds:
        return asked.rounds[0].months
    return 1 if asked.day_of_month else asked.steady_turns.months if asked.steady_turns else 0


def _rule(asked: Asked, due: Sequence[Due], weekday: Weekday | None) -> Told:
    """How the wording was read, with the days that come of it."""
    if not due:
        return _rule_without_days(asked, weekday)
    days, first, months = tuple(one.slot for one in due), due[0].why, _months(asked)
    if first.code == Why.DAY_OF_MONTH:
        return Told(Rule.DAY_OF_MONTH, {"days": asked.day_of_month.days if asked.day_of_month else (), "due": days})
    if first.code == Why.DAYS_AFTER:
        rule = Rule.AFTER_ENDS if asked.after_ends else Rule.AFTER_WORK
        return Told(rule, {"days": first.facts["days"], "due": days})
    if not months or asked.bound is None or any(asked.spelled_out(one) for one in asked.rounds):
        return Told(Rule.NAMED, {"due": days})
    return Told(Rule.EVERY_MONTHS, {"months": months, "start": asked.bound.start, "end": asked.bound.end, "due": days})


def _rule_without_days(asked: Asked, weekday: Weekday | None) -> Told:
    if weekday is not None:
        return Told(Rule.WEEKDAY, {"weekday": weekday})
    return Told(Rule.WEEKLY) if "k" in asked.rest else Told(Rule.DAILY) if "v" in asked.rest else UNKNOWN


def _doubt(asked: Asked, due: Sequence[Due], year: int | None) -> Told | None:
    """What must be asked, if anything."""
    broken = [one.doubt for one in asked.named if one.doubt]
    if not due:
        return broken[0] if broken else _doubt_without_days(asked)
    if told := next((one for one in broken if one.code != Doubt.CALENDAR_OR_FISCAL), None):
        return told
    if year is not None and (outside := _outside(asked, year)):
        return outside
    if "x" in asked.rest and bare(UNTIL_DONE) not in asked.signs.packed and not waiting_days(asked.signs):
        return Told(Doubt.WHEN_DONE)
    return Told(Doubt.UNCLEAR) if _unread(asked, due) else None


def _doubt_without_days(asked: Asked) -> Told | None:
    if _months(asked):
        return Told(Doubt.NONE_INSIDE if asked.bound else Doubt.NO_YEAR)
    return None if "k" in asked.rest or "v" in asked.rest else without_days(asked.rest)


def _outside(asked: Asked, year: int) -> Told | None:
    """A named day before the plan's year, or more than a year after it."""
    for day in (part.end for one in asked.days if one.own_year for part in one.parts):
        facts = {"day": day, "year": year, "meant": same_day_in(year, day)}
        if day < first_day(year):
            return Told(Doubt.BEFORE_YEAR, facts)
        if day > last_day(year + 1):
            return Told(Doubt.AFTER_YEAR, facts)
    return None


def _unread(asked: Asked, due: Sequence[Due]) -> bool:
    """Whether a figure is left over that may mean a day."""
    read_day = asked.day_of_month is not None and asked.rest[asked.day_of_month.at] == "N"
    waits = "d" in asked.rest and not any(one.why.code == Why.DAYS_AFTER for one in due)
    return waits or asked.rest.count("N") > read_day or not set(asked.rest).isdisjoint("X|wj")
