"""The work of the office beside its measures: people, units, committees, meetings, what is to be acknowledged.

admin    งานสำนักงาน
bot      งานสำนักงาน: ท่านต้องการเรื่องใดคะ   [เพิ่มเจ้าหน้าที่] [เจ้าหน้าที่ทั้งหมด] [หน่วยงาน] [วันประชุม] …
officer  งานสำนักงาน
bot      งานสำนักงาน: ท่านต้องการเรื่องใดคะ   [เรื่องรอรับทราบ] [ขอออกจากหน้าที่]
"""

from handlers.calendar_keepers import is_keeper
from handlers.kit import Feature, Go, Reply, Turn, say, words
from itadomain.people import INSIDERS, Role

feature = Feature("administration", roles=INSIDERS)

ADMIN = ("invite.start", "people.all", "units.all", "allowance.now")
KEEPER = ("committees.all", "meetings.all", "holidays.all", "circulars.all")
EVERYONE = ("acknowledge.mine", "people.leave")
DESK = (*ADMIN, *KEEPER, *EVERYONE)


@feature.on()
def desk(turn: Turn) -> Reply:
    names = (*(ADMIN if Role.ADMIN in turn.who.roles else ()), *(KEEPER if is_keeper(turn) else ()), *EVERYONE)
    return say("administration.what").offering(*(Go(words(f"menu.{name.replace('.', '_')}"), name) for name in names))
