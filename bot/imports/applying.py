"""Brings a document into an agency: reads it, holds it against what is kept, and keeps what is new, all or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.imports.reading import read as read_file
from bot.imports.watch import Progress
from bot.storage.agencies import Agency
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.asking import Asked
from itadomain.documents.reader import read
from itadomain.documents.reading import PrintedUnit, Reading
from itadomain.fiscal import FiscalYear
from itadomain.importing import Known, Proposal, entries, plan_of, propose
from itadomain.measures import Measure
from itadomain.organisation import Unit
from itadomain.plans import keep_plan
from itadomain.questions import Question
from itadomain.refusals import Refusal
from itadomain.right_years import in_right_years, unanswered


@dataclass(frozen=True)
class File:
    """A file as it was handed over."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Wish:
    """How a document is to be brought in."""

    keep: bool = True  # or only say what would be kept
    replace: bool = False  # keep it although it differs from what is kept
    year: FiscalYear | None = None  # of the plan, where the document does not print it


@dataclass(frozen=True)
class Brought:
    """What came of it. Where something stood in the way, `refusal` says what, and nothing was kept."""

    proposal: Proposal
    kept: bool = False
    refusal: Refusal | None = None


def bring_in(core: Core, agency: Agency, file: File, wish: Wish, progress: Progress | None = None) -> Brought:
    """Read a file and keep what it says; Refusal where it cannot be read or says nothing of use."""
    document = read(read_file(file.data, file.name, progress), plan_year=wish.year)
    while True:
        with core.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, core.ring)
            reading = in_right_years(store, document)
            plan = plan_of(reading)
            known, undecided = _known(store, reading, plan), unanswered(store, plan)
        proposal = propose(reading, plan, known)
        stands = undecided or _in_the_way(proposal, agency.office.name.th, wish)
        if stands or not wish.keep:
            return Brought(proposal, refusal=stands)
        if _kept(core, agency, proposal, known, file.name):
            return Brought(proposal, kept=True)


def _known(store: AgencyStore, reading: Reading, plan: Sequence[Measure]) -> Known:
    return Known(
        agency=store.office.name.th,
        units=store.units.all(),
        plan=store.measures.of_year(plan[0].plan_year) if plan else (),
        result=store.scores.of_year(reading.result.fiscal_year) if reading.result else None,
    )


def _kept(core: Core, agency: Agency, proposal: Proposal, known: Known, document: str) -> bool:
    """Keep what is proposed; nothing where somebody has changed what it was held against."""

    def work(connection: Connection) -> bool:
        store = AgencyStore(connection, agency, core.ring)
        if _known(store, proposal.reading, proposal.plan) != known:
            return False
        _keep(store, proposal, document, core.today())
        store.apply(connection)
        return True

    return core.database.write(work, of=agency.id)


def _in_the_way(proposal: Proposal, known: str, wish: Wish) -> Refusal | None:
    if not proposal.own:
        return Refusal("importing.another_agency", printed=proposal.reading.agency, known=known)
    if proposal.differences and wish.keep and not wish.replace:
        return Refusal("importing.differs", count=len(proposal.differences))
    return None


def _keep(store: AgencyStore, proposal: Proposal, document: str, today: date) -> None:
    units = [*store.units.all(), *_made(store, proposal.new_units)]
    kept = keep_plan(store, [*proposal.plan, *proposal.others], units, today)
    store.history.add(*entries(proposal.differences, today, document))
    if proposal.result:
        store.scores.save(proposal.result)
    for asked in proposal.asked:
        measures = [kept.measures[index].id for index in asked.measures]
        store.questions.ask(_question(store.new_id(), asked, measures, document, today))


def _made(store: AgencyStore, printed: Sequence[PrintedUnit]) -> Iterator[Unit]:
    """The units that a document names and nobody knew; its secretariat is that of an agency without one."""
    has_secretariat = any(known.secretariat for known in store.units.all())
    for one in printed:
        unit = Unit(store.new_id(), one.name, one.aliases, secretariat=one.secretariat and not has_secretariat)
        store.units.save(unit)
        yield unit


def _question(of_id: str, asked: Asked, measures: Sequence[str], document: str, today: date) -> Question:
    return Question(
        id=of_id,
        about=asked.about,
        key=asked.key,
        facts=asked.facts,
        document=document,
        place=asked.place,
        choices=asked.choices,
        measures=measures,
        asked_on=today,
    )
