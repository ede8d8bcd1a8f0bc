"""Kill -9 at every point where a stop could tear apart what belongs together, and at random moments.

Every webhook that was answered 200 takes effect once and is answered once, in the order of the person's messages.
"""

import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.storage.queue import State
from tests.reliability.deaths import ENDED_BY_ITSELF, TASK_POINTS, WEB_POINTS, WORKER_POINTS, Diary
from tests.reliability.promise import LONG, is_kept

KILLS_EACH = 10 * LONG
STALLS_EACH = 3 * LONG
TASKS_EACH = 3 * LONG
RANDOM_KILLS = 50 * LONG
BUDGET_S = 240 * LONG

pytestmark = pytest.mark.timeout(2 * BUDGET_S)


def test_kills_at_every_point(installation, close_books):
    plan = installation.plan(1, (*WEB_POINTS, *WORKER_POINTS), KILLS_EACH)
    with installation.served(plan), installation.talk(seed=1):
        installation.wait(lambda: is_carried_out(plan), BUDGET_S, "all killed")
    books = close_books(installation.diary.read(), BUDGET_S)
    is_kept(books)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP][: 1 + (LONG > 1)], ids=lambda how: how.name)
def test_tasks_come_to_one_result_each(installation, close_books, how):
    """Each message asks for a task; whatever ends in between, each task is heard of once."""
    plan = installation.plan(4, TASK_POINTS, TASKS_EACH, how)
    with installation.served(plan), installation.talk(seed=4):
        installation.wait(lambda: is_carried_out(plan), BUDGET_S, "all stopped")
    is_kept(close_books(installation.diary.read(), BUDGET_S))
    asked_for = Counter(row.said for row in installation.rows("SELECT said FROM effect"))
    assert Counter(row.said for row in installation.rows("SELECT said FROM came")) == asked_for
    assert {row.state for row in installation.rows("SELECT DISTINCT state FROM task")} == {State.DONE}


def test_standing_still_for_longer_than_a_lease(installation, close_books):
    """Whoever wakes up too late finds that another has the lane: what it has in hand is neither kept nor said."""
    plan = installation.plan(2, WORKER_POINTS, STALLS_EACH, signal.SIGSTOP)
    with installation.served(plan), installation.talk(seed=2):
        installation.wait(lambda: is_carried_out(plan), BUDGET_S, "all stopped")
    books = close_books(installation.diary.read(), BUDGET_S)
    is_kept(books)


def is_carried_out(plan):
    noted = Diary(Path(plan.diary)).read()
    assert ENDED_BY_ITSELF not in noted
    return all(noted[point] >= plan.each for point in plan.points)


def test_kills_at_random_moments(installation, close_books):
    chance = random.Random(3)
    with installation.served(installation.plan(3)) as service, installation.talk(seed=3):
        killed = kill_at_random(service, chance)
    books = close_books(killed, BUDGET_S)
    is_kept(books)


def kill_at_random(service, chance):
    """One after the other; each twentieth time a whole family, as when a machine's memory is full."""
    killed = Counter()
    while killed.total() < RANDOM_KILLS:
        time.sleep(chance.uniform(0.05, 0.5))
        name = chance.choice(("web", "workers"))
        if killed.total() % 20 == 19:
            service.kill_all(name)
            killed[f"{name} with parent"] += 1
        elif service.send(name, chance):
            killed[name] += 1
    return killed
