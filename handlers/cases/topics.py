"""Keep the agency's own answers: add one, mend it, call it by more words, put it out of use.

officer  คำตอบสำเร็จรูป
bot      [card: คำตอบสำเร็จรูป 2 เรื่อง]   [เพิ่มเรื่อง] [เวลาทำการ] [ขอเลขที่บ้าน]
officer  [เพิ่มเรื่อง]
bot      เรื่องนี้เรียกว่าอะไรคะ
officer  ภาษีป้าย
bot      คำตอบว่าอย่างไรคะ
officer  ชำระได้ถึงเดือนมีนาคม …
bot      [card: as citizens will see it]   [บันทึก] [แก้คำตอบ]
officer  [บันทึก]
bot      บันทึกแล้วค่ะ มีคำอื่นที่ชาวบ้านเรียกเรื่องนี้ไหมคะ   [เพิ่มคำเรียก] [เพิ่มรายละเอียด]
"""

from dataclasses import dataclass, replace

from handlers.cases.topic_cards import told
from handlers.common import picking
from handlers.common.labels import shortened
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Tap, Turn, ask, say, show, words
from itadomain.cases.case import Voice
from itadomain.cases.working import find
from itadomain.knowledge import PARTS, Topic, topic
from itadomain.people import Role
from itadomain.refusals import Refusal

feature = Feature("topics", roles=frozenset({Role.OFFICER, Role.ADMIN}))

SAVE, AGAIN = "save", "again"
#: What can be done with a topic that is kept.
STEPS = ("mend", "call", "detail", "close")


@dataclass(frozen=True)
class Draft:
    """What is being written: of a new topic its title and text, of a known one its id and the part."""

    title: str = ""
    text: str = ""
    id: str = ""
    part: str = ""


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every topic
    topics = turn.store.knowledge.all()
    counted = words("topics.count", count=len(topics))
    taps = [Go(shortened(one.title), "topics.one", {"id": one.id}) for one in topics]
    rows = [Row(one.title, ", ".join(one.aliases) or words("topics.no_aliases")) for one in topics[: picking.PAGE]]
    card = Card(summary=counted, title=counted, subtitle=turn.store.office.short, rows=rows)
    add = Go(words("topics.tap_add"), "topics.add")
    return show(card).offering(add, *picking.pages(taps, turn, "topics.all"))


@feature.on()
def one(turn: Turn) -> Reply:
    return _shown(turn, _named(turn))


@feature.on()
def add(turn: Turn) -> Reply:
    """Begin anew, or with what an officer answered in a case that this person may read."""
    case_id = str(turn.values.get("case", ""))
    return ask("topics.what_title", then=hear_title, draft=Draft(text=_answer(turn, case_id) if case_id else ""))


@feature.step
def hear_title(turn: Turn, draft: Draft) -> Reply:
    known = {one.title for one in turn.store.knowledge.all()}
    made = topic("-", turn.text, "--", turn.who.id, turn.today)  # the title is checked before the answer is asked for
    if made.title in known:
        raise Refusal("topics.exists", title=made.title)
    titled = replace(draft, title=made.title)
    if draft.text:
        return _to_confirm(turn, topic("-", made.title, draft.text, turn.who.id, turn.today), titled)
    return ask("topics.what_text", then=hear_text, draft=titled, title=made.title)


@feature.step
def hear_text(turn: Turn, draft: Draft) -> Reply:
    return _to_confirm(turn, topic("-", draft.title, turn.text, turn.who.id, turn.today), draft)


