"""The way in LINE on the stores that agencies have: told, followed by its code, and nothing that leads to its teller."""

import pytest

from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from tests.fakes import TODAY
from tests.storage.real_talk import RealTalk
from tests.talk import Reading

TELLER, OTHER = Person("teller-7f3a"), Person("somebody")
NARI = Person("nari", "นารี มีสุข", posts=(Post(Role.INTEGRITY, "u1"),))
STORY = "ช่างเรียกเงินห้าพันบาทก่อนเซ็นใบอนุญาต"
NAMELESS = ("แจ้งในแชทนี้ ไม่มีชื่อ", "กองคลัง", "เล่าต่อ")


@pytest.fixture
def agency(house):
    return house.add_agency("north")


@pytest.fixture
def receiver(house, agency):
    talk = RealTalk(house, agency, NARI)
    talk.keeps(lambda store: [store.units.save(Unit(one, name)) for one, name in (("u1", "สำนักปลัด"), ("u2", "กองคลัง"))])
    return talk


@pytest.fixture
def teller(house, agency, receiver):
    talk = RealTalk(house, agency, TELLER)
    talk._understanding.told[STORY] = Reading("report_corruption")
    return talk


@pytest.fixture
def somebody(house, agency, receiver):
    return RealTalk(house, agency, OTHER)


def tells(talk, *said):
    for one in said:
        reply = talk.says(one)
    return reply


def code_of(talk):
    return talk.messages[1]["text"]


def dump(house):
    """Every row of every table but of the people themselves, as text."""
    tables = [name for (name,) in house.rows(_TABLES[house.core.database.dialect]) if name not in {"person", "post"}]
    return "\n".join(str(row) for name in tables for row in house.rows(f'SELECT * FROM "{name}"'))


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def test_it_is_told_reaches_its_receiver_and_is_followed_from_another_account(teller, somebody, receiver):
    teller.says(STORY)
    assert tells(teller, *NAMELESS, "ใช้ข้อความนี้", "ข้าม", "ข้าม", "มีใบเสร็จ", "ส่ง").key == "disclosure.sent"
    code = code_of(teller)
    assert somebody.says(code).key == "disclosure.of_this_code"
    assert "รอบถัดไป" in somebody.words
    tells(somebody, "เพิ่มข้อมูล", "มีพยานอีกคน")
    receiver.keeps(lambda store: store.disclosures.deliver(TODAY))
    (one,) = receiver.keeps(lambda store: store.disclosures.readable("nari"))
    assert one.told["what"] == STORY
    assert [line.words for line in one.talk] == ["มีพยานอีกคน"]
    assert somebody.says(code).key == "disclosure.of_this_code"
    assert "รอรับเรื่อง" in somebody.words


def test_no_row_leads_to_whoever_told_it(teller, house, receiver):
    told = tells(teller, "แจ้งเบาะแสทุจริต", *NAMELESS, STORY, "ข้าม", "ข้าม", "ข้าม", "ส่ง")
    assert told.key == "disclosure.sent"
    for _round in range(2):
        rows = dump(house)
        assert "teller" not in rows
        assert code_of(teller) not in rows
        assert code_of(teller).replace("-", "") not in rows
        assert STORY not in rows
        receiver.keeps(lambda store: store.disclosures.deliver(TODAY))


def test_wrong_codes_are_counted_and_end(somebody, receiver):
    for number in range(5):
        assert somebody.says(f"K{number}QX-93FD-AB12-CD34").key == "disclosure.no_such_code"
    assert somebody.says("K9QX-93FD-AB12-CD34").key == "enrol.wait"


def test_what_was_told_of_nobody_left_is_nowhere(teller, house):
    assert tells(teller, "แจ้งเบาะแสทุจริต", NAMELESS[0], "สำนักปลัด").key == "disclosure.nobody_left"
    assert house.rows("SELECT * FROM place") == []


def test_whoever_has_the_notice_sent_is_known_to_the_receivers_disclosure_only(teller, house, receiver):
    tells(teller, "แจ้งเบาะแสทุจริต", "แจ้งในแชท ติดต่อกลับได้", "แจ้งเตือนอย่างเดียว", "กองคลัง", "เล่าต่อ")
    tells(teller, STORY, "ข้าม", "ข้าม", "ข้าม", "ส่ง")
    assert "teller" not in dump(house)
    receiver.keeps(lambda store: store.disclosures.deliver(TODAY))
    (one,) = receiver.keeps(lambda store: store.disclosures.readable("nari"))
    assert one.identity.person == TELLER.id
    assert "teller" not in dump(house)
