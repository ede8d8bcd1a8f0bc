"""Committees: found one, give people a seat in it, and write to everyone who has one.

secretary คณะกรรมการ
bot      [card: คณะกรรมการ 1 คณะ]   [คณะกรรมการ ITA] [เพิ่มคณะกรรมการ]
secretary [คณะกรรมการ ITA]
bot      [card: คณะกรรมการ ITA · name · duty, term]   [เพิ่มกรรมการ] [พ้นตำแหน่ง] [ส่งข้อความ]
secretary [เพิ่มกรรมการ]
bot      เพิ่มท่านใดคะ   [สมหญิง ใจดี] …
secretary [สมหญิง ใจดี]
bot      ทำหน้าที่ใดคะ   [ประธาน] [กรรมการ] [เลขานุการ]
secretary [กรรมการ]
bot      ดำรงตำแหน่งถึงวันใดคะ   [ไม่กำหนด] [เลือกวัน]
secretary [ไม่กำหนด]
bot      บันทึกแล้วค่ะ …
secretary [ส่งข้อความถึงทุกคน] … เชิญประชุมวันศุกร์ … [ส่ง]
bot      ส่งถึงกรรมการ 1 คนแล้วค่ะ
member   (is told) มีเรื่องให้ท่านรับทราบ 1 เรื่อง   [เปิดอ่าน]

What is written to a committee is kept as something its members are to acknowledge: a push shows no words of it.
"""

from dataclasses import dataclass, replace

from handlers.common import picking
from handlers.common.calendar_keepers import is_keeper, keeper_only
from handlers.common.notices import to_read, to_use
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, Words, ask, say, show, words
from itadomain.acknowledgements import Audience, circular
from itadomain.committees import founded, seated, sitting, unseated
from itadomain.lateness import afford
from itadomain.organisation import Committee, Seat
from itadomain.people import INSIDERS, Person
from itadomain.refusals import Refusal

feature = Feature("committees", roles=INSIDERS)

FOR_GOOD = "-"
LONGEST_MESSAGE = 500
#: Duties that are tapped; others are typed and stay as they were typed.
DUTIES = {
    "chair": words("committees.pick_chair"),
    "member": words("committees.pick_member"),
    "secretary": words("committees.pick_secretary"),
}


@dataclass(frozen=True)
class Draft:
    """The committee, the person that it is about, and what was said of them or to everyone."""

    committee: str
    person: str = ""
    said: str = ""


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every committee
    known = turn.store.committees.all()
    card = Card(
        summary=words("committees.count", count=len(known)),
        title=words("committees.count", count=len(known)),
        subtitle=turn.store.office.short,
        rows=[Row(one.name, words("committees.seats", count=len(sitting(one, turn.today)))) for one in known],
    )
    taps = [Go(one.name, "committees.one", {"id": one.id}) for one in known]
    add = [Go(words("committees.tap_add"), "committees.add")] if is_keeper(turn) else []
    return show(card).offering(*picking.pages(taps, turn, "committees.all"), *add)


@feature.on()
def add(turn: Turn) -> Reply:
    keeper_only(turn)
    return ask("committees.new_name", then=hear_name)


@feature.step
def hear_name(turn: Turn) -> Reply:
    keeper_only(turn)
    made = founded(turn.store.new_id(), turn.text, turn.store.committees.all())
    turn.store.committees.save(made)
    return _shown(turn, made)


@feature.on()
def one(turn: Turn) -> Reply:
    return _shown(turn, _known(turn, str(turn.values.get("id", ""))))


@feature.on()
def seat(turn: Turn) -> Reply:
    keeper_only(turn)
    return _ask_whom(turn, Draft(_known(turn, str(turn.values.get("id", ""))).id))


