"""Which receivers are told unasked that something waits: those who may read it, once a day until they have looked."""

from collections.abc import Collection, Sequence
from datetime import date

from itadomain.cases import news
from itadomain.people import Person, Role
from itadomain.ports import Store

DISCLOSURES = "integrity_told"


def to_tell(store: Store, readers: Collection[str], today: date) -> Sequence[Person]:
    """Those of the readers who are told now, which is noted; nobody who is no receiver any more."""
    receiving = [one for one in store.people.with_role(Role.INTEGRITY, today) if one.id in readers]
    return news.to_tell(store, receiving, today, DISCLOSURES)


def looked(store: Store, person: Person) -> None:
    """Note that somebody looks at what there is."""
    news.looked(store, person, DISCLOSURES)
