"""Whatever happens in whatever order to a broadcast, within a day nobody hears it twice, and everybody is accounted for.

Workers die before and after LINE has heard them, LINE answers everything that it can answer, a person stops it and lets
it go on.
"""

import random

import pytest

from bot.line.client import Outcome
from itadomain.broadcasts.broadcast import Stage
from tests.storage.caster import ADMIN
from tests.storage.desk import LEASE

PEOPLE, STEPS = 67, 60
MINUTE = 60_000


pytestmark = pytest.mark.usefixtures("small_requests")


class Line:
    """Knows its retry keys, and who heard what; answers by chance."""

    def __init__(self, chance):
        self.chance = chance
        self.keys = set()
        self.heard = []
        self.refused = set()

    def quota(self, _agency):
        return None

    def multicast(self, _agency, to, _messages, key):
        if key in self.keys:
            return self.chance.choice([Outcome.ACCEPTED, Outcome.UNKNOWN])
        outcome = self.chance.choice([*Outcome, Outcome.ACCEPTED, Outcome.ACCEPTED])
        arrives = outcome is Outcome.ACCEPTED or (outcome is Outcome.UNKNOWN and self.chance.random() < 0.5)
        if outcome in {Outcome.REFUSED, Outcome.TOKEN_GONE}:
            self.refused |= set(to)
        if arrives:
            self.keys.add(key)
            self.heard += to
        return outcome


class Machine:
    """One broadcast and what may happen to it."""

    def __init__(self, caster, seed):
        self.chance = random.Random(seed)
        self.caster = caster
        self.people = [*caster.people(PEOPLE), ADMIN]
        self.line = caster.lines = Line(self.chance)
        self.loops = [caster.sender(), caster.sender()]
        self.one = caster.make()

    def do(self):
        self.caster.do()

    def begin_and_die(self):
        """The process that makes requests ends after a chunk."""
        self.caster.casting._begin(self.caster.agency, self.one, Stage.SENDING)
        self.caster.casting._expand(self.caster.agency, self.one, None)

    def send(self):
        loop = self.chance.choice(self.loops)
        letter = loop.claim("s")
        if letter is not None:
            loop.work(letter, "s")

    def die_before(self):
        self.loops[0].claim("dies")

    def die_after(self):
        letter = self.loops[0].claim("dies")
        if letter is not None:
            self.loops[0]._attempt(letter, "dies")

    def stop(self):
        if self.caster.get(self.one).stage is Stage.SENDING:
            self.caster.stop(self.one)

    def again(self):
        found = self.caster.get(self.one)
        if found.stage in {Stage.STOPPED, Stage.DONE} and self.caster.results(self.one).failed_requests:
            self.caster.again(self.one)
            self.caster.ask_for(self.one)

    def wait(self):
        self.caster.later(self.chance.choice([100, 1000, MINUTE, LEASE + 1]))

    def go_to_the_end(self):
        """All troubles are over."""
        self.line.chance = random.Random()
        self.line.chance.choice = lambda _outcomes: Outcome.ACCEPTED
        for _ in range(200):
            self.again()
            self.caster.do()
            self.send()
            self.caster.later(LEASE + 1)
            came = self.caster.results(self.one)
            if self.caster.get(self.one).stage is Stage.DONE and not came.failed_requests:
                return
        raise AssertionError(self.caster.get(self.one), came)


@pytest.mark.parametrize("seed", range(12))
def test_nobody_hears_it_twice_and_everybody_is_accounted_for(caster, seed):
    machine = Machine(caster, seed)
    acts = [
        machine.do, machine.begin_and_die, machine.die_before, machine.die_after, machine.stop, machine.again,
        *[machine.send] * 6, *[machine.wait] * 4,
    ]  # fmt: skip
    for _ in range(STEPS):
        machine.chance.choice(acts)()
        came = caster.results(machine.one)
        if caster.get(machine.one).stage in {Stage.SENDING, Stage.STOPPED, Stage.DONE}:
            total = came.accepted + came.refused + came.unsent + came.waiting
            assert total == PEOPLE + 1, came
        assert len(machine.line.heard) == len(set(machine.line.heard))
    machine.go_to_the_end()
    heard, came = set(machine.line.heard), caster.results(machine.one)
    assert len(machine.line.heard) == len(heard)
    assert heard | machine.line.refused == set(machine.people)
    assert (came.accepted, came.refused) == (len(heard), PEOPLE + 1 - len(heard))
