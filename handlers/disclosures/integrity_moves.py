"""What a receiver does with a disclosure that is shown: take it up, look into it, ask, answer, note, close.

receiver [ปิดเรื่อง]
bot      ผลเป็นอย่างไรคะ   [มีมูล] [ไม่มีมูล] [ข้อมูลไม่พอ] [หน่วยงานอื่นรับได้]
receiver [หน่วยงานอื่นรับได้]
bot      หน่วยงานใดคะ   [สำนักงาน ป.ป.ช.] …
receiver [สำนักงาน ป.ป.ช.]
bot      พิมพ์ข้อความถึงผู้แจ้ง หรือเลือกแบบ   [แบบที่ 1] [แบบที่ 2]
receiver [แบบที่ 1]
bot      [card: ข้อความที่ผู้แจ้งจะได้อ่าน …]   [ส่งเลย] [แก้ข้อความ]
receiver [ส่งเลย]
bot      ปิดเรื่องแล้ว ผู้แจ้งอ่านได้ด้วยรหัส
         (its reporter, where they wanted that)   bot   มีข้อความใหม่จาก …   [เปิดดู]
"""

from dataclasses import replace

from handlers.common import leaving, picking
from handlers.common.labels import shortened
from handlers.common.leaving import writing
from handlers.disclosures import integrity_cards as cards
from handlers.disclosures import integrity_log as log
from handlers.disclosures.integrity_deeds import NOTE, READY, TAPS, Doing, doable, make, too_late
from handlers.kit import LEAVING, Answer, Feature, Go, Reply, Row, Tap, Turn, Words, ask, show, words
from itadomain.cases.case import Voice, line
from itadomain.integrity import working
from itadomain.integrity.disclosure import Disclosure, Outcome
from itadomain.integrity.news import looked
from itadomain.integrity.outside import bodies
from itadomain.integrity.stages import Step
from itadomain.people import LANGUAGES, Role
from itadomain.refusals import Refusal

feature = Feature("integrity_moves", roles=frozenset({Role.INTEGRITY}))

SEND, AGAIN = "send", "again"


def shown(turn: Turn, one: Disclosure) -> Reply:
    """One, and what can be done with it."""
    log.looked(turn, one.id)
    looked(turn.store, turn.who)
    taps = [Answer(TAPS[what], f"{what}:{one.id}") for what in doable(turn, one)]
    reply = show(cards.card(turn, one)).offering(*taps, *_besides(one), cards.tap_list())
    return replace(reply, then=act)


@feature.step
def act(turn: Turn) -> Reply:
    """Something that can be done with the one that was shown."""
    what, _, disclosure_id = turn.chosen.partition(":")
    if what not in TAPS:
        raise Refusal("integrity.which_deed")
    return _go_on(turn, Doing(disclosure_id, what))


@feature.step
def hear_outcome(turn: Turn, draft: Doing) -> Reply:
    if turn.chosen not in set(Outcome):
        raise Refusal("integrity.which_outcome")
    return _go_on(turn, replace(draft, outcome=turn.chosen))


@feature.step
def hear_body(turn: Turn, draft: Doing) -> Reply:
    """By its number in the list, since a tap carries less than a long name."""
    known = [one.name for one in bodies(turn.store.settings)]
    named = picking.ready_or_own(turn, known).strip()
    if named not in known:
        raise Refusal("integrity.which_body")
    return _go_on(turn, replace(draft, body=named))


@writing(feature)
def hear_words(turn: Turn, draft: Doing) -> Reply:
    """Words of one's own, or one of those that were offered, by its number."""
    said = picking.ready_or_own(turn, _offered(turn, draft))
    return _go_on(turn, replace(draft, words=line(Voice.NOTE, turn.who.id, turn.today, said).words))


@feature.hearing(LEAVING)
def confirm(turn: Turn, draft: Doing) -> Reply:
    if turn.chosen == LEAVING:
        return leaving.sure(drop, draft)
    if turn.chosen == AGAIN:
        return _go_on(turn, replace(draft, words=""))
    if turn.chosen != SEND:
        raise Refusal("integrity.send_or_mend")
    return make(turn, draft)


@feature.hearing(LEAVING)
def drop(turn: Turn, draft: Doing) -> Reply:
    """What was written is left only once that was said twice."""
    return leaving.left(turn) if leaving.drops(turn) else _go_on(turn, draft)


def _besides(one: Disclosure) -> list[Tap]:
    """Who reads it, and who brought it where that was told."""
    about = {"id": one.id}
    who = [Go(words("integrity.tap_who"), "integrity_reveal.look", about)] if one.identity.named else []
    return [Go(words("integrity.tap_readers"), "integrity_readers.of_one", about), *who]


def _go_on(turn: Turn, doing: Doing) -> Reply:
    """Ask for what is still needed, then show what its reporter will read."""
    found = working.find(turn.store, doing.disclosure, turn.who)
    if doing.what not in doable(turn, found):
        return too_late(found)
    if doing.what in working.WORDLESS or (doing.what == NOTE and doing.words):
        return make(turn, doing)
    if doing.what == Step.CLOSE and not doing.outcome:
        taps = [Answer(name, outcome.value) for outcome, name in cards.OUTCOMES.items()]
        return ask("integrity.what_outcome", then=hear_outcome, draft=doing, choices=taps)
    if doing.outcome == Outcome.BEYOND and not doing.body:
        known = enumerate(bodies(turn.store.settings), 1)
        taps = [Answer(shortened(one.name), str(no)) for no, one in known]
        return ask("integrity.what_body", then=hear_body, draft=doing, choices=taps)
    return _confirm(turn, doing) if doing.words else _which_words(turn, found, doing)


def _which_words(turn: Turn, one: Disclosure, doing: Doing) -> Reply:
    """What is to be said: written, or one of the ready sentences."""
    if doing.what == NOTE:
        return ask("integrity.write_note", then=hear_words, draft=doing)
    offered = list(enumerate(_offered(turn, doing), 1))
    rows = [Row(words("integrity.ready", no=no), ready) for no, ready in offered]
    taps = [Answer(words("integrity.tap_ready", no=no), str(no)) for no, _ in offered]
    card = cards.confirming(words("integrity.write_or_pick"), rows)
    return replace(show(card).offering(*taps), then=hear_words, draft=doing)


def _offered(turn: Turn, doing: Doing) -> list[str]:
    """The ready sentences, in the language of its reporter where that is known."""
    keys = READY.get(doing.outcome or doing.what, ())
    found = working.find(turn.store, doing.disclosure, turn.who)
    reporter = working.told_of_news(turn.store, found, turn.who, turn.today)
    return [turn.tell(Words(key), reporter.language if reporter else LANGUAGES[0]) for key in keys]


def _confirm(turn: Turn, doing: Doing) -> Reply:
    outcome = cards.OUTCOMES[Outcome(doing.outcome)] if doing.outcome else ""
    facts = (
        (words("integrity.outcome"), outcome),
        (words("integrity.body"), doing.body),
        (words("integrity.words"), doing.words),
    )
    card = cards.confirming(words("integrity.will_be_read"), [Row(label, value) for label, value in facts if value])
    taps = (Answer(words("integrity.tap_send"), SEND), Answer(words("integrity.tap_again"), AGAIN))
    return replace(show(card).offering(*taps), then=confirm, draft=doing)
