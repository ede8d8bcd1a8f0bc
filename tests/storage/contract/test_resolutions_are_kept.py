"""What meetings resolved comes back as it was, in the order in which it is asked for; another's change is noticed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.resolutions import Act, Noted, Resolution

MET = date(2026, 11, 16)
NOTE = Noted(Act.CHANGED, "p1", MET, "ขอเวลาเพิ่ม", {"due": "2026-11-30"})
ONE = Resolution("r1", MET, 1, "ติดป้าย\nค่าธรรมเนียม", "u1", date(2026, 11, 30), "p1", "m1", (NOTE,))


def keep(step, *those):
    for one in those:
        step(lambda s, one=one: s.resolutions.save(one))


def test_it_comes_back_with_all_that_was_said_of_it(step):
    closed = replace(ONE, notes=(NOTE, Noted(Act.DONE, "p2", MET, "ทำแล้ว")), closed_on=MET, closed_as=Act.DONE)
    for one in (ONE, closed):
        keep(step, one)
        assert step(lambda s: s.resolutions.get("r1")) == one
    assert step(lambda s: s.resolutions.get("r9")) is None


def test_the_open_ones_come_by_their_days_and_of_some_units_alone(step):
    later = replace(ONE, id="r2", no=2, due=ONE.due + timedelta(days=1))
    others = replace(ONE, id="r3", no=3, unit="u2", due=ONE.due - timedelta(days=1))
    closed = replace(ONE, id="r4", no=4, closed_on=MET, closed_as=Act.CANCELLED)
    keep(step, later, ONE, closed, others)
    assert [one.id for one in step(lambda s: s.resolutions.open())] == ["r3", "r1", "r2"]
    assert [one.id for one in step(lambda s: s.resolutions.open(["u1"]))] == ["r1", "r2"]
    assert list(step(lambda s: s.resolutions.open([]))) == []


def test_those_of_a_meeting_come_as_they_were_numbered_and_the_closed_since_a_day(step):
    second = replace(ONE, id="r0", no=2, closed_on=MET, closed_as=Act.DONE)
    elsewhere = replace(
        ONE, id="r5", meeting=MET - timedelta(days=30), closed_on=MET - timedelta(days=1), closed_as=Act.DONE
    )
    keep(step, second, ONE, elsewhere)
    assert [one.id for one in step(lambda s: s.resolutions.of_meeting(MET))] == ["r1", "r0"]
    assert [one.id for one in step(lambda s: s.resolutions.closed_since(MET))] == ["r0"]
    assert [one.id for one in step(lambda s: s.resolutions.closed_since(date(2026, 1, 1)))] == ["r5", "r0"]


def test_another_agency_sees_none_of_them(store, step):
    keep(step, ONE)
    if not hasattr(store, "house"):
        return  # a store in memory is one agency's
    other = replace(store, agency=store.house.add_agency("south"))
    assert other.step(lambda s: s.resolutions.get("r1")) is None
    assert list(other.step(lambda s: s.resolutions.open())) == []


def test_what_another_changed_meanwhile_is_not_written_over(store, step):
    keep(step, ONE)
    if not hasattr(store, "house"):
        return  # in memory nothing happens meanwhile
    core = store.house.core
    with core.database.reading(of=store.agency) as connection:
        slow = AgencyStore(connection, core.channels.by_id(store.agency), core.ring)
        slow.resolutions.save(replace(ONE, wording="ช้า"))
        keep(step, replace(ONE, wording="เร็ว"))
    with pytest.raises(Changed):
        core.database.write(slow.apply, of=store.agency)
    assert step(lambda s: s.resolutions.get("r1")).wording == "เร็ว"
