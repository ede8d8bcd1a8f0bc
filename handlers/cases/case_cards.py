"""What is shown of cases: a line of a list, one case with all that an officer needs, and who is told of it."""

import re
from collections.abc import Sequence

from handlers.kit import Card, Go, Link, Reply, Row, Tap, Turn, Words, show, words
from itadomain.cases.case import SETTLED_BY_WORDS, Case, Channel, Kind, Line, Spot, State, Voice
from itadomain.cases.categories import FIRST, OTHER, Category, complete, of_code
from itadomain.cases.days import due
from itadomain.cases.deadlines import Deadline
from itadomain.cases.likeness import alike
from itadomain.cases.moves import Actor
from itadomain.cases.sight import reads
from itadomain.cases.working import Done, acting
from itadomain.evidence import Evidence, Stage
from itadomain.people import Person

#: What has room in a card: so many letters of the story, so many lines of what was said and letters in them.
STORY, NEWEST, ROOM = 1000, 5, 1500
MOST_LINKS = 4
#: A phone or an identity number as people write it.
NUMBER = re.compile(r"[0-9๐-๙](?:[- ]?[0-9๐-๙]){8,12}")
STATES = {
    State.NEW: words("casework.state_new"),
    State.ACCEPTED: words("casework.state_accepted"),
    State.ASSIGNED: words("casework.state_assigned"),
    State.WORKING: words("casework.state_working"),
    State.WAITING: words("casework.state_waiting"),
    State.DEFERRED: words("casework.state_deferred"),
    State.RESOLVED: words("casework.state_resolved"),
    State.CLOSED: words("casework.state_closed"),
    State.REFUSED: words("casework.state_refused"),
    State.CANCELLED: words("casework.state_cancelled"),
}
KINDS = {
    Kind.PROBLEM: words("casework.kind_problem"),
    Kind.SUGGESTION: words("casework.kind_suggestion"),
    Kind.PRAISE: words("casework.kind_praise"),
    Kind.QUESTION: words("casework.kind_question"),
    Kind.REQUEST: words("casework.kind_request"),
}
CHANNELS = {
    Channel.CHAT: words("casework.channel_chat"),
    Channel.COUNTER: words("casework.channel_counter"),
    Channel.PHONE: words("casework.channel_phone"),
    Channel.BOX: words("casework.channel_box"),
    Channel.LETTER: words("casework.channel_letter"),
    Channel.OTHER: words("casework.channel_other"),
}


def category_name(one: Category) -> Words | str:
    """What a category is called: by the agency, else as usual; that of a form, as the form."""
    if one.form:
        return words(f"request.form_{one.form}")
    return one.name or words(f"category.{one.code if one.code in FIRST else OTHER}")


def category_of(turn: Turn, case: Case) -> Words | str:
    """What a case is about: a question or request of no category says itself what it is."""
    if case.kind in SETTLED_BY_WORDS and case.category == OTHER:
        return KINDS[case.kind]
    return category_name(of_code(case.category, complete(turn.store.categories.all())))


def state(case: Case) -> Words:
    """Where a case stands; a question is answered, not mended."""
    answered = case.kind is Kind.QUESTION and case.state is State.RESOLVED
    return words("casework.state_answered") if answered else STATES[case.state]


def unit_name(turn: Turn, unit_id: str) -> str | Words:
    """The name of a unit, closed ones too; that nobody has it yet, where there is none."""
    found = turn.store.units.get(unit_id) if unit_id else None
    return found.name if found else words("casework.no_unit")


def masked(text: str) -> str:
    """A text for a list: of a phone or identity number only the last figures are shown."""
    return NUMBER.sub(lambda found: f"xxx{found[0][-4:]}", text)


def place(spot: Spot) -> list[Words | str]:
    """Where it is, in words."""
    numbered = spot.village.isdecimal()
    village = [words("casework.village", village=spot.village) if numbered else spot.village] if spot.village else []
    return [*village, *([spot.landmark] if spot.landmark else [])]


def map_of(spot: Spot) -> list[Tap]:
    """A way to see the place on a map, where a point is known."""
    if spot.latitude is None or spot.longitude is None:
        return []
    at = f"{spot.latitude:.6f},{spot.longitude:.6f}"
    return [Link(words("casework.tap_map"), f"https://www.google.com/maps?q={at}")]


def row(turn: Turn, case: Case) -> Row:
    """A case as a line of a list: nothing that its reporter wrote but the place, numbers masked."""
    spot = [masked(part) if isinstance(part, str) else part for part in place(case.spot)]
    facts = [_when(turn, case), state(case), unit_name(turn, case.unit), *spot]
    return Row(words("casework.row", ticket=case.ticket, category=category_of(turn, case)), facts)


def card(turn: Turn, case: Case) -> Card:
    """One case with all that an officer needs."""
    told = words("casework.one", ticket=case.ticket)
    others = [one for one in alike(case, turn.store.cases.of_category(case.category)) if _may_read(turn, one)]
    sent = [one for one in turn.store.evidence.of_case(case.id) if one.live]
    return Card(
        summary=told,
        title=told,
        subtitle=category_of(turn, case),
        warning=_no_way_back(case),
        rows=[*_facts(turn, case), *_talk(turn, case)],
        notes=[*([words("casework.alike", count=len(others))] if others else []), *_hidden(case)],
        picture=next((f"evidence:{one.id}" for one in sent if one.copy and one.copy.shown), ""),
        taps=[*map_of(case.spot), *_links(sent), *_read_on(case), *_read_hidden(turn, case), *map(_open, others)],
    )


