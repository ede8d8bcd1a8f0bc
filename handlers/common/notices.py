"""What others are told because of what one did: that something waits, never what or whose. A lock screen shows it."""

from collections.abc import Sequence
from datetime import date

from handlers.kit import Card, Go, Reply, Words, say, show, words
from itadomain.acknowledgements import Circular
from itadomain.allowance import Allowance
from itadomain.helping import Spoken
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.reminding import reserve
from itadomain.reporting import Filed


def ask_to_approve(reply: Reply, filed: Filed) -> Reply:
    """The same reply, and those who may approve the report are told that one waits."""
    return _telling(reply, filed.asked, "measures.something_waits", "approval.look", filed.report.id)


def tell_of_return(reply: Reply, reporter: Person | None, report_id: str) -> Reply:
    """The same reply, and who made a report is told that something is to be mended."""
    return _telling(
        reply, [reporter] if reporter else [], "measures.something_to_mend", "approval.sent_back", report_id
    )


def tell_of_obstacle(reply: Reply, spoken: Spoken, besides: Sequence[Person] = ()) -> Reply:
    """The same reply, and the other side of an obstacle is told; those of `besides` are told of something already."""
    known = {one.id for one in besides}
    hearing = [one for one in spoken.hearing if one.id not in known]
    return _telling(reply, hearing, "measures.something_waits", "obstacle.look", spoken.obstacle.id)


def tell_of_late(reply: Reply, people: Sequence[tuple[Person, int]]) -> Reply:
    """The same reply, and each of `people` is told how many reports wait for them."""
    for person, count in people:
        told = words("late.waits_for_you", count=count)
        tap = Go(words("measures.tap_open"), "measures.mine")
        reply = reply.telling(person, reply=show(Card(summary=told, title=told, taps=(tap,))))
    return reply


def tell_of_move(reply: Reply, people: Sequence[Person], measure_id: str) -> Reply:
    """The same reply, and `people` are told that a measure has become their unit's."""
    return _telling(reply, people, "handover.given", "measures.one", measure_id)


def to_read(circular: Circular) -> Reply:
    """What those are told who are to read something: that there is something, not what."""
    return say("circulars.to_read").offering(Go(words("circulars.tap_read"), "acknowledge.read", {"id": circular.id}))


def left(allowance: Allowance | None) -> Words:
    """How many of the month's messages are left, for whoever is about to use some."""
    if allowance is None:
        return words("late.left_unknown")
    return words("late.left_unlimited") if allowance.left is None else words("late.left", left=allowance.left)


def to_use(store: Store, today: date) -> Words:
    """How many can be used for people inside: what is kept back for citizens' answers is not."""
    allowance = store.allowance(today)
    free = reserve.for_reminders(allowance, reserve.percent(store.settings))
    return left(allowance) if free is None else words("late.to_use", left=free)


def something_waits(to: str) -> Reply:
    """What somebody is told where something waits for them that the step `to` shows."""
    told = words("measures.something_waits")
    return show(Card(summary=told, title=told, taps=(Go(words("measures.tap_open"), to),)))


def _telling(reply: Reply, people: Sequence[Person], key: str, to: str, about: str) -> Reply:
    tap = Go(words("measures.tap_open"), to, {"id": about})
    return reply.telling(*people, reply=show(Card(summary=words(key), title=words(key), taps=(tap,))))
