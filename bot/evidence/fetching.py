"""The tasks of evidence: fetch a copy from LINE, look at it and keep it; delete one that nothing rests on any more.

Both may be run again at any point. A copy is registered before it is made, so whoever deletes the same contents at that
moment is seen; and what its sender took back meanwhile is not kept.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.evidence.pictures import draw
from bot.evidence.shelf import ORIGINAL, VARIANTS, CannotKeep, Shelf, name_of
from bot.evidence.sniffing import DRAWN, PHOTOS, sniff
from bot.ledger import Ledger
from bot.line.content import Became, Contents, Fetched
from bot.storage import evidence
from bot.storage.evidence import Registered
from bot.storage.tasks import Errand
from bot.tasks import Later
from itadomain.evidence import MOST_OF_A_FILE, Copy, Kind, must_fit
from itadomain.refusals import Refusal

Told = Mapping[str, Any]
NEVER_COMES = {Became.GONE: "evidence.taken_back", Became.NEVER: "evidence.not_readable"}


class Fetch:
    """Fetches what came with a message; `most` is the room of an agency in bytes."""

    def __init__(self, ledger: Ledger, contents: Contents, shelf: Shelf, most: int) -> None:
        self._ledger = ledger
        self._contents = contents
        self._shelf = shelf
        self._most = most

    def __call__(self, errand: Errand) -> Told:
        """The copy that was made; or why none can be made."""
        try:
            with self._shelf.scratch() as folder:
                return self._fetch(errand, folder)
        except Refusal as refusal:
            return {"refused": refusal.key, "facts": refusal.facts}
        except (CannotKeep, OSError) as error:
            raise Later("the shelf is full or away") from error

    def _fetch(self, errand: Errand, folder: Path) -> Told:
        original = folder / "original"
        agency = self._ledger.channels.by_id(errand.agency_id)
        came = self._contents.fetch(agency, str(errand.facts["message"]), original, MOST_OF_A_FILE)
        settle(came)
        media_type = sniff(original, str(errand.facts["name"]))
        must_fit(Kind.PHOTO if media_type in PHOTOS else Kind.FILE, came.size)
        pictures = draw(original, media_type, folder) if media_type in DRAWN else {}
        copy = Copy(came.sha256, came.size, media_type, shown=bool(pictures))
        told = self._register(errand, copy)
        if "copy" in told:
            for variant, file in {**pictures, ORIGINAL: original}.items():
                self._shelf.put(name_of(errand.agency_id, copy.sha256, variant), file)
        return told

    def _register(self, errand: Errand, copy: Copy) -> Told:
        of, wanted = errand.agency_id, str(errand.facts["evidence"])
        done = self._ledger.database.write(lambda c: evidence.register(c, of, wanted, copy, self._most), of=of)
        match done.became:
            case Registered.FULL:
                raise Refusal("evidence.no_room")
            case Registered.LEAVING:
                raise Later("the same contents are being deleted")
            case Registered.TAKEN_BACK:
                return {}
        return {"copy": vars(copy), "before": done.before, "after": done.after, "most": self._most}


class Remove:
    """Deletes a copy, where nothing rests on it."""

    def __init__(self, ledger: Ledger, shelf: Shelf) -> None:
        self._ledger = ledger
        self._shelf = shelf

    def __call__(self, errand: Errand) -> Told:
        """Nothing to tell."""
        of, sha256, write = errand.agency_id, str(errand.facts["sha256"]), self._ledger.database.write
        if not write(lambda c: evidence.leave(c, of, sha256), of=of):
            return {}
        try:
            for variant in VARIANTS:
                self._shelf.remove(name_of(of, sha256, variant))
        except CannotKeep as error:
            raise Later("the shelf is away") from error
        write(lambda c: evidence.left(c, of, sha256), of=of)
        return {}


def settle(came: Fetched) -> None:
    """Nothing where LINE gave it; Later where it may yet, Refusal where it never will."""
    match came.became:
        case Became.FETCHED:
            return
        case Became.TOO_LARGE:
            must_fit(Kind.FILE, MOST_OF_A_FILE + 1)
        case Became.MISSING:  # it may not be there yet; more often it is not there any more
            raise Later("not there", counted=True)
        case Became.PREPARING:
            raise Later("being prepared", pause_ms=came.wait_ms)
        case Became.AWAY:
            raise Later("LINE is away")
    raise Refusal(NEVER_COMES[came.became])
