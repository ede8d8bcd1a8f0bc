"""Whatever may be composed, LINE takes it; and whoever was told of a picture can look at it for long."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.evidence.addresses import Addresses
from bot.letters import Letters
from bot.line import limits
from bot.simulator import rules
from bot.storage.agencies import Agency
from bot.storage.sealing import KeyRing, new_key
from bot.texts import Texts
from itadomain.broadcasts import composing
from itadomain.broadcasts.broadcast import Audience, Broadcast, Content, Reach, Stage
from itadomain.refusals import Refusal
from tests.fakes import an_office
from tests.line.test_replies_fit_line import checker

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOW = [int(AT.timestamp() * 1000)]
RING = KeyRing([new_key()])
ADDRESSES = Addresses(RING, "https://bot.example.go.th", lambda: NOW[0])
AGENCY = Agency(7, "north", an_office(), "secret", "token")
PICTURE = "f" * 32
MESSAGES = {"to": ["U" + "1" * 32]}
DAY_MS = 24 * 60 * 60 * 1000
#: Thai, marks above and below, emoji, what no phone shows, signs that stand for something in JSON and URLs.
LETTERS = st.one_of(st.characters(), st.sampled_from('กำแก้วที่ปู่่่ 😀👩‍👩‍👧\u200b\ufeff"\\{}<>&\n'))
TEXTS = st.one_of(st.text(LETTERS, max_size=80), st.integers(1, 1100).map(lambda n: "ที่😀"[n % 4] * n))
LINKS = st.one_of(
    st.sampled_from(["https://example.go.th/map?x=ที่", "076 571 777", "tel:+66-76-571777", "http://x.go.th", ""]),
    st.text(max_size=30).map(lambda end: f"https://example.go.th/{end}"),
    st.integers(800, 1000).map(lambda n: "https://example.go.th/" + "a" * n),
)


WITH, WITHOUT = (Letters(Texts(), None, addresses) for addresses in (ADDRESSES, None))


def messages(content, *, reach=Reach.FRIENDS, trial=False, by=WITH):
    return by.broadcast(AGENCY, Broadcast("b", Audience(reach), content, "p", AT, Stage.SENDING, AT, 1, trial=trial))


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, st.booleans(), TEXTS, LINKS, st.sampled_from(list(Reach)), st.booleans())
@example("ก" * 1000, "ก" * 100, True, "ก" * 20, "https://example.go.th/" + "a" * 870, Reach.FRIENDS, True)
@example("😀" * 500, "😀" * 50, True, "ที่" * 20, "tel:191", Reach.VILLAGE, True)
def test_what_may_be_composed_is_taken_by_line(text, title, picture, button, link, reach, trial):
    try:
        content = Content(
            composing.text(text),
            composing.title(title) if title else "",
            PICTURE if picture else "",
            *((composing.button(button), composing.link(link)) if button or link else ("", "")),
        )
    except Refusal:
        return  # it is said, and not sent
    drawn = messages(content, reach=reach, trial=trial)
    assert limits.faults(drawn) == []
    assert rules.problems(rules.MULTICAST, {**MESSAGES, "messages": drawn}) == []


@pytest.mark.parametrize("trial", [False, True])
@pytest.mark.parametrize(
    "content",
    [
        Content("ประกาศ"),
        Content("ก" * 1000, "ก" * 100),
        Content("ก", picture=PICTURE),
        Content("ก", button="โทร", link="tel:191"),
        Content("ก" * 1000, "😀" * 50, PICTURE, "ที่" * 20, "https://example.go.th/" + "a" * 870),
    ],
)
def test_lines_own_description_takes_it(shared, content, trial):
    asked = {**MESSAGES, "messages": messages(content, trial=trial)}
    assert checker(shared / "tools/check_messages.py").errors("MulticastRequest", asked) == []
    assert checker(shared / "tools/check_messages.py").errors("MulticastRequest", {**asked, "to": "U1"}) != []


def test_nothing_of_the_words_is_left_out():
    """A card that is too large for LINE loses rows; a broadcast has none to lose."""
    words = "ที่" * (composing.LONGEST_TEXT // 3)
    (drawn,) = messages(Content(words, "ก" * 100, PICTURE, "เปิด", "https://example.go.th/" + "a" * 870))
    assert words in str(drawn)


def test_a_picture_has_an_address_that_is_the_same_at_each_attempt_and_lives_for_a_year():
    (first,) = messages(Content("ประกาศ", picture=PICTURE))
    NOW[0] += 300 * DAY_MS
    (again,) = messages(Content("ประกาศ", picture=PICTURE))
    assert first == again
    address = first["contents"]["hero"]["url"]
    token = re.fullmatch(r"https://bot\.example\.go\.th/evidence/(\S+)", address)[1]
    looked = ADDRESSES.read(token)
    assert (looked.agency_id, looked.evidence, looked.small, looked.person) == (7, PICTURE, False, "")
    NOW[0] += 100 * DAY_MS
    assert ADDRESSES.read(token) is None
    NOW[0] -= 400 * DAY_MS


def test_without_an_address_of_ours_a_card_goes_without_its_picture():
    (drawn,) = messages(Content("ประกาศ", "หัวเรื่อง", PICTURE), by=WITHOUT)
    assert "hero" not in drawn["contents"]


@pytest.mark.parametrize("reach", [Reach.FRIENDS, Reach.STAFF])
def test_citizens_are_told_how_to_hear_no_more(reach):
    (drawn,) = messages(Content("ประกาศ"), reach=reach)
    assert (drawn["text"] != "ประกาศ") is (reach is Reach.FRIENDS)
