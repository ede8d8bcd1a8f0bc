"""The head of a unit stands for its reports, or sends them back.

(ส่งแล้ว)  bot   มีเรื่องรอท่านพิจารณา 1 เรื่อง   [เปิดดู]
head       [เปิดดู]
bot        [card: the report]   [รับรอง] [ส่งกลับแก้ไข]
head       [ส่งกลับแก้ไข]
bot        ขอให้แก้ไขเรื่องใดคะ
head       ขอรายละเอียดจำนวนผู้เข้าร่วม
bot        ส่งกลับแล้ว ผู้รายงานจะได้รับแจ้ง

A head's own report counts at once, and so does one that nobody is there to approve. An agency can do without.
"""

from dataclasses import dataclass

from handlers.common.notices import tell_of_return
from handlers.kit import Card, Feature, Go, Reply, Row, Turn, Words, ask, say, show, words
from handlers.plan import measure_cards as cards
from itadomain.measures import Measure
from itadomain.people import INSIDERS, Role
from itadomain.progress import Approval, Report
from itadomain.refusals import Refusal
from itadomain.reporting import APPROVAL, OFF, ON, approve, own, send_back, to_decide

APPROVING = frozenset({Role.HEAD, Role.EXECUTIVE})
CHOOSING = frozenset({Role.EXECUTIVE, Role.ADMIN})

feature = Feature("approval", roles=APPROVING)


@dataclass(frozen=True)
class Returning:
    """The report that is being sent back."""

    report: str


@feature.on()
def waiting(turn: Turn) -> Reply:
    units = [unit.id for unit in turn.store.units.all()] if Role.EXECUTIVE in turn.who.roles else _headed(turn)
    found = [one for one in turn.store.reports.waiting(units) if one.by != turn.who.id]
    if not found:
        return say("approval.none").offering(Go(words("help.tap_menu"), "help.menu"))
    shown = [(report, turn.store.measures.get(report.measure)) for report in found[: cards.A_PAGE]]
    told = words("approval.waiting", count=len(found))
    rows = [Row(cards.titled(measure), _by(turn, report)) for report, measure in shown]
    taps = [cards.number_tap(measure, "approval.look", {"id": report.id}) for report, measure in shown]
    return show(Card(summary=told, title=told, rows=rows)).offering(*taps)


@feature.on()
def look(turn: Turn) -> Reply:
    report = to_decide(turn.store, _id(turn), turn.who, turn.today)
    reply = show(_card(turn, report))
    if report.replaced_by or report.approval is not Approval.WAITING:
        return reply.offering(_onward())
    yes = Go(words("approval.tap_approve"), "approval.accept", {"id": report.id})
    return reply.offering(yes, Go(words("approval.tap_send_back"), "approval.why", {"id": report.id}))


@feature.on()
def accept(turn: Turn) -> Reply:
    approve(turn.store, _id(turn), turn.who, turn.today)
    return say("approval.accepted").offering(_onward(), Go(words("help.tap_menu"), "help.menu"))


@feature.on()
def why(turn: Turn) -> Reply:
    report = to_decide(turn.store, _id(turn), turn.who, turn.today)
    return ask("approval.what_to_mend", then=hear_why, draft=Returning(report.id))


@feature.step
def hear_why(turn: Turn, draft: Returning) -> Reply:
    report = send_back(turn.store, draft.report, turn.who, turn.text, turn.today)
    reporter = turn.store.people.get(report.by, turn.today)
    return tell_of_return(say("approval.sent_back").offering(_onward()), reporter, report.id)


@feature.on(roles=INSIDERS)
def sent_back(turn: Turn) -> Reply:
    report = turn.store.reports.get(_id(turn))
    if report is None:
        raise Refusal("progress.not_yours")
    duty = own(turn.store, report.obligation, turn.who, turn.today)
    again = Go(words("approval.tap_again"), "progress.start", {"id": duty.id})
    return show(_card(turn, report)).adding(words("approval.reason", reason=report.reason)).offering(again)


@feature.on(roles=CHOOSING)
def choice(turn: Turn) -> Reply:
    wanted = str(turn.values.get("set", ""))
    if wanted in {ON, OFF}:
        turn.store.settings.put(APPROVAL, wanted)
    off = (wanted or turn.store.settings.get(APPROVAL)) == OFF
    other = Go(words("approval.tap_on" if off else "approval.tap_off"), "approval.choice", {"set": ON if off else OFF})
    return say("approval.is_off" if off else "approval.is_on").offering(other, Go(words("help.tap_menu"), "help.menu"))


def _headed(turn: Turn) -> list[str]:
    return list(turn.who.units(turn.today, Role.HEAD))


def _id(turn: Turn) -> str:
    return str(turn.values.get("id", ""))


def _by(turn: Turn, report: Report) -> Words:
    person, unit = turn.store.people.get(report.by, turn.today), turn.store.units.get(report.unit)
    facts = {"name": person.name if person else None, "unit": unit.name if unit else None, "day": report.made_on}
    return words("approval.made_by", **facts)


def _card(turn: Turn, report: Report) -> Card:
    measure = turn.store.measures.get(report.measure) or Measure(report.measure, report.plan_year, "", "-")
    return Card(
        summary=words("approval.report", title=measure.title),
        title=words("approval.report_title"),
        subtitle=measure.title,
        rows=[Row(words("approval.from_whom"), _by(turn, report)), *cards.report_rows(report, measure)],
        notes=(cards.APPROVALS[report.approval],),
    )


def _onward() -> Go:
    return Go(words("approval.tap_next"), "approval.waiting")
