"""Say what stands in the way, be answered, and agree when it is gone.

staff    ติดปัญหา
bot      มาตรการใดคะ   [ข้อ 3] [ข้อ 7]
staff    [ข้อ 3]
bot      ติดเรื่องใด ขอหนึ่งประโยค
staff    งบประมาณยังไม่อนุมัติ
bot      [what will be told]   [แจ้งหัวหน้า] [แก้ข้อความ]
staff    [แจ้งหัวหน้า]
bot      แจ้งแล้ว …
(แจ้งแล้ว) bot   มีเรื่องรอท่านพิจารณา 1 เรื่อง   [เปิดดู]
head     [เปิดดู]
bot      [card: what was said]   [ตอบ] [แก้ได้แล้ว]
head     [ตอบ] … โอนงบให้แล้ว
staff    [แก้ได้แล้ว]
bot      รอให้อีกฝ่ายยืนยัน
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.common import picking
from handlers.common.notices import tell_of_obstacle
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, Words, ask, say, show, words
from handlers.plan import measure_cards as cards
from handlers.plan.progress_draft import numbered
from itadomain.helping import answer, find, gone, sides, tell
from itadomain.measures import years_at_hand
from itadomain.obstacles import Obstacle, Side, in_words
from itadomain.people import INSIDERS, Role
from itadomain.refusals import Refusal
from itadomain.reporting import own

feature = Feature("obstacle", roles=INSIDERS)

SEND, AGAIN = "send", "again"
ONWARD = {"ต่อไป", "next", "more"}  # beside the label of the tap that turns the page
NEWEST, ROOM = 5, 2000  # of what was said after the first: so many, and so many letters, have room in a card


@dataclass(frozen=True)
class Telling:
    """What is being told: about which duty, in which words."""

    duty: str = ""
    words: str = ""


@dataclass(frozen=True)
class Listing:
    """The page of open obstacles that is shown."""

    page: int = 0


@dataclass(frozen=True)
class Answering:
    """The obstacle that is being answered."""

    obstacle: str


@feature.on("intent:report_obstacle")
def start(turn: Turn) -> Reply:
    number, said = turn.number("measure"), str(turn.values.get("note", ""))
    draft = Telling(words="" if said == turn.text.strip() else said)
    if "id" in turn.values:
        return _go_on(replace(draft, duty=own(turn.store, str(turn.values["id"]), turn.who, turn.today).id))
    return _which(turn, draft) if number is None else _go_on(replace(draft, duty=numbered(turn, number).id))


@feature.step
def pick_measure(turn: Turn, draft: Telling) -> Reply:
    if turn.chosen:
        return _go_on(replace(draft, duty=own(turn.store, turn.chosen, turn.who, turn.today).id))
    number = turn.number("measure") or cards.number_in(turn.text)
    return _go_on(replace(draft, duty=numbered(turn, number).id))


@feature.step
def hear_words(turn: Turn, draft: Telling) -> Reply:
    return _go_on(replace(draft, words=in_words(turn.text)))


@feature.step
def confirm(turn: Turn, draft: Telling) -> Reply:
    if turn.chosen == AGAIN:
        return _go_on(replace(draft, words=""))
    if turn.chosen != SEND:
        raise Refusal("obstacle.send_or_mend")
    duty = own(turn.store, draft.duty, turn.who, turn.today)
    spoken = tell(turn.store, duty, turn.who, draft.words, turn.today)
    reply = say("obstacle.told" if spoken.hearing else "obstacle.written_down")
    return tell_of_obstacle(reply, spoken).offering(_tap_look(spoken.obstacle), Go(words("help.tap_menu"), "help.menu"))


@feature.on()
def open_ones(turn: Turn) -> Reply:
    return _listed(turn, 0)


@feature.step
def pick_one(turn: Turn, draft: Listing) -> Reply:
    """Another page, or one of them: tapped, or typed by its number."""
    page = draft.page + 1 if turn.text.strip().casefold() in ONWARD else picking.page_turned(turn)
    if page is not None:
        return _listed(turn, page)
    found, number = _open(turn), cards.number_in(turn.text) or 0
    typed = found[number - 1].id if 0 < number <= len(found) else ""
    if not (turn.chosen or typed):
        raise Refusal("obstacle.which_one", count=len(found))
    return _shown(turn, turn.chosen or typed)


@feature.on()
def look(turn: Turn) -> Reply:
    return _shown(turn, _id(turn))


@feature.on()
def reply(turn: Turn) -> Reply:
    obstacle = find(turn.store, _id(turn), turn.who, turn.today)
    return ask("obstacle.what_answer", then=hear_answer, draft=Answering(obstacle.id))


@feature.step
def hear_answer(turn: Turn, draft: Answering) -> Reply:
    spoken = answer(turn.store, draft.obstacle, turn.who, turn.text, turn.today)
    return tell_of_obstacle(say("obstacle.answered"), spoken).offering(_tap_look(spoken.obstacle))


@feature.on()
def over(turn: Turn) -> Reply:
    spoken = gone(turn.store, _id(turn), turn.who, turn.today)
    told = say("obstacle.other_side_is_asked" if spoken.obstacle.open else "obstacle.is_over")
    return tell_of_obstacle(told, spoken).offering(Go(words("help.tap_menu"), "help.menu"))


def _open(turn: Turn) -> Sequence[Obstacle]:
    """What stands in the way of those whom this person may help, or of their own units."""
    helping = {Role.EXECUTIVE} & turn.who.roles or _of_secretariat(turn)
    return turn.store.obstacles.open(None if helping else turn.who.units(turn.today))


def _listed(turn: Turn, page: int) -> Reply:
    found = _open(turn)
    if not found:
        return say("obstacle.none").offering(Go(words("help.tap_menu"), "help.menu"))
    page = max(0, min(page, (len(found) - 1) // picking.PAGE))
    told = words("obstacle.open_ones", count=len(found))
    numbered = list(enumerate(found, 1))[page * picking.PAGE :][: picking.PAGE]
    rows = [Row(words("obstacle.nth", no=no, title=_titled(turn, one)), one.told.words) for no, one in numbered]
    taps = [Answer(words("obstacle.tap_nth", no=no), one.id) for no, one in enumerate(found, 1)]
    card = Card(summary=told, title=told, rows=rows, notes=(words("obstacle.how_to_pick"),))
    shown = picking.choices(taps, replace(turn, chosen=f"{picking.TURNED}{page}"))
    return Reply((card,), taps=shown, then=pick_one, draft=Listing(page))


def _shown(turn: Turn, obstacle_id: str) -> Reply:
    obstacle = find(turn.store, obstacle_id, turn.who, turn.today)
    reply = show(_card(turn, obstacle))
    if not obstacle.open:
        return reply.offering(Go(words("help.tap_menu"), "help.menu"))
    settled = sides(turn.store, obstacle, turn.who, turn.today) <= obstacle.agreed
    over = [] if settled else [Go(words("obstacle.tap_gone"), "obstacle.over", {"id": obstacle.id})]
    return reply.offering(Go(words("obstacle.tap_answer"), "obstacle.reply", {"id": obstacle.id}), *over)


def _go_on(draft: Telling) -> Reply:
    if not draft.words:
        return ask("obstacle.what", then=hear_words, draft=draft)
    choices = (Answer(words("obstacle.tap_send"), SEND), Answer(words("obstacle.tap_again"), AGAIN))
    return ask("obstacle.confirm", then=confirm, draft=draft, choices=choices, said=draft.words)


def _which(turn: Turn, draft: Telling) -> Reply:
    years, units = years_at_hand(turn.store.measures.years(), turn.today), turn.who.units(turn.today)
    mine = turn.store.obligations.of_units(units, years, cards.A_PAGE)
    if not mine:
        return say("progress.nothing_yours").offering(Go(words("measures.tap_all"), "measures.everything"))
    asked = words("obstacle.which_measure")
    rows = [cards.duty_row(duty, turn.store.measures.get(duty.measure), turn.today) for duty in mine]
    taps = cards.duty_answers(turn, mine)
    return Reply((Card(summary=asked, title=asked, rows=rows),), taps=taps, then=pick_measure, draft=draft)


def _card(turn: Turn, obstacle: Obstacle) -> Card:
    told = words("obstacle.about", title=_titled(turn, obstacle))
    return Card(
        summary=told,
        title=words("obstacle.title"),
        subtitle=_titled(turn, obstacle),
        rows=_talk(turn, obstacle),
        notes=_agreed(obstacle),
    )


def _talk(turn: Turn, obstacle: Obstacle) -> list[Row]:
    """What was told first, how much lies between, and the newest that was said."""
    first, *later = obstacle.talk
    shown = later[-NEWEST:]
    while sum(len(one.words) for one in shown) > ROOM:
        shown = shown[1:]
    between = len(later) - len(shown)
    left_out = [Row("…", words("obstacle.between", count=between))] if between > 0 else []
    told, *newest = [Row(_speaker(turn, one.by, one.side), one.words) for one in (first, *shown)]
    return [told, *left_out, *newest]


def _agreed(obstacle: Obstacle) -> list[Words]:
    if not obstacle.open:
        return [words("obstacle.gone_on", day=obstacle.closed_on)]
    return [words("obstacle.one_side_agrees")] if obstacle.agreed else [words("obstacle.still_open")]


def _speaker(turn: Turn, person_id: str, side: Side) -> Words:
    person = turn.store.people.get(person_id, turn.today)
    key = "obstacle.unit_said" if side is Side.TOLD else "obstacle.helper_said"
    return words(key, name=person.name if person else None)


def _titled(turn: Turn, obstacle: Obstacle) -> Words:
    return cards.titled(turn.store.measures.get(obstacle.measure))


def _of_secretariat(turn: Turn) -> bool:
    own_units = set(turn.who.units(turn.today))
    return any(unit.secretariat and unit.id in own_units for unit in turn.store.units.all())


def _tap_look(obstacle: Obstacle) -> Go:
    return Go(words("obstacle.tap_look"), "obstacle.look", {"id": obstacle.id})


def _id(turn: Turn) -> str:
    return str(turn.values.get("id", ""))
