"""What is kept of a person: told, shown, and forgotten as far as it can be.

villager เก็บข้อมูลอะไรไว้บ้าง
bot      เราเก็บเฉพาะสิ่งที่ต้องใช้เพื่อตอบท่าน …   [ข้อมูลของฉัน] [ลบข้อมูลของฉัน]
villager ข้อมูลของฉัน
bot      [card: ข้อมูลของท่านที่เราเก็บไว้ · ภาษา · เรื่องที่แจ้ง 2 เรื่อง · 69-000123-C กำลังดำเนินการ · …]
         [เรื่องที่ฉันแจ้ง] [ไม่รับข่าว] [บอกหมู่ของฉัน] [ลบข้อมูลของฉัน]
villager ลบข้อมูลของฉัน
bot      [card: ลบข้อมูลของท่านหรือไม่ · จะลบ … · ยังเก็บไว้ …]   [ลบเลย]
villager [ลบเลย]
bot      ลบข้อมูลของท่านแล้ว

Whoever has an open case stays known until it is answered; whoever works for the agency, as long as they do.
"""

from collections.abc import Sequence

from handlers.cases.following_cards import STATES
from handlers.common import case_log, picking
from handlers.common.contents import removal
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, Words, say, show, words
from itadomain.cases.case import Case
from itadomain.forgetting import Kept, forget, kept_of, may_forget
from itadomain.organisation import units_of
from itadomain.people import Person
from itadomain.refusals import Refusal
from itadomain.surveys.survey import MARKS_KEPT

feature = Feature("privacy")

MOST_CASES = 8
#: Questions that hold what somebody is telling just now.
TELLING = ("complaint.", "following.", "request.", "inquiry.", "disclosure.")


@feature.on("intent:privacy")
def about(turn: Turn) -> Reply:
    told = say("privacy.about").adding(words("privacy.who_else"))
    return told.offering(_tap_mine(), _tap_delete(), Go(words("menu.office_call"), "office.call"))


@feature.on()
def mine(turn: Turn) -> Reply:
    told, kept = words("privacy.mine"), kept_of(turn.store, turn.who)
    rows = [*_person(turn), *_brought(turn, kept), *_sent(kept), _disclosed()]
    notes = [words("privacy.record") if kept.cases else words("privacy.no_chat_kept"), words("privacy.line_keeps")]
    read = [_tap_cases()] if kept.cases else []
    card = Card(summary=told, title=told, rows=rows, notes=notes)
    return show(card).offering(*read, *_tap_wishes(turn), _tap_delete(), Go(words("help.tap_menu"), "help.menu"))


@feature.on()
def delete(turn: Turn) -> Reply:
    """Say what goes and what stays, before anything does."""
    may_forget(turn.store, turn.who, turn.at)
    if turn.asked.startswith(TELLING):
        raise Refusal("privacy.finish_first")
    kept = kept_of(turn.store, turn.who)
    goes = _goes(kept, turn.who)
    told = words("privacy.sure") if goes else words("privacy.nothing_yet")
    rows = [Row(words("privacy.goes"), one) for one in goes]
    rows += [Row(words("privacy.stays"), one) for one in _stays(kept)]
    notes = [words("privacy.line_keeps"), *([] if kept.open else [words("privacy.then_new")])]
    card = Card(summary=told, title=told, rows=rows, notes=notes)
    if not goes:
        return show(card).offering(_tap_cases(), Go(words("help.tap_menu"), "help.menu"))
    return Reply((card,), taps=(Answer(words("privacy.tap_sure"), picking.YES),), then=confirm)


@feature.step
def confirm(turn: Turn) -> Reply:
    picking.only_yes(turn)
    left = len(kept_of(turn.store, turn.who).open)
    done = forget(turn.store, turn.who, turn.at)
    for case in done.cases:
        case_log.forgotten(turn, case)
    told = say("privacy.partly_deleted", count=left) if left else say("privacy.deleted")
    return told.doing(*removal(done.copies)).offering(Go(words("help.tap_menu"), "help.menu"))


