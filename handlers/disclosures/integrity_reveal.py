"""See who brought a disclosure, where a name was told: with a reason, and when another receiver agrees.

receiver [ผู้แจ้งคือใคร]
bot      ผู้แจ้งบอกชื่อไว้ ยังไม่เปิด …   [ขอดูชื่อ]
receiver [ขอดูชื่อ]
bot      ต้องการดูชื่อเพราะเหตุใดคะ ผู้แจ้งจะได้อ่านเหตุผลนี้
receiver ต้องนัดให้ถ้อยคำ
bot      แจ้งผู้รับเรื่องอีกคนแล้ว
         (the other)  bot  มีรายการรอท่าน   [เปิดดู]
other    [ผู้แจ้งคือใคร]
bot      [card: มีผู้ขอดูชื่อผู้แจ้ง เหตุผล …]   [ยินยอม] [ไม่ยินยอม]
other    [ยินยอม]
bot      ยินยอมแล้ว
receiver [ดูชื่อ]
bot      [card: the name, and the way to reach them]

Where nobody else may read it, whoever asked waits a day. The reporter is told of each step, under the code.
"""

from dataclasses import dataclass

from handlers.common.leaving import writing
from handlers.disclosures import integrity_cards as cards
from handlers.disclosures import integrity_log as log
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, ask, say, show, words
from itadomain.integrity import revealing, working
from itadomain.integrity.disclosure import Disclosure, Reveal
from itadomain.people import LANGUAGES, Role
from itadomain.refusals import Refusal

feature = Feature("integrity_reveal", roles=frozenset({Role.INTEGRITY}))

AGREE, REFUSE = "agree", "refuse"


@dataclass(frozen=True)
class About:
    """Which disclosure it is, and when it was asked, so that nobody agrees to a reason that they did not read."""

    disclosure: str
    asked_at: str = ""


@feature.on()
def look(turn: Turn) -> Reply:
    """How far it is from being seen."""
    found = _meant(turn)
    if not found.identity.named:
        raise Refusal("integrity.no_name")
    asked = found.reveal if found.reveal and found.reveal.agreed else revealing.pending(turn.store, found, turn.today)
    if asked is None:
        ask_for_it = Go(words("integrity.tap_ask_who"), "integrity_reveal.ask_who", {"id": found.id})
        return say("integrity.name_is_sealed").offering(ask_for_it, cards.tap_one(found.id))
    if asked.agreed:
        see = Go(words("integrity.tap_see"), "integrity_reveal.see", {"id": found.id})
        return say("integrity.may_be_seen").offering(see, cards.tap_one(found.id))
    return _own_waits(turn, found, asked) if asked.by == turn.who.id else _others_asks(turn, found, asked)


@feature.on()
def ask_who(turn: Turn) -> Reply:
    return ask("integrity.why_who", then=hear_why, draft=About(_meant(turn).id))


@writing(feature)
def hear_why(turn: Turn, draft: About) -> Reply:
    done = revealing.ask(turn.store, draft.disclosure, turn.text, turn.who, turn.at, turn.today)
    log.asked_who(turn, draft.disclosure, "asked")
    others = revealing.agreeing(turn.store, done.disclosure, turn.today)
    told = say("integrity.who_is_asked", names=cards.names(others)) if others else say("integrity.wait_a_day")
    reply = cards.tell_receivers(told.offering(cards.tap_one(draft.disclosure), cards.tap_list()), others)
    return cards.tell_reporter(turn, reply, done)


@feature.step
def answer(turn: Turn, draft: About) -> Reply:
    asked = working.find(turn.store, draft.disclosure, turn.who).reveal
    if asked is None or asked.asked_at != draft.asked_at:
        raise Refusal("integrity.not_asked")
    if turn.chosen == REFUSE:
        return ask("integrity.why_not", then=hear_why_not, draft=draft)
    if turn.chosen != AGREE:
        raise Refusal("integrity.agree_or_not")
    return _agreed(turn, draft.disclosure)


@writing(feature)
def hear_why_not(turn: Turn, draft: About) -> Reply:
    asked = working.find(turn.store, draft.disclosure, turn.who).reveal
    told = turn.tell(words("integrity.told_not_seen"), LANGUAGES[0])
    done = revealing.refuse(turn.store, draft.disclosure, turn.text, told, turn.who, turn.today)
    log.asked_who(turn, draft.disclosure, "refused")
    reply = say("integrity.name_stays").offering(cards.tap_one(draft.disclosure), cards.tap_list())
    return cards.tell_reporter(turn, _telling_asker(turn, reply, asked), done)


@feature.on()
def alone(turn: Turn) -> Reply:
    """Nobody else is there to agree, and a day has passed."""
    return _agreed(turn, _meant(turn).id)


@feature.on()
def see(turn: Turn) -> Reply:
    """The name is shown, which is written down each time."""
    found = _meant(turn)
    who = revealing.shown(turn.store, found.id, turn.who)
    log.shown_who(turn, found.id)
    rows = [Row(words("integrity.name"), who.name or "-"), Row(words("integrity.contact"), who.contact or "-")]
    card = Card(
        summary=words("integrity.opened"),
        title=words("integrity.who_told"),
        rows=rows,
        notes=[words("integrity.keep_it_to_yourself")],
    )
    return show(card).offering(cards.tap_one(found.id), cards.tap_list())


def _own_waits(turn: Turn, found: Disclosure, asked: Reveal) -> Reply:
    others = revealing.agreeing(turn.store, found, turn.today)
    if others:
        return say("integrity.who_is_asked", names=cards.names(others)).offering(cards.tap_one(found.id))
    if turn.at < revealing.alone_from(asked):
        return say("integrity.wait_a_day").offering(cards.tap_one(found.id))
    tap = Go(words("integrity.tap_alone"), "integrity_reveal.alone", {"id": found.id})
    return say("integrity.alone_now").offering(tap, cards.tap_one(found.id))


def _others_asks(turn: Turn, found: Disclosure, asked: Reveal) -> Reply:
    """Who asks and why, on a card: words of it stand on no lock screen."""
    person = turn.store.people.get(asked.by, turn.today)
    rows = [
        Row(words("integrity.who_asks"), person.name if person else "-"),
        Row(words("integrity.reason"), asked.reason),
    ]
    taps = (Answer(words("integrity.tap_agree"), AGREE), Answer(words("integrity.tap_refuse"), REFUSE))
    card = Card(summary=words("integrity.opened"), title=words("integrity.name_asked"), rows=rows)
    return Reply((card,), taps=(*taps, cards.tap_one(found.id)), then=answer, draft=About(found.id, asked.asked_at))


def _agreed(turn: Turn, disclosure_id: str) -> Reply:
    done = revealing.agree(turn.store, disclosure_id, turn.who, turn.at, turn.today)
    log.asked_who(turn, disclosure_id, "agreed")
    see = Go(words("integrity.tap_see"), "integrity_reveal.see", {"id": disclosure_id})
    reply = say("integrity.agreed").offering(see, cards.tap_one(disclosure_id))
    return cards.tell_reporter(turn, _telling_asker(turn, reply, done.disclosure.reveal), done)


def _telling_asker(turn: Turn, reply: Reply, asked: Reveal | None) -> Reply:
    person = turn.store.people.get(asked.by, turn.today) if asked and asked.by != turn.who.id else None
    return cards.tell_receivers(reply, [person] if person and working.is_receiver(person) else [])


def _meant(turn: Turn) -> Disclosure:
    found = working.find(turn.store, str(turn.values.get("id", "")), turn.who)
    log.looked(turn, found.id)
    return found
