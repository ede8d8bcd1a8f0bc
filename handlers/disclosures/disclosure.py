"""Tell of corruption (แจ้งเบาะแส): outside LINE first, else here, a question at a time, for a code to follow it by.

villager จะแจ้งทุจริต
bot      [card: who reads it, what LINE and the phone keep, no promise of safety]
         [แจ้งทางเว็บ (แนะนำ)] [แจ้งในแชทนี้ ไม่มีชื่อ] [แจ้งในแชท ติดต่อกลับได้] [ติดตามด้วยรหัส] [หน่วยงานภายนอก]
villager [แจ้งในแชทนี้ ไม่มีชื่อ]
bot      เรื่องนี้เกี่ยวกับใครคะ …   [ผู้บริหาร] [ไม่ทราบ] [กองคลัง] [กองช่าง]
villager [กองช่าง]
bot      ผู้รับเรื่อง 2 คนจะอ่านได้ คนในกองช่างเปิดอ่านไม่ได้   [เล่าต่อ] [เพิ่มชื่อหรือหน่วย]
villager [เล่าต่อ]
bot      บอกแล้ว 1 จาก 5 / เกิดอะไรขึ้นคะ …   [ข้าม]
villager เรียกเงินห้าพันก่อนเซ็นใบอนุญาต
…        (เมื่อใด ที่ไหน มีอะไรให้ตรวจสอบ)
bot      [card: all of it, how far it goes, how many will read it]   [ส่ง] [แก้ไข]
villager [ส่ง]
bot      ส่งแล้ว … / K7QX-93FD-AB12-CD34 / จดรหัสแล้วลบแชทนี้ …

What was typed before a way was chosen is offered when it is asked what happened, and not kept where no way is open.
Where staff of the account read its chat, a form closes the ways in LINE; without a form they are warned about first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps

from handlers.common import leaving, picking, unsending
from handlers.common.complaint_draft import SENT, beside_words
from handlers.common.contents import removal
from handlers.disclosures import disclosure_cards as cards
from handlers.disclosures import disclosure_whom as whom
from handlers.disclosures.disclosure_draft import (
    ABOUT,
    BACK,
    CONTACT,
    DOOR,
    MEND,
    NAME,
    READERS,
    REVIEW,
    TELLING,
    WATCHED,
    Telling,
    is_story,
    short,
    with_first,
    with_part,
    with_place,
    without,
)
from handlers.disclosures.disclosure_following import feature, follow, opened, typed
from handlers.kit import LEAVING, Answer, Card, Reply, Tap, Turn, Words, ask, words
from itadomain.integrity.clues import asks_after, tells
from itadomain.integrity.coach import knows_nothing
from itadomain.integrity.disclosure import LONGEST_ANSWER, Accused, Part, Way
from itadomain.integrity.filing import file
from itadomain.integrity.receipts import code_alone
from itadomain.integrity.recusal import receivers
from itadomain.refusals import Refusal

__all__ = ["begin", "feature"]

SKIP, GO_ON, MORE, SEND, FIRST = "skip", "go_on", "more", "send", "first"
#: What is typed where a tap cannot be seen.
SEND_TYPED = {"ส่ง", "ส่งเลย", "send"}
ASKED = {
    Part.WHAT: words("disclosure.ask_what"),
    Part.WHEN: words("disclosure.ask_when"),
    Part.WHERE: words("disclosure.ask_where"),
    Part.EVIDENCE: words("disclosure.ask_evidence"),
}


def _question(step: Callable[[Turn, Telling], Reply]) -> Callable[[Turn, Telling], Reply]:
    """A step to which a place is where it was; what is taken back is taken out, and leaving is asked about."""

    @feature.hearing(*SENT, LEAVING)
    @wraps(step)
    def hear(turn: Turn, draft: Telling) -> Reply:
        if turn.chosen == LEAVING:
            return leaving.sure(drop, draft) if draft.much else cards.forgotten()
        if beside_words(turn):
            return _beside(turn, draft)
        if code := code_alone(turn.text):
            if draft.much:
                raise Refusal("disclosure.send_first")
            return opened(turn, code)
        return step(turn, draft)

    return hear


@feature.on("intent:report_corruption")
def start(turn: Turn) -> Reply:
    """What is half told goes on; what was said in so many words is kept for when it is asked for."""
    said = [[turn.message, turn.text.strip()]] if tells(turn.text) else []
    if turn.asked.startswith("disclosure.") and "asking" in turn.draft:
        draft = Telling(**turn.draft)
        return (
            _first(words("disclosure.goes_on"), _asked(turn, draft))
            if draft.way
            else begin(turn, [*draft.first, *said])
        )
    return typed(turn) or (follow(turn) if asks_after(turn.text) else begin(turn, said))


def begin(turn: Turn, told: Sequence[Sequence[str]] = ()) -> Reply:
    """The door, with what was told already; nothing of it is kept where it cannot be told here."""
    if not receivers(turn.store, Accused(), turn.today):
        return cards.outside(turn, words("disclosure.no_receiver")).offering(cards.tap_follow())
    if cards.watched(turn) and turn.store.office.form:
        return cards.door(turn, also=[words("disclosure.closed_here")])
    fits = len("\n".join(said for _, said in told)) <= LONGEST_ANSWER
    too_long = () if fits else (words("disclosure.tell_it_again", most=LONGEST_ANSWER),)
    return _door(turn, Telling(first=told if fits else ()), *too_long)


@feature.on()
def outside(turn: Turn) -> Reply:
    return cards.outside(turn)


@_question
def choose_way(turn: Turn, draft: Telling) -> Reply:
    if turn.chosen == BACK:
        return _asked(turn, replace(draft, asking=BACK))
    if turn.chosen == Way.CHAT:
        return _goes(turn, draft, Way.CHAT)
    if turn.chosen or not is_story(turn):
        raise Refusal("disclosure.one_of_the_ways")
    again = _door(turn, with_first(turn, draft))
    return replace(again, bubbles=(words("disclosure.choose_first"),))


@_question
def choose_back(turn: Turn, draft: Telling) -> Reply:
    if turn.chosen not in {Way.NOTICE, Way.NAMED}:
        raise Refusal("disclosure.one_of_these")
    return _goes(turn, draft, Way(turn.chosen))


@_question
def hear_watched(turn: Turn, draft: Telling) -> Reply:
    if turn.chosen != GO_ON:
        raise Refusal("disclosure.one_of_these")
    return _asked(turn, replace(draft, asking=ABOUT))


@_question
def hear_about(turn: Turn, draft: Telling) -> Reply:
    """Whoever is meant is known before anything is told, to say who may read it; a sentence may be the story, too."""
    page = picking.page_turned(turn)
    if page is not None:
        return _asked(turn, replace(draft, page=page))
    aimed = whom.aimed(turn, whom.with_story(turn, draft))
    if not whom.reading(turn, aimed):
        return cards.outside(turn, words("disclosure.nobody_left"))
    return _asked(turn, replace(aimed, asking=READERS, page=0))


@_question
def hear_readers(turn: Turn, draft: Telling) -> Reply:
    if turn.chosen == MORE:
        return _asked(turn, replace(draft, asking=ABOUT))
    if not turn.chosen and turn.meant in TELLING:
        return hear_about(turn, draft)
    if turn.chosen != GO_ON:
        raise Refusal("disclosure.one_of_these")
    return _asked(turn, draft.having_asked(Part.WHO).having_asked(ABOUT))


@_question
def tell(turn: Turn, draft: Telling) -> Reply:
    """One bubble is the answer; it can be told differently before it is sent."""
    if turn.chosen == FIRST:
        told = {**draft.told, draft.asking: draft.story}
        return _asked(turn, replace(draft, told=told).having_asked(draft.asking))
    if turn.chosen == SKIP or (turn.text.strip() and knows_nothing(turn.text)):
        return _asked(turn, draft.having_asked(draft.asking))
    return _asked(turn, with_part(turn, draft, draft.asking, turn.text))


@_question
def hear_name(turn: Turn, draft: Telling) -> Reply:
    """A name, or a way to reach them: neither has to be told."""
    key, said = draft.asking, "" if turn.chosen == SKIP else short(turn)
    told = replace(draft, name=said) if key == NAME else replace(draft, contact=said)
    return _asked(turn, told.of_message(turn.message, key).having_asked(key))


@_question
def review(turn: Turn, draft: Telling) -> Reply:
    if turn.chosen == MEND:
        return _asked(turn, replace(draft, asking=MEND))
    if turn.chosen != SEND and turn.text.strip().casefold() not in SEND_TYPED:
        raise Refusal("disclosure.send_or_mend")
    if not whom.reading(turn, draft):
        return _asked(turn, draft)  # somebody's post changed meanwhile: the card says that nobody may read it
    file(turn.store, draft.to_seal(turn.who.id), draft.code, turn.today)
    return cards.sent(turn, draft)


@_question
def mend(turn: Turn, draft: Telling) -> Reply:
    if turn.chosen not in {one.value for one in cards.mendable(draft)}:
        raise Refusal("disclosure.which_to_mend")
    if turn.chosen == ABOUT:
        draft = replace(draft, units=(), executives=False, about="")
    return _asked(turn, draft.asking_again(turn.chosen))


@feature.hearing(*SENT, LEAVING)
def drop(turn: Turn, draft: Telling) -> Reply:
    if beside_words(turn):
        return _beside(turn, draft)
    return cards.forgotten() if leaving.drops(turn) else _asked(turn, draft)


def _goes(turn: Turn, draft: Telling, way: Way) -> Reply:
    """On with a way; where staff read the chat, that is said once more, alone."""
    return _asked(turn, replace(draft, way=way.value, asking=WATCHED if cards.watched(turn) else ABOUT))


def _asked(turn: Turn, draft: Telling) -> Reply:
    """The question that is open."""
    return QUESTIONS[draft.asking](turn, draft)


def _door(turn: Turn, draft: Telling, *also: Words) -> Reply:
    """The ways, and that nothing of what was typed has gone anywhere."""
    ways = [Answer(words("disclosure.tap_chat"), Way.CHAT.value), Answer(words("disclosure.tap_back"), BACK)]
    reply = replace(cards.door(turn, *ways), then=choose_way, draft=draft)
    kept = (words("disclosure.not_sent_yet"),) if draft.first else ()
    return reply.adding(*also, *kept)


def _ask_back(_turn: Turn, draft: Telling) -> Reply:
    return ask("disclosure.how_back", then=choose_back, draft=draft, choices=cards.ways_back())


def _ask_watched(_turn: Turn, draft: Telling) -> Reply:
    on: list[Tap] = [Answer(words("disclosure.tap_go_on"), GO_ON), cards.tap_outside()]
    return ask("disclosure.watched_go_on", then=hear_watched, draft=draft, choices=on)


def _ask_about(turn: Turn, draft: Telling) -> Reply:
    return ask("disclosure.ask_about", then=hear_about, draft=draft, choices=whom.taps(turn, draft))


def _ask_readers(turn: Turn, draft: Telling) -> Reply:
    taps = [Answer(words("disclosure.tap_go_on"), GO_ON), Answer(words("disclosure.tap_add_whom"), MORE)]
    said = whom.who_may_read(turn, draft)
    return Reply(said, taps=[*taps, cards.tap_outside()], then=hear_readers, draft=draft)


def _ask_part(_turn: Turn, draft: Telling) -> Reply:
    said, taps = [cards.meter(draft), ASKED[Part(draft.asking)]], [Answer(words("disclosure.tap_skip"), SKIP)]
    if draft.asking == Part.WHAT and draft.first and Part.WHAT not in draft.told:
        said[1] = words("disclosure.use_first", words=draft.story)
        taps.insert(0, Answer(words("disclosure.tap_use_first"), FIRST))
    return Reply(said, taps=taps, then=tell, draft=draft)


def _ask_name(_turn: Turn, draft: Telling) -> Reply:
    key = "disclosure.ask_name" if draft.asking == NAME else "disclosure.ask_contact"
    return Reply((Words(key),), taps=[Answer(words("disclosure.tap_skip"), SKIP)], then=hear_name, draft=draft)


def _ask_review(turn: Turn, draft: Telling) -> Reply:
    """All of it, under the code that it will have; nothing is sent for nobody, nor of nothing."""
    if not draft.parts:
        return _first(words("disclosure.nothing_told"), _asked(turn, draft.asking_again(Part.WHAT)))
    reading = whom.reading(turn, draft)
    send = [Answer(words("disclosure.tap_send"), SEND)] if reading else []
    taps: list[Tap] = [*send, Answer(words("disclosure.tap_mend"), MEND), *(() if reading else (cards.tap_outside(),))]
    draft = replace(draft, code=draft.code or turn.store.disclosures.new_code())
    return Reply((cards.review(draft, reading, *whom.same_house(turn, draft)),), taps=taps, then=review, draft=draft)


def _ask_mend(_turn: Turn, draft: Telling) -> Reply:
    return ask("disclosure.what_to_mend", then=mend, draft=draft, choices=cards.mendable(draft))


def _beside(turn: Turn, draft: Telling) -> Reply:
    """A place is where it was; nothing is said of what was taken back, unless it told whom it is about."""
    if "kind" in turn.values:
        return _asked(turn, with_place(turn, draft))
    left, gone = without(draft, str(turn.values["message"])), removal([unsending.take_back(turn)])
    asked = _asked(turn, left)
    return (asked if left.asking != draft.asking else replace(asked, bubbles=())).doing(*gone)


def _first(said: Words, reply: Reply) -> Reply:
    bubbles: Sequence[Words | Card] = (said, *reply.bubbles)
    return replace(reply, bubbles=bubbles)


QUESTIONS: Mapping[str, Callable[[Turn, Telling], Reply]] = {
    DOOR: _door, BACK: _ask_back, WATCHED: _ask_watched, ABOUT: _ask_about, READERS: _ask_readers,
    **dict.fromkeys(ASKED, _ask_part), NAME: _ask_name, CONTACT: _ask_name, REVIEW: _ask_review, MEND: _ask_mend,
}  # fmt: skip
