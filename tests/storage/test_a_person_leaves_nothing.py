"""A citizen who has their data deleted, on the real loop: their id is in no table afterwards, and they are answered."""

import json
from dataclasses import replace
from datetime import UTC

import pytest

from bot.letters import Letters
from bot.storage.queue import State
from bot.storage.schema import METADATA
from bot.storage.store import AgencyStore
from bot.texts import Texts
from bot.turns import Turns
from bot.worker import Patience, TurnLoop
from handlers import FEATURES
from itadomain.audit_log import Deed, verified
from itadomain.cases.case import Case, Kind, Voice, line
from itadomain.cases.case import State as Stands
from itadomain.evidence import DRAFT, Evidence, Stage
from itadomain.evidence import Kind as Sent
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.talk import Understanding

USER, OFFICER = "U" + "1" * 32, "U" + "2" * 32
TEXTS = Texts()
COPY = {"sha256": "a" * 64, "size": 9, "media_type": "image/jpeg"}
ROOM = {"before": 0, "after": 9, "most": 1000}


class Office:
    """The real features on a real database, with one citizen and one officer."""

    def __init__(self, house):
        self.house = house
        self.agency = house.add_agency("north")
        turns = Turns(FEATURES, Understanding(), TEXTS)
        letters = Letters(TEXTS, house.core.channels)
        self.loop = TurnLoop(house.ledger, turns, letters, Patience(30_000, 3, 99), UTC, lambda: None)
        self.said = 0
        self.step(lambda s: s.people.meet(OFFICER, a_person(Role.OFFICER, key="desk", name="ปรีชา")))

    def step(self, work):
        core = self.house.core
        with core.database.reading(of=self.agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(self.agency), core.ring)
            result = work(store)
        core.database.write(store.apply, of=self.agency)
        return result

    def says(self, text):
        """One message and its turn; gives the words of the answer."""
        self.does("message", replyToken=f"r{self.said}", message={"id": f"m{self.said}", "type": "text", "text": text})
        return self.answers()[-1]

    def does(self, event, **more):
        """One event of the citizen's, and its turn."""
        self.said += 1
        body = {"id": f"e{self.said}", "type": event, "source": {"userId": USER}, **more}
        self.house.put(
            self.agency, {"id": body["id"], "lane": USER, "at": self.house.clock() + self.said, "body": body}
        )
        self.loop.work(self.loop.claim("w"), "w")

    def answers(self):
        ring = self.house.core.ring
        rows = self.house.rows("SELECT retry_key, body FROM outbox ORDER BY id")
        return [json.dumps(json.loads(ring.open_text(body, self.agency, "outbox", "body", key)), ensure_ascii=False)
                for key, body in rows]  # fmt: skip

    def tables_with(self, word):
        """The tables in which a word stands anywhere."""
        return [
            table.name
            for table in METADATA.sorted_tables
            if any(word in str(value) for row in self.house.rows(f"SELECT * FROM {table.name}") for value in row)
        ]


@pytest.fixture
def office(house):
    return Office(house)


def test_a_citizen_has_their_data_deleted(office):
    office.says("ขอเบอร์โทร")
    person = office.step(lambda s: s.people.by_line_id(USER, TODAY))
    assert office.tables_with(person.id) == ["person"]
    told = office.step(lambda s: _filed(s, person))
    assert set(office.tables_with(person.id)) == {"person", "case_file", "evidence"}
    assert "ต้องตอบท่าน 1 เรื่อง" in office.says("ลบข้อมูลของฉัน")
    office.says("ยกเลิก")
    office.step(lambda s: s.cases.save(replace(s.cases.get(told.id), state=Stands.CLOSED, over_on=TODAY)))
    assert "ลบแล้วเอาคืนไม่ได้" in office.says("ลบข้อมูลของฉัน")
    assert "ลบข้อมูลของท่านแล้ว" in office.says("ลบเลย")
    assert office.tables_with(person.id) == []
    assert {row.state for row in office.house.rows("SELECT state FROM inbox")} == {State.DONE}
    kept = office.step(lambda s: s.cases.get(told.id))
    assert (kept.reporter, kept.story, [one.by for one in kept.talk]) == ("", told.story, [""])
    log = office.step(lambda s: list(s.audit_log.since()))
    assert verified(log).broken is None
    assert [(one.happened.deed, one.happened.about) for one in log] == [(Deed.FORGOTTEN, told.id)]


def test_who_writes_again_is_met_anew(office):
    office.says("ขอเบอร์โทร")
    before = office.step(lambda s: s.people.by_line_id(USER, TODAY))
    office.says("ลบข้อมูลของฉัน")
    office.says("ลบเลย")
    assert office.step(lambda s: s.people.by_line_id(USER, TODAY)) is None
    assert "0 เรื่อง" in office.says("ข้อมูลของฉัน")
    assert office.step(lambda s: s.people.by_line_id(USER, TODAY)).id != before.id


@pytest.mark.parametrize(
    ("event", "more"),
    [
        ("unfollow", {}),
        ("unsend", {"unsend": {"messageId": "pe3"}}),
        ("task", {"task": {"name": "remove_evidence", "values": {"failed": True}}}),
        ("task", {"task": {"name": "fetch_evidence", "values": {"evidence": "e9", "refused": "evidence.not_fetched"}}}),
        ("task", {"task": {"name": "fetch_evidence", "values": {"evidence": "e3", "copy": COPY, **ROOM}}}),
    ],
)
def test_what_comes_to_an_end_afterwards_makes_them_known_to_nobody(office, event, more):
    office.says("ขอเบอร์โทร")
    person = office.step(lambda s: s.people.by_line_id(USER, TODAY))
    office.step(lambda s: _filed(s, person, Stage.COMING))
    office.step(lambda s: s.cases.save(replace(s.cases.get("c1"), state=Stands.CLOSED)))
    office.says("ลบข้อมูลของฉัน")
    office.says("ลบเลย")
    office.does(event, **more)
    assert office.house.rows("SELECT id FROM person") == [("desk",)]
    assert {row.state for row in office.house.rows("SELECT state FROM inbox")} <= {State.DONE, State.IGNORED}
    kept = office.step(lambda s: s.evidence.get("e3"))
    assert (kept.by, kept.stage) == ("", Stage.KEPT if "copy" in str(more) else Stage.COMING)


def _filed(store, person, stage=Stage.KEPT):
    """A case with something said and sent by them, and something sent for none."""
    for key, case in (("e1", ""), ("e2", DRAFT), ("e3", "c1")):
        store.evidence.save(Evidence(key, person.id, Sent.PHOTO, TODAY, stage, f"p{key}", case=case))
    said = line(Voice.REPORTER, person.id, TODAY, "ยังดับ")
    return store.cases.add(Case("c1", Kind.PROBLEM, "ไฟดับ", TODAY, reporter=person.id, talk=(said,)))
