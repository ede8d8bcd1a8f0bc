"""Opens the store of an agency for a paper that is asked for at its address, as long as its owner may have it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.channels import Channels
from bot.papers.asking import Asking, Says
from bot.papers.handing.addresses import LIVES_MS, Asked, Paper
from bot.papers.kinds import PAPERS
from bot.storage.agencies import Agency, CannotOpen
from bot.storage.database import Database
from bot.storage.sealing import KeyRing
from bot.storage.store import AgencyStore
from bot.texts import Texts
from handlers.kit import Words
from itadomain.papers.having import may_have
from itadomain.people import Person


@dataclass(frozen=True)
class Opened:
    """Whose paper it is and what it is made from; `says` speaks as the person does."""

    agency: Agency
    person: Person
    asking: Asking
    says: Says


@dataclass(frozen=True)
class Readings:
    """Of every agency; `now` is the moment in the agencies' zone."""

    ring: KeyRing
    database: Database
    channels: Channels
    texts: Callable[[], Texts]
    now: Callable[[], datetime]

    def clock(self) -> int:
        """The moment in milliseconds since 1970."""
        return round(self.now().timestamp() * 1000)

    @contextmanager
    def of(self, asked: Asked) -> Iterator[Opened | None]:
        """What a paper is made from, in one snapshot; None where its owner has left, or may not have it any more."""
        agency = self._agency(asked)
        if agency is None:
            yield None
            return
        with self.database.reading(of=agency.id) as connection:
            yield self._opened(AgencyStore(connection, agency, self.ring), agency, asked)

    def said(self, asked: Asked, why: Words) -> str:
        """Words as its owner is spoken to."""
        with self.of(asked) as opened:
            return opened.says(why) if opened else ""

    def _agency(self, asked: Asked) -> Agency | None:
        try:
            return self.channels.by_id(asked.agency_id)
        except (LookupError, CannotOpen):
            return None

    def _opened(self, store: AgencyStore, agency: Agency, asked: Asked) -> Opened | None:
        now, paper = self.now(), asked.paper
        person = store.people.get(asked.person, now.date())
        if person is None or not _may(store, person, paper, now):
            return None
        says = partial(self.texts().tell, language=person.language, particle=agency.office.particle)
        thai: Says = partial(self.texts().tell, language="th", particle="")
        made = datetime.fromtimestamp((asked.until - LIVES_MS) / 1000, now.tzinfo)
        told = thai if PAPERS[paper.kind].thai else says
        return Opened(agency, person, Asking(store, paper.of, person.name, made, now.date(), told), says)


def _may(store: AgencyStore, person: Person, paper: Paper, now: datetime) -> bool:
    return may_have(store, person, paper.kind, now.date()) and PAPERS[paper.kind].may(store, person, paper.of)
