"""What a receiver does with a disclosure, once all it needs was asked for: done, kept, and told to its reporter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.disclosures import integrity_cards as cards
from handlers.disclosures import integrity_log as log
from handlers.kit import Reply, Turn, Words, say, words
from itadomain.integrity import working
from itadomain.integrity.disclosure import ANONYMOUS, ENTERED, Disclosure, Outcome
from itadomain.integrity.stages import Step

ANSWER, NOTE = "answer", "note"  # what can be done beside the steps
TAPS: Mapping[str, Words] = {
    Step.ACCEPT: words("integrity.tap_accept"),
    Step.INQUIRE: words("integrity.tap_inquire"),
    Step.GO_ON: words("integrity.tap_go_on"),
    Step.ASK: words("integrity.tap_ask"),
    ANSWER: words("integrity.tap_answer"),
    NOTE: words("integrity.tap_note"),
    Step.CLOSE: words("integrity.tap_close"),
}
DONE: Mapping[str, Words] = {
    Step.ACCEPT: words("integrity.accepted"),
    Step.INQUIRE: words("integrity.inquired"),
    Step.GO_ON: words("integrity.went_on"),
    Step.ASK: words("integrity.asked"),
    ANSWER: words("integrity.answered"),
    NOTE: words("integrity.noted"),
    Step.CLOSE: words("integrity.closed"),
}
#: What is most often written to reporters.
READY: Mapping[str, Sequence[str]] = {
    ANSWER: ("integrity.ready_answer_1", "integrity.ready_answer_2", "integrity.ready_answer_3"),
    Step.ASK: ("integrity.ready_ask_1", "integrity.ready_ask_2", "integrity.ready_ask_3"),
    Outcome.SUBSTANTIATED: ("integrity.ready_substantiated_1", "integrity.ready_substantiated_2"),
    Outcome.UNSUBSTANTIATED: ("integrity.ready_unsubstantiated_1", "integrity.ready_unsubstantiated_2"),
    Outcome.INSUFFICIENT: ("integrity.ready_insufficient_1", "integrity.ready_insufficient_2"),
    Outcome.BEYOND: ("integrity.ready_beyond_1", "integrity.ready_beyond_2"),
}


@dataclass(frozen=True)
class Doing:
    """What is about to be done with which disclosure, and what was said for it so far."""

    disclosure: str
    what: str
    words: str = ""
    outcome: str = ""
    body: str = ""


def doable(turn: Turn, one: Disclosure) -> Sequence[str]:
    """What can be done with one as it stands, in the order in which it is mostly done."""
    steps = working.doable(one, turn.today)
    return [what for what in TAPS if what in steps or what in {ANSWER, NOTE}]


def make(turn: Turn, doing: Doing) -> Reply:
    """Do it, and tell whom it concerns; meanwhile another receiver may have gone on with it."""
    found = working.find(turn.store, doing.disclosure, turn.who)
    if doing.what not in doable(turn, found):
        return too_late(found)
    done = _done(turn, doing)
    _write_down(turn, doing)
    reply = Reply((DONE[doing.what], *_hearing(done, doing)))
    return cards.tell_reporter(turn, reply, done).offering(cards.tap_one(found.id), cards.tap_list())


def too_late(one: Disclosure) -> Reply:
    """The card that this person looks at is an old one: the way to the newest stands under what they hear."""
    return say("integrity.not_now").offering(cards.tap_one(one.id), cards.tap_list())


def _done(turn: Turn, doing: Doing) -> working.Done:
    store, who, today = turn.store, turn.who, turn.today
    if doing.what == NOTE:
        return working.note(store, doing.disclosure, doing.words, who, today)
    if doing.what == ANSWER:
        return working.answer(store, doing.disclosure, doing.words, who, today)
    word = working.Word(doing.words, Outcome(doing.outcome) if doing.outcome else None, doing.body)
    return working.step(store, doing.disclosure, Step(doing.what), word, who, today)


def _write_down(turn: Turn, doing: Doing) -> None:
    if doing.what == NOTE:
        log.noted(turn, doing.disclosure)
    elif doing.what == ANSWER:
        log.answered(turn, doing.disclosure)
    else:
        log.moved(turn, doing.disclosure, doing.what, doing.outcome)


def _hearing(done: working.Done, doing: Doing) -> list[Words]:
    """How its reporter comes to read what was said to them."""
    if not doing.words or doing.what == NOTE:
        return []
    if done.reporter:
        return [words("integrity.reporter_hears")]
    way = done.disclosure.standing.way
    if way in ENTERED:
        return [words("integrity.tell_them_otherwise")]
    return [words("integrity.read_by_code") if way in ANONYMOUS else words("integrity.reporter_gone")]
