"""A report through the real queue and storage: once for every acknowledged event, whoever else writes meanwhile."""

import json
from datetime import UTC, date
from urllib.parse import urlencode

import pytest

from bot import nlu
from bot.letters import Letters
from bot.line.events import hear
from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from bot.texts import LOCALES, Texts
from bot.turns import Moment, Turns
from bot.worker import Patience, TurnLoop
from handlers import FEATURES
from itadomain.organisation import Unit
from itadomain.people import Role
from itadomain.plans import keep_plan
from tests.fakes import a_measure, a_person

CLERK, COLLEAGUE, HEAD = ("U" + sign * 32 for sign in "123")
TODAY = date(2026, 11, 20)
UNITS = [Unit("u1", "สำนักปลัด", secretariat=True), Unit("u2", "กองคลัง")]
DUTY = "m1.u2"


class Office:
    """The real features on a real database, with a plan, a clerk, a colleague and their head."""

    def __init__(self, house):
        self.house = house
        self.agency = house.add_agency("north")
        self.turns = Turns(FEATURES, nlu.load(LOCALES), Texts())
        letters = Letters(Texts(), house.core.channels)
        self.loop = TurnLoop(house.ledger, self.turns, letters, Patience(30_000, 3, 60), UTC, lambda: None)
        self.step(self._fill)

    @staticmethod
    def _fill(store):
        for unit in UNITS:
            store.units.save(unit)
        store.people.meet(CLERK, a_person(Role.STAFF, unit="u2", key="clerk"))
        store.people.meet(COLLEAGUE, a_person(Role.STAFF, unit="u2", key="colleague"))
        store.people.meet(HEAD, a_person(Role.HEAD, unit="u2", key="head"))
        keep_plan(store, [a_measure(1, plan_year=2570, owners=("กองคลัง",), steps=(), follow_up="ทุกเดือน")], UNITS, TODAY)

    def store(self, connection):
        return AgencyStore(connection, self.house.core.channels.by_id(self.agency), self.house.core.ring)

    def step(self, work):
        with self.house.core.database.reading(of=self.agency) as connection:
            store = self.store(connection)
            result = work(store)
        self.house.core.database.write(store.apply, of=self.agency)
        return result

    def take(self, user, event):
        """Take a turn and give what would be kept, not kept yet."""
        heard = hear({"source": {"type": "user", "userId": user}, "replyToken": "r", **event})
        with self.house.core.database.reading(of=self.agency) as connection:
            store = self.store(connection)
            self.turns.take(store, heard, Moment(TODAY, self.house.clock()))
        return lambda: self.house.core.database.write(store.apply, of=self.agency)

    def deliver(self, name, user, event):
        """What LINE sends; gives how much of it is new."""
        body = {"id": name, "replyToken": f"r-{name}", "source": {"type": "user", "userId": user}, **event}
        return self.house.put(self.agency, {"id": name, "lane": user, "at": self.house.clock(), "body": body})

    def work(self):
        while event := self.loop.claim("w"):
            self.loop.work(event, "w")

    def reports(self):
        return self.step(lambda store: store.reports.of_obligation(DUTY))

    def letters_to(self, user):
        ring, rows = self.house.core.ring, self.house.rows("SELECT retry_key, body FROM outbox WHERE body IS NOT NULL")
        opened = [json.loads(ring.open_text(body, self.agency, "outbox", "body", key)) for key, body in rows]
        return [letter["messages"] for letter in opened if letter["to"] == user]


@pytest.fixture
def office(house):
    return Office(house)


def text(said):
    return {"type": "message", "message": {"type": "text", "text": said}}


def tap(**data):
    return {"type": "postback", "postback": {"data": urlencode(data)}}


SEND = tap(at="progress.review", a="send")
BEFORE = (text("มาตรการ 1 เสร็จ 60% แล้ว"), text("ได้ดำเนินการแล้ว"), tap(at="progress.hear_next", a="skip"))


def up_to_the_review(office, user=CLERK):
    for number, event in enumerate(BEFORE):
        office.deliver(f"{user[1]}-{number}", user, event)
        office.work()


def test_a_report_is_filed_and_its_head_told_in_the_same_commit(office):
    up_to_the_review(office)
    assert office.reports() == []
    office.deliver("send", CLERK, SEND)
    office.work()
    (kept,) = office.reports()
    assert (kept.percent, kept.said, kept.by) == (60, "ได้ดำเนินการแล้ว", "clerk")
    assert office.step(lambda store: store.obligations.get(DUTY)).percent == 60
    (notice,) = office.letters_to(HEAD)
    assert notice[0]["altText"] == "มีเรื่องรอท่านพิจารณา 1 เรื่อง"


def test_the_same_event_twice_and_a_second_tap_file_it_once(office):
    up_to_the_review(office)
    assert [office.deliver(name, CLERK, SEND) for name in ("send", "send", "again")] == [1, 0, 1]
    office.work()
    assert len(office.reports()) == 1
    assert len(office.letters_to(HEAD)) == 1


def test_two_of_one_unit_who_send_at_once_do_not_overwrite_each_other(office):
    """The slower one's turn is run again on what is there by then: its report takes the place of the other's."""
    for user in (CLERK, COLLEAGUE):
        up_to_the_review(office, user)
    slower, faster = office.take(CLERK, SEND), office.take(COLLEAGUE, SEND)
    faster()
    with pytest.raises(Changed):
        slower()
    assert [one.by for one in office.reports()] == ["colleague"]
    office.take(CLERK, SEND)()
    newest, first = office.reports()
    assert (newest.by, newest.corrects, first.replaced_by) == ("clerk", first.id, newest.id)


def test_a_draft_is_there_after_a_restart_and_gone_after_a_day(office, house):
    up_to_the_review(office)
    house.clock.pass_ms(23 * 60 * 60 * 1000)
    again = Office.__new__(Office)
    again.__dict__ |= {**office.__dict__, "turns": Turns(FEATURES, nlu.load(LOCALES), Texts())}
    again.take(CLERK, SEND)()
    assert len(office.reports()) == 1
    up_to_the_review(office, COLLEAGUE)
    house.clock.pass_ms(25 * 60 * 60 * 1000)
    office.take(COLLEAGUE, SEND)()
    assert len(office.reports()) == 1


@pytest.mark.parametrize("engine", ["sqlite"])  # which tells how it will look
def test_ones_own_measures_are_found_by_an_index(office, house):
    """So that they come as fast with ten thousand measures as with ten."""
    urgent = """SELECT * FROM obligation WHERE agency_id = 1 AND unit_id = 'u2' AND plan_year = 2570 AND closed_on = ''
        ORDER BY due, place LIMIT 10"""
    of_measure = "SELECT * FROM obligation WHERE agency_id = 1 AND measure_id = 'm1' ORDER BY id"
    page = "SELECT * FROM measure WHERE agency_id = 1 AND plan_year = 2570 ORDER BY position LIMIT 10"
    for sql, index in ((urgent, "obligation_urgent"), (of_measure, "obligation_of_measure"), (page, "measure_in_plan")):
        (step,) = house.rows(f"EXPLAIN QUERY PLAN {sql}")
        assert f"USING INDEX {index}" in step[3]
