"""The work of the office beside its measures: people, units, committees, meetings, what is to be acknowledged.

admin    งานสำนักงาน
bot      งานสำนักงาน: ท่านต้องการเรื่องใดคะ   [เพิ่มเจ้าหน้าที่] [เจ้าหน้าที่ทั้งหมด] [หน่วยงาน] [วันประชุม] …
officer  งานสำนักงาน
bot      งานสำนักงาน: ท่านต้องการเรื่องใดคะ   [งานประชาชน] [เรื่องรอรับทราบ] [ขอออกจากหน้าที่]
officer  [งานประชาชน]
bot      งานประชาชน: ท่านต้องการเรื่องใดคะ   [เรื่องร้องเรียน] [รับเรื่องจากช่องทางอื่น] [คำตอบสำเร็จรูป]
"""

from collections.abc import Mapping, Sequence

from handlers.calendar_keepers import is_keeper
from handlers.kit import Feature, Go, Reply, Turn, say, words
from itadomain.people import INSIDERS, Role

feature = Feature("administration", roles=INSIDERS)

ADMIN = ("invite.start", "people.all", "units.all", "allowance.now")
KEEPER = ("committees.all", "meetings.all", "holidays.all", "circulars.all")
EVERYONE = ("administration.citizens", "acknowledge.mine", "people.leave")
#: What is done for citizens, by whom.
CITIZENS: Mapping[str, frozenset[Role]] = {
    "casework.all": INSIDERS,
    "complaint.enter": frozenset({Role.OFFICER, Role.HEAD}),
    "topics.all": frozenset({Role.OFFICER, Role.ADMIN}),
    "categories.all": frozenset({Role.ADMIN}),
    "figures.of_year": INSIDERS,
}
DESK = (*ADMIN, *KEEPER, *EVERYONE, *CITIZENS)


@feature.on()
def desk(turn: Turn) -> Reply:
    names = (*(ADMIN if Role.ADMIN in turn.who.roles else ()), *(KEEPER if is_keeper(turn) else ()), *EVERYONE)
    return say("administration.what").offering(*_taps(names))


@feature.on()
def citizens(turn: Turn) -> Reply:
    return say("administration.what_for_citizens").offering(
        *_taps([name for name, roles in CITIZENS.items() if turn.who.may(roles)])
    )


def _taps(names: Sequence[str]) -> list[Go]:
    return [Go(words(f"menu.{name.replace('.', '_')}"), name) for name in names]
