"""Which questions a survey of a year asks: what the agency entered, over what is known."""

import re
from collections.abc import Sequence
from decimal import Decimal

from itadomain.fiscal import FiscalYear
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.surveys.known import known, missing
from itadomain.surveys.questionnaire import POINTS, STEPS, Answering, Item, Points, Questionnaire
from itadomain.surveys.survey import Kind
from itadomain.thai import fold

#: What the codes of the questions that are known begin with, and those of the agency's own ones.
KNOWN = {Kind.OUTSIDERS: "E", Kind.INSIDERS: "I", Kind.VISIT: "V"}
OWN = {Kind.OUTSIDERS: "A", Kind.INSIDERS: "B", Kind.VISIT: "W"}
CODE = re.compile(r"([A-Z])(\d+)")
FIGURE = re.compile(r"\d+(?:\.\d+)?")
MOST = Decimal(100)


def items_of(store: Store, kind: Kind, year: int) -> Sequence[Item]:
    """The questions of a year, what is known first, then the agency's own; each in the order of their numbers."""
    entered = [one for one in store.surveys.items(year) if kind_of(one) is kind]
    items = {one.code: one for one in (*known(kind, year), *entered)}
    return sorted(items.values(), key=lambda one: _place(kind, one.code))


def questionnaire_of(store: Store, kind: Kind, year: int) -> Questionnaire:
    """What a survey asks if it opens now."""
    items = items_of(store, kind, year)
    found = {one.code for one in items}
    absent = tuple(code for code in missing(kind, year) if code not in found)
    return Questionnaire(FiscalYear(year), tuple(items), points_of(store, year), absent)


def kind_of(item: Item) -> Kind:
    """The survey in which a question is asked: its code tells."""
    return next(kind for kind in Kind if item.code[:1] in {KNOWN[kind], OWN[kind]})


def is_own(item: Item) -> bool:
    """Whether the agency added it, so that it is in no official questionnaire."""
    return item.code[:1] in OWN.values()


def next_code(store: Store, kind: Kind, year: int) -> str:
    """The code of one more question of the agency's own."""
    numbers = [_place(kind, one.code)[1] for one in items_of(store, kind, year) if is_own(one)]
    return f"{OWN[kind]}{max(numbers, default=0) + 1}"


def points_of(store: Store, year: int) -> Points:
    """What the steps of each scale are worth; the six steps only where the agency said it."""
    six = store.settings.get(_six(year)).split()
    return {**POINTS, Answering.SIX: tuple(Decimal(one) for one in six)} if six else POINTS


def enter_six(store: Store, year: int, text: str) -> Sequence[Decimal]:
    """Keep what the six steps are worth, from the lowest to the highest: six figures of 0 to 100, none falling."""
    points = tuple(Decimal(one) for one in FIGURE.findall(fold(text)))
    if len(points) != STEPS[Answering.SIX] or points[-1] > MOST or list(points) != sorted(points):
        raise Refusal("survey_items.six_points")
    store.settings.put(_six(year), " ".join(str(one) for one in points))
    return points


def unpriced(questionnaire: Questionnaire) -> Sequence[str]:
    """The codes of questions on the six steps while nobody has said what these are worth."""
    if Answering.SIX in questionnaire.points:
        return []
    return [one.code for one in questionnaire.items if one.answering is Answering.SIX]


def _six(year: int) -> str:
    return f"survey:six:{year}"


def _place(kind: Kind, code: str) -> tuple[int, int]:
    """What is known before the agency's own, then by number."""
    found = CODE.fullmatch(code)
    letters = (KNOWN[kind], OWN[kind])
    return (letters.index(code[:1]) if code[:1] in letters else len(letters), int(found[2]) if found else 0)
