"""Reach the office, and read what it is.

villager ขอเบอร์โทร
bot      ติดต่อ… โทร … (จันทร์-ศุกร์ 08.30-16.30 น.)   [โทรหาเรา]
villager เกี่ยวกับเรา
bot      องค์การบริหารส่วนตำบล… ผลการประเมิน ITA ล่าสุด ปี 2565: 94.97 ระดับ A
"""

from handlers.common.reach import reach
from handlers.kit import Feature, Go, Reply, Turn, say, words
from handlers.surveying.survey import start
from itadomain.audit import audit
from itadomain.fiscal import fiscal_year_of

feature = Feature("office")


@feature.on("intent:contact_info", in_groups=True)
def call(turn: Turn) -> Reply:
    return reach(turn, say("office.call", office=turn.store.office.name))


@feature.on(in_groups=True)
def about(turn: Turn) -> Reply:
    office = turn.store.office
    newest = next(iter(turn.store.scores.all()), None)
    reply = say("office.about", office=office.name)
    if newest is None:
        return reach(turn, reply.adding(words("office.no_result_yet")))
    seen = audit(newest)
    key = "office.published" if seen.confirmed and not seen.contradicted else "office.published_unconfirmed"
    grade = seen.grade.name if seen.grade else seen.printed_grade or "-"
    running = fiscal_year_of(turn.today)
    told = words(key, year=newest.fiscal_year, total=seen.total, grade=grade, running=running)
    return reply.adding(told).offering(Go(words("score.tap_now"), "score.now"))


@feature.on()
def survey(turn: Turn) -> Reply:
    """Where the menu under the chat led before it led to the survey itself: one that was put up then still does."""
    return start(turn)
