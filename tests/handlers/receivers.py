"""An agency that receives what is disclosed, for the tests of the way in LINE."""

from itadomain.organisation import Unit
from itadomain.people import Person, Role
from tests.fakes import MemoryStore, a_person, an_agency, an_office
from tests.talk import Reading, Talk

FORM = "https://tell.example.go.th/tell/bangsommut"
TELLER = a_person(key="teller")
NARI = a_person(Role.INTEGRITY, unit="สำนักปลัด", key="nari", name="นารี มีสุข")
WICHAI = a_person(Role.INTEGRITY, unit="กองช่าง", key="wichai", name="วิชัย ใจงาม")
MAYOR = a_person(Role.EXECUTIVE, key="mayor", name="สมหมาย ยืนยง")
STORY = "ช่างเรียกเงินห้าพันบาทก่อนเซ็นใบอนุญาต"
TELLS = {
    STORY: Reading("report_corruption", confidence=0.93),
    "ปลัดรับเงินผู้รับเหมา": Reading("report_corruption", confidence=0.93),
    "ติดตามเรื่องทุจริต": Reading("report_corruption"),
    "ไฟถนนดับหน้าวัด": Reading("file_complaint", confidence=0.9),
}


def an_office_that_receives(*people: Person, form: str = "", chat: str = "bot") -> MemoryStore:
    """An agency with three units; those named can be given a key, or both receivers."""
    store = an_agency(office=an_office(form=form))
    for name in ("สำนักปลัด", "กองคลัง", "กองช่าง"):
        store.units.save(Unit(name, name, secretariat=name == "สำนักปลัด"))
    receiving = people or (NARI, WICHAI)
    for one in (TELLER, MAYOR, *receiving):
        store.people.meet(f"U{one.id}", one)
    store.disclosures.with_key = [one.id for one in receiving]
    store.settings.put("line.chat_mode", chat)
    return store


def talking(store: MemoryStore, who: Person | None = None, **more) -> Talk:
    """The teller, or somebody else, in their chat."""
    one = Talk(store, who or TELLER, user=f"U{(who or TELLER).id}", **more)
    one._understanding.told |= TELLS
    return one


def told_whole(talk: Talk, way: str = "แจ้งในแชทนี้ ไม่มีชื่อ", *, about: str = "กองคลัง"):
    """Everything up to the review."""
    talk.says("จะแจ้งทุจริต")
    talk.says(way)
    for said in (about, "เล่าต่อ", STORY, "เดือนก่อน", "ห้องการเงิน", "มีใบเสร็จอยู่ที่บ้าน"):
        reply = talk.says(said)
    return reply
