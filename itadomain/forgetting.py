"""What is kept of a person, and forgetting it: what can go goes, an official record stays without their name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from itadomain.broadcasts.wishes import live_nowhere
from itadomain.cases.case import Case
from itadomain.evidence import Evidence
from itadomain.invitations import WITHIN
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal


@dataclass(frozen=True)
class Kept:
    """What is kept of a person: what they brought, what they sent, and how much they acknowledged.

    Of surveys: in how many it is known whether they answered, never what; and how many they began and did not send.
    """

    cases: Sequence[Case] = ()
    sent: Sequence[Evidence] = ()
    acknowledged: int = 0
    surveys: int = 0
    begun: int = 0

    @property
    def loose(self) -> Sequence[Evidence]:
        """What belongs to nothing that was filed."""
        return [one for one in self.sent if not (one.in_a_case or one.obligation)]

    @property
    def open(self) -> Sequence[Case]:
        """The cases in which the agency owes them an answer, so that it must be able to write to them."""
        return [one for one in self.cases if one.open and one.asks_for_work]


@dataclass(frozen=True)
class Forgotten:
    """What became of it: the cases that have no reporter any more, and the contents that may be deleted now."""

    cases: Sequence[Case] = ()
    copies: Sequence[str] = ()


def kept_of(store: Store, person: Person) -> Kept:
    """All that is kept of a person."""
    sent = [one for one in store.evidence.of_person(person.id) if one.live]
    acknowledged, surveys = len(store.circulars.acknowledged_by(person.id)), [one.id for one in store.surveys.all()]
    marked = sum(store.participation.of(one, person.id) is not None for one in surveys)
    begun = sum(store.participation.draft(person.id, one) is not None for one in surveys)
    return Kept(store.cases.of_reporter(person.id), sent, acknowledged, marked, begun)


def may_forget(store: Store, person: Person, now: datetime) -> None:
    """Refusal for whoever works for the agency, or did: what they did in their posts is an official record.

    And for whoever tried wrong codes just now: as somebody new they would have all their tries again.
    """
    today = now.date()
    if any(now - one < WITHIN for one in store.invitations.wrong_codes(person.id)):
        raise Refusal("privacy.in_an_hour")
    if any(post.until is None or post.until >= today for post in person.posts):
        raise Refusal("privacy.posts_first")
    if person.posts:
        raise Refusal("privacy.worked_here")


def forget(store: Store, person: Person, now: datetime) -> Forgotten:
    """Forget what can be forgotten of a person; with an open case they stay known, or no answer would reach them."""
    may_forget(store, person, now)
    drop_drafts(store, person)
    kept = kept_of(store, person)
    for one in kept.loose:
        store.evidence.save(replace(one.taken_back(filed=False), by=""))
    copies = [one.copy.sha256 for one in kept.loose if one.copy]
    if kept.open:
        live_nowhere(store, person)
        return Forgotten(copies=copies)
    for one in kept.sent:
        if one.in_a_case:
            store.evidence.save(replace(one, by=""))
    for case in kept.cases:
        store.cases.save(without_reporter(case))
    store.people.forget(person)
    return Forgotten(kept.cases, copies)


def drop_drafts(store: Store, person: Person) -> None:
    """Forget what they began to answer in surveys. What they sent is nobody's; that they answered stays, by a hash."""
    for survey in store.surveys.all():
        store.participation.drop_draft(person.id, survey.id)


def without_reporter(case: Case) -> Case:
    """The same record, which no longer tells who brought it; what was said in it stays."""
    talk = tuple(replace(line, by="") if line.by == case.reporter else line for line in case.talk)
    return replace(case, reporter="", talk=talk, bubbles={})
