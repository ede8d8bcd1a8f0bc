"""Properties of what the form is made of: what a page carries, stamps on codes, and how many may come."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from bot.storage.sealing import KeyRing, new_key
from bot.tell.buckets import LIMITS, Buckets, Kind
from bot.tell.filled import LONGEST, Filled, clean
from bot.tell.stamps import LIVES, Stamps
from tests.fakes import TODAY

words = st.text(min_size=1, max_size=30).map(clean).filter(bool)
a_filled = st.builds(
    Filled, lang=st.sampled_from(["th", "en"]), units=st.lists(words, unique=True).map(tuple), top=st.booleans(),
    told=st.dictionaries(st.sampled_from(list(LONGEST)), words), receipt=words, stamp=words, mending=st.booleans(),
)  # fmt: skip


@given(a_filled)
def test_what_a_page_carries_is_what_the_next_one_reads(filled):
    assert Filled.of(MultiDict(filled.carried())) == filled


@given(a_filled, st.sampled_from(list(LONGEST)))
def test_a_page_does_not_carry_what_it_shows(filled, shown):
    assert shown not in dict(filled.carried([shown]))


@given(st.text())
def test_cleaning_twice_changes_nothing_more(said):
    assert clean(clean(said)) == clean(said)
    assert not set(clean(said)) & {"\r", "\x00", "\u2028"}


@given(st.sampled_from(["north", "south"]), st.text(max_size=16), st.text(max_size=90), st.integers(-9, 9))
def test_no_stamp_but_ours_fits(slug, code, forged, days):
    stamps = Stamps(KeyRing([new_key()]))
    stamp = stamps.on("north", "7K2M4N8P0QRSTVWX", TODAY)
    assert not stamps.fits(slug, code, forged, TODAY)
    assert stamps.fits("north", "7K2M4N8P0QRSTVWX", stamp, TODAY + timedelta(days)) is (0 <= days <= LIVES.days)
    assert not stamps.fits("south", "7K2M4N8P0QRSTVWX", stamp, TODAY)
    assert not stamps.fits("north", code, stamp, TODAY)


def test_a_stamp_outlives_a_new_key_as_long_as_the_old_one_is_there():
    old, new = new_key(), new_key()
    stamp = Stamps(KeyRing([old])).on("north", "7K2M4N8P0QRSTVWX", TODAY)
    assert Stamps(KeyRing([new, old])).fits("north", "7K2M4N8P0QRSTVWX", stamp, TODAY)
    assert not Stamps(KeyRing([new])).fits("north", "7K2M4N8P0QRSTVWX", stamp, TODAY)


@given(st.sampled_from(Kind), st.lists(st.floats(0, 1000), max_size=80))
def test_never_more_than_the_limit_within_a_time(kind, waits):
    now, took = [0.0], 0
    buckets = Buckets(lambda: now[0])
    for wait in waits:
        now[0] += wait
        took += buckets.takes(kind, "north")
    most, every_s = LIMITS[kind]
    assert took <= most + now[0] / every_s + 1e-6
    assert buckets.takes(kind, "south")
