"""The task of a code: fetch the picture from LINE, read what stands in it, and keep nothing of it."""

from collections.abc import Mapping
from typing import Any

from bot.channels import Channels
from bot.codes.reading import NoPicture, codes_in
from bot.evidence.fetching import settle
from bot.evidence.shelf import CannotKeep, Shelf
from bot.line.content import Contents
from bot.storage.tasks import Errand
from bot.tasks import Later
from itadomain.evidence import MOST_OF_A_PHOTO
from itadomain.refusals import Refusal


class ReadCodes:
    """Reads the codes in a picture that came with a message; the picture lies in a scratch folder meanwhile."""

    def __init__(self, channels: Channels, contents: Contents, shelf: Shelf) -> None:
        self._channels = channels
        self._contents = contents
        self._shelf = shelf

    def __call__(self, errand: Errand) -> Mapping[str, Any]:
        """What the codes say; nothing where it is no picture that can be opened."""
        agency, message = self._channels.by_id(errand.agency_id), str(errand.facts["message"])
        try:
            with self._shelf.scratch() as folder:
                original = folder / "original"
                settle(self._contents.fetch(agency, message, original, MOST_OF_A_PHOTO))
                return {"codes": codes_in(original, str(errand.facts["name"]))}
        except (NoPicture, Refusal):
            return {}
        except (CannotKeep, OSError) as error:
            raise Later("no room to look at it") from error
