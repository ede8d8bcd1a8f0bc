"""The measures of a plan: measure list, show, add, correct, extend, cancel, move."""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot import enrol
from bot.commands.kit import REFUSED, WRONG_USE, Table, command, group, ready, say_no
from bot.settings import Settings
from bot.storage.store import AgencyStore
from bot.wiring import Core, milliseconds
from handlers.common.notices import tell_of_move
from handlers.kit import Notice, Reply
from itadomain.changes import Act, add, cancel, hearing, keep, move, standing
from itadomain.corrections import Part, facts_of, indicators_of, new_measure, rewritten
from itadomain.fiscal import FiscalYear, fiscal_year_of
from itadomain.measures import Measure, Obligation
from itadomain.organisation import Unit, unit_named
from itadomain.people import Person
from itadomain.timetable import timetable

#: Options of «measure correct», each a part of a measure.
PARTS = {"title": Part.TITLE, "method": Part.METHOD, "period": Part.PERIOD, "follow_up": Part.FOLLOW_UP,
         "target": Part.TARGET, "indicators": Part.INDICATORS}  # fmt: skip


def add_to(table: Table) -> None:
    """Add these commands."""
    measures = group(table, "measure", "the measures of a plan, and changing them without a new file")
    listed = command(measures, "list", _list, "the measures of a plan, the newest unless a year is named")
    shown = _of_one(measures, "show", _show, "one measure, with who answers for it and what happened")
    for one in (listed, shown):
        one.add_argument("--json", action="store_true", help="one JSON object a line")
    _adding(command(measures, "add", _add, "add a measure at the end of a plan"))
    corrected = _of_one(measures, "correct", _correct, "change a wording, the days, the target, the indicators")
    for name in PARTS:
        corrected.add_argument(f"--{name.replace('_', '-')}", default=None)
    extended = _of_one(measures, "extend", _extend, "give a measure a later end")
    extended.add_argument("--until", required=True, help="in Thai, as a plan prints it: ถึง ธ.ค. 2570")
    cancelled = _of_one(measures, "cancel", _cancel, "take a measure out of its plan")
    cancelled.add_argument("--reason", required=True)
    cancelled.add_argument("--approved-by", required=True, help="an enrolled executive, or an office: นายก อบต.")
    moved = _of_one(measures, "move", _move, "hand a measure from one unit to another, whose heads are told")
    moved.add_argument("--from", dest="old", required=True, metavar="UNIT")
    moved.add_argument("--to", dest="new", required=True, metavar="UNIT")
    listed.add_argument("slug")
    listed.add_argument("--year", type=int, help="the fiscal year of the plan (B.E.)")


def _of_one(table: Table, name: str, run: Callable[..., int], text: str) -> argparse.ArgumentParser:
    one = command(table, name, run, text)
    one.add_argument("slug")
    one.add_argument("measure", help="its place in the newest plan, or its id")
    return one


def _adding(one: argparse.ArgumentParser) -> None:
    one.add_argument("slug")
    one.add_argument("--title", required=True)
    one.add_argument("--unit", action="append", required=True, help="who answers for it; may be repeated")
    one.add_argument("--period", required=True, help="in Thai, as a plan prints it: ม.ค. - มิ.ย. 2570")
    one.add_argument("--follow-up", required=True, help="in Thai, as a plan prints it: ทุกไตรมาส")
    one.add_argument("--indicators", default="", help="their official numbers: 7,10")
    one.add_argument("--year", type=int, help="the fiscal year of the plan (B.E.), else the newest")


@dataclass(frozen=True)
class Desk:
    """One agency's store, opened to change something; what is told to others goes out with the change."""

    core: Core
    store: AgencyStore
    act: Act

    def measure(self, named: str) -> Measure:
        """The measure of a place in the newest plan, or of an id."""
        years = self.store.measures.years()
        by_place = self.store.measures.numbered(years[0], int(named)) if years and named.isdecimal() else None
        return _there(by_place or self.store.measures.get(named), named)

    def unit(self, named: str) -> Unit:
        """The unit of a name or an alias."""
        found = unit_named(self.store.units.all(), named)
        if found is None:
            raise enrol.Unknown(f"there is no unit «{named}»")
        return found


def _list(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)

    def look(store: AgencyStore) -> list[dict[str, Any]]:
        year = asked.year or next(iter(store.measures.years()), 0)
        duties: dict[str, list[Obligation]] = {}
        for duty in store.obligations.of_year(year):
            duties.setdefault(duty.measure, []).append(duty)
        return [_told(store, one, duties.get(one.id, [])) for one in store.measures.of_year(year)]

    found = _reading(core, asked.slug, look)
    for one in found:
        print(json.dumps(one, ensure_ascii=False) if asked.json else _line(one))
    if not (found or asked.json):
        print("there are no measures")
    return 0


def _show(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)

    def look(store: AgencyStore) -> dict[str, Any]:
        measure = Desk(core, store, Act(core.today())).measure(asked.measure)
        happened = store.history.of_measure(measure.id, 50)
        lines = [
            {
                "on": one.on.isoformat(),
                "deed": one.deed.value,
                "before": dict(one.before),
                "after": dict(one.after),
                "why": one.why,
            }
            for one in happened
        ]
        return {**_told(store, measure, store.obligations.of_measure(measure.id)), "history": lines}

    told = _reading(core, asked.slug, look)
    print(json.dumps(told, ensure_ascii=False, indent=None if asked.json else 2))
    return 0


