"""After a case was rated: one «why», which goes into the box of the short survey without the rating and the case.

bot      ขอบคุณ … พอใจกับการดูแลเรื่องนี้เพียงใด   [5 พอใจมากที่สุด] … [1 พอใจน้อยที่สุด]
villager [4 พอใจมาก]
bot      บันทึกคะแนนแล้ว / เพราะเหตุใด พิมพ์สั้น ๆ … ข้อความจะแยกจากคะแนนและเลขเรื่อง   [ข้าม]
villager มาซ่อมเร็วดี
bot      [card: แบบสำรวจของหน่วยงาน ไม่ใช่แบบ EIT ของ ป.ป.ช. · thanks]   [ตอบแบบเต็ม]

What is offered then does not depend on the rating. Words of corruption are asked about once: they are safer elsewhere.
"""

from dataclasses import dataclass, replace

from handlers.common.unsending import holding
from handlers.disclosures import disclosure
from handlers.kit import LEAVING, Answer, Feature, Reply, Turn, Words, ask, words
from handlers.surveying import survey_cards as cards
from itadomain.refusals import Refusal
from itadomain.surveys import answering
from itadomain.surveys.said_steps import Wish, nothing_to_add, wish_said
from itadomain.surveys.survey import FEWEST, Kind

feature = Feature("survey_visit")

SAFE, GENERAL = "safe", "general"


@dataclass(frozen=True)
class Why:
    """The survey into whose box it goes; and the words while it is asked where they belong."""

    survey: str = ""
    words: str = ""
    message: str = ""  # the id of the message that they came in


def after_rating(turn: Turn, rated: Words) -> Reply:
    """Thanks for a rating, and what may be added to it; who has answered is not asked until it begins anew."""
    visit = answering.waiting_for(turn.store, Kind.VISIT, turn.who, turn.today)
    if visit is None:
        return _offering(turn, Reply((rated,)))
    skip = [Answer(words("survey.tap_skip"), Wish.SKIP)]
    why = ask("survey_visit.why", then=hear_why, draft=Why(visit.id), choices=skip, fewest=FEWEST)
    return replace(why, bubbles=(rated, *why.bubbles))


@feature.hearing(LEAVING)
def hear_why(turn: Turn, draft: Why) -> Reply:
    if turn.chosen or wish_said(turn.text) or nothing_to_add(turn.text):
        return _offering(turn, Reply((words("survey_visit.skipped"),)))
    said = answering.own_words(turn.text)
    if not said:
        raise Refusal("survey_visit.say_or_skip")
    more = replace(draft, words=said, message=turn.message)
    return _which_way(turn, more) if turn.meant == "report_corruption" else _send(turn, more)


def _which_way(_turn: Turn, draft: Why) -> Reply:
    ways = (Answer(words("complaint.tap_safe"), SAFE), Answer(words("survey.tap_opinion"), GENERAL))
    return ask("survey.is_it_corruption", then=choose_way, draft=draft, choices=ways)


@holding(feature, _which_way)
def choose_way(turn: Turn, draft: Why) -> Reply:
    if turn.chosen == SAFE:
        return disclosure.begin(turn, [[draft.message, draft.words]])
    if turn.chosen != GENERAL:
        raise Refusal("complaint.safe_or_general")
    return _send(turn, draft)


def _send(turn: Turn, draft: Why) -> Reply:
    try:
        survey = answering.asked(turn.store, draft.survey, turn.today)
        answering.add_words(turn.store, survey, turn.who, turn.today, draft.words)
    except Refusal as over:
        return cards.over(over)
    return _offering(turn, cards.sent(turn, survey))


def _offering(turn: Turn, reply: Reply) -> Reply:
    """The whole survey, where one is open, and the menu; that they were invited is noted."""
    more = cards.offers_long(turn)
    if more and (found := answering.waiting_for(turn.store, Kind.OUTSIDERS, turn.who, turn.today)):
        answering.invite(turn.store, found, turn.who, turn.today)
        reply = reply.adding(words("survey_visit.long", ours=cards.ours(found.kind)))
    return reply.offering(*more, cards.menu())
