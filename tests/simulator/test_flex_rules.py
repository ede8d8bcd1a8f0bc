"""Each limit on Flex: what LINE refuses, and its neighbour that it takes."""

import json
from typing import Any

import pytest

from bot.simulator import received, rules

Part = dict[str, Any]
ICON = {"type": "icon", "url": "https://a.go.th/i.png"}
SPAN = {"type": "span", "text": "ก"}
RULE = {"type": "separator"}
VIDEO_PARTS = {"url": "https://a.go.th/v.mp4", "previewUrl": "https://a.go.th/p.png"}


def words(**more: Any) -> Part:
    return {"type": "text", "text": "ก", **more}


def box(*contents: Any, **more: Any) -> Part:
    return {"type": "box", "layout": "vertical", "contents": list(contents), **more}


def bubble(*contents: Any, **more: Any) -> Part:
    return {"type": "bubble", "body": box(*contents or (words(),)), **more}


def carousel(*bubbles: Any) -> Part:
    return {"type": "carousel", "contents": list(bubbles)}


def button(**more: Any) -> Part:
    return {"type": "button", "action": {"type": "message", "label": "ก", "text": "ก"}, **more}


def labelled(label: str) -> Part:
    return bubble(button(action={"type": "message", "label": label, "text": "ก"}))


def image(**more: Any) -> Part:
    return bubble({"type": "image", "url": "https://a.go.th/a.png", **more})


def video(**more: Any) -> Part:
    return {"type": "video", **VIDEO_PARTS, "altContent": box(words()), **more}


def boxed(**more: Any) -> Part:
    return bubble(box(words(), **more))


def baseline(*contents: Any) -> Part:
    return bubble(box(*contents, layout="baseline"))


GRADIENT = {"type": "linearGradient", "angle": "90deg", "startColor": "#000000", "endColor": "#ffffff"}
PAIRS: dict[str, tuple[Part, Part]] = {
    "12 bubbles": (carousel(*[bubble()] * 13), carousel(*[bubble()] * 12)),
    "at least one bubble": (carousel(), carousel(bubble())),
    "bubbles of one size": (carousel(bubble(), bubble(size="kilo")), carousel(bubble(), bubble(size="mega"))),
    "no carousel in a carousel": (carousel(carousel(bubble())), carousel(bubble())),
    "no empty bubble": ({"type": "bubble"}, bubble()),
    "no bubble of empty boxes": ({"type": "bubble", "body": box()}, bubble(box())),
    "bubble sizes": (bubble(size="huge"), bubble(size="giga")),
    "the body is a box": ({"type": "bubble", "body": words()}, bubble()),
    "the hero is a box, image or video": (bubble(hero=words()), bubble(hero=box(words()))),
    "unknown keys of a bubble": (bubble(colour="#000000"), bubble(direction="ltr")),
    "unknown components": (bubble({"type": "poem"}), bubble({"type": "filler"})),
    "unknown keys of a text": (bubble(words(bold=True)), bubble(words(weight="bold"))),
    "text needs words": (bubble({"type": "text"}), bubble({"type": "text", "contents": [SPAN]})),
    "text is not empty": (bubble(words(text="")), bubble(words(text=" "))),
    "span only in text": (bubble(SPAN), bubble(words(contents=[SPAN]))),
    "only spans in text": (bubble(words(contents=[words()])), bubble(words(contents=[]))),
    "icon only in a baseline box": (bubble(ICON), baseline(ICON, words())),
    "no button in a baseline box": (baseline(button()), baseline(words(), {"type": "filler"})),
    "no box in a baseline box": (baseline(box(words())), baseline(words())),
    "no separator in a baseline box": (baseline({"type": "separator"}), bubble({"type": "separator"})),
    "layouts": (boxed(layout="grid"), boxed(layout="horizontal")),
    "a layout is there": (bubble({"type": "box", "contents": [words()]}), boxed()),
    "contents are there": (bubble(words(), {"type": "box", "layout": "vertical"}), boxed()),
    "video only as hero": (bubble(video()), bubble(hero=video())),
    "video in large bubbles": (bubble(hero=video(), size="micro"), bubble(hero=video(), size="kilo")),
    "no video in a carousel": (carousel(bubble(hero=video())), carousel(bubble(hero=box(words())))),
    "a button's label has 40 letters": (labelled("ที่" * 41), labelled("ที่" * 40)),
    "a button's label is there": (bubble(button(action={"type": "message", "text": "ก"})), bubble(button())),
    "a touched box needs no label": (boxed(action={"type": "message"}), boxed(action={"type": "message", "text": "ก"})),
    "a button's action is there": (bubble({"type": "button"}), bubble(button())),
    "button styles": (bubble(button(style="loud")), bubble(button(style="primary"))),
    "button heights": (bubble(button(height="lg")), bubble(button(height="sm"))),
    "no camera in a bubble": (bubble(button(action={"type": "camera", "label": "ก"})), bubble(button())),
    "images are https": (image(url="http://a.go.th/a.png"), image()),
    "image sizes": (image(size="6xl"), image(size="full")),
    "image ratios": (image(aspectRatio="wide"), image(aspectRatio="20:13")),
    "aspect modes": (image(aspectMode="stretch"), image(aspectMode="cover")),
    "colours": (bubble(words(color="red")), bubble(words(color="#ff0000"))),
    "short colours": (boxed(backgroundColor="#fff"), boxed(backgroundColor="#ffffff80")),
    "text sizes": (bubble(words(size="huge")), bubble(words(size="18px"))),
    "text sizes are no share": (bubble(words(size="10%")), bubble(words(size="xxs"))),
    "weights": (bubble(words(weight="heavy")), bubble(words(weight="regular"))),
    "aligns": (bubble(words(align="left")), bubble(words(align="start"))),
    "gravities": (bubble(words(gravity="middle")), bubble(words(gravity="center"))),
    "decorations": (bubble(words(decoration="wavy")), bubble(words(decoration="underline"))),
    "wrap is a boolean": (bubble(words(wrap="true")), bubble(words(wrap=True))),
    "scaling is a boolean": (bubble(words(scaling=1)), bubble(words(scaling=True))),
    "maxLines is a number": (bubble(words(maxLines="2")), bubble(words(maxLines=2))),
    "flex is a whole number": (bubble(words(flex=1.5)), bubble(words(flex=0))),
    "margins": (bubble(words(margin="5%")), bubble(words(margin="md"))),
    "spacings": (boxed(spacing="huge"), boxed(spacing="4px")),
    "paddings": (boxed(paddingAll="5em"), boxed(paddingAll="5%")),
    "widths": (boxed(width="md"), boxed(width="50%")),
    "border widths": (boxed(borderWidth="thick"), boxed(borderWidth="semi-bold")),
    "corner radii": (boxed(cornerRadius="50%"), boxed(cornerRadius="xxl")),
    "positions": (boxed(position="fixed"), boxed(position="absolute", offsetTop="-4px")),
    "justifyContent": (boxed(justifyContent="left"), boxed(justifyContent="space-between")),
    "alignItems": (boxed(alignItems="stretch"), boxed(alignItems="center")),
    "gradients": (boxed(background={"type": "linearGradient"}), boxed(background=GRADIENT)),
    "gradient angles": (boxed(background={**GRADIENT, "angle": "361deg"}), boxed(background=GRADIENT)),
    "separator colours": (bubble({**RULE, "color": "grey"}), bubble({**RULE, "color": "#cccccc"})),
    "block styles": (bubble(styles={"middle": {}}), bubble(styles={"footer": {"separator": True}})),
}  # fmt: skip


