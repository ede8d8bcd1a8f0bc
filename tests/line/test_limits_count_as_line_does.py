import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.line import limits

THAI = st.text("กขคงนมาเแำิีึืุูั็่้๊๋์ๆ 😀a1", max_size=60)
ANY = st.text(max_size=60)


@pytest.mark.parametrize(("text", "length"), [("", 0), ("a", 1), ("ก็", 2), ("😀", 2), ("👨‍👩‍👧", 8), ("\ud83d", 1)])
def test_texts_are_counted_in_utf16_units(text, length):
    assert limits.units(text) == length


@pytest.mark.parametrize(("text", "length"), [
    ("", 0), ("ติดต่อเจ้าหน้าที่", 11), ("น้ำ", 1), ("กำ", 1), ("ที่นี่", 2), ("ปู่", 1), ("abc", 3), ("เมนู", 3), ("é", 1), ("e\u0301", 1),
])  # fmt: skip
def test_labels_are_counted_as_a_reader_sees_them(text, length):
    assert limits.graphemes(text) == length


@given(THAI | ANY, st.integers(1, 40))
def test_a_clipped_text_fits_and_begins_as_it_did(text, most):
    clipped = limits.clip_text(text, most)
    assert limits.units(clipped) <= most
    assert clipped == text or (clipped.endswith("…") and text.startswith(clipped[:-1]))
    clipped.encode("utf-8")  # no half of an emoji is left over


@given(THAI | ANY, st.integers(1, 40))
def test_a_clipped_label_fits_and_begins_as_it_did(text, most):
    clipped = limits.clip_label(text, most)
    assert limits.graphemes(clipped) <= most
    assert clipped == text or (clipped.endswith("…") and text.startswith(clipped[:-1]))


@given(THAI, st.integers(1, 40))
def test_what_fits_is_left_alone(text, most):
    assert limits.units(text) > most or limits.clip_text(text, most) == text
    assert limits.graphemes(text) > most or limits.clip_label(text, most) == text


def test_a_label_is_never_cut_within_a_letter():
    assert limits.clip_label("ติดต่อเจ้าหน้าที่ของเรา", 5) == "ติดต่อ…"
    assert limits.clip_label("ติดต่อเจ้าหน้าที่ของเรา", 4) == "ติดต่…"


def test_an_emoji_is_never_cut_in_half():
    assert limits.clip_text("😀😀😀", 4) == "😀…"
    assert limits.clip_text("😀😀😀", 5) == "😀😀…"


def test_a_text_with_half_an_emoji_can_be_clipped():
    assert limits.units(limits.clip_text("\ud83d" * 10, 5)) <= 5


def test_thai_letters_are_weighed_as_they_are_sent():
    assert limits.size({"a": "ก"}) == len('{"a": "\\u0e01"}')


# ── one refused example and its accepted neighbour a rule


def text(words, **more):
    return {"type": "text", "text": words, **more}


def quick(*actions):
    return text("เลือก", quickReply={"items": [{"type": "action", "action": action} for action in actions]})


def tap(label="ตกลง", data="go=x", **more):
    return {"type": "postback", "label": label, "data": data, **more}


