"""In which order somebody is asked: a long survey is cut into sittings, and people begin with different ones.

So all parts are answered alike often, though many answer one sitting only. Within a sitting the official order holds.
Who begins where is drawn by lot and forgotten once they have sent: told by their id, the sums of a sitting that one
person alone has answered would be that person's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from itadomain.surveys.questionnaire import Slot
from itadomain.surveys.survey import Draft, Survey

Sittings = Sequence[Sequence[Slot]]


@dataclass(frozen=True)
class Place:
    """Where a question stands, all counted from 1: its number within its sitting, and which of them that is."""

    number: int
    count: int
    sitting: int
    sittings: int


def sittings(survey: Survey, draft: Draft) -> Sittings:
    """The sittings of a survey in the order in which somebody is asked them: their lot tells where they begin."""
    found = survey.questionnaire.sittings
    first = sum((draft.lot or draft.person).encode()) % len(found) if found else 0
    return (*found[first:], *found[:first])


def order(survey: Survey, draft: Draft) -> Sequence[Slot]:
    """All that one person is asked, one after the other."""
    return [slot for one in sittings(survey, draft) for slot in one]


def number(survey: Survey, draft: Draft, slot: Slot) -> int:
    """How many questions somebody has seen who sees this one, counted from 1."""
    return codes(order(survey, draft)).index(slot.code) + 1


def place(survey: Survey, draft: Draft, slot: Slot) -> Place:
    """Where a question stands for somebody."""
    those = sittings(survey, draft)
    nth, its = next((nth, its) for nth, its in enumerate(map(codes, those), 1) if slot.code in its)
    return Place(its.index(slot.code) + 1, len(its), nth, len(those))


def codes(those: Sequence[Slot]) -> list[str]:
    """The codes of what is asked."""
    return [one.code for one in those]
