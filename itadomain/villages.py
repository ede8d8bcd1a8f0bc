"""The villages (หมู่) of an agency: how many it said that it has, and which of them somebody means."""

from collections.abc import Sequence

from itadomain.cases.clues import village_in
from itadomain.ports import Settings
from itadomain.refusals import Refusal
from itadomain.thai import fold

SETTING, MOST = "villages", 99
LONGEST_NUMBER = 4  # «0012»; what is longer is no number that anybody counts


def count(settings: Settings) -> int | None:
    """How many the agency has, None where it did not say."""
    kept = settings.get(SETTING)
    return int(kept) if kept.isdecimal() else None


def choose(settings: Settings, number: int) -> None:
    """Keep how many it has; Refusal where no agency has so many."""
    if number > MOST:
        raise Refusal("categories.too_many_villages", most=MOST)
    settings.put(SETTING, str(number))


def to_tap(settings: Settings, room: int = MOST) -> Sequence[str]:
    """Their numbers, where it is known how many they are and they have room; else none, and the number is typed."""
    known = count(settings) or 0
    return [str(number) for number in range(1, known + 1)] if known <= room else []


def exists(settings: Settings, number: str) -> bool:
    """Whether it has the one of this number, as far as is known."""
    known = count(settings)
    return known is None or int(number) <= known


def number_said(said: str) -> str:
    """The number of a village: «หมู่ 3», «ม.3», «๓»; empty where it is none."""
    bare = fold(said).strip().removeprefix("0")
    if bare.isdecimal() and len(bare) <= LONGEST_NUMBER and 0 < int(bare) <= MOST:
        return str(int(bare))
    return village_in(said)
