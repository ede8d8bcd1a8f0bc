"""Agencies with an administrator each, and clocks that run jobs for them, for the tests of the clock."""

import json
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from bot import enrol
from bot.letters import Letters
from bot.schedule import Schedule
from bot.texts import Texts
from handlers.kit import At, Job, Notice, say
from itadomain.people import Role

BANGKOK = ZoneInfo("Asia/Bangkok")
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=BANGKOK)
AT = At(8, 30, weekday=0)
LOOK, LONGEST_PAUSE = 20_000, 450_000


def tell_admins(tick):
    return [Notice(admin, say("help.cancelled")) for admin in tick.store.people.with_role(Role.ADMIN, tick.today)]


def user(number):
    return f"U{number:032}"


class Town:
    """Agencies with one administrator each, and clocks that run jobs for them."""

    def __init__(self, house):
        self.house = house
        self.posted = []
        self._users = count(1)

    def add(self, slug):
        agency = self.house.add_agency(slug)
        self.admit(slug, Role.ADMIN)
        return agency

    def admit(self, slug, role):
        """Enrol one more person; gives how LINE calls them."""
        line_user_id = user(next(self._users))
        enrol.add_member(self.house.core, enrol.NewMember(slug, line_user_id, "สมหญิง", [role]))
        return line_user_id

    def clock(self, run=tell_admins, at=AT, *more):
        jobs = [Job("trial.tell", at, run), *more]
        letters = Letters(Texts(), self.house.core.channels)
        return Schedule(self.house.ledger, jobs, letters, BANGKOK, lambda: self.posted.append(True))

    def letters(self):
        """Agency, lane, and what lies sealed in each message of the outbox, in order."""
        ring, found = self.house.core.ring, []
        for agency, lane, key, body in self.house.rows(
            "SELECT agency_id, lane, retry_key, body FROM outbox ORDER BY id"
        ):
            found.append((agency, lane, json.loads(ring.open_text(body, agency, "outbox", "body", key))))
        return found

    def told(self):
        """Whose people were told something, once for each notice."""
        return sorted(agency for agency, _, _ in self.letters())

    def ticks(self):
        return self.house.rows("SELECT agency_id, job, slot FROM tick ORDER BY agency_id, slot")
