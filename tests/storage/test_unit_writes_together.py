import pytest
from sqlalchemy.exc import IntegrityError

from bot.storage.people import Changed
from bot.storage.places import KEPT_MS, Place
from bot.storage.unit import Unit
from itadomain.people import Person, Role

USER = "U" + "4" * 32
NOW = 1_795_150_000_000


@pytest.fixture
def agency(house):
    house.add_agency("north")
    return house.core.channels.by_slug("north")


@pytest.fixture
def unit_on(house, agency):
    return lambda connection: Unit(connection, agency, house.core.ring)


@pytest.fixture
def do(house, agency, unit_on):
    """Runs work on a snapshot, then applies what it collected in a write."""

    def run(work):
        with house.core.database.reading(of=agency.id) as connection:
            unit = unit_on(connection)
            result = work(unit)
        house.core.database.write(unit.apply, of=agency.id)
        return result

    return run


def test_nothing_is_written_before_it_is_applied(house, agency, unit_on):
    with house.core.database.reading(of=agency.id) as connection:
        unit = unit_on(connection)
        unit.people.meet(USER)
        assert unit.people.by_line_id(USER) is None
    assert house.value("SELECT COUNT(*) FROM person") == 0
    house.core.database.write(unit.apply, of=agency.id)
    assert house.value("SELECT COUNT(*) FROM person") == 1


def test_all_writes_are_applied_or_none(house, agency, unit_on):
    with house.core.database.reading(of=agency.id) as connection:
        unit = unit_on(connection)
        met = unit.people.meet(USER)
        unit.places.put(met.id, Place("score.pick_part", {"year": 2565}), NOW)
        unit.people.save(Person("nobody has this id"))
    with pytest.raises(Exception, match="No row"):
        house.core.database.write(unit.apply, of=agency.id)
    assert house.value("SELECT COUNT(*) FROM person") == 0
    assert house.value("SELECT COUNT(*) FROM place") == 0


def test_a_person_comes_back_as_they_were_kept(do):
    person = Person("p1", "สมศรี ใจดี", frozenset({Role.STAFF, Role.ADMIN}), "en", "กองคลัง")
    do(lambda unit: unit.people.meet(USER, person))
    assert do(lambda unit: unit.people.by_line_id(USER)) == person


def test_a_person_who_was_changed_meanwhile_is_noticed(house, agency, unit_on, do):
    """Two steps read the same person; the second to write must look again."""
    met = do(lambda unit: unit.people.meet(USER))
    with house.core.database.reading(of=agency.id) as one, house.core.database.reading(of=agency.id) as other:
        first, second = unit_on(one), unit_on(other)
        first.people.save(met.speaking("en"))
        second.people.save(Person(met.id, "ชื่อใหม่"))
    house.core.database.write(first.apply, of=agency.id)
    with pytest.raises(Changed):
        house.core.database.write(second.apply, of=agency.id)
    assert do(lambda unit: unit.people.by_line_id(USER)) == met.speaking("en")


def test_saving_again_after_looking_again_is_fine(do):
    met = do(lambda unit: unit.people.meet(USER))
    for language in ("en", "th", "en"):
        do(lambda unit, language=language: unit.people.save(met.speaking(language)))
    assert do(lambda unit: unit.people.by_line_id(USER)).language == "en"


def test_someone_new_can_be_changed_in_the_same_turn(do):
    """The very first thing that a person says may be «English please»."""
    do(lambda unit: unit.people.save(unit.people.meet(USER).speaking("en")))
    assert do(lambda unit: unit.people.by_line_id(USER)).language == "en"


@pytest.fixture
def two_who_meet(house, agency, unit_on):
    """Two units that both met the same new person on the same snapshot; the first is written."""
    with house.core.database.reading(of=agency.id) as connection:
        first, second = unit_on(connection), unit_on(connection)
        first.people.meet(USER)
        second.people.meet(USER)
    house.core.database.write(first.apply, of=agency.id)
    return second


@pytest.mark.filterwarnings("ignore:nested transaction already deassociated")
def test_two_first_messages_at_a_time_make_one_person(house, agency, two_who_meet):
    with pytest.raises(IntegrityError):
        house.core.database.write(two_who_meet.apply, of=agency.id)
    assert house.value("SELECT COUNT(*) FROM person") == 1


def test_a_row_that_breaks_a_rule_is_taken_back_once(house, agency, two_who_meet):
    with pytest.raises(IntegrityError):
        house.core.database.write(two_who_meet.apply, of=agency.id)


def test_an_open_question_is_kept_with_its_draft_until_it_is_cleared(do):
    place = Place("score.pick_part", {"year": 2565, "note": "คำ"})
    do(lambda unit: unit.places.put("p1", place, NOW))
    assert do(lambda unit: unit.places.of("p1", NOW + KEPT_MS)) == place
    do(lambda unit: unit.places.put("p1", Place("score.other", {}), NOW))
    assert do(lambda unit: unit.places.of("p1", NOW)) == Place("score.other", {})
    do(lambda unit: unit.places.clear("p1"))
    assert do(lambda unit: unit.places.of("p1", NOW)) is None


def test_an_open_question_is_forgotten_after_a_day(do):
    do(lambda unit: unit.places.put("p1", Place("score.pick_part", {}), NOW))
    assert do(lambda unit: unit.places.of("p1", NOW + KEPT_MS + 1)) is None


def test_a_change_between_who_speaks_and_what_is_saved_is_noticed(house, agency, unit_on, do):
    """A turn reads one moment from its first look on, so what came after that look is somebody else's change."""
    do(lambda unit: unit.people.meet(USER))
    with house.core.database.reading(of=agency.id) as connection:
        unit = unit_on(connection)
        seen = unit.people.by_line_id(USER)
        do(lambda other: other.people.save(seen.speaking("en")))
        assert unit.people.by_line_id(USER) == seen
        unit.people.save(Person(seen.id, "ชื่อใหม่"))
    with pytest.raises(Changed):
        house.core.database.write(unit.apply, of=agency.id)


def test_what_was_taken_back_can_be_written_again(house):
    """A commit of many that fails for one, or a deadlock, runs the same writes a second time."""
    agency = house.core.channels.by_id(house.add_agency("north"))
    with house.core.database.reading(of=agency.id) as connection:
        unit = Unit(connection, agency, house.core.ring)
        unit.people.meet(USER)
        unit.places.put("p", Place("score.now", {}), house.clock())

    def first(connection):
        unit.apply(connection)
        raise LookupError

    with pytest.raises(LookupError):
        house.core.database.write(first, of=agency.id)
    house.core.database.write(unit.apply, of=agency.id)
    assert house.rows("SELECT (SELECT COUNT(*) FROM person), (SELECT COUNT(*) FROM place)") == [(1, 1)]
