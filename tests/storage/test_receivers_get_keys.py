"""Whoever receives disclosures has a public half from the moment they get the post, or soon after."""

import threading
from dataclasses import replace

import pytest

from bot import enrol
from bot.counts import Counts
from bot.ledger import Ledger
from bot.receivers import AGENCIES_A_LOOK, Receivers, _following
from bot.storage.sealing import new_key
from bot.wiring import Core
from itadomain.audit_log import Deed
from itadomain.people import Role
from itadomain.posts import posted
from tests.storage.disclosing_agency import TODAY, Telling, receiver

LINE = "U" + "7" * 32


@pytest.fixture
def core_of(house):
    """Makes cores on the same database with other keys of receivers."""
    made = []

    def make(*sealed):
        made.append(Core(replace(house.core.settings, sealed_keys=sealed)))
        return made[-1]

    yield make
    for core in made:
        core.database.close()


def look(core, clock):
    ledger = Ledger(core.database, core.queue, core.channels, core.ring, clock, Counts(core.database))
    Receivers(ledger, lambda: TODAY).look(threading.Event())


def able(north, core=None):
    return sorted(north.step(lambda s: list(s.disclosures.able()), core))


@pytest.fixture
def north(house):
    return Telling(house)


def test_a_post_given_by_the_command_line_brings_a_key_at_once(house, north):
    enrol.add_member(house.core, enrol.NewMember("north", LINE, "สมใจ", ["integrity"]))
    assert len(able(north)) == 3
    enrol.add_member(house.core, enrol.NewMember("north", "U" + "8" * 32, "สมปอง", ["staff"]))
    assert len(able(north)) == 3


def test_a_post_given_or_taken_by_the_command_line_is_written_down(house, north):
    enrol.add_member(house.core, enrol.NewMember("north", LINE, "สมใจ", ["integrity"]))
    enrol.add_member(house.core, enrol.NewMember("north", "U" + "8" * 32, "สมปอง", ["staff"]))
    enrol.remove_member(house.core, "north", LINE, forget=False)
    kept = north.step(lambda s: [one.happened for one in s.audit_log.since()])
    assert [(one.deed, one.by, one.facts) for one in kept] == [
        (Deed.APPOINTED, "", {"post": "given"}), (Deed.APPOINTED, "", {"post": "taken"})
    ]  # fmt: skip
    assert len({one.about for one in kept}) == 1


def test_a_post_given_in_the_chat_brings_a_key_at_once(north):
    met = north.step(lambda s: s.people.meet(LINE))
    assert met.id not in able(north)
    posts = receiver(met.id).posts
    north.step(lambda s: s.people.save(posted(s.people.get(met.id, TODAY), posts, TODAY)))
    assert met.id in able(north)


def test_who_got_the_post_where_the_ring_was_not_known_gets_a_key_from_the_worker(house, core_of):
    unknowing = core_of()
    agency = house.add_agency("south")
    enrol.add_member(unknowing, enrol.NewMember("south", LINE, "สมใจ", ["integrity"]))
    assert house.rows("SELECT person_id FROM officer_key WHERE agency_id = :a", a=agency) == []
    look(unknowing, house.clock)
    assert house.rows("SELECT person_id FROM officer_key WHERE agency_id = :a", a=agency) == []
    look(house.core, house.clock)
    assert len(house.rows("SELECT person_id FROM officer_key WHERE agency_id = :a", a=agency)) == 1


def test_a_second_look_changes_nothing(house, north):
    def kept():
        tables = ("officer_key", "disclosure_pepper", "person")
        return [house.rows(f"SELECT * FROM {table} ORDER BY agency_id") for table in tables]

    before = kept()
    look(house.core, house.clock)
    assert kept() == before


def test_another_first_key_brings_other_halves_and_what_was_sealed_before_still_opens(house, north, core_of):
    disclosure_id, _ = north.told()
    new = core_of(new_key(), *house.core.settings.sealed_keys)
    look(new, house.clock)
    assert {row[0] for row in house.rows("SELECT kid FROM officer_key")} == {new.ring.officers.first}
    later = north.tell(core=new)
    north.step(lambda s: s.disclosures.deliver(TODAY), new)
    assert len(north.step(lambda s: s.disclosures.readable("r1"), new)) == 2
    assert north.step(lambda s: s.disclosures.get(disclosure_id, "r1"), new) is not None
    assert [one.id for one in north.step(lambda s: s.disclosures.readable("r1"))] == [disclosure_id]
    assert north.step(lambda s: s.disclosures.by_code(later)).told


def test_an_agency_whose_secret_is_broken_does_not_keep_the_others_from_their_keys(house, core_of, caplog):
    unknowing = core_of()
    for slug in ("north", "south"):
        house.add_agency(slug)
        enrol.add_member(unknowing, enrol.NewMember(slug, LINE, "สมใจ", ["integrity"]))
    house.change("UPDATE agency SET channel_secret = 'v1.x.y.z' WHERE slug = 'north'")
    fresh = core_of(*house.core.settings.sealed_keys)
    look(fresh, house.clock)
    assert len(house.rows("SELECT person_id FROM officer_key")) == 1
    assert [one.levelname for one in caplog.records] == ["ERROR"]


def test_a_receiver_who_left_keeps_what_they_held_and_gets_nothing_new(north):
    """What they may do is for their roles to say; a key that they gave back is gone."""
    disclosure_id, _ = north.told()
    north.step(lambda s: s.people.save(posted(s.people.get("r1", TODAY), (), TODAY)))
    assert north.step(lambda s: [one.id for one in s.people.with_role(Role.INTEGRITY, TODAY)]) == ["r2"]
    assert north.step(lambda s: s.disclosures.get(disclosure_id, "r1")) is not None
    north.step(lambda s: s.disclosures.give_back(disclosure_id, "r1"))
    assert north.step(lambda s: s.disclosures.get(disclosure_id, "r1")) is None


def test_a_country_is_looked_at_in_turns():
    ids = list(range(1, 1000))
    assert _following(ids, 300) == ids[300 : 300 + AGENCIES_A_LOOK]
    assert _following(ids, 950) == [*ids[950:], *ids[: AGENCIES_A_LOOK - len(ids[950:])]]
    assert _following([1, 2, 3], 2) == [3, 1, 2]
