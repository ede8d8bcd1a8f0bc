"""Short-lived addresses at which a phone or LINE may look at a copy: none can be guessed, or made without our keys."""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.storage.sealing import KeyRing

LIVES_MS = 60 * 60 * 1000
#: How a reply names a copy; the renderer puts an address in its place.
COPY = re.compile(r"evidence:([0-9a-f]{32})(?::(small))?")
_PURPOSE = "evidence address"
_TOKEN = re.compile(r"(\d{1,10})-([0-9a-f]{32})-([ls])-(\d{1,16})-([0-9a-f]{64})")  # large or small


@dataclass(frozen=True)
class Looked:
    """What an address leads to."""

    agency_id: int
    evidence: str
    small: bool


class Addresses:
    """Makes addresses and reads them again; `clock` gives milliseconds since 1970."""

    def __init__(self, ring: KeyRing, public_url: str, clock: Callable[[], int]) -> None:
        self._ring = ring
        self._public_url = public_url
        self._clock = clock

    def of(self, agency_id: int, uri: str) -> str:
        """The address for a copy that a reply names; empty where the service has none, any other as it is."""
        named = COPY.fullmatch(uri)
        if named is None:
            return uri
        if not self._public_url:
            return ""
        said = f"{agency_id}-{named[1]}-{'s' if named[2] else 'l'}-{self._clock() + LIVES_MS}"
        return f"{self._public_url}/evidence/{said}-{self._ring.lookup(_PURPOSE, said)}"

    def read(self, token: str) -> Looked | None:
        """What the last part of an address leads to; None where it is not ours, or too old."""
        found = _TOKEN.fullmatch(token)
        if found is None or int(found[4]) < self._clock():
            return None
        said = token.rpartition("-")[0]
        if not any(hmac.compare_digest(right, found[5]) for right in self._ring.lookups(_PURPOSE, said)):
            return None
        return Looked(int(found[1]), found[2], found[3] == "s")
