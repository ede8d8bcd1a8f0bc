"""What receivers are shown of disclosures, and who is told that there is something new.

A lock screen shows the summary of a card and every plain text: neither says anything of what a disclosure is about.
"""

from collections.abc import Sequence

from handlers.kit import Card, Go, Link, Reply, Row, Tap, Turn, Words, show, words
from itadomain.cases.case import Line, Voice
from itadomain.integrity.coach import sufficiency
from itadomain.integrity.disclosure import ANONYMOUS, Disclosure, Outcome, Part, State, Way
from itadomain.integrity.working import Done, readers
from itadomain.people import Person

#: So many letters of an answer and of a line, so many lines, so many letters on a page of all that was said.
ANSWER, SAID, NEWEST, A_PAGE = 300, 250, 3, 3000
STATES = {
    State.NEW: words("integrity.state_new"),
    State.ACCEPTED: words("integrity.state_accepted"),
    State.INQUIRY: words("integrity.state_inquiry"),
    State.WAITING: words("integrity.state_waiting"),
    State.CLOSED: words("integrity.state_closed"),
}
OUTCOMES = {
    Outcome.SUBSTANTIATED: words("integrity.outcome_substantiated"),
    Outcome.UNSUBSTANTIATED: words("integrity.outcome_unsubstantiated"),
    Outcome.INSUFFICIENT: words("integrity.outcome_insufficient"),
    Outcome.BEYOND: words("integrity.outcome_beyond"),
}
WAYS = {
    Way.WEB: words("integrity.way_web"),
    Way.CHAT: words("integrity.way_chat"),
    Way.NOTICE: words("integrity.way_notice"),
    Way.NAMED: words("integrity.way_named"),
    Way.LETTER: words("integrity.way_letter"),
    Way.COUNTER: words("integrity.way_counter"),
    Way.PHONE: words("integrity.way_phone"),
}
PARTS = {
    Part.WHO: words("integrity.part_who"),
    Part.WHAT: words("integrity.part_what"),
    Part.WHEN: words("integrity.part_when"),
    Part.WHERE: words("integrity.part_where"),
    Part.EVIDENCE: words("integrity.part_evidence"),
}


def row(turn: Turn, no: int, one: Disclosure) -> Row:
    """One as a line of the list: where it stands and by when; nothing that anybody wrote."""
    wrote = [words("integrity.reporter_last")] if one.reporter_last else []
    stands = [_state(one), *wrote, _when(turn, one), words("integrity.came_on", day=_day(one))]
    return Row(words("integrity.row", no=no), stands)


def card(turn: Turn, one: Disclosure) -> Card:
    """One, with all that a receiver needs."""
    return Card(
        summary=words("integrity.opened"),
        title=words("integrity.one", day=_day(one)),
        subtitle=_state(one),
        warning=words("integrity.no_way_to_them") if _nameless(one) else None,
        rows=[*_told(one, ANSWER), *_newest(turn, one), *_facts(turn, one)],
        notes=_of_the_name(one),
        taps=[*_files(one), Go(words("integrity.tap_said"), "integrity.said", {"id": one.id})],
    )


def pages(turn: Turn, one: Disclosure) -> Sequence[Sequence[Row]]:
    """All that was told and said, whole, in as many pages as it needs."""
    made: list[list[Row]] = [[]]
    left = A_PAGE
    for line in (*_told(one), *(said(turn, line) for line in one.talk)):
        left -= len(str(line.value))
        if left < 0 and made[-1]:
            made.append([])
            left = A_PAGE - len(str(line.value))
        made[-1].append(line)
    return made


def said(turn: Turn, one: Line, most: int = 0) -> Row:
    """Something that was said, with who and when."""
    person = turn.store.people.get(one.by, turn.today) if one.by else None
    facts = {"name": (person.name if person else "") or "-", "day": one.on}
    label = {
        Voice.REPORTER: words("integrity.reporter_said", day=one.on),
        Voice.AGENCY: words("integrity.agency_said", **facts),
    }.get(one.voice, words("integrity.note_said", **facts))
    return Row(label, _shortened(one.words, most))


def confirming(title: Words, rows: Sequence[Row], notes: Sequence[Words] = ()) -> Card:
    """What is about to be done, with what was written for it, to be looked at first."""
    return Card(summary=words("integrity.opened"), title=title, rows=rows, notes=notes)


def tell_receivers(reply: Reply, people: Sequence[Person]) -> Reply:
    """The same reply, and these receivers are told that something waits for them."""
    return reply.telling(*people, reply=something_waits())


