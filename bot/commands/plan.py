"""plan: the whole year of an agency, day by day: what is due, who is reminded when, meetings, the assessment."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from bot import enrol
from bot.calendar.drawing import Drawn, drawn
from bot.calendar.telling import said_of
from bot.commands.calendar import as_object, usual_line
from bot.commands.kit import WRONG_USE, Table, command, ready, say_no
from bot.settings import Settings
from bot.storage.store import AgencyStore
from handlers.kit import words
from itadomain.agenda import Entry, Kind, of_year
from itadomain.assessment.calendar import usually
from itadomain.assessment.windows import Window
from itadomain.fiscal import BUDDHIST_ERA, fiscal_year_of
from itadomain.periods import Weekday
from itadomain.reminding.rungs import Rung
from itadomain.thai import SHORT_MONTHS

YEARS = range(2550, 2600)
Says = Callable[[Any], str]


def add_to(table: Table) -> None:
    """Add this command."""
    one = command(table, "plan", _plan, "the whole year of an agency as a calendar, with every reminder")
    one.add_argument("slug")
    one.add_argument("--year", type=int, help="fiscal year (B.E.); else the running one")
    one.add_argument("--language", choices=("th", "en"), default="th")
    one.add_argument("--json", action="store_true", help="one JSON object a line")
    one.add_argument("--ics", type=Path, metavar="FILE", help="write it as a file that calendar programs read")


def _plan(asked: argparse.Namespace, settings: Settings) -> int:
    if asked.year and asked.year not in YEARS:
        return say_no(WRONG_USE, f"{asked.year} is no fiscal year of the Buddhist Era, such as 2570")
    core = ready(settings)
    agency = enrol.agency_of(core, asked.slug)
    year = asked.year or fiscal_year_of(core.today())
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        entries, usual = of_year(store, year), usually(store, year)
        units = {unit.id: unit.name for unit in store.units.all()}

    def says(said: Any) -> str:
        return core.texts.tell(said, asked.language, agency.office.particle if asked.language == "th" else "").strip()

    title = says(words("agenda.plan_title", office=agency.office.short, year=year))
    if asked.ics:
        shown = [one for one in entries if one.kind is not Kind.REMINDER]
        how = Drawn(title, agency.slug, core.today(), says, lambda one: units.get(one, ""))
        asked.ics.write_bytes(drawn(shown, how))
    lines = _as_json(entries, usual, units) if asked.json else _as_lines(title, entries, usual, units, says)
    if asked.json or not asked.ics:
        print(*lines, sep="\n", flush=True)
    return 0


def _as_lines(
    title: str, entries: Sequence[Entry], usual: Sequence[Window], units: Mapping[str, str], says: Says
) -> Iterator[str]:
    """The calendar as a person reads it: month by month, what is of one day under it."""
    yield title
    if not entries:
        yield says(words("agenda.plan_empty"))
    told = [one for one in entries if not _told_by_its_due_day(one)]
    for (year, month), of_month in groupby(told, key=lambda one: (one.day.year, one.day.month)):
        yield f"\n{SHORT_MONTHS[month - 1]} {year + BUDDHIST_ERA}"
        for day, of_day in groupby(of_month, key=lambda one: one.day):
            yield f"  {day.day:2}  {says(Weekday(day.weekday()))}"
            yield from (f"        {_line(one, units, says)}" for one in of_day)
    yield ""
    yield from (says(usual_line(one)) for one in usual)
    if any(one.kind is Kind.DUE for one in entries):
        yield says(words("agenda.plan_late"))


def _told_by_its_due_day(one: Entry) -> bool:
    return one.rung is Rung.ON_THE_DAY


def _line(one: Entry, units: Mapping[str, str], says: Says) -> str:
    unit = units.get(one.unit, "")
    return f"{says(said_of(one))} · {unit}" if unit else says(said_of(one))


def _as_json(entries: Sequence[Entry], usual: Sequence[Window], units: Mapping[str, str]) -> Iterator[str]:
    for one in entries:
        yield json.dumps(_object(one, units), ensure_ascii=False)
    for window in usual:
        yield json.dumps({"day": None, "kind": "usual", **as_object(window, usual=True)}, ensure_ascii=False)


def _object(one: Entry, units: Mapping[str, str]) -> Mapping[str, Any]:
    told: dict[str, Any] = {"day": one.day.isoformat(), "kind": one.kind.value}
    if one.window:
        return {**told, **as_object(one.window)}
    if one.meeting:
        return {**told, "meeting": one.meeting.kind.name.lower(), "month": f"{one.meeting.month:%Y-%m}"}
    measure = one.measure
    return {
        **told, "unit": units.get(one.unit, ""), "measure": measure.id if measure else "",
        "no": measure.place if measure else 0, "title": measure.title if measure else "",
        "slot": _iso(one.slot), "rung": one.rung.value if one.rung else None, "reported": one.reported,
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
