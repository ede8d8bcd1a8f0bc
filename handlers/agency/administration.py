"""The work of the office beside its measures: people, units, committees, meetings, what is to be acknowledged.

admin    งานสำนักงาน
bot      งานสำนักงาน: ท่านต้องการเรื่องใดคะ   [เพิ่มเจ้าหน้าที่] [เจ้าหน้าที่ทั้งหมด] [หน่วยงาน] [วันประชุม] …
officer  งานสำนักงาน
bot      งานสำนักงาน: ท่านต้องการเรื่องใดคะ   [งานประชาชน] [เรื่องรอรับทราบ] [ขอออกจากหน้าที่]
officer  [งานประชาชน]
bot      งานประชาชน: ท่านต้องการเรื่องใดคะ   [เรื่องร้องเรียน] [รับเรื่องจากช่องทางอื่น] [คำตอบสำเร็จรูป]
admin    [งาน ITA ประจำปี]
bot      งาน ITA ประจำปี: ท่านต้องการเรื่องใดคะ   [ปฏิทิน ITA] [จัดการแบบสำรวจ] [ยอดผู้ตอบ ITAS]
"""

from collections.abc import Mapping, Sequence

from handlers.common.calendar_keepers import is_keeper
from handlers.kit import Feature, Go, Reply, Turn, say, words
from handlers.surveying.survey_words import SEEING_SURVEYS
from itadomain.lateness import sees_all
from itadomain.people import INSIDERS, Role

feature = Feature("administration", roles=INSIDERS)

ADMIN = ("invite.start", "people.all", "units.all", "allowance.now")
KEEPER = ("committees.all", "meetings.all", "holidays.all", "circulars.all", "broadcast.start")
HEAD = ("broadcast.start",)
CITIZENS_DESK, YEAR = "administration.citizens", "administration.assessment"
EVERYONE = ("acknowledge.mine", "people.leave")
#: What belongs to the assessment of the year: for all, for who keeps the calendar, for who sees results.
CALENDAR, SURVEYS = "assessment.calendar", "surveys.desk"
PAPERS, OIT = "paperwork.all", "oit.missing"
OF_YEAR = (CALENDAR, SURVEYS, "sample_meter.now", PAPERS, OIT)
#: What is done for citizens, by whom.
CITIZENS: Mapping[str, frozenset[Role]] = {
    "casework.all": INSIDERS,
    "complaint.enter": frozenset({Role.OFFICER, Role.HEAD}),
    "topics.all": frozenset({Role.OFFICER, Role.ADMIN}),
    "categories.all": frozenset({Role.ADMIN}),
    "integrity.all": frozenset({Role.INTEGRITY}),
    "receivers.all": frozenset({Role.ADMIN, Role.INTEGRITY}),
    "retention.due": frozenset({Role.OFFICER, Role.ADMIN, Role.EXECUTIVE}),
    "figures.of_year": INSIDERS,
}
#: What shows how every unit is doing, for who sees the whole.
WHOLE = ("meeting_sheet.coming", "oit_pack.offer")
DESK = (*ADMIN, *KEEPER, CITIZENS_DESK, YEAR, *EVERYONE, *OF_YEAR, *WHOLE, *CITIZENS)


@feature.on()
def desk(turn: Turn) -> Reply:
    own = KEEPER if is_keeper(turn) else HEAD if Role.HEAD in turn.who.roles else ()
    names = (*(ADMIN if Role.ADMIN in turn.who.roles else ()), *own, CITIZENS_DESK, YEAR, *EVERYONE)
    return say("administration.what").offering(*_taps(names))


@feature.on()
def assessment(turn: Turn) -> Reply:
    return say("administration.what_of_year").offering(*_taps(_of_year(turn)))


@feature.on()
def citizens(turn: Turn) -> Reply:
    return say("administration.what_for_citizens").offering(
        *_taps([name for name, roles in CITIZENS.items() if turn.who.may(roles)])
    )


def _of_year(turn: Turn) -> Sequence[str]:
    whole = WHOLE if sees_all(turn.who, turn.store.units.all(), turn.today) else ()
    if is_keeper(turn):
        return (*OF_YEAR, *whole)
    return (CALENDAR, *((SURVEYS,) if turn.who.may(SEEING_SURVEYS) else ()), PAPERS, OIT, *whole)


def _taps(names: Sequence[str]) -> list[Go]:
    return [Go(words(f"menu.{name.replace('.', '_')}"), name) for name in names]