def something_waits() -> Reply:
    """That something waits, never what."""
    told = words("integrity.something_waits")
    return show(Card(summary=told, title=told, taps=(Go(words("measures.tap_open"), "integrity.all"),)))


def tell_reporter(turn: Turn, reply: Reply, done: Done) -> Reply:
    """The same reply, and who brought it is told that there is a message, where they wanted that."""
    if done.reporter is None:
        return reply
    told = words("integrity.news", office=turn.store.office.name)
    tap = Go(words("measures.tap_open"), "disclosure.follow")
    return reply.telling(done.reporter, reply=show(Card(summary=told, title=told, taps=(tap,))))


def names(people: Sequence[Person]) -> str:
    """People by name."""
    return ", ".join(one.name or "-" for one in people) or "-"


def tap_one(disclosure_id: str) -> Go:
    """The way to one."""
    return Go(words("integrity.tap_one"), "integrity.one", {"id": disclosure_id})


def tap_list() -> Go:
    """The way to the list."""
    return Go(words("integrity.tap_list"), "integrity.all")


def _nameless(one: Disclosure) -> bool:
    """Whether nothing is known of who brought it: a form may carry a name, too."""
    return one.standing.way in ANONYMOUS and not one.identity.named


def _state(one: Disclosure) -> Words:
    return OUTCOMES[one.standing.outcome] if one.standing.outcome else STATES[one.standing.state]


def _when(turn: Turn, one: Disclosure) -> Words:
    standing = one.standing
    if standing.due is None:
        since = standing.waiting_since
        return words("integrity.waits_since", day=since) if since else words("integrity.nothing_due")
    over = (turn.today - standing.due).days
    if over > 0:
        return words("integrity.over", day=standing.due, count=over)
    return words("integrity.answer_by" if standing.accepted_on else "integrity.accept_by", day=standing.due)


def _facts(turn: Turn, one: Disclosure) -> list[Row]:
    standing, told = one.standing, sufficiency(one.told)
    again = [words("integrity.reopened", count=standing.reopened)] if standing.reopened else []
    enough = words("integrity.enough") if told.enough else words("integrity.not_enough")
    facts = (
        (words("integrity.came"), [WAYS[standing.way], standing.filed_on]),
        (words("integrity.due"), [_when(turn, one), *again]),
        (words("integrity.about_whom"), _beside_who(about_whom(turn, one), one.told.get(Part.WHO, ""))),
        (words("integrity.meter"), [words("integrity.told_of", count=told.count, all=len(Part)), enough]),
        (words("integrity.missing"), [PARTS[part] for part in told.missing]),
        (words("integrity.readers"), names(readers(turn.store, one, turn.today))),
    )
    return [Row(label, value) for label, value in facts if value]


def _beside_who(meant: Sequence[Words | str], told: str) -> list[Words | str]:
    """Whom the answer to «who» does not name already."""
    return [one for one in meant if isinstance(one, Words) or one not in told]


def about_whom(turn: Turn, one: Disclosure) -> list[Words | str]:
    """Whom it is about, as its reporter said, and who turned out to be meant since."""
    units = [found.name for unit in sorted(one.accused.units) if (found := turn.store.units.get(unit))]
    top = [words("integrity.the_top")] if one.accused.executives else []
    meant = (turn.store.people.get(person, turn.today) for person in sorted(one.accused.people))
    written = [_shortened(one.accused.words, ANSWER)] if one.accused.words else []
    return [*units, *top, *written, *(person.name for person in meant if person)]


def _told(one: Disclosure, most: int = 0) -> list[Row]:
    return [Row(PARTS[part], _shortened(one.told[part], most)) for part in Part if one.told.get(part)]


def _newest(turn: Turn, one: Disclosure) -> list[Row]:
    return [said(turn, line, SAID) for line in list(one.talk)[-NEWEST:]]


def _of_the_name(one: Disclosure) -> list[Words]:
    """That a name was told, and how far it is from being seen; never the name."""
    if not one.identity.named:
        return []
    if one.reveal is None:
        return [words("integrity.name_sealed")]
    return [words("integrity.name_agreed") if one.reveal.agreed else words("integrity.name_asked")]


def _files(one: Disclosure) -> list[Tap]:
    return [
        Link(words("integrity.tap_file", no=no), f"disclosure:{one.id}/{file.id}")
        for no, file in enumerate(one.files, 1)
    ]


def _day(one: Disclosure) -> object:
    return one.standing.filed_on


def _shortened(text: str, most: int) -> str:
    return text if not most or len(text) <= most else f"{text[: most - 1]}…"
