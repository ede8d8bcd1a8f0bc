"""LINE misbehaves in every way that the desk knows, mixed by chance, while people write on.

Nothing is lost, nothing is said twice, everything comes in order. An answer may be missing only where a call about it
met a fault: a reply of unknown outcome whose token has died meanwhile, or a push over the monthly limit.
"""

import random
import time
from collections import Counter

import pytest

from tests.reliability.installation import SLUG
from tests.reliability.promise import LONG, is_safe

SEEDS = range(6, 6 + 2 * LONG)
BUDGET_S = 240
REPLY, PUSH = "/message/reply", "/message/push"
#: How the desk is asked for each kind of trouble, other than its name.
SIMPLE = {
    "error500": {}, "rate": {}, "reset": {}, "twice": {}, "reorder": {}, "timeout_before": {"seconds": 0.3},
    "timeout_after": {"seconds": 0.3}, "slow": {"seconds": 0.3}, "month": {"endpoint": PUSH},
}  # fmt: skip
#: Longer than the product waits for LINE (10 s): the call is given up, and arrives afterwards.
SLOWEST_S = 11.0
CONFLICT = 409
MOST_AT_ONCE = 4
#: About as long as the product waits before its second attempt.
PAUSE_S = 1.0

pytestmark = pytest.mark.timeout(2 * BUDGET_S)


@pytest.mark.parametrize("seed", SEEDS)
def test_mixed_faults_of_line(installation, close_books, seed):
    chance = random.Random(seed)
    with installation.served(installation.plan(seed)), installation.talk(seed):
        installation.desk.faults("slow", seconds=SLOWEST_S)
        make_trouble(installation, chance)
        installation.wait(lambda: installation.seconds > SLOWEST_S, BUDGET_S, "the slowest call is over")
    books = close_books(met(installation), BUDGET_S)
    is_safe(books)
    assert set(books.trouble) == {*SIMPLE, "expire_tokens", "409"}


def make_trouble(installation, chance):
    """Each kind twice, in an order by chance; and tokens that die until pushes met what only pushes can."""
    kinds = list(SIMPLE) * 2
    chance.shuffle(kinds)
    for kind in kinds:
        installation.wait(lambda: planned(installation.desk) < MOST_AT_ONCE, BUDGET_S, "planned trouble met")
        installation.desk.faults(kind, agency=SLUG, **SIMPLE[kind])
    while installation.seconds < BUDGET_S / 2 and not {"409", "month"} <= met(installation).keys():
        let_tokens_die(installation)


def let_tokens_die(installation):
    """While replies are on their way. A push that follows is told nothing, so it comes again, after a pause."""
    desk = installation.desk
    desk.faults("timeout_after", agency=SLUG, endpoint=PUSH, seconds=0.1)
    desk.faults("slow", 2, agency=SLUG, endpoint=REPLY, seconds=0.3)
    time.sleep(0.2)
    desk.faults("expire_tokens", agency=SLUG)
    time.sleep(PAUSE_S)


def planned(desk):
    """How much trouble waits for its occasion; what only a push can meet may wait long."""
    return sum(fault["endpoint"] != PUSH for fault in desk._get("/sim/faults")["faults"])


def met(installation):
    """What trouble there was, by the desk's record."""
    entries = installation.record()
    calls = [entry for entry in entries if entry["kind"] == "api"]
    met = Counter(entry["fault"] for entry in calls if entry["fault"])
    met["409"] = sum(entry["status"] == CONFLICT for entry in calls)
    asked = [entry["asked"] for entry in entries if entry["kind"] == "control" and entry["what"] == "fault"]
    met.update(one["kind"] for one in asked if one["kind"] in {"twice", "reorder", "expire_tokens"})
    return +met
