"""How many disclosures there were, on a card beside the figures of complaints: no number that points at anybody."""

from collections.abc import Mapping
from datetime import date

from handlers.disclosures.integrity_cards import OUTCOMES, WAYS
from handlers.kit import Card, Row, Turn, Words, words
from itadomain.fiscal import first_day, last_day
from itadomain.integrity.counting import Figures, figures


def card(turn: Turn, year: int, months: Mapping[date, Words]) -> Card:
    """Those of a fiscal year: how many, none too; of their parts what may be shown. `months` go by their first days."""
    standings = turn.store.disclosures.counted(first_day(year), last_day(year))
    found = figures(standings, list(months))
    told = words("integrity.figures", year=year)
    hidden = [] if not found.all or _whole(found) else [words("integrity.figures_hidden")]
    return Card(
        summary=told,
        title=told,
        number=found.all,
        tag=words("figures.cases"),
        rows=[
            *(Row(OUTCOMES[one] if one else words("figures.open"), count) for one, count in found.by_state.items()),
            *(Row(words("figures.channel", name=WAYS[one]), count) for one, count in found.by_way.items()),
            *(Row(months[first], count) for first, count in found.by_month.items()),
        ],
        notes=hidden,
    )


def _whole(found: Figures) -> bool:
    """Whether each table shows all there is."""
    return all(sum(table.values()) == found.all for table in (found.by_state, found.by_way, found.by_month))
