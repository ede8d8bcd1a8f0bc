"""Who reads a disclosure: bring another receiver in, leave it to the others, or take out one who is meant.

receiver [ผู้รับเรื่อง]
bot      [card: ผู้ที่อ่านเรื่องนี้ได้ สมหญิง, วิชัย]   [ให้ร่วมดูแล] [ขอถอนตัว] [นำผู้เกี่ยวข้องออก]
receiver [ให้ร่วมดูแล]
bot      ให้ผู้ใดร่วมดูแลคะ   [สมชาย] …
receiver [สมชาย]
bot      ให้ร่วมดูแลแล้ว
         (สมชาย)  bot  มีรายการรอท่าน   [เปิดดู]
receiver [นำผู้เกี่ยวข้องออก]
bot      ผู้ใดเกี่ยวข้องคะ   [วิชัย]
receiver [วิชัย]
bot      เพราะเหตุใดคะ …
receiver เป็นญาติกับผู้ถูกกล่าวหา
bot      ผู้นั้นอ่านเรื่องนี้ไม่ได้แล้ว
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.common import picking
from handlers.common.leaving import writing
from handlers.disclosures import integrity_cards as cards
from handlers.disclosures import integrity_log as log
from handlers.kit import Card, Feature, Go, Reply, Row, Turn, ask, say, show, words
from itadomain.integrity import sharing, working
from itadomain.integrity.disclosure import Disclosure
from itadomain.people import LANGUAGES, Person, Role

feature = Feature("integrity_readers", roles=frozenset({Role.INTEGRITY}))


@dataclass(frozen=True)
class Reading:
    """The disclosure, and whose key of it is taken."""

    disclosure: str
    person: str = ""


@feature.on()
def of_one(turn: Turn) -> Reply:
    found = _meant(turn)
    log.looked(turn, found.id)
    about = {"id": found.id}
    card = Card(
        summary=words("integrity.opened"),
        title=words("integrity.who_reads"),
        rows=[Row(words("integrity.readers"), cards.names(working.readers(turn.store, found, turn.today)))],
        notes=[words("integrity.who_never_reads")],
    )
    return show(card).offering(
        Go(words("integrity.tap_share"), "integrity_readers.share", about),
        Go(words("integrity.tap_leave"), "integrity_readers.leave", about),
        Go(words("integrity.tap_take_out"), "integrity_readers.take_out", about),
        cards.tap_one(found.id),
    )


@feature.on()
def share(turn: Turn) -> Reply:
    return _whom_to_share(turn, _meant(turn))


@feature.step
def pick_receiver(turn: Turn, draft: Reading) -> Reply:
    found = working.find(turn.store, draft.disclosure, turn.who)
    if picking.page_turned(turn) is not None:
        return _whom_to_share(turn, found)
    picked = picking.person_chosen(turn, sharing.shareable(turn.store, found, turn.today))
    told = turn.tell(words("integrity.note_shared", name=picked.name), LANGUAGES[0])
    other = sharing.share(turn.store, found.id, picked.id, told, turn.who, turn.today)
    log.shared(turn, found.id, given=other.id)
    reply = say("integrity.shared", name=other.name).offering(cards.tap_one(found.id), cards.tap_list())
    return cards.tell_receivers(reply, [other])


@feature.on()
def leave(turn: Turn) -> Reply:
    found = _meant(turn)
    return ask("integrity.leave_really", then=hear_leave, choices=picking.yes(), draft=Reading(found.id))


@feature.step
def hear_leave(turn: Turn, draft: Reading) -> Reply:
    picking.only_yes(turn)
    told = turn.tell(words("integrity.note_left", name=turn.who.name), LANGUAGES[0])
    sharing.leave(turn.store, draft.disclosure, told, turn.who, turn.today)
    log.shared(turn, draft.disclosure, taken=turn.who.id)
    return say("integrity.left").offering(cards.tap_list())


@feature.on()
def take_out(turn: Turn) -> Reply:
    return _whom_to_take_out(turn, _meant(turn))


@feature.step
def pick_meant(turn: Turn, draft: Reading) -> Reply:
    found = working.find(turn.store, draft.disclosure, turn.who)
    if picking.page_turned(turn) is not None:
        return _whom_to_take_out(turn, found)
    picked = picking.person_chosen(turn, _others(turn, found))
    return ask("integrity.why_take_out", then=hear_reason, draft=replace(draft, person=picked.id), name=picked.name)


@writing(feature)
def hear_reason(turn: Turn, draft: Reading) -> Reply:
    """The reason stays with the disclosure; whoever is taken out hears only that something changed."""
    gone = sharing.take_out(turn.store, draft.disclosure, draft.person, turn.text, turn.who, turn.today)
    log.shared(turn, draft.disclosure, taken=draft.person)
    reply = say("integrity.taken_out").offering(cards.tap_one(draft.disclosure), cards.tap_list())
    if gone is None or not working.is_receiver(gone):
        return reply
    changed = words("integrity.changed")
    tap = Go(words("measures.tap_open"), "integrity.all")
    return reply.telling(gone, reply=show(Card(summary=changed, title=changed, taps=(tap,))))


def _whom_to_share(turn: Turn, found: Disclosure) -> Reply:
    those = sharing.shareable(turn.store, found, turn.today)
    if not those:
        return _back_to(say("integrity.nobody_to_share"), found)
    choices = picking.people(turn, those)
    return ask("integrity.share_with", then=pick_receiver, choices=choices, draft=Reading(found.id))


def _whom_to_take_out(turn: Turn, found: Disclosure) -> Reply:
    those = _others(turn, found)
    if not those:
        return _back_to(say("integrity.nobody_else_reads"), found)
    choices = picking.people(turn, those)
    return ask("integrity.who_is_meant", then=pick_meant, choices=choices, draft=Reading(found.id))


def _back_to(reply: Reply, found: Disclosure) -> Reply:
    return reply.offering(cards.tap_one(found.id), cards.tap_list())


def _others(turn: Turn, found: Disclosure) -> Sequence[Person]:
    return [one for one in working.readers(turn.store, found, turn.today) if one.id != turn.who.id]


def _meant(turn: Turn) -> Disclosure:
    return working.find(turn.store, str(turn.values.get("id", "")), turn.who)
