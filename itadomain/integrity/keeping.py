"""Destroying a disclosure after its time: only by those who hold a key of it, so nobody else learns of it."""

from collections.abc import Collection, Sequence
from datetime import date

from itadomain.disposal import DISCLOSURE, Disposal, Gone
from itadomain.disposing import MOST, Side, Who
from itadomain.people import Person, Role
from itadomain.ports import Store


def _over(store: Store, _kind: str, until: date, but: Collection[str]) -> Sequence[Disposal]:
    found = [(made, standing.over_on) for made, standing, _ in store.disclosures.over_until(until) if made not in but]
    return [Disposal(made, DISCLOSURE, "", over_on) for made, over_on in found if over_on][:MOST]


def _readers(store: Store, today: date) -> Who:
    """Those who hold a key of it and the post today."""
    held = {made: readers for made, _, readers in store.disclosures.over_until(today)}
    people = store.people.with_role(Role.INTEGRITY, today)

    def those(about: str) -> Sequence[Person]:
        return [one for one in people if one.id in held.get(about, ())]

    return those


def _destroy(store: Store, disposal: Disposal, person: Person, _today: date) -> Gone:
    """It is opened once more, by who approves, only for where its files lie: that is sealed too."""
    found = store.disclosures.get(disposal.about, person.id)
    store.disclosures.dispose(disposal.about)
    copies = [one.id for one in found.files] if found else []
    return Gone(files=len(copies), copies=copies)


DISCLOSURES = Side("disclosures", (DISCLOSURE,), _over, _readers, _readers, _destroy)
