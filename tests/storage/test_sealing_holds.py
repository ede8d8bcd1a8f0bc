import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.sealing import BadKey, KeyRing, SealBroken, new_key

OLD, NEW = new_key(), new_key()
RING = KeyRing([NEW])
WHERE = (7, "person", "name", "x1")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_in_its_own_place(plain):
    assert RING.open(RING.seal(plain, *WHERE), *WHERE) == plain


@given(st.text(max_size=100))
def test_texts_open_as_they_were(plain):
    assert RING.open_text(RING.seal_text(plain, *WHERE), *WHERE) == plain


@pytest.mark.parametrize(
    "other", [(8, "person", "name", "x1"), (7, "place", "name", "x1"), (7, "person", "name", "x2")]
)
def test_an_envelope_moved_to_another_row_does_not_open(other):
    with pytest.raises(SealBroken):
        RING.open(RING.seal(b"secret", *WHERE), *other)


def test_another_installations_key_opens_nothing():
    with pytest.raises(SealBroken):
        KeyRing([new_key()]).open(RING.seal(b"secret", *WHERE), *WHERE)


def test_the_first_key_seals_and_every_key_opens():
    both = KeyRing([NEW, OLD])
    assert both.open(KeyRing([OLD]).seal(b"from before", *WHERE), *WHERE) == b"from before"
    assert RING.open(both.seal(b"from now on", *WHERE), *WHERE) == b"from now on"


def test_the_same_plain_text_never_looks_the_same_twice():
    assert len({RING.seal(b"same", *WHERE) for _ in range(50)}) == 50


@given(st.data())
def test_a_changed_letter_breaks_the_seal(data):
    envelope = RING.seal(b"a complaint", *WHERE)
    place = data.draw(st.integers(0, len(envelope) - 1))
    # How far the letter moves is drawn, not which it becomes: an envelope is another each time it is sealed.
    letter = LETTERS[(LETTERS.index(envelope[place]) + data.draw(st.integers(1, len(LETTERS) - 1))) % len(LETTERS)]
    with pytest.raises(SealBroken):
        RING.open(envelope[:place] + letter + envelope[place + 1 :], *WHERE)


@pytest.mark.parametrize("plain", [b"a", b"ab", b"abc"])
def test_an_envelope_opens_only_as_it_was_written(plain):
    """The last letter of base64url may have bits that say nothing, and some decoders pass over signs they do not know."""
    envelope = RING.seal(plain, *WHERE)
    alike = {envelope[:-1] + letter for letter in LETTERS} | {f"{envelope}{more}" for more in "A=!. \n"}
    for other in alike - {envelope}:
        with pytest.raises(SealBroken):
            RING.open(other, *WHERE)


@given(st.one_of(st.text(max_size=60), st.text("v1.abc_-=", max_size=60)))
def test_anything_that_is_no_envelope_is_named_broken(text):
    with pytest.raises(SealBroken):
        RING.open(text, *WHERE)


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ([], "at least one key"),
        ([""], "0 bytes"),
        (["abc"], "2 bytes"),
        (["a"], "not base64url"),
        ([NEW, base64.urlsafe_b64encode(b"x" * 31).decode()], "31 bytes"),
        ([base64.urlsafe_b64encode(b"x" * 33).decode()], "33 bytes"),
    ],
)
def test_a_bad_key_is_named_for_what_is_wrong_with_it(keys, says):
    with pytest.raises(BadKey, match=says):
        KeyRing(keys)


def test_a_key_may_keep_its_padding_and_stand_between_blanks():
    assert KeyRing([f"  {OLD}=\n"]).open(KeyRing([OLD]).seal(b"x"), *()) == b"x"


@given(st.text(max_size=40))
def test_one_user_id_is_found_under_another_hash_in_each_agency(user):
    assert RING.lookup(1, user) == RING.lookup(1, user)
    assert RING.lookup(1, user) != RING.lookup(2, user)
    assert RING.lookup(1, user) != RING.lookup(1, "lane", user)
    assert RING.lookup(1, user) != KeyRing([OLD]).lookup(1, user)
    assert KeyRing([OLD]).lookup(1, user) in KeyRing([new_key(), OLD]).lookups(1, user)  # found after a new key came
