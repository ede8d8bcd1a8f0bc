"""What may be told to many is taken by LINE, whatever people type; what is not, is a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.line import limits
from bot.line.render import Voice, render
from bot.texts import Texts
from handlers.broadcasting.broadcast_cards import as_sent
from handlers.kit import Reply
from itadomain.broadcasts import composing
from itadomain.broadcasts.broadcast import Content
from itadomain.evidence import Copy, Evidence, Kind, Stage
from itadomain.refusals import Refusal
from tests.fakes import TODAY, an_agency, an_office

TEXTS = Texts()
PHOTO = Evidence("e1", "p1", Kind.PHOTO, TODAY, Stage.KEPT, copy=Copy("ab" * 32, 10, "image/jpeg", shown=True))
ODD = st.text(st.one_of(st.characters(), st.sampled_from("กำ่้😀\u200b\u200d\u0e31\n\t <>&\"'")), max_size=1100)


def passed(part, said):
    """What becomes of it, None where it is refused with a sentence that can be told."""
    try:
        return part(said)
    except Refusal as no:
        assert all(TEXTS.words[language][no.key].format_map({**no.facts, "polite": ""}) for language in TEXTS.words)
        return None


@given(ODD, st.one_of(st.just(""), ODD), st.one_of(st.just(""), ODD), st.booleans(), st.booleans(), st.booleans())
def test_whatever_passes_is_taken_by_line(text, title, button, picture, citizens, trial):
    said, above, label = passed(composing.text, text), passed(composing.title, title), passed(composing.button, button)
    if said is None:
        return
    link = "https://example.go.th/a?b=c" if label else ""
    content = Content(said, above or "", "e1" if picture else "", label or "", link)
    store = an_agency()
    store.evidence.save(PHOTO)
    assert composing.whole(store, content) == content
    voice = Voice(TEXTS, "th", "ค่ะ", lambda uri: "https://x.example/p" if uri.startswith("evidence:") else uri)
    messages = render(Reply((as_sent(content, an_office(), citizens=citizens, trial=trial),)), voice)
    assert not limits.faults(messages)
    assert len(messages) == 1


@given(ODD)
def test_a_length_is_counted_as_line_counts_it(text):
    assert composing.units(text) == limits.units(text)
    assert composing.letters(text) == limits.graphemes(text)


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("https://www.example.go.th/news?id=1#top", "https://www.example.go.th/news?id=1#top"),
        ("  https://example.go.th ", "https://example.go.th"),
        ("https://example.go.th/ข่าว", "https://example.go.th/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7"),
        ("02-271-8000", "tel:022718000"),
        ("โทร".removeprefix("โทร") + "๐๒ ๒๗๑ ๘๐๐๐", "tel:022718000"),
        ("tel:1300", "tel:1300"),
        ("+66 2 271 8000", "tel:+6622718000"),
    ],
)
def test_a_button_opens_an_address_or_calls_a_number(said, link):
    assert composing.link(said) == link


@pytest.mark.parametrize(
    "said",
    ["", "http://example.go.th", "example.go.th", "https://", "https://localhost", "javascript:alert(1)", "https://a b.th",
     "https://bank.example@evil.example/", "ftp://example.go.th", "tel:abc", "12", "https://example.go.th/" + "ก" * 400,
     "line://ti/p", "https://ตัวอย่าง.ไทย/"],
)  # fmt: skip
def test_no_other_address_passes(said):
    with pytest.raises(Refusal) as no:
        composing.link(said)
    assert no.value.key == "broadcast.no_link"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"stage": Stage.COMING, "copy": None}, "broadcast.picture_coming"),
        ({"stage": Stage.GONE}, "broadcast.picture_gone"),
        ({"stage": Stage.HIDDEN}, "broadcast.picture_gone"),
        ({"copy": Copy("ab" * 32, 10, "application/pdf")}, "broadcast.not_a_picture"),
    ],
)
def test_a_picture_is_one_that_can_be_shown(changes, key):
    from dataclasses import replace

    store = an_agency()
    store.evidence.save(replace(PHOTO, **changes))
    with pytest.raises(Refusal) as no:
        composing.whole(store, Content("ข้อความ", picture="e1"))
    assert no.value.key == key


def test_a_button_needs_both_its_words_and_an_address():
    for content in (Content("ก", button="ดู"), Content("ก", link="https://example.go.th")):
        with pytest.raises(Refusal):
            composing.whole(an_agency(), content)
