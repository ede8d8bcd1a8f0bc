"""Papers of a real agency: asked for and approved across people, never those of another, and never twice."""

import pytest

from bot.storage.people import Changed
from itadomain.papers.approval import Approval, Stage
from itadomain.people import Person, Post, Role
from tests.fakes import a_measure
from tests.handlers.papers.test_papers_are_approved import PLAN, tap
from tests.storage.real_talk import RealTalk

SECRETARY = Person("s1", "สมใจ", posts=(Post(Role.ADMIN),))
MAYOR, DEPUTY = (Person(key, name, posts=(Post(Role.EXECUTIVE),)) for key, name in (("m1", "สมหมาย"), ("m2", "สมศักดิ์")))


@pytest.fixture
def north(house):
    return house.add_agency("north")


@pytest.fixture
def south(house):
    return house.add_agency("south")


def planned(talk):
    talk.keeps(lambda store: store.measures.save_plan([a_measure(1), a_measure(2)]))
    return talk


def test_it_is_asked_for_approved_and_changed(house, north):
    secretary, mayor = planned(RealTalk(house, north, SECRETARY)), RealTalk(house, north, MAYOR)
    asked = secretary.taps(tap(secretary.taps("paperwork.one", **PLAN), "paper_approval.start"))
    assert asked.key == "paper_approval.asked"
    done = mayor.taps(tap(mayor.taps("paperwork.one", **PLAN), "paper_approval.accept"))
    assert done.key == "paper_approval.accepted"
    secretary.taps("paperwork.one", **PLAN)
    assert "โดย สมหมาย" in secretary.words
    secretary.keeps(lambda store: store.measures.save_plan([a_measure(1), a_measure(2), a_measure(3)]))
    secretary.taps("paperwork.one", **PLAN)
    assert "ข้อมูลเปลี่ยนหลังอนุมัติ" in secretary.words
    assert [row[0] for row in house.rows("SELECT deed FROM audit_log ORDER BY no")] == ["asked", "approved"]


def test_papers_of_another_agency_are_not_seen(house, north, south):
    secretary = planned(RealTalk(house, north, SECRETARY))
    secretary.taps("paper_approval.start", **PLAN)
    secretary.keeps(lambda store: store.papers.put_part("seal", b"north"))
    other = RealTalk(house, south, Person("m9", "สมศรี", posts=(Post(Role.EXECUTIVE),)))
    assert other.taps("paperwork.one", **PLAN).key == "paperwork.unknown"
    assert other.taps("paper_approval.accept", **PLAN, seen="x").key == "paperwork.unknown"
    assert other.says("อนุมัติเอกสาร").key == "paper_approval.none"
    kept = other.keeps(
        lambda store: (store.papers.approval("plan", "2566"), store.papers.part("seal"), store.papers.own())
    )
    assert kept == (None, None, {})


def test_two_who_decide_at_once_do_not_both(house, north):
    """The second turn finds what the first has decided, and is taken again."""
    secretary, mayor = planned(RealTalk(house, north, SECRETARY)), RealTalk(house, north, MAYOR)
    RealTalk(house, north, DEPUTY)
    secretary.taps("paper_approval.start", **PLAN)
    accept = tap(mayor.taps("paperwork.one", **PLAN), "paper_approval.accept")

    def decide_late(store):
        waiting = store.papers.approval("plan", "2566")
        mayor.taps(accept)  # meanwhile
        store.papers.save(waiting.returned("แก้ไข", "m2", waiting.asked_at))

    with pytest.raises(Changed):
        secretary.keeps(decide_late)
    stands = secretary.keeps(lambda store: store.papers.approval("plan", "2566"))
    assert (stands.stage, stands.decided_by) == (Stage.APPROVED, "m1")


def test_the_reason_is_sealed(house, north):
    secretary = planned(RealTalk(house, north, SECRETARY))
    at = secretary.keeps(lambda store: store.papers.save(_returned("นายสมมุติยังไม่ลงชื่อ")))
    assert at is None
    ((reason,),) = house.rows("SELECT reason FROM paper_approval")
    assert "สมมุติ" not in reason


def _returned(why):
    from datetime import UTC, datetime

    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return Approval("plan", "2566", "d", "s1", at).returned(why, "m1", at)
