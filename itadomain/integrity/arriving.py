"""A round: what waits in the box reaches its receivers, with the day alone, and its days begin to run."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from itadomain.audit_log import Deed, Happened
from itadomain.integrity.disclosure import Standing
from itadomain.integrity.news import to_tell
from itadomain.integrity.promising import terms
from itadomain.integrity.stages import heard, timed
from itadomain.people import Person
from itadomain.ports import Store


def arrive(store: Store, today: date) -> Sequence[Person]:
    """Deliver what is in the box; gives the receivers who are told that something waits for them."""
    reached: dict[str, Standing] = {}
    readers: set[str] = set()
    for one in store.disclosures.deliver(today):
        before = reached.get(one.id, one.standing)
        known = terms(store, before)
        reached[one.id] = timed(before, known) if one.new else heard(before, today, known, reopens=one.reopens)
        readers |= one.readers
        if one.new:
            store.audit_log.add(_filed(one.id, one.standing, today))
    for disclosure_id, standing in reached.items():
        store.disclosures.stand(disclosure_id, standing)
    return to_tell(store, readers, today)


def _filed(disclosure_id: str, standing: Standing, today: date) -> Happened:
    """By nobody, and with no hour: the day on which it reached its receivers."""
    at = datetime.combine(today, time.min, UTC)
    return Happened(Deed.FILED, at, "", disclosure_id, {"way": standing.way.value})
