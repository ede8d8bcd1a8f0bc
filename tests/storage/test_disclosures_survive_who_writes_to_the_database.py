"""Somebody writes to the database, with no key: nobody else's disclosure is kept back, and a planted key is taken out."""

import logging

import pytest

from itadomain.integrity.disclosure import More
from tests.storage.disclosing_agency import TODAY, TOLD, Telling
from tests.storage.test_receivers_get_keys import look


@pytest.fixture
def north(house):
    return Telling(house)


def readable(north, person="r1"):
    return north.step(lambda s: [one.id for one in s.disclosures.readable(person)])


def test_one_thing_in_the_box_that_does_not_open_holds_up_nothing_else(house, north, caplog):
    codes = [north.tell() for _ in range(3)]
    north.step(lambda s: s.disclosures.put_more(codes[0], More("อีกคำ")))
    broken = north.step(lambda s: s.disclosures._lookups(codes[0]).box)
    (blob,) = house.rows("SELECT blob FROM disclosure_box WHERE code = :code AND nth = 0", code=broken)[0]
    change = "UPDATE disclosure_box SET blob = :blob WHERE code = :code AND nth = 0"
    house.change(change, code=broken, blob="v1.00000000.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA")
    assert len(north.step(lambda s: s.disclosures.deliver(TODAY))) == 2
    assert len(house.rows("SELECT id FROM disclosure_box")) == 2, "all of it waits for whoever has the key"
    assert [one.levelname for one in caplog.records] == ["ERROR"]
    house.change(change, code=broken, blob=blob)
    assert [one.new for one in north.step(lambda s: s.disclosures.deliver(TODAY))] == [True, False]
    assert north.step(lambda s: s.disclosures.by_code(codes[0]).talk)[0].words == "อีกคำ"


@pytest.mark.parametrize("change", [
    "UPDATE disclosure_key SET wrapped = 'AAAA' WHERE disclosure_id = :id AND person_id = 'r1'",
    "UPDATE disclosure SET told = 'd1.AAAA.AAAA' WHERE id = :id",
])  # fmt: skip
def test_one_that_does_not_open_hides_none_of_the_others(house, north, caplog, change):
    (broken, _), (other, _) = north.told(), north.told()
    house.change(change, id=broken)
    assert readable(north) == [other]
    assert "a disclosure does not open for a receiver" in caplog.text
    assert not [word for word in TOLD.values() if word in caplog.text]


def test_a_planted_public_half_is_taken_out_and_told_of(house, north, caplog):
    """Else whoever planted it would read all that is told from then on, and the receiver none of it."""
    (right,) = house.rows("SELECT public FROM officer_key WHERE person_id = 'r1'")[0]
    (planted,) = house.rows("SELECT public FROM officer_key WHERE person_id = 'r2'")[0]
    house.change("UPDATE officer_key SET public = :public WHERE person_id = 'r1'", public=planted)
    with caplog.at_level(logging.CRITICAL):
        look(house.core, house.clock)
    assert house.rows("SELECT public FROM officer_key WHERE person_id = 'r1'")[0][0] == right
    assert "the public half of a receiver was not theirs" in caplog.text


def test_what_is_deleted_leaves_the_file_of_sqlite(house):
    if house.core.database.dialect != "sqlite":
        pytest.skip("a server clears its pages by itself")
    with house.core.database.reading(across=True) as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
