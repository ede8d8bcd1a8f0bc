"""File a request (คำร้อง) by a short form, a question at a time, and get a number to follow it by.

villager คำร้อง
bot      ต้องการยื่นคำร้องเรื่องใดคะ   [คำร้องทั่วไป] [ขอข้อมูลข่าวสาร] [ขอยืมทรัพย์สิน]
villager ขอยืมเต็นท์
bot      คำตอบของท่านใช้พิจารณาคำร้องนี้ …   /   ต้องการยืมอะไรคะ เช่น เต็นท์ โต๊ะ เก้าอี้
villager เต็นท์
bot      ยืมจำนวนเท่าใดคะ
villager 2 หลัง
bot      ยืมตั้งแต่วันใดคะ   [เลือกวัน]
…
bot      [card: what will be sent]   [ส่งคำร้อง] [แก้คำตอบ]
villager [ส่งคำร้อง]
bot      [card: 69-000123-C, จะตอบภายใน …]   [ถึงไหนแล้ว]
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import wraps

from handlers.cases import complaint_cards
from handlers.cases.case_cards import tell_officers
from handlers.common import case_log, leaving, picking, unsending
from handlers.common.complaint_draft import A_SENTENCE, SENT, beside_words
from handlers.common.contents import removal
from handlers.kit import LEAVING, Answer, Card, Feature, Link, Reply, Row, Tap, Turn, Words, ask, words
from itadomain.cases.case import Channel, Kind
from itadomain.cases.categories import OF_A_FORM
from itadomain.cases.days import promised
from itadomain.cases.filing import Told, file
from itadomain.cases.forms import FORMS, PHONE, Ask, Field, Form, answered, form
from itadomain.people import Role
from itadomain.refusals import Refusal

feature = Feature("request")

SKIP, SEND, MEND = "skip", "send", "mend"
OFFICERS = frozenset({Role.OFFICER, Role.HEAD})
#: What is typed where a tap cannot be seen.
SEND_TYPED = {"ส่ง", "ส่งเลย", "send"}
#: Words that wish for a form, whatever stands around them.
WISHES = ("ยื่นคำร้อง", "เขียนคำร้อง", "แบบคำร้อง", "ใบคำร้อง", "ขอยืม")
#: Officers read a request in the agency's own language.
KEPT_IN = "th"


@dataclass(frozen=True)
class Filling:
    """A form as far as it was filled in: the answers, the messages they came in, and what is asked now."""

    form: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)  # the key of what each answered
    asking: str = ""  # empty where all was asked
    channel: str = Channel.CHAT.value

    @property
    def much(self) -> bool:
        """Whether it is too much to be dropped unasked: more than one answer, or more than a sentence."""
        given = [said for said in self.answers.values() if said]
        return len(given) > 1 or sum(map(len, given)) > A_SENTENCE


def _question(step: Callable[[Turn, Filling], Reply]) -> Callable[[Turn, Filling], Reply]:
    """A step that waits for words: what is sent has to wait, what is taken back is taken out of the form unsaid."""

    @feature.hearing(*SENT, LEAVING)
    @wraps(step)
    def hear(turn: Turn, draft: Filling) -> Reply:
        if turn.chosen == LEAVING:
            return leaving.sure(drop, draft) if draft.much else leaving.left(turn)
        if not beside_words(turn):
            return step(turn, draft)
        if "kind" in turn.values:
            raise Refusal("request.send_first")
        left = _without(draft, str(turn.values["message"]))
        return replace(_shown(turn, left), bubbles=()).doing(*removal([unsending.take_back(turn)]))

    return hear


@feature.on()
def start(turn: Turn) -> Reply:
    return _which(Filling())


@feature.on(roles=OFFICERS)
def enter(turn: Turn) -> Reply:
    """One that came another way: who brought it is asked at the counter or by phone, and an officer writes it down."""
    way = str(turn.values.get("way", ""))
    if way not in set(Channel) - {Channel.CHAT}:
        raise Refusal("complaint.one_of_the_ways")
    return _which(Filling(channel=way))


def called(turn: Turn) -> Reply | None:
    """Where words that ask nothing else wish for a form; None where they do not."""
    return start(turn) if any(sign in turn.text for sign in WISHES) else None


@feature.on()
def information(turn: Turn) -> Reply:
    return _begin(turn, Filling("information"))


@feature.on()
def loan(turn: Turn) -> Reply:
    return _begin(turn, Filling("loan"))


@feature.step
def pick(turn: Turn, draft: Filling) -> Reply:
    return _begin(turn, replace(draft, form=turn.chosen))


@_question
def fill(turn: Turn, draft: Filling) -> Reply:
    asked = form(draft.form).field(draft.asking)
    if asked is None:
        return _go_on(turn, draft)
    said = "" if turn.chosen == SKIP else turn.chosen or turn.text
    answers = {**draft.answers, asked.key: answered(asked, said, draft.answers, turn.today)}
    messages = {message: key for message, key in draft.messages.items() if key != asked.key}
    if turn.message:
        messages[turn.message] = asked.key
    return _go_on(turn, replace(draft, answers=answers, messages=messages))


@_question
def review(turn: Turn, draft: Filling) -> Reply:
    filled = form(draft.form)
    if turn.chosen == MEND:
        given = [Answer(_label(one), one.key) for one in filled.fields]
        return ask("request.which_to_mend", then=mend, draft=draft, choices=given)
    if turn.chosen != SEND and turn.text.strip().casefold() not in SEND_TYPED:
        raise Refusal("request.send_or_mend")
    return _go_on(turn, draft) if filled.next(draft.answers) else _send(turn, draft, filled)


@_question
def mend(turn: Turn, draft: Filling) -> Reply:
    filled = form(draft.form)
    if filled.field(turn.chosen) is None:
        raise Refusal("request.one_of_these")
    return _go_on(turn, replace(draft, answers=filled.without(draft.answers, turn.chosen)))


@feature.hearing(LEAVING)
def drop(turn: Turn, draft: Filling) -> Reply:
    return leaving.left(turn) if leaving.drops(turn) else _go_on(turn, draft)


def _which(draft: Filling) -> Reply:
    return ask("request.which", then=pick, draft=draft, choices=[Answer(_name(one), one.code) for one in FORMS])


def _begin(turn: Turn, draft: Filling) -> Reply:
    """The first question, after what is kept and who sees it."""
    reply = _go_on(turn, draft)
    by_chat = draft.channel == Channel.CHAT
    notice = words("request.notice", office=turn.store.office.short) if by_chat else words("complaint.write_it_down")
    return replace(reply, bubbles=(notice, *reply.bubbles))


def _go_on(turn: Turn, draft: Filling) -> Reply:
    """Ask for what was not asked yet; nothing is kept before it was shown."""
    coming = form(draft.form).next(draft.answers)
    return _shown(turn, replace(draft, asking=coming.key if coming else ""))


def _shown(turn: Turn, draft: Filling) -> Reply:
    filled = form(draft.form)
    asked = filled.field(draft.asking)
    if asked:
        return Reply((words(f"request.ask_{asked.key}"),), taps=_taps(turn, asked), then=fill, draft=draft)
    told = words("request.review", form=_name(filled))
    rows = [Row(_label(one), value) for one, value in _given(filled, draft)]
    taps = [Answer(words("request.tap_send"), SEND), Answer(words("request.tap_mend"), MEND)]
    return Reply((Card(summary=told, title=told, rows=rows),), taps=taps, then=review, draft=draft)


def _send(turn: Turn, draft: Filling, filled: Form) -> Reply:
    given = _given(filled, draft, PHONE)
    lines = [words("request.line", field=_label(one), answer=value) for one, value in given]
    parts = tuple(turn.tell(one, KEPT_IN) for one in (_name(filled), *lines))
    came = {key: message for message, key in draft.messages.items()}
    messages = ("", *(came.get(one.key, "") for one, _ in given))
    told = Told(
        Kind.REQUEST, parts, category=f"{OF_A_FORM}{filled.code}", contact=draft.answers.get(PHONE.key, ""),
        channel=Channel(draft.channel), messages=messages,
    )  # fmt: skip
    filed = file(turn.store, told, turn.who, turn.today)
    case = filed.case
    case_log.filed(turn, case)
    reply = replace(complaint_cards.filed(turn, case), needed=True)  # its number is the way back
    reply = _hurried(turn, draft, filled, reply, promised(turn.store, case)) if case.reporter else reply
    return tell_officers(reply, filed.officers, case)


def _hurried(turn: Turn, draft: Filling, filled: Form, reply: Reply, answered_by: date) -> Reply:
    """What is needed before the day that was promised is told by phone, too."""
    days = [value for _, value in _given(filled, draft) if isinstance(value, date)]
    if not days or min(days) > answered_by:
        return reply
    number = turn.store.office.dial
    call = [Link(words("office.tap_call"), f"tel:{number}")] if number else []
    return reply.adding(words("request.needed_sooner", day=min(days))).offering(*call)


def _given(filled: Form, draft: Filling, *but: Field) -> Sequence[tuple[Field, str | date]]:
    """What was answered, in the order of the form."""
    told = [(one, draft.answers.get(one.key, "")) for one in filled.fields if one not in but]
    return [(one, date.fromisoformat(said) if one.kind is Ask.DAY else said) for one, said in told if said]


def _without(draft: Filling, message: str) -> Filling:
    """The form without the answer that came in a message."""
    key = draft.messages.get(message)
    return replace(draft, answers=form(draft.form).without(draft.answers, key)) if key else draft


def _taps(turn: Turn, asked: Field) -> Sequence[Tap]:
    skip = [] if asked.required else [Answer(words("request.tap_skip"), SKIP)]
    return picking.days(turn, *skip) if asked.kind is Ask.DAY else skip


def _name(one: Form) -> Words:
    return words(f"request.form_{one.code}")


def _label(one: Field) -> Words:
    return words(f"request.field_{one.key}")
