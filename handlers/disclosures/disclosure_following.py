"""Follow what was disclosed, from any account, by its receipt code: where it stands, what was answered; say more.

somebody ติดตามด้วยรหัส
bot      โปรดพิมพ์รหัส 16 ตัวที่ได้รับ …
somebody K7QX-93FD-AB12-CD34
bot      [card: กำลังตรวจสอบข้อเท็จจริง … ผู้รับเรื่อง: … ]   [เพิ่มข้อมูล] [แนบไฟล์ทางเว็บ]
somebody [เพิ่มข้อมูล]
bot      พิมพ์ข้อมูลเพิ่มได้เลย …
somebody เอกสารอยู่ที่ร้านถ่ายเอกสาร
bot      เพิ่มแล้ว จะถึงผู้รับเรื่องในรอบถัดไป …
(รอข้อมูลจากท่าน) what is typed is the answer; (ปิดเรื่องแล้ว)   [ไม่เห็นด้วย]
somebody [ไม่เห็นด้วย]
bot      ไม่เห็นด้วยอย่างไรคะ …

A code that was typed anywhere else is found too. Nothing here is written down about whoever asks, but that a code did
not open, which is counted together with codes to join with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps

from handlers.common import contents
from handlers.common.complaint_draft import SENT, beside_words
from handlers.disclosures.disclosure_cards import tap_follow, tap_outside, watched, web
from handlers.disclosures.disclosure_draft import no_files, place_said
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Tap, Turn, Words, ask, say, words
from itadomain.cases.case import Line, Voice
from itadomain.integrity.coach import answered
from itadomain.integrity.disclosure import Disclosure, More, Outcome, State
from itadomain.integrity.filing import add
from itadomain.integrity.receipts import code_alone, code_in
from itadomain.integrity.stages import DAYS_TO_REOPEN, may_be_reopened
from itadomain.integrity.working import readers
from itadomain.invitations import have_patience
from itadomain.refusals import Refusal

#: The same feature as `handlers/disclosures/disclosure.py`, where it is told.
feature = Feature("disclosure")

MORE, DISAGREE = "more", "disagree"
BESIDE = tuple(one for one in SENT if one != "event:unsend")  # what was added stays added
NEWEST, ROOM = 5, 2000  # of what was said: so many lines, so many letters
STATES = {
    State.NEW: words("disclosure.state_new"),
    State.ACCEPTED: words("disclosure.state_accepted"),
    State.INQUIRY: words("disclosure.state_inquiry"),
    State.WAITING: words("disclosure.state_waiting"),
    State.CLOSED: words("disclosure.state_closed"),
}
OUTCOMES = {
    Outcome.SUBSTANTIATED: words("disclosure.outcome_substantiated"),
    Outcome.UNSUBSTANTIATED: words("disclosure.outcome_unsubstantiated"),
    Outcome.INSUFFICIENT: words("disclosure.outcome_insufficient"),
    Outcome.BEYOND: words("disclosure.outcome_beyond"),
}


@dataclass(frozen=True)
class Held:
    """The code that was typed, for as long as the next question is open."""

    code: str


@feature.on()
def follow(turn: Turn) -> Reply:
    if watched(turn) and turn.store.office.form:
        return _elsewhere(turn)
    warned = [words("disclosure.watched")] if watched(turn) else []
    return Reply((*warned, words("disclosure.which_code")), then=hear_code)


@feature.step
def hear_code(turn: Turn) -> Reply:
    code = code_in(turn.text)
    if not code:
        raise Refusal("disclosure.no_such_code")  # what means something else starts that
    return opened(turn, code)


def typed(turn: Turn) -> Reply | None:
    """What nobody asked for may be a code; None where it is none."""
    code = code_alone(turn.text)
    return opened(turn, code) if code else None


def opened(turn: Turn, code: str) -> Reply:
    """What the code opens; the same answer for one that is wrong and one that nobody has, and not for long."""
    if watched(turn) and turn.store.office.form:
        return _elsewhere(turn)
    have_patience(turn.store.invitations.wrong_codes(turn.who.id), turn.at)
    found = turn.store.disclosures.by_code(code)
    if found is None:
        turn.store.invitations.count_wrong(turn.who.id, turn.at)
        return ask("disclosure.no_such_code", then=hear_code)
    return _shown(turn, found, code)


def _held(step: Callable[[Turn, Held], Reply]) -> Callable[[Turn, Held], Reply]:
    """A step that goes on with a code; another one that is typed is opened, not said to anybody."""

    @feature.hearing(*BESIDE)
    @wraps(step)
    def hear(turn: Turn, draft: Held) -> Reply:
        return typed(turn) or step(turn, draft)

    return hear


@_held
def act(turn: Turn, draft: Held) -> Reply:
    if turn.chosen == MORE:
        return ask("disclosure.say_more", then=hear_more, draft=draft)
    if turn.chosen == DISAGREE:
        return ask("disclosure.what_is_wrong", then=hear_why, draft=draft)
    raise no_files(turn) if beside_words(turn) else Refusal("disclosure.one_of_these")


@_held
def hear_more(turn: Turn, draft: Held) -> Reply:
    if turn.chosen == DISAGREE:
        return ask("disclosure.what_is_wrong", then=hear_why, draft=draft)
    add(turn.store, draft.code, More(_said(turn)))
    return _left("disclosure.added")


@_held
def hear_why(turn: Turn, draft: Held) -> Reply:
    add(turn.store, draft.code, More(_said(turn), reopens=True))
    return _left("disclosure.disagreed").offering(tap_outside())


def _said(turn: Turn) -> str:
    """What is added: words, or a place in words."""
    if not beside_words(turn):
        return answered(turn.text)
    if turn.values["kind"] != contents.PLACE:
        raise no_files(turn)
    return place_said(turn)


def _left(key: str) -> Reply:
    return say(key).offering(tap_follow(), Go(words("help.tap_menu"), "help.menu"))


def _elsewhere(turn: Turn) -> Reply:
    """Where staff read what is typed here, a code is typed into the form."""
    form = turn.store.office.form
    return say("disclosure.follow_on_the_web", form=form).offering(web(turn, "disclosure.tap_web_follow"))


def _shown(turn: Turn, found: Disclosure, code: str) -> Reply:
    """Where it waits for its reporter, what they type is the answer; one that is on its way is not asked for again."""
    waits = found.answer_wanted
    deeds: list[Tap] = [] if waits else [Answer(words("disclosure.tap_more"), MORE)]
    if found.standing.state is State.CLOSED and may_be_reopened(found.standing, turn.today):
        deeds.append(Answer(words("disclosure.tap_disagree"), DISAGREE))
    if found.standing.state is State.CLOSED:
        deeds.append(tap_outside())
    files = [web(turn, "disclosure.tap_files")] if turn.store.office.form else []
    now = [words("disclosure.say_it_now")] if waits else []
    return Reply((_card(turn, found), *now), taps=[*deeds, *files], then=hear_more if waits else act, draft=Held(code))


def _card(turn: Turn, found: Disclosure) -> Card:
    standing = found.standing
    facts: list[tuple[Words, object]] = [
        (words("disclosure.stands"), _stands(found)),
        (words("disclosure.outcome"), OUTCOMES[standing.outcome] if standing.outcome else ""),
        (words("disclosure.due"), standing.due or ""),
        (words("disclosure.received_on"), standing.filed_on if found.delivered else ""),
    ]
    return Card(
        summary=words("disclosure.of_this_code"),
        title=words("disclosure.of_this_code"),
        rows=[*(Row(label, value) for label, value in facts if value), *_talk(found)],
        notes=_notes(turn, found),
    )


def _stands(found: Disclosure) -> Words:
    if not found.delivered:
        return words("disclosure.state_in_the_box")
    answered_it = found.standing.state is State.WAITING and not found.answer_wanted
    return words("disclosure.state_answered") if answered_it else STATES[found.standing.state]


def _talk(found: Disclosure) -> list[Row]:
    """What both sides said, the newest of it; who of the receivers said it is not told."""
    lines = [line for line in found.talk if line.voice in {Voice.REPORTER, Voice.AGENCY}][-NEWEST:]
    while sum(len(line.words) for line in lines) > ROOM and len(lines) > 1:
        lines = lines[1:]
    return [Row(_speaker(line, found), line.words) for line in lines]


def _speaker(line: Line, found: Disclosure) -> Words:
    if not found.delivered:
        return words("disclosure.you_said")
    key = "disclosure.you_said_on" if line.voice is Voice.REPORTER else "disclosure.we_said_on"
    return Words(key, {"day": line.on})


def _notes(turn: Turn, found: Disclosure) -> list[Words]:
    """How many can read it today; until when one may disagree; that a receiver asked who its reporter is, and why."""
    notes = [words("disclosure.so_many_read", count=len(readers(turn.store, found, turn.today)))]
    if found.standing.over_on and may_be_reopened(found.standing, turn.today):
        notes.append(words("disclosure.may_disagree", day=found.standing.over_on + timedelta(days=DAYS_TO_REOPEN)))
    if found.reveal:
        key = "disclosure.name_was_shown" if found.reveal.agreed else "disclosure.name_was_asked"
        notes.append(Words(key, {"why": found.reveal.reason}))
    if found.files:
        notes.append(words("disclosure.files", count=len(found.files)))
    return notes
