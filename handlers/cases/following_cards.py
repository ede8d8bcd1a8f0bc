"""A case as its reporter sees it: in plain words, with what comes next, never what officers note."""

from collections.abc import Sequence

from handlers.cases.case_cards import category_of, place, why
from handlers.kit import Answer, Card, Link, Reply, Row, Tap, Turn, Words, say, words
from itadomain.cases import days
from itadomain.cases.case import SETTLED_BY_WORDS, Case, Kind, Line, State, Voice
from itadomain.cases.deadlines import Step
from itadomain.cases.following import reopen_until
from itadomain.cases.moves import Actor, Move, allowed
from itadomain.evidence import Evidence, Stage
from itadomain.evidence import Kind as Sort

MORE, CANCEL, MENDED, NOT_MENDED, RATE = "more", "cancel", "mended", "not_mended", "rate"
#: From the best down.
RATINGS = (
    words("following.pick_5"),
    words("following.pick_4"),
    words("following.pick_3"),
    words("following.pick_2"),
    words("following.pick_1"),
)
ANSWERED = frozenset({State.RESOLVED, State.CLOSED, State.REFUSED})
MOST_LINKS = 3
NEWEST, ROOM, SHOWN = 5, 2000, 300  # of what was said: so many lines, so many letters; and letters of the story
STATES = {
    State.NEW: words("following.state_new"),
    State.ACCEPTED: words("following.state_accepted"),
    State.ASSIGNED: words("following.state_assigned"),
    State.WORKING: words("following.state_working"),
    State.WAITING: words("following.state_waiting"),
    State.DEFERRED: words("following.state_deferred"),
    State.RESOLVED: words("following.state_resolved"),
    State.CLOSED: words("following.state_closed"),
    State.REFUSED: words("following.state_refused"),
    State.CANCELLED: words("following.state_cancelled"),
}
COMING = {
    Step.ACCEPT: words("following.accepted_by"),
    Step.ANSWER: words("following.answered_by"),
    Step.REVIEW: words("following.looked_at_on"),
}


def state(case: Case) -> Words:
    """Where a case stands; a question or request is answered, not mended."""
    answered = case.kind in SETTLED_BY_WORDS and case.state is State.RESOLVED
    return words("following.state_answered") if answered else STATES[case.state]


def row(turn: Turn, case: Case) -> Row:
    """One of several."""
    return Row(words("following.nth", ticket=str(case.ticket), about=category_of(turn, case)), state(case))


def one(turn: Turn, case: Case) -> Card:
    """One case, as far as it is its reporter's business."""
    after = _photos_after(turn, case)
    told = words("following.stands_so", ticket=str(case.ticket), state=state(case))
    return Card(
        summary=told,
        title=str(case.ticket),
        subtitle=category_of(turn, case) if case.kind is Kind.PROBLEM else None,
        rows=[*_facts(turn, case), *_said(case)],
        notes=_notes(turn, case),
        picture=next((f"evidence:{one.id}" for one in after if one.copy and one.copy.shown), ""),
        taps=[*_links("following.tap_after", after), *_links("following.tap_sent", _sent(turn, case))],
    )


def deeds(turn: Turn, case: Case) -> Sequence[Answer]:
    """What its reporter can do with it as it stands."""
    able = allowed(case, Actor.REPORTER, turn.today)
    rated = case.state in ANSWERED and case.asks_for_work and Move.CONFIRM not in able
    asked = case.kind in SETTLED_BY_WORDS
    offered = [
        (case.open, MORE, "following.tap_more"),
        (Move.CONFIRM in able, MENDED, "following.tap_got_it" if asked else "following.tap_mended"),
        (Move.REOPEN in able, NOT_MENDED, "following.tap_ask_more" if asked else "following.tap_not_mended"),
        (rated and case.rating is None, RATE, "following.tap_rate"),
        (Move.CANCEL in able, CANCEL, "following.tap_cancel"),
    ]
    return [Answer(words(key), value) for possible, value, key in offered if possible]


def reopened(turn: Turn, case: Case) -> Reply:
    """That a case goes on, and by when it is answered."""
    return say("following.goes_on", ticket=str(case.ticket), day=days.promised(turn.store, case))


def _facts(turn: Turn, case: Case) -> Sequence[Row]:
    coming = days.due(turn.store, case)
    told = [
        (words("following.state"), state(case)),
        (COMING[coming.step] if coming else "", coming.day if coming else ""),
        (words("complaint.story"), _short(case.story)),
        (words("complaint.place"), place(case.spot)),
        (words("following.filed_on"), case.filed_on),
    ]
    return [Row(label, value) for label, value in told if value]


def _said(case: Case) -> Sequence[Row]:
    """What both sides said; who of the agency said it is not told."""
    lines = [line for line in case.talk if line.voice in {Voice.REPORTER, Voice.AGENCY}][-NEWEST:]
    while sum(len(line.words) for line in lines) > ROOM and len(lines) > 1:
        lines = lines[1:]
    return [Row(_speaker(line), line.words) for line in lines]


def _speaker(line: Line) -> Words:
    return words("following.you_said" if line.voice is Voice.REPORTER else "following.we_said", day=line.on)


def _notes(turn: Turn, case: Case) -> Sequence[Words]:
    coming = days.due(turn.store, case)
    told = [why(coming)] if coming else []
    until = reopen_until(case)
    open_again = Move.REOPEN in allowed(case, Actor.REPORTER, turn.today)
    reopen = [words("following.reopen_until", day=until)] if until and open_again else []
    sent = _sent(turn, case)
    return [*told, *reopen, *([words("following.sent_with_it", count=len(sent))] if sent else [])]


def _sent(turn: Turn, case: Case) -> Sequence[Evidence]:
    """What its reporter sent, not what the agency added."""
    return [one for one in turn.store.evidence.of_case(case.id) if one.live and one.by == case.reporter]


def _photos_after(turn: Turn, case: Case) -> Sequence[Evidence]:
    """What the agency shows of what it did."""
    sent = turn.store.evidence.of_case(case.id)
    return [one for one in sent if one.live and one.by != case.reporter and one.kind is Sort.PHOTO]


def _links(label: str, sent: Sequence[Evidence]) -> Sequence[Tap]:
    """What is not fetched yet has no address."""
    kept = [one for one in sent if one.stage is Stage.KEPT and one.copy][:MOST_LINKS]
    return [Link(Words(label, {"no": no}), f"evidence:{one.id}") for no, one in enumerate(kept, 1)]


def _short(story: str) -> str:
    return story if len(story) <= SHOWN else f"{story[:SHOWN]}…"
