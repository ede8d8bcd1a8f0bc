"""A calendar at its address: whose it is, when it is none any more, and that all wrong addresses are answered alike."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import icalendar
import pytest

from bot.calendar.addresses import CalendarAddresses, owner
from bot.calendar.pages import Calendars, pages
from bot.evidence.addresses import Addresses
from bot.pages import App
from bot.storage.sealing import KeyRing, new_key
from bot.storage.store import AgencyStore
from bot.wiring import Core, web
from itadomain.agenda import renew
from itadomain.assessment.entering import entered
from itadomain.assessment.windows import Phase
from itadomain.fiscal import FiscalYear
from itadomain.organisation import Unit
from itadomain.people import Role
from itadomain.plans import keep_plan
from tests.fakes import TODAY, a_measure, a_person

HERE = "https://bot.example.go.th"
USER, OTHER = "U" + "1" * 32, "U" + "2" * 32


@dataclass
class Served:
    house: Any
    agency: int
    client: Any
    today: date = TODAY

    def step(self, work, agency=None):
        core, of = self.house.core, agency or self.agency
        with core.database.reading(of=of) as connection:
            store = AgencyStore(connection, core.channels.by_id(of), core.ring)
            result = work(store)
        core.database.write(store.apply, of=of)
        return result

    def enrol(self, user, *roles, unit="", language="th"):
        self.step(lambda s: s.people.meet(user))
        one = self.step(lambda s: s.people.by_line_id(user, TODAY))
        person = replace(one, name="สมหญิง ใจดี", posts=a_person(*roles, unit=unit).posts, language=language).on(TODAY)
        self.step(lambda s: s.people.save(person))
        return person

    def address(self, person, number=1, agency=None):
        core = self.house.core
        made = CalendarAddresses(core.ring, HERE, Addresses(core.ring, HERE, self.house.clock))
        return made.of(agency or self.agency, f"calendar:{number}", person.id).removeprefix(HERE)

    def get(self, address, **more):
        return self.client.get(address, **more)

    def events(self, address):
        answer = self.get(f"{address}.ics")
        assert answer.status_code == 200, answer
        return icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


@pytest.fixture
def served(house):
    core, app = house.core, App("bot")
    made = Served(house, house.add_agency("north"), app.test_client())
    calendars = Calendars(core.ring, core.database, core.channels, lambda: core.texts, lambda: made.today)
    app.register_blueprint(pages(calendars, HERE))

    def fill(store):
        for name in ("กองคลัง", "กองช่าง"):
            store.units.save(Unit(name, name))
        store.windows.save(entered(Phase.EIT, date(2027, 4, 1), date(2027, 6, 30), TODAY))

    made.step(fill)
    plan = [a_measure(no, plan_year=FiscalYear(2570), owners=(unit,)) for no, unit in ((1, "กองคลัง"), (2, "กองช่าง"))]
    made.step(lambda s: keep_plan(s, plan, s.units.all(), TODAY))
    return made


@pytest.fixture
def staff(served):
    return served.enrol(USER, Role.STAFF, unit="กองคลัง")


def test_it_holds_the_due_days_of_ones_own_units_and_the_windows_and_no_name(served, staff):
    told = [(one["dtstart"].dt, str(one["summary"])) for one in served.events(served.address(staff))]
    assert [day for day, what in told if "มาตรการที่ 1" in what] == [
        date(2027, 1, 4), date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30),
    ]  # fmt: skip
    assert not any("มาตรการที่ 2" in what for _, what in told)
    assert (date(2027, 6, 30), "ตอบแบบวัด EIT: วันสุดท้าย") in told
    raw = served.get(f"{served.address(staff)}.ics").data.replace(b"\r\n ", b"").decode()
    assert "สมหญิง" not in raw
    assert staff.id not in raw


def test_a_phone_that_has_it_already_is_told_so(served, staff):
    address = f"{served.address(staff)}.ics"
    first = served.get(address)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, max-age=900"
    again = served.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    served.step(lambda s: s.windows.save(entered(Phase.EIT, date(2027, 4, 2), date(2027, 6, 30), TODAY)))
    assert served.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_after_a_change_only_the_new_address_leads_anywhere(served, staff):
    old = served.address(staff)
    number = served.step(lambda s: renew(s, staff.id))
    assert served.get(f"{old}.ics").status_code == served.get(old).status_code == 404
    assert served.get(f"{served.address(staff, number)}.ics").status_code == 200
    assert served.get(f"{served.address(staff, number + 1)}.ics").status_code == 404, "one that was never given"


def test_whoever_left_finds_nothing(served, staff):
    address = served.address(staff)
    served.step(lambda s: s.people.save(replace(staff, posts=(), roles=frozenset())))
    assert served.get(f"{address}.ics").status_code == 404
    other = served.enrol(OTHER, Role.ADMIN)
    served.step(lambda s: s.people.forget(other))
    assert served.get(f"{served.address(other)}.ics").status_code == 404


def test_an_address_is_of_one_agency(served, staff):
    south = served.house.add_agency("south")
    assert served.get(f"{served.address(staff, agency=south)}.ics").status_code == 404


def test_all_wrong_addresses_are_answered_alike_and_no_page_is_kept_in_between(served, staff):
    right = served.address(staff)
    foreign = CalendarAddresses(KeyRing([new_key()]), HERE, Addresses(KeyRing([new_key()]), HERE, served.house.clock))
    wrong = [
        right[:-1] + ("0" if right[-1] != "0" else "1"), f"{right}0", right.replace("-1-", "-2-"), "/calendar/", "/calendar/x",
        "/calendar/1-" + "0" * 32 + "-1-" + "0" * 64, right.replace("/calendar/1-", "/calendar/99-"),
        foreign.of(served.agency, "calendar:1", staff.id).removeprefix(HERE), "/calendar/" + "9" * 5000,
    ]  # fmt: skip
    answers = [served.get(f"{one}{ending}") for one in wrong[:3] + wrong[4:] for ending in ("", ".ics")]
    assert {(one.status_code, one.data, one.headers["Cache-Control"]) for one in answers} == {
        (404, b"not found\n", "private, no-store")
    }


def test_the_page_tells_how_to_add_it_in_the_persons_language(served):
    person = served.enrol(USER, Role.STAFF, unit="กองคลัง", language="en")
    address = served.address(person)
    answer = served.get(address)
    html = answer.data.decode()
    assert f'href="webcal://bot.example.go.th{address}.ics"' in html
    assert f"{HERE}{address}.ics" in html
    assert "Add to the phone" in html
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "script" not in html


def test_the_address_of_a_reply_is_served_by_the_web_process(served, staff):
    settings = replace(served.house.core.settings, public_url=HERE)
    core = Core(settings)
    with core.database.reading(of=served.agency) as connection:
        assert core.agencies.by_id(connection, served.agency).office.site == HERE
    made = core.letters._voice(served.agency, "th", staff.id).address("calendar:1")
    app = web(settings)
    try:
        assert app.test_client().get(f"{made.removeprefix(HERE)}.ics").status_code == 200
        assert app.test_client().get(made.removeprefix(HERE)).status_code == 200
    finally:
        app.extensions["core"].database.close()
        core.database.close()


def test_old_keys_still_open_an_address_and_nobody_elses_do():
    old, new = new_key(), new_key()
    addresses = CalendarAddresses(KeyRing([old]), HERE, Addresses(KeyRing([old]), HERE, lambda: 0))
    token = addresses.of(7, "calendar:3", "a" * 32).rpartition("/")[2]
    found = owner(KeyRing([new, old]), token)
    assert (found.agency_id, found.person, found.number) == (7, "a" * 32, 3)
    assert owner(KeyRing([new]), token) is None


def test_without_a_site_or_a_person_there_is_no_address_and_others_are_made_by_others():
    ring = KeyRing([new_key()])
    evidence = Addresses(ring, HERE, lambda: 0)
    assert CalendarAddresses(ring, "", evidence).of(1, "calendar:1", "a" * 32) == ""
    made = CalendarAddresses(ring, HERE, evidence)
    assert made.of(1, "calendar:1") == made.for_all(1, "calendar:1", 0) == ""
    assert made.of(1, "tel:1234") == made.for_all(1, "tel:1234", 0) == "tel:1234"
    assert made.of(1, f"evidence:{'0' * 32}").startswith(f"{HERE}/evidence/")
