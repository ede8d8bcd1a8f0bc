"""Where people are served and asked: each service point has a code, on its poster as a picture and in letters.

Whoever opens the picture, or types what stands beside it, is asked as somebody who was served there.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from itadomain.invitations import TAKEN_FOR, is_code
from itadomain.organisation import SIGNS
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.surveys.survey import ServicePoint
from itadomain.thai import fold, tidy

#: What is typed before a code; a poster is in the language of the country, whoever reads it.
START = "ตอบแบบสำรวจ"
LENGTH, LONGEST_NAME, MOST = 4, 60, 200
CODE = re.compile(rf"(?<![0-9A-Z])[{SIGNS}OIL]{{{LENGTH}}}(?![0-9A-Z])")


def _bytes(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode())


def _escaped(said: str) -> str:
    """As an address has it."""
    return "".join(sign if sign.isascii() and sign.isalnum() else _bytes(sign) for sign in said)


OURS = re.compile(rf"https://line\.me/R/oaMessage/[^/?#]*/\?{_escaped(START)}", re.IGNORECASE)


def typed(code: str) -> str:
    """What somebody types who cannot open the picture."""
    return f"{START} {code}" if code else START


def link(account: str, code: str = "") -> str:
    """An address that opens the chat of a LINE account («@abc1234») with the words of a service point typed already."""
    return f"https://line.me/R/oaMessage/{_escaped(account)}/?{_escaped(typed(code))}"


def is_ours(address: str) -> bool:
    """Whether an address opens a chat with the first words of a survey, as those on our posters do."""
    return OURS.match(address) is not None


def point_in(store: Store, text: str) -> ServicePoint | None:
    """The service point whose code is in a message, however it was typed; None where it has none that still serves."""
    said = [found[0].translate(TAKEN_FOR) for found in CODE.finditer(fold(text).upper())]
    return next((one for one in serving(store) if one.code in said), None) if said else None


def serving(store: Store) -> Sequence[ServicePoint]:
    """Those where people are still served, by name."""
    return [one for one in store.surveys.points() if one.closed_on is None]


def get(store: Store, code: str) -> ServicePoint | None:
    """One by its code, a closed one too."""
    return next((one for one in store.surveys.points() if one.code == code), None)


def add(store: Store, name: str, unit: str = "") -> ServicePoint:
    """Keep a new one under a code of its own; Refusal where the name is none, or is another's."""
    known = store.surveys.points()
    if len(known) >= MOST:
        raise Refusal("service_points.too_many", most=MOST)
    point = ServicePoint(_new_code(store, {one.code for one in known}), free_name(store, name), unit)
    store.surveys.save_point(point)
    return point


def free_name(store: Store, said: str) -> str:
    """A name as it is kept; Refusal where it is none, or that of another."""
    name = tidy(" ".join(said.split()))  # what nobody sees would make it another's, or turn it round
    if not 1 < len(name) <= LONGEST_NAME:
        raise Refusal("service_points.no_name", most=LONGEST_NAME)
    if any(one.name.casefold() == name.casefold() for one in serving(store)):
        raise Refusal("service_points.exists", name=name)
    return name


def close(store: Store, code: str, today: date) -> ServicePoint:
    """Let nobody be asked there any more; what was answered there stays. Refusal where there is none."""
    found = get(store, code)
    if found is None or found.closed_on is not None:
        raise Refusal("service_points.unknown")
    closed = replace(found, closed_on=today)
    store.surveys.save_point(closed)
    return closed


def _new_code(store: Store, taken: set[str]) -> str:
    """Letters and figures, so that no word and no year is one."""
    while True:
        whole = store.new_code()
        for code in (whole[:LENGTH], whole[-LENGTH:]):
            if is_code(code) and code not in taken:
                return code