@feature.step
def pick_person(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    if picking.page_turned(turn) is not None:
        return _ask_whom(turn, draft)
    person = picking.person_chosen(turn, picking.insiders(turn))
    duties = [Answer(told, duty) for duty, told in DUTIES.items()]
    return ask("committees.which_duty", then=hear_duty, choices=duties, draft=replace(draft, person=person.id))


@feature.step
def hear_duty(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    draft = replace(draft, said=turn.chosen or " ".join(turn.text.split()))
    choices = picking.days(turn, Answer(words("committees.tap_for_good"), FOR_GOOD))
    return ask("committees.until", then=hear_term, choices=choices, draft=draft)


@feature.step
def hear_term(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    until = None if turn.chosen == FOR_GOOD else picking.day_chosen(turn)
    taken = Seat(draft.person, draft.said, turn.today, until)
    now = seated(_known(turn, draft.committee), taken, turn.today)
    turn.store.committees.save(now)
    return _shown(turn, now)


@feature.on()
def unseat(turn: Turn) -> Reply:
    keeper_only(turn)
    committee = _known(turn, str(turn.values.get("id", "")))
    choices = picking.people(turn, _people(turn, committee))
    return ask("committees.who_leaves", then=pick_leaving, choices=choices, draft=Draft(committee.id))


@feature.step
def pick_leaving(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    committee = _known(turn, draft.committee)
    leaving = picking.person_chosen(turn, _people(turn, committee))
    now = unseated(committee, leaving.id, turn.today)
    turn.store.committees.save(now)
    return _shown(turn, now)


@feature.on()
def write(turn: Turn) -> Reply:
    keeper_only(turn)
    committee = _known(turn, str(turn.values.get("id", "")))
    count = len(_told(turn, committee))
    return ask("committees.what_to_say", then=hear_message, draft=Draft(committee.id), count=count)


@feature.step
def hear_message(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    said = turn.text.strip()
    if not 0 < len(said) <= LONGEST_MESSAGE:
        raise Refusal("committees.no_message", most=LONGEST_MESSAGE)
    facts = {
        "said": said,
        "count": len(_told(turn, _known(turn, draft.committee))),
        "left": to_use(turn.store, turn.today),
    }
    choices = [Answer(words("committees.tap_send"), picking.YES)]
    return ask("committees.send", then=confirm, choices=choices, draft=replace(draft, said=said), **facts)


@feature.step
def confirm(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    picking.only_yes(turn)
    committee = _known(turn, draft.committee)
    people = _told(turn, committee)
    made = circular(turn.store.new_id(), committee.name, draft.said, Audience.CHOSEN, turn.who, turn.today)
    made = replace(made, people=tuple(one.id for one in people))
    turn.store.circulars.save(made)
    told = say("committees.sent", count=len(people)).offering(_tap(committee))
    return told.telling(*people, reply=to_read(made))


def _shown(turn: Turn, committee: Committee) -> Reply:
    seats = sitting(committee, turn.today)
    card = Card(
        summary=words("committees.one", name=committee.name, count=len(seats)),
        title=committee.name,
        rows=[Row(_name(turn, one.person), _duty(one)) for one in seats],
        notes=[] if seats else [words("committees.empty")],
    )
    named = {"id": committee.id}
    change = [
        Go(words("committees.tap_seat"), "committees.seat", named),
        Go(words("committees.tap_unseat"), "committees.unseat", named),
        Go(words("committees.tap_write"), "committees.write", named),
    ]
    return show(card).offering(*(change if is_keeper(turn) else ()), Go(words("committees.tap_all"), "committees.all"))


def _ask_whom(turn: Turn, draft: Draft) -> Reply:
    choices = picking.people(turn, picking.insiders(turn))
    return ask("committees.whom", then=pick_person, choices=choices, draft=draft)


def _people(turn: Turn, committee: Committee) -> list[Person]:
    """Those who have a seat today and still work for the agency."""
    sits = {one.person for one in sitting(committee, turn.today)}
    return [one for one in picking.insiders(turn) if one.id in sits]


def _told(turn: Turn, committee: Committee) -> list[Person]:
    """Who hears what is written to all; Refusal where that is nobody, or more than the month's messages suffice for."""
    people = [one for one in _people(turn, committee) if one.id != turn.who.id]
    if not people:
        raise Refusal("committees.nobody", name=committee.name)
    afford(turn.store, len(people), turn.today)
    return people


def _name(turn: Turn, person_id: str) -> str | Words:
    person = turn.store.people.get(person_id, turn.today)
    return person.name if person else words("committees.gone")


def _duty(one: Seat) -> str | Words:
    duty = DUTIES.get(one.duty, one.duty)
    return words("committees.duty_until", duty=duty, until=one.until) if one.until else duty


def _tap(committee: Committee) -> Go:
    return Go(words("committees.tap_one"), "committees.one", {"id": committee.id})


def _known(turn: Turn, committee_id: str) -> Committee:
    found = turn.store.committees.get(committee_id)
    if found is None:
        raise Refusal("committees.unknown")
    return found
