"""After a rotation of either ring what was disclosed opens with the new keys alone: with a code, and for its receivers."""

from dataclasses import replace

import pytest

from bot.storage import rewrapping, rotation
from bot.storage.places import Place
from bot.storage.sealing import new_key
from bot.wiring import Core
from itadomain.integrity.disclosure import More, Way
from tests.storage import command_line
from tests.storage.disclosing_agency import RECEIVERS, TODAY, Telling
from tests.storage.test_keys_rotate import envelopes, under

NEW, NEW_SEALED = new_key(), new_key()


@pytest.fixture
def north(house):
    return Telling(house)


@pytest.fixture
def core_of(house):
    """Makes cores on the same database with other rings."""
    made = []

    def make(keys, sealed):
        made.append(Core(replace(house.core.settings, keys=tuple(keys), sealed_keys=tuple(sealed))))
        return made[-1]

    yield make
    for core in made:
        core.database.close()


def rotate(core):
    return command_line.itabot(core.settings, "keys", "rotate")


def kids(house):
    return {row[0] for table in ("disclosure_key", "officer_key") for row in house.rows(f"SELECT kid FROM {table}")}


def test_both_rings_at_once_with_something_in_the_box(house, north, core_of, capsys):
    (old,), (old_sealed,) = house.core.settings.keys, house.core.settings.sealed_keys
    disclosure_id, code = north.told(way=Way.NAMED, name="ป้าจันทร์")
    waiting = north.tell()
    for one in (code, waiting):
        north.step(lambda s, one=one: s.disclosures.put_more(one, More("อีก")))
    both = core_of((NEW, old), (NEW_SEALED, old_sealed))
    assert rotate(both) == 0
    said = capsys.readouterr().out
    assert "4 wrapped anew under the first key of ITABOT_SEALED_KEYS" in said  # two receivers of two disclosures
    assert under(old, envelopes(house)) == set()
    assert kids(house) == {both.ring.officers.first}
    new = core_of([NEW], [NEW_SEALED])
    assert north.step(lambda s: s.disclosures.by_code(code).talk[0].words, new) == "อีก"
    assert not north.step(lambda s: s.disclosures.by_code(waiting), new).delivered
    assert len(north.step(lambda s: s.disclosures.deliver(TODAY), new)) == 3
    for who in RECEIVERS:
        found = north.step(lambda s, who=who: s.disclosures.readable(who), new)
        assert [[line.words for line in one.talk] for one in found] == [["อีก"], ["อีก"]]
    assert north.step(lambda s: s.disclosures.get(disclosure_id, "r1"), new).identity.name == "ป้าจันทร์"
    after = north.tell(core=new)
    assert north.step(lambda s: s.disclosures.by_code(after), new) is not None


def test_a_second_rotation_changes_nothing(house, north, core_of, capsys):
    north.told()
    (old,), (old_sealed,) = house.core.settings.keys, house.core.settings.sealed_keys
    both = core_of((NEW, old), (NEW_SEALED, old_sealed))
    rotate(both)
    before = house.rows("SELECT * FROM disclosure_key ORDER BY person_id"), envelopes(house)
    capsys.readouterr()
    assert rotate(both) == 0
    assert "\n0 wrapped anew" in capsys.readouterr().out
    assert (house.rows("SELECT * FROM disclosure_key ORDER BY person_id"), envelopes(house)) == before


def test_without_the_ring_of_receivers_only_the_other_is_turned(house, north, core_of, capsys):
    """Whoever looks after the service's keys need not have those of receivers."""
    disclosure_id, code = north.told()
    (old,), sealed = house.core.settings.keys, house.core.settings.sealed_keys
    place = put(north, "disclosure.what")
    before = kids(house)
    assert rotate(core_of((NEW, old), ())) == 0
    assert "wrapped" not in capsys.readouterr().out
    assert kids(house) == before
    new = core_of([NEW], sealed)
    assert of(north, new) == place
    assert north.step(lambda s: s.disclosures.get(disclosure_id, "r2"), new) is not None
    assert north.step(lambda s: s.disclosures.by_code(code), new) is not None


def test_what_no_key_of_the_ring_opens_is_counted_and_left(house, north, core_of, capsys):
    north.told()
    north.tell()
    lost = core_of(house.core.settings.keys, [NEW_SEALED])
    assert rotate(lost) == 1
    assert "4 keys of disclosures do not open with any of ITABOT_SEALED_KEYS" in capsys.readouterr().err
    assert north.step(lambda s: len(s.disclosures.readable("r1"))) == 1
    assert list(north.step(lambda s: s.disclosures.readable("r1"), lost)) == []
    with lost.database.reading(of=north.id) as connection:
        found = rewrapping.wrapped_under(connection, lost.ring, north.id)
    assert found == {house.core.ring.officers.first: 4}


def test_more_keys_than_a_batch_are_gone_through_to_the_end(house, north, core_of):
    many = rotation.BATCH // 2 + 5
    codes = [north.step(lambda s: s.disclosures.new_code()) for _ in range(many)]

    def tell_all(store):
        from itadomain.integrity.disclosure import Draft
        from tests.storage.disclosing_agency import TOLD

        for code in codes:
            store.disclosures.put_in(Draft(Way.WEB, TOLD), code, RECEIVERS)

    north.step(tell_all)
    north.step(lambda s: s.disclosures.deliver(TODAY))
    (old_sealed,) = house.core.settings.sealed_keys
    rotate(core_of(house.core.settings.keys, (NEW_SEALED, old_sealed)))
    new = core_of(house.core.settings.keys, [NEW_SEALED])
    assert len(north.step(lambda s: s.disclosures.readable("r2"), new)) == many


# ── what is told and not yet sent


def put(north, step, core=None, who="p"):
    place = Place(step, {"words": "ความลับ"})
    north.step(lambda s: s.places.put(who, place, north.house.clock()), core)
    return place


def of(north, core=None, who="p"):
    return north.step(lambda s: s.places.of(who, north.house.clock()), core)


def draft(house, who="p"):
    return house.value("SELECT draft FROM place WHERE person_id = :who", who=who)


@pytest.mark.parametrize("step", ["disclosure.what", "integrity.answer"])
def test_what_is_being_disclosed_lies_under_the_ring_of_receivers(house, north, core_of, step):
    place = put(north, step)
    assert of(north) == place
    without = core_of(house.core.settings.keys, ())
    assert of(north, without) is None
    assert house.core.ring.officers.drafts.knows(draft(house))
    assert not house.core.ring.knows(draft(house))
    assert put(north, step, without) == of(north, without) == of(north)
    assert house.core.ring.knows(draft(house))


def test_other_questions_lie_under_the_services_ring(house, north, core_of):
    assert put(north, "complaint.story") == of(north) == of(north, core_of(house.core.settings.keys, ()))
    assert house.core.ring.knows(draft(house))


def test_both_kinds_of_drafts_are_sealed_anew(house, north, core_of):
    (old,), (old_sealed,) = house.core.settings.keys, house.core.settings.sealed_keys
    without = core_of([old], ())
    put(north, "disclosure.what", who="a")
    put(north, "disclosure.what", without, who="b")
    put(north, "complaint.story", who="c")
    assert rotate(core_of((NEW, old), (NEW_SEALED, old_sealed))) == 0
    new = core_of([NEW], [NEW_SEALED])
    assert [of(north, new, who).draft for who in "abc"] == [{"words": "ความลับ"}] * 3
    assert [new.ring.officers.drafts.knows(draft(house, who)) for who in "abc"] == [True, True, False]
