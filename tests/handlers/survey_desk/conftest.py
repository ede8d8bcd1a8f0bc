"""An agency whose account has a name, with an administrator, a secretary, a head, an executive and staff."""

import pytest

from itadomain.allowance import Allowance
from itadomain.broadcasts.broadcast import Reachable
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.handlers.plans import an_agency_at_work, enrol
from tests.talk import Talk

#: 11.46 of this day in the zone of a talk.
DAYTIME = 1_795_175_200_000


@pytest.fixture
def store():
    store = an_agency_at_work()
    store.settings.put("account", "@bangsommut")
    store.known_allowance = Allowance(300, 42)
    enrol(store, "a1", Role.ADMIN, name="อารี")
    enrol(store, "a2", Role.ADMIN)
    enrol(store, "k1", unit="u1")
    enrol(store, "h2", Role.HEAD, unit="u2")
    enrol(store, "s2", unit="u2")
    enrol(store, "x1", Role.EXECUTIVE)
    store.broadcasts.counts = lambda _: Reachable(20)
    return store


@pytest.fixture
def talks(store):
    """Lets somebody of the agency talk, at eleven o'clock; a citizen where nobody is named."""

    def begin(key="", *, today=TODAY):
        talk = Talk(store, None if key else a_person(key="c1"), today=today, user=f"U{key}")
        talk.now = DAYTIME + (today - TODAY).days * 86_400_000
        return talk

    return begin


@pytest.fixture
def admin(talks):
    return talks("a1")


@pytest.fixture
def tap():
    """Taps what stands under a reply, by the label that is read there."""

    def go(talk, reply, label):
        found = [one for one in reply.taps if talk.voice(one.label) == label]
        assert found, f"{label} is not among {talk.offered(reply)}"
        return talk.taps(found[0])

    return go
