"""Cases stand the same in every store: all that was said of one, their numbers without a gap, and their orders."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import MISSING, fields, replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.cases.case import Case, Channel, Kind, Line, Spot, State, Voice
from itadomain.cases.categories import Category
from itadomain.cases.counting import Counted
from itadomain.cases.deadlines import Promise
from itadomain.cases.tickets import Ticket
from itadomain.evidence import DRAFT, Evidence
from itadomain.evidence import Kind as Sent
from tests.storage.conftest import ENGINES
from tests.storage.meanwhile import uncommitted, until_someone_waits

TODAY = date(2026, 11, 20)
TOLD = Case("c1", Kind.PROBLEM, "ไฟถนนดับหน้าวัด", TODAY)
WHOLE = Case(
    "c2", Kind.SUGGESTION, "ขอถังขยะเพิ่ม\nหน้าตลาด", TODAY, "waste_cleanliness", Channel.COUNTER, "p1", "p2",
    spot=Spot("3", "หน้าวัด", 14.34906, 0.0), contact="ป้าจันทร์ 081-234-5678", on_behalf_of="ยายมี", state=State.WAITING,
    unit="u1", officer="p3", accepted_on=TODAY, answered_on=TODAY + timedelta(days=1), over_on=TODAY,
    counted_from=TODAY + timedelta(days=2), waiting_since=TODAY, waited=4, review_on=date(2027, 4, 13),
    due=date(2026, 12, 9), reopened=2, mended=False, rating=5, warned=frozenset({"unit.2026-12-09", "near.2026-12-09"}),
    talk=(Line(Voice.REPORTER, "p1", TODAY, "ยังดับอยู่"), Line(Voice.MOVE, "", TODAY, "expire")),
    bubbles={"m1": "ยังดับอยู่"}, hidden=("ผู้ใหญ่แดงเป็นคนทำ",), disposed_on=date(2037, 1, 5),
)  # fmt: skip


def add(step, *cases):
    return [step(lambda s, one=one: s.cases.add(one)) for one in cases]


def some(*changes):
    """Cases c1, c2, … of the same telling, each changed a little."""
    return [replace(TOLD, id=f"c{no}", **change) for no, change in enumerate(changes, 1)]


def ids(found):
    return [one.id for one in found]


# ── one case


def test_a_case_comes_back_as_it_was_kept(step):
    for case in add(step, TOLD, WHOLE):
        assert step(lambda s, case=case: s.cases.get(case.id)) == case
        assert step(lambda s, case=case: s.cases.numbered(case.ticket)) == case
    assert step(lambda s: s.cases.get("c9")) is None
    assert step(lambda s: s.cases.numbered(Ticket(2569, 9))) is None


def test_nothing_of_a_case_is_left_out_of_this_test():
    given = {one.name: one.default for one in fields(Case) if one.default is not MISSING}
    assert [name for name, default in given.items() if getattr(WHOLE, name) == default and name != "ticket"] == []


def test_what_became_of_a_case_is_kept_under_its_number(step):
    (first,) = add(step, TOLD)
    after = replace(WHOLE, id="c1", ticket=first.ticket)
    step(lambda s: s.cases.save(after))
    assert step(lambda s: s.cases.get("c1")) == after
    again = replace(first, due=None)
    step(lambda s: s.cases.save(again))
    assert step(lambda s: s.cases.get("c1")) == again


@pytest.mark.parametrize("engine", ENGINES)
def test_of_two_who_change_one_case_at_once_the_slower_begins_again(step, store):
    add(step, TOLD)
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        first, second = (AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2))
        for one, unit in ((first, "u1"), (second, "u2")):
            one.cases.save(replace(one.cases.get("c1"), unit=unit))
    core.database.write(first.apply, of=agency)
    with pytest.raises(Changed):
        core.database.write(second.apply, of=agency)
    assert step(lambda s: s.cases.get("c1").unit) == "u1"


# ── their numbers


def test_the_cases_of_a_year_are_numbered_from_one(step):
    eve, new_year = date(2026, 12, 31), date(2027, 1, 1)
    days = (eve, eve, new_year, eve, new_year)
    kept = add(step, *some(*({"filed_on": day} for day in days)))
    numbers = [(one.ticket.year, one.ticket.number) for one in kept]
    assert numbers == [(2569, 1), (2569, 2), (2570, 1), (2569, 3), (2570, 2)]
    assert str(kept[2].ticket).startswith("70-000001-")


def number(house, agency, case, meanwhile=lambda: None):
    """File a case as a turn does, `meanwhile` something else is done before it commits; gives its number."""
    core = house.core
    with core.database.reading(of=agency) as connection:
        store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        kept = store.cases.add(case)
    meanwhile()
    core.database.write(store.apply, of=agency)
    return kept.ticket.number


@pytest.mark.parametrize("engine", ENGINES)
def test_of_two_cases_that_are_filed_at_once_the_slower_takes_the_next_number(store):
    house, agency = store.house, store.agency
    first, second, third = some({}, {}, {})
    with pytest.raises(Changed):
        number(house, agency, first, lambda: number(house, agency, second))
    assert [number(house, agency, one) for one in (first, third)] == [2, 3]


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_number_is_not_given_twice_where_both_are_about_to_commit(store):
    house, agency = store.house, store.agency
    first, second = some({}, {})
    core = house.core
    with core.database.reading(of=agency) as connection:
        stores = [AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2)]
        for one, case in zip(stores, (first, second), strict=True):
            one.cases.add(case)
    with ThreadPoolExecutor(1) as pool:
        with uncommitted(core.database, stores[0].apply, of=agency):
            slower = pool.submit(core.database.write, stores[1].apply, of=agency)
            until_someone_waits(house)
        with pytest.raises(IntegrityError):
            slower.result(30)
    assert number(house, agency, second) == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_number_of_two_agencies_is_two_cases(house):
    agencies = [house.add_agency(slug) for slug in ("north", "south")]
    assert [number(house, agency, TOLD) for agency in agencies] == [1, 1]
    assert number(house, agencies[0], replace(TOLD, id="c2")) == 2
    core = house.core
    with core.database.reading(of=agencies[1]) as connection:
        store = AgencyStore(connection, core.channels.by_id(agencies[1]), core.ring)
        assert ids(store.cases.open()) == ["c1"]
        assert store.cases.get("c2") is None
        assert len(store.cases.counted(TODAY, TODAY)) == 1


# ── which are found, and in which order


def test_what_a_person_brought_comes_newest_first(step):
    add(step, *some({"reporter": "p1"}, {"reporter": "p2"}, {"reporter": "p1", "state": State.CLOSED}, {}))
    assert ids(step(lambda s: s.cases.of_reporter("p1"))) == ["c3", "c1"]
    assert step(lambda s: list(s.cases.of_reporter(""))) == []


def test_the_open_ones_about_something_come_newest_first(step):
    about = {"category": "trees"}
    add(step, *some(about, {**about, "state": State.RESOLVED}, {**about, "state": State.WAITING}, {}))
    assert ids(step(lambda s: s.cases.of_category("trees"))) == ["c3", "c1"]


URGENT = some(
    {"due": None},
    {"due": date(2026, 12, 2), "unit": "u1", "officer": "p3"},
    {"due": date(2026, 12, 1), "unit": "u2", "state": State.WORKING},
    {"due": date(2026, 12, 1), "state": State.CANCELLED},
    {"due": date(2026, 12, 1), "unit": "u1", "state": State.WORKING},
)


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ({}, ["c3", "c5", "c2", "c1"]),
        ({"limit": 2}, ["c3", "c5"]),
        ({"limit": 2, "offset": 2}, ["c2", "c1"]),
        ({"offset": 3}, ["c1"]),
        ({"units": ["u1"]}, ["c5", "c2"]),
        ({"units": []}, []),
        ({"units": ["u1"], "limit": 1, "offset": 1}, ["c2"]),
        ({"officer": "p3"}, ["c2"]),
        ({"state": State.WORKING}, ["c3", "c5"]),
        ({"due_before": date(2026, 12, 2)}, ["c3", "c5"]),
        ({"units": ["u1"], "due_before": date(2027, 1, 1)}, ["c5", "c2"]),
    ],
)
def test_the_open_ones_come_with_the_most_urgent_first(step, named, found):
    add(step, *URGENT)
    assert ids(step(lambda s: s.cases.open(**named))) == found


def test_those_that_nobody_said_more_of_are_found_by_the_day_they_were_answered(step):
    days = [TODAY - timedelta(days=days) for days in (7, 6, 8)]
    add(step, *some(*({"state": State.RESOLVED, "over_on": day} for day in days), {"over_on": days[2]}))
    assert ids(step(lambda s: s.cases.resolved(days[0]))) == ["c1", "c3"]


def test_what_is_counted_of_cases_holds_nothing_that_anybody_wrote(step):
    days = (date(2026, 9, 30), date(2026, 10, 1), date(2027, 9, 30), date(2027, 10, 1))
    add(step, *(replace(WHOLE, id=f"c{no}", filed_on=day) for no, day in enumerate(days)))
    counted = step(lambda s: s.cases.counted(date(2026, 10, 1), date(2027, 9, 30)))
    names = [one.name for one in fields(Counted)]
    assert counted == [
        Counted(**{name: getattr(replace(WHOLE, filed_on=day), name) for name in names}) for day in days[1:3]
    ]


# ── what they are about


def test_categories_come_back_in_the_order_in_which_they_were_added(step):
    whole = Category("own1", "ศาลาประชาคม", "u1", Promise(2, 7), photo=True, closed=True)
    for one in (Category("trees", unit="u2"), whole, Category("animals")):
        step(lambda s, one=one: s.categories.save(one))
    step(lambda s: s.categories.save(Category("trees", promise=Promise(1, 3))))
    assert step(lambda s: list(s.categories.all())) == [
        Category("trees", promise=Promise(1, 3)), whole, Category("animals"),
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_of_two_who_change_one_category_at_once_the_slower_begins_again(step, store):
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        first, second = (AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2))
        for one, unit in ((first, "u1"), (second, "u2")):
            one.categories.save(Category("trees", unit=unit))
    core.database.write(first.apply, of=agency)
    with pytest.raises(Changed):
        core.database.write(second.apply, of=agency)
    assert step(lambda s: list(s.categories.all())) == [Category("trees", unit="u1")]


# ── what was sent with them

SENT = Evidence("e1", "p1", Sent.PHOTO, TODAY, message="m1")


def test_what_was_sent_with_a_case_is_found_with_it_and_loose_no_more(step):
    pieces = [
        replace(SENT, id=f"e{no}", message=f"m{no}", case=case) for no, case in enumerate(("", DRAFT, "c1", "c2"))
    ]
    for one in pieces:
        step(lambda s, one=one: s.evidence.save(one))
    assert ids(step(lambda s: s.evidence.of_case("c1"))) == ["e2"]
    assert ids(step(lambda s: s.evidence.loose_of("p1"))) == ["e0"]
    assert ids(step(lambda s: s.evidence.loose_before(TODAY + timedelta(days=1), 9))) == ["e0", "e1"]
    step(lambda s: s.evidence.save(s.evidence.get("e1").of("c1")))
    step(lambda s: s.evidence.save(s.evidence.get("e2").taken_back(filed=True)))
    assert ids(step(lambda s: s.evidence.of_case("c1"))) == ["e2", "e1"]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_filed_just_when_it_is_to_be_forgotten_stays(step, store):
    step(lambda s: s.evidence.save(replace(SENT, case=DRAFT)))
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        reporter, clock = (AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2))
        reporter.evidence.save(reporter.evidence.get("e1").of("c1"))
        clock.evidence.save(clock.evidence.get("e1").taken_back(filed=False))
    core.database.write(reporter.apply, of=agency)
    with pytest.raises(Changed):
        core.database.write(clock.apply, of=agency)
    assert ids(step(lambda s: s.evidence.of_case("c1"))) == ["e1"]
