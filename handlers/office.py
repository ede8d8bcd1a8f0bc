"""Reach the office; and the doors that lead to it until their own feature stands behind them.

villager ขอเบอร์โทร
bot      ติดต่อ… โทร … (จันทร์-ศุกร์ 08.30-16.30 น.)   [โทรหาเรา]
villager เกี่ยวกับเรา
bot      องค์การบริหารส่วนตำบล… ผลการประเมิน ITA ล่าสุด ปี 2565: 94.97 ระดับ A
"""

from handlers.kit import Feature, Go, Link, Reply, Tap, Turn, say, words
from itadomain.audit import audit
from itadomain.fiscal import fiscal_year_of

feature = Feature("office")


@feature.on("intent:contact_info", in_groups=True)
def call(turn: Turn) -> Reply:
    return _reach(turn, say("office.call", office=turn.store.office.name))


@feature.on(in_groups=True)
def about(turn: Turn) -> Reply:
    office = turn.store.office
    newest = next(iter(turn.store.scores.all()), None)
    reply = say("office.about", office=office.name)
    if newest is None:
        return _reach(turn, reply.adding(words("office.no_result_yet")))
    seen = audit(newest)
    key = "office.published" if seen.confirmed and not seen.contradicted else "office.published_unconfirmed"
    grade = seen.grade.name if seen.grade else seen.printed_grade or "-"
    running = fiscal_year_of(turn.today)
    told = words(key, year=newest.fiscal_year, total=seen.total, grade=grade, running=running)
    return reply.adding(told).offering(Go(words("score.tap_now"), "score.now"))


@feature.on("intent:report_corruption")
def corruption(turn: Turn) -> Reply:
    """Never invites details into the chat: the sealed channel is not open yet, the NACC's own line is."""
    told = say("office.corruption").adding(words("office.or_the_office"))
    return _reach(turn, told, Link(words("office.tap_nacc"), "tel:1205"))


@feature.on("intent:satisfaction_survey")
def survey(turn: Turn) -> Reply:
    """What is said of a service may be told at once, good or bad."""
    praise = Go(words("office.tap_praise"), "complaint.praise")
    return _reach(turn, say("office.survey"), praise, Go(words("menu.complaint_start"), "complaint.start"))


@feature.on(
    "intent:assessment_calendar", "intent:broadcast_request",
)  # fmt: skip
def staff_work(turn: Turn) -> Reply:
    return _not_yet(turn, "office.staff_work")


def _not_yet(turn: Turn, key: str) -> Reply:
    return _reach(turn, say(key))


def _reach(turn: Turn, reply: Reply, *first: Tap) -> Reply:
    """Say how the office is reached, with a tap that dials where a number is known."""
    office = turn.store.office
    key = "office.reach_by_phone" if office.phone else "office.reach_in_person"
    hours = office.hours or words("office.usual_hours")
    call = [Link(words("office.tap_call"), f"tel:{office.dial}")] if office.dial else []
    taps = (*first, *call, Go(words("help.tap_menu"), "help.menu"))
    return reply.adding(words(key, phone=office.phone, hours=hours)).offering(*taps)
