"""calendar: the windows of the assessment, to look at and to enter."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot import enrol
from bot.commands.kit import REFUSED, WRONG_USE, Table, command, ready, say_no
from bot.settings import Settings
from bot.storage.store import AgencyStore
from bot.wiring import Core
from handlers.common.assessment_cards import PHASES, span, told
from handlers.kit import Words, words
from itadomain.assessment.calendar import usually, windows
from itadomain.assessment.entering import ENTERED, entered, keep, known_year, phase_named, remove
from itadomain.assessment.printed import Fault, Faulty, any_day_said, only_once, windows_in
from itadomain.assessment.windows import Window
from itadomain.documents.shape import Place
from itadomain.fiscal import fiscal_year_of
from itadomain.refusals import Refusal

LANGUAGE, PARTICLE = "th", ""
Says = Callable[[Any], str]


def add_to(table: Table) -> None:
    """Add this command."""
    one = command(table, "calendar", _calendar, "the windows of the assessment, to look at and to enter")
    one.add_argument("slug")
    one.add_argument("--year", type=int, help="fiscal year (B.E.); else that of the first day, or the running one")
    phases = ", ".join(ENTERED)
    one.add_argument("--set", action="append", default=[], metavar="PHASE=FIRST..LAST", help=f"one of {phases}")
    one.add_argument("--remove", action="append", default=[], metavar="PHASE", help="forget what was entered")
    one.add_argument("--file", type=Path, help="a table with headings phase, first, last: .csv, .xlsx, .docx")
    one.add_argument("--source", default="", help="what --set goes by: the letter or the announcement")
    one.add_argument("--dry-run", action="store_true", help="say what would be kept, keep nothing")
    one.add_argument("--json", action="store_true", help="one JSON object a window")


def _calendar(asked: argparse.Namespace, settings: Settings) -> int:
    if asked.file and not asked.file.exists():
        return say_no(WRONG_USE, f"there is no file {asked.file}")
    bad = [one for one in asked.set if "=" not in one]
    if bad:
        return say_no(
            WRONG_USE, *(f"«{one}» is not PHASE=FIRST..LAST, for example eit=2027-04-01..2027-06-30" for one in bad)
        )
    core = ready(settings)
    agency = enrol.agency_of(core, asked.slug)

    def says(said: Any) -> str:
        return core.texts.tell(said, LANGUAGE, PARTICLE).strip()

    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        try:
            new = _entered(asked, core)
            years = _changed(store, new, asked, core.today())
        except Faulty as faulty:
            return _refused(faulty.faults, says, as_object=asked.json)
    if not asked.dry_run:
        core.database.write(store.apply, of=agency.id)
    return _shown(core, agency, years, [] if not asked.dry_run else new, asked, says)


def _entered(asked: argparse.Namespace, core: Core) -> Sequence[Window]:
    """All that is to be kept; Faulty with every fault at once."""
    given, faults = [], []
    for nth, one in enumerate(asked.set, 1):
        try:
            given.append(_set(one, asked, core.today()))
        except Refusal as why:
            faults.append(Fault(Place(line=nth), why))
    if faults:
        raise Faulty(faults)
    if asked.file:
        given += _of_file(asked.file, core.today(), asked.year)
    return only_once(given)


def _set(said: str, asked: argparse.Namespace, today: date) -> Window:
    """`eit=2027-04-01..2027-06-30`, or one day alone."""
    name, _, days = said.partition("=")
    first, _, last = days.partition("..")
    phase = phase_named(name)
    opens = any_day_said(first, today)
    closes = any_day_said(last, today) if last else opens
    return entered(phase, opens, closes, today, year=asked.year, note=asked.source)


def _of_file(path: Path, today: date, year: int | None) -> Sequence[Window]:
    from bot.imports.reading import bytes_of, read  # noqa: PLC0415 - the readers cost a second

    return windows_in(read(bytes_of(path), path.name), today, year)


def _changed(store: AgencyStore, new: Sequence[Window], asked: argparse.Namespace, today: date) -> Sequence[int]:
    """Keep and forget what was asked for; gives the years that it is about."""
    running = known_year(asked.year, today) if asked.year else fiscal_year_of(today)
    for one in new:
        keep(store, one)
    for name in asked.remove:
        remove(store, running, phase_named(name))
    return sorted({one.fiscal_year for one in new} | ({running} if asked.remove or not new else set()))


def _shown(
    core: Core, agency: Any, years: Sequence[int], new: Sequence[Window], asked: argparse.Namespace, says: Says
) -> int:
    """The calendars of some years as they stand now, with what would be kept in its place."""
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        for year in years:
            would = {one.phase: one for one in new if one.fiscal_year == year}
            known = [would.pop(one.phase, one) for one in windows(store, year)]
            known += would.values()
            usual = [one for one in usually(store, year) if one.phase not in {known.phase for known in known}]
            lines = _as_json(known, usual) if asked.json else _as_lines(year, known, usual, says)
            print(*lines, sep="\n", flush=True)
    return 0


def _as_json(known: Sequence[Window], usual: Sequence[Window]) -> Iterator[str]:
    for one in (*known, *usual):
        yield json.dumps(as_object(one, usual=one in usual), ensure_ascii=False)


def as_object(one: Window, *, usual: bool = False) -> Mapping[str, Any]:
    """A window for programs; `usual` where it is what former years had, and known of no year."""
    return {
        "fiscal_year": one.fiscal_year, "phase": one.phase.value, "first": _iso(one.first), "last": _iso(one.last),
        "confidence": one.confidence.value, "confirmed": one.own or one.confidence.confirmed, "source": one.source,
        "own": one.own, "by_month": one.by_month, "usual": usual,
    }  # fmt: skip


def _as_lines(year: int, known: Sequence[Window], usual: Sequence[Window], says: Says) -> Iterator[str]:
    yield says(words("assessment.year", year=year))
    for one in known:
        yield f"  {says(PHASES[one.phase])}  {says(told(one))}"
    for one in usual:
        yield f"  {says(usual_line(one))}"


def usual_line(one: Window) -> Words:
    """What former years had, said as that."""
    return words("agenda.plan_usual", phase=PHASES[one.phase], span=span(one))


def _refused(faults: Sequence[Fault], says: Says, *, as_object: bool) -> int:
    for one in faults:
        why = says(Words(one.why.key, one.why.facts))
        if as_object:
            print(
                json.dumps(
                    {"row": one.place.row or one.place.line, "error": why, "code": one.why.key}, ensure_ascii=False
                )
            )
        else:
            where = f"row {one.place.row}" if one.place.row else f"--set {one.place.line}"
            sheet = f"{one.place.sheet}, " if one.place.sheet else ""
            say_no(REFUSED, f"{sheet}{where}: {why}")
    return REFUSED


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
