"""What happens with surveys by itself: answers leave the box, rounds end, and what need not be kept goes.

         (06.20, 12.20, 18.20 and 22.20: at each service point where five or more lie in the box, all become sums;
         a round whose last day is over is closed, and what is left of it is settled; the one after a visit begins anew
         once a quarter)
         (02.10: what was begun a week ago and not sent goes; of a round that closed 90 days ago, who was asked)
bot      (says nothing: whoever looks at the results next finds them grown)

Answers never leave the box in the commit of whoever answers: they leave at these hours of every day.
"""

from collections.abc import Sequence

from handlers.kit import At, Feature, Notice, Tick
from itadomain.people import INSIDERS
from itadomain.surveys import upkeep

feature = Feature("survey_clock", roles=INSIDERS)


@feature.every(At(6, 20), At(12, 20), At(18, 20), At(22, 20))
def settle(tick: Tick) -> Sequence[Notice]:
    upkeep.settle(tick.store, tick.today)
    return []


@feature.every(At(2, 10))
def forget(tick: Tick) -> Sequence[Notice]:
    upkeep.forget(tick.store, tick.today)
    return []
