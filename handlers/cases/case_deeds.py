"""What an officer does with a case, once all that it needs was asked for: done, kept, and told to whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.cases import case_cards as cards
from handlers.common import case_log
from handlers.kit import Go, Reply, Turn, Words, say, words
from itadomain.cases import working
from itadomain.cases.case import Case, Kind
from itadomain.cases.moves import Move
from itadomain.people import Role

KEEPERS_OF_ANSWERS = frozenset({Role.OFFICER, Role.ADMIN})
ANSWER, NOTE = "answer", "note"  # what can be done beside the moves
TAPS = {
    Move.ACCEPT: words("casework.tap_accept"),
    Move.ASSIGN: words("casework.tap_assign"),
    Move.START: words("casework.tap_start"),
    Move.GO_ON: words("casework.tap_go_on"),
    Move.ASK: words("casework.tap_ask"),
    ANSWER: words("casework.tap_answer"),
    NOTE: words("casework.tap_note"),
    Move.DEFER: words("casework.tap_defer"),
    Move.RESOLVE: words("casework.tap_resolve"),
    Move.REFUSE: words("casework.tap_refuse"),
}
DONE = {
    Move.ACCEPT: words("casework.accepted"),
    Move.ASSIGN: words("casework.assigned"),
    Move.START: words("casework.started"),
    Move.GO_ON: words("casework.went_on"),
    Move.ASK: words("casework.asked"),
    ANSWER: words("casework.answered"),
    NOTE: words("casework.noted"),
    Move.DEFER: words("casework.deferred"),
    Move.RESOLVE: words("casework.resolved"),
    Move.REFUSE: words("casework.refused"),
}


@dataclass(frozen=True)
class Doing:
    """What is about to be done with which case, and what was said for it so far."""

    case: str
    what: str
    words: str = ""
    day: str = ""
    unit: str = ""
    body: str | None = None  # None as long as nobody was asked
    photos: Sequence[str] = ()


def doable(turn: Turn, case: Case) -> Sequence[str]:
    """What this person can do with a case, in the order in which it is mostly done."""
    moves = working.open_to(turn.store, case, turn.who, turn.today)
    if case.kind is Kind.QUESTION:
        moves -= {Move.RESOLVE}  # its answer settles it
    office = working.acting(turn.store, case, turn.who, turn.today) & set(working.OFFICE)
    return [what for what in TAPS if what in moves or (office and what in {ANSWER, NOTE})]


def make(turn: Turn, doing: Doing, officer: str = "") -> Reply:
    """Do it, and tell whom it concerns; what it needs was asked for, and meanwhile another may have gone on with it."""
    case = found(turn, doing.case)
    if doing.what not in doable(turn, case):
        return too_late(case)
    done = _done(turn, doing, officer)
    case_log.worked(turn, doing.case, doing.what, unit=doing.unit, officer=officer)
    reply = cards.tell(Reply((DONE[doing.what], *_hearing(done, doing))), done)
    return reply.offering(tap_one(done.case), *_keep_answer(turn, done.case, doing), tap_list())


def _done(turn: Turn, doing: Doing, officer: str) -> working.Done:
    store, who, today = turn.store, turn.who, turn.today
    if doing.what == NOTE:
        return working.Done(working.note(store, doing.case, doing.words, who, today))
    if doing.what == ANSWER:
        return working.answer(store, doing.case, doing.words, who, today)
    day = date.fromisoformat(doing.day) if doing.day else None
    word = working.Word(doing.words, day, doing.unit, officer, doing.body or "", doing.photos)
    return working.step(store, doing.case, Move(doing.what), word, who, today)


def too_late(case: Case) -> Reply:
    """The card that this person looks at is an old one: the way to the newest stands under what they hear."""
    return say("case.not_now").offering(tap_one(case), tap_list())


def _keep_answer(turn: Turn, case: Case, doing: Doing) -> Sequence[Go]:
    """What one asked, others will ask."""
    if case.kind is not Kind.QUESTION or doing.what != ANSWER or not turn.who.may(KEEPERS_OF_ANSWERS):
        return []
    return [Go(words("casework.tap_keep_answer"), "topics.add", {"case": case.id})]


def _hearing(done: working.Done, doing: Doing) -> list[Words]:
    """Whether its reporter hears of it here; where not, how they are to be told."""
    if done.reporter:
        return [words("casework.reporter_hears")]
    if done.case.reporter or not doing.words or doing.what == NOTE:
        return []
    return [words("casework.tell_them", contact=done.case.contact or "-")]


def found(turn: Turn, case_id: str) -> Case:
    """A case that this person may read."""
    return working.find(turn.store, case_id, turn.who, turn.today)


def tap_one(case: Case) -> Go:
    """The way to a case."""
    return Go(words("casework.tap_one"), "casework.one", {"id": case.id})


def tap_list() -> Go:
    """The way to the list."""
    return Go(words("casework.tap_list"), "casework.all")
