"""Cases, and who works on them, for the tests of features."""

from handlers.kit import Reply
from itadomain.cases.case import Case, Kind, Spot
from itadomain.cases.filing import Told, file
from itadomain.organisation import Unit
from itadomain.people import Person, Role
from tests.fakes import TODAY, MemoryStore, a_person, an_agency
from tests.talk import Talk

VILLAGER = a_person(key="villager")
DESK = a_person(Role.OFFICER, key="desk", name="ปรีชา")
HEAD = a_person(Role.HEAD, unit="กองช่าง", key="head", name="วิชัย")
WORKER = a_person(Role.STAFF, unit="กองช่าง", key="worker", name="สมชาย")
OTHER = a_person(Role.HEAD, unit="กองคลัง", key="other", name="สมศรี")
MAYOR = a_person(Role.EXECUTIVE, key="mayor", name="สมหมาย")
ADMIN = a_person(Role.ADMIN, key="admin", name="สมปอง")
STORY = "ไฟถนนดับ มืดมาก"
LAMP = "street_light_electric"


def an_office_of_cases(*people: Person) -> MemoryStore:
    """An agency with two units and some people; those named, or all but the second officer."""
    store = an_agency()
    for name in ("กองช่าง", "กองคลัง"):
        store.units.save(Unit(name, name))
    for one in people or (VILLAGER, DESK, HEAD, WORKER, OTHER, MAYOR, ADMIN):
        store.people.meet(f"U{one.id}", one)
    return store


def a_case(store: MemoryStore, story: str = STORY, today=TODAY, who: Person = VILLAGER, **told) -> Case:
    """A case as it is filed; of the street lamps, unless it is told otherwise."""
    facts = {"category": LAMP, "spot": Spot("3", "หน้าวัด 081-234-5678", 13.75, 100.5), **told}
    return file(store, Told(Kind.PROBLEM, (story,), **facts), who, today).case


def fills(talk: Talk, *answers: str) -> Reply:
    """Answer one question after the other; gives what was said to the last."""
    for one in answers:
        reply = talk.says(one)
    return reply


def filed(store: MemoryStore) -> Case:
    """The only case that there is."""
    (case,) = store.cases.kept.values()
    return case
