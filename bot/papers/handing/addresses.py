"""Short-lived addresses of papers: each is made for one person, and none can be guessed, or made without our keys."""

import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.calendar.addresses import Others
from bot.papers.kinds import PAPERS
from bot.storage.sealing import KeyRing, SealBroken

LIVES_MS = 60 * 60 * 1000
#: How a reply names a paper: its kind, of what it is, as what kind of file.
NAMED = re.compile(r"paper:([a-z]{1,20}):([0-9A-Za-z:-]{1,60}):([a-z]{3,4})")
OURS = "paper:"
_PLACE = "address of a paper"


@dataclass(frozen=True)
class Paper:
    """Which one, as what kind of file: `kind` is one of PAPERS, `of` as that has it."""

    kind: str
    of: str
    ending: str

    @property
    def file(self) -> str:
        """The last part of its address."""
        return f"{self.kind}.{self.ending}"

    @property
    def uri(self) -> str:
        """How a reply names it."""
        return f"{OURS}{self.kind}:{self.of}:{self.ending}"


#: There is no such paper, or none any more.
NONE = Paper("", "", "")


@dataclass(frozen=True)
class Asked:
    """A paper, and whose address led to it: by its `id` it is known that one was used, and it lives `until` (ms)."""

    id: str
    agency_id: int
    person: str  # an id
    paper: Paper
    until: int


def named(uri: str) -> Paper | None:
    """The paper that a reply names; None where it names something else, or none that there is."""
    found = NAMED.fullmatch(uri)
    kind = PAPERS.get(found[1]) if found else None
    if found is None or kind is None or found[3] not in kind.endings or not kind.of.fullmatch(found[2]):
        return None
    return Paper(*found.groups())


class PaperAddresses:
    """Makes addresses of papers and reads them again; what is none of them, `others` makes."""

    def __init__(self, ring: KeyRing, reached_at: str, clock: Callable[[], int], others: Others) -> None:
        self._ring = ring
        self._reached_at = reached_at
        self._clock = clock
        self._others = others

    def of(self, agency_id: int, uri: str, person: str = "") -> str:
        """The address of a paper for a person; empty where the service has none, or nobody is spoken to."""
        if not uri.startswith(OURS):
            return self._others.of(agency_id, uri, person)
        paper = named(uri)
        if paper is None or not self._reached_at or not person:
            return ""
        held = json.dumps([uuid.uuid4().hex, agency_id, person, uri, self._clock() + LIVES_MS])
        # A phone saves a file in its browser; the one inside LINE shows some kinds and saves none.
        return f"{self._reached_at}/papers/{self._ring.seal_text(held, _PLACE)}/{paper.file}?openExternalBrowser=1"

    def for_all(self, agency_id: int, uri: str, since: int) -> str:
        """No paper: each address is one person's."""
        return "" if uri.startswith(OURS) else self._others.for_all(agency_id, uri, since)


def asked(ring: KeyRing, token: str, file: str, now: int) -> Asked | None:
    """What an address leads to by its last two parts; None where it is not ours, or too old at `now` (ms)."""
    try:
        known_by, agency_id, person, uri, until = json.loads(ring.open_text(token, _PLACE))
    except (SealBroken, ValueError):  # one of an earlier release says less
        return None
    found = _good(Asked(known_by, agency_id, person, named(uri) or NONE, until), now)
    return found if found and found.paper.file == file else None


def facts_of(asked: Asked) -> Mapping[str, Any]:
    """What a task is told of it, without whose agency's."""
    return {"id": asked.id, "person": asked.person, "uri": asked.paper.uri, "until": asked.until}


def asked_for(agency_id: int, facts: Mapping[str, Any], now: int) -> Asked | None:
    """The same again; None where nobody can fetch it any more."""
    paper = named(facts["uri"]) or NONE
    return _good(Asked(facts["id"], agency_id, facts["person"], paper, facts["until"]), now)


def _good(one: Asked, now: int) -> Asked | None:
    return one if one.paper is not NONE and one.until >= now else None