def said(turn: Turn, one: Line) -> Row:
    """Something that was said or done, with who and when; what is among officers is marked so."""
    person = turn.store.people.get(one.by, turn.today) if one.by else None
    facts = {"name": (person.name if person else "") or words("casework.nobody"), "day": one.on}
    match one.voice:
        case Voice.REPORTER:
            return Row(words("casework.reporter_said", day=one.on), one.words)
        case Voice.AGENCY:
            return Row(words("casework.agency_said", **facts), one.words)
        case Voice.NOTE:
            return Row(words("casework.note_said", **facts), one.words)
        case Voice.MOVE:
            return Row(words("casework.moved", **facts), words(f"case.move_{one.words}"))


def why(coming: Deadline) -> Words:
    """Why something is due on its day."""
    facts = coming.facts
    off = words("case.named_days_off", off=facts["off"]) if facts["off"] else words("case.days_off")
    waited = [words("case.days_waited", count=coming.waited)] if coming.waited else []
    return words(f"case.why_{coming.step}", **facts, uncounted=[off, *waited])


def tell(reply: Reply, done: Done) -> Reply:
    """The same reply, and whom a step concerns is told that there is something, never what."""
    if done.reporter:
        reply = reply.telling(done.reporter, reply=_notice("casework.progress", "following.one", done.case.id))
    return tell_officers(reply, done.officers, done.case)


def tell_officers(reply: Reply, officers: Sequence[Person], case: Case) -> Reply:
    """The same reply, and those who work on a case are told that one waits for them."""
    return reply.telling(*officers, reply=_notice("measures.something_waits", "casework.one", case.id))


def _notice(key: str, to: str, case_id: str) -> Reply:
    tap = Go(words("measures.tap_open"), to, {"id": case_id})
    return show(Card(summary=words(key), title=words(key), taps=(tap,)))


def _no_way_back(case: Case) -> Words | None:
    """That its reporter does not hear of it in the chat: it came another way, or they had themselves forgotten."""
    if case.reporter:
        return None
    if case.channel is Channel.CHAT:
        return words("casework.reporter_gone")
    return words("casework.no_chat", channel=CHANNELS[case.channel])


def _facts(turn: Turn, case: Case) -> list[Row]:
    coming = due(turn.store, case)
    officer = turn.store.people.get(case.officer, turn.today) if case.officer else None
    told = [
        (words("casework.story"), _shortened(case.story, STORY) or "-"),
        (words("casework.place"), place(case.spot)),
        (words("casework.state"), [state(case), *_in_state(case)]),
        (words("casework.due"), words(f"case.due_{coming.step}", day=coming.day) if coming else ""),
        (words("casework.why_then"), why(coming) if coming else ""),
        (words("casework.who_works"), [unit_name(turn, case.unit), *([officer.name] if officer else [])]),
        (words("casework.came"), [KINDS[case.kind], CHANNELS[case.channel], case.filed_on]),
        (words("casework.contact"), case.contact),
        (words("casework.on_behalf_of"), case.on_behalf_of),
        (words("casework.rating"), words("casework.so_content", rating=case.rating) if case.rating else ""),
    ]
    return [Row(label, value) for label, value in told if value]


def _in_state(case: Case) -> list[Words]:
    """What else is to be known of a state."""
    since = [words("casework.waits_since", day=case.waiting_since)] if case.waiting_since else []
    said_so = case.reopened and case.kind is not Kind.QUESTION
    again = [words("casework.reopened", count=case.reopened)] if said_so else []
    return [*since, *again]


def _talk(turn: Turn, case: Case) -> list[Row]:
    """The newest that was said, as much as has room."""
    shown = list(case.talk)[-NEWEST:]
    while len(shown) > 1 and sum(len(one.words) for one in shown) > ROOM:
        shown = shown[1:]
    return [said(turn, one) for one in shown]


def _read_on(case: Case) -> list[Tap]:
    whole = len(case.story) <= STORY and len(case.talk) <= NEWEST
    whole = whole and sum(len(one.words) for one in case.talk) <= ROOM
    return [] if whole else [Go(words("casework.tap_said"), "casework.said", {"id": case.id})]


def _hidden(case: Case) -> list[Words]:
    """That its reporter took something back."""
    return [words("casework.taken_back_words", count=len(case.hidden))] if case.hidden else []


def _read_hidden(turn: Turn, case: Case) -> list[Tap]:
    """Who receives all cases may read it all the same, which is written down."""
    if not case.hidden or Actor.DESK not in acting(turn.store, case, turn.who, turn.today):
        return []
    return [Go(words("casework.tap_taken_back"), "casework.taken_back", {"id": case.id})]


def _links(sent: Sequence[Evidence]) -> Sequence[Tap]:
    """What was sent with it, to be opened; what is not fetched yet has no address."""
    kept = [one for one in sent if one.stage is Stage.KEPT and one.copy]
    return [Link(words("casework.tap_sent", no=no), f"evidence:{one.id}") for no, one in enumerate(kept, 1)][
        :MOST_LINKS
    ]


def _open(case: Case) -> Go:
    return Go(str(case.ticket), "casework.one", {"id": case.id})


def _when(turn: Turn, case: Case) -> Words:
    if case.due is None:
        return words("casework.nothing_due")
    over = (turn.today - case.due).days
    return words("casework.over", day=case.due, count=over) if over > 0 else words("casework.until", day=case.due)


def _may_read(turn: Turn, case: Case) -> bool:
    return reads(case, turn.who, turn.store.units.all(), turn.today)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
