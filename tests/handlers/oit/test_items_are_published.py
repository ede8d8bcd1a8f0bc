"""Where an item stands: a link, a photo of the notice board, brought up to date, looked at; by the clock as well."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.kit import Tick
from handlers.oit import publishing
from itadomain.evidence import Copy
from itadomain.fiscal import FiscalYear
from itadomain.oit import register as registers
from itadomain.oit.entering import Named
from itadomain.oit.items import Check, Gap, Outcome
from itadomain.people import Role
from tests.fakes import a_person
from tests.handlers.plans import WHEN, an_agency_at_work, enrol, talking

YEAR = FiscalYear(2570)
LINK = "https://www.bangsommut.go.th/contact"
NOW = datetime(2027, 1, 15, 1, 0, tzinfo=UTC)


@pytest.fixture
def agency():
    store = an_agency_at_work()
    registers.add(store, YEAR, [Named(1, "โครงสร้าง"), Named(5, "ข้อมูลการติดต่อ")])
    registers.give(store, registers.item_of(store, YEAR, 5), "u2")
    return store


@pytest.fixture
def clerk(agency):
    return talking(agency, Role.STAFF, unit="u2", key="clerk")


def item(agency, no=5):
    return registers.item_of(agency, YEAR, no)


def found(**more):
    told = {
        "year": YEAR,
        "no": 5,
        "address": LINK,
        "on": "2027-01-15",
        "outcome": "opens",
        "status": 200,
        "expired": False,
        "changed_on": "",
    }
    return {**told, **more}


def hears(talk, **values):
    """The lane hears what came of a look."""
    from bot.line.events import result

    return talk.sends(result("check_address", talk.user, values))


def photo(talk):
    return talk.sends({"type": "message", "message": {"type": "image", "id": "990001"}})


def test_a_link_is_kept_and_looked_at(agency, clerk):
    opened = clerk.taps("oit.one", year=YEAR, no=5)
    assert clerk.offered(opened)[:2] == ["ใส่ลิงก์", "รูปป้ายประกาศ"]
    clerk.taps(opened.taps[0])
    reply = clerk.says(LINK)
    assert reply.key == "oit_publishing.address_kept"
    assert [(task.name, dict(task.facts), task.at) for task in reply.tasks] == [
        ("check_address", {"year": YEAR, "no": 5, "address": LINK}, None)
    ]
    assert (item(agency).address, item(agency).updated_on, item(agency).updated_by) == (LINK, WHEN, "clerk")
    assert "รอตรวจ" in (clerk.taps(reply.taps[0]) and clerk.words)
    assert hears(clerk, **found()).bubbles == ()  # it costs nobody a message
    assert "เปิดได้ (ตรวจเมื่อ 15 ม.ค. 2570)" in (clerk.taps(reply.taps[0]) and clerk.words)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("ยังไม่มีค่ะ", "oit.no_address"), ("http://192.168.1.10/ita", "oit.no_host"), ("https://a.go.th:8080/", "oit.no_such_port"),
        ("https://admin:1234@a.go.th/", "oit.no_names_in_address"), ("🙂", "oit.no_address"),
    ],
)  # fmt: skip
def test_what_is_no_public_address_is_told_and_asked_again(agency, clerk, said, key):
    clerk.taps("oit_publishing.address", year=YEAR, no=5)
    assert clerk.says(said).key == key
    assert item(agency).address == ""
    assert clerk.says("www.bangsommut.go.th/contact").key == "oit_publishing.address_kept"
    assert item(agency).address == LINK


def test_a_question_for_the_link_can_be_left(agency, clerk):
    clerk.taps("oit_publishing.address", year=YEAR, no=5)
    assert clerk.says("ยกเลิก").key == "help.cancelled"
    assert item(agency).address == ""


def test_a_link_is_removed(agency, clerk):
    registers.publish(agency, item(agency), LINK, a_person(), WHEN)
    clerk.taps("oit_publishing.address", year=YEAR, no=5)
    assert clerk.says("ลบลิงก์เดิม").key == "oit_publishing.removed"
    assert item(agency).address == ""


def test_another_link_is_looked_at_anew_and_an_older_look_says_nothing_of_it(agency, clerk):
    registers.publish(agency, item(agency), "https://new.go.th/", a_person(), WHEN)
    hears(clerk, **found())
    assert item(agency).check is None


@pytest.mark.parametrize(
    "values", [{"failed": True, "year": 2570, "no": 5, "address": LINK}, found(no=99), found(year=1)]
)
def test_a_look_that_came_to_nothing_changes_nothing(agency, clerk, values):
    registers.publish(agency, item(agency), LINK, a_person(), WHEN)
    before = dict(agency.oit_items.kept)
    assert hears(clerk, **values).bubbles == ()
    assert agency.oit_items.kept == before


@pytest.mark.parametrize("outcome", Outcome)
def test_whatever_was_found_can_be_said(agency, clerk, outcome):
    registers.publish(agency, item(agency), LINK, a_person(), WHEN)
    hears(clerk, **found(outcome=outcome.value, status=503, changed_on="2027-01-02"))
    clerk.taps("oit.one", year=YEAR, no=5)
    assert item(agency).check.outcome is outcome
    assert "ตรวจเมื่อ 15 ม.ค. 2570" in clerk.words
    assert "เว็บไซต์ระบุว่าแก้ไขหน้านี้เมื่อ\n2 ม.ค. 2570" in clerk.words


def test_somebody_asks_for_a_look(agency, clerk):
    assert clerk.taps("oit_publishing.check", year=YEAR, no=5).key == "oit_publishing.no_address_yet"
    published = registers.publish(agency, item(agency), LINK, a_person(), WHEN)
    registers.looked_at(agency, YEAR, 5, published.address, Check(WHEN, Outcome.SILENT))
    reply = clerk.taps("oit_publishing.check", year=YEAR, no=5)
    assert [task.name for task in reply.tasks] == ["check_address"]
    assert item(agency).check is None


def test_a_photo_of_the_board_shows_it_too(agency, clerk):
    clerk.taps("oit_publishing.board", year=YEAR, no=5)
    assert clerk.says("ติดไว้แล้วค่ะ").key == "oit_publishing.only_a_photo"
    reply = photo(clerk)
    assert reply.key == "oit_publishing.photo_kept"
    assert [task.name for task in reply.tasks] == ["fetch_evidence"]
    kept = agency.evidence.get(item(agency).board)
    assert kept.obligation == "oit:2570:5"
    assert agency.evidence.loose_before(WHEN + timedelta(days=90), 9) == []  # it stays as long as the item does
    agency.evidence.save(kept.kept(Copy("ab", 9, "image/jpeg", shown=True)))
    assert clerk.taps("oit.one", year=YEAR, no=5).bubbles[0].picture == f"evidence:{kept.id}"
    assert registers.register(agency, YEAR).gaps(item(agency), WHEN) == ()


def test_a_photo_that_was_taken_back_shows_nothing_any_more(agency, clerk):
    clerk.taps("oit_publishing.board", year=YEAR, no=5)
    photo(clerk)
    clerk.sends({"type": "unsend", "unsend": {"messageId": "990001"}})
    assert item(agency).board == ""
    assert registers.register(agency, YEAR).gaps(item(agency), WHEN) == (Gap.NO_ADDRESS,)
    assert clerk.taps("oit.one", year=YEAR, no=5).bubbles[0].picture == ""


def test_an_item_is_brought_up_to_date(agency, clerk):
    assert clerk.taps("oit_publishing.updated", year=YEAR, no=5).key == "oit.nothing_to_update"
    registers.publish(agency, item(agency), LINK, a_person(), WHEN - timedelta(days=30))
    assert clerk.taps("oit_publishing.updated", year=YEAR, no=5).facts == {"code": "O5", "day": WHEN}
    assert (item(agency).updated_on, item(agency).updated_by) == (WHEN, "clerk")


# ── by the clock


def night(agency):
    return publishing.look_at_some(Tick(WHEN, agency, NOW, NOW))


def with_addresses(agency, count):
    for no in range(10, 10 + count):
        (one,) = registers.add(agency, YEAR, [Named(no, "ก")])
        registers.publish(agency, one, f"https://a.go.th/{no}", a_person(), WHEN)


def test_the_clock_looks_at_some_a_night_at_moments_of_their_own_and_tells_nobody(agency):
    with_addresses(agency, 40)
    enrol(agency, "admin", Role.ADMIN)
    (notice,) = night(agency)
    assert (notice.to.id, notice.reply.bubbles) == ("admin", ())
    tasks = notice.reply.tasks
    assert len(tasks) == publishing.A_NIGHT
    assert all(NOW <= task.at < NOW + publishing.SPREAD for task in tasks)
    assert len({task.at for task in tasks}) > 1


def test_in_a_week_every_address_has_had_its_turn(agency):
    with_addresses(agency, 43)
    enrol(agency, "admin", Role.ADMIN)
    seen = set()
    for day in range(7):
        today = WHEN + timedelta(days=day)
        for notice in publishing.look_at_some(Tick(today, agency, NOW, NOW)):
            for task in notice.reply.tasks:
                seen.add(task.facts["no"])
                registers.looked_at(
                    agency, YEAR, task.facts["no"], task.facts["address"], Check(today, Outcome.OPENS, 200)
                )
    assert seen == set(range(10, 53))


def test_where_nobody_is_there_or_nothing_is_published_nothing_is_looked_at(agency):
    with_addresses(agency, 3)
    agency.people.kept.clear()
    assert night(agency) == []
    enrol(agency, "clerk", Role.STAFF, unit="u2")
    assert [notice.to.id for notice in night(agency)] == ["clerk"]
    agency.oit_items.kept.clear()
    assert night(agency) == []
