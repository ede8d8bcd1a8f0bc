"""What broadcasts look like: as a phone shows one, what it costs, where it stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.common.notices import left
from handlers.kit import Card, Go, Link, Reply, Row, Task, Turn, Words, show, words
from itadomain.assessment.windows import Window
from itadomain.broadcasts import composing
from itadomain.broadcasts.audiences import on_trial
from itadomain.broadcasts.broadcast import Audience, Broadcast, Content, Reach, Results, Stage
from itadomain.broadcasts.sending import Cost
from itadomain.office import Office
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.reminding import reserve

EVERYBODY = {
    Reach.FRIENDS: words("broadcast.pick_friends"),
    Reach.STAFF: words("broadcast.pick_staff"),
    Reach.NOT_REPORTED: words("broadcast.pick_not_reported"),
    Reach.NOT_ANSWERED: words("broadcast.pick_not_answered"),
    Reach.STAFF_NOT_ANSWERED: words("broadcast.pick_staff_not_answered"),
}
STAGES = {
    Stage.PROPOSED: words("broadcasts.proposed"),
    Stage.SCHEDULED: words("broadcasts.scheduled"),
    Stage.SENDING: words("broadcasts.sending"),
    Stage.STOPPED: words("broadcasts.stopped"),
    Stage.DONE: words("broadcasts.done"),
    Stage.CANCELLED: words("broadcasts.cancelled"),
}
#: So many letters of the words tell one from another in a list.
BEGINNING = 60


def as_sent(content: Content, office: Office, *, citizens: bool, trial: bool = False) -> Words | Card:
    """A broadcast as it is sent: the preview and every phone show this and nothing else."""
    how_to_end = [words("broadcast.opt_out")] if citizens else []
    if not composing.is_card(content):
        told = words("broadcast.on_trial", text=content.text) if trial else words("broadcast.plain", text=content.text)
        return words("broadcast.with_end", text=told, end=how_to_end[0]) if how_to_end else told
    from_whom = office.short if content.title else None
    return Card(
        summary=words("broadcast.plain", text=content.title or content.text),
        title=content.title or office.short,
        subtitle=words("broadcast.trial_mark") if trial else from_whom,
        text=content.text,
        notes=how_to_end,
        picture=f"evidence:{content.picture}" if content.picture else "",
        taps=[Link(content.button, content.link)] if content.button else [],
    )


def cost(turn: Turn, audience: Audience, found: Cost, when: object, *, fault: Refusal | None = None) -> Card:
    """What it takes, before anything is sent; `fault` says why it cannot be."""
    told = words("broadcast.cost", count=found.people)
    unreachable = [
        *([words("broadcast.away", count=found.reach.away)] if found.reach.away else []),
        *([words("broadcast.muted", count=found.reach.muted)] if found.reach.muted else []),
    ]
    return Card(
        summary=told,
        title=words("broadcast.cost_title"),
        number=words("broadcast.people", count=found.people),
        warning=Words(fault.key, fault.facts) if fault else None,
        rows=[
            Row(words("broadcast.for_whom"), audience_name(turn.store, audience)),
            Row(words("broadcast.takes"), words("broadcast.messages", count=found.people)),
            Row(words("broadcast.before"), left(found.allowance)),
            *_after(found),
            Row(words("broadcast.unreachable"), unreachable or words("broadcast.nobody_known")),
            Row(words("broadcast.when"), when),
        ],
        notes=_notes(turn, audience),
        doubts=[] if fault else _reserved(turn, found),
    )


def standing(turn: Turn, one: Broadcast, came: Results) -> Card:
    """One broadcast: for whom, when, by which post, and what became of it."""
    told = words("broadcasts.one", day=on_the_wall(turn, one.made_at).date())
    results = [
        (words("broadcasts.accepted"), came.accepted),
        (words("broadcasts.refused"), came.refused),
        (words("broadcasts.unsent"), came.unsent),
        (words("broadcasts.waiting"), came.waiting),
    ]
    counted = [Row(label, words("broadcast.people", count=count)) for label, count in results if count]
    limits = [words("broadcasts.what_line_tells")] if came.accepted else []
    return Card(
        summary=told,
        title=told,
        subtitle=STAGES[one.stage],
        warning=words("broadcast.trial_mark") if one.trial else None,
        rows=[
            Row(words("broadcast.for_whom"), audience_name(turn.store, one.audience)),
            Row(words("broadcast.when"), on_the_wall(turn, one.send_at)),
            Row(words("broadcasts.made_by"), post_of(turn, one.made_by)),
            *([Row(words("broadcasts.confirmed_by"), post_of(turn, one.confirmed_by))] if one.confirmed_by else []),
            *counted,
        ],
        notes=[*limits, *_again(turn, came)],
    )


def row(turn: Turn, one: Broadcast) -> Row:
    """One of a list."""
    said = " ".join((one.content.title or one.content.text).split())
    begins = said if len(said) <= BEGINNING else f"{said[:BEGINNING]}…"
    return Row(begins, [STAGES[one.stage], audience_name(turn.store, one.audience), on_the_wall(turn, one.send_at)])


def audience_name(store: Store, audience: Audience) -> object:
    """Whom it is for, as people call them."""
    match audience.reach:
        case Reach.VILLAGE:
            return words("casework.village", village=audience.of)
        case Reach.UNIT:
            unit = store.units.get(audience.of)
            return unit.name if unit else "-"
        case Reach.ROLE:
            return words(f"account.role_{audience.of}")
        case Reach.COMMITTEE:
            committee = store.committees.get(audience.of)
            return committee.name if committee else "-"
    return EVERYBODY[audience.reach]


def post_of(turn: Turn, person_id: str) -> object:
    """Somebody by their post: who it is, need not stand there."""
    person = turn.store.people.get(person_id, turn.today) if person_id else None
    if person is None:
        return words("broadcasts.by_itself")
    units = [unit.name for one in person.units(turn.today) if (unit := turn.store.units.get(one))]
    return [*(words(f"account.role_{role}") for role in sorted(person.roles)), *units] or words("committees.gone")


def days_of(window: Window) -> dict[str, Words]:
    """A window's days as they are told: from one to the other, or the one that is known."""
    if window.first and window.last and window.first != window.last:
        return {"days": words("announcing.from_to", first=window.first, last=window.last)}
    return {"days": words("announcing.on", day=window.first or window.last)}


