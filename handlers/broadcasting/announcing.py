"""Before a window of the assessment a broadcast is proposed; it goes by itself only where the agency said so.

         (09.00, 14 and 3 days before the window opens, to the administrators)
bot      ใกล้ถึงช่วงการประเมิน มีร่างประกาศเตรียมไว้ให้   [ร่างประกาศ]
admin    [ร่างประกาศ]
bot      [what is prepared, to be changed, then as any broadcast]
admin    ประกาศก่อนช่วงประเมิน
bot      [card: แบบ IIT: เสนอร่างให้ตรวจก่อน · แบบ EIT: … · แบบ OIT: …]   [แบบ IIT] [แบบ EIT] [แบบ OIT]
admin    [แบบ EIT]
bot      ก่อนเปิดช่วงการประเมิน 3 วัน ระบบจะส่งข้อความนี้เอง …   [ยืนยัน]
admin    [ยืนยัน]
bot      เรื่องที่ส่งถึงประชาชนต้องมีผู้เห็นชอบ 2 ท่าน แจ้งผู้ดูแลระบบอีก 1 ท่านแล้ว

What is prepared invites people to answer, and never says what to answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.broadcasting import broadcast_cards as cards
from handlers.broadcasting import broadcast_log
from handlers.common import picking
from handlers.kit import At, Card, Feature, Go, Notice, Reply, Row, Tick, Turn, Words, ask, say, show, words
from itadomain.assessment.windows import Phase
from itadomain.broadcasts import ahead, sending
from itadomain.broadcasts.ahead import Proposal
from itadomain.broadcasts.audiences import on_trial
from itadomain.broadcasts.broadcast import Broadcast, Content, Stage
from itadomain.broadcasts.hours import by_day_only
from itadomain.people import Person, Role
from itadomain.refusals import Refusal

feature = Feature("announcing", roles=frozenset({Role.ADMIN}))

NAMES = {
    Phase.IIT: words("announcing.name_iit"),
    Phase.EIT: words("announcing.name_eit"),
    Phase.OIT: words("announcing.name_oit"),
}
#: Said without a day: what goes by itself was agreed to long before.
TEXTS = {
    Phase.IIT: words("announcing.by_itself_iit"),
    Phase.EIT: words("announcing.by_itself_eit"),
    Phase.OIT: words("announcing.by_itself_oit"),
}
#: It is sent in the language of the country, whoever agrees to it.
SPOKEN = "th"


@dataclass(frozen=True)
class Agreeing:
    """What is agreed to: before which windows, and in which words."""

    phase: str
    text: str = ""


@feature.every(At(9))
def propose(tick: Tick) -> Sequence[Notice]:
    found = ahead.due(tick.store, tick.today)
    admins = tick.store.people.with_role(Role.ADMIN, tick.today) if found else []
    return [notice for one in found for notice in _notices(tick, one, admins)]


@feature.on()
def choices(turn: Turn) -> Reply:
    told = words("announcing.choices")
    rows = [Row(NAMES[phase], _choice(turn, phase)) for phase in NAMES]
    taps = [Go(NAMES[phase], "announcing.choice", {"phase": phase.value}) for phase in NAMES]
    return show(Card(summary=told, title=told, rows=rows, notes=[words("announcing.eit_needs_two")])).offering(*taps)


@feature.on()
def choice(turn: Turn) -> Reply:
    """What will be sent is read before anybody agrees to it."""
    phase = _phase(turn)
    if ahead.goes_by_itself(turn.store, phase):
        return ask(
            "announcing.rather_proposed", then=hold, draft=Agreeing(phase), choices=picking.yes(), name=NAMES[phase]
        )
    text = turn.tell(TEXTS[phase], SPOKEN)
    draft = Agreeing(phase, text)
    return ask("announcing.this_goes", then=agree, draft=draft, choices=picking.yes(), text=text, name=NAMES[phase])


@feature.step
def agree(turn: Turn, draft: Agreeing) -> Reply:
    picking.only_yes(turn)
    phase = Phase(draft.phase)
    asked = ahead.let_go(turn.store, phase, draft.text, turn.who, turn.today)
    broadcast_log.by_itself(turn, phase)
    if not asked:
        return say("announcing.goes_by_itself", name=NAMES[phase]).offering(_tap_choices())
    told = words("announcing.please_agree")
    please = show(Card(summary=told, title=told, taps=(Go(words("measures.tap_open"), "announcing.choices"),)))
    return say("announcing.another_agrees", count=len(asked)).telling(*asked, reply=please)


@feature.step
def hold(turn: Turn, draft: Agreeing) -> Reply:
    picking.only_yes(turn)
    phase = Phase(draft.phase)
    ahead.hold(turn.store, phase)
    broadcast_log.by_itself(turn, phase)
    return say("announcing.is_proposed", name=NAMES[phase]).offering(_tap_choices())


def _notices(tick: Tick, one: Proposal, admins: Sequence[Person]) -> Sequence[Notice]:
    """Nothing goes by itself that would not be sent if somebody asked for it now."""
    made = _made(tick, one) if one.by_itself and admins else None
    told = words("announcing.goes_today") if made else words("announcing.proposed")
    values = {"phase": one.window.phase.value, "year": one.window.fiscal_year}
    draft = Go(words("announcing.tap_draft"), "broadcast.prepared", values)
    tap = Go(words("broadcasts.tap_look"), "broadcasts.one", {"id": made.id}) if made else draft
    days = words("announcing.window", name=NAMES[one.window.phase], **cards.days_of(one.window))
    reply = show(Card(summary=told, title=told, notes=[days], taps=(tap,)))
    notices = [Notice(admin, reply) for admin in admins]
    return [Notice(admins[0], reply.doing(cards.to_send(made))), *notices[1:]] if made else notices


def _made(tick: Tick, one: Proposal) -> Broadcast | None:
    """The broadcast that goes by itself; None where it cannot, so that it is proposed instead."""
    audience = ahead.AUDIENCES[one.window.phase]
    trial = on_trial(tick.store)
    found = sending.cost(tick.store, audience, tick.today, trial=trial)
    try:
        sending.affordable(found)
    except Refusal:
        return None
    content = Content(ahead.text_of(tick.store, one.window.phase))
    send_at = by_day_only(tick.now) if audience.citizens else tick.now  # it may be caught up at night
    made = Broadcast(
        tick.store.new_id(), audience, content, "", tick.now, Stage.SCHEDULED, send_at, found.people,
        trial=trial, about=one.about,
    )  # fmt: skip
    tick.store.broadcasts.save(made)
    broadcast_log.made_by_itself(tick, made)
    return made


def _phase(turn: Turn) -> Phase:
    named = str(turn.values.get("phase", ""))
    if named not in {phase.value for phase in NAMES}:
        raise Refusal("announcing.which_phase")
    return Phase(named)


def _choice(turn: Turn, phase: Phase) -> Words:
    if ahead.goes_by_itself(turn.store, phase):
        return words("announcing.chosen_by_itself")
    asked = ahead.asked_by(turn.store, phase)
    return words("announcing.chosen_half" if asked else "announcing.chosen_proposed")


def _tap_choices() -> Go:
    return Go(words("announcing.tap_choices"), "announcing.choices")
