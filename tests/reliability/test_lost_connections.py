"""PostgreSQL's connections end in the middle of the work: by the server's own hand, or cut on the way."""

import random
import time
from collections import Counter
from contextlib import closing

import pytest

from tests import postgres
from tests.reliability.promise import LONG, is_kept
from tests.reliability.proxy import KINDS, Proxy

ENDED = 30 * LONG
CUT_EACH = 8 * LONG  # amid a message, before a COMMIT, after a COMMIT
BUDGET_S = 240 * LONG
END_ONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = %s AND usename = 'itabot' ORDER BY random() LIMIT 1"""

pytestmark = [pytest.mark.timeout(2 * BUDGET_S), pytest.mark.parametrize("engine", ["postgresql"])]


def test_connections_that_the_server_ends(installation, close_books):
    database, chance = installation.database_url.rsplit("/", 1)[1], random.Random(4)
    ended = Counter()
    with installation.served(installation.plan(4)), installation.talk(seed=4), postgres.cluster().admin() as admin:
        while ended.total() < ENDED:
            time.sleep(chance.uniform(0.1, 0.5))
            ended["connections"] += len(admin.execute(END_ONE, [database]).fetchall())
    books = close_books(ended, BUDGET_S)
    is_kept(books)


@pytest.fixture
def proxy():
    with closing(Proxy(postgres.cluster().port)) as made:
        yield made


def test_connections_cut_on_the_way(installation, proxy, close_books):
    chance = random.Random(5)
    way = installation.database_url.replace(f":{postgres.cluster().port}/", f":{proxy.port}/")
    wished = list(KINDS) * CUT_EACH
    chance.shuffle(wished)
    with installation.served(installation.plan(5), way), installation.talk(seed=5):
        for kind in wished:
            time.sleep(chance.uniform(0.1, 0.5))
            proxy.cut(kind)
        installation.wait(lambda: proxy.cuts.total() == len(wished), BUDGET_S, "every cut made")
    books = close_books(proxy.cuts, BUDGET_S)
    is_kept(books)
