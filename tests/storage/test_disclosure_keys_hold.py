"""The key of a disclosure opens with its code or a receiver's half, in its place, and in no other way."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.storage.disclosure_keys import FULL, Lookups, OwnKey
from bot.storage.officers import Officers
from bot.storage.sealing import SealBroken, UnknownKey, decode, new_key
from itadomain.integrity.receipts import BYTES, code_of

TAG = 16  # behind what AES-GCM sealed
CODES = st.binary(min_size=BYTES, max_size=BYTES).map(code_of)
PLACES = st.tuples(st.integers(1, 9), st.sampled_from(["d1", "d2", "e" * 32]))


@given(code=CODES, place=PLACES)
def test_a_key_comes_back_with_its_code(code, place):
    key = OwnKey.new(*place)
    assert OwnKey.by_code(key.under_code(code), code, *place) == key


@given(code=CODES, other=CODES, place=PLACES, elsewhere=PLACES)
def test_no_other_code_and_no_other_place_gives_it(code, other, place, elsewhere):
    assume((code, place) != (other, elsewhere))
    kept = OwnKey.new(*place).under_code(code)
    with pytest.raises(SealBroken):
        OwnKey.by_code(kept, other, *elsewhere)


@given(code=CODES, at=st.integers(0), flip=st.integers(1, 255))
def test_an_envelope_that_was_changed_does_not_open(code, at, flip):
    envelope = OwnKey.new(1, "d").under_code(code)
    at %= len(envelope)
    changed = envelope[:at] + chr((ord(envelope[at]) + flip) % 256) + envelope[at + 1 :]
    with pytest.raises(SealBroken):
        OwnKey.by_code(changed, code, 1, "d")


@given(words=st.text(max_size=3000), where=st.sampled_from(["told", "said", "identity"]))
def test_what_a_key_seals_opens_in_its_place_and_tells_little_of_its_length(words, where):
    key, other = OwnKey.new(1, "d"), OwnKey.new(1, "d")
    envelope = key.seal(words, where, "x")
    assert key.open(envelope, where, "x").rstrip(" ") == words.rstrip(" ")
    assert (len(decode(envelope.split(".")[2])) - TAG) % FULL == 0
    for opener, place in ((key, ("y",)), (key, (where, "y")), (other, (where, "x"))):
        with pytest.raises(SealBroken):
            opener.open(envelope, *place)


@given(code=CODES, other=CODES)
def test_a_code_is_looked_up_by_two_hashes_that_share_nothing(code, other):
    assume(code != other)
    pepper, another = b"p" * 32, b"q" * 32
    mine = Lookups.of(pepper, code)
    assert mine == Lookups.of(pepper, code)
    assert len({mine.kept, mine.box, *vars(Lookups.of(pepper, other)).values(), Lookups.of(another, code).kept}) == 5


def test_a_receiver_opens_with_any_key_of_the_ring_and_nobody_with_another():
    old, new = new_key(), new_key()
    key = OwnKey.new(3, "d")
    wrap = key.for_reader(Officers([old]).half(3, "p"))
    assert OwnKey.by_reader(Officers([new, old]), wrap, 3, "d") == key
    with pytest.raises(UnknownKey):
        OwnKey.by_reader(Officers([new]), wrap, 3, "d")


def test_each_file_has_a_key_of_its_own():
    key = OwnKey.new(3, "d")
    others = (OwnKey(key.raw, 4, "d"), OwnKey(key.raw, 3, "e"), OwnKey.new(3, "d"))
    assert key.of_file("a") == OwnKey(key.raw, 3, "d").of_file("a")
    assert len({key.of_file("a"), key.of_file("b"), *(one.of_file("a") for one in others)}) == 5
