"""Ask everyone, or everyone new, to acknowledge something, and see who has.

secretary ทะเบียนรับทราบ
bot      [card: ทะเบียนรับทราบ · นโยบาย No Gift: 3 จาก 5 คน]   [นโยบาย No Gift] [ขอให้รับทราบ]
secretary [ขอให้รับทราบ]
bot      เรื่องใดคะ พิมพ์ชื่อเรื่อง …   [แผนมาตรการ 2570] … [มาตรการข้อ 1] …
secretary นโยบาย No Gift
bot      พิมพ์ข้อความที่ให้อ่าน …
secretary เจ้าหน้าที่ทุกคนไม่รับของขวัญ …
bot      ขอให้ใครรับทราบคะ   [ทุกคน] [ผู้เข้าใหม่]
secretary [ทุกคน]
bot      จะแจ้งเจ้าหน้าที่ 5 คน … ถูกต้องหรือไม่คะ   [ยืนยัน]
secretary [ยืนยัน]
bot      บันทึกและแจ้งแล้ว 5 คนค่ะ
officer  (is told) มีเรื่องให้ท่านรับทราบ 1 เรื่อง   [เปิดอ่าน]
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from handlers.common import picking
from handlers.common.calendar_keepers import keeper_only
from handlers.common.notices import to_read, to_use
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, Words, ask, say, show, words
from itadomain.acknowledgements import LONGEST_TITLE, Audience, Circular, asked, circular, closed, missing
from itadomain.lateness import afford
from itadomain.papers.circulating import at_hand
from itadomain.papers.memo import may_read
from itadomain.people import INSIDERS, Person
from itadomain.refusals import Refusal

feature = Feature("circulars", roles=INSIDERS)

MEASURE, PAPER = "measure:", "paper:"
AUDIENCES = {
    Audience.EVERYONE: words("circulars.pick_everyone"),
    Audience.NEWCOMERS: words("circulars.pick_newcomers"),
}
#: What the agency's own papers are called on a tap.
PAPERS: Mapping[str, Callable[[int], Words]] = {
    "plan": lambda year: words("circulars.tap_plan", year=year),
    "report": lambda year: words("circulars.tap_report", year=year),
    "analysis": lambda year: words("circulars.tap_analysis", year=year),
}
TOLD = {**AUDIENCES, Audience.CHOSEN: words("circulars.some_people")}


@dataclass(frozen=True)
class Draft:
    """What is to be acknowledged, by whom."""

    title: str
    wording: str = ""
    measure: str = ""
    audience: str = ""
    paper: str = ""


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: the whole register
    keeper_only(turn)
    known = turn.store.circulars.all()
    card = Card(
        summary=words("circulars.count", count=len(known)),
        title=words("circulars.count", count=len(known)),
        subtitle=turn.store.office.short,
        rows=[Row(one.title, _how_far(turn, one)) for one in known[: picking.PAGE]],
    )
    taps = [Go(one.title, "circulars.one", {"id": one.id}) for one in known]
    add = Go(words("circulars.tap_add"), "circulars.add")
    return show(card).offering(*picking.pages(taps, turn, "circulars.all"), add)


@feature.on()
def one(turn: Turn) -> Reply:
    keeper_only(turn)
    found = _known(turn)
    done = turn.store.circulars.acknowledged(found.id)
    names = {person.id: person.name for person in picking.insiders(turn)}
    waiting = missing(found, picking.insiders(turn), done, turn.today)
    card = Card(
        summary=words("circulars.one", title=found.title, told=_how_far(turn, found)),
        title=found.title,
        subtitle=TOLD[found.audience],
        rows=[
            *(Row(person.name, words("circulars.not_yet")) for person in waiting),
            *(Row(names.get(read.person, words("committees.gone")), read.at) for read in done),
        ],
        notes=[words("circulars.is_closed", on=found.closed_on)] if found.closed_on else [],
    )
    named = {"id": found.id}
    remind = [Go(words("circulars.tap_remind", count=len(waiting)), "circulars.remind", named)] if waiting else []
    close = [] if found.closed_on else [Go(words("circulars.tap_close"), "circulars.close", named)]
    memo = {"kind": "memo", "of": found.id}
    paper = [Go(words("paperwork.tap_memo"), "paperwork.one", memo)] if may_read(found, turn.who) else []
    return show(card).offering(*remind, *close, *paper, Go(words("circulars.tap_all"), "circulars.all"))


@feature.on()
def remind(turn: Turn) -> Reply:
    keeper_only(turn)
    found = _known(turn)
    waiting = missing(found, picking.insiders(turn), turn.store.circulars.acknowledged(found.id), turn.today)
    reminded = turn.store.nudges.on(turn.today)  # nobody is reminded twice a day, of whatever it is
    people = [one for one in waiting if one.id not in reminded]
    afford(turn.store, len(people), turn.today)
    for one in people:
        turn.store.nudges.add(one.id, turn.today)
    return say("circulars.reminded", count=len(people)).telling(*people, reply=to_read(found))


@feature.on()
def close(turn: Turn) -> Reply:
    keeper_only(turn)
    turn.store.circulars.save(closed(_known(turn), turn.today))
    return say("circulars.closed").offering(Go(words("circulars.tap_all"), "circulars.all"))


@feature.on()
def add(turn: Turn) -> Reply:
    keeper_only(turn)
    return _ask_what(turn)


@feature.step
def hear_title(turn: Turn) -> Reply:
    keeper_only(turn)
    if picking.page_turned(turn) is not None:
        return _ask_what(turn)
    if turn.chosen.startswith(PAPER):
        return _of_paper(turn, turn.chosen.removeprefix(PAPER))
    if turn.chosen.startswith(MEASURE):
        return _of_measure(turn, turn.chosen.removeprefix(MEASURE))
    circular("", turn.text, "", Audience.EVERYONE, turn.who, turn.today)  # a title that is none is refused at once
    return ask("circulars.which_wording", then=hear_wording, draft=Draft(" ".join(turn.text.split())))


@feature.step
def hear_wording(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    circular("", draft.title, turn.text, Audience.EVERYONE, turn.who, turn.today)
    return _ask_whom(replace(draft, wording=turn.text.strip()))


@feature.step
def pick_audience(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    if turn.chosen not in set(AUDIENCES):
        raise Refusal("circulars.which_audience")
    draft = replace(draft, audience=turn.chosen)
    people, others = _asked(turn, _made(turn, draft))
    facts = {"title": draft.title, "count": len(people), "cost": len(others)}
    told = to_use(turn.store, turn.today)
    return ask("circulars.is_it_right", then=confirm, choices=picking.yes(), draft=draft, left=told, **facts)


@feature.step
def confirm(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    picking.only_yes(turn)
    made = _made(turn, draft, turn.store.new_id())
    people, others = _asked(turn, made)
    turn.store.circulars.save(made)
    told = say("circulars.asked", count=len(people)).offering(Go(words("circulars.tap_all"), "circulars.all"))
    return told.telling(*others, reply=to_read(made))


def _ask_what(turn: Turn) -> Reply:
    plan = turn.store.measures.of_newest_plan()
    papers = [Answer(PAPERS[one.kind](one.year), f"{PAPER}{one.key}") for one in at_hand(turn.store)]
    numbered = [Answer(words("measures.tap_one", no=no), f"{MEASURE}{one.id}") for no, one in enumerate(plan, 1)]
    return ask("circulars.what", then=hear_title, choices=picking.choices([*papers, *numbered], turn))


def _of_paper(turn: Turn, key: str) -> Reply:
    paper = next((one for one in at_hand(turn.store) if one.key == key), None)
    if paper is None:
        raise Refusal("acknowledge.unknown")
    return _ask_whom(Draft(paper.name, paper=paper.key))


def _of_measure(turn: Turn, measure_id: str) -> Reply:
    measure = turn.store.measures.get(measure_id)
    if measure is None:
        raise Refusal("acknowledge.unknown")
    return _ask_whom(Draft(measure.title[:LONGEST_TITLE], measure=measure.id))


def _ask_whom(draft: Draft) -> Reply:
    choices = [Answer(told, audience.value) for audience, told in AUDIENCES.items()]
    return ask("circulars.whom", then=pick_audience, choices=choices, draft=draft)


def _asked(turn: Turn, made: Circular) -> tuple[list[Person], list[Person]]:
    """Who is asked, and who of them is told by a message; Refusal where the month's messages do not suffice."""
    people = asked(made, picking.insiders(turn), turn.today)
    others = [one for one in people if one.id != turn.who.id]
    afford(turn.store, len(others), turn.today)
    return people, others


def _made(turn: Turn, draft: Draft, new_id: str = "") -> Circular:
    made = circular(new_id, draft.title, draft.wording, Audience(draft.audience), turn.who, turn.today)
    return replace(made, measure=draft.measure, paper=draft.paper)


def _known(turn: Turn) -> Circular:
    found = turn.store.circulars.get(str(turn.values.get("id", "")))
    if found is None:
        raise Refusal("acknowledge.unknown")
    return found


def _how_far(turn: Turn, one: Circular) -> object:
    done = turn.store.circulars.acknowledged(one.id)
    waiting = missing(one, picking.insiders(turn), done, turn.today)
    return words("circulars.so_many", done=len(done), all=len(done) + len(waiting))
