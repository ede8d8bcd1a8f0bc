"""A talk on a store that agencies have, where a turn sees what it did itself only once it is over."""

import itertools

from bot.storage.store import AgencyStore
from tests.talk import Reading, Talk

BITES = "หมากัดคน หมู่ 2"
numbers = itertools.count(100)


class RealTalk(Talk):
    """A talk of which each turn is read from a snapshot and kept at its end."""

    def __init__(self, house, agency, who):
        self.house, self.agency = house, agency
        self.keeps(lambda store: store.people.meet(f"U{who.id}", who))
        self.keeps(lambda store: super(RealTalk, self).__init__(store, user=f"U{who.id}"))
        self._understanding.told[BITES] = Reading("file_complaint", {"category": "animals"}, 0.9)

    def keeps(self, work):
        core = self.house.core
        with core.database.reading(of=self.agency) as connection:
            self.store = AgencyStore(connection, core.channels.by_id(self.agency), core.ring)
            done = work(self.store)
        core.database.write(self.store.apply, of=self.agency)
        return done

    def sends(self, event):
        return self.keeps(lambda _store: super(RealTalk, self).sends(event))

    def photo(self, **more):
        return self.sends({"type": "message", "message": {"type": "image", "id": str(next(numbers)), **more}})