def _add(asked: argparse.Namespace, settings: Settings) -> int:
    def work(desk: Desk) -> tuple[str, Sequence[Notice]]:
        year = FiscalYear(asked.year) if asked.year else next(iter(desk.store.measures.years()), None)
        year = year or fiscal_year_of(desk.act.today)
        numbers = indicators_of(asked.indicators, year) if asked.indicators else ()
        owners = [desk.unit(name) for name in asked.unit]
        kept, _ = add(
            desk.store, new_measure(year, asked.title, asked.period, asked.follow_up, numbers), owners, desk.act
        )
        return f"measure {kept.place} of {year}: {kept.id}", _telling(desk, owners, kept)

    return _changing(asked.slug, settings, work)


def _correct(asked: argparse.Namespace, settings: Settings) -> int:
    said = {part: getattr(asked, name) for name, part in PARTS.items() if getattr(asked, name) is not None}
    if not said:
        return say_no(WRONG_USE, "say what is to be changed: --title, --period, …")

    def work(desk: Desk) -> tuple[str, Sequence[Notice]]:
        before = after = standing(desk.measure(asked.measure))
        for part, words in said.items():
            after = rewritten(after, part, words)
        keep(desk.store, before, after, desk.act)
        return f"measure {after.place}: changed", ()

    return _changing(asked.slug, settings, work)


def _extend(asked: argparse.Namespace, settings: Settings) -> int:
    def work(desk: Desk) -> tuple[str, Sequence[Notice]]:
        before = standing(desk.measure(asked.measure))
        after = rewritten(before, Part.EXTENSION, asked.until)
        keep(desk.store, before, after, desk.act)
        return f"measure {after.place}: {after.when}", ()

    return _changing(asked.slug, settings, work)


def _cancel(asked: argparse.Namespace, settings: Settings) -> int:
    def work(desk: Desk) -> tuple[str, Sequence[Notice]]:
        people = desk.store.people.insiders(desk.act.today)
        approver = next((one.id for one in people if one.name == asked.approved_by), asked.approved_by)
        measure = desk.measure(asked.measure)
        closed = cancel(desk.store, measure, approver, Act(desk.act.today, why=asked.reason))
        return f"measure {measure.place}: cancelled; {len(closed)} units need not report on it any more", ()

    return _changing(asked.slug, settings, work)


def _move(asked: argparse.Namespace, settings: Settings) -> int:
    def work(desk: Desk) -> tuple[str, Sequence[Notice]]:
        measure, new = desk.measure(asked.measure), desk.unit(asked.new)
        move(desk.store, measure, desk.unit(asked.old), new, desk.act)
        told = _telling(desk, [new], measure)
        return f"measure {measure.place}: «{new.name}» answers for it; {len(told)} told", told

    return _changing(asked.slug, settings, work)


def _changing(slug: str, settings: Settings, work: Callable[[Desk], tuple[str, Sequence[Notice]]]) -> int:
    """Change something in one transaction, and post what others are told of it."""
    core = ready(settings)
    agency = core.channels.by_slug(slug)
    if agency is None:
        return say_no(REFUSED, f"there is no agency «{slug}»")

    def write(connection: Connection) -> tuple[str, int]:
        store = AgencyStore(connection, agency, core.ring)
        said, notices = work(Desk(core, store, Act(core.today())))
        letters = core.letters.notices(agency.id, store.people, notices)
        store.apply(connection)
        core.queue.post_all(connection, agency.id, letters, milliseconds())
        return said, len(letters)

    said, posted = core.database.write(write, of=agency.id)
    if posted:
        core.door_bell.ring()
    print(f"{slug}: {said}")
    return 0


def _reading(core: Core, slug: str, look: Callable[[AgencyStore], Any]) -> Any:
    agency = core.channels.by_slug(slug)
    if agency is None:
        raise enrol.Unknown(f"there is no agency «{slug}»")
    with core.database.reading(of=agency.id) as connection:
        return look(AgencyStore(connection, agency, core.ring))


def _telling(desk: Desk, units: Sequence[Unit], measure: Measure) -> Sequence[Notice]:
    people, nobody = desk.store.people.insiders(desk.act.today), Person("")
    told = {one.id: one for unit in units for one in hearing(unit.id, people, nobody, desk.act.today)}
    return tell_of_move(Reply(), list(told.values()), measure.id).notices


def _told(store: AgencyStore, measure: Measure, duties: Sequence[Obligation]) -> dict[str, Any]:
    """A measure for programs: dates ISO, wordings as they count."""
    table = timetable(measure, store.days(measure.plan_year))
    names = {unit.id: unit.name for unit in store.units.all()}
    return {
        "no": measure.place, "id": measure.id, "plan_year": measure.plan_year, **facts_of(measure),
        "indicators": list(measure.indicators), "owners": list(measure.owners),
        "start": _iso(table.period.start), "end": _iso(table.period.end),
        "due": [one.day.isoformat() for one in table.dues],
        "doubts": [str(one.code) for one in table.doubts],
        "cancelled_on": _iso(measure.cancelled_on),
        "units": [
            {"unit": names.get(one.unit, one.unit), "standing": one.standing.value, "percent": one.percent,
             "due": _iso(one.due), "closed_as": one.closed_as.value if one.closed_as else None}
            for one in duties
        ],
    }  # fmt: skip


def _line(one: dict[str, Any]) -> str:
    """A measure for people, on one line."""
    owning = [unit["unit"] for unit in one["units"] if unit["closed_as"] is None]
    due = min((unit["due"] for unit in one["units"] if unit["due"]), default="-")
    state = "cancelled" if one["cancelled_on"] else f"due {due}"
    return f"{one['no']:3}  {one['title']}  ·  {', '.join(owning) or '-'}  ·  {one['period'] or '-'}  ·  {state}"


def _there(measure: Measure | None, named: str) -> Measure:
    if measure is None:
        raise enrol.Unknown(f"there is no measure «{named}»")
    return measure


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
