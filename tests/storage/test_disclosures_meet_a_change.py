"""Two who are at a disclosure at once: neither loses what the other did, and nothing is there twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from bot.storage.people import Changed
from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import Draft, More, State, Way
from tests.storage.disclosing_agency import RECEIVERS, TODAY, TOLD, Telling
from tests.storage.meanwhile import at_once, uncommitted, until_someone_waits

MET_A_CHANGE = (Changed, IntegrityError, StaleDataError)


@pytest.fixture
def north(house):
    return Telling(house)


def both(north, *works):
    """Each does its work on the same snapshot and then commits; gives which of them had to give way."""
    core, gave_way = north.house.core, []
    with core.database.reading(of=north.id) as connection:
        stores = [north.store(connection) for _ in works]
        for store, work in zip(stores, works, strict=True):
            work(store)
    for store in stores:
        try:
            core.database.write(store.apply, of=north.id)
        except MET_A_CHANGE:
            gave_way.append(stores.index(store))
    return gave_way


def at_the_very_same_time(north, *works):
    """The same with the second at its writing while the first has not committed yet."""
    core = north.house.core
    with core.database.reading(of=north.id) as connection:
        first, second = (north.store(connection) for _ in works)
        for store, work in zip((first, second), works, strict=True):
            work(store)
    with ThreadPoolExecutor(1) as pool:
        with uncommitted(core.database, first.apply, of=north.id):
            slower = pool.submit(core.database.write, second.apply, of=north.id)
            until_someone_waits(north.house)
        try:
            slower.result(30)
        except MET_A_CHANGE:
            return [1]
    return []


def lines(north, disclosure_id):
    return [one.words for one in north.step(lambda s: s.disclosures.get(disclosure_id, "r1")).talk]


def saying(disclosure_id, who, words, **standing):
    def work(store):
        found = store.disclosures.get(disclosure_id, who)
        said = found.saying(Line(Voice.NOTE, who, TODAY, words)).standing_at(**standing)
        store.disclosures.save(said, who)

    return work


def test_of_two_who_change_one_at_once_the_slower_begins_again(north):
    disclosure_id, _ = north.told()
    works = [saying(disclosure_id, who, f"จาก {who}") for who in RECEIVERS]
    assert both(north, *works) == [1]
    north.step(works[1])
    assert lines(north, disclosure_id) == ["จาก r1", "จาก r2"]


def test_a_round_beside_a_receiver_loses_neither(north):
    """What its reporter said more is there, and so is what was answered."""
    disclosure_id, code = north.told()
    north.step(lambda s: s.disclosures.put_more(code, More("จากผู้แจ้ง")))
    assert both(north, saying(disclosure_id, "r1", "จาก r1"), lambda s: s.disclosures.deliver(TODAY)) == []
    assert sorted(lines(north, disclosure_id)) == ["จาก r1", "จากผู้แจ้ง"]


def test_a_receiver_who_changes_it_twice_in_one_step_is_not_in_their_own_way(north):
    disclosure_id, _ = north.told()

    def twice(store):
        found = store.disclosures.get(disclosure_id, "r1")
        store.disclosures.save(found, "r1")
        store.disclosures.stand(disclosure_id, found.standing_at(state=State.ACCEPTED).standing)

    north.step(twice)
    assert north.step(lambda s: s.disclosures.get(disclosure_id, "r1").standing.state) is State.ACCEPTED


def test_a_form_that_is_sent_twice_at_once_is_one(north):
    code = north.step(lambda s: s.disclosures.new_code())
    assert both(north, *[lambda s: s.disclosures.put_in(Draft(Way.WEB, TOLD), code, RECEIVERS)] * 2) == []
    assert len(north.step(lambda s: s.disclosures.deliver(TODAY))) == 1


def test_a_form_that_is_sent_again_while_a_round_goes_is_one(north):
    code = north.tell()
    again = lambda s: s.disclosures.put_in(Draft(Way.WEB, TOLD), code, RECEIVERS)  # noqa: E731
    assert both(north, lambda s: s.disclosures.deliver(TODAY), again) == []
    assert list(north.step(lambda s: s.disclosures.deliver(TODAY))) == []
    assert len(north.step(lambda s: s.disclosures.open())) == 1


def test_what_came_into_the_box_once_more_just_as_a_round_committed_is_dropped_by_the_next(north):
    """Nobody should get past the others at the box; should they, the register is not doubled."""
    north.tell()
    (again,) = north.house.rows("SELECT agency_id, id, code, nth, blob FROM disclosure_box")
    north.step(lambda s: s.disclosures.deliver(TODAY))
    columns = "agency_id, id, code, nth, blob"
    values = dict(zip(columns.split(", "), again, strict=True))
    north.house.change(f"INSERT INTO disclosure_box ({columns}) VALUES (:agency_id, :id, :code, :nth, :blob)", **values)
    assert list(north.step(lambda s: s.disclosures.deliver(TODAY))) == []
    assert len(north.step(lambda s: s.disclosures.open())) == 1
    assert north.house.rows("SELECT id FROM disclosure_box") == []


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_form_that_is_sent_twice_at_the_very_same_time_is_one_and_neither_fails(north):
    code = north.step(lambda s: s.disclosures.new_code())
    assert at_the_very_same_time(
        north, *[lambda s: s.disclosures.put_in(Draft(Way.WEB, TOLD), code, RECEIVERS)] * 2
    ) == []  # fmt: skip
    assert len(north.step(lambda s: s.disclosures.deliver(TODAY))) == 1


@pytest.mark.parametrize("engine", ["postgresql"])
def test_what_is_added_twice_at_the_very_same_time_is_there_twice(north):
    disclosure_id, code = north.told()
    assert at_the_very_same_time(
        north, *[lambda s, words=words: s.disclosures.put_more(code, More(words)) for words in ("หนึ่ง", "สอง")]
    ) == []  # fmt: skip
    north.step(lambda s: s.disclosures.deliver(TODAY))
    assert lines(north, disclosure_id) == ["หนึ่ง", "สอง"]


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_form_that_is_sent_again_just_when_a_round_commits_is_one(north):
    code = north.tell()
    again = lambda s: s.disclosures.put_in(Draft(Way.WEB, TOLD), code, RECEIVERS)  # noqa: E731
    assert at_the_very_same_time(north, lambda s: s.disclosures.deliver(TODAY), again) == []
    assert north.house.rows("SELECT id FROM disclosure_box") == []


def test_of_two_rounds_at_once_only_one_brings_it(north):
    north.tell()
    assert both(north, *[lambda s: s.disclosures.deliver(TODAY)] * 2) == [1]
    assert len(north.step(lambda s: s.disclosures.open())) == 1


@pytest.mark.parametrize("engine", ["postgresql"])
def test_of_two_rounds_at_the_very_same_time_only_one_brings_it(north):
    north.tell()
    assert at_the_very_same_time(north, *[lambda s: s.disclosures.deliver(TODAY)] * 2) == [1]
    assert len(north.step(lambda s: s.disclosures.open())) == 1


def test_of_two_who_give_their_key_back_at_once_one_keeps_it(north):
    disclosure_id, _ = north.told()
    both(north, *[lambda s, who=who: s.disclosures.give_back(disclosure_id, who) for who in RECEIVERS])
    ((_, _, readers),) = north.step(lambda s: s.disclosures.open())
    assert len(readers) == 1


@pytest.mark.parametrize("engine", ["postgresql"])
def test_of_two_who_give_their_key_back_at_the_very_same_time_one_keeps_it(north):
    disclosure_id, _ = north.told()
    at_the_very_same_time(north, *[lambda s, who=who: s.disclosures.give_back(disclosure_id, who) for who in RECEIVERS])
    ((_, _, readers),) = north.step(lambda s: s.disclosures.open())
    assert len(readers) == 1


def test_what_is_left_while_a_round_goes_comes_with_the_next(north):
    code = north.tell()
    assert both(
        north, lambda s: s.disclosures.deliver(TODAY), lambda s: s.disclosures.put_more(code, More("ระหว่างนั้น"))
    ) == []  # fmt: skip
    assert [one.new for one in north.step(lambda s: s.disclosures.deliver(TODAY))] == [False]
    (found,) = north.step(lambda s: s.disclosures.readable("r1"))
    assert [one.words for one in found.talk] == ["ระหว่างนั้น"]


def test_many_who_tell_and_add_beside_rounds_lose_nothing(north):
    """Each tries again where it met another, as turns and the form do."""

    def until_done(work):
        for _ in range(50):
            try:
                return north.step(work)
            except MET_A_CHANGE:
                continue
        raise AssertionError("it never came through")

    def somebody(number):
        def act():
            code = until_done(lambda s: s.disclosures.new_code())
            until_done(lambda s: s.disclosures.put_in(Draft(Way.WEB, TOLD), code, RECEIVERS))
            for word in ("ก่อน", "หลัง"):
                until_done(lambda s, word=word: s.disclosures.put_more(code, More(f"{word} {number}")))

        return act

    def rounds():
        for _ in range(10):
            until_done(lambda s: s.disclosures.deliver(TODAY))

    at_once(*(somebody(number) for number in range(6)), rounds)
    rounds()
    found = north.step(lambda s: s.disclosures.readable("r2"))
    said = sorted([line.words for line in one.talk] for one in found)
    assert said == [[f"ก่อน {number}", f"หลัง {number}"] for number in range(6)]
    assert north.house.rows("SELECT id FROM disclosure_box") == []
