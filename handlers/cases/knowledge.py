"""Ask the agency about its services: its own answers, found by words; what has none goes to an officer.

villager ขอบ้านเลขที่ต้องใช้เอกสารอะไร
bot      [card: ขอเลขที่บ้าน · ขั้นตอน · เอกสาร · ค่าธรรมเนียม …]   [ถามเจ้าหน้าที่] [เมนู]
villager ภาษี
bot      หมายถึงเรื่องใดคะ   [ภาษีป้าย] [ภาษีที่ดินและสิ่งปลูกสร้าง]
villager ถาม/บริการ
bot      ต้องการถามเรื่องใดคะ พิมพ์ได้เลย   [เวลาทำการ] [ขอเลขที่บ้าน] …
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.cases.topic_cards import told
from handlers.common import picking
from handlers.common.labels import shortened
from handlers.kit import Feature, Go, Reply, Tap, Turn, ask, say, show, words
from itadomain.knowledge import Found, Topic, find
from itadomain.refusals import Refusal

feature = Feature("knowledge")

#: What words may mean that are a question here.
QUESTIONS = {"", "ask_service_info", "out_of_scope"}


@dataclass(frozen=True)
class Asked:
    """What nothing is prepared for, and in which message: whoever is led to an officer need not type it again."""

    words: str = ""
    message: str = ""


@feature.on()
def browse(turn: Turn) -> Reply:
    topics = turn.store.knowledge.all()
    if not topics:
        return _or_an_officer(say("knowledge.none_yet"))
    if turn.number("page"):
        return say("knowledge.more").offering(*_taps(topics, turn))
    return ask("knowledge.what", then=hear, draft=Asked(), choices=[*_taps(topics, turn), _tap_request()])


@feature.step
def hear(turn: Turn, _draft: Asked) -> Reply:
    if not turn.text.strip():
        raise Refusal("knowledge.say_what")
    found = find(turn.text, turn.store.knowledge.all())
    if turn.meant not in QUESTIONS and not found.sure:
        raise Refusal("knowledge.no_answer")  # what is no question, like a problem, begins in its own place
    return _answered(turn, found)


@feature.on("intent:ask_service_info")
def question(turn: Turn) -> Reply:
    return _answered(turn, find(turn.text, turn.store.knowledge.all()))


@feature.on()
def topic(turn: Turn) -> Reply:
    found = turn.store.knowledge.get(str(turn.values.get("id", "")))
    if found is None or found.closed:
        raise Refusal("knowledge.gone")
    return _or_an_officer(show(told(turn, found)))


def called(turn: Turn) -> Reply | None:
    """What is told about a topic that words call by its name, though they ask nothing; None where they call none."""
    found = find(turn.text, turn.store.knowledge.all())
    return _answered(turn, found) if found.sure or found.maybe else None


def _answered(turn: Turn, found: Found) -> Reply:
    if found.sure:
        return _or_an_officer(show(told(turn, found.sure)))
    if found.maybe:
        return _or_an_officer(say("knowledge.which").offering(*_taps(found.maybe, turn)))
    return _or_an_officer(ask("knowledge.no_answer", then=hear, draft=Asked(turn.text.strip(), turn.message)))


def _taps(topics: Sequence[Topic], turn: Turn) -> Sequence[Tap]:
    taps = [Go(shortened(one.title), "knowledge.topic", {"id": one.id}) for one in topics]
    return picking.pages(taps, turn, "knowledge.browse")


def _or_an_officer(reply: Reply) -> Reply:
    officer = Go(words("knowledge.tap_officer"), "inquiry.start")
    return reply.offering(officer, _tap_request(), Go(words("help.tap_menu"), "help.menu"))


def _tap_request() -> Go:
    return Go(words("request.tap_start"), "request.start")
