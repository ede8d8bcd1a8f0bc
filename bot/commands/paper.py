"""paper: the papers of an agency as Word files, made from what was reported in the chat."""

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot import enrol
from bot.commands.kit import REFUSED, WRONG_USE, Table, command, ready, say_no
from bot.commands.plan import YEARS
from bot.papers.asking import Asking
from bot.papers.kinds import PAPERS, document
from bot.papers.word import as_docx
from bot.settings import Settings
from bot.storage.store import AgencyStore
from handlers.kit import words
from itadomain.fiscal import fiscal_year_of
from itadomain.refusals import Refusal

MADE_BY = "itabot"


def add_to(table: Table) -> None:
    """Add this command."""
    one = command(table, "paper", _paper, "the papers of an agency as Word files: the year's plan")
    one.add_argument("slug")
    one.add_argument("kind", choices=PAPERS)
    one.add_argument("--year", type=int, help="fiscal year (B.E.); else the running one")
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="*.docx")
    one.add_argument("--thai-digits", action="store_true", help="๑๒๓ instead of 123")


def _paper(asked: argparse.Namespace, settings: Settings) -> int:
    if asked.year and asked.year not in YEARS:
        return say_no(WRONG_USE, f"{asked.year} is no fiscal year of the Buddhist Era, such as 2570")
    if asked.out.suffix.lower() != ".docx":
        return say_no(WRONG_USE, "--out must end with .docx")
    core = ready(settings)
    agency = enrol.agency_of(core, asked.slug)
    says = partial(core.texts.tell, language="th", particle="")
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        of = str(asked.year or fiscal_year_of(core.today()))
        try:
            made = document(asked.kind, Asking(store, of, MADE_BY, datetime.now(UTC), core.today(), says))
        except Refusal as no:
            return say_no(REFUSED, says(words(no.key, **no.facts)))
    asked.out.write_bytes(as_docx(replace(made, thai_digits=asked.thai_digits)))
    return 0
