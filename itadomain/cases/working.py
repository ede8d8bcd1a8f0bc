"""Working on a case as the agency: each step is checked and kept with its day, and whom it concerns is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from itadomain.cases.case import Case, Line, State, Voice, line, must_have_its_words
from itadomain.cases.case import Kind as CaseKind
from itadomain.cases.categories import complete, of_code
from itadomain.cases.days import resumed, timed
from itadomain.cases.moves import Actor, Move, allowed, moved
from itadomain.cases.news import to_tell
from itadomain.cases.sight import actors, is_desk, must_read, workers
from itadomain.evidence import Evidence, Kind
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal

#: What its reporter hears of; the rest is the agency's own business.
HEARD_OF = frozenset({Move.ACCEPT, Move.START, Move.ASK, Move.DEFER, Move.RESOLVE, Move.REFUSE})
OFFICE = (Actor.DESK, Actor.UNIT)


@dataclass(frozen=True)
class Word:
    """What goes with a step: the words, a day to look at it again, a unit, another body, photos (ids) that show it."""

    words: str = ""
    day: date | None = None
    unit: str = ""
    officer: str = ""
    body: str = ""
    photos: Sequence[str] = ()


@dataclass(frozen=True)
class Done:
    """A case after a step, and who is told that something is new: its reporter, or those who work on it now."""

    case: Case
    reporter: Person | None = None
    officers: Sequence[Person] = ()


def find(store: Store, case_id: str, person: Person, today: date) -> Case:
    """A case that a person may read; Refusal in the same words where there is none or it is not theirs to see."""
    case = store.cases.get(case_id)
    must_have_its_words(case)
    if case and Actor.DESK in acting(store, case, person, today):
        return case
    return must_read(case, person, store.units.all(), today)


def acting(store: Store, case: Case, person: Person, today: date) -> frozenset[Actor]:
    """As whom a person may act. The only officer of an agency works on what they reported themselves, too."""
    units = store.units.all()
    found = actors(case, person, units, today)
    if Actor.REPORTER in found and is_desk(person, units, today) and not _others(store, person, today):
        return found | {Actor.DESK}
    return found


def open_to(store: Store, case: Case, person: Person, today: date) -> frozenset[Move]:
    """The moves that a person can make."""
    return frozenset().union(*(allowed(case, actor, today) for actor in acting(store, case, person, today)))


def step(store: Store, case_id: str, move: Move, word: Word, person: Person, today: date) -> Done:
    """Make a move as an officer, with what it needs."""
    case = find(store, case_id, person, today)
    actor = _as(store, case, move, person, today)
    after = moved(case, move, actor, person.id, today)
    after = timed(store, STEPS[move](store, after, word, person, today) if move in STEPS else after)
    store.cases.save(after)
    heard = _reporter(store, after, person, today) if move in HEARD_OF else None
    return Done(after, heard, _officers(store, case, after, today))


def note(store: Store, case_id: str, words: str, person: Person, today: date) -> Case:
    """Write something down that its reporter never sees."""
    return _say(store, case_id, line(Voice.NOTE, person.id, today, words), person, today)


def answer(store: Store, case_id: str, words: str, person: Person, today: date) -> Done:
    """Say something to its reporter. It settles a question; another case stays where it is."""
    if settles(store, case_id, person, today):
        return step(store, case_id, Move.RESOLVE, Word(words), person, today)
    after = _say(store, case_id, line(Voice.AGENCY, person.id, today, words), person, today)
    return Done(after, _reporter(store, after, person, today))


def settles(store: Store, case_id: str, person: Person, today: date) -> bool:
    """Whether an answer is all that a case waits for."""
    case = find(store, case_id, person, today)
    return case.kind is CaseKind.QUESTION and Move.RESOLVE in open_to(store, case, person, today)


def _say(store: Store, case_id: str, said: Line, person: Person, today: date) -> Case:
    case = find(store, case_id, person, today)
    if not acting(store, case, person, today) & set(OFFICE):
        raise Refusal("case.not_yours")
    after = case.saying(said)
    if said.voice is Voice.AGENCY:
        taken, answered = after.accepted_on or today, after.answered_on or today
        after = timed(store, replace(after, accepted_on=taken, answered_on=answered))
    store.cases.save(after)
    return after


def _as(store: Store, case: Case, move: Move, person: Person, today: date) -> Actor:
    able = [actor for actor in OFFICE if actor in acting(store, case, person, today)]
    if not able:
        raise Refusal("case.not_yours")
    return next((actor for actor in able if move in allowed(case, actor, today)), able[0])


def _assign(store: Store, case: Case, word: Word, _person: Person, today: date) -> Case:
    unit = store.units.get(word.unit)
    if unit is None or not unit.open:
        raise Refusal("case.no_such_unit")
    officer = store.people.get(word.officer, today) if word.officer else None
    if word.officer and (officer is None or unit.id not in officer.units(today) or officer.id == case.reporter):
        raise Refusal("case.no_such_officer")
    return replace(case, unit=unit.id, officer=word.officer)


def _start(_store: Store, case: Case, _word: Word, person: Person, _today: date) -> Case:
    return replace(case, officer=case.officer or person.id)


def _ask(_store: Store, case: Case, word: Word, person: Person, today: date) -> Case:
    asked = case.saying(line(Voice.AGENCY, person.id, today, word.words))
    return replace(asked, waiting_since=today, answered_on=case.answered_on or today)


def _go_on(store: Store, case: Case, _word: Word, _person: Person, today: date) -> Case:
    return resumed(store, case, today)


def _defer(_store: Store, case: Case, word: Word, person: Person, today: date) -> Case:
    if word.day is None or word.day <= today:
        raise Refusal("case.review_when")
    told = case.saying(line(Voice.AGENCY, person.id, today, word.words))
    return replace(told, review_on=word.day, answered_on=case.answered_on or today)


def _resolve(store: Store, case: Case, word: Word, person: Person, today: date) -> Case:
    photos = _photos(store, word, person)
    if wants_photo(store, case) and not photos:
        raise Refusal("case.photo_first")
    for one in photos:
        store.evidence.save(one.of(case.id))
    told = resumed(store, case, today).saying(line(Voice.AGENCY, person.id, today, word.words))
    return replace(told, answered_on=case.answered_on or today, mended=None, rating=None)


def wants_photo(store: Store, case: Case) -> bool:
    """Whether it is shown by a photo that it was mended: a problem, where its category says so."""
    return case.kind is CaseKind.PROBLEM and of_code(case.category, complete(store.categories.all())).photo


def _photos(store: Store, word: Word, person: Person) -> Sequence[Evidence]:
    """The photos of those named that the officer sent and that are there."""
    found = (store.evidence.get(one) for one in word.photos)
    return [one for one in found if one and one.kind is Kind.PHOTO and one.by == person.id and one.live]


def _refuse(store: Store, case: Case, word: Word, person: Person, today: date) -> Case:
    reason = line(Voice.AGENCY, person.id, today, word.words)
    body = (line(Voice.AGENCY, person.id, today, word.body),) if word.body else ()  # one that can help
    told = resumed(store, case, today).saying(reason, *body)
    return replace(told, answered_on=case.answered_on or today)


#: What a move changes beside the state; those that change nothing are not here.
STEPS: Mapping[Move, Callable[[Store, Case, Word, Person, date], Case]] = {
    Move.ASSIGN: _assign,
    Move.START: _start,
    Move.ASK: _ask,
    Move.GO_ON: _go_on,
    Move.DEFER: _defer,
    Move.RESOLVE: _resolve,
    Move.REFUSE: _refuse,
}


def _reporter(store: Store, case: Case, person: Person, today: date) -> Person | None:
    """Who brought it, where that is not who works on it."""
    return store.people.get(case.reporter, today) if case.reporter not in {"", person.id} else None


def _officers(store: Store, before: Case, after: Case, today: date) -> Sequence[Person]:
    """Those of the unit that a case was given to."""
    if after.state is not State.ASSIGNED or (before.unit, before.officer) == (after.unit, after.officer):
        return ()
    return to_tell(store, workers(after, store.people.insiders(today), today), today)


def _others(store: Store, person: Person, today: date) -> bool:
    units = store.units.all()
    return any(is_desk(one, units, today) for one in store.people.insiders(today) if one.id != person.id)
