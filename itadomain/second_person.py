"""The second person where two are needed: another administrator; in an agency that has one, an executive (the ปลัด)."""

from collections.abc import Sequence
from datetime import date, timedelta

from itadomain.people import Person, Role
from itadomain.ports import Store

#: Whoever is alone goes on after so long, which is written into the audit log.
ALONE = timedelta(hours=24)


def others(store: Store, person: Person, today: date) -> Sequence[Person]:
    """Who may confirm what a person is about to do: other administrators, else other executives; else nobody.

    Whoever left the account would hear nothing of it.
    """
    for role in (Role.ADMIN, Role.EXECUTIVE):
        found = [one for one in store.people.with_role(role, today) if one.id != person.id and not one.away]
        if found:
            return found
    return []
