"""Disclosures, and who receives them, for the tests of features."""

from handlers.disclosures.integrity_clock import morning
from handlers.kit import Reply, Tick
from itadomain.integrity.disclosure import Accused, Disclosure, Draft, Identity, Part, Way
from itadomain.integrity.filing import file
from itadomain.organisation import Unit
from itadomain.people import Person, Role
from tests.fakes import TODAY, MemoryStore, a_person, an_agency
from tests.talk import Talk

ANN = a_person(Role.INTEGRITY, unit="กองคลัง", key="ann", name="สมหญิง ใจดี")
BEN = a_person(Role.INTEGRITY, unit="กองช่าง", key="ben", name="วิชัย มั่นคง")
CAT = a_person(Role.INTEGRITY, key="cat", name="ปรีดา สุขใจ")
MAYOR = a_person(Role.EXECUTIVE, key="mayor", name="สมหมาย ใหญ่ยิ่ง")
ADMIN = a_person(Role.ADMIN, key="admin", name="สมปอง ดูแล")
VILLAGER = a_person(key="villager")
WHAT = "รับเงินสองหมื่นแลกกับการตรวจรับงานถนนสายใหม่"
ANYBODY = Accused()
NAME, CONTACT = "มานะ อดทน", "081-234-5678"


def an_office_of_disclosures(*people: Person, able: tuple[str, ...] = ("ann", "ben", "cat")) -> MemoryStore:
    """An agency with two units and some people, of whom these have keys."""
    store = an_agency()
    for name in ("กองช่าง", "กองคลัง"):
        store.units.save(Unit(name, name))
    for one in people or (ANN, BEN, CAT, MAYOR, ADMIN, VILLAGER):
        store.people.meet(f"U{one.id}", one)
    store.disclosures.with_key.extend(able)
    return store


def told_to(store: MemoryStore, way: Way = Way.WEB, accused: Accused = ANYBODY, today=TODAY, **who: str) -> str:
    """What is left in the box; gives its code."""
    code = store.disclosures.new_code()
    file(store, Draft(way, {Part.WHAT: WHAT}, accused, Identity(**who)), code, today)
    return code


def a_disclosure(store: MemoryStore, way: Way = Way.WEB, accused: Accused = ANYBODY, today=TODAY, **who) -> str:
    """One that has reached its receivers; gives its id."""
    code = told_to(store, way, accused, today, **who)
    morning(Tick(today, store))
    return store.disclosures.by_code(code).id


def kept(store: MemoryStore, disclosure_id: str) -> Disclosure:
    return store.disclosures.kept[disclosure_id]


def talk_of(store: MemoryStore, who: Person, today=TODAY) -> Talk:
    return Talk(store, None, user=f"U{who.id}", today=today)


def audited(store: MemoryStore):
    """What is in the audit log: the deed, by whom, about which."""
    return [(entry.happened.deed.value, entry.happened.by, entry.happened.about) for entry in store.audit_log.kept]


def does(talk: Talk, disclosure: str, *said: str) -> Reply:
    """Open one at the desk, and say what follows; gives the last answer."""
    reply = talk.taps("integrity.one", id=disclosure)
    for one in said:
        reply = talk.says(one)
    return reply
