"""Reminders on the databases that agencies have: said once whatever runs, and cheap for those whom nothing waits for."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from bot.letters import Letters
from bot.schedule import Schedule
from bot.storage.store import AgencyStore
from bot.turns import Turns
from handlers import FEATURES
from itadomain.people import Role
from itadomain.plans import keep_plan
from tests.fakes import TODAY, UNITS, a_measure, a_person
from tests.storage.real_talk import RealTalk
from tests.storage.town import BANGKOK
from tests.talk import texts

#: TODAY is a Friday; reports on November are due on Monday in a week, so the week before begins on Monday.
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=BANGKOK)
STAFF = a_person(Role.STAFF, unit="กองคลัง", key="p1")
LINE = "มีเรื่องที่รอรายงาน 1 เรื่อง กำหนดแรก 30 พ.ย. 2569"


@pytest.fixture
def agency(town):
    """กองคลัง has reported on October, and reports on November next."""
    agency = town.add("north")
    keeps(town.house, agency, plan)
    return agency


def plan(store):
    for unit in UNITS:
        store.units.save(unit)
    measure = a_measure(2, plan_year=2570, follow_up="ทุกเดือน", period="1 พ.ย. 2569 - 30 ก.ย. 2570")
    keep_plan(store, [measure], UNITS, TODAY)


def keeps(house, agency, work):
    core = house.core
    with core.database.reading(of=agency) as connection:
        store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        work(store)
    core.database.write(store.apply, of=agency)


def riding(town, agency, who=STAFF):
    talk = RealTalk(town.house, agency, who)
    talk._turns = Turns(FEATURES, talk._understanding, texts())
    return talk


def clock(town):
    """A clock that knows nothing of what others did."""
    jobs = [one for one in FEATURES.jobs if one.name == "reminders.send"]
    return Schedule(town.house.ledger, jobs, Letters(texts(), town.house.core.channels), BANGKOK, lambda: None)


def test_the_clock_tells_each_once_whatever_runs(town, agency):
    keeps(town.house, agency, lambda store: store.people.meet("U1", STAFF))
    runs = [MONDAY, MONDAY, MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=7), MONDAY + timedelta(1)]
    for now in runs:
        clock(town).tick(now)
    ((_, _, letter),) = town.letters()
    assert letter["messages"][0]["altText"] == "ขอความกรุณารายงานความก้าวหน้า 1 เรื่อง"


def test_a_clock_that_strikes_at_night_for_the_day_before_tells_nobody_then(town, agency):
    keeps(town.house, agency, lambda store: store.people.meet("U1", STAFF))
    (ran,) = clock(town).tick(MONDAY + timedelta(hours=18))
    assert (ran.slot, ran.notices, town.letters()) == ("2026-11-23T15:30+07:00", 0, [])
    clock(town).tick(MONDAY + timedelta(1))
    assert len(town.letters()) == 1


def test_what_rode_on_an_answer_is_not_pushed(town, agency):
    talk = riding(town, agency)
    talk.says("ขอบคุณ")
    assert LINE in talk.words
    clock(town).tick(MONDAY)
    assert town.letters() == []


def test_an_answer_to_who_has_looked_costs_a_statement_for_each_that_rides_and_none_for_citizens(town, agency):
    staff, villager = riding(town, agency), riding(town, agency, a_person(key="v1"))
    staff.says("ขอบคุณ")

    def statements(talk):
        run, engine = [], town.house.core.database.engine

        def note(_connection, _cursor, statement, *_more):
            run.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        talk.says("ขอบคุณ")
        event.remove(engine, "before_cursor_execute", note)
        rides = [one.split() for one in run if "reminder" in one or "paper_approval" in one]
        return [(words[0], words[words.index("FROM") + 1]) for words in rides], len(run)

    asked, of_staff = statements(staff)
    assert sorted(asked) == [("SELECT", "paper_approval"), ("SELECT", "reminder")]
    nothing, of_citizen = statements(villager)
    assert (nothing, of_staff - of_citizen) == ([], len(asked))
