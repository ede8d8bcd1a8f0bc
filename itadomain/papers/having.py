"""Who may have which paper: one rule, for the chat that offers it and for the page that hands it out."""

from datetime import date

from itadomain.lateness import sees_all
from itadomain.people import INSIDERS, Person
from itadomain.ports import Store

#: For everybody who works there: it hangs on a wall, is published, or says what the chat says to each of them anyway.
#: Whatever is not named shows who is late, who has not read something, what people answered: for who sees the whole.
FOR_INSIDERS = frozenset({"poster", "plan", "analysis", "report", "register"})


def may_have(store: Store, person: Person, kind: str, today: date) -> bool:
    """Whether a person may have papers of a kind today."""
    if not person.may(INSIDERS):
        return False
    return kind in FOR_INSIDERS or sees_all(person, store.units.all(), today)
