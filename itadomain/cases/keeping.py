"""Destroying a case after its time: its words, place, contact, talk and files go; its number, days and state stay.

The desk proposes; an administrator or an executive approves.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from itadomain.cases.case import Case, Kind, Spot
from itadomain.cases.sight import desk
from itadomain.disposal import Disposal, Gone
from itadomain.disposing import MOST, Side, Who
from itadomain.evidence import STORED
from itadomain.people import Person, Role
from itadomain.ports import Store

APPROVERS = frozenset({Role.ADMIN, Role.EXECUTIVE})


def without_words(case: Case, today: date) -> Case:
    """What is left of a case: what is counted, and its number. Nothing leads to whoever brought it, or worked on it."""
    return replace(
        case, story="", spot=Spot(), contact="", on_behalf_of="", talk=(), bubbles={}, hidden=(), warned=frozenset(),
        reporter="", entered_by="", officer="", disposed_on=today,
    )  # fmt: skip


def _over(store: Store, kind: str, until: date, but: Collection[str]) -> Sequence[Disposal]:
    found = store.cases.over_until(Kind(kind), until, MOST, but)
    return [Disposal(one.id, kind, str(one.ticket), one.over_on) for one in found if one.over_on]


def _proposers(store: Store, today: date) -> Who:
    """Those who receive all cases; where there are none, those who approve."""
    people = store.people.insiders(today)
    those = desk(people, store.units.all(), today) or _leading(people)
    return lambda _about: those


def _approvers(store: Store, today: date) -> Who:
    """Administrators and executives; where there are none, those who receive all cases."""
    people = store.people.insiders(today)
    those = _leading(people) or desk(people, store.units.all(), today)
    return lambda _about: those


def _leading(people: Sequence[Person]) -> Sequence[Person]:
    return [one for one in people if one.may(APPROVERS)]


def _destroy(store: Store, disposal: Disposal, _person: Person, today: date) -> Gone:
    case = store.cases.get(disposal.about)
    if case is None:
        return Gone()
    sent = store.evidence.of_case(case.id)
    for one in sent:
        store.evidence.save(replace(one.taken_back(filed=False), by="", message="", together=""))
    store.cases.save(without_words(case, today))
    kept = [one for one in sent if one.stage in STORED]
    copies = [one.copy.sha256 for one in kept if one.copy]
    return Gone(len(case.talk) + bool(case.story), len(kept), copies)


CASES = Side("cases", tuple(kind.value for kind in Kind), _over, _proposers, _approvers, _destroy)
