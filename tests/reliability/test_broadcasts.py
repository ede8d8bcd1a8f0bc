"""A broadcast to some thousand people while the workers that send it are killed: by the desk's record, everybody once.

At every point where people are put into requests, a request is made, or is settled; and at random moments, while LINE
misbehaves.
"""

import random
import time
import uuid
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage.lanes import Address
from bot.storage.people import PersonRow
from bot.storage.store import AgencyStore
from bot.storage.tasks import Wanted
from bot.storage.tenancy import AgencySession
from bot.wiring import milliseconds
from itadomain.broadcasts.broadcast import Audience, Broadcast, Content, Reach, Results, Stage
from tests.reliability.deaths import CAST_POINTS, ENDED_BY_ITSELF, Diary
from tests.reliability.installation import SLUG
from tests.reliability.promise import LONG

PEOPLE = 2_000
KILLS_EACH = 2 * LONG
RANDOM_KILLS = 8 * LONG
BUDGET_S = 240 * LONG
MULTICAST = "/message/multicast"
FAULTS = {
    "error500": {}, "rate": {}, "reset": {}, "timeout_before": {"seconds": 0.3}, "timeout_after": {"seconds": 0.3},
}  # fmt: skip

pytestmark = pytest.mark.timeout(2 * BUDGET_S)


@pytest.fixture
def crowd(installation):
    return Crowd(installation)


def test_kills_at_every_point_leave_nobody_out_and_tell_nobody_twice(installation, crowd):
    plan = installation.plan(11, CAST_POINTS, KILLS_EACH)
    with installation.served(plan):
        while not is_carried_out(plan):
            crowd.tell()
            installation.wait(lambda: crowd.is_over() or is_carried_out(plan), BUDGET_S, "sent")
        installation.wait(crowd.is_over, BUDGET_S, "sent to the end")
    print({"engine": installation.engine, "broadcasts": len(crowd.made), "seconds": round(installation.seconds)})
    crowd.heard_all_once()


def test_kills_at_random_moments_amid_faults_of_line(installation, crowd):
    chance, killed = random.Random(12), 0
    with installation.served(installation.plan(12)) as service:
        while killed < RANDOM_KILLS:
            if crowd.is_over():
                crowd.tell()
            if killed % 3 == 0:
                kind = chance.choice(list(FAULTS))
                installation.desk.faults(kind, agency=SLUG, endpoint=MULTICAST, **FAULTS[kind])
            time.sleep(chance.uniform(0.05, 0.5))
            killed += service.send("workers", chance)
        installation.wait(crowd.is_over, BUDGET_S, "sent to the end")
    crowd.heard_all_once()


def is_carried_out(plan):
    noted = Diary(Path(plan.diary)).read()
    assert ENDED_BY_ITSELF not in noted
    return all(noted[point] >= plan.each for point in plan.points)


class Crowd:
    """People of the agency, and what was told to all of them."""

    def __init__(self, installation):
        self.installation = installation
        self.core = installation.core
        self.agency = self.core.channels.by_slug(SLUG).id
        self.people = [f"U{uuid.uuid4().hex}" for _ in range(PEOPLE)]
        self.made = []
        self.core.database.write(self._enrol, of=self.agency)

    def _enrol(self, connection):
        session, ring = AgencySession(connection, self.agency), self.core.ring
        account = self.installation.desk_server.desk.accounts[SLUG]
        for one in self.people:
            number = uuid.uuid4().hex
            sealed = {
                column: ring.seal_text(said, self.agency, "person", column, number)
                for column, said in (("line_user_id", one), ("name", ""))
            }
            session.add(PersonRow(id=number, lookup=ring.lookup(self.agency, one), language="th", posts="[]", **sealed))
            account.meet(one)
        session.flush()

    def tell(self):
        """One more broadcast to everybody, at once."""
        now = datetime.now(UTC)
        content, number = Content(f"ประกาศที่ {len(self.made)}"), uuid.uuid4().hex
        made = Broadcast(number, Audience(Reach.FRIENDS), content, "nobody", now, Stage.SCHEDULED, now, PEOPLE)
        self.made.append(made)
        address, task = Address(self.people[0], "lane of who asks"), Wanted("send_broadcast", {"id": number})

        def write(connection):
            store = self._store(connection)
            store.broadcasts.save(made)
            store.apply(connection)
            put = self.core.queue.tasks.put
            put(connection, self.agency, address.lane, address.to, [task], milliseconds())

        self.core.database.write(write, of=self.agency)
        self.core.door_bell.ring()

    def is_over(self):
        with self.core.database.reading(of=self.agency) as connection:
            store = self._store(connection)
            return all(store.broadcasts.get(one.id).stage is Stage.DONE for one in self.made)

    def heard_all_once(self):
        """By the record, and by what the tables say."""
        sent = [
            one for one in self.installation.record()
            if one["kind"] == "api" and one["path"].endswith(MULTICAST) and one["status"] == 200
        ]  # fmt: skip
        for made in self.made:
            said = f"{made.content.text}\n"
            named = Counter(
                who for one in sent if one["body"]["messages"][0]["text"].startswith(said) for who in one["body"]["to"]
            )
            assert (named.keys() ^ set(self.people), set(named.values())) == (set(), {1})
        with self.core.database.reading(of=self.agency) as connection:
            store = self._store(connection)
            results = [store.broadcasts.results(one.id) for one in self.made]
        assert results == [Results(accepted=PEOPLE)] * len(self.made)

    def _store(self, connection):
        return AgencyStore(connection, self.core.channels.by_id(self.agency), self.core.ring)