def on_the_wall(turn: Turn, moment: datetime) -> datetime:
    """A moment as the agency's clock shows it."""
    return moment.astimezone(turn.at.tzinfo)


def to_send(one: Broadcast) -> Task:
    """What sends it at its time."""
    return Task("send_broadcast", {"id": one.id}, at=one.send_at)


def notice(key: str, broadcast_id: str, **facts: object) -> Reply:
    """What somebody is told about a broadcast unasked: that there is something, not what it says."""
    told = words(key)
    notes = [words("broadcasts.reason", reason=facts["reason"]) if "reason" in facts else words("broadcasts.open_it")]
    tap = Go(words("measures.tap_open"), "broadcasts.one", {"id": broadcast_id})
    return show(Card(summary=told, title=told, notes=notes, taps=(tap,)))


def _after(found: Cost) -> Sequence[Row]:
    if found.left_after is None:
        return ()
    return (Row(words("broadcast.after"), words("late.left", left=found.left_after)),)


def of_content(turn: Turn, content: Content, card: Card) -> Card:
    """The cost, with what to know of a picture: LINE fetches it from the service, where that has an address."""
    shown = not content.picture or turn.store.office.site.startswith("https://")
    return card if shown else replace(card, doubts=[words("broadcast.no_address"), *card.doubts])


def _reserved(turn: Turn, found: Cost) -> list[Words]:
    """Said where it takes what is kept back for answers to citizens: whoever sends it decides."""
    if found.allowance is None or found.left_after is None:
        return []
    kept = reserve.still_kept(found.allowance, reserve.percent(turn.store.settings))
    return [words("broadcast.takes_reserve", kept=kept)] if found.left_after < kept else []


def _notes(turn: Turn, audience: Audience) -> list[Words]:
    if on_trial(turn.store):
        return [words("broadcast.trial_only_admins")]
    two = [words("broadcast.two_people")] if audience.citizens else []
    return [*two, words("broadcast.blocked_unknown")]


def _again(turn: Turn, came: Results) -> list[Words]:
    """Whether what failed can be sent again with nobody hearing it twice."""
    if not came.failed_requests:
        return []
    if came.retry_until is None or came.retry_until <= turn.at:
        return [words("broadcasts.anew")]
    return [words("broadcasts.same_until", at=on_the_wall(turn, came.retry_until))]
