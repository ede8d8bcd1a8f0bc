"""The village somebody lives in, as they tell it of themselves: typed in a sentence, or asked about after a case."""

import re
from collections.abc import Sequence

from handlers.kit import Go, Reply, Turn, say, words
from itadomain import villages
from itadomain.broadcasts import wishes
from itadomain.cases.case import Case
from itadomain.people import INSIDERS
from itadomain.thai import fold

NO_VILLAGE = "none"
MOST_TO_TAP = 10
#: «ฉันอยู่หมู่ 3», «บ้านผมอยู่หมู่ที่ ๗ ครับ», «I live in moo 3»: the whole of what was said, so no complaint is taken for it.
LIVES = re.compile(
    r"(?:ฉัน|ผม|ดิฉัน|หนู|เรา|ข้าพเจ้า|บ้าน|บ้านฉัน|บ้านผม|i live in)? ?(?:อยู่|อาศัยอยู่)? ?(?:ที่)? ?"
    r"(?:หมู่บ้านที่|หมู่ที่|หมู่|ม\.|moo|village) ?(\d{1,2}) ?(?:ค่ะ|คะ|ครับ|คับ|จ้า|นะ|นะคะ|นะครับ)?"
)


def numbers(turn: Turn) -> Sequence[str]:
    """The villages to tap, where the agency said how many they are and they have room; any is typed."""
    return villages.to_tap(turn.store.settings, MOST_TO_TAP)


def typed(turn: Turn) -> Reply | None:
    """What is answered where the words tell which village somebody lives in, and nothing else; None otherwise."""
    found = LIVES.fullmatch(" ".join(fold(turn.text).split()).casefold())  # blanks in a row would be tried in all ways
    if found is None:
        return None
    return kept(turn, found[1])


def kept(turn: Turn, said: str) -> Reply:
    """Keep what they told, say so, and how it is forgotten again."""
    person = wishes.live_in(turn.store, turn.who, said)
    key = "wishes.lives_in_but_muted" if person.muted else "wishes.lives_in"
    forget = Go(words("wishes.tap_no_village"), "wishes.no_village")
    return say(key, village=person.village).offering(forget, Go(words("privacy.tap_mine"), "privacy.mine"))


def to_keep(turn: Turn, case: Case) -> Sequence[Go]:
    """A way to say that they live where their first case is; asked once, and only of whoever did not tell."""
    number = villages.number_said(case.spot.village)
    asked_before = any(one.id != case.id for one in turn.store.cases.of_reporter(turn.who.id))
    if not number or turn.who.village or turn.who.may(INSIDERS) or asked_before or not case.reporter:
        return ()
    return (Go(words("wishes.tap_keep", no=number), "wishes.keep_village", {"village": number}),)
