"""The steps of the late ladder: after how many working days each superior hears of what is late; an agency's choice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from itadomain.ports import Settings
from itadomain.refusals import Refusal
from itadomain.reminding.reminded import Level
from itadomain.thai import fold

SETTING = "reminders:ladder"
#: The levels that are told, in order; the person is told first, by their reminder.
SUPERIORS = (Level.HEAD, Level.SECRETARIAT, Level.EXECUTIVE)
LONGEST = 250  # the working days of a year


@dataclass(frozen=True)
class Steps:
    """So many working days over, each level hears of it. They rise, so that nobody hears before whoever is nearer.

    The usual ones are a working day after whole weeks: whoever reports is told so with the week's reminder.
    """

    head: int = 6
    secretariat: int = 11
    executive: int = 16

    def __post_init__(self) -> None:
        if not 1 <= self.head < self.secretariat < self.executive <= LONGEST:
            raise Refusal("ladder.must_rise", most=LONGEST)

    @property
    def days(self) -> Mapping[Level, int]:
        """The working days of each level, in order."""
        return dict(zip(SUPERIORS, (self.head, self.secretariat, self.executive), strict=True))


def steps(settings: Settings) -> Steps:
    """What the agency chose, else the usual steps."""
    kept = settings.get(SETTING)
    return Steps(*(int(part) for part in kept.split(","))) if kept else Steps()


def said(text: str) -> Steps:
    """The steps of three numbers in any writing («๕, ๑๐ และ ๑๕»); Refusal where they are none, or do not rise."""
    numbers = [int(part) for part in re.findall(r"\d{1,4}", fold(text))]
    if len(numbers) != len(SUPERIORS):
        raise Refusal("ladder.three_numbers")
    return Steps(*numbers)


def choose(settings: Settings, chosen: Steps) -> None:
    """Keep the agency's choice."""
    settings.put(SETTING, ",".join(str(count) for count in chosen.days.values()))
