"""Serves papers at their addresses: made when they are asked for, for whoever may have them, and kept nowhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, Response

from bot.channels import Channels
from bot.evidence.pages import SAFE
from bot.papers import apart, kinds
from bot.papers.addresses import CSV, DOCX, PDF, PNG, XLSX, Asked, Kind, Paper, asked
from bot.papers.asking import Asking, Says
from bot.papers.saying import poster_of
from bot.papers.sheets import as_csv
from bot.papers.tables import tables
from bot.storage.database import Database
from bot.storage.sealing import KeyRing
from bot.storage.store import AgencyStore
from bot.texts import Texts
from handlers.kit import Words, words
from handlers.surveying.survey_result_cards import KINDS
from itadomain.lateness import sees_all
from itadomain.people import INSIDERS, Person
from itadomain.refusals import Refusal

MEDIA_TYPES = {
    PDF: "application/pdf", PNG: "image/png", CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A file under the name that it is saved by."""

    name: str
    body: bytes


@dataclass(frozen=True)
class Told:
    """Why there is none, as it is said to a person."""

    status: HTTPStatus
    text: str


@dataclass(frozen=True)
class Papers:
    """Finds what an address leads to, and makes it; `clock` gives milliseconds since 1970."""

    ring: KeyRing
    database: Database
    channels: Channels
    texts: Callable[[], Texts]
    today: Callable[[], date]
    clock: Callable[[], int]

    def of(self, token: str, file: str) -> Made | Told | None:
        """The paper of an address; None where it leads nowhere, or its owner may not have it any more."""
        found = asked(self.ring, token, self.clock())
        if found is None or found.paper.file != file:
            return None
        try:
            agency = self.channels.by_id(found.agency_id)
        except LookupError:
            return None
        with self.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, self.ring)
            person = store.people.get(found.person, self.today())
            if person is None or not may_have(store, person, found.paper, self.today()):
                return None
            says = partial(self.texts().tell, language=person.language, particle=agency.office.particle)
            try:
                make = self._making(store, found, person, says)
            except Refusal as why:
                return Told(HTTPStatus.NOT_FOUND, says(Words(why.key, why.facts)))
        return _made(make, says)

    def _making(self, store: AgencyStore, found: Asked, person: Person, says: Says) -> Callable[[], Made]:
        match found.paper.kind:
            case Kind.POSTER:
                return self._poster(store, found, says)
            case Kind.SURVEY:
                return self._results(store, found, says)
            case Kind.PLAN:
                return self._plan(store, found, person)

    def _poster(self, store: AgencyStore, found: Asked, says: Says) -> Callable[[], Made]:
        """In the language of the country, whoever prints it; drawn once nothing is read any more."""
        thai: Says = partial(self.texts().tell, language="th", particle="")
        paper, poster = found.paper, poster_of(store, found.paper.of, thai)
        name = says(words("papers.poster_file", point=poster.point))
        return lambda: Made(f"{name} {paper.sheet.upper()}", apart.poster_file(poster, paper.sheet, paper.ending))

    def _results(self, store: AgencyStore, found: Asked, says: Says) -> Callable[[], Made]:
        survey = store.surveys.get(found.paper.of)
        if survey is None:
            raise Refusal("papers.no_survey")
        sheets = tables(store, survey, self.today(), says)
        name = says(words("papers.results_file", kind=KINDS[survey.kind], year=survey.fiscal_year))
        return lambda: Made(name, apart.workbook(sheets) if found.paper.ending == XLSX else as_csv(sheets))

    def _plan(self, store: AgencyStore, found: Asked, person: Person) -> Callable[[], Made]:
        """In the language of the country: it is signed, sent on and published."""
        thai: Says = partial(self.texts().tell, language="th", particle="")
        made, of = datetime.fromtimestamp(self.clock() / 1000, UTC), found.paper.of
        paper = kinds.document(found.paper.kind, Asking(store, of, person.name, made, self.today(), thai))
        return lambda: Made(thai(kinds.PAPERS[found.paper.kind].name(of)), apart.word_file(paper))


def may_have(store: AgencyStore, person: Person, paper: Paper, today: date) -> bool:
    """A poster hangs on the wall and a plan is published: for whoever works there; results for who sees the whole."""
    if paper.kind is not Kind.SURVEY:
        return person.may(INSIDERS)
    return sees_all(person, store.units.all(), today)


def pages(papers: Papers) -> Blueprint:
    """`/papers/<token>/<file>`; whatever is wrong with a token, the answer is the same."""
    routes = Blueprint("papers", __name__)

    @routes.get("/papers/<token>/<file>")
    def one(token: str, file: str) -> Response:
        match papers.of(token, file):
            case Made(name, body):
                ending = file.rpartition(".")[2]
                answer = Response(body, content_type=MEDIA_TYPES[ending], headers=SAFE)
                saved_as = quote(f"{_plain(name)}.{ending}", safe="")
                answer.headers["Content-Disposition"] = f"attachment; filename=\"{file}\"; filename*=UTF-8''{saved_as}"
                return answer
            case Told(status, text):
                return Response(f"{text}\n", status, content_type="text/plain; charset=utf-8", headers=SAFE)
            case None:
                return Response("not found\n", HTTPStatus.NOT_FOUND, mimetype="text/plain", headers=SAFE)

    return routes


def _made(make: Callable[[], Made], says: Says) -> Made | Told:
    try:
        return make()
    except apart.Busy:
        return Told(HTTPStatus.SERVICE_UNAVAILABLE, says(words("papers.busy")))


def _plain(name: str) -> str:
    """A name that every phone and computer takes."""
    return "".join(sign if sign.isprintable() and sign not in '/\\:*?"<>|' else " " for sign in name).strip()
