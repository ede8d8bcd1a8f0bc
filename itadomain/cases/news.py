"""Who is told unasked that something is new: once a day until they have looked, for a month has few messages."""

from collections.abc import Iterable, Sequence
from datetime import date

from itadomain.people import Person
from itadomain.ports import Store

CASES = "news_told"


def to_tell(store: Store, officers: Iterable[Person], today: date, of: str = CASES) -> Sequence[Person]:
    """Those who are told now, which is noted; who was told today and has not looked since knows already."""
    fresh = [one for one in officers if store.settings.get(_told(of, one)) != today.isoformat()]
    for one in fresh:
        store.settings.put(_told(of, one), today.isoformat())
    return fresh


def looked(store: Store, person: Person, of: str = CASES) -> bool:
    """Note that somebody looks at what there is; gives whether they had been told since they last did."""
    told = bool(store.settings.get(_told(of, person)))
    if told:
        store.settings.put(_told(of, person), "")
    return told


def _told(of: str, person: Person) -> str:
    return f"{of}:{person.id}"
