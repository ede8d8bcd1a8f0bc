"""What must be remembered of the items of the OIT, in the words of the rules. `bot/storage` fulfils it."""

from collections.abc import Sequence
from typing import Protocol

from itadomain.oit.items import Item


class OitItems(Protocol):
    """What an agency says about the items of its years, dropped ones too."""

    def of_year(self, year: int) -> Sequence[Item]:
        """Those of a year, in the order of their numbers."""

    def save(self, *items: Item) -> None:
        """Keep new ones, or what has changed; where another changed one meanwhile, the step runs again."""
