"""What people wish, and that they left, is kept with them in every store."""

from dataclasses import replace
from datetime import date

import pytest

from bot.storage.people import Changed
from itadomain.broadcasts import wishes
from itadomain.people import Post, Role
from tests.fakes import a_person
from tests.storage.conftest import ENGINES

TODAY = date(2026, 11, 20)
CITIZEN = a_person(key="p1")


@pytest.fixture
def known(step):
    """A citizen whom everybody finds by the way in which LINE knows them, too."""
    step(lambda s: s.people.meet("U1", CITIZEN))
    return lambda s: s.people.by_line_id("U1", TODAY)


def test_nobody_wishes_anything_at_first(step, known):
    person = step(known)
    assert (person.village, person.muted, person.away_since, person.away) == ("", False, None, False)


def test_a_wish_is_kept_and_found_both_ways(step, known):
    step(lambda s: wishes.live_in(s, known(s), "หมู่ ๓"))
    step(lambda s: wishes.mute(s, known(s)))
    step(lambda s: wishes.leave(s, known(s), TODAY))
    for person in (step(known), step(lambda s: s.people.get("p1", TODAY))):
        assert person == replace(CITIZEN, village="3", muted=True, away_since=TODAY)
        assert isinstance(person.muted, bool)


def test_what_is_taken_back_is_gone(step, known):
    step(lambda s: s.people.save(replace(CITIZEN, village="3", muted=True, away_since=TODAY)))
    step(lambda s: wishes.live_nowhere(s, known(s)))
    step(lambda s: wishes.unmute(s, known(s)))
    step(lambda s: wishes.come_back(s, known(s)))
    assert step(known) == CITIZEN


def test_insiders_are_found_with_their_wishes(step):
    step(lambda s: s.people.meet("U2", a_person(Role.ADMIN, key="p2")))
    step(lambda s: wishes.leave(s, s.people.get("p2", TODAY), TODAY))
    assert [one.away for one in step(lambda s: s.people.insiders(TODAY))] == [True]
    assert [one.away for one in step(lambda s: s.people.with_role(Role.ADMIN, TODAY))] == [True]


def test_who_is_back_may_wish_something_in_the_same_breath(step, known):
    step(lambda s: wishes.leave(s, known(s), TODAY))

    def come_and_speak(store):
        back = wishes.come_back(store, known(store))
        store.people.save(back.speaking("en"))

    step(come_and_speak)
    assert step(known) == CITIZEN.speaking("en")


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
def test_who_was_changed_by_another_meanwhile_is_still_noticed(store, step, known):
    """That one step may write twice must not hide what somebody else wrote between."""
    house, agency = store.house, store.agency
    from bot.storage.store import AgencyStore

    with house.core.database.reading(of=agency) as connection:
        late = AgencyStore(connection, house.core.channels.by_id(agency), house.core.ring)
        back = wishes.leave(late, known(late), TODAY)
        late.people.save(back.speaking("en"))
    step(lambda s: wishes.mute(s, known(s)))
    with pytest.raises(Changed):
        house.core.database.write(late.apply, of=agency)
    assert step(known) == replace(CITIZEN, muted=True)


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
def test_two_administrators_who_leave_at_once_are_noticed_also_where_one_was_away(store, step):
    house, agency = store.house, store.agency
    from bot.storage.store import AgencyStore

    for no in (1, 2):
        step(lambda s, no=no: s.people.meet(f"A{no}", a_person(Role.ADMIN, key=f"a{no}")))
    step(lambda s: wishes.leave(s, s.people.get("a1", TODAY), TODAY))

    def ends(store, key):
        person = wishes.come_back(store, store.people.get(key, TODAY))
        store.people.save(replace(person, posts=(Post(Role.ADMIN, until=date(2026, 11, 1)),)))

    with house.core.database.reading(of=agency) as connection:
        late = AgencyStore(connection, house.core.channels.by_id(agency), house.core.ring)
        ends(late, "a1")
    step(lambda s: ends(s, "a2"))
    with pytest.raises(Changed):
        house.core.database.write(late.apply, of=agency)


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
def test_an_administrator_who_is_back_may_give_up_the_post_in_one_step(store, step):
    step(lambda s: s.people.meet("A1", a_person(Role.ADMIN, key="a1")))
    step(lambda s: wishes.leave(s, s.people.get("a1", TODAY), TODAY))

    def ends(s):
        person = wishes.come_back(s, s.people.get("a1", TODAY))
        s.people.save(replace(person, posts=(Post(Role.ADMIN, until=date(2026, 11, 1)),)))

    step(ends)
    assert step(lambda s: s.people.insiders(TODAY)) == []
