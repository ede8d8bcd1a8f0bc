"""What is shown of a problem while it is told: what it may be about, what will be sent, and what was filed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from handlers.cases.case_cards import CHANNELS, KINDS, category_name, place, tell_officers
from handlers.common import picking
from handlers.common.complaint_draft import CONTACT, LANDMARK, PERSON, VILLAGE, Draft
from handlers.common.village_words import to_keep
from handlers.kit import Answer, Card, Go, Reply, Row, Turn, Words, say, show, words
from handlers.kit.reply import Step
from itadomain.cases import days, following
from itadomain.cases.case import Case, Channel, Kind
from itadomain.cases.categories import Category, complete, of_code, suggested
from itadomain.refusals import Refusal
from itadomain.villages import to_tap

OTHERS, SEND, MEND, FOR_OTHER, SKIP, INTO = "others", "send", "mend", "for", "skip", "into:"
KINDS_TO_TELL = (Kind.PROBLEM, Kind.SUGGESTION, Kind.PRAISE)
MOST_CASES = 3  # of theirs, that it may belong to
MOST_VILLAGES = 11  # to tap, beside the ways on and out
KIND, PLACE, CATEGORY, MORE, ANEW = "kind", "place", "category", "more", "anew"
SHOWN = 300  # letters of the story
#: What is left of a draft where something of it is to be told differently.
FORGETS: Mapping[str, Callable[[Draft], Draft]] = {
    PLACE: lambda draft: replace(
        draft.asking_again(VILLAGE, LANDMARK), elsewhere=True, village="", landmark="", latitude=None, longitude=None
    ),
    CATEGORY: lambda draft: replace(draft, category="", page=-1),
    CONTACT: lambda draft: replace(draft.asking_again(CONTACT), contact=""),
}


def so_far(draft: Draft) -> Sequence[Words]:
    """What is there of it, counted; what there is none of is not named."""
    told = [words("complaint.texts", count=len(draft.parts))] if draft.parts else []
    sent = [words("complaint.photos_and_more", count=len(draft.sent))] if draft.sent else []
    return [*told, *sent, *([words("complaint.location")] if draft.located else [])]


def skip() -> Answer:
    """The tap that leaves a question open."""
    return Answer(words("complaint.tap_skip"), SKIP)


def kinds() -> Sequence[Answer]:
    """What may be told."""
    return [Answer(KINDS[one], one.value) for one in KINDS_TO_TELL]


def villages(turn: Turn) -> Sequence[Answer]:
    """The villages to tap, where the agency said how many they are and they have room."""
    known = to_tap(turn.store.settings, MOST_VILLAGES)
    return [*(Answer(words("casework.village", village=no), no) for no in known), skip()]


def cases_to_add_to(turn: Turn, draft: Draft) -> Sequence[Answer]:
    """It may be what an officer asked for in a case of theirs, or belong to one that is not over."""
    theirs = following.open_ones(turn.store, turn.who)[:MOST_CASES] if draft.told and draft.by_chat else ()
    return [Answer(words("following.tap_add_to", ticket=str(one.ticket)), f"{INTO}{one.id}") for one in theirs]


def into(turn: Turn, draft: Draft, case_id: str) -> Reply:
    """What was told belongs to a case in which the agency waits for it."""
    said = "\n".join(part for part in (draft.story, draft.point) if part)
    sent = [found for one in draft.sent if (found := turn.store.evidence.get(one))]
    came = {part[0]: part[1] for part in draft.parts if part[0]}
    followed = following.say_more(turn.store, case_id, said, sent, turn.who, turn.today, bubbles=came)
    reply = say("following.added", ticket=str(followed.case.ticket))
    look = Go(words("following.tap_look"), "following.one", {"id": followed.case.id})
    return tell_officers(reply, followed.officers, followed.case).offering(look)


def categories(turn: Turn, draft: Draft) -> Sequence[Answer]:
    """Three to choose from and the way to all of them; then all of them, in pages."""
    known = complete(turn.store.categories.all())
    if draft.page < 0:
        first = [_answer(one) for one in suggested(draft.heard, known)]
        return [*first, Answer(words("complaint.tap_others"), OTHERS)]
    every = [_answer(one) for one in known if not one.closed]
    return picking.choices(every, replace(turn, chosen=f"{picking.TURNED}{draft.page}"))


def category_chosen(turn: Turn) -> str:
    """The code of the category that was tapped, typed, or spoken of; Refusal where it is none."""
    offered = [one for one in complete(turn.store.categories.all()) if not one.closed]
    said = turn.text.strip()
    named = [one.code for one in offered if one.code == turn.chosen or (said and said == one.name)]
    spoken = [one.code for one in offered if one.code == turn.values.get("category")]
    if not (named or spoken):
        raise Refusal("complaint.one_category")
    return (named or spoken)[0]


def review(turn: Turn, draft: Draft, kind: Kind, then: Step) -> Reply:
    """What will be sent, to be sent or mended."""
    told = words("complaint.review")
    card = Card(summary=told, title=told, rows=[row for row in _rows(turn, draft, kind) if row.value])
    taps = [Answer(words("complaint.tap_send"), SEND), Answer(words("complaint.tap_mend"), MEND)]
    other = [Answer(words("complaint.tap_for_other"), FOR_OTHER)] if draft.by_chat and not draft.on_behalf_of else []
    return Reply((card,), taps=(*taps, *other), then=then, draft=draft)


def mendable(draft: Draft) -> Sequence[Answer]:
    """What of it can be told differently."""
    taps = [(MORE, "complaint.tap_more"), (ANEW, "complaint.tap_anew"), (KIND, "complaint.tap_kind")]
    if draft.of_kind is not Kind.PRAISE:
        taps += [(PLACE, "complaint.tap_place"), (CATEGORY, "complaint.tap_category")]
        taps += [(CONTACT, "complaint.tap_contact")]
    taps += [(PERSON, "complaint.tap_person")]
    return [Answer(words(key), value) for value, key in taps]


def filed(turn: Turn, case: Case) -> Reply:
    """The number of a case, and what happens next by when."""
    ticket = str(case.ticket)
    told = words("complaint.filed", ticket=ticket)
    praise = not case.asks_for_work
    card = Card(
        summary=told,
        title=words("complaint.thanked" if praise else "complaint.received"),
        rows=[Row(words("complaint.ticket"), ticket), *([] if praise else _promised(turn, case))],
        notes=[words(_note(case))],
    )
    if not case.reporter:
        return show(card).offering(Go(words("help.tap_menu"), "help.menu"))
    return show(card).offering(
        Go(words("following.tap_how_far"), "following.one", {"id": case.id}),
        *to_keep(turn, case),
        Go(words("help.tap_menu"), "help.menu"),
    )


def _note(case: Case) -> str:
    if not case.asks_for_work:
        return "complaint.passed_on"
    return "complaint.own_promise" if case.reporter else "complaint.own_promise_elsewhere"


def _promised(turn: Turn, case: Case) -> Sequence[Row]:
    coming = days.due(turn.store, case)
    accept = [Row(words("complaint.accepted_by"), coming.day)] if coming else []
    return [*accept, Row(words("complaint.answered_by"), days.promised(turn.store, case))]


def _rows(turn: Turn, draft: Draft, kind: Kind) -> Sequence[Row]:
    category = of_code(draft.category, complete(turn.store.categories.all())) if draft.category else None
    sent = words("complaint.so_many_sent", count=len(draft.sent)) if draft.sent else ""
    person = "complaint.for_other" if draft.by_chat else "complaint.person"
    return [
        Row(words("complaint.kind"), KINDS[kind]),
        Row(words("complaint.channel"), "" if draft.by_chat else CHANNELS[Channel(draft.channel)]),
        Row(words("complaint.story"), _shown(draft.story)),
        Row(words("complaint.sent"), sent),
        Row(words("complaint.place"), _where(draft)),
        Row(words("complaint.category"), category_name(category) if category else ""),
        Row(
            words("complaint.contact"),
            draft.contact or (words("complaint.in_chat") if draft.by_chat and kind is not Kind.PRAISE else ""),
        ),
        Row(words(person), draft.on_behalf_of),
    ]


def _shown(story: str) -> str:
    return story if len(story) <= SHOWN else f"{story[:SHOWN]}…"


def _answer(category: Category) -> Answer:
    return Answer(category_name(category), category.code)


def _where(draft: Draft) -> Sequence[Words | str]:
    point = [words("complaint.point")] if draft.located else []
    return [*place(draft.spot), *point]
