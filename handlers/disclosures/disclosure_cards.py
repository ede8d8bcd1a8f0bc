"""What is said and shown to whoever tells of corruption: what to know first, who may read it, what will be sent."""

from collections.abc import Sequence

from handlers.disclosures.disclosure_draft import ABOUT, CONTACT, NAME, Telling
from handlers.kit import Answer, Card, Go, Link, Reply, Row, Tap, Turn, Words, say, show, words
from itadomain.integrity.chat_mode import read_by_staff
from itadomain.integrity.coach import sufficiency
from itadomain.integrity.disclosure import Part, Way
from itadomain.integrity.outside import bodies
from itadomain.integrity.promising import promise
from itadomain.integrity.receipts import printed
from itadomain.people import Person, Role

SHOWN = 500  # letters of each part
PARTS = {
    Part.WHO: words("disclosure.part_who"),
    Part.WHAT: words("disclosure.part_what"),
    Part.WHEN: words("disclosure.part_when"),
    Part.WHERE: words("disclosure.part_where"),
    Part.EVIDENCE: words("disclosure.part_evidence"),
}
WAYS = {
    Way.CHAT: words("disclosure.way_chat"),
    Way.NOTICE: words("disclosure.way_notice"),
    Way.NAMED: words("disclosure.way_named"),
}


def watched(turn: Turn) -> bool:
    """Whether staff of the account read what is typed here."""
    return read_by_staff(turn.store.settings)


def first_words(turn: Turn, *also: Words) -> Card:
    """What to know before a word is told."""
    form = turn.store.office.form
    line = "disclosure.line_keeps_too" if watched(turn) else "disclosure.line_keeps"
    known = [
        Row(words("disclosure.row_reads"), words("disclosure.who_reads", office=turn.store.office.short)),
        Row(words("disclosure.row_line"), words(line)),
        Row(words("disclosure.row_kept"), words("disclosure.kept")),
        Row(words("disclosure.row_promise"), words("disclosure.no_promise")),
    ]
    better = [Row(words("disclosure.row_web"), words("disclosure.web_is_better"))] if form else []
    return Card(
        summary=words("disclosure.before_you_tell"),
        title=words("disclosure.title"),
        warning=words("disclosure.watched") if watched(turn) else None,
        rows=[*known, *better],
        notes=also,
        taps=[web(turn, "disclosure.tap_web")] if form else [],
    )


def door(turn: Turn, *ways: Answer, also: Sequence[Words] = ()) -> Reply:
    """What to know, and the ways to tell, the safest first; a receiver also finds the way to their list."""
    form = [web(turn, "disclosure.tap_web")] if turn.store.office.form else []
    desk = [Go(words("integrity.tap_list"), "integrity.all")] if turn.who.may(frozenset({Role.INTEGRITY})) else []
    return show(first_words(turn, *also)).offering(*form, *ways, tap_follow(), tap_outside(), *desk)


def ways_back() -> Sequence[Answer]:
    """How whoever tells it may hear of news."""
    ways = ((Way.NOTICE, words("disclosure.tap_notice")), (Way.NAMED, words("disclosure.tap_named")))
    return [Answer(label, way.value) for way, label in ways]


def web(turn: Turn, label: str) -> Link:
    """The form outside LINE."""
    return Link(Words(label), turn.store.office.form)


def outside(turn: Turn, *why: Words) -> Reply:
    """The bodies outside, to be dialled; `why` stands before them."""
    shown = bodies(turn.store.settings)
    card = Card(
        summary=words("disclosure.outside"),
        title=words("disclosure.outside"),
        rows=[Row(one.name, one.phone or words("disclosure.no_phone")) for one in shown],
        notes=[words("disclosure.you_go_there")],
    )
    dialled = [Link(words("disclosure.tap_call", phone=one.dial), f"tel:{one.dial}") for one in shown if one.dial]
    return Reply((*why, card), taps=(*dialled, Go(words("help.tap_menu"), "help.menu")))


def meter(draft: Telling) -> Words:
    """How far it is."""
    return words("disclosure.meter", count=sufficiency(draft.parts).count, of=len(Part))


def review(draft: Telling, reading: Sequence[Person], *also: Words) -> Card:
    """All that will be sent, how far it goes, and who will read it."""
    told = [Row(label, _short(draft.told.get(part, ""))) for part, label in PARTS.items()]
    told += [Row(words("disclosure.name"), draft.name), Row(words("disclosure.contact"), draft.contact)]
    sufficient = sufficiency(draft.parts)
    more = [PARTS[part] for part in sufficient.missing]
    help_ = [words("disclosure.would_help", parts=more)] if more else []
    enough = [words("disclosure.enough")] if sufficient.enough else []
    return Card(
        summary=words("disclosure.review"),
        title=words("disclosure.review"),
        warning=None if reading else words("disclosure.nobody_may_read"),
        rows=[*(row for row in told if row.value), Row(words("disclosure.way"), WAYS[Way(draft.way)])],
        notes=[
            meter(draft),
            *enough,
            *help_,
            *([words("disclosure.so_many_read", count=len(reading))] if reading else []),
            *also,
        ],
    )


def mendable(draft: Telling) -> Sequence[Answer]:
    """What of it can be told differently."""
    named = ((NAME, words("disclosure.name")), (CONTACT, words("disclosure.contact")))
    parts = [(part, label) for part, label in PARTS.items() if part is not Part.WHO]
    every = [(ABOUT, PARTS[Part.WHO]), *parts, *(named if draft.way == Way.NAMED else ())]
    return [Answer(label, str(value)) for value, label in every]


def sent(turn: Turn, draft: Telling) -> Reply:
    """The code alone in its bubble, so that it can be copied; what comes next by when, and what to do with the chat."""
    promised = promise(turn.store.settings)
    told = words("disclosure.sent", accept=promised.accept, answer=promised.answer)
    files = [web(turn, "disclosure.tap_files")] if turn.store.office.form else []
    taps: list[Tap] = [*files, Go(words("help.tap_menu"), "help.menu")]
    keep = words("disclosure.keep_the_code_push" if draft.way != Way.CHAT else "disclosure.keep_the_code")
    return Reply((told, words("disclosure.code", code=printed(draft.code)), keep), taps=taps, needed=True)


def forgotten() -> Reply:
    """That what was told is gone."""
    return say("disclosure.forgotten").offering(tap_outside(), Go(words("help.tap_menu"), "help.menu"))


def tap_follow() -> Go:
    """The way back by a code."""
    return Go(words("disclosure.tap_follow"), "disclosure.follow")


def tap_outside() -> Go:
    """The way to the bodies outside."""
    return Go(words("disclosure.tap_outside"), "disclosure.outside")


def _short(said: str) -> str:
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}…"
