"""Ask an officer: a question that no answer is ready for, or a word with a person.

villager ขอคุยกับเจ้าหน้าที่
bot      พิมพ์เรื่องที่จะถามได้เลย เจ้าหน้าที่จะตอบในแชทนี้ในเวลาทำการ …   [โทรหาเรา]
villager อยากทราบว่าน้ำจะไหลเมื่อไร
bot      จะส่งคำถามนี้ถึงเจ้าหน้าที่ «…»   [ส่ง] [แก้ไข]
villager [ส่ง]
bot      ส่งถึงเจ้าหน้าที่แล้ว เลขที่ 69-000124-K … จะตอบภายใน …   [ดูเรื่องนี้]
"""

from dataclasses import dataclass, replace

from handlers.case_cards import tell_officers
from handlers.kit import Answer, Feature, Go, Link, Reply, Tap, Turn, ask, say, words
from itadomain.cases.case import Kind, story
from itadomain.cases.days import promised
from itadomain.cases.filing import Told, file
from itadomain.refusals import Refusal

feature = Feature("inquiry")

SEND, AGAIN = "send", "again"


@dataclass(frozen=True)
class Asking:
    """What is about to be asked."""

    words: str = ""


@feature.on("intent:talk_to_human")
def start(turn: Turn) -> Reply:
    office = turn.store.office
    call: list[Tap] = [Link(words("office.tap_call"), f"tel:{office.dial}")] if office.dial else []
    hours = office.hours or words("office.usual_hours")
    return ask("inquiry.what", then=hear, draft=Asking(), choices=call, hours=hours)


@feature.step
def hear(turn: Turn, draft: Asking) -> Reply:
    said = story([turn.text])
    if not said:
        raise Refusal("inquiry.say_what")
    choices = (Answer(words("inquiry.tap_send"), SEND), Answer(words("inquiry.tap_again"), AGAIN))
    return ask("inquiry.confirm", then=confirm, draft=Asking(said), choices=choices, said=said)


@feature.step
def confirm(turn: Turn, draft: Asking) -> Reply:
    if turn.chosen == AGAIN:
        return start(turn)
    if turn.chosen != SEND:
        raise Refusal("inquiry.send_or_mend")
    filed = file(turn.store, Told(Kind.QUESTION, (draft.words,)), turn.who, turn.today)
    case = filed.case
    told = say("inquiry.sent", ticket=str(case.ticket), day=promised(turn.store, case))
    taps = (Go(words("inquiry.tap_look"), "following.one", {"id": case.id}), Go(words("help.tap_menu"), "help.menu"))
    return tell_officers(replace(told, needed=True), filed.officers, case).offering(*taps)
