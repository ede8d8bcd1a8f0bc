"""survey: the surveys of an agency, the posters that lead to them, and what they came to as a file."""

import argparse
from functools import partial
from pathlib import Path

from bot import enrol
from bot.commands.kit import REFUSED, WRONG_USE, Table, command, ready, say_no
from bot.papers.asking import Says
from bot.papers.endings import CSV, PDF, PNG, XLSX
from bot.papers.ink.poster import pdf, png
from bot.papers.ink.sheets import as_csv, as_xlsx
from bot.papers.says.on_posters import poster_of
from bot.papers.says.survey_tables import tables
from bot.settings import Settings
from bot.storage.store import AgencyStore
from bot.wiring import Core
from handlers.kit import Words, words
from handlers.surveying.survey_result_cards import KINDS
from itadomain.refusals import Refusal

DASH = "-"


def add_to(table: Table) -> None:
    """Add this command."""
    text = "surveys: a list, posters of service points, results as a file"
    one = table.add_parser("survey", help=text, description=text)
    one.add_argument("slug")
    what = one.add_subparsers(required=True, metavar="what")
    command(what, "list", _list, "one survey or service point a line, by its id or code")
    poster = command(what, "poster", _poster, "the poster of a service point, or a picture of it")
    poster.add_argument("code")
    poster.add_argument("--a6", action="store_true", help="a card for the counter; else a sheet for the wall (A4)")
    poster.add_argument("--out", type=Path, required=True, metavar="FILE", help="*.pdf or *.png")
    export = command(what, "export", _export, "what a survey came to, with its questions and the method")
    export.add_argument("id")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="*.xlsx or *.csv")


def _list(asked: argparse.Namespace, settings: Settings) -> int:
    core = ready(settings)
    agency, says = enrol.agency_of(core, asked.slug), _says(core)
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        for one in store.surveys.all():
            closed = says(one.closed_on) if one.closed_on else DASH
            print(one.id, says(KINDS[one.kind]), one.fiscal_year, says(one.opened_on), closed, sep="\t")
        for point in store.surveys.points():
            print(point.code, point.name, says(point.closed_on) if point.closed_on else DASH, sep="\t")
    return 0


def _poster(asked: argparse.Namespace, settings: Settings) -> int:
    ending = _ending(asked.out)
    if ending not in {PDF, PNG}:
        return say_no(WRONG_USE, "--out must end with .pdf or .png")
    core = ready(settings)
    agency = enrol.agency_of(core, asked.slug)
    with core.database.reading(of=agency.id) as connection:
        try:
            poster = poster_of(AgencyStore(connection, agency, core.ring), asked.code.upper(), _says(core))
        except Refusal as why:
            return say_no(REFUSED, _says(core)(Words(why.key, why.facts)))
    file = pdf(poster, "a6" if asked.a6 else "a4")
    return _kept(asked.out, png(file) if ending == PNG else file)


def _export(asked: argparse.Namespace, settings: Settings) -> int:
    ending = _ending(asked.out)
    if ending not in {XLSX, CSV}:
        return say_no(WRONG_USE, "--out must end with .xlsx or .csv")
    core = ready(settings)
    agency = enrol.agency_of(core, asked.slug)
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        survey = store.surveys.get(asked.id)
        if survey is None:
            return say_no(REFUSED, _says(core)(words("papers.no_survey")))
        sheets = tables(store, survey, core.today(), _says(core))
    return _kept(asked.out, as_xlsx(sheets) if ending == XLSX else as_csv(sheets))


def _says(core: Core) -> Says:
    return partial(core.texts.tell, language="th", particle="")


def _ending(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def _kept(path: Path, body: bytes) -> int:
    try:
        path.write_bytes(body)
    except OSError as error:
        return say_no(REFUSED, f"cannot write {path}: {error.strerror}")
    return 0
