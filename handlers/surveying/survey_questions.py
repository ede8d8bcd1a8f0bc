"""The questions of a survey, a bubble each, and what somebody adds at the end; then it is sent.

bot      [card: ข้อ 1 จาก 19 · the question]   [1 น้อยที่สุดหรือไม่มีเลย] … [ข้าม] [ย้อนกลับ] [หยุดไว้ก่อน]
villager มากค่ะ
bot      [card: ข้อ 2 จาก 19 · the question]   …
villager [หยุดไว้ก่อน]
bot      เก็บคำตอบไว้ให้ถึง 28 พ.ย. 2569 …   [ทำแบบสำรวจต่อ] [ลบคำตอบที่ตอบไว้]
…
(long)   bot      [card: ตอนแรกครบแล้ว · เหลืออีก 2 ตอน 34 ข้อ ประมาณ 3 นาที]   [ทำตอนต่อไป] [ส่งคำตอบเท่านี้] [ไว้ทีหลัง]
…
bot      มีอะไรอยากบอกเพิ่มไหม …   [ส่งคำตอบ] [ย้อนกลับ] [หยุดไว้ก่อน]
villager เก้าอี้รอไม่พอ
bot      จะส่งพร้อมข้อความนี้ «เก้าอี้รอไม่พอ»   [ส่งคำตอบ] [ไม่ส่งข้อความนี้] …
villager [ส่งคำตอบ]
bot      [card: แบบสำรวจของหน่วยงาน ไม่ใช่แบบ EIT ของ ป.ป.ช. · thanks]

Each answer is kept as it is given, apart from the open question, so nothing else that is asked meanwhile loses it.
Words of corruption are asked about once: they are safer elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers.common import unsending
from handlers.common.complaint_draft import beside_words
from handlers.common.contents import removal
from handlers.disclosures import disclosure
from handlers.kit import LEAVING, Answer, Feature, Reply, Turn, Words, ask, words
from handlers.surveying import survey_cards as cards
from itadomain.refusals import Refusal
from itadomain.surveys import answering, points
from itadomain.surveys.questionnaire import STEPS, Answering, Slot
from itadomain.surveys.said_steps import Wish, agreed, nothing_to_add, scanned, step_said, wish_said
from itadomain.surveys.survey import Draft, Kind, Survey

feature = Feature("survey_questions")

SAFE, GENERAL, WITHOUT = "safe", "general", "without"


@dataclass(frozen=True)
class Asked:
    """Where somebody is: the question that is asked, none at the end; and there, what they add in their own words."""

    survey: str = ""
    code: str = ""
    words: str = ""
    message: str = ""  # the id of the message that these words came in


Step = Callable[[Turn, Survey, Draft, Asked], Reply]


def _scanned_at(turn: Turn) -> str:
    """The code of the service point whose poster was scanned once more; empty where none was."""
    found = points.point_in(turn.store, turn.text) if scanned(turn.text) else None
    return found.code if found else ""


def _question(*sent: str) -> Callable[[Step], Callable[[Turn, Asked], Reply]]:
    """A step that is given what was answered so far; a survey that asks nobody any more says so and ends."""

    def register(step: Step) -> Callable[[Turn, Asked], Reply]:
        def hear(turn: Turn, draft: Asked) -> Reply:
            try:
                survey = answering.asked(turn.store, draft.survey, turn.today)
                begun = answering.begin(turn.store, survey, turn.who, turn.today, _scanned_at(turn))
            except Refusal as over:
                return cards.over(over)
            if scanned(turn.text) and answering.coming(survey, begun):
                return go_on(turn, survey)
            return step(turn, survey, begun, draft)

        hear.__name__ = step.__name__  # by which the open question remembers it
        return feature.hearing(LEAVING, "heard:poster", "said:wish", *sent)(hear)

    return register


@_question()
def answer(turn: Turn, survey: Survey, begun: Draft, draft: Asked) -> Reply:
    slot = survey.questionnaire.slot(draft.code)
    if slot is None or (turn.chosen not in {"", LEAVING} and not turn.chosen.startswith(f"{slot.code}:")):
        return _ask(turn, survey, begun, slot)  # a tap that came twice
    said = _said(turn, slot)
    if away := _away(turn, survey, begun, said, slot.code):
        return away
    if said == Wish.ON:
        return _ask(turn, survey, begun, slot)
    if said == Wish.SEND and answering.enough(survey, begun):
        return _ask_more(survey, begun, Asked(survey.id))
    if said in {None, Wish.SEND}:
        if turn.meant == "thanks":  # «ดีมาก» could be two answers: it is asked again, not taken for a goodbye
            return _once_more(turn, survey, begun, slot)
        raise Refusal("survey.one_of_these", steps=cards.STEPS[slot.item.answering])
    step = None if isinstance(said, Wish) else said
    return _ask(turn, survey, answering.answer(turn.store, begun, slot, step))


@_question("said:yes")
def go_further(turn: Turn, survey: Survey, begun: Draft, _draft: Asked) -> Reply:
    """Between two sittings: on, enough, or later."""
    wish = _wished_between(turn)
    if away := _away(turn, survey, begun, wish):
        return away
    if wish is Wish.ON:
        return _ask(turn, survey, begun, answering.coming(survey, begun))
    if wish is Wish.SEND:
        return _ask_more(survey, begun, Asked(survey.id))
    raise Refusal("survey.further_or_send")


@_question("event:unsend", "said:yes")
def finish(turn: Turn, survey: Survey, begun: Draft, draft: Asked) -> Reply:
    if beside_words(turn):
        return _taken_back(turn, survey, begun, draft)
    wish = _wished(turn, draft)
    if away := _away(turn, survey, begun, wish):
        return away
    if wish in {Wish.SEND, Wish.SKIP}:
        return _send(turn, survey, draft)
    if wish is Wish.ON and not draft.words and answering.enough(survey, begun):
        return _ask(turn, survey, begun, answering.coming(survey, begun))
    if turn.chosen == WITHOUT:
        draft = Asked(survey.id)
    if wish or turn.chosen or scanned(turn.text) or agreed(turn.text):  # a tap that came twice, or the poster once more
        return _ask_more(survey, begun, draft)
    more = replace(draft, words=answering.own_words(turn.text), message=turn.message)
    return _which_way(more) if turn.meant == "report_corruption" else _ask_more(survey, begun, more)


@_question("event:unsend")
def choose_way(turn: Turn, survey: Survey, begun: Draft, draft: Asked) -> Reply:
    if beside_words(turn):
        return _taken_back(turn, survey, begun, draft)
    if turn.chosen == LEAVING or wish_said(turn.text) is Wish.STOP:
        return cards.stopped(survey, begun)
    if turn.chosen == SAFE:
        safe = disclosure.begin(turn, [[draft.message, draft.words]])
        return replace(safe, bubbles=(words("survey.kept_meanwhile"), *safe.bubbles))
    if turn.chosen != GENERAL:
        raise Refusal("complaint.safe_or_general")
    return _ask_more(survey, begun, draft)


def begin(turn: Turn, survey: Survey, point: str = "") -> Reply:
    """The first question; before the short one stands whose it is, and how content somebody said they were counts."""
    begun = answering.begin(turn.store, survey, turn.who, turn.today, point)
    if survey.kind is not Kind.VISIT:
        return _ask(turn, survey, begun)
    slot, rating = answering.coming(survey, begun), turn.number("rating")
    if slot and slot.item.answering is Answering.FIVE and rating and 0 < rating <= STEPS[Answering.FIVE]:
        begun = answering.answer(turn.store, begun, slot, rating - 1)
    reply = _ask(turn, survey, begun)
    return replace(reply, bubbles=(cards.notice(survey), *reply.bubbles)).offering(*cards.at_once())


def go_on(turn: Turn, survey: Survey) -> Reply:
    """The question at which somebody stopped."""
    begun = answering.begin(turn.store, survey, turn.who, turn.today)
    reply = _ask(turn, survey, begun)
    return replace(reply, bubbles=(words("survey.goes_on", count=len(begun.answers)), *reply.bubbles))


def enough(turn: Turn, survey: Survey) -> Reply:
    """No more questions, where a sitting is passed: what was answered goes, with own words where there are any."""
    begun = answering.begin(turn.store, survey, turn.who, turn.today)
    if not answering.enough(survey, begun):
        return go_on(turn, survey)
    return _ask_more(survey, begun, Asked(survey.id))


def beside(turn: Turn, reply: Reply) -> Reply:
    """What is begun meanwhile; where a survey is being answered, it is said what of that is kept."""
    if not turn.asked.startswith(f"{feature.name}."):
        return reply
    said = turn.draft.get("words")
    kept = words("survey.kept_but_words", said=said) if said else words("survey.kept_beside")
    return replace(reply, bubbles=(kept, *reply.bubbles)).offering(cards.tap_resume())


def _ask(turn: Turn, survey: Survey, begun: Draft, slot: Slot | None = None) -> Reply:
    """A question; where none is named, what comes: the next one, the end of a sitting, or what they want to add."""
    if slot is None and answering.between(survey, begun):
        return _ask_further(survey, begun)
    slot = slot or answering.coming(survey, begun)
    if slot is None:
        return _ask_more(survey, begun, Asked(survey.id))
    answering.see(turn.store, survey, begun, slot, turn.today)
    card = cards.question(survey, begun, slot)
    first = answering.before(survey, begun, slot.code) is None
    return Reply((card,), taps=cards.taps(slot, first=first), then=answer, draft=Asked(survey.id, slot.code))


def _once_more(turn: Turn, survey: Survey, begun: Draft, slot: Slot) -> Reply:
    told = words("survey.one_of_these", steps=cards.STEPS[slot.item.answering])
    return replace(_ask(turn, survey, begun, slot), bubbles=(told,))


def _ask_further(survey: Survey, begun: Draft) -> Reply:
    ways = [
        Answer(words("survey.tap_next"), Wish.ON),
        Answer(words("survey.tap_enough"), Wish.SEND),
        Answer(words("survey.tap_later"), Wish.STOP),
    ]
    return Reply((cards.further(survey, begun),), taps=ways, then=go_further, draft=Asked(survey.id))


def _ask_more(survey: Survey, begun: Draft, draft: Asked) -> Reply:
    """What they add is shown once more: once sent, nobody can find it to take it out."""
    send = Answer(words("survey.tap_send"), Wish.SEND)
    if draft.words:
        choices = [send, Answer(words("survey.tap_without"), WITHOUT), *cards.ways()]
        return ask("survey.with_words", then=finish, draft=draft, choices=choices, said=draft.words)
    key = "survey.more_so_far" if answering.enough(survey, begun) else "survey.more"
    return Reply(
        (Words("survey.why" if survey.kind is Kind.VISIT else key),),
        taps=[send, *cards.ways()],
        then=finish,
        draft=draft,
    )


def _which_way(draft: Asked) -> Reply:
    ways = (Answer(words("complaint.tap_safe"), SAFE), Answer(words("survey.tap_opinion"), GENERAL))
    return ask("survey.is_it_corruption", then=choose_way, draft=draft, choices=ways)


def _taken_back(turn: Turn, survey: Survey, begun: Draft, draft: Asked) -> Reply:
    """Nothing is said of words that were taken back; they go."""
    gone = removal([unsending.take_back(turn)])
    if turn.values["message"] == draft.message:
        draft = Asked(survey.id)
    more = _ask_more(survey, begun, draft)
    asked = more if turn.asked.endswith(finish.__name__) or not draft.words else _which_way(draft)
    return replace(asked, bubbles=()).doing(*gone)


def _send(turn: Turn, survey: Survey, draft: Asked) -> Reply:
    answering.send(turn.store, survey, turn.who, turn.today, draft.words)
    more = cards.offers_long(turn) if survey.kind is Kind.VISIT else ()
    return cards.sent(turn, survey).offering(*more, *cards.at_once(), cards.menu())


def _said(turn: Turn, slot: Slot) -> int | Wish | None:
    """The step that was tapped or said, or what is wished for instead; None where it could be several."""
    tapped = turn.chosen.removeprefix(f"{slot.code}:")
    if tapped in set(Wish):
        return Wish(tapped)
    step = int(tapped) if tapped.isdecimal() else step_said(slot.item.answering, turn.text)
    if step is not None:
        return step
    return wish_said(turn.text) or (Wish.STOP if turn.chosen == LEAVING and not nothing_to_add(turn.text) else None)


def _wished_between(turn: Turn) -> Wish | None:
    """What is wished for between two sittings; to be asked on is what an «ได้ค่ะ» says, and a «พอแล้ว» sends nothing."""
    if turn.chosen in set(Wish):
        return Wish(turn.chosen)
    said = wish_said(turn.text) or (Wish.ON if agreed(turn.text) else None)
    return said or (Wish.STOP if turn.chosen == LEAVING else None)


def _wished(turn: Turn, draft: Asked) -> Wish | None:
    """What is wished for at the end, where something may be added or nothing; «โอเค» sends words that were shown."""
    if turn.chosen in set(Wish):
        return Wish(turn.chosen)
    sends = nothing_to_add(turn.text) or (draft.words and agreed(turn.text))
    said = wish_said(turn.text) or (Wish.SEND if sends else None)
    return said or (Wish.STOP if turn.chosen == LEAVING else None)


def _away(turn: Turn, survey: Survey, begun: Draft, wish: int | Wish | None, code: str = "") -> Reply | None:
    """Away for now, or back; None where something else is wished for."""
    if wish == Wish.STOP:
        return cards.stopped(survey, begun)
    if wish != Wish.BACK:
        return None
    found = answering.before(survey, begun, code)
    if found is None:
        raise Refusal("survey.is_the_first")
    return _ask(turn, survey, begun, found)
