"""An agency that tells many people something: the tasks and the sender of broadcasts by the test's clock."""

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime

from bot import enrol
from bot.broadcasting import Broadcasting
from bot.casts import CastLoop
from bot.letters import Letters
from bot.quota import QuotaWatch
from bot.sender import Manners
from bot.storage.people import PersonRow
from bot.storage.queue import Rate, State
from bot.storage.store import AgencyStore
from bot.storage.tenancy import AgencySession
from bot.tasks import TaskLoop
from bot.texts import Texts
from itadomain.broadcasts.broadcast import Audience, Broadcast, Content, Reach, Stage
from itadomain.people import Role
from tests.storage.desk import FRESH, LEASE, MANY, ScriptedLines

TEXTS = Texts()
ADMIN = "U" + "a" * 32
RATE = Rate(calls=10, burst=3)


class Caster:
    """Makes broadcasts, runs their tasks, sends their requests."""

    def __init__(self, house):
        self.house = house
        self.lines = ScriptedLines()
        self.posted = []
        self.agency = house.add_agency("north")
        self.admin = enrol.add_member(house.core, enrol.NewMember("north", ADMIN, "สมหญิง", [Role.ADMIN]))
        self.casting = Broadcasting(house.ledger, self.now, lambda: self.posted.append(True))
        acts = {"send_broadcast": self.casting.send, "broadcast_over": self.casting.over}
        self.tasks = TaskLoop(house.ledger, acts, LEASE, 3, lambda: None)
        self.loop = self.sender()

    def sender(self):
        quotas = QuotaWatch(self.house.ledger, self.lines)
        letters = Letters(TEXTS, self.house.core.channels)
        return CastLoop(self.house.ledger, self.lines, letters, Manners(LEASE, FRESH, RATE), quotas)

    def now(self):
        return datetime.fromtimestamp(self.house.clock() / 1000, UTC)

    def people(self, count, **wishes):
        """Citizens who wrote once; gives how LINE calls them."""
        ring, agency, made = self.house.core.ring, self.agency, []

        def write(connection):
            session = AgencySession(connection, agency)
            for _ in range(count):
                line_user_id, number = f"U{uuid.uuid4().hex}", uuid.uuid4().hex
                made.append(line_user_id)
                sealed = {
                    "line_user_id": ring.seal_text(line_user_id, agency, "person", "line_user_id", number),
                    "name": ring.seal_text("", agency, "person", "name", number),
                }
                lookup = ring.lookup(agency, line_user_id)
                session.add(PersonRow(id=number, lookup=lookup, language="th", posts="[]", **sealed, **wishes))
            session.flush()

        self.house.core.database.write(write, of=agency)
        return made

    def step(self, work):
        """One step's work on the store; gives what it gave."""
        core = self.house.core
        with core.database.reading(of=self.agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(self.agency), core.ring)
            result = work(store)
        core.database.write(store.apply, of=self.agency)
        return result

    def make(self, reach=Reach.FRIENDS, of="", at=None, **more):
        """A broadcast that waits for its time, with its task."""
        maker = self.step(lambda store: store.people.by_line_id(ADMIN, self.now().date())).id
        told = {"stage": Stage.SCHEDULED, "send_at": at or self.now(), "told": 10**6, **more}
        one = Broadcast(uuid.uuid4().hex, Audience(reach, of), Content("น้ำไม่ไหลวันนี้"), maker, self.now(), **told)
        self.step(lambda store: store.broadcasts.save(one))
        self.ask_for(one.id, at)
        return one.id

    def ask_for(self, broadcast_id, at=None):
        put = self.house.core.queue.tasks.put
        tasks = [("send_broadcast", {"id": broadcast_id}, int(at.timestamp() * 1000) if at else 0)]
        now = self.house.clock()
        self.house.core.database.write(
            lambda c: put(c, self.agency, "lane of admin", ADMIN, tasks, now), of=self.agency
        )

    def do(self):
        """Do all tasks that are ready."""
        while errand := self.tasks.claim("t"):
            self.tasks.work(errand, "t")

    def send(self, *outcomes):
        """Make one request; False where none may be made now."""
        self.lines.outcomes = list(outcomes)
        letter = self.loop.claim("s")
        if letter is not None:
            self.loop.work(letter, "s")
        return letter is not None

    def send_all(self):
        while self.send():
            pass

    def get(self, broadcast_id):
        return self.step(lambda store: store.broadcasts.get(broadcast_id))

    def results(self, broadcast_id):
        return self.step(lambda store: store.broadcasts.results(broadcast_id))

    def stop(self, broadcast_id):
        """As a person does it."""

        def work(store):
            store.broadcasts.save(replace(store.broadcasts.get(broadcast_id), stage=Stage.STOPPED))
            store.broadcasts.stop(broadcast_id)

        self.step(work)

    def again(self, broadcast_id):
        self.step(lambda store: store.broadcasts.again(broadcast_id, self.now()))

    @property
    def told(self):
        """How LINE calls those who were named in requests, in order."""
        return [one for _, _, to, _, _ in self.lines.calls for one in to]

    def heard(self):
        """The results of tasks that wait in the lane of whoever asked."""
        ring, found = self.house.core.ring, []
        for event_id, body in self.house.rows("SELECT event_id, body FROM inbox ORDER BY id"):
            opened = ring.open(body, self.agency, "inbox", "body", event_id)
            found.append(json.loads(opened)["task"])
        return found

    def states(self):
        return [State(state) for (state,) in self.house.rows("SELECT state FROM outbox ORDER BY id")]

    def later(self, ms=MANY):
        self.house.clock.pass_ms(ms)
