"""Whatever a tap carries, on the stores that agencies have: there is an answer, and no turn fails."""

import itertools

import pytest

from handlers import FEATURES
from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from tests.storage.real_talk import RealTalk

EVERYTHING = Person("all", "สมปอง ดูแล", posts=tuple(Post(role, "u1") for role in Role))
STARTED = {one.name: [entry.name for entry in one.steps.values() if entry.starts] for one in FEATURES.features}
#: What taps carry, so many together that it still is a tap.
CARRIED = (
    ("id", "page", "year", "what"), ("no", "side", "way", "case"),
    ("measure", "count", "percent", "size"), ("indicator", "years", "part", "ticket"),
)  # fmt: skip
#: More than any column holds, less than none, and no number at all.
FORGED = (str(10**25), str(-(10**25)), "?")
ANSWERED = ("page:" + "9" * 30, "page:999", "9" * 30, "-1", "?", "yes")


@pytest.fixture
def everything(house):
    talk = RealTalk(house, house.add_agency("north"), EVERYTHING)
    talk.keeps(lambda store: store.units.save(Unit("u1", "สำนักปลัด", secretariat=True)))
    return talk


@pytest.mark.parametrize("feature", STARTED)
def test_a_step_is_begun_with_anything(everything, feature):
    for step, names, forged in itertools.product(STARTED[feature], CARRIED, FORGED):
        everything.taps(step, **dict.fromkeys(names, forged))
        asked = everything.asked_by
        for said in ANSWERED if asked else ():
            everything.forges(at=asked, a=said)
