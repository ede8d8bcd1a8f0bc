"""Serves calendars at their addresses: as a file that a phone looks at again, and as a page that says how to add it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request

from bot.calendar.addresses import owner
from bot.calendar.drawing import MEDIA_TYPE, Drawn, drawn
from bot.channels import Channels
from bot.storage.agencies import Agency
from bot.storage.database import Database
from bot.storage.sealing import KeyRing
from bot.storage.store import AgencyStore
from bot.texts import Texts
from handlers.kit import words
from itadomain.agenda import Entry, number_of, of_person
from itadomain.people import INSIDERS, Person

#: It is one person's: nobody in between keeps it, and no search engine lists it.
PRIVATE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
#: A phone may look at its own copy for so long.
FRESH = "private, max-age=900"


@dataclass(frozen=True)
class Written:
    """A calendar that can be written; `tag` is another one whenever something in it is."""

    entries: Sequence[Entry]
    how: Drawn
    language: str

    @property
    def tag(self) -> str:
        """Found without writing it: most phones ask for what they have already."""
        said = repr((self.how.name, self.how.today, self.language, self.units, self.entries))
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    @property
    def units(self) -> Sequence[str]:
        """The units that it names."""
        return sorted({self.how.unit_of(one.unit) for one in self.entries})

    @property
    def body(self) -> bytes:
        """The file."""
        return drawn(self.entries, self.how)


@dataclass(frozen=True)
class Calendars:
    """Finds whose calendar an address leads to, and writes it."""

    ring: KeyRing
    database: Database
    channels: Channels
    texts: Callable[[], Texts]
    today: Callable[[], date]

    def file(self, token: str) -> Written | None:
        """The calendar of an address; None where it leads nowhere (any more)."""
        found = self._found(token)
        if found is None:
            return None
        agency, person = found
        with self.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, self.ring)
            entries = of_person(store, person, self.today())
            units = {unit.id: unit.name for unit in store.units.all()}
        name = self.told("agenda.name", agency, person)
        says = lambda said: self.texts().tell(said, person.language, agency.office.particle)  # noqa: E731 - a word
        how = Drawn(name, agency.slug, self.today(), says, lambda one: units.get(one, ""))
        return Written(entries, how, person.language)

    def language(self, token: str) -> str | None:
        """In which language the owner of an address is spoken to; None where it leads nowhere."""
        found = self._found(token)
        return found[1].language if found else None

    def told(self, key: str, agency: Agency, person: Person) -> str:
        """A text that names the office."""
        return self.texts().tell(words(key, office=agency.office.short), person.language, agency.office.particle)

    def _found(self, token: str) -> tuple[Agency, Person] | None:
        """Who has the address now, as long as they work for the agency."""
        named = owner(self.ring, token)
        if named is None:
            return None
        try:
            agency = self.channels.by_id(named.agency_id)
        except LookupError:
            return None
        with self.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, self.ring)
            person = store.people.get(named.person, self.today())
            newest = number_of(store, named.person)
        return (agency, person) if person and person.may(INSIDERS) and newest == named.number else None


def pages(calendars: Calendars, reached_at: str) -> Blueprint:
    """`/calendar/<token>.ics` and `/calendar/<token>`; whatever is wrong with a token, the answer is the same."""
    routes = Blueprint("calendar", __name__, template_folder="templates")

    @routes.get("/calendar/<token>.ics")
    def file(token: str) -> Response:
        found = calendars.file(token)
        if found is None:
            return _nothing()
        answer = Response(content_type=f"{MEDIA_TYPE}; charset=utf-8", headers={**PRIVATE, "Cache-Control": FRESH})
        answer.headers["Content-Disposition"] = "inline; filename=calendar.ics"
        answer.set_etag(found.tag)
        answer.make_conditional(request)
        if answer.status_code == HTTPStatus.OK:
            answer.set_data(found.body)
        return answer

    @routes.get("/calendar/<token>")
    def page(token: str) -> Response:
        language = calendars.language(token)
        if language is None:
            return _nothing()
        address = f"{reached_at}/calendar/{token}.ics"
        table = calendars.texts().words[language]
        subscribe = f"webcal://{urlsplit(address).netloc}{urlsplit(address).path}"
        shown = {"t": table.__getitem__, "language": language, "address": address, "subscribe": subscribe}
        html = render_template("calendar/page.html", **shown)
        return Response(html, headers={**PRIVATE, "Cache-Control": "private, no-store"}, mimetype="text/html")

    return routes


def _nothing() -> Response:
    headers = {**PRIVATE, "Cache-Control": "private, no-store"}
    return Response("not found\n", 404, mimetype="text/plain", headers=headers)
