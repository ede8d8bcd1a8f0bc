"""What the reporter of a case does with it: asks, says more, takes it back, says whether it is mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from itadomain.cases.case import Case, Kind, State, Voice, line, must_have_its_words
from itadomain.cases.days import resumed, timed
from itadomain.cases.filing import receivers
from itadomain.cases.moves import DAYS_TO_REOPEN, Actor, Move, may_be_reopened, moved
from itadomain.cases.news import to_tell
from itadomain.cases.tickets import ticket
from itadomain.evidence import Evidence
from itadomain.fiscal import BUDDHIST_ERA
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal

BEST, WORST = 5, 1


@dataclass(frozen=True)
class Followed:
    """A case after its reporter did something, and the officers who are told that something is new."""

    case: Case
    officers: Sequence[Person] = ()


def find(store: Store, case_id: str, person: Person) -> Case:
    """A person's own case; Refusal in the same words where there is none or it is another's."""
    found = store.cases.get(case_id)
    must_have_its_words(found)
    if found is None or not person.id or found.reporter != person.id:
        raise Refusal("case.not_found")
    return found


def own(store: Store, text: str, person: Person, today: date) -> Case | None:
    """A person's own case by the number they typed, None where it is none of theirs."""
    wanted = ticket(text, today.year + BUDDHIST_ERA)
    theirs = store.cases.of_reporter(person.id) if wanted else ()
    return next((one for one in theirs if one.ticket == wanted), None)


def by_ticket(store: Store, text: str, person: Person, today: date) -> Case:
    """A person's own case by the number they typed; Refusal in the same words whatever else the number may be.

    Of one that was destroyed nothing tells any more whose it was: so whoever asks by its number hears that.
    """
    found = own(store, text, person, today)
    wanted = ticket(text, today.year + BUDDHIST_ERA)
    must_have_its_words(store.cases.numbered(wanted) if wanted and found is None else None)
    if found is None:
        raise Refusal("case.not_found")
    return found


def waiting(store: Store, person: Person) -> Sequence[Case]:
    """A person's own cases in which the agency waits for them, newest first."""
    return [one for one in store.cases.of_reporter(person.id) if one.state is State.WAITING] if person.id else []


def open_ones(store: Store, person: Person) -> Sequence[Case]:
    """A person's own cases to which more may be said; those in which the agency waits for them stand first."""
    own = [one for one in store.cases.of_reporter(person.id) if one.open] if person.id else []
    return sorted(own, key=lambda one: one.state is not State.WAITING)


def asked(store: Store, person: Person, today: date) -> Sequence[Case]:
    """A person's own questions about which more may be said, newest first."""
    own = store.cases.of_reporter(person.id) if person.id else []
    return [one for one in own if one.kind is Kind.QUESTION and (one.open or may_be_reopened(one, today))]


def go_on(store: Store, case_id: str, words: str, person: Person, today: date, *, message: str = "") -> Followed:
    """Say more in a case; one that was answered is open again by it."""
    if find(store, case_id, person).open:
        return say_more(store, case_id, words, (), person, today, bubbles=bubble(message, words))
    return reopen(store, case_id, words, person, today, message=message)


def reopen_until(case: Case) -> date | None:
    """The last day on which its reporter may say that it is not mended; None where it is not over."""
    return case.over_on + timedelta(days=DAYS_TO_REOPEN) if case.over_on else None


def bubble(message: str, words: str) -> Mapping[str, str]:
    """What a message said, to be known by when it is taken back."""
    return {message: words.strip()} if message and words.strip() else {}


def say_more(
    store: Store, case_id: str, words: str, sent: Sequence[Evidence], person: Person, today: date,
    *, bubbles: Mapping[str, str] | None = None,
) -> Followed:  # fmt: skip
    """Add words, which came in some messages, or what was sent; where the agency waited for it, its time runs on."""
    case = find(store, case_id, person)
    if not case.open:
        raise Refusal("case.is_over")
    if words.strip() or not sent:
        said = line(Voice.REPORTER, person.id, today, words)
        case = replace(case.saying(said), bubbles={**case.bubbles, **(bubbles or {})})
    if case.state is State.WAITING:
        case = resumed(store, moved(case, Move.TELL_MORE, Actor.REPORTER, person.id, today), today)
    for one in sent:
        if one.by == person.id and one.live:
            store.evidence.save(one.of(case.id))
    return _kept(store, case, today)


def cancel(store: Store, case_id: str, person: Person, today: date) -> Followed:
    """Take a case back; it stays on record."""
    return _kept(store, moved(find(store, case_id, person), Move.CANCEL, Actor.REPORTER, person.id, today), today)


def reopen(store: Store, case_id: str, words: str, person: Person, today: date, *, message: str = "") -> Followed:
    """Say that it is not mended: its time runs anew."""
    case = moved(find(store, case_id, person), Move.REOPEN, Actor.REPORTER, person.id, today)
    told = case.saying(line(Voice.REPORTER, person.id, today, words)) if words.strip() else case
    came = {**case.bubbles, **bubble(message, words)}
    anew = replace(told, counted_from=today, waited=0, reopened=case.reopened + 1, mended=False, rating=None)
    return _kept(store, replace(anew, bubbles=came), today)


def confirm(store: Store, case_id: str, person: Person, today: date) -> Followed:
    """Say that it is mended: the case is closed."""
    case = moved(find(store, case_id, person), Move.CONFIRM, Actor.REPORTER, person.id, today)
    return _kept(store, replace(case, mended=True), today, quietly=True)


def rate(store: Store, case_id: str, rating: int, person: Person, today: date) -> Followed:
    """Say how content one is, from 1 to 5; the last word counts, as long as the case may be reopened."""
    case = find(store, case_id, person)
    if not WORST <= rating <= BEST:
        raise Refusal("case.rate_so", worst=WORST, best=BEST)
    if case.state not in {State.RESOLVED, State.CLOSED, State.REFUSED}:
        raise Refusal("case.not_now")
    return _kept(store, replace(case, rating=rating), today, quietly=True)


def _kept(store: Store, case: Case, today: date, *, quietly: bool = False) -> Followed:
    case = timed(store, case)
    store.cases.save(case)
    if quietly:
        return Followed(case)
    return Followed(case, to_tell(store, receivers(store, case, today), today))
