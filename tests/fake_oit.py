"""What is published for the OIT, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from itadomain.oit.items import Item


@dataclass
class OitItems:
    """By year and number."""

    kept: dict[tuple[int, int], Item] = field(default_factory=dict)

    def of_year(self, year: int) -> Sequence[Item]:
        return [one for (of, _), one in sorted(self.kept.items()) if of == year]

    def save(self, *items: Item) -> None:
        self.kept |= {(one.year, one.no): one for one in items}
