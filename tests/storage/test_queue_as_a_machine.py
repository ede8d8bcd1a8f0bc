"""Whatever happens in whatever order: no event is lost, none is done twice, a lane's events are done in order."""

import itertools

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from bot import enrol
from bot.storage.queue import Arrival, LeaseLost, State

LEASE = 1000
LANES, OWNERS = ("x", "y", "z"), ("a", "b", "c")


class QueueMachine(RuleBasedStateMachine):
    """The queue beside a model of it: what waits, what is held by whom until when, what is done."""

    def __init__(self, core):
        super().__init__()
        self.core = core
        self.now = 1_000_000
        self.numbers = itertools.count()
        self.waiting = {}  # event id -> (lane, happened at, place of arrival)
        self.held = {}  # owner -> (event, leased until)
        self.done = []
        self.effects = []

    @initialize()
    def open_agency(self):
        enrol.add_agency(self.core, enrol.NewAgency("north", "เหนือ", "secret"))
        self.agency = self.core.channels.by_slug("north").id

    def teardown(self):
        try:
            self.now += 10 * LEASE
            while self.claim_and_check("z"):
                self.finish("z")
            assert not self.waiting
            assert len(self.done) == len(set(self.done))
            assert self.act(self.count_done) == len(self.done)
        finally:
            self.core.database.close()

    @staticmethod
    def count_done(connection):
        return connection.exec_driver_sql("SELECT COUNT(*) FROM inbox WHERE state = 1 AND body IS NULL").scalar()

    @rule(lane=st.sampled_from(LANES), happened=st.integers(0, 5))
    def arrive(self, lane, happened):
        number = next(self.numbers)
        self.waiting[f"e{number}"] = (lane, happened, number)
        assert self.put(f"e{number}", lane, happened) == 1

    @precondition(lambda self: self.waiting or self.done)
    @rule(data=st.data())
    def arrive_again(self, data):
        known = data.draw(st.sampled_from(sorted({*self.waiting, *self.done})))
        lane, happened, _ = self.waiting.get(known, ("x", 0, 0))
        assert self.put(known, lane, happened) == 0

    def put(self, name, lane, happened):
        arrival = Arrival(name, lane, happened, b"{}")
        return self.act(lambda c: self.core.queue.put(c, self.agency, [arrival], self.now))

    def act(self, work):
        return self.core.database.write(work, across=True)

    @rule(owner=st.sampled_from(OWNERS))
    def claim(self, owner):
        if owner not in self.held:
            self.claim_and_check(owner)

    def claim_and_check(self, owner):
        event = self.act(lambda c: self.core.queue.claim_event(c, owner, self.now, LEASE))
        if event is None:
            return False
        lane, *place = self.waiting[event.event_id]
        assert event.lane == lane
        assert place == min(where[1:] for where in map(list, self.waiting.values()) if where[0] == lane)
        assert all(held.lane != lane or until < self.now for held, until in self.held.values())
        self.held[owner] = (event, self.now + LEASE)
        return True

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def finish_one(self, data):
        self.finish(data.draw(st.sampled_from(sorted(self.held))))

    def finish(self, owner):
        """Finishing succeeds for the one who leased the lane last; for anyone later it is refused and writes nothing."""
        event, _ = self.held.pop(owner)
        mine = self.owner_of(event.lane) == owner and event.event_id in self.waiting

        def write(connection):
            self.core.queue.finish_event(connection, event, owner, self.now, State.DONE)
            self.effects.append(event.event_id)

        try:
            self.act(write)
        except LeaseLost:
            assert not mine
        else:
            assert mine
            self.done.append(event.event_id)
            del self.waiting[event.event_id]

    @precondition(lambda self: self.held)
    @rule(data=st.data(), pause=st.integers(0, 3 * LEASE))
    def try_later(self, data, pause):
        owner = data.draw(st.sampled_from(sorted(self.held)))
        event, _ = self.held.pop(owner)
        mine = self.owner_of(event.lane) == owner
        try:
            self.act(lambda c: self.core.queue.retry_event(c, event, owner, self.now + pause))
        except LeaseLost:
            assert not mine
        else:
            assert mine

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def crash(self, data):
        del self.held[data.draw(st.sampled_from(sorted(self.held)))]

    @rule(span=st.sampled_from([1, LEASE // 2, LEASE, LEASE + 1]))
    def time_passes(self, span):
        self.now += span

    def owner_of(self, lane):
        with self.core.database.reading(across=True) as connection:
            return connection.execute(text("SELECT owner FROM lane WHERE lane = :lane"), {"lane": lane}).scalar()

    @invariant()
    def nothing_is_done_twice(self):
        assert self.effects == self.done


def test_no_event_is_lost_doubled_or_out_of_order(new_core, tmp_path_factory):
    limits = settings(
        max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: QueueMachine(new_core(tmp_path_factory.mktemp("queue"))), settings=limits)
