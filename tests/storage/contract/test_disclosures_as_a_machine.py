"""Whatever is told, added, shared and disposed of in whatever order: a database says what the store in memory says."""

import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.wiring import Core
from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import Disclosure, Draft, More, Part, State, Way
from tests.fakes import MemoryStore
from tests.storage.conftest import House
from tests.storage.contract.conftest import InDatabase, InMemory
from tests.storage.contract.disclosing import PHOTO, TODAY, receiver

READERS = ("r1", "r2", "r3")
WHO = st.sampled_from(READERS)
SOME = st.sets(WHO, min_size=1)


class Disclosing(RuleBasedStateMachine):
    """The same acts on both; ids differ, so each is known by its code."""

    codes = Bundle("codes")
    make_core = None

    @initialize()
    def two_stores(self):
        self.core = self.make_core()
        house = House(self.core)
        self.memory, self.database = InMemory(MemoryStore()), InDatabase(house, house.add_agency("north"))
        for store in self.stores:
            assert [receiver(store, number) for number in (1, 2, 3)] == list(READERS)
        self.today = TODAY
        self.ids = {}  # by code: the id here and there

    @property
    def stores(self):
        return self.memory, self.database

    def both(self, work):
        """What both say of the same act, which must be the same."""
        here, there = (_outcome(store, work) for store in self.stores)
        assert here == there
        return here

    def each(self, work, code):
        """The same with the id that a code's disclosure has in each."""
        outcomes = [
            _outcome(store, lambda s, of=of: work(s, of))
            for store, of in zip(self.stores, self.ids.get(code, ("d0", "d0")), strict=True)
        ]
        outcomes = [replace(one, id="") if isinstance(one, Disclosure) else one for one in outcomes]
        assert outcomes[0] == outcomes[1]
        return outcomes[0]

    @rule(target=codes, readers=SOME, words=st.sampled_from(["ก", "รับซอง\nสองครั้ง"]), way=st.sampled_from(list(Way)))
    def tell(self, readers, words, way):
        code = self.database.step(lambda s: s.disclosures.new_code())
        self.both(lambda s: s.disclosures.put_in(Draft(way, {Part.WHAT: words}), code, sorted(readers)))
        return code

    @rule(target=codes)
    def a_code_that_nobody_has(self):
        return self.database.step(lambda s: s.disclosures.new_code())

    @rule(code=codes, readers=SOME)
    def tell_again(self, code, readers):
        if self.both(lambda s: s.disclosures.by_code(code) is not None):
            self.both(lambda s: s.disclosures.put_in(Draft(Way.WEB, {Part.WHAT: "อีกครั้ง"}), code, sorted(readers)))

    @rule(code=codes, words=st.sampled_from(["", "มีอีก"]), reopens=st.booleans())
    def add(self, code, words, reopens):
        self.both(lambda s: s.disclosures.put_more(code, More(words, None if words else PHOTO, reopens)))

    @rule(days=st.integers(0, 2))
    def round(self, days):
        self.today += timedelta(days=days)
        today = self.today
        arrived = [store.step(lambda s: s.disclosures.deliver(today)) for store in self.stores]
        told = [
            sorted((one.standing.way, one.standing.state, sorted(one.readers), one.new, one.reopens) for one in each)
            for each in arrived
        ]
        assert told[0] == told[1]
        self.ids = self._ids()

    def _ids(self):
        here = dict(self.memory.store.disclosures.codes)
        there = {
            code: self.database.step(lambda s, code=code: s.disclosures.by_code(code).id) for code in here
        }  # fmt: skip
        return {code: (here[code], there[code]) for code in here}

    @rule(code=codes, who=WHO, state=st.sampled_from(list(State)), voice=st.sampled_from([Voice.AGENCY, Voice.NOTE]))
    def work(self, code, who, state, voice):
        day = self.today

        def act(store, of):
            found = store.disclosures.get(of, who)
            if found:
                over = day if state is State.CLOSED else None
                said = found.saying(Line(voice, who, day, "คำ")).standing_at(state=state, due=day, over_on=over)
                store.disclosures.save(said, who)

        self.each(act, code)

    @rule(code=codes, by=WHO, to=WHO)
    def share(self, code, by, to):
        if code in self.ids:
            self.each(lambda s, of: s.disclosures.share(of, by, to), code)

    @rule(code=codes, who=WHO)
    def give_back(self, code, who):
        if code in self.ids:
            self.each(lambda s, of: s.disclosures.give_back(of, who), code)

    @rule(code=codes)
    def dispose(self, code):
        if code in self.ids:
            self.each(lambda s, of: s.disclosures.dispose(of), code)

    @rule(code=codes, who=WHO)
    def look(self, code, who):
        self.each(lambda s, of: s.disclosures.get(of, who), code)
        self.each(lambda s, _: s.disclosures.by_code(code), code)

    @invariant()
    def both_count_the_same(self):
        if not hasattr(self, "ids"):
            return

        def counted(store):
            return sorted(map(str, store.disclosures.counted(date.min, date.max)))

        def still_open(store):
            return sorted((str(one), sorted(who)) for _, one, who in store.disclosures.open())

        def readable(store):
            return [len(store.disclosures.readable(who)) for who in READERS]

        for look in (counted, still_open, readable):
            self.both(look)

    def teardown(self):
        if hasattr(self, "core"):
            self.core.database.close()


def _outcome(store, work):
    try:
        return store.step(work)
    except LookupError:
        return LookupError


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_database_says_what_the_store_in_memory_says(template, engine, tmp_path):
    source, key = template

    def make_core() -> Core:
        from tests.storage.conftest import make_core as core_of

        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        shutil.copy(source / "itabot.db", folder / "itabot.db")
        return core_of(folder, key)

    machine = type("Machine", (Disclosing,), {"make_core": staticmethod(make_core)})
    few = settings(max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=few)
