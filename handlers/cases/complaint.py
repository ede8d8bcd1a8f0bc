"""Tell of a problem, a suggestion or praise, in any order, and get a number to follow it by.

villager ไฟถนนดับหน้าวัด หมู่ 3
bot      เก็บเรื่องนี้เพื่อแก้ไขและตอบท่าน … / ยังไม่ได้ส่ง เล่าเพิ่ม ส่งรูป เสียง ตำแหน่งได้   [ส่งเรื่อง] [อ่านเพิ่ม]
villager [photo]
bot      รับไว้แล้ว: ข้อความ 1, รูปและอื่น ๆ 1 …   [ส่งเรื่อง]
villager [ส่งเรื่อง]
bot      เรื่องนี้เกี่ยวกับอะไรคะ   [ไฟถนน/ไฟฟ้าสาธารณะ] [ถนน ทางเท้า] [น้ำประปา] [เรื่องอื่น]
villager [ไฟถนน/ไฟฟ้าสาธารณะ]
bot      ให้ติดต่อกลับทางใดคะ   [ตอบในแชทนี้]
villager [ตอบในแชทนี้]
bot      [card: what will be sent]   [ส่ง] [แก้ไข] [แจ้งแทนผู้อื่น]
villager [ส่ง]
bot      [card: 69-000123-C, จะแจ้งรับเรื่องภายใน … จะตอบภายใน …]   [ถึงไหนแล้ว]
officer  รับเรื่องจากช่องทางอื่น
bot      เรื่องมาทางใดคะ   [มาที่สำนักงาน] [โทรศัพท์] [ตู้รับเรื่อง] [หนังสือ] [อื่น ๆ]

Only what the words did not tell is asked, one thing at a time. Words of corruption are asked about once: they are
safer elsewhere.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from handlers.cases import complaint_cards as cards
from handlers.cases.case_cards import CHANNELS, tell_officers
from handlers.common import case_log, leaving, picking
from handlers.common.complaint_draft import (
    CONTACT,
    LANDMARK,
    PERSON,
    SENT,
    VILLAGE,
    Draft,
    beside_words,
    detail,
    is_last,
    open_draft,
    put_away,
    with_sent,
    with_words,
)
from handlers.disclosures import disclosure
from handlers.kit import LEAVING, Answer, Feature, Go, Map, Reply, Tap, Turn, Words, ask, words
from handlers.surveying import survey_questions
from itadomain.cases.case import Channel, Kind
from itadomain.cases.clues import village
from itadomain.cases.filing import file
from itadomain.evidence import LOOSE_KEPT
from itadomain.people import Role
from itadomain.refusals import Refusal

feature = Feature("complaint")

DONE, READ_ON, SAFE, GENERAL = "done", "read", "safe", "general"
#: What is typed where a tap cannot be seen.
DONE_TYPED = {"ส่ง", "ส่งเลย", "ส่งเรื่องเลย", "ครบแล้ว", "หมดแล้ว", "เสร็จแล้ว", "แค่นี้", "เท่านี้", "send", "done"}
MAP_TYPED = {"แผนที่", "map"}
#: So short, words only say that something is to be told.
A_WISH = 25
OFFICERS = frozenset({Role.OFFICER, Role.HEAD})
OTHER_WAYS = tuple(way for way in Channel if way is not Channel.CHAT)


def _question(step: Callable[[Turn, Draft], Reply]) -> Callable[[Turn, Draft], Reply]:
    """A step to which whatever is sent beside its answer is a part of what is told."""

    @feature.hearing(*SENT, LEAVING)
    @wraps(step)
    def hear(turn: Turn, draft: Draft) -> Reply:
        if turn.chosen == LEAVING:
            return leaving.sure(drop, draft) if draft.much else leaving.left(turn, put_away(turn, draft))
        return _took(turn, draft) if beside_words(turn) else step(turn, draft)

    return hear


@feature.on("intent:file_complaint")
def start(turn: Turn) -> Reply:
    return _begin(turn, Draft(likely=Kind.PROBLEM))


@feature.on()
def praise(turn: Turn) -> Reply:
    return _begin(turn, Draft(kind=Kind.PRAISE))


@feature.on()
def suggest(turn: Turn) -> Reply:
    return _begin(turn, Draft(kind=Kind.SUGGESTION))


@feature.on("heard:image", "heard:video", "heard:audio", "heard:file", "heard:location")
def begin_with(turn: Turn) -> Reply:
    return survey_questions.beside(turn, _took(turn, open_draft(turn) or Draft()))


@feature.on("heard:link")
def begin_with_address(turn: Turn) -> Reply:
    return _so_far(turn, with_words(turn, open_draft(turn) or Draft()))


@feature.on(roles=OFFICERS)
def enter(turn: Turn) -> Reply:
    ways = [Answer(CHANNELS[way], way.value) for way in OTHER_WAYS]
    return ask("complaint.which_way_in", then=pick_way_in, draft=Draft(likely=Kind.PROBLEM), choices=ways)


@feature.step
def pick_way_in(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen not in OTHER_WAYS:
        raise Refusal("complaint.one_of_the_ways")
    request = Go(words("complaint.tap_request"), "request.enter", {"way": turn.chosen})
    return _so_far(turn, replace(draft, channel=turn.chosen), words("complaint.write_it_down")).offering(request)


@_question
def gather(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen == READ_ON:
        return _so_far(turn, draft, words("complaint.notice_in_full", days=LOOSE_KEPT.days))
    if turn.chosen.startswith(cards.INTO):
        return cards.into(turn, draft, turn.chosen.removeprefix(cards.INTO))
    if turn.chosen == DONE or turn.text.strip().casefold() in DONE_TYPED:
        return _go_on(turn, replace(_must_be_told(draft), done=True))
    more = with_words(turn, draft)
    if turn.meant == "report_corruption" and draft.by_chat and not draft.warned:
        ways = (Answer(words("complaint.tap_safe"), SAFE), Answer(words("complaint.tap_general"), GENERAL))
        return ask("complaint.is_it_corruption", then=choose_way, draft=replace(more, warned=True), choices=ways)
    return _so_far(turn, more)


@_question
def choose_way(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen == SAFE:
        gone, told = put_away(turn, draft), [part[:2] for part in draft.parts]
        door = disclosure.begin(turn, told)
        return replace(door, bubbles=(words("complaint.put_away"), *door.bubbles)).doing(*gone)
    if turn.chosen != GENERAL:
        raise Refusal("complaint.safe_or_general")
    return _so_far(turn, draft)


@_question
def pick_kind(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen not in cards.KINDS_TO_TELL:
        raise Refusal("complaint.one_of_three")
    return _go_on(turn, replace(draft, kind=turn.chosen))


@_question
def hear_person(turn: Turn, draft: Draft) -> Reply:
    said = "" if turn.chosen == cards.SKIP else detail(turn)
    return _go_on(turn, replace(draft.having_asked(PERSON), on_behalf_of=said))


@_question
def hear_village(turn: Turn, draft: Draft) -> Reply:
    said = "" if turn.chosen == cards.SKIP else turn.chosen or village(detail(turn))
    return _go_on(turn, replace(draft.having_asked(VILLAGE), village=said))


@_question
def hear_landmark(turn: Turn, draft: Draft) -> Reply:
    if turn.text.strip().casefold() in MAP_TYPED:
        raise Refusal("complaint.send_the_place")
    said = "" if turn.chosen == cards.SKIP else detail(turn)
    return _go_on(turn, replace(draft.having_asked(LANDMARK), landmark=said))


@_question
def pick_category(turn: Turn, draft: Draft) -> Reply:
    page = 0 if turn.chosen == cards.OTHERS else picking.page_turned(turn)
    if page is not None:
        return _go_on(turn, replace(draft, page=page))
    return _go_on(turn, replace(draft, page=-1, category=cards.category_chosen(turn)))


@_question
def hear_contact(turn: Turn, draft: Draft) -> Reply:
    said = "" if turn.chosen == cards.SKIP else detail(turn)
    return _go_on(turn, replace(draft.having_asked(CONTACT), contact=said))


@_question
def review(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen == cards.MEND:
        return ask("complaint.what_to_mend", then=mend, draft=draft, choices=cards.mendable(draft))
    if turn.chosen == cards.FOR_OTHER:
        return _ask_for_whom(draft)
    if turn.chosen != cards.SEND and turn.text.strip().casefold() not in DONE_TYPED:
        raise Refusal("complaint.send_or_mend")
    told = _must_be_told(draft).to_file(draft.of_kind or Kind.PROBLEM)
    filed = file(turn.store, told, turn.who, turn.today)
    case_log.filed(turn, filed.case)
    reply = replace(cards.filed(turn, filed.case), needed=True)  # its number is the way back
    return tell_officers(reply, filed.officers, filed.case)


@_question
def mend(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen == cards.MORE:
        return _so_far(turn, replace(draft, done=False))
    if turn.chosen == cards.ANEW:
        return _so_far(turn, replace(draft, done=False, parts=[]), words("complaint.tell_anew"))
    if turn.chosen == cards.KIND:
        return _ask_kind(draft)
    if turn.chosen == PERSON:
        return _ask_for_whom(draft)
    if turn.chosen not in cards.FORGETS:
        raise Refusal("complaint.which_to_mend")
    return _go_on(turn, cards.FORGETS[turn.chosen](draft))


@feature.hearing(*SENT, LEAVING)
def drop(turn: Turn, draft: Draft) -> Reply:
    if beside_words(turn):
        return _took(turn, draft)
    if leaving.drops(turn):
        return leaving.left(turn, put_away(turn, draft))
    return _go_on(turn, draft) if draft.done else _so_far(turn, draft)


def _begin(turn: Turn, fresh: Draft) -> Reply:
    """A problem that is half told goes on; what only says that something is to be told is no part of it."""
    open_one = open_draft(turn)
    if open_one and open_one.told:
        return _so_far(turn, open_one, words("complaint.not_sent_yet"))
    spoken = bool(turn.values.get("category") or turn.values.get("location")) or len(turn.text.strip()) > A_WISH
    return _so_far(turn, with_words(turn, fresh) if spoken else fresh)


def _so_far(turn: Turn, draft: Draft, first: Words | None = None) -> Reply:
    """A short word back, and a way to say that it is all; what is kept and why is said before anything is asked."""
    here = cards.so_far(draft)
    said = words("complaint.so_far", here=here) if here else words("complaint.tell")
    taps = [Answer(words("complaint.tap_done"), DONE), *cards.cases_to_add_to(turn, draft)]
    if first or draft.noticed:
        bubbles = [first, said] if first else [said]
    else:
        bubbles = [words("complaint.notice", office=turn.store.office.short), said]
        taps.insert(1, Answer(words("complaint.tap_read_on"), READ_ON))
    return Reply(bubbles, taps=taps, then=gather, draft=replace(draft, noticed=True))


def _took(turn: Turn, draft: Draft) -> Reply:
    """Take what was sent and ask on; nothing is said of what was taken back, nor of each photo of an album."""
    draft, tasks = with_sent(turn, draft)
    reply = _go_on(turn, draft) if draft.done else _so_far(turn, draft)
    if "kind" not in turn.values or not is_last(turn, draft):
        reply = replace(reply, bubbles=(), draft=draft)
    return reply.doing(*tasks)


def _go_on(turn: Turn, draft: Draft) -> Reply:
    """Ask for the first thing that is not known; nothing is kept before it was shown."""
    kind = draft.of_kind
    if kind is None:
        return _ask_kind(draft)
    if not draft.by_chat and PERSON not in draft.asked:
        return ask("complaint.who_came", then=hear_person, draft=draft, choices=[cards.skip()])
    if kind is not Kind.PRAISE and (question := _about_it(turn, draft)):
        return question
    return cards.review(turn, draft, kind, then=review)


def _about_it(turn: Turn, draft: Draft) -> Reply | None:
    """Where it is, what it is about, how its teller is reached."""
    if VILLAGE not in draft.asked and not draft.spot.village:
        return ask("complaint.which_village", then=hear_village, draft=draft, choices=cards.villages(turn))
    if LANDMARK not in draft.asked and not (draft.spot.landmark or draft.located):
        taps: list[Tap] = [Map(words("complaint.tap_map")), cards.skip()]
        return ask("complaint.which_landmark", then=hear_landmark, draft=draft, choices=taps)
    if not draft.category:
        return ask("complaint.which_category", then=pick_category, draft=draft, choices=cards.categories(turn, draft))
    return None if CONTACT in draft.asked else _ask_contact(draft)


def _ask_kind(draft: Draft) -> Reply:
    return ask("complaint.which_kind", then=pick_kind, draft=draft, choices=cards.kinds())


def _ask_for_whom(draft: Draft) -> Reply:
    return ask("complaint.for_whom", then=hear_person, draft=draft, choices=[cards.skip()])


def _ask_contact(draft: Draft) -> Reply:
    if not draft.by_chat:
        return ask("complaint.contact_of_person", then=hear_contact, draft=draft, choices=[cards.skip()])
    in_chat = [Answer(words("complaint.tap_in_chat"), cards.SKIP)]
    return ask("complaint.which_contact", then=hear_contact, draft=draft, choices=in_chat)


def _must_be_told(draft: Draft) -> Draft:
    if not draft.told:
        raise Refusal("case.say_something")
    return draft
