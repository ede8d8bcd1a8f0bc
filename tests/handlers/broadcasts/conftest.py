"""An agency with people of every kind, messages left, and friends who would hear a broadcast."""

import pytest

from itadomain.allowance import Allowance
from itadomain.broadcasts.broadcast import Reach, Reachable
from itadomain.organisation import Committee, Seat
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.handlers.plans import an_agency_at_work, enrol
from tests.talk import Talk

#: 11.46 of this day in the zone of a talk.
DAYTIME = 1_795_175_200_000
NIGHT = 1_795_215_600_000
REACHES = {Reach.FRIENDS: Reachable(120, 4, 2), Reach.VILLAGE: Reachable(30, 1)}


@pytest.fixture
def agency():
    store = an_agency_at_work()
    store.settings.put("villages", "5")
    store.known_allowance = Allowance(300, 42)
    enrol(store, "a1", Role.ADMIN)
    enrol(store, "a2", Role.ADMIN)
    enrol(store, "h2", Role.HEAD, unit="u2")
    enrol(store, "s2", unit="u2")
    enrol(store, "s1", unit="u1")
    enrol(store, "x1", Role.EXECUTIVE)
    store.committees.save(Committee("c1", "คณะทำงาน ITA", (Seat("s1"), Seat("h2"))))
    store.broadcasts.counts = lambda audience: REACHES.get(audience.reach, Reachable(5))
    return store


@pytest.fixture
def talks(agency):
    """Lets somebody of the agency talk, at eleven o'clock; a citizen where nobody is named."""

    def begin(key: str = "", *, now: int = DAYTIME, language: str = "th") -> Talk:
        talk = Talk(agency, None if key else a_person(key="c1"), today=TODAY, user=f"U{key}")
        talk.now, talk.language = now, language
        return talk

    return begin


@pytest.fixture
def admin(talks):
    return talks("a1")


@pytest.fixture
def second(talks):
    return talks("a2")


@pytest.fixture
def compose():
    """Says for whom and what, and looks at how it will be."""

    def go(talk: Talk, reach: str = "friends", of: str = "", text: str = "พรุ่งนี้น้ำประปาหยุดไหล"):
        talk.taps("broadcast.start")
        talk.answers(reach)
        if of:
            talk.answers(of)
        talk.says(text)
        return talk.answers("preview")

    return go
