"""What is shown of records that are due to be destroyed: numbers, kinds and days; nothing that anybody wrote."""

from collections.abc import Sequence

from handlers.cases.case_cards import KINDS
from handlers.common import picking
from handlers.kit import Answer, Card, Go, Reply, Row, Tap, Turn, Words, say, show, words
from itadomain import disposing
from itadomain.cases.case import Kind
from itadomain.disposal import DISCLOSURE, Disposal, Stage
from itadomain.disposing import Side

A_PAGE = 8  # beside the taps that decide


def kind_name(kind: str) -> Words:
    """What a kind of record is called."""
    return words("retention.kind_disclosure") if kind == DISCLOSURE else KINDS[Kind(kind)]


def something_waits(step: str) -> Reply:
    """A push says nothing of what waits."""
    told = words("measures.something_waits")
    return show(Card(summary=told, title=told, taps=(Go(words("measures.tap_open"), step),)))


def listed(turn: Turn, some: Sequence[Disposal], page: int, *, waiting: bool) -> tuple[Card, Sequence[Tap]]:
    """A page of what is due, or was proposed, each with a tap that takes it out."""
    told = words("retention.to_approve" if waiting else "retention.due_now", count=len(some))
    numbered = list(enumerate(some, 1))
    page = max(0, min(page, (len(some) - 1) // A_PAGE))
    rows = [Row(_name(no, one), _facts(turn, one)) for no, one in numbered[page * A_PAGE :][:A_PAGE]]
    notes = [words("retention.what_goes"), words("retention.how_to_keep")]
    card = Card(summary=told, title=told, rows=rows, notes=notes)
    return card, picking.on_page([Answer(_name(no, one), one.about) for no, one in numbered], page, A_PAGE)


def held(turn: Turn, some: Sequence[Disposal]) -> tuple[Card, Sequence[Tap]]:
    """What is kept on, by whom and why, each with a tap that lets it be due again."""
    told, shown = words("retention.held", count=len(some)), list(enumerate(some[: picking.PAGE], 1))
    rows = [
        Row(_name(no, one), [one.reason, words("retention.held_by", name=_person(turn, one.by))]) for no, one in shown
    ]
    card = Card(summary=told, title=told, rows=rows, notes=[words("retention.how_to_release")])
    return card, [Answer(_name(no, one), one.about) for no, one in shown]


def register(turn: Turn, side: Side, page: int) -> Reply:
    """What was destroyed, the newest first: number, kind, when, who proposed it and who approved."""
    first = page * A_PAGE
    found = turn.store.disposals.at_stage(Stage.DONE, side.kinds, A_PAGE + 1, first)
    if not found:
        return say("retention.nothing_destroyed").offering(tap_due(side))
    told = words("retention.register")
    rows = [Row(_name(no, one), _done(turn, one)) for no, one in enumerate(found[:A_PAGE], first + 1)]
    back = [Go(words("picking.tap_back"), "retention.register", {"side": side.name, "page": page - 1})] if page else []
    on = [Go(words("picking.tap_on"), "retention.register", {"side": side.name, "page": page + 1})]
    more = on if len(found) > A_PAGE else []
    return show(Card(summary=told, title=told, rows=rows)).offering(*back, *more, tap_due(side))


def years(turn: Turn, side: Side) -> tuple[Card, Sequence[Tap]]:
    """For how long each kind of record is kept."""
    told = words("retention.years")
    rows = [Row(kind_name(kind), _years(turn, kind)) for kind in side.kinds]
    notes = [words("retention.own_rule"), words("retention.nothing_by_itself")]
    card = Card(summary=told, title=told, rows=rows, notes=notes)
    return card, [Answer(kind_name(kind), kind) for kind in side.kinds]


def tap_due(side: Side) -> Go:
    """The way to what is due."""
    step = "retention.disclosures" if side.name == "disclosures" else "retention.due"
    return Go(words("retention.tap_due"), step)


def tap_years(side: Side) -> Go:
    """The way to the years."""
    step = "retention.years_of_disclosures" if side.name == "disclosures" else "retention.years"
    return Go(words("retention.tap_set_years"), step)


def tap_register(side: Side) -> Go:
    """The way to the register."""
    return Go(words("retention.tap_register"), "retention.register", {"side": side.name})


def tap_held(side: Side) -> Go:
    """The way to what is kept on."""
    return Go(words("retention.tap_held"), "retention.kept_on", {"side": side.name})


def _name(no: int, one: Disposal) -> Words | str:
    """A case by its number; a disclosure has none but its place in the list."""
    return one.number or words("retention.nth", no=no)


def _facts(turn: Turn, one: Disposal) -> Sequence[Words]:
    by = [words("retention.proposed_by", name=_person(turn, one.by))] if one.by else []
    return [kind_name(one.what), words("retention.over_since", day=one.over_on), *by]


def _done(turn: Turn, one: Disposal) -> Sequence[Words]:
    day = one.approved_at.date() if one.approved_at else one.at.date()
    names = {"name": _person(turn, one.by), "approver": _person(turn, one.approved_by)}
    counts = [words("retention.so_much", lines=one.lines, files=one.files)] if one.number else []
    return [kind_name(one.what), words("retention.destroyed_on", day=day), *counts, words("retention.by_whom", **names)]


def _years(turn: Turn, kind: str) -> Words:
    count = disposing.years(turn.store, kind)
    return words("retention.so_many_years", count=count) if count else words("retention.not_said")


def _person(turn: Turn, person_id: str) -> Words | str:
    found = turn.store.people.get(person_id, turn.today) if person_id else None
    return (found.name if found else "") or words("casework.nobody")
