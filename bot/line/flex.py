"""Draws a card as a Flex bubble. Texts and buttons grow with the reader's font size."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.line.limits import BUTTON_LABEL
from handlers.kit import Bar, Card, Row, Words

Part = dict[str, Any]
Says = Callable[[Any], str]

INK, QUIET, LINE = "#1F2933", "#52606D", "#E4E7EB"
DEEP, PALE = "#0B4F5C", "#CFE8EC"
GUESS = "#5B3A82"  # of what might be: nobody is to take it for a result
PASSED, BELOW = "#18794E", "#B45309"  # green and amber, never red: nobody loses face
DOUBT, DOUBT_INK = "#FEF3C7", "#78350F"
FIGURE = len("100.00")  # beside a longer number («12 จาก 18») there is no room for a tag


def bubble(card: Card, rows: Sequence[Row], notes: Sequence[Words], says: Says, action: Callable[..., Part]) -> Part:
    """The whole bubble; what is empty is left out."""
    body = [
        *_headline(card, says),
        *([_text(says(card.text), color=INK, wrap=True)] if card.text else ()),
        *(_bar(bar, says) for bar in card.bars),
        *_rows(card, rows, says),
        *(_text(says(note), size="sm", color=QUIET, wrap=True) for note in notes),
        *(_doubt(says(doubt)) for doubt in card.doubts),
        *([_text(says(card.source), size="xs", color=QUIET, wrap=True)] if card.source else ()),
    ]
    drawn = {
        "type": "bubble",
        "size": "mega",
        "header": _box(_title(card, says), backgroundColor=_colour(card), paddingAll="lg", spacing="xs"),
        "body": _box(body or [_text(says(card.summary), wrap=True)], spacing="md", paddingAll="lg"),
    }
    if card.picture:
        drawn["hero"] = {"type": "image", "url": card.picture, "size": "full", "aspectMode": "fit"}
    if card.taps:
        buttons = [_button(action(tap, says, longest=BUTTON_LABEL)) for tap in card.taps]
        drawn["footer"] = _box(buttons, spacing="none", paddingAll="sm")
    return drawn


def _colour(card: Card) -> str:
    return GUESS if card.guess else DEEP


def _title(card: Card, says: Says) -> list[Part]:
    title = [_text(says(card.title), weight="bold", color="#FFFFFF", size="md", wrap=True)]
    return title + ([_text(says(card.subtitle), color=PALE, size="sm", wrap=True)] if card.subtitle else [])


def _headline(card: Card, says: Says) -> list[Part]:
    parts: list[Part] = []
    if card.number is not None:
        number = says(card.number)
        beside = len(number) <= FIGURE
        line = [_text(number, size="4xl", weight="bold", color=INK, flex=0)]
        if card.tag:
            gap = "lg" if beside else "none"
            line.append(_text(says(card.tag), size="xl", weight="bold", color=_colour(card), margin=gap, wrap=True))
        parts += [{"type": "box", "layout": "baseline", "contents": line}] if beside else [_box(line)]
    return [*parts, _doubt(says(card.warning), weight="bold")] if card.warning else parts


def _doubt(text: str, **style: Any) -> Part:
    words = _text(f"⚠ {text}", size="sm", color=DOUBT_INK, wrap=True, **style)
    return _box([words], backgroundColor=DOUBT, cornerRadius="md", paddingAll="sm")


def _bar(bar: Bar, says: Says) -> Part:
    width = f"{max(1, min(100, int(bar.points)))}%"
    filled = _box([{"type": "filler"}], width=width, height="8px", backgroundColor=PASSED if bar.passed else BELOW)
    return _box(
        [
            _pair(says(bar.label), says(bar.points), bold=True),
            _box([filled], height="8px", backgroundColor=LINE, cornerRadius="4px", margin="xs"),
        ]
    )


def _rows(card: Card, rows: Sequence[Row], says: Says) -> list[Part]:
    if not rows:
        return []
    title = [_text(says(card.rows_title), size="sm", weight="bold", color=DEEP, wrap=True)] if card.rows_title else []
    above = [{"type": "separator"}] if card.number is not None or card.bars else []
    pairs = [(says(row.label), says(row.value)) for row in rows]
    draw = _pair if all(_is_figure(value) for _, value in pairs) else _stack  # one way for all of them
    return [*above, *title, *(draw(label, value) for label, value in pairs)]


def _is_figure(value: str) -> bool:
    return value[:1].isdigit() and len(value) <= len("100.00 (AA)")


def _stack(label: str, value: str) -> Part:
    """A label, and what it says under it."""
    said = _text(value if value.strip() else "-", size="sm", color=QUIET, wrap=True)
    return _box([_text(label, size="sm", weight="bold", color=INK, wrap=True), said])


def _pair(label: str, value: str, *, bold: bool = False) -> Part:
    """A label and its figure side by side."""
    weight = "bold" if bold else "regular"
    parts = [
        _text(label, size="sm", color=INK, wrap=True, flex=5),
        _text(value or "-", size="sm", color=INK, weight=weight, align="end", flex=2, wrap=True),
    ]
    return {"type": "box", "layout": "horizontal", "contents": parts, "spacing": "sm"}


def _box(contents: Sequence[Part], **style: Any) -> Part:
    return {"type": "box", "layout": "vertical", "contents": list(contents), **style}


def _text(text: str, **style: Any) -> Part:
    return {"type": "text", "text": text, "scaling": True, **style}


def _button(action: Part) -> Part:
    return {
        "type": "button",
        "action": action,
        "style": "link",
        "height": "sm",
        "color": DEEP,
        "scaling": True,
    }
