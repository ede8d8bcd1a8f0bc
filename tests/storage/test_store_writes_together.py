import pytest
from sqlalchemy.exc import IntegrityError

from bot.line.events import Heard, Kind
from bot.storage.people import Changed
from bot.storage.places import KEPT_MS, Place
from bot.storage.store import AgencyStore
from bot.texts import Texts
from bot.turns import Moment, Turns
from handlers import FEATURES
from handlers.kit import Feature, Features
from itadomain.people import Person, Role
from itadomain.refusals import Refusal
from tests.fakes import TODAY, a_person
from tests.talk import Reading, Understanding

USER = "U" + "4" * 32
NOW = 1_795_150_000_000


@pytest.fixture
def agency(house):
    house.add_agency("north")
    return house.core.channels.by_slug("north")


@pytest.fixture
def store_on(house, agency):
    return lambda connection: AgencyStore(connection, agency, house.core.ring)


@pytest.fixture
def do(house, agency, store_on):
    """Runs work on a snapshot, then applies what it collected in a write."""

    def run(work):
        with house.core.database.reading(of=agency.id) as connection:
            store = store_on(connection)
            result = work(store)
        house.core.database.write(store.apply, of=agency.id)
        return result

    return run


def test_nothing_is_written_before_it_is_applied(house, agency, store_on):
    with house.core.database.reading(of=agency.id) as connection:
        store = store_on(connection)
        store.people.meet(USER)
        assert store.people.by_line_id(USER, TODAY) is None
    assert house.value("SELECT COUNT(*) FROM person") == 0
    house.core.database.write(store.apply, of=agency.id)
    assert house.value("SELECT COUNT(*) FROM person") == 1


def test_all_writes_are_applied_or_none(house, agency, store_on):
    with house.core.database.reading(of=agency.id) as connection:
        store = store_on(connection)
        met = store.people.meet(USER)
        store.places.put(met.id, Place("score.pick_part", {"year": 2565}), NOW)
        store.people.save(Person("nobody has this id"))
    with pytest.raises(Exception, match="No row"):
        house.core.database.write(store.apply, of=agency.id)
    assert house.value("SELECT COUNT(*) FROM person") == 0
    assert house.value("SELECT COUNT(*) FROM place") == 0


def test_a_person_comes_back_as_they_were_kept(do):
    person = a_person(Role.STAFF, Role.ADMIN, name="สมศรี ใจดี", unit="u1", language="en", key="p1")
    do(lambda store: store.people.meet(USER, person))
    assert do(lambda store: store.people.by_line_id(USER, TODAY)) == person


def test_a_person_who_was_changed_meanwhile_is_noticed(house, agency, store_on, do):
    """Two steps read the same person; the second to write must look again."""
    met = do(lambda store: store.people.meet(USER))
    with house.core.database.reading(of=agency.id) as one, house.core.database.reading(of=agency.id) as other:
        first, second = store_on(one), store_on(other)
        first.people.save(met.speaking("en"))
        second.people.save(Person(met.id, "ชื่อใหม่"))
    house.core.database.write(first.apply, of=agency.id)
    with pytest.raises(Changed):
        house.core.database.write(second.apply, of=agency.id)
    assert do(lambda store: store.people.by_line_id(USER, TODAY)) == met.speaking("en")


def test_saving_again_after_looking_again_is_fine(do):
    met = do(lambda store: store.people.meet(USER))
    for language in ("en", "th", "en"):
        do(lambda store, language=language: store.people.save(met.speaking(language)))
    assert do(lambda store: store.people.by_line_id(USER, TODAY)).language == "en"


def test_someone_new_can_be_changed_in_the_same_turn(do):
    """The very first thing that a person says may be «English please»."""
    do(lambda store: store.people.save(store.people.meet(USER).speaking("en")))
    assert do(lambda store: store.people.by_line_id(USER, TODAY)).language == "en"


@pytest.fixture
def two_who_meet(house, agency, store_on):
    """Two units that both met the same new person on the same snapshot; the first is written."""
    with house.core.database.reading(of=agency.id) as connection:
        first, second = store_on(connection), store_on(connection)
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
    do(lambda store: store.places.put("p1", place, NOW))
    assert do(lambda store: store.places.of("p1", NOW + KEPT_MS)) == place
    do(lambda store: store.places.put("p1", Place("score.other", {}), NOW))
    assert do(lambda store: store.places.of("p1", NOW)) == Place("score.other", {})
    do(lambda store: store.places.clear("p1"))
    assert do(lambda store: store.places.of("p1", NOW)) is None


def test_an_open_question_is_forgotten_after_a_day(do):
    do(lambda store: store.places.put("p1", Place("score.pick_part", {}), NOW))
    assert do(lambda store: store.places.of("p1", NOW + KEPT_MS + 1)) is None


def test_a_change_between_who_speaks_and_what_is_saved_is_noticed(house, agency, store_on, do):
    """A turn reads one moment from its first look on, so what came after that look is somebody else's change."""
    do(lambda store: store.people.meet(USER))
    with house.core.database.reading(of=agency.id) as connection:
        store = store_on(connection)
        seen = store.people.by_line_id(USER, TODAY)
        do(lambda other: other.people.save(seen.speaking("en")))
        assert store.people.by_line_id(USER, TODAY) == seen
        store.people.save(Person(seen.id, "ชื่อใหม่"))
    with pytest.raises(Changed):
        house.core.database.write(store.apply, of=agency.id)


def test_what_was_taken_back_can_be_written_again(house):
    """A commit of many that fails for one, or a deadlock, runs the same writes a second time."""
    agency = house.core.channels.by_id(house.add_agency("north"))
    with house.core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, house.core.ring)
        store.people.meet(USER)
        store.places.put("p", Place("score.now", {}), house.clock())

    def first(connection):
        store.apply(connection)
        raise LookupError

    with pytest.raises(LookupError):
        house.core.database.write(first, of=agency.id)
    house.core.database.write(store.apply, of=agency.id)
    assert house.rows("SELECT (SELECT COUNT(*) FROM person), (SELECT COUNT(*) FROM place)") == [(1, 1)]


def test_a_step_that_says_no_has_done_nothing_but_to_meet_the_person(house, agency, do):
    """What it had changed before it found out is not kept with its no."""
    feature = Feature("trying")

    @feature.on("intent:try")
    def attempt(turn):
        turn.store.people.save(turn.who.speaking("en"))
        raise Refusal("measures.no_such", count=0)

    turns = Turns(Features(*FEATURES.features, feature), Understanding({"ลอง": Reading("try")}), Texts())
    moment = Moment(TODAY, NOW)
    do(lambda store: store.people.meet(USER))
    said = do(lambda store: turns.take(store, Heard(Kind.TEXT, user_id=USER, text="ลอง"), moment))
    assert said.reply.key == "measures.no_such"
    assert do(lambda store: store.people.by_line_id(USER, TODAY)).language == "th"
