"""Topics and the audit log stand the same in every store; the log's lines follow each other whoever adds them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.audit_log import Deed, Happened, verified
from itadomain.knowledge import Topic
from tests.storage.conftest import ENGINES

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
WHOLE = Topic(
    "t1", "ภาษีป้าย", "ชำระได้ถึงเดือนมีนาคม", ("จ่ายภาษีป้าย", "ป้ายร้าน"), "ยื่นแบบ", "15 นาที", "ตามขนาดป้าย",
    "บัตรประชาชน", "077-000000", TODAY, "p1",
)  # fmt: skip


def test_a_topic_comes_back_as_it_was_kept(step):
    step(lambda s: s.knowledge.save(WHOLE))
    assert step(lambda s: s.knowledge.get("t1")) == WHOLE
    assert step(lambda s: s.knowledge.get("t9")) is None
    given = {one.name: one.default for one in fields(Topic) if one.default is not MISSING and one.name != "closed"}
    assert [name for name, default in given.items() if getattr(WHOLE, name) == default] == []


def test_topics_are_listed_by_title_and_closed_ones_are_not(step):
    topics = [replace(WHOLE, id=of, title=title) for of, title in (("t1", "ข"), ("t2", "ก"), ("t3", "ค"))]
    for one in topics:
        step(lambda s, one=one: s.knowledge.save(one))
    step(lambda s: s.knowledge.save(replace(topics[2], closed=True)))
    assert [one.title for one in step(lambda s: s.knowledge.all())] == ["ก", "ข"]
    assert step(lambda s: s.knowledge.get("t3")).closed


def test_the_log_comes_back_line_by_line(step):
    happened = [Happened(Deed.LOOKED, AT, "p1", f"c{no}", {"move": "เริ่ม"}) for no in range(3)]
    for one in happened:
        step(lambda s, one=one: s.audit_log.add(one))
    log = step(lambda s: list(s.audit_log.since()))
    assert [entry.happened for entry in log] == happened
    assert verified(log).entries == 3
    assert step(lambda s: s.audit_log.end()) == verified(log)
    assert step(lambda s: [entry.no for entry in s.audit_log.since(2)]) == [3]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_topic_that_another_changed_meanwhile_is_read_anew(house, engine):
    agency = house.add_agency("north")
    core = house.core
    with core.database.reading(of=agency) as connection:
        first, second = (AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2))
        first.knowledge.save(WHOLE)
        second.knowledge.save(replace(WHOLE, text="อีกคำตอบ"))
    core.database.write(first.apply, of=agency)
    with pytest.raises(Changed):
        core.database.write(second.apply, of=agency)


@pytest.mark.parametrize("engine", ENGINES)
def test_writers_at_one_time_leave_one_whole_log(house, engine):
    agency, core = house.add_agency("north"), house.core

    def look(no: int) -> None:
        with core.database.reading(of=agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
            store.audit_log.add(Happened(Deed.LOOKED, AT, f"p{no}"))
        for _ in range(20):  # as a turn is taken again where another was first
            try:
                return core.database.write(store.apply, of=agency)
            except Exception as error:  # noqa: BLE001 - whatever the engine says of two at once
                last = error
        raise last

    look(0)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(look, range(1, 25)))
    with core.database.reading(of=agency) as connection:
        log = list(AgencyStore(connection, core.channels.by_id(agency), core.ring).audit_log.since())
    assert verified(log).broken is None
    assert sorted(entry.happened.by for entry in log) == sorted(f"p{no}" for no in range(25))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_end_of_the_log_is_held_after_all_else_is_written(house, engine):
    """Whoever holds it holds up all who write to the log, so for as short a time as may be."""
    agency, core, ran = house.add_agency("north"), house.core, []
    with core.database.reading(of=agency) as connection:
        store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        store.audit_log.add(Happened(Deed.LOOKED, AT, "p1"))
        store.knowledge.save(WHOLE)

    def write(connection):
        event.listen(connection, "before_cursor_execute", lambda _c, _cursor, said, *_more: ran.append(said))
        store.apply(connection)

    core.database.write(write, of=agency)
    places = {table: min(no for no, said in enumerate(ran) if table in said) for table in ("topic", "audit_head")}
    assert places["topic"] < places["audit_head"]
