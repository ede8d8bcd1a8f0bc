"""What was told to many: see it, agree to it, cancel it, stop it in the middle, send again what failed.

second   [เปิดดู]
bot      [as it will look] [card: ประกาศ … · รอยืนยัน · หมู่ 2 · 120 คน …]   [ยืนยันส่ง] [ไม่ส่ง]
second   [ไม่ส่ง]
bot      ไม่ส่งเพราะอะไรคะ จะแจ้งผู้จัดทำให้ทราบ
second   วันที่ยังไม่แน่นอน
bot      แจ้งผู้จัดทำแล้ว
admin    ประกาศทั้งหมด
bot      [card: ประกาศ 3 เรื่อง …]   [1] [2] [3] [ส่งประกาศ] [โหมดทดลอง]
admin    [1]
bot      [as it looks] [card: กำลังส่ง · ระบบรับแล้ว 1500 คน · รอส่ง 500 คน]   [หยุดส่ง]
admin    [หยุดส่ง]
bot      หยุดแล้ว …   [ดูผล]

Who made it is told by post. LINE says whether it took a request, never who read it or blocked the account.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.broadcasting import broadcast_cards as cards
from handlers.broadcasting import broadcast_log
from handlers.kit import SILENCE, Answer, Card, Feature, Go, Reply, Tap, Turn, Words, ask, say, show, words
from itadomain.broadcasts import audiences, sending
from itadomain.broadcasts.broadcast import Broadcast, Stage
from itadomain.people import EVERYONE, INSIDERS, Person, Role
from itadomain.refusals import Refusal

feature = Feature("broadcasts", roles=INSIDERS)

A_PAGE = 8
MOST_LOOKED_AT = 200
OVER = frozenset({Stage.STOPPED, Stage.DONE, Stage.CANCELLED})


@dataclass(frozen=True)
class Declining:
    """The broadcast that is not agreed to."""

    id: str


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every broadcast
    audiences.offered(turn.store, turn.who, turn.today)
    page = max(0, min(turn.number("page") or 0, MOST_LOOKED_AT))
    mine = [one for one in turn.store.broadcasts.recent(MOST_LOOKED_AT) if _leads(turn, one)]
    here = mine[page * A_PAGE :][:A_PAGE]
    told = words("broadcasts.count", count=len(mine)) if mine else words("broadcasts.none")
    taps = [
        Go(words("broadcasts.tap_one", no=no), "broadcasts.one", {"id": one.id})
        for no, one in enumerate(here, page * A_PAGE + 1)
    ]
    more = [Go(words("measures.tap_next_page"), "broadcasts.all", {"page": page + 1})]
    trial = [Go(words("broadcasts.tap_trial"), "broadcasts.trial")] if Role.ADMIN in turn.who.roles else []
    card = Card(summary=told, title=told, rows=[cards.row(turn, one) for one in here])
    new = Go(words("menu.broadcast_start"), "broadcast.start")
    return show(card).offering(*taps, *(more if len(mine) > (page + 1) * A_PAGE else ()), new, *trial)


@feature.on()
def one(turn: Turn) -> Reply:
    return _shown(turn, _meant(turn))


@feature.on()
def confirm(turn: Turn) -> Reply:
    """What they agree to is what they were shown: where it costs more by now, it is shown again."""
    found, told = _meant(turn), turn.number("told") or 0
    people = sending.cost(turn.store, found.audience, turn.today, trial=found.trial).people
    if found.stage is Stage.PROPOSED and sending.grew(told, people):
        return _shown(turn, found, words("broadcast.cost_grew", before=told, now=people))
    agreed = sending.confirm(turn.store, found, turn.who, told, turn.at)
    broadcast_log.confirmed(turn, agreed)
    later = agreed.send_at > turn.at
    reply = (
        say("broadcast.will_go", at=cards.on_the_wall(turn, agreed.send_at))
        if later
        else say("broadcast.goes", count=agreed.told)
    )
    maker = _maker(turn, agreed)
    return (
        reply.offering(_tap_look(agreed))
        .doing(cards.to_send(agreed))
        .telling(*maker, reply=cards.notice("broadcasts.was_confirmed", agreed.id))
    )


@feature.on()
def decline(turn: Turn) -> Reply:
    found = _meant(turn)
    if found.stage is not Stage.PROPOSED:
        raise Refusal("broadcast.decided_already")
    return ask("broadcasts.why_not", then=hear_reason, draft=Declining(found.id))


@feature.step
def hear_reason(turn: Turn, draft: Declining) -> Reply:
    found = _known(turn, draft.id)
    declined, why = sending.decline(turn.store, found, turn.who, turn.text, turn.at)
    broadcast_log.stopped(turn, declined, "declined")
    told = cards.notice("broadcasts.was_declined", declined.id, reason=why)
    return say("broadcasts.declined").offering(_tap_all()).telling(*_maker(turn, declined), reply=told)


@feature.on()
def cancel(turn: Turn) -> Reply:
    cancelled = sending.cancel(turn.store, _meant(turn), turn.who, turn.today)
    broadcast_log.stopped(turn, cancelled, "cancelled")
    return say("broadcasts.is_cancelled").offering(_tap_all())


@feature.on()
def stop(turn: Turn) -> Reply:
    stopped = sending.stop(turn.store, _meant(turn), turn.who, turn.today)
    broadcast_log.stopped(turn, stopped, "stopped")
    return say("broadcasts.is_stopped").offering(_tap_look(stopped))


@feature.on()
def again(turn: Turn) -> Reply:
    found = _meant(turn)
    count = sending.again(turn.store, found, turn.who, turn.at)
    broadcast_log.stopped(turn, found, "again")
    unfinished = () if found.expanded else (cards.to_send(found),)
    return say("broadcasts.again", count=count).offering(_tap_look(found)).doing(*unfinished)


@feature.on(roles=frozenset({Role.ADMIN}))
def trial(turn: Turn) -> Reply:
    """Whether all that is sent goes to the administrators only."""
    now = words("broadcasts.trial_on") if audiences.on_trial(turn.store) else words("broadcasts.trial_off")
    choices = [
        Answer(words("broadcasts.tap_trial_on"), audiences.ON),
        Answer(words("broadcasts.tap_trial_off"), audiences.OFF),
    ]
    return ask("broadcasts.which_trial", then=pick_trial, choices=choices, now=now)


@feature.step
def pick_trial(turn: Turn) -> Reply:
    if Role.ADMIN not in turn.who.roles:
        raise Refusal("help.not_allowed")
    if turn.chosen not in {audiences.ON, audiences.OFF}:
        raise Refusal("broadcasts.on_or_off")
    on = turn.chosen == audiences.ON
    for one in sending.try_out(turn.store, turn.who, turn.today, on=on):
        broadcast_log.stopped(turn, one, "trial")
    return say("broadcasts.trial_on" if on else "broadcasts.trial_off").offering(_tap_all())


@feature.on("task:send_broadcast", roles=EVERYONE, aside=True)
def not_sent(turn: Turn) -> Reply:
    """It did not go when its time came: nobody was left to hear it, or it costs more than was agreed to."""
    found = turn.store.broadcasts.get(str(turn.values.get("id", "")))
    if "failed" in turn.values and found:  # given up, by a fault of ours
        return _given_up(found)
    if "refused" not in turn.values:
        return SILENCE  # it is on its way
    why = Words(str(turn.values["refused"]), turn.values.get("facts") or {})
    told = say("broadcasts.did_not_go").adding(why).offering(_tap_all())
    if found is None:
        return told
    anew = Go(words("broadcasts.tap_anew"), "broadcast.copied", {"id": found.id})
    declined = cards.notice("broadcasts.was_declined", found.id, reason=why)
    return told.offering(anew).telling(*_maker(turn, found), reply=declined)  # who confirmed it put it on its way


def _given_up(found: Broadcast) -> Reply:
    """Nobody tries it any more: whoever opens it may cancel it, or stop it and send the rest."""
    if found.stage is Stage.SENDING and not found.expanded:
        return say("broadcasts.stopped_by_quota").offering(_tap_look(found))
    return say("broadcasts.did_not_go").offering(_tap_look(found)) if found.stage is Stage.SCHEDULED else SILENCE


@feature.on("task:broadcast_over", roles=EVERYONE, aside=True)
def over(turn: Turn) -> Reply:
    """It came to its end: what LINE tells of it; where the month's messages are used up, administrators hear it too."""
    found = turn.store.broadcasts.get(str(turn.values.get("id", "")))
    if found is None:
        return SILENCE
    came = turn.store.broadcasts.results(found.id)
    told = say("broadcasts.over", accepted=came.accepted, refused=came.refused, unsent=came.unsent)
    reply = told.offering(_tap_look(found))
    if not came.unsent or found.stopped_by:
        return reply
    admins = [one for one in turn.store.people.with_role(Role.ADMIN, turn.today) if one.id != turn.who.id]
    return reply.telling(*admins, reply=cards.notice("broadcasts.stopped_by_quota", found.id))


