"""Working on a disclosure as a receiver: each step is checked, and kept with its day.

A receiver is an integrity officer who holds a key of it. Whoever lost the post, or never had a key, is answered as if
there were no such disclosure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from itadomain.cases.case import Line, Voice, line
from itadomain.integrity.disclosure import Disclosure, Outcome, Standing
from itadomain.integrity.outside import Outside, bodies
from itadomain.integrity.promising import terms
from itadomain.integrity.stages import STEPS, Step, open_to, replied, went_on
from itadomain.people import Person, Role
from itadomain.ports import Store
from itadomain.refusals import Refusal

#: What a receiver does at once; the others need words for the reporter.
WORDLESS = frozenset({Step.ACCEPT, Step.INQUIRE, Step.GO_ON})


@dataclass(frozen=True)
class Word:
    """What goes with a step: words for the reporter, what came of it, and a body outside that can go on with it."""

    words: str = ""
    outcome: Outcome | None = None
    body: str = ""


@dataclass(frozen=True)
class Done:
    """A disclosure after a step, and who is told that there is something new to read, where they wanted that."""

    disclosure: Disclosure
    reporter: Person | None = None


def find(store: Store, disclosure_id: str, person: Person) -> Disclosure:
    """One that a person may read; Refusal in the same words where there is none, or no key of theirs."""
    found = store.disclosures.get(disclosure_id, person.id) if is_receiver(person) and disclosure_id else None
    if found is None:
        raise Refusal("integrity.not_found")
    return found


def listed(store: Store, person: Person) -> Sequence[Disclosure]:
    """Those that a person may read, the open ones first, the most urgent of them first."""
    return store.disclosures.readable(person.id) if is_receiver(person) else ()


def from_before(store: Store, person: Person, today: date) -> int:
    """How many open ones came before a receiver took up the post, of which they hold no key.

    One that came later and was kept from them is not counted: it may be about them.
    """
    held = [post.since for post in person.posts if post.role is Role.INTEGRITY and post.held_on(today)]
    since = min((day or date.min for day in held), default=date.min)
    those = ((standing, readers) for _, standing, readers in store.disclosures.open())
    return sum(standing.filed_on < since and person.id not in readers for standing, readers in those)


def unread(store: Store, today: date) -> int:
    """How many open ones nobody can read any more: whoever holds a key has lost the post."""
    receiving = {one.id for one in store.people.with_role(Role.INTEGRITY, today)}
    return sum(not readers & receiving for _, _, readers in store.disclosures.open())


def is_receiver(person: Person) -> bool:
    """Whether somebody receives disclosures today."""
    return Role.INTEGRITY in person.roles


def readers(store: Store, disclosure: Disclosure, today: date) -> Sequence[Person]:
    """Who may read one today: those who hold a key and the post."""
    return [one for one in store.people.with_role(Role.INTEGRITY, today) if one.id in disclosure.readers]


def doable(disclosure: Disclosure, today: date) -> frozenset[Step]:
    """The steps that a receiver can take."""
    return open_to(disclosure.standing, today)


def step(store: Store, disclosure_id: str, taken: Step, word: Word, person: Person, today: date) -> Done:
    """Take a step, with what its reporter is told."""
    found = find(store, disclosure_id, person)
    if STEPS[taken].reporter:
        raise Refusal("integrity.not_now")
    after = went_on(found.standing, taken, today, terms(store, found.standing), outcome=word.outcome)
    said = [] if taken in WORDLESS else [line(Voice.AGENCY, person.id, today, word.words)]
    return _kept(store, found, after, [*said, *_body(store, word, person, today)], person, today)


def answer(store: Store, disclosure_id: str, words: str, person: Person, today: date) -> Done:
    """Say something to its reporter; it stays where it is."""
    found = find(store, disclosure_id, person)
    after = replied(found.standing, today, terms(store, found.standing))
    return _kept(store, found, after, [line(Voice.AGENCY, person.id, today, words)], person, today)


def note(store: Store, disclosure_id: str, words: str, person: Person, today: date) -> Done:
    """Write something down that its reporter never sees."""
    noted = find(store, disclosure_id, person).saying(line(Voice.NOTE, person.id, today, words))
    store.disclosures.save(noted, person.id)
    return Done(noted)


def told_of_news(store: Store, disclosure: Disclosure, person: Person, today: date) -> Person | None:
    """Who brought it, where they wanted to hear of news and are not the one who makes it."""
    wanted = disclosure.identity.person
    return store.people.get(wanted, today) if wanted not in {"", person.id} else None


def _body(store: Store, word: Word, person: Person, today: date) -> Sequence[Line]:
    """The body that its reporter can take it to, as the agency shows it."""
    if word.outcome is not Outcome.BEYOND:
        return ()
    named = next((one for one in bodies(store.settings) if one.name == word.body), None)
    if named is None:
        raise Refusal("integrity.which_body")
    return (line(Voice.AGENCY, person.id, today, reached(named)),)


def reached(body: Outside) -> str:
    """A body outside with what is dialled, as one line."""
    return f"{body.name} {body.phone}".strip()


def _kept(store: Store, found: Disclosure, after: Standing, said: Sequence[Line], person: Person, today: date) -> Done:
    made = replace(found.saying(*said), standing=after)
    store.disclosures.save(made, person.id)
    return Done(made, told_of_news(store, made, person, today) if said else None)