def problems(container: Any) -> list[Any]:
    message = {"type": "flex", "altText": "การ์ด", "contents": container}
    raw = json.dumps({"messages": [message]}, ensure_ascii=False).encode()
    return rules.problems(rules.VALIDATE, received.parse(raw))


@pytest.mark.parametrize("name", PAIRS)
def test_a_limit_refuses_one_and_takes_its_neighbour(name: str) -> None:
    refused, taken = PAIRS[name]
    assert problems(refused), refused
    assert problems(taken) == []


def sized(size: int) -> Part:
    """A bubble that takes exactly `size` bytes as it is written here."""
    made, missing = bubble(), size - len(json.dumps(bubble(), ensure_ascii=False).encode())
    parts, rest = divmod(missing, 1500)
    filling = [words(text="x" * (1500 - 33)) for _ in range(parts)]
    made["body"]["contents"] = [words(), *filling]
    now = len(json.dumps(made, ensure_ascii=False).encode())
    made["body"]["contents"][0]["text"] = "ก" + "x" * (size - now)
    assert len(json.dumps(made, ensure_ascii=False).encode()) == size
    assert rest >= 0
    return made


def test_a_bubble_has_30_kilobytes_as_received() -> None:
    assert problems(sized(30 * 1024)) == []
    assert [each.message for each in problems(sized(30 * 1024 + 1))] == ["bubble is larger than 30 KB"]


def test_a_carousel_has_50_kilobytes_as_received() -> None:
    bare = len(json.dumps(carousel(), ensure_ascii=False).encode()) + len(", ")
    assert problems(carousel(sized(25 * 1024), sized(25 * 1024 - bare))) == []
    found = problems(carousel(sized(25 * 1024), sized(25 * 1024 - bare + 1)))
    assert [each.message for each in found] == ["carousel is larger than 50 KB"]


def test_escaped_thai_counts_as_it_was_sent() -> None:
    """Six bytes a letter where a client escapes, three where it does not."""
    container = bubble(*[words(text="ก" * 1000) for _ in range(6)])
    message = {"messages": [{"type": "flex", "altText": "ก", "contents": container}]}
    plain = received.parse(json.dumps(message, ensure_ascii=False).encode())
    escaped = received.parse(json.dumps(message).encode())
    assert rules.problems(rules.VALIDATE, plain) == []
    assert rules.problems(rules.VALIDATE, escaped)


def test_a_problem_names_the_part() -> None:
    (found,) = problems(bubble(words(), words(color="red")))
    assert found.property == "messages[0].contents.body.contents[1].color"


def test_strange_values_are_refused_and_break_nothing() -> None:
    for strange in (
        None,
        1,
        "x",
        [],
        {"type": []},
        {"type": "bubble", "body": 3},
        {"type": "carousel", "contents": {}},
    ):
        assert problems(strange)
        assert problems({"type": "bubble", "body": strange, "header": box(words())}) or strange is None
