"""The doctor tells where a disclosure would reach nobody, or could not be read."""

from dataclasses import replace

import pytest

from bot import enrol
from bot.doctor import Result, house, receivers
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.integrity.disclosure import Draft, Part, Way

RECEIVER = enrol.NewMember("north", "U" + "7" * 32, "ผู้รับเรื่อง", ["integrity"])
SEALED = new_key()
OK, WARN, FAIL = Result.OK, Result.WARN, Result.FAIL


@pytest.fixture
def core_of(copied_core):
    """Makes cores on one database with these keys of receivers."""
    settings, made = copied_core().settings, []

    def make(*sealed):
        made.append(Core(replace(settings, sealed_keys=sealed)))
        return made[-1]

    enrol.add_agency(make(), enrol.NewAgency("north", "อบต.เหนือ", "secret-of-north", access_token="t"))
    yield make
    for core in made:
        core.database.close()


def looked(core):
    return [(one.check, one.result) for one in receivers.examine(core, core.channels.by_slug("north"))]


def tell(core):
    agency = core.channels.by_slug("north")
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        readers = store.disclosures.able()
        store.disclosures.put_in(Draft(Way.WEB, {Part.WHAT: "รับซอง"}), store.disclosures.new_code(), readers)
    core.database.write(store.apply, of=agency.id)


def test_with_a_receiver_who_has_a_key_all_is_well(core_of):
    enrol.add_member(core_of(SEALED), RECEIVER)
    assert looked(core_of(SEALED)) == [("receivers", OK)]


def test_where_nobody_receives_it_is_said(core_of):
    assert looked(core_of(SEALED)) == looked(core_of()) == [("receivers", WARN)]


def test_a_receiver_without_a_ring_is_a_failure(core_of):
    enrol.add_member(core_of(), RECEIVER)
    assert looked(core_of()) == [("sealed keys", FAIL)]


def test_what_was_told_and_cannot_be_read_is_a_failure_without_any_receiver_too(core_of):
    enrol.add_member(core_of(SEALED), RECEIVER)
    tell(core_of(SEALED))
    enrol.add_member(core_of(SEALED), replace(RECEIVER, role=["staff"]))
    assert looked(core_of()) == [("receivers", WARN), ("sealed keys", FAIL)]


def test_a_receiver_whose_key_was_not_made_yet_is_told_of(core_of):
    enrol.add_member(core_of(), RECEIVER)
    assert looked(core_of(SEALED)) == [("receivers", WARN)]


def test_a_ring_that_lost_a_key_is_a_failure_as_long_as_something_lies_under_it(core_of):
    enrol.add_member(core_of(SEALED), RECEIVER)
    tell(core_of(SEALED))
    assert looked(core_of(new_key())) == [("sealed keys", FAIL), ("receivers", WARN)]
    assert looked(core_of(new_key(), SEALED)) == [("receivers", OK)]


@pytest.mark.parametrize("sealed", ["", "no key", "c2hvcnQ"])
def test_keys_of_receivers_are_looked_at_with_the_others(copied_core, sealed):
    found = list(house.keys(Core(replace(copied_core().settings, sealed_keys=(sealed,)))))
    assert [(one.check, one.result) for one in found] == [("keys", FAIL)]
    assert found[0].says.startswith("ITABOT_SEALED_KEYS: a key ")
    assert "ITABOT_SEALED_KEYS" in found[0].do


def test_one_key_for_both_rings_is_refused(copied_core):
    settings = copied_core().settings
    (found,) = house.keys(Core(replace(settings, sealed_keys=settings.keys)))
    assert (found.result, settings.keys[0] in str(found)) == (FAIL, False)
    assert found.says.startswith("ITABOT_SEALED_KEYS has a key of ITABOT_KEYS")
