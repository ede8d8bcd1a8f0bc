"""What its reporter took back after a case was filed: out of sight for whoever reads it, and said so.

It stays with the case, sealed: else a reporter could be pressed to take it back.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from itadomain.cases.case import TAKEN_BACK, Case, Line, Voice
from itadomain.people import Person
from itadomain.ports import Store


def take_back(store: Store, message: str, person: Person, today: date) -> Case | None:
    """Hide what came in a message of its reporter; None where it belongs to no case of theirs."""
    own = store.cases.of_reporter(person.id) if message and person.id else ()
    case = next((one for one in own if message in one.bubbles), None)
    if case is None:
        return None
    after = without(case, message).saying(Line(Voice.MOVE, person.id, today, TAKEN_BACK))
    store.cases.save(after)
    return after


def without(case: Case, message: str) -> Case:
    """The case without the words of a message, which are kept apart."""
    words = case.bubbles[message]
    left = {name: said for name, said in case.bubbles.items() if name != message}
    after = replace(case, bubbles=left, hidden=(*case.hidden, words))
    if _holds(case.story, words):
        return replace(after, story=_out_of(case.story, words))
    return replace(after, talk=_unsaid(case.talk, words))


def _unsaid(talk: Sequence[Line], words: str) -> Sequence[Line]:
    """What was said, without some words of the reporter; a line of which nothing is left goes."""
    at = next((no for no, one in enumerate(talk) if one.voice is Voice.REPORTER and _holds(one.words, words)), None)
    if at is None:
        return talk
    left = _out_of(talk[at].words, words)
    return (*talk[:at], *([replace(talk[at], words=left)] if left else []), *talk[at + 1 :])


def _holds(text: str, words: str) -> bool:
    """Whether some lines of a text are these words."""
    return f"\n{words}\n" in f"\n{text}\n"


def _out_of(text: str, words: str) -> str:
    return f"\n{text}\n".replace(f"\n{words}\n", "\n", 1).strip("\n")
