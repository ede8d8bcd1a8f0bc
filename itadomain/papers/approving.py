"""Approving papers: who asks, who decides, and that only what was seen is approved.

An executive decides; where there is no other one, the second person of the agency; whoever is alone, a day later. What
is approved is the paper as it was: nothing is signed by that, the lines to sign stay.
"""

from collections.abc import Sequence
from datetime import date, datetime

from itadomain import second_person
from itadomain.lateness import sees_all
from itadomain.papers.approval import Approval, Stage, Standing, standing
from itadomain.papers.having import may_have
from itadomain.papers.memo import MEMO, may_read
from itadomain.people import Person, Role
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.second_person import ALONE

LONGEST_REASON = 500


def may_ask(store: Store, person: Person, kind: str, today: date) -> bool:
    """Whether a person may ask for approval of papers of a kind: whoever looks after the whole agency."""
    return may_have(store, person, kind, today) and sees_all(person, store.units.all(), today)


def ask(store: Store, kind: str, of: str, digest: str, person: Person, at: datetime) -> Approval:
    """Ask for approval of a paper as it is now."""
    if not may_ask(store, person, kind, at.date()):
        raise Refusal("paperwork.not_yours_to_ask")
    known = store.papers.approval(kind, of)
    match standing(known, digest):
        case Standing.APPROVED:
            raise Refusal("paperwork.approved_already")
        case Standing.WAITING:
            raise Refusal("paperwork.asked_already")
    asked = Approval(kind, of, digest, person.id, at)
    store.papers.save(asked)
    return asked


def deciders(store: Store, approval: Approval, today: date) -> Sequence[Person]:
    """Who may decide on what somebody asked for, of those who may read it; nobody where they are alone."""
    asked_by = approval.asked_by
    executives = store.people.with_role(Role.EXECUTIVE, today)
    others = _readers(store, approval, [one for one in executives if one.id != asked_by and not one.away])
    return others or _readers(store, approval, second_person.others(store, Person(asked_by), today))


def alone(store: Store, approval: Approval, today: date) -> bool:
    """Whether nobody but who asked is there to decide."""
    return not deciders(store, approval, today)


def may_decide(store: Store, approval: Approval, person: Person, now: datetime) -> bool:
    """Whether a person may decide now on what waits."""
    return not approval.decided and _hindered(store, approval, person, now) is None


def to_decide(store: Store, kind: str, of: str, person: Person, now: datetime) -> Approval:
    """The request that waits; Refusal where none does, or a person may not decide on it."""
    found = store.papers.approval(kind, of)
    if found is None or found.decided:
        raise Refusal("paperwork.nothing_waits")
    hindered = _hindered(store, found, person, now)
    if hindered:
        raise hindered
    return found


def approve(store: Store, waiting: Approval, seen: str, digest: str, person: Person, now: datetime) -> Approval:
    """Approve what somebody saw; Refusal where the paper says something else by now."""
    if seen != digest:
        raise Refusal("paperwork.changed_meanwhile")
    approved = waiting.approved(digest, person.id, now)
    store.papers.save(approved)
    return approved


def send_back(store: Store, waiting: Approval, why: str, person: Person, now: datetime) -> Approval:
    """Send a paper back with a reason."""
    reason = " ".join(why.split())
    if not reason:
        raise Refusal("paperwork.why_first")
    if len(reason) > LONGEST_REASON:
        raise Refusal("paperwork.reason_too_long", most=LONGEST_REASON)
    returned = waiting.returned(reason, person.id, now)
    store.papers.save(returned)
    return returned


def concerned(store: Store, approval: Approval, today: date) -> Sequence[Person]:
    """Whose turn it is to hear: who may decide, as long as it waits; who asked, once it is decided."""
    if not approval.decided:
        return deciders(store, approval, today)
    asker = store.people.get(approval.asked_by, today)
    return [asker] if asker and asker.roles and not asker.away and asker.id != approval.decided_by else []


def untold(store: Store, person: Person, today: date) -> Sequence[Approval]:
    """What a person should hear of, and has not."""
    news = [one for one in store.papers.with_news() if person.id not in one.told]
    return [one for one in news if any(other.id == person.id for other in concerned(store, one, today))]


def is_approved(approval: Approval | None, digest: str) -> bool:
    """Whether a paper that says what `digest` is of may go without the word for a draft."""
    return approval is not None and approval.stage is Stage.APPROVED and approval.digest == digest


def _readers(store: Store, approval: Approval, people: Sequence[Person]) -> Sequence[Person]:
    """What was written to a committee is theirs: nobody else hears that it waits, nor what it is called."""
    if approval.kind != MEMO:
        return people
    circular = store.circulars.get(approval.of)
    return [one for one in people if circular and may_read(circular, one)]


def _hindered(store: Store, approval: Approval, person: Person, now: datetime) -> Refusal | None:
    may = deciders(store, approval, now.date())
    if any(one.id == person.id for one in may):
        return None
    if approval.asked_by != person.id or may:
        return Refusal("paperwork.not_yours_to_decide")
    return Refusal("paperwork.in_a_day", at=approval.asked_at + ALONE) if now < approval.asked_at + ALONE else None