def _person(turn: Turn) -> list[Row]:
    """Who they are, as far as it is known; of a citizen no name is."""
    who, roles = turn.who, [words(f"account.role_{role}") for role in sorted(turn.who.roles)]
    units = [unit.name for unit in units_of(who, turn.store.units.all(), turn.today)]
    facts = [
        (words("privacy.line_id"), words("privacy.line_id_sealed")),
        (words("privacy.language"), words(f"account.language_{who.language}")),
        (words("privacy.name"), who.name or words("privacy.no_name")),
        (words("privacy.unit"), units),
        (words("privacy.roles"), roles),
        (words("privacy.village"), words("casework.village", village=who.village) if who.village else ""),
        (words("privacy.broadcasts"), words("privacy.no_broadcasts") if who.muted else ""),
    ]
    return [Row(label, value) for label, value in facts if value]


def _brought(turn: Turn, kept: Kept) -> list[Row]:
    """Their cases by number and state; what they wrote in them is read where each is followed."""
    telling = [words("privacy.half_told")] if turn.asked.startswith(TELLING) else []
    more = [words("privacy.more_cases", count=len(kept.cases) - MOST_CASES)] if len(kept.cases) > MOST_CASES else []
    told: Sequence[Words | str] = [words("privacy.case_count", count=len(kept.cases)), *telling]
    return [Row(words("privacy.cases"), told), *map(_case, kept.cases[:MOST_CASES]), *(Row("…", one) for one in more)]


def _case(case: Case) -> Row:
    return Row(str(case.ticket), STATES[case.state])


def _sent(kept: Kept) -> list[Row]:
    counted = words("privacy.sent_count", filed=len(kept.sent) - len(kept.loose), loose=len(kept.loose))
    read = words("privacy.times", count=kept.acknowledged)
    answered = [words("privacy.answered", count=kept.surveys)] if kept.surveys else []
    begun = [words("privacy.begun", count=kept.begun)] if kept.begun else []
    facts = [
        (words("privacy.sent"), counted, kept.sent),
        (words("privacy.acknowledged"), read, kept.acknowledged),
        (words("privacy.surveys"), [*answered, *begun], answered or begun),
    ]
    return [Row(label, value) for label, value, there in facts if there]


def _disclosed() -> Row:
    """The same to everyone: nothing tells whether they disclosed anything."""
    return Row(words("privacy.disclosed"), words("privacy.disclosed_by_code"))


def _goes(kept: Kept, who: Person) -> list[Words]:
    always = [words("privacy.goes_loose", count=len(kept.loose))] if kept.loose else []
    always += [words("privacy.goes_village")] if who.village else []
    always += [words("privacy.goes_begun", count=kept.begun)] if kept.begun else []
    if kept.open:
        return always
    tie = [words("privacy.goes_tie", count=len(kept.cases))] if kept.cases else []
    return [words("privacy.goes_line"), *always, *tie]


def _stays(kept: Kept) -> list[Words]:
    still = [words("privacy.stays_open", count=len(kept.open))] if kept.open else []
    record = [words("privacy.stays_record", count=len(kept.cases))] if kept.cases else []
    answered = [words("privacy.stays_answered", days=MARKS_KEPT.days)] if kept.surveys else []
    return [*still, *record, *answered, words("privacy.stays_disclosed"), words("privacy.stays_time")]


def _tap_mine() -> Go:
    return Go(words("privacy.tap_mine"), "privacy.mine")


def _tap_wishes(turn: Turn) -> Sequence[Go]:
    """What they want to hear of us is theirs to change where they see it."""
    if turn.who.muted:
        return (Go(words("wishes.tap_unmute"), "wishes.unmute"),)
    return Go(words("wishes.tap_mute"), "wishes.mute"), Go(words("wishes.tap_village"), "wishes.village")


def _tap_cases() -> Go:
    return Go(words("privacy.tap_cases"), "following.mine")


def _tap_delete() -> Go:
    return Go(words("privacy.tap_delete"), "privacy.delete")
