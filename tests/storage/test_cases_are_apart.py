"""A case of another agency is not there: by its id, by its number, in lists and figures, and in its audit log."""

from datetime import UTC, date, datetime

import pytest

from bot.storage.store import AgencyStore
from itadomain.audit_log import Deed, Happened
from itadomain.cases import following, working
from itadomain.cases.case import Kind
from itadomain.cases.filing import Told, file
from itadomain.cases.lists import Which, by_number, listed
from itadomain.cases.moves import Move
from itadomain.evidence import Evidence
from itadomain.evidence import Kind as Sent
from itadomain.people import Role
from itadomain.refusals import Refusal
from tests.fakes import TODAY, a_person

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
FIRST, LAST = date(2026, 10, 1), date(2027, 9, 30)
DESK, MAYOR = a_person(Role.OFFICER, key="desk"), a_person(Role.EXECUTIVE, key="mayor")
CITIZEN = a_person(key="citizen")


@pytest.fixture
def in_agency(house):
    """Does work on an agency's store and keeps it."""

    def run(agency, work):
        core = house.core
        with core.database.reading(of=agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
            result = work(store)
        core.database.write(store.apply, of=agency)
        return result

    return run


@pytest.fixture
def two(house, in_agency):
    """Two agencies in which people have the same ids; the north has a case that was looked at."""
    north, south = house.add_agency("north"), house.add_agency("south")
    for agency in (north, south):
        for one in (DESK, MAYOR, CITIZEN):
            in_agency(agency, lambda s, one=one: s.people.meet(f"U{one.id}", one))
    case = in_agency(north, lambda s: file(s, Told(Kind.PROBLEM, ("ความลับ",)), CITIZEN, TODAY)).case
    in_agency(north, lambda s: s.evidence.save(Evidence("e1", "citizen", Sent.PHOTO, TODAY, case=case.id)))
    in_agency(north, lambda s: s.audit_log.add(Happened(Deed.LOOKED, AT, "desk", case.id)))
    return north, south, case


@pytest.mark.parametrize("who", [DESK, MAYOR, CITIZEN], ids=lambda one: one.id)
def test_its_id_and_its_number_find_nothing(in_agency, two, who):
    north, south, case = two
    assert in_agency(north, lambda s: s.cases.get(case.id)).story == "ความลับ"
    for find in (
        lambda s: working.find(s, case.id, who, TODAY),
        lambda s: working.step(s, case.id, Move.ACCEPT, working.Word(), who, TODAY),
        lambda s: working.note(s, case.id, "?", who, TODAY),
        lambda s: by_number(s, str(case.ticket), who, TODAY),
        lambda s: following.find(s, case.id, who),
        lambda s: following.by_ticket(s, str(case.ticket), who, TODAY),
        lambda s: following.cancel(s, case.id, who, TODAY),
    ):
        with pytest.raises(Refusal) as refused:
            in_agency(south, find)
        assert refused.value.key == "case.not_found"


def test_it_is_in_no_list_no_figure_and_no_log(in_agency, two):
    _, south, case = two
    assert [in_agency(south, lambda s, which=which: listed(s, which, DESK, TODAY)) for which in Which] == [[]] * 4
    assert in_agency(south, lambda s: s.cases.counted(FIRST, LAST)) == []
    assert in_agency(south, lambda s: s.cases.of_reporter("citizen")) == []
    assert in_agency(south, lambda s: s.evidence.of_person("citizen")) == []
    assert in_agency(south, lambda s: s.evidence.of_case(case.id)) == []
    assert in_agency(south, lambda s: list(s.audit_log.since())) == []
