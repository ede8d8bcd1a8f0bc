"""The task that takes what an agency sends for its papers: fetched from LINE, looked at, and kept sealed.

It may be run again at any point: the same file is kept in the place of the same.
"""

import io
import threading
import warnings
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from bot.evidence.fetching import settle
from bot.evidence.passes import passes
from bot.evidence.pictures import FORMATS, MOST_DOTS, MOST_DOTS_IN_PASSES, MOST_PASSES
from bot.evidence.shelf import CannotKeep, Shelf
from bot.evidence.sniffing import DOCX, JPEG, sniff
from bot.ledger import Ledger
from bot.line.content import Contents
from bot.papers.asking import Asking
from bot.papers.document import Document
from bot.papers.handing.dressing import Tells
from bot.papers.ink import apart
from bot.papers.says.form import MADE
from bot.storage.store import AgencyStore
from bot.storage.tasks import Errand
from bot.tasks import Later
from itadomain.evidence import MOST_OF_A_PHOTO
from itadomain.papers.choosing import MOST_OF_A_SEAL, SEAL, TEMPLATE
from itadomain.refusals import Refusal

#: The longest side in dots, before and after its margins are cut off: at 3 cm more than a printer shows.
LOOKED_AT, SIDE = 2000, 900
#: What is as good as see-through, or as white, is no part of a seal.
CLEAR = 250
_ALONE = threading.Lock()


class TakePart:
    """Fetches a picture for the head of papers, or a form of the agency's own, and keeps it.

    A picture is drawn anew, so that nothing else comes along; a form is tried on the paper that it is for.
    """

    def __init__(
        self, ledger: Ledger, contents: Contents, shelf: Shelf, tell: Tells, now: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._tell = tell
        self._now = now
        self._contents = contents
        self._shelf = shelf

    def __call__(self, errand: Errand) -> Mapping[str, Any]:
        """That it is kept; or why it cannot be."""
        try:
            with self._shelf.scratch() as folder:
                contents = self._fetched(errand, folder / "original")
        except Refusal as refusal:
            return {"refused": refusal.key, "facts": refusal.facts}
        except (CannotKeep, OSError) as error:
            raise Later("no room to look at it") from error
        except apart.Busy as busy:
            raise Later("others are served", counted=True) from busy
        self._keep(errand.agency_id, str(errand.facts["part"]), contents)
        return {"kept": True}

    def _fetched(self, errand: Errand, original: Path) -> bytes:
        agency = self._ledger.channels.by_id(errand.agency_id)
        settle(self._contents.fetch(agency, str(errand.facts["message"]), original, MOST_OF_A_PHOTO))
        part, media_type = str(errand.facts["part"]), sniff(original, str(errand.facts["name"]))
        if part == SEAL:
            return drawn(original, media_type)
        if media_type != DOCX:
            raise Refusal("paper_forms.no_word_file")
        form = original.read_bytes()
        apart.template_checked(
            form, self._paper(errand.agency_id, part.removeprefix(TEMPLATE), str(errand.facts["of"]))
        )
        return form

    def _paper(self, agency_id: int, kind: str, of: str) -> Document:
        """The paper that a form is for; Refusal where there is none any more."""
        now, says = self._now(), partial(self._tell, language="th", particle="")
        with self._ledger.database.reading(of=agency_id) as connection:
            store = AgencyStore(connection, self._ledger.channels.by_id(agency_id), self._ledger.ring)
            return MADE[kind](Asking(store, of, "", now, now.date(), says))

    def _keep(self, of: int, name: str, contents: bytes) -> None:
        database = self._ledger.database
        with database.reading(of=of) as connection:
            store = AgencyStore(connection, self._ledger.channels.by_id(of), self._ledger.ring)
            store.papers.put_part(name, contents)
        database.write(store.apply, of=of)


def drawn(original: Path, media_type: str) -> bytes:
    """A picture as a PNG without its empty margins; Refusal where it is none, or cannot be drawn."""
    if media_type not in FORMATS:
        raise Refusal("paper_settings.no_picture")
    try:
        with _ALONE, warnings.catch_warnings():  # two at once would need twice the memory
            warnings.simplefilter("ignore")  # odd notes of a camera are not drawn anyway
            seal = _cut(_small(original, media_type))
    except (Refusal, MemoryError):
        raise
    except Exception as error:
        raise Refusal("evidence.broken_picture") from error
    kept = io.BytesIO()
    seal.save(kept, "PNG", optimize=True)
    if len(kept.getvalue()) > MOST_OF_A_SEAL:
        raise Refusal("paper_settings.seal_too_large", most=MOST_OF_A_SEAL // 1024 // 1024)
    return kept.getvalue()


def _small(original: Path, media_type: str) -> Image.Image:
    """As the camera was held, and no larger than is looked at."""
    with Image.open(original, formats=[FORMATS[media_type]]) as picture:
        count = passes(original.read_bytes()) if media_type == JPEG else 1
        most = MOST_DOTS[media_type] if count == 1 else MOST_DOTS_IN_PASSES
        if count > MOST_PASSES or picture.width * picture.height > most:
            raise Refusal("evidence.too_many_dots")
        smaller = picture.convert("RGBA") if picture.mode in {"P", "PA", "1"} else picture
        smaller.thumbnail((LOOKED_AT, LOOKED_AT))  # which does not unpack a large JPEG to its full size
        return ImageOps.exif_transpose(smaller).convert("RGBA")


def _cut(picture: Image.Image) -> Image.Image:
    """Without the empty margins, so that it is as high on paper as the rules say; small; nothing but its dots."""
    on_white = Image.new("RGBA", picture.size, "white")
    on_white.alpha_composite(picture)
    inked = on_white.convert("L").point([255 if grey < CLEAR else 0 for grey in range(256)])
    box = inked.getbbox()
    if box is None:
        raise Refusal("paper_settings.empty_picture")
    seal = picture.crop(box)
    seal.thumbnail((SIDE, SIDE))
    seal.info = {}
    return seal
