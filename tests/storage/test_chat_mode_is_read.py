"""Whether staff read an account's chat is read from LINE when a worker starts and daily, and kept for the turns."""

import threading

import pytest

from bot.chat_mode import DAY_MS, HOUR_MS, ChatModes
from bot.line.account import Bot
from bot.line.client import Outcome
from bot.storage.store import AgencyStore

MINUTE_MS = 60 * 1000


class Accounts:
    """LINE, as far as it tells of accounts."""

    def __init__(self, **modes):
        self.modes = modes
        self.asked = []

    def bot(self, agency):
        self.asked.append(agency.slug)
        told = self.modes[agency.slug]
        if isinstance(told, Exception):
            raise told
        return told if isinstance(told, Outcome) else Bot("U1", told)


class Watch:
    """A worker that looks, on two agencies."""

    def __init__(self, house):
        self.house = house
        self.ids = [house.add_agency(slug) for slug in ("north", "south")]
        self.accounts = Accounts(north="chat", south="bot")
        self.modes = self.fresh()

    def fresh(self):
        """As a worker that has just started."""
        return ChatModes(self.house.ledger, self.accounts)

    def look(self, modes=None):
        before = len(self.accounts.asked)
        (modes or self.modes).look(threading.Event())
        return self.accounts.asked[before:]

    def kept(self):
        ledger = self.house.ledger
        told = []
        for one in self.ids:
            with ledger.database.reading(of=one) as connection:
                store = AgencyStore(connection, ledger.channels.by_id(one), ledger.ring)
                told.append(store.settings.get("line.chat_mode"))
        return told


@pytest.fixture
def watch(house):
    return Watch(house)


def test_at_the_start_every_account_is_read_and_each_agency_keeps_its_own(watch):
    assert watch.look() == ["north", "south"]
    assert watch.kept() == ["chat", "bot"]


def test_it_is_read_again_after_a_day_and_not_before(watch):
    watch.look()
    watch.accounts.modes["north"] = "bot"
    watch.house.clock.pass_ms(DAY_MS - MINUTE_MS)
    assert watch.look() == []
    watch.house.clock.pass_ms(MINUTE_MS)
    assert watch.look() == ["north", "south"]
    assert watch.kept() == ["bot", "bot"]


def test_however_many_workers_start_it_is_read_once_an_hour(watch):
    watch.look()
    watch.house.clock.pass_ms(HOUR_MS - MINUTE_MS)
    assert watch.look(watch.fresh()) == []
    watch.house.clock.pass_ms(MINUTE_MS)
    assert watch.look(watch.fresh()) == ["north", "south"]


def test_what_line_does_not_tell_stays_as_it_was_and_is_asked_again(watch):
    watch.look()
    watch.house.clock.pass_ms(DAY_MS)
    watch.accounts.modes["north"] = Outcome.UNKNOWN
    watch.look()
    assert watch.kept() == ["chat", "bot"]
    assert watch.look() == ["north"]


def test_one_agency_does_not_hold_up_the_others(watch):
    watch.accounts.modes["north"] = RuntimeError("odd")
    watch.look()
    assert watch.kept() == ["", "bot"]


def test_a_clock_that_was_set_back_does_not_stop_it(watch):
    watch.look()
    watch.house.clock.pass_ms(-HOUR_MS)
    assert watch.look() == ["north", "south"]


def test_a_worker_that_is_stopped_reads_no_more(watch):
    stop = threading.Event()
    stop.set()
    watch.modes.look(stop)
    assert watch.accounts.asked == []