def _shown(turn: Turn, found: Broadcast, *first: Words) -> Reply:
    """As it looks, where it stands, and what this person may do with it."""
    citizens, office = found.audience.citizens, turn.store.office
    looks = cards.as_sent(found.content, office, citizens=citizens, trial=found.trial)
    came = turn.store.broadcasts.results(found.id)
    ahead = found.stage in sending.AHEAD
    people = sending.cost(
        turn.store, found.audience, turn.today, trial=found.trial, on=cards.on_the_wall(turn, found.send_at).date()
    )
    cost = cards.cost(turn, found.audience, people, cards.on_the_wall(turn, found.send_at)) if ahead else None
    card = [cards.of_content(turn, found.content, cost) if cost else cards.standing(turn, found, came)]
    return Reply((*first, looks, *card)).offering(*_deeds(turn, found, people.people, came.failed_requests))


def _deeds(turn: Turn, found: Broadcast, people: int, failed: int) -> Sequence[Tap]:
    about, leads = {"id": found.id}, _leads(turn, found)
    agrees = found.stage is Stage.PROPOSED and sending.may_confirm(turn.store, found, turn.who, turn.today)
    offered = [
        (agrees, Go(words("broadcasts.tap_confirm"), "broadcasts.confirm", {**about, "told": people})),
        (agrees, Go(words("broadcasts.tap_decline"), "broadcasts.decline", about)),
        (leads and found.stage in sending.AHEAD, Go(words("broadcasts.tap_cancel"), "broadcasts.cancel", about)),
        (leads and found.stage is Stage.SENDING, Go(words("broadcasts.tap_stop"), "broadcasts.stop", about)),
        (
            leads and bool(failed) and found.stage in {Stage.STOPPED, Stage.DONE},
            Go(words("broadcasts.tap_again"), "broadcasts.again", about),
        ),
        (leads and found.stage in OVER, Go(words("broadcasts.tap_anew"), "broadcast.copied", about)),
        (leads, _tap_all()),
    ]
    return [tap for may, tap in offered if may]


def _meant(turn: Turn) -> Broadcast:
    return _known(turn, str(turn.values.get("id", "")))


def _known(turn: Turn, broadcast_id: str) -> Broadcast:
    """One by its id; the same Refusal where there is none and where it is not theirs to see."""
    found = turn.store.broadcasts.get(broadcast_id)
    if found is None or not sending.may_see(turn.store, found, turn.who, turn.today):
        raise Refusal("broadcasts.unknown")
    return found


def _leads(turn: Turn, one: Broadcast) -> bool:
    return sending.leads(turn.store, one, turn.who, turn.today)


def _maker(turn: Turn, one: Broadcast) -> Sequence[Person]:
    found = turn.store.people.get(one.made_by, turn.today)
    return [found] if found and found.id != turn.who.id else []


def _tap_look(one: Broadcast) -> Go:
    return Go(words("broadcasts.tap_look"), "broadcasts.one", {"id": one.id})


def _tap_all() -> Go:
    return Go(words("broadcasts.tap_all"), "broadcasts.all")
