"""paper: the papers of an agency as files, made from what was reported in the chat."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot import enrol
from bot.commands.kit import REFUSED, WRONG_USE, Table, command, ready, say_no
from bot.commands.plan import YEARS
from bot.evidence.shelf import CannotKeep
from bot.papers.asking import Asking, Says
from bot.papers.contents import Bundle, Content, Inside
from bot.papers.document import Document
from bot.papers.handing.making import Step, Workshop
from bot.papers.ink import apart, office
from bot.papers.kinds import PAPERS, YEAR
from bot.settings import Settings
from bot.storage.agencies import Agency
from bot.storage.store import AgencyStore
from bot.wiring import Core
from handlers.kit import Words, words
from handlers.surveying.survey_result_cards import KINDS
from itadomain.fiscal import fiscal_year_of
from itadomain.papers.choosing import OWN_FORMS
from itadomain.papers.meeting import meeting_days
from itadomain.ports import Store
from itadomain.refusals import Refusal

MADE_BY = "itabot"
#: What takes longer than that tells how far it is, every so often.
QUIET_S, TOLD_EVERY_S = 2.0, 1.0
DOING: Mapping[Step, str] = {
    Step.READING: "reading", Step.PICTURES: "pictures", Step.WRITING: "writing", Step.PACKING: "files",
}  # fmt: skip


def add_to(table: Table) -> None:
    """Add this command."""
    text = "the papers of an agency as Word, Excel or PDF files: the plan, the report and others"
    one = command(table, "paper", _paper, text)
    one.add_argument("slug")
    one.add_argument("kind", choices=PAPERS)
    which = one.add_mutually_exclusive_group()
    which.add_argument("--year", type=int, help="fiscal year (B.E.); else the running one")
    which.add_argument("--of", help="of what it is, where that is no year: an id, a day; without it they are listed")
    one.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="its ending decides: *.docx, *.xlsx, *.pdf"
    )
    one.add_argument("--thai-digits", action="store_true", help="๑๒๓ instead of 123")


def _paper(asked: argparse.Namespace, settings: Settings) -> int:
    kind, ending = PAPERS[asked.kind], asked.out.suffix.lower().removeprefix(".")
    if asked.year and asked.year not in YEARS:
        return say_no(WRONG_USE, f"{asked.year} is no fiscal year of the Buddhist Era, such as 2570")
    if asked.year and kind.of is not YEAR:
        return say_no(WRONG_USE, f"«{asked.kind}» is of no year: say --of")
    if ending not in kind.endings:
        return say_no(WRONG_USE, f"--out must end with {' or '.join(f'.{one}' for one in kind.endings)}")
    core = ready(settings)
    agency = enrol.agency_of(core, asked.slug)
    of = asked.of or (str(asked.year or fiscal_year_of(core.today())) if kind.of is YEAR else "")
    if not of:
        return _listed(core, agency, asked.kind)
    if not kind.of.fullmatch(of):
        return say_no(WRONG_USE, f"--of cannot be «{of}» for «{asked.kind}»")
    return _written(core, agency, asked, of)


def _written(core: Core, agency: Agency, asked: argparse.Namespace, of: str) -> int:
    says = _says(core)
    try:
        body = _made(core, agency, asked, of)
        asked.out.write_bytes(body)
    except Refusal as no:
        return say_no(REFUSED, says(Words(no.key, no.facts)))
    except office.NoOffice:
        return say_no(REFUSED, says(words("papers.no_office")))
    except (apart.Busy, office.Busy):
        return say_no(REFUSED, says(words("papers.busy")))
    except CannotKeep as why:
        return say_no(REFUSED, f"the place of evidence cannot be used: {why}")
    except OSError as why:
        return say_no(REFUSED, f"{asked.out} cannot be written: {(why.strerror or type(why).__name__).lower()}")
    return 0


def _made(core: Core, agency: Agency, asked: argparse.Namespace, of: str) -> bytes:
    with core.shelf.scratch() as folder:
        workshop = Workshop(agency.id, core.shelf, folder, _teller())
        with core.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, core.ring)
            asking = Asking(store, of, MADE_BY, core.now(), core.today(), _says(core))
            ending = asked.out.suffix.lower().removeprefix(".")
            content = workshop.read(asked.kind, ending, asking).content
        return workshop.written(_with_digits(content) if asked.thai_digits else content, ending)


def _with_digits(content: Content) -> Content:
    """In Thai digits, whatever is running text; a workbook keeps figures that can be reckoned with."""
    match content:
        case Document():
            return replace(content, thai_digits=True)
        case Bundle(files):
            return Bundle([_inside_with_digits(one) for one in files])
    return content


def _inside_with_digits(one: Inside) -> Inside:
    return replace(one, content=replace(one.content, thai_digits=True)) if isinstance(one.content, Document) else one


def _teller() -> Callable[[Step, int, int], None]:
    """Tells how far it is, on standard error."""
    told_at = time.monotonic() + QUIET_S - TOLD_EVERY_S

    def tell(step: Step, done: int, whole: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= TOLD_EVERY_S:
            told_at = time.monotonic()
            print(f"itabot: {DOING[step]}{f' {done}/{whole}' if whole else ''}", file=sys.stderr)

    return tell


def _listed(core: Core, agency: Agency, kind: str) -> int:
    """Of what there is one: what --of takes, and what that is."""
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        there = [f"{of}\t{name}" for of, name in _those(store, kind, core, _says(core))]
    return say_no(WRONG_USE, f"«{kind}» needs --of", *(there or ["there is none yet"]))


def _those(store: Store, kind: str, core: Core, says: Says) -> Iterable[tuple[str, str]]:
    match kind:
        case "poster":
            points = [one for one in store.surveys.points() if one.closed_on is None]
            return [(f"{one.code}:{sheet}", one.name) for one in points for sheet in ("a4", "a6")]
        case "survey":
            told = [(one, KINDS[one.kind]) for one in store.surveys.all()]
            return [(one.id, f"{says(kind)} {one.fiscal_year}") for one, kind in told]
        case "memo":
            return [(one.id, f"{says(one.asked_on)} {one.title}") for one in store.circulars.all()]
        case "meeting":
            return [(day.isoformat(), says(day)) for day in meeting_days(store, core.today())]
        case "form":
            return [(f"{one}-{year}", f"{one} {year}") for year in store.measures.years() for one in OWN_FORMS]
    return []


def _says(core: Core) -> Says:
    """Papers are in Thai, and so is what hinders one."""
    return partial(core.texts.tell, language="th", particle="")
