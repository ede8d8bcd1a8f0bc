"""What can be told to many: how long, with which button and picture, so that LINE takes it and a phone shows it whole.

Each fault is a sentence before anything is sent, for a broadcast that LINE refuses is refused for everybody.
"""

import re
import unicodedata
from dataclasses import replace

from itadomain.broadcasts.broadcast import Content
from itadomain.evidence import Evidence, Stage
from itadomain.office import dialled
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.thai import UNSEEN, fold

LONGEST_TEXT, LONGEST_TITLE, LONGEST_BUTTON, LONGEST_LINK = 1000, 100, 20, 900
#: No name before the host, no blank and no letter or figure but plain ones: an address shows where it leads.
ADDRESS = re.compile(r"https://(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#][!-~]*)?", re.IGNORECASE | re.ASCII)
NUMBER = re.compile(r"\+?[\d\s().-]{3,20}")
SHORTEST_NUMBER, LONGEST_NUMBER = 3, 15
JOINING = {"Mn", "Mc", "Me"}
#: Sara am, its Lao sister and what glues emoji together stand with the letter before them.
GLUE = {"\u0e33", "\u0eb3", "\u200d"}


def text(said: str) -> str:
    """The words as they are sent: lines stay lines, nothing stands around them."""
    words = _plain(said)
    if not UNSEEN.sub("", words).strip():
        raise Refusal("broadcast.no_text")
    if units(words) > LONGEST_TEXT:
        raise Refusal("broadcast.text_too_long", length=units(words), most=LONGEST_TEXT)
    return words


def title(said: str) -> str:
    """The line above the words, on a card."""
    line = " ".join(_plain(said).split())
    if not UNSEEN.sub("", line).strip():
        raise Refusal("broadcast.no_title")
    if units(line) > LONGEST_TITLE:
        raise Refusal("broadcast.title_too_long", length=units(line), most=LONGEST_TITLE)
    return line


def button(said: str) -> str:
    """What stands on the button."""
    label = " ".join(_plain(said).split())
    if not UNSEEN.sub("", label).strip():
        raise Refusal("broadcast.no_button")
    if letters(label) > LONGEST_BUTTON:
        raise Refusal("broadcast.button_too_long", length=letters(label), most=LONGEST_BUTTON)
    return label


def link(said: str) -> str:
    """Where the button leads: an address with https, or a number to call."""
    address = fold(said).strip() if NUMBER.fullmatch(fold(said).strip()) else said.strip()
    number = address[4:] if address.casefold().startswith("tel:") else address
    if NUMBER.fullmatch(number):
        return f"tel:{_number(number)}"
    address = "".join(sign if sign.isascii() else _escaped(sign) for sign in address)
    if not ADDRESS.fullmatch(address) or len(address) > LONGEST_LINK:
        raise Refusal("broadcast.no_link")
    return address


def picture(store: Store, evidence_id: str) -> Evidence:
    """A photo that the agency has and can show; Refusal while it is still fetched, and where it is none any more."""
    found = store.evidence.get(evidence_id)
    if found is None or not found.live:
        raise Refusal("broadcast.picture_gone")
    if found.stage is Stage.COMING:
        raise Refusal("broadcast.picture_coming")
    if found.copy is None or not found.copy.shown:
        raise Refusal("broadcast.not_a_picture")
    return found


def whole(store: Store, content: Content) -> Content:
    """All of it as it is sent, each part looked at once more; a button has both its words and an address."""
    checked = replace(content, text=text(content.text))
    if content.title:
        checked = replace(checked, title=title(content.title))
    if content.button or content.link:
        checked = replace(checked, button=button(content.button), link=link(content.link))
    if content.picture:
        picture(store, content.picture)
    return checked


def is_card(content: Content) -> bool:
    """Whether it is drawn as a card; words alone are a message of text."""
    return bool(content.title or content.picture or content.button)


def units(said: str) -> int:
    """The length of a text as LINE counts it: UTF-16 units."""
    return len(said.encode("utf-16-le", "surrogatepass")) // 2


def letters(said: str) -> int:
    """The length of a label as LINE counts it: what a reader sees as one letter."""
    return sum(unicodedata.category(sign) not in JOINING and sign not in GLUE for sign in said)


def _plain(said: str) -> str:
    """Without what no phone shows and no database takes."""
    return "".join(sign for sign in said if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}).strip()


def _number(said: str) -> str:
    number = dialled(said)
    if not SHORTEST_NUMBER <= len(number.lstrip("+")) <= LONGEST_NUMBER or "+" in number[1:]:
        raise Refusal("broadcast.no_link")
    return number


def _escaped(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "ignore"))
