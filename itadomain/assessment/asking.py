"""What is asked about the calendar of an assessment: which year, which windows, and which of them comes first."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from itadomain.assessment.windows import Phase, When, Window, ends, standing
from itadomain.fiscal import FiscalYear, fiscal_year_of
from itadomain.frameworks import OLDEST
from itadomain.thai import buddhist, fold, tidy

#: What people call the windows. «ปิดระบบ ITAS» names none: that is whichever closes next.
CALLED: Mapping[Phase, Sequence[str]] = {
    Phase.REGISTRATION: ("ลงทะเบียน", "นำเข้าข้อมูล", "registration", "register"),
    Phase.IIT: ("iit", "ส่วนเสียภายใน", "บุคลากรภายใน"),
    Phase.EIT: ("eit", "ส่วนเสียภายนอก", "ผู้รับบริการ"),
    Phase.OIT: ("oit", "เปิดเผยข้อมูล", "open data"),
    Phase.CLARIFICATION: ("ชี้แจง", "อุทธรณ์", "clarif", "appeal"),
    Phase.CONFIRMATION: ("ยืนยันคะแนน", "รับรองคะแนน", "ยืนยันผล", "confirm"),
    Phase.RESULTS: ("ประกาศผล", "ผลออก", "คะแนนออก", "ผลการประเมินออก", "announce", "results"),
}
YEAR = re.compile(r"(?<!\d)(25\d\d|20\d\d)(?!\d)|ปี\s*(\d\d)(?!\d)")

BESIDE = {"ปีที่แล้ว": -1, "ปีก่อน": -1, "last year": -1, "ปีหน้า": 1, "next year": 1}


def phases_in(text: str) -> Sequence[Phase]:
    """The windows that a sentence names, in the order of the year."""
    said = fold(tidy(text)).casefold()
    return [phase for phase, names in CALLED.items() if any(name in said for name in names)]


def without_names(text: str) -> str:
    """What is left of a sentence once the names of the windows are gone: its days."""
    said = fold(tidy(text)).casefold()
    for name in sorted((one for names in CALLED.values() for one in names), key=len, reverse=True):
        said = said.replace(name, " ")
    return " ".join(said.split())


def year_in(text: str, today: date) -> FiscalYear | None:
    """The fiscal year that a sentence names; None where it names none of which a calendar could be known."""
    said = fold(tidy(text)).casefold()
    found = YEAR.search(said)
    beside = next((more for words, more in BESIDE.items() if words in said), None)
    year = buddhist(int(found[1] or found[2])) if found else fiscal_year_of(today) + beside if beside else 0
    return FiscalYear(year) if year >= OLDEST else None


def meant(windows: Sequence[Window], phases: Sequence[Phase], today: date) -> Window | None:
    """The window that the answer begins with: among those named (all, where none is) the one that closes next.

    One that runs goes before one that only opens; where all are over, the newest; None where nothing is known.
    """
    named = [one for one in windows if not phases or one.phase in phases]
    order = {When.LAST_DAY: 0, When.RUNNING: 0, When.OPEN_END: 2, When.AHEAD: 1}
    live = [one for one in named if standing(one, today).when is not When.OVER]
    if live:
        return min(live, key=lambda one: (order[standing(one, today).when], ends(one)))
    return max(named, key=ends, default=None)
