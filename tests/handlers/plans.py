"""An agency with units, people and a plan whose days have come, for the tests of who is late and what is changed."""

from datetime import date, timedelta

from itadomain.organisation import Unit
from itadomain.people import Role
from itadomain.plans import keep_plan
from tests.fakes import TODAY, MemoryStore, a_measure, a_person, a_result, an_agency
from tests.talk import Talk

SECRETARIAT, TREASURY, WORKS = Unit("u1", "สำนักปลัด", secretariat=True), Unit("u2", "กองคลัง"), Unit("u3", "กองช่าง")
UNITS = [SECRETARIAT, TREASURY, WORKS]
#: Three rounds of a monthly plan of 2570 have come on this day.
WHEN = date(2027, 1, 15)
PLAN = {
    1: ("สำนักปลัด",),
    2: ("กองคลัง",),
    3: ("กองคลัง",),
    4: ("ทุกสำนัก/กอง",),
    5: ("กองช่าง",),
}


def an_agency_at_work(*results, **changes) -> MemoryStore:
    """Five measures of 2570, reported on every month, over three units; nobody has reported anything."""
    store = an_agency(*(results or (a_result(2569),)))
    for unit in UNITS:
        store.units.save(unit)
    plan = [
        a_measure(no, plan_year=2570, owners=owners, follow_up="ทุกเดือน", indicators=(no,), **changes)
        for no, owners in PLAN.items()
    ]
    keep_plan(store, plan, UNITS, TODAY)
    store.history.kept.clear()
    return store


def enrol(store, key, *roles, unit="", name="") -> None:
    """Somebody with a post, known to LINE by their own name for it."""
    store.people.meet(f"U{key}", a_person(*(roles or (Role.STAFF,)), unit=unit, key=key, name=name or f"คุณ{key}"))


def talking(store, *roles, unit="", today=WHEN, key="me", language="th") -> Talk:
    """Somebody of this agency talks with it."""
    return Talk(store, a_person(*roles, unit=unit, key=key, language=language), today=today)


def reported(store, measure, unit, slot=date(2026, 12, 31)):
    """The unit has reported for the round of `slot`."""
    from dataclasses import replace

    from itadomain.duties import duty_id
    from itadomain.timetable import scheduled, timetable

    duty = store.obligations.get(duty_id(measure, unit))
    table = timetable(store.measures.get(measure), store.days(2570))
    store.obligations.save(scheduled(replace(duty, reported_for=slot, reported_on=slot - timedelta(2)), table))


def nudged(reply):
    """Who is reminded, and of how much."""
    return {notice.to.id: notice.reply.bubbles[0].summary.facts["count"] for notice in reply.notices}
