"""The tasks of broadcasts: put people into requests when its time has come, and let its maker hear that it is over."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.ledger import Ledger
from bot.storage.casting import Casting
from bot.storage.store import AgencyStore
from bot.storage.tasks import Errand
from bot.tasks import Later
from itadomain.broadcasts.audiences import members
from itadomain.broadcasts.broadcast import Broadcast, Stage
from itadomain.broadcasts.hours import its_time
from itadomain.broadcasts.sending import must_fit_now
from itadomain.people import Role
from itadomain.refusals import Refusal

Told = Mapping[str, Any]
#: A task's time is kept in milliseconds, and clocks differ.
ABOUT_NOW = timedelta(seconds=1)


class Broadcasting:
    """Sends broadcasts, as far as their requests stand; `posted` is called when some can be sent."""

    def __init__(self, ledger: Ledger, now: Callable[[], datetime], posted: Callable[[], None]) -> None:
        self._ledger = ledger
        self._casting = Casting(ledger.queue, ledger.ring)
        self._now = now
        self._posted = posted

    def send(self, errand: Errand) -> Told | None:
        """Nothing to tell; or why it must not be sent any more. It may be run again, and by several at once."""
        of, broadcast_id = errand.agency_id, str(errand.facts["id"])
        try:
            begun = self._begun(of, broadcast_id)
        except Refusal as refusal:
            self._begin(of, broadcast_id, Stage.CANCELLED)
            return {"refused": refusal.key, "facts": refusal.facts}
        if begun is not None:
            self._begin(of, broadcast_id, Stage.SENDING)
            while self._expand(of, broadcast_id, *begun):
                self._posted()
            self._posted()
        return None

    def over(self, _errand: Errand) -> Told:
        """Nothing but what the task says already: its maker's lane hears of it."""
        return {}

    def _begun(self, of: int, broadcast_id: str) -> tuple[Sequence[str] | None] | None:
        """Whom it goes to, where these are not citizens; None where it is not to be sent. Refusal as for sending."""
        ledger, now = self._ledger, self._now()
        with ledger.database.reading(of=of, across=True) as connection:
            store = AgencyStore(connection, ledger.channels.by_id(of), ledger.ring)
            one = store.broadcasts.get(broadcast_id)
            if one is None or one.stage not in {Stage.SCHEDULED, Stage.SENDING}:
                return None
            if one.stage is Stage.SCHEDULED:
                _must_be_time(one, now)
                must_fit_now(store, one, now.date())
            return (_insiders(store, one, now),)

    def _begin(self, of: int, broadcast_id: str, stage: Stage) -> None:
        begin, now = self._casting.begin, self._ledger.clock()
        self._ledger.database.write(lambda c: begin(c, of, broadcast_id, stage, now), of=of, across=True)

    def _expand(self, of: int, broadcast_id: str, insiders: Sequence[str] | None) -> bool:
        expand, now = self._casting.expand, self._ledger.clock()
        return self._ledger.database.write(lambda c: expand(c, of, broadcast_id, insiders, now), of=of, across=True)


def _must_be_time(one: Broadcast, now: datetime) -> None:
    """Later for one that was put off since, or was missed by day and would be heard at night."""
    ahead = its_time(one, now) - now
    if ahead > ABOUT_NOW:
        raise Later("not yet", pause_ms=int(ahead / timedelta(milliseconds=1)))


def _insiders(store: AgencyStore, one: Broadcast, now: datetime) -> Sequence[str] | None:
    """The ids of those who hear it and work for the agency; None for citizens, who are read a part at a time."""
    if one.trial:
        people = store.people.with_role(Role.ADMIN, now.date())
    elif one.audience.citizens:
        return None
    else:
        people = members(store, one.audience, now.date())
    return [person.id for person in people if not person.away]
