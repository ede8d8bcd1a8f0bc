"""Change a measure without a new file: a wording, its days, its target, the indicators it answers.

secretary แก้ไขมาตรการ
bot       ต้องการแก้ไขมาตรการข้อใดคะ แผนปี 2570 มี 7 ข้อ โปรดพิมพ์หมายเลข   [เพิ่มมาตรการ]
secretary 3
bot       [card: the measure as it stands]   [ชื่อ] [วิธีการ] [ระยะเวลา] [ขยายเวลา] [รอบรายงาน] [เป้าหมาย] [ตัวชี้วัด] …
secretary [ขยายเวลา]
bot       ขยายเวลาถึงเมื่อใดคะ ปัจจุบันคือ «ตลอดปีงบประมาณ» …
secretary ถึง ธ.ค. 2570
bot       ระยะเวลา: เดิม ตลอดปีงบประมาณ เป็น 1 ต.ค. 2569 - 31 ธ.ค. 2570 …   [บันทึก]
secretary [บันทึก]
bot       บันทึกแล้วค่ะ …   [แก้ไขต่อ]

For the secretariat, executives and administrators. What it was before stays in the history.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Tap, Turn, Words, ask, say, show, words
from handlers.plan import secretariat
from handlers.plan.measure_cards import number_tap, titled
from itadomain.changes import keep, settle_all, silent
from itadomain.corrections import Part, facts_of, missing, rewritten
from itadomain.measures import Measure, years_at_hand
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal
from itadomain.rounds import Gap
from itadomain.timetable import timetable

feature = Feature("changes", roles=INSIDERS)

A_PAGE = 10
LAST_PAGE = 10_000
MOST_AT_ONCE = 200
ASKED: Mapping[Part, str] = {
    Part.TITLE: "changes.ask_title",
    Part.METHOD: "changes.ask_method",
    Part.PERIOD: "changes.ask_period",
    Part.EXTENSION: "changes.ask_extension",
    Part.FOLLOW_UP: "changes.ask_follow_up",
    Part.TARGET: "changes.ask_target",
    Part.INDICATORS: "changes.ask_indicators",
    Part.PUBLISHED: "changes.ask_published",
}
LISTED: Mapping[Gap, Words] = {
    Gap.DATES: words("changes.without_dates"),
    Gap.OWNER: words("changes.without_unit"),
    Gap.INDICATORS: words("changes.without_indicators"),
}


@dataclass(frozen=True)
class Opened:
    """The measure that is shown, to be changed."""

    measure: str


@dataclass(frozen=True)
class Changing:
    """The measure, the part of it, and what is to stand there."""

    measure: str
    part: str
    said: str = ""


@feature.on()
def start(turn: Turn) -> Reply:
    add = Go(words("changes.tap_add"), "additions.start")
    return secretariat.which(turn, then=pick).offering(add)


@feature.step
def pick(turn: Turn) -> Reply:
    return _parts(turn, secretariat.typed(turn))


@feature.on()
def one(turn: Turn) -> Reply:
    return _parts(turn, secretariat.meant(turn))


@feature.on()
def part(turn: Turn) -> Reply:
    measure, named = secretariat.meant(turn), str(turn.values.get("part", ""))
    return _asking(measure, Part(named)) if named in set(Part) else _parts(turn, measure)


@feature.step
def pick_part(turn: Turn, draft: Opened) -> Reply:
    measure = secretariat.meant(turn, draft.measure)
    if turn.chosen not in set(Part):
        raise Refusal("changes.which_part")
    return _asking(measure, Part(turn.chosen))


@feature.step
def hear(turn: Turn, draft: Changing) -> Reply:
    measure, named, said = secretariat.meant(turn, draft.measure), Part(draft.part), secretariat.said(turn)
    after = rewritten(measure, named, said)
    before, now = (facts_of(one)[_fact(named)] for one in (measure, after))
    if before == now:
        raise Refusal("changes.same")
    facts = {"part": secretariat.LABELS[_fact(named)], "before": secretariat.fact(before)}
    facts["after"] = secretariat.fact(now)
    reply = ask("changes.sure", then=save, choices=[secretariat.yes()], draft=replace(draft, said=said), **facts)
    return reply.adding(*secretariat.in_days(after, named))


@feature.step
def save(turn: Turn, draft: Changing) -> Reply:
    secretariat.confirmed(turn)
    measure = secretariat.meant(turn, draft.measure)
    after = rewritten(measure, Part(draft.part), draft.said)
    dues = [one.due for one in keep(turn.store, measure, after, secretariat.act(turn)) if one.due]
    coming = [words("changes.next_day", due=min(dues))] if dues else []
    return say("changes.saved").adding(*coming).offering(_tap_more(after), *_ways())


@feature.on()
def unsettled(turn: Turn) -> Reply:
    secretariat.check(turn)
    named = str(turn.values.get("gap", ""))
    gap, page = Gap(named) if named in set(Gap) else Gap.DATES, max(0, min(turn.number("page") or 0, LAST_PAGE))
    years = years_at_hand(turn.store.measures.years(), turn.today)
    found = turn.store.rounds.unsettled(years, gap, A_PAGE + 1, page * A_PAGE)
    if not found:
        return say("changes.nothing_unsettled").offering(*_ways())
    told = LISTED[gap]
    card = Card(summary=told, title=told, rows=[Row(titled(one), _known(one, gap)) for one in found[:A_PAGE]])
    more = [Go(words("measures.tap_next_page"), "changes.unsettled", {"gap": gap, "page": page + 1})]
    for_all = [Go(words("changes.tap_cadence_for_all"), "changes.cadence")] if gap is Gap.DATES else []
    return show(card).offering(*(_settling(one, gap) for one in found[:A_PAGE]), *for_all, *more[: len(found) - A_PAGE])


@feature.on()
def cadence(turn: Turn) -> Reply:
    secretariat.check(turn)
    waiting = _silent(turn)
    if not waiting:
        return say("changes.nothing_unsettled").offering(*_ways())
    return ask("changes.ask_cadence_for_all", then=hear_cadence, choices=secretariat.cadences(), count=len(waiting))


@feature.step
def hear_cadence(turn: Turn) -> Reply:
    secretariat.check(turn)
    waiting = _silent(turn)
    done = settle_all(turn.store, waiting, secretariat.said(turn), secretariat.act(turn))
    return say("changes.cadence_saved", count=len(done), left=len(waiting) - len(done)).offering(*_ways())


def _parts(turn: Turn, measure: Measure) -> Reply:
    """The measure as it stands, and what of it is to be changed."""
    choices = [Answer(label, part) for part, label in secretariat.LABELS.items()]
    reply = ask("changes.which_part", then=pick_part, choices=choices, draft=Opened(measure.id))
    reply = reply.offering(
        Go(words("changes.tap_move"), "handover.start", {"id": measure.id}),
        Go(words("changes.tap_cancel_it"), "cancellation.start", {"id": measure.id}),
    )
    return replace(reply, bubbles=(secretariat.as_it_stands(turn, measure), *reply.bubbles))


def _asking(measure: Measure, part: Part) -> Reply:
    """The question about one part, with what stands there now."""
    now = secretariat.fact(facts_of(measure)[_fact(part)])
    offered = {
        Part.FOLLOW_UP: secretariat.cadences(),
        Part.PERIOD: [secretariat.whole_year()],
        Part.PUBLISHED: secretariat.publishing(),
    }
    draft = Changing(measure.id, part)
    return ask(ASKED[part], then=hear, choices=offered.get(part, []), draft=draft, now=now)


def _settling(measure: Measure, gap: Gap) -> Go:
    """The tap that settles what is not known of a measure."""
    if gap is Gap.OWNER:
        return number_tap(measure, "handover.start", {"id": measure.id})
    part = Part.INDICATORS if gap is Gap.INDICATORS else missing(measure)
    return number_tap(measure, "changes.part", {"id": measure.id, "part": part})


def _known(measure: Measure, gap: Gap) -> Any:
    """What is told of a measure that lacks something: the questions that its days leave open, else its owners."""
    doubts = [Words(one.key, one.facts) for one in timetable(measure).doubts] if gap is Gap.DATES else []
    return doubts or measure.owners or secretariat.fact("")


def _silent(turn: Turn) -> list[Measure]:
    years = years_at_hand(turn.store.measures.years(), turn.today)
    return list(silent(turn.store, turn.store.rounds.unsettled(years, Gap.DATES, MOST_AT_ONCE)))


def _fact(part: Part) -> Part:
    """The part under which it is written down: a longer period is a period."""
    return Part.PERIOD if part is Part.EXTENSION else part


def _tap_more(measure: Measure) -> Go:
    return Go(words("changes.tap_more"), "changes.one", {"id": measure.id})


def _ways() -> list[Tap]:
    return [Go(words("changes.tap_another"), "changes.start"), Go(words("late.tap_overview"), "late.overview")]
