"""The task that takes a file off the shelf once the disclosure that it came with is destroyed."""

from collections.abc import Mapping
from typing import Any

from bot.evidence.shelf import CannotKeep, Shelf, name_of
from bot.storage.tasks import Errand
from bot.tasks import Later


class RemoveDisclosed:
    """Removes one file; it may be run again."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def __call__(self, errand: Errand) -> Mapping[str, Any]:
        """Nothing to tell."""
        try:
            self._shelf.remove(name_of(errand.agency_id, str(errand.facts["sha256"])))
        except CannotKeep as error:
            raise Later("the shelf is away") from error
        return {}
