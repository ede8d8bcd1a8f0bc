"""Short-lived addresses at which a phone or LINE may look at a copy: none can be guessed, or made without our keys."""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.storage.sealing import KeyRing, SealBroken

LIVES_MS = 60 * 60 * 1000
#: The picture of a broadcast.
LOOKED_AT_MS = 366 * 24 * 60 * 60 * 1000
#: How a reply names a copy; the renderer puts an address in its place.
COPY = re.compile(r"evidence:([0-9a-f]{32})(?::(small))?")
_PURPOSE = "evidence address"
#: Large or small, until when, and perhaps for whom, sealed.
_TOKEN = re.compile(r"(\d{1,10})-([0-9a-f]{32})-([ls])-(\d{1,16})(?:-(v1\.[\w.-]{1,400}))?-([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True)
class Looked:
    """What an address leads to."""

    agency_id: int
    evidence: str
    small: bool
    person: str = ""  # the id of whom it was made for


class Addresses:
    """Makes addresses and reads them again; `clock` gives milliseconds since 1970."""

    def __init__(self, ring: KeyRing, public_url: str, clock: Callable[[], int]) -> None:
        self._ring = ring
        self._public_url = public_url
        self.clock = clock

    def of(self, agency_id: int, uri: str, person: str = "") -> str:
        """The address, made for a person, of a copy that a reply names; empty where the service has none.

        Any other is as it is.
        """
        named = COPY.fullmatch(uri)
        if named is None:
            return uri
        return self._made(agency_id, named, self.clock() + LIVES_MS, person)

    def for_all(self, agency_id: int, uri: str, since: int) -> str:
        """The same for everybody whom a broadcast told at `since` (ms): it is looked at for long, and never changes."""
        return self._made(agency_id, named, since + LOOKED_AT_MS) if (named := COPY.fullmatch(uri)) else uri

    def read(self, token: str) -> Looked | None:
        """What the last part of an address leads to; None where it is not ours, or too old."""
        found = _TOKEN.fullmatch(token)
        if found is None or int(found[4]) < self.clock():
            return None
        said = token.rpartition("-")[0]
        if not any(hmac.compare_digest(right, found[6]) for right in self._ring.lookups(_PURPOSE, said)):
            return None
        try:
            person = self._ring.open_text(found[5], *_bound(int(found[1]), found[2])) if found[5] else ""
        except SealBroken:
            return None
        return Looked(int(found[1]), found[2], found[3] == "s", person)

    def _made(self, agency_id: int, named: re.Match[str], until: int, person: str = "") -> str:
        if not self._public_url:
            return ""
        said = f"{agency_id}-{named[1]}-{'s' if named[2] else 'l'}-{until}"
        if person:
            said = f"{said}-{self._ring.seal_text(person, *_bound(agency_id, named[1]))}"
        return f"{self._public_url}/evidence/{said}-{self._ring.lookup(_PURPOSE, said)}"


def _bound(agency_id: int, evidence: str) -> tuple[object, ...]:
    """Where the id of a person in an address belongs."""
    return agency_id, "evidence", "address", evidence
