"""How far the whole can be off where people who skip questions answer otherwise than people who skip none."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from statistics import fmean

import pytest

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Confidence
from itadomain.surveys.known import known
from itadomain.surveys.questionnaire import STEPS, Questionnaire
from itadomain.surveys.results import view
from itadomain.surveys.scoring import counted, counting, merged
from itadomain.surveys.survey import Ballot, Kind

ASKED = Questionnaire(
    FiscalYear(2564), [replace(one, confidence=Confidence.HIGH) for one in known(Kind.OUTSIDERS, 2564)]
)
#: Groups as (share, how often the best is answered in a bad and in a good mood, how often a question is skipped).
SKIPPING_BY_CHANCE = ((1, 0.7, 0.95, 0.03),)
A_FIFTH_LESS_CONTENT = ((0.8, 0.85, 0.97, 0), (0.2, 0.5, 0.8, 0.3))
TWO_FIFTHS_FAR_LESS = ((0.6, 0.99, 0.99, 0), (0.4, 0.4, 0.4, 0.3))
ROUNDS = 80


@pytest.mark.parametrize("groups", [SKIPPING_BY_CHANCE, A_FIFTH_LESS_CONTENT, TWO_FIFTHS_FAR_LESS])
def test_it_still_covers_the_truth(groups):
    truth, chance, caught = the_truth(groups), Random(str(groups)), 0
    for _ in range(ROUNDS):
        told = view(ASKED, merged(*(counted(ASKED, a_ballot(groups, chance)) for _ in range(50))), 50).whole
        caught += told.low <= truth <= told.high
    assert caught / ROUNDS >= 0.88


def a_ballot(groups, chance):
    """One person's: each is in one mood for all questions."""
    (_, bad, good, skipped), steps = chance.choices(groups, [share for share, *_ in groups])[0], {}
    often = chance.choice((bad, good))
    for slot in ASKED.slots:
        most = STEPS[slot.item.answering] - 1
        step = most if chance.random() < often else chance.randrange(most)
        if chance.random() >= skipped:
            steps[slot.code] = most - step if slot.reversed else step
    return Ballot("s", answers=steps)


def the_truth(groups):
    """What everybody who answers a question would come to, by hand; questions and indicators weigh alike."""
    items = {}
    for slot in ASKED.slots:
        *others, best = sorted(ASKED.points[slot.item.answering])
        points = [
            (share * (1 - skipped), (bad + good) / 2 * float(best) + (1 - (bad + good) / 2) * fmean(map(float, others)))
            for share, bad, good, skipped in groups
        ]
        worth = sum(weight * one for weight, one in points) / sum(weight for weight, _ in points)
        items.setdefault(slot.item.code, []).append(worth)
    means = [fmean(fmean(items[one.code]) for one in those) for those in counting(ASKED).values()]
    return Decimal(fmean(means))
