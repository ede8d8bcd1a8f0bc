"""Addresses of calendars: each belongs to a person of an agency, and none can be guessed, or made without our keys.

They have no end, since a phone looks at one for years; a person who wants another lets the old one lead nowhere.
"""

import hmac
import re
from dataclasses import dataclass
from typing import Protocol

from bot.storage.sealing import KeyRing

#: How a reply names the calendar of whoever it is for: by the number of its address.
MINE = re.compile(r"calendar:([1-9]\d{0,8})")
_PURPOSE = "calendar address"
_TOKEN = re.compile(r"(\d{1,10})-([0-9a-f]{32})-([1-9]\d{0,8})-([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True)
class Owner:
    """Whose calendar an address leads to, and which of their addresses it is."""

    agency_id: int
    person: str  # an id
    number: int


class Others(Protocol):
    """Where the other taps of a reply lead."""

    def of(self, agency_id: int, uri: str, person: str = "") -> str:
        """The address that is shown for what a reply names, made for a person; empty where there is none."""

    def for_all(self, agency_id: int, uri: str, since: int) -> str:
        """The same for everybody who was told of it at `since` (ms)."""


class CalendarAddresses:
    """Makes addresses of calendars and reads them again; what is none of them, `others` makes."""

    def __init__(self, ring: KeyRing, reached_at: str, others: Others) -> None:
        self._ring = ring
        self._reached_at = reached_at
        self._others = others

    def of(self, agency_id: int, uri: str, person: str = "") -> str:
        """The address of a person's calendar; empty where the service has none, or nobody is spoken to."""
        named = MINE.fullmatch(uri)
        if named is None:
            return self._others.of(agency_id, uri, person)
        if not self._reached_at or not person:
            return ""
        said = f"{agency_id}-{person}-{named[1]}"
        return f"{self._reached_at}/calendar/{said}-{self._ring.lookup(_PURPOSE, said)}"

    def for_all(self, agency_id: int, uri: str, since: int) -> str:
        """No calendar: each is one person's."""
        return "" if MINE.fullmatch(uri) else self._others.for_all(agency_id, uri, since)


def owner(ring: KeyRing, token: str) -> Owner | None:
    """Whose calendar the last part of an address names; None where it is not ours."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    said = token.rpartition("-")[0]
    if not any(hmac.compare_digest(right, found[4]) for right in ring.lookups(_PURPOSE, said)):
        return None
    return Owner(int(found[1]), found[2], int(found[3]))
