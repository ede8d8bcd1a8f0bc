"""Hands a file of a disclosure to a receiver, at an address that lives for minutes.

The web process holds no key of any receiver: so the worker, which does, seals the file's own key into the address.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Response

from bot.channels import Channels
from bot.evidence.addresses import Addresses
from bot.evidence.pages import SAFE
from bot.evidence.sealed import SealedShelf
from bot.evidence.shelf import CannotKeep, NotThere, Shelf, name_of, pieces
from bot.evidence.sniffing import ENDINGS, JPEG, PDF
from bot.storage.database import Database
from bot.storage.sealing import KeyRing, SealBroken
from bot.storage.store import AgencyStore
from itadomain.refusals import Refusal

LIVES_MS = 10 * 60 * 1000
#: How a reply names a file: the id of its disclosure, and its own.
FILE = re.compile(r"disclosure:([0-9a-f]{32})/([0-9a-f]{64})")
_PLACE = "address of a file"


@dataclass(frozen=True)
class Sealed:
    """What an address holds: which file it is, and the key that opens it."""

    agency_id: int
    name: str
    media_type: str
    key: str
    until: int


class Handles:
    """Makes such addresses, and reads them again; `clock` gives milliseconds since 1970."""

    def __init__(self, ring: KeyRing, public_url: str, clock: Callable[[], int]) -> None:
        self._ring = ring
        self._public_url = public_url
        self._clock = clock

    def of(self, agency_id: int, name: str, media_type: str, key: str) -> str:
        """The address of a file; empty where nobody can reach us."""
        held = json.dumps([agency_id, name, media_type, key, self._clock() + LIVES_MS])
        return f"{self._public_url}/evidence/s/{self._ring.seal_text(held, _PLACE)}" if self._public_url else ""

    def read(self, token: str) -> Sealed | None:
        """What the last part of an address leads to; None where it is not ours, or too old."""
        try:
            held = Sealed(*json.loads(self._ring.open_text(token, _PLACE)))
        except SealBroken:
            return None
        return held if held.until >= self._clock() else None


class FileAddresses:
    """Where a tap of a reply leads: to a file of a disclosure, to a copy of evidence, or outside."""

    def __init__(
        self, addresses: Addresses, handles: Handles, database: Database, channels: Channels, ring: KeyRing
    ) -> None:
        self._addresses = addresses
        self._handles = handles
        self._database = database
        self._channels = channels
        self._ring = ring

    def of(self, agency_id: int, uri: str, person: str = "") -> str:
        """The address that is shown for `uri` to a person, empty where there is none for them."""
        named = FILE.fullmatch(uri)
        if named is None:
            return self._addresses.of(agency_id, uri, person)
        try:
            return self._opened(agency_id, named[1], named[2], person)
        except Refusal:  # no key of any receiver is at hand
            return ""

    def for_all(self, agency_id: int, uri: str, since: int) -> str:
        """The address that everybody is shown who was told of it at `since`; a disclosure's file has none."""
        return "" if FILE.fullmatch(uri) else self._addresses.for_all(agency_id, uri, since)

    def _opened(self, agency_id: int, disclosure: str, file_id: str, person: str) -> str:
        agency = self._channels.by_id(agency_id)
        with self._database.reading(of=agency_id) as connection:
            disclosures = AgencyStore(connection, agency, self._ring).disclosures
            found, key = disclosures.get(disclosure, person), disclosures.file_key_for(disclosure, person, file_id)
        file = next((one for one in found.files if one.id == file_id), None) if found else None
        return self._handles.of(agency_id, file.id, file.media_type, key) if file and key else ""


def handing(handles: Handles, shelf: Shelf) -> Blueprint:
    """`/evidence/s/<token>`; whatever is wrong with a token, the answer is the same."""
    routes = Blueprint("files", __name__)

    @routes.get("/evidence/s/<token>")
    def one(token: str) -> Response:
        held = handles.read(token)
        if held is None or held.media_type not in {JPEG, PDF}:
            return _nothing(404)
        try:
            contents = SealedShelf(shelf, KeyRing([held.key])).open(name_of(held.agency_id, held.name))
        except NotThere:
            return _nothing(404)
        except CannotKeep:
            return _nothing(503)
        response = Response(pieces(contents), mimetype=held.media_type, headers=SAFE)
        kind = "inline" if held.media_type == JPEG else "attachment"  # what is shown need not lie on the phone
        response.headers["Content-Disposition"] = f"{kind}; filename={quote(f'file.{ENDINGS[held.media_type]}')}"
        return response

    return routes


def _nothing(status: int) -> Response:
    return Response("not found\n" if status == 404 else "not now\n", status, mimetype="text/plain", headers=SAFE)  # noqa: PLR2004
