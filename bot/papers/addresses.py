"""Short-lived addresses of papers: each is made for one person, and none can be guessed, or made without our keys."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.calendar.addresses import Others
from bot.papers.poster import SHEETS
from bot.storage.sealing import KeyRing, SealBroken

LIVES_MS = 60 * 60 * 1000
PDF, PNG, XLSX, CSV, DOCX = "pdf", "png", "xlsx", "csv", "docx"
#: How a reply names a paper: the poster of a service point on a sheet, what a survey came to, the plan of a year.
POSTER = re.compile(rf"paper:poster:([0-9A-Z]{{1,12}}):({'|'.join(SHEETS)}):({PDF}|{PNG})")
RESULTS = re.compile(rf"paper:survey:([0-9a-zA-Z-]{{1,40}}):({XLSX}|{CSV})")
PLAN = re.compile(rf"paper:plan:(25\d\d):({DOCX})")
_PLACE = "address of a paper"


class Kind(StrEnum):
    """What a paper is."""

    POSTER = "poster"  # of a service point
    SURVEY = "survey"  # what it came to
    PLAN = "plan"  # the measures of a year


@dataclass(frozen=True)
class Paper:
    """Which one, as what kind of file. `of` is the code of a service point, the id of a survey, or a fiscal year."""

    kind: Kind
    of: str
    ending: str
    sheet: str = ""  # of a poster

    @property
    def file(self) -> str:
        """The last part of its address."""
        return f"{self.kind}.{self.ending}"


@dataclass(frozen=True)
class Asked:
    """A paper, and whose address led to it."""

    agency_id: int
    person: str  # an id
    paper: Paper


def named(uri: str) -> Paper | None:
    """The paper that a reply names; None where it names something else."""
    if found := POSTER.fullmatch(uri):
        return Paper(Kind.POSTER, found[1], found[3], found[2])
    if found := RESULTS.fullmatch(uri):
        return Paper(Kind.SURVEY, found[1], found[2])
    if found := PLAN.fullmatch(uri):
        return Paper(Kind.PLAN, found[1], found[2])
    return None


class PaperAddresses:
    """Makes addresses of papers and reads them again; what is none of them, `others` makes."""

    def __init__(self, ring: KeyRing, reached_at: str, clock: Callable[[], int], others: Others) -> None:
        self._ring = ring
        self._reached_at = reached_at
        self._clock = clock
        self._others = others

    def of(self, agency_id: int, uri: str, person: str = "") -> str:
        """The address of a paper for a person; empty where the service has none, or nobody is spoken to."""
        paper = named(uri)
        if paper is None:
            return self._others.of(agency_id, uri, person)
        if not self._reached_at or not person:
            return ""
        held = json.dumps([agency_id, person, uri, self._clock() + LIVES_MS])
        # A phone saves a file in its browser; the one inside LINE shows some kinds and saves none.
        return f"{self._reached_at}/papers/{self._ring.seal_text(held, _PLACE)}/{paper.file}?openExternalBrowser=1"

    def for_all(self, agency_id: int, uri: str, since: int) -> str:
        """No paper: each address is one person's."""
        return "" if named(uri) else self._others.for_all(agency_id, uri, since)


def asked(ring: KeyRing, token: str, now: int) -> Asked | None:
    """What the middle part of an address leads to; None where it is not ours, or too old at `now` (ms)."""
    try:
        agency_id, person, uri, until = json.loads(ring.open_text(token, _PLACE))
    except SealBroken:
        return None
    paper = named(uri)
    return Asked(agency_id, person, paper) if paper and until >= now else None
