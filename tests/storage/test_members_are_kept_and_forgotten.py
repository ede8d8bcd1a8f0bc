"""Members of one agency, on either database: who they are, whether they wrote, and that nothing of them is left."""

from bot import enrol
from bot.storage.queue import lane_of
from itadomain.people import Role

CLERK, MAYOR = "U" + "c" * 32, "U" + "a" * 32


def enrolled(house):
    """Two agencies; the clerk works for both and has written to the first."""
    first, _ = house.add_agency("north"), house.add_agency("south")
    for slug, user, role in (("north", CLERK, "staff"), ("north", MAYOR, "executive"), ("south", CLERK, "admin")):
        enrol.add_member(house.core, enrol.NewMember(slug, user, "สมศรี", [role]))
    house.put(first, {"id": "e1", "lane": lane_of(house.core.ring, first, CLERK)})


def told(house, slug):
    return {(one.line_user_id, *one.person.roles, one.has_written) for one in enrol.members(house.core, slug)}


def test_members_are_those_of_their_agency_and_have_written_to_it_or_not(house):
    enrolled(house)
    assert told(house, "north") == {(CLERK, Role.STAFF, True), (MAYOR, Role.EXECUTIVE, False)}
    assert told(house, "south") == {(CLERK, Role.ADMIN, False)}


def test_who_is_removed_is_a_citizen_there_and_stays_what_they_are_elsewhere(house):
    enrolled(house)
    enrol.remove_member(house.core, "north", CLERK, forget=False)
    assert told(house, "north") == {(MAYOR, Role.EXECUTIVE, False)}
    assert told(house, "south") == {(CLERK, Role.ADMIN, False)}
    assert house.value("SELECT COUNT(*) FROM person") == 3


def test_who_is_forgotten_has_no_row_there_any_more(house):
    enrolled(house)
    enrol.remove_member(house.core, "north", CLERK, forget=True)
    assert told(house, "north") == {(MAYOR, Role.EXECUTIVE, False)}
    assert house.value("SELECT COUNT(*) FROM person") == 2
