"""When the assessment asks for what: everybody may know, in a group too.

officer  อีกกี่วันปิดระบบ ITAS
bot      เหลืออีก 3 วัน (ถึง 30 เม.ย. 2570): ส่งข้อมูล OIT
         [card: ปฏิทินการประเมิน ITA ปี 2570 · each window, whether it is confirmed, and who says so]   [ปี 2569] [ปี 2571]
villager ประกาศผลเดือนไหน
bot      เริ่มในอีก 107 วัน: ประกาศผล 15 ส.ค. 2570
villager (a year of which nothing is known)
bot      ยังไม่มีกำหนดการของปี 2570 ที่ยืนยันแล้วค่ะ   [card: … น่าจะเป็น 1 มี.ค. ถึง 30 เม.ย. 2570 ตามปีก่อน ๆ (ยังไม่ยืนยัน)]
"""

from collections.abc import Sequence

from handlers.common import assessment_cards as cards
from handlers.kit import Feature, Go, Reply, Tap, Turn, say, words
from itadomain.assessment.asking import meant, phases_in, year_in
from itadomain.assessment.calendar import upcoming, usually, windows
from itadomain.assessment.entering import YEARS_AHEAD
from itadomain.assessment.windows import Phase
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks import OLDEST
from itadomain.people import INSIDERS, Role

feature = Feature("assessment")


@feature.on("intent:assessment_calendar", in_groups=True)
def calendar(turn: Turn) -> Reply:
    phases = phases_in(turn.text)
    year = _year(turn, phases)
    known, usual = windows(turn.store, year), usually(turn.store, year)
    first = meant(known, phases, turn.today)
    lead = Reply((cards.left(first, turn.today),)) if first else _nothing_known(year, phases)
    return lead.adding(cards.of_year(turn, year, known, usual)).offering(*_taps(turn, year))


def _nothing_known(year: int, phases: Sequence[Phase]) -> Reply:
    if not phases:
        return say("assessment.nothing_known", year=year)
    return say("assessment.not_this_one", phase=cards.PHASES[phases[0]], year=year)


def _year(turn: Turn, phases: Sequence[Phase]) -> int:
    """The year that was tapped or named; else that of the window that comes next, else the running one."""
    running = fiscal_year_of(turn.today)
    asked = turn.number("year") or year_in(turn.text, turn.today)
    if asked:
        return max(OLDEST, min(asked, running + YEARS_AHEAD))
    coming = [one for one in upcoming(turn.store, turn.today) if not phases or one.phase in phases]
    return coming[0].fiscal_year if coming else running


def _taps(turn: Turn, year: int) -> list[Tap]:
    beside = [one for one in (year - 1, year + 1) if OLDEST <= one <= fiscal_year_of(turn.today) + YEARS_AHEAD]
    years = [Go(words("assessment.tap_year", year=one), "assessment.calendar", {"year": one}) for one in beside]
    mine = [Go(words("calendar.tap_mine"), "calendar.mine")] if turn.who.may(INSIDERS) else []
    admin = Role.ADMIN in turn.who.roles
    enter = [Go(words("windows.tap_enter"), "windows.enter")] if admin else []
    remove = [Go(words("windows.tap_remove"), "windows.remove")] if admin else []
    return [*enter, *remove, *years, *mine, Go(words("help.tap_menu"), "help.menu")]
