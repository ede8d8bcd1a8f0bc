"""HTML and Markdown signs taken out of a text, which stays as it is printed."""

import html
import re
from collections.abc import Iterator

from itadomain.thai import SPACE, UNSEEN

TAG = re.compile(
    r"<(/?)(p|br|ol|ul|li|b|i|u|s|strong|em|span|div|sup|sub|font|small|big|center|a|h[1-6]|table|thead|tbody|tr|td|th"
    r"|hr)\b([^<>]*)>",
    re.IGNORECASE,
)
START = re.compile(r"""\bstart\s*=\s*["']?(\d{1,4})""", re.IGNORECASE)
NUMBERED = re.compile(r"\s*(?:\(?[0-9๐-๙]+(?:\.[0-9๐-๙]+)*\s*[.)]|[-–•])")
NEAR = 200  # letters within which the printed number of an item stands
MARKDOWN = re.compile(r"^\s*#{1,6}\s+|\*\*")


def folded(text: str) -> str:
    """The text with every run of white space as one blank, and without the signs between words that nobody sees."""
    return SPACE.sub(" ", UNSEEN.sub("", text)).strip()


def plain(text: str) -> str:
    """A line or cell of a text file without its markup."""
    if "<" in text:
        text = "".join(_without_tags(text))
    if "&" in text:
        text = html.unescape(text)
    return folded(MARKDOWN.sub("", text))


def _without_tags(text: str) -> Iterator[str]:
    """The text between the tags; an item of a list gets the number that a browser would draw."""
    lists: list[int | None] = []
    end = 0
    for tag in TAG.finditer(text):
        yield text[end : tag.start()]
        end = tag.end()
        yield _drawn(tag, lists, text[end : end + NEAR])
    yield text[end:]


def _drawn(tag: re.Match[str], lists: list[int | None], rest: str) -> str:
    name, closing = tag[2].lower(), bool(tag[1])
    if name in {"ol", "ul"}:
        if not closing:
            lists.append(_first(tag[3]) if name == "ol" else None)
        elif lists:
            lists.pop()
    elif name == "li" and not closing:
        return f" {_label(lists, rest)}"
    return " " if name not in {"b", "i", "u", "s", "strong", "em", "span", "font", "sup", "sub", "a"} else ""


def _first(attributes: str) -> int:
    start = START.search(attributes)
    return int(start[1]) if start else 1


def _label(lists: list[int | None], rest: str) -> str:
    """The number of an item, unless one is printed in it."""
    number = lists[-1] if lists else None
    if lists and number is not None:
        lists[-1] = number + 1
    if NUMBERED.match(TAG.sub(" ", rest)):
        return ""
    return "- " if number is None else f"{number}. "