def bubble(*parts, **more):
    return {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": list(parts)}, **more}


def flex(contents, alt="ปี 2565"):
    return {"type": "flex", "altText": alt, "contents": contents}


def carousel(*bubbles):
    return flex({"type": "carousel", "contents": list(bubbles)})


def baseline(*parts):
    return flex(bubble({"type": "box", "layout": "baseline", "contents": list(parts)}))


def button(action):
    return flex(bubble({"type": "button", "action": action}))


WORD = {"type": "text", "text": "ก"}
IMAGE = {"type": "image", "url": "https://example.org/a.png"}
ICON = {"type": "icon", "url": "https://example.org/a.png"}
SPAN = {"type": "span", "text": "ก"}


def padded(size):
    """A bubble of just so many bytes."""
    empty = limits.size(bubble({"type": "text", "text": ""}))
    return bubble({"type": "text", "text": "a" * (size - empty)})


def link(uri):
    return quick({"type": "uri", "label": "เปิด", "uri": uri})


RULES = {
    "no message": ([], [text("ก")], "0 messages"),
    "messages": ([text("ก")] * 6, [text("ก")] * 5, "6 messages"),
    "empty text": (text("  "), text("ก"), "text is empty"),
    "long text": (text("ก" * 5001), text("ก" * 5000), "5001 units"),
    "long text of emoji": (text("😀" * 2501), text("😀" * 2500), "5002 units"),
    "empty altText": (flex(bubble(WORD), ""), flex(bubble(WORD), "ก"), "altText is empty"),
    "long altText": (flex(bubble(WORD), "ก" * 1501), flex(bubble(WORD), "ก" * 1500), "altText of 1501"),
    "quick replies": (quick(*[tap()] * 14), quick(*[tap()] * 13), "14 quick replies"),
    "quick label": (quick(tap("ก" * 21)), quick(tap("ก" * 20)), "label of 21"),
    "quick label by letters": (quick(tap("ที่" * 21)), quick(tap("ที่" * 20)), "label of 21"),
    "empty label": (quick(tap(" ")), quick(tap("ก")), "label of"),
    "no label": (quick({"type": "postback", "data": "x"}), quick(tap()), "label of 0"),
    "button label": (button(tap("ก" * 41)), button(tap("ก" * 40)), "label of 41"),
    "no data": (quick(tap(data="")), quick(tap(data="a")), "data is empty"),
    "long data": (quick(tap(data="a" * 301)), quick(tap(data="a" * 300)), "data of 301"),
    "displayText": (quick(tap(displayText="ก" * 301)), quick(tap(displayText="ก" * 300)), "displayText of 301"),
    "empty displayText": (quick(tap(displayText="")), quick(tap(displayText="ก")), "displayText is empty"),
    "address": (link("javascript:1"), link("https://nacc.go.th"), "an address"),
    "no address": (quick({"type": "uri", "label": "เปิด"}), link("tel:1205"), "an address"),
    "long address": (link("https://" + "a" * 993), link("https://" + "a" * 992), "an address"),
    "empty bubble": (flex({"type": "bubble"}), flex(bubble(WORD)), "an empty bubble"),
    "bubble bytes": (flex(padded(30_001)), flex(padded(30_000)), "bubble of 30001"),
    "no bubbles": (carousel(), carousel(bubble(WORD)), "0 bubbles"),
    "bubbles": (carousel(*[bubble(WORD)] * 13), carousel(*[bubble(WORD)] * 12), "13 bubbles"),
    "widths": (carousel(bubble(WORD, size="kilo"), bubble(WORD)), carousel(bubble(WORD, size="mega"), bubble(WORD)), "different"),
    "carousel bytes": (carousel(padded(25_000), padded(25_000)), carousel(padded(24_000), padded(24_000)), "carousel of"),
    "empty words": (flex(bubble({"type": "text", "text": ""})), flex(bubble(WORD)), "an empty text"),
    "image in a baseline": (baseline(IMAGE), baseline(WORD, ICON), "image in a baseline"),
    "box in a baseline": (baseline({"type": "box", "layout": "vertical", "contents": []}), baseline(WORD), "box in a baseline"),
    "icon elsewhere": (flex(bubble(ICON)), baseline(ICON), "icon outside"),
    "span elsewhere": (flex(bubble(SPAN)), flex(bubble({"type": "text", "contents": [SPAN]})), "span outside"),
    "image address": (flex(bubble({**IMAGE, "url": "http://example.org"})), flex(bubble(IMAGE)), "without https"),
}  # fmt: skip


def as_list(messages):
    return messages if isinstance(messages, list) else [messages]


@pytest.mark.parametrize(("refused", "accepted", "says"), RULES.values(), ids=RULES)
def test_a_rule_refuses_its_example_and_accepts_its_neighbour(refused, accepted, says):
    assert says in "; ".join(limits.faults(as_list(refused)))
    assert limits.faults(as_list(accepted)) == []


def test_every_fault_is_told_at_once():
    assert len(limits.faults([text(""), quick(tap(""), tap(data=""))])) == 3
