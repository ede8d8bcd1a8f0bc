"""An agency with two receivers of disclosures on a real database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.storage.store import AgencyStore
from itadomain.integrity.disclosure import Draft, Identity, Part, Way
from itadomain.people import Person, Post, Role

TODAY = date(2026, 11, 20)
RECEIVERS = ("r1", "r2")
TOLD = {Part.WHAT: "รับซองจากผู้รับเหมาที่ร้านลาบ"}


@dataclass
class Telling:
    """One agency's steps, by the keys of the house or of another core on its database."""

    house: Any
    slug: str = "north"
    id: int = field(init=False)

    def __post_init__(self):
        self.id = self.house.add_agency(self.slug)
        for no, person_id in enumerate(RECEIVERS):
            self.step(lambda s, no=no, one=person_id: s.people.meet(f"U{no:032}", receiver(one)))

    def store(self, connection, core=None):
        core = core or self.house.core
        return AgencyStore(connection, core.channels.by_id(self.id), core.ring)

    def step(self, work, core=None):
        core = core or self.house.core
        with core.database.reading(of=self.id) as connection:
            store = self.store(connection, core)
            done = work(store)
        core.database.write(store.apply, of=self.id)
        return done

    def tell(self, way=Way.WEB, core=None, **identity):
        """Leave one in the box; gives its code."""
        code = self.step(lambda s: s.disclosures.new_code(), core)
        draft = Draft(way, TOLD, identity=Identity(**identity))
        self.step(lambda s: s.disclosures.put_in(draft, code, RECEIVERS), core)
        return code

    def told(self, **named):
        """One that is delivered; gives its id and its code."""
        code = self.tell(**named)
        return self.step(lambda s: s.disclosures.deliver(TODAY))[0].id, code


def receiver(person_id):
    return Person(person_id, f"ผู้รับเรื่อง {person_id}", posts=(Post(Role.INTEGRITY, ""),))
