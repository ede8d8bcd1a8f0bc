"""Hands out copies at their short-lived addresses: to be saved, never run, and never listed."""

from datetime import UTC, datetime, tzinfo
from pathlib import PurePath
from urllib.parse import quote

from flask import Blueprint, Response, request

from bot.channels import Channels
from bot.evidence.addresses import Addresses, Looked
from bot.evidence.shelf import ORIGINAL, SHOWN, SMALL, CannotKeep, NotThere, Shelf, name_of, pieces
from bot.evidence.sniffing import ENDINGS, HEIC, JPEG
from bot.storage.database import Database
from bot.storage.looks import write_down
from bot.storage.sealing import KeyRing
from bot.storage.store import AgencyStore
from itadomain.evidence import Copy, Evidence, Stage

#: Whatever a browser makes of it, it is saved and not shown as a page of this address.
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


def pages(
    addresses: Addresses, shelf: Shelf, database: Database, channels: Channels, ring: KeyRing, zone: tzinfo = UTC
) -> Blueprint:
    """`/evidence/<token>`; whatever is wrong with a token, the answer is the same. A look at a case is written down."""
    routes = Blueprint("evidence", __name__)

    @routes.get("/evidence/<token>")
    def one(token: str) -> Response:
        looked = addresses.read(token)
        found = _found(database, channels, ring, looked) if looked else None
        if looked is None or found is None or found.copy is None:
            return _nothing(404)
        try:
            answer = _handed_out(shelf, looked, found, found.copy)
        except NotThere:
            return _nothing(404)
        except CannotKeep:
            return _nothing(503)
        if found.in_a_case and looked.person and request.method == "GET":
            agency, at = channels.by_id(looked.agency_id), datetime.fromtimestamp(addresses.clock() / 1000, zone)
            database.write(lambda c: write_down(c, agency, ring, found, looked.person, at), of=agency.id)
        return answer

    return routes


def _found(database: Database, channels: Channels, ring: KeyRing, looked: Looked) -> Evidence | None:
    """What may still be shown."""
    agency = channels.by_id(looked.agency_id)
    with database.reading(of=agency.id) as connection:
        found = AgencyStore(connection, agency, ring).evidence.get(looked.evidence)
    return found if found and found.stage is Stage.KEPT else None


def _handed_out(shelf: Shelf, looked: Looked, found: Evidence, copy: Copy) -> Response:
    """Of a picture the one that was drawn anew: the original has where and when it was taken."""
    if copy.media_type == HEIC:
        return _nothing(404)  # nothing here draws it anew
    variant = (SMALL if looked.small else SHOWN) if copy.shown else ORIGINAL
    media_type = JPEG if copy.shown else copy.media_type
    contents = shelf.open(name_of(looked.agency_id, copy.sha256, variant))
    response = Response(pieces(contents), mimetype=media_type, headers=SAFE)
    response.call_on_close(contents.close)  # whoever asks for the head alone takes no piece
    name = quote(f"{PurePath(found.name).stem or 'evidence'}.{ENDINGS[media_type]}", safe="")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _nothing(status: int) -> Response:
    return Response("not found\n" if status == 404 else "not now\n", status, mimetype="text/plain", headers=SAFE)  # noqa: PLR2004
