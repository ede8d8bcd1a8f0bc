"""Ask an officer: a question that no answer is ready for, or a word with a person.

villager ขอคุยกับเจ้าหน้าที่
bot      พิมพ์เรื่องที่จะถามได้เลย เจ้าหน้าที่จะตอบในแชทนี้ในเวลาทำการ …   [โทรหาเรา]
villager อยากทราบว่าน้ำจะไหลเมื่อไร
bot      จะส่งคำถามนี้ถึงเจ้าหน้าที่ «…»   [ส่ง] [แก้ไข]
villager [ส่ง]
bot      ส่งถึงเจ้าหน้าที่แล้ว เลขที่ 69-000124-K … จะตอบภายใน …   [ดูเรื่องนี้]
         ขณะนี้อยู่นอกเวลาทำการ …

Words of corruption are asked about once, before officers in general get them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.cases.case_cards import tell_officers
from handlers.common import case_log
from handlers.common.unsending import holding
from handlers.disclosures import disclosure
from handlers.kit import Answer, Feature, Go, Link, Reply, Tap, Turn, Words, ask, say, words
from itadomain.cases.case import Kind, story
from itadomain.cases.days import calendar, promised
from itadomain.cases.filing import Told, file
from itadomain.hours import is_open
from itadomain.refusals import Refusal

feature = Feature("inquiry")

SEND, AGAIN = "send", "again"
SAFE, GENERAL = "safe", "general"


@dataclass(frozen=True)
class Asking:
    """What is about to be asked."""

    words: str = ""
    message: str = ""  # the id of the message that it came in


@feature.on("intent:talk_to_human")
def start(turn: Turn) -> Reply:
    """What was asked just before, and has no answer ready, is what is to be sent."""
    asked = turn.draft if turn.asked == "knowledge.hear" else {}
    said, message = str(asked.get("words", "")), str(asked.get("message", ""))
    return _sure(turn, Asking(story([said]), message)) if said else _what(turn)


def _what(turn: Turn) -> Reply:
    office = turn.store.office
    call: list[Tap] = [Link(words("office.tap_call"), f"tel:{office.dial}")] if office.dial else []
    return ask("inquiry.what", then=hear, draft=Asking(), choices=call, hours=_hours(turn))


@feature.step
def hear(turn: Turn, draft: Asking) -> Reply:
    said = story([turn.text])
    if not said:
        raise Refusal("inquiry.say_what")
    asking = Asking(said, turn.message)
    return _which_way(turn, asking) if turn.meant == "report_corruption" else _sure(turn, asking)


def _which_way(_turn: Turn, draft: Asking) -> Reply:
    ways = (Answer(words("complaint.tap_safe"), SAFE), Answer(words("complaint.tap_general"), GENERAL))
    return ask("complaint.is_it_corruption", then=choose_way, draft=draft, choices=ways)


@holding(feature, _which_way)
def choose_way(turn: Turn, draft: Asking) -> Reply:
    if turn.chosen == SAFE:
        return disclosure.begin(turn, [[draft.message, draft.words]])
    if turn.chosen != GENERAL:
        raise Refusal("complaint.safe_or_general")
    return _sure(turn, draft)


def _sure(_turn: Turn, draft: Asking) -> Reply:
    choices = (Answer(words("inquiry.tap_send"), SEND), Answer(words("inquiry.tap_again"), AGAIN))
    return ask("inquiry.confirm", then=confirm, draft=draft, choices=choices, said=draft.words)


@holding(feature, _sure)
def confirm(turn: Turn, draft: Asking) -> Reply:
    if turn.chosen == AGAIN:
        return _what(turn)
    if turn.chosen != SEND:
        raise Refusal("inquiry.send_or_mend")
    filed = file(turn.store, Told(Kind.QUESTION, (draft.words,), messages=(draft.message,)), turn.who, turn.today)
    case = filed.case
    case_log.filed(turn, case)
    told = say("inquiry.sent", ticket=str(case.ticket), day=promised(turn.store, case)).adding(*_closed_now(turn))
    taps = (Go(words("inquiry.tap_look"), "following.one", {"id": case.id}), Go(words("help.tap_menu"), "help.menu"))
    return tell_officers(replace(told, needed=True), filed.officers, case).offering(*taps)


def _hours(turn: Turn) -> Words | str:
    return turn.store.office.hours or words("office.usual_hours")


def _closed_now(turn: Turn) -> Sequence[Words]:
    """That nobody is there to answer, where that is so."""
    here = is_open(turn.store.office.hours, turn.at, calendar(turn.store, turn.today))
    return [] if here else [words("inquiry.closed_now", hours=_hours(turn))]