@feature.step
def confirm(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen == AGAIN:
        return ask("topics.what_text", then=hear_text, draft=draft, title=draft.title)
    if turn.chosen != SAVE:
        raise Refusal("topics.save_or_mend")
    if draft.id:
        known = turn.store.knowledge.get(draft.id)
        kept = _changed(turn, replace(known, text=draft.text)) if known else None
        return _saved(kept) if kept else say("knowledge.gone")
    made = topic(turn.store.new_id(), draft.title, draft.text, turn.who.id, turn.today)
    turn.store.knowledge.save(made)
    return _saved(made)


@feature.on()
def mend(turn: Turn) -> Reply:
    found = _named(turn)
    return ask("topics.what_text", then=hear_text, draft=Draft(found.title, id=found.id), title=found.title)


@feature.on()
def call(turn: Turn) -> Reply:
    found = _named(turn)
    return ask("topics.what_alias", then=hear_alias, draft=Draft(found.title, id=found.id), title=found.title)


@feature.step
def hear_alias(turn: Turn, draft: Draft) -> Reply:
    """One name, or several with commas between them."""
    found = _of(turn, draft.id)
    named = [one.strip() for one in turn.text.replace("\n", ",").split(",") if one.strip()]
    if not named:
        raise Refusal("topics.say_alias")
    return _saved(_changed(turn, found.called(*named)))


@feature.on()
def detail(turn: Turn) -> Reply:
    found = _named(turn)
    choices = [Answer(words(f"knowledge.{part}"), part) for part in PARTS]
    return ask("topics.which_part", then=pick_part, draft=Draft(found.title, id=found.id), choices=choices)


@feature.step
def pick_part(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen not in PARTS:
        raise Refusal("topics.which_of_these")
    part = words(f"knowledge.{turn.chosen}")
    return ask("topics.what_part", then=hear_part, draft=replace(draft, part=turn.chosen), part=part, title=draft.title)


@feature.step
def hear_part(turn: Turn, draft: Draft) -> Reply:
    checked = topic("-", draft.title, turn.text, turn.who.id, turn.today)  # as long as an answer may be, no longer
    found = _of(turn, draft.id)
    return _saved(_changed(turn, found.with_part(draft.part, checked.text)))


@feature.on()
def close(turn: Turn) -> Reply:
    found = _named(turn)
    return ask(
        "topics.close_it", then=closed, draft=Draft(found.title, id=found.id), choices=picking.yes(), title=found.title
    )


@feature.step
def closed(turn: Turn, draft: Draft) -> Reply:
    picking.only_yes(turn)
    _changed(turn, replace(_of(turn, draft.id), closed=True))
    return say("topics.closed", title=draft.title).offering(*_onward())


def _to_confirm(turn: Turn, made: Topic, draft: Draft) -> Reply:
    choices = (Answer(words("topics.tap_save"), SAVE), Answer(words("topics.tap_again"), AGAIN))
    return Reply((told(turn, made),), taps=choices, then=confirm, draft=replace(draft, text=made.text))


def _answer(turn: Turn, case_id: str) -> str:
    """The newest that the agency answered in a case, empty where it has not."""
    case = find(turn.store, case_id, turn.who, turn.today)
    return next((one.words for one in reversed(case.talk) if one.voice is Voice.AGENCY), "")


def _named(turn: Turn) -> Topic:
    return _of(turn, str(turn.values.get("id", "")))


def _of(turn: Turn, topic_id: str) -> Topic:
    found = turn.store.knowledge.get(topic_id)
    if found is None or found.closed:
        raise Refusal("knowledge.gone")
    return found


def _changed(turn: Turn, after: Topic) -> Topic:
    kept = replace(after, changed_on=turn.today, changed_by=turn.who.id)
    turn.store.knowledge.save(kept)
    return kept


def _shown(turn: Turn, found: Topic) -> Reply:
    taps = [Go(words(f"topics.tap_{step}"), f"topics.{step}", {"id": found.id}) for step in STEPS]
    return show(told(turn, found)).offering(*taps, *_onward())


def _saved(kept: Topic) -> Reply:
    steps = ("call", "detail")
    taps = [Go(words(f"topics.tap_{step}"), f"topics.{step}", {"id": kept.id}) for step in steps]
    return say("topics.saved", title=kept.title).offering(*taps, *_onward())


def _onward() -> list[Tap]:
    return [Go(words("topics.tap_all"), "topics.all"), Go(words("help.tap_menu"), "help.menu")]
