"""What may still be pushed this month: as LINE counted last, with what was pushed since and what waits to be."""

import threading
from datetime import date, datetime, timedelta, timezone

import pytest

from bot.letters import Letters
from bot.line.account import Quota
from bot.line.client import Outcome
from bot.quota import KEPT_MS, QuotaWatch
from bot.sender import Manners, SendLoop
from bot.storage.broadcast_rows import RequestRow, RequestState
from bot.storage.queue import Outgoing
from bot.storage.quotas import SETTLES_MS
from bot.storage.store import AgencyStore
from bot.storage.tenancy import AgencySession
from handlers.kit import Notice, say
from itadomain.allowance import Allowance
from itadomain.people import Role
from tests.fakes import a_person
from tests.storage.desk import FRESH, LEASE, RATE, TEXTS, ScriptedLines

BANGKOK = timezone(timedelta(hours=7))
HOUR_MS, DAY_MS = 60 * 60 * 1000, 24 * 60 * 60 * 1000


class Month:
    """An agency whose account may push 300 messages a month, and its sender."""

    def __init__(self, house):
        self.house, self.lines = house, ScriptedLines()
        self.agency = house.add_agency("north")
        self.lines.known_quota = Quota(limit=300, used=0)
        self.watch = self.fresh()
        letters = Letters(TEXTS, house.core.channels)
        self.loop = SendLoop(house.ledger, self.lines, letters, Manners(LEASE, FRESH, RATE), self.watch)

    def fresh(self):
        """As in a worker that has just started."""
        return QuotaWatch(self.house.ledger, self.lines, BANGKOK)

    def at(self, day, hour=9, minute=0):
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BANGKOK)
        self.house.clock.now = int(moment.timestamp() * 1000)

    def post(self, token="", *, needed=False, to_citizen=False, lane="x"):
        letter = Outgoing(
            "U1", [{"type": "text", "text": "ค่ะ"}], token, self.house.clock(), needed, to_citizen=to_citizen
        )
        self.house.queue("post", self.agency, lane, [letter], self.house.clock())

    def send(self, *outcomes):
        self.lines.outcomes = list(outcomes)
        letter = self.loop.claim("a")
        if letter:
            self.loop.work(letter, "a")

    def look(self, watch=None):
        before = self.lines.asked_for_quota
        (watch or self.watch).look(threading.Event())
        return self.lines.asked_for_quota - before

    def requests(self, nth, people, state):
        """Keep the `nth` request of a broadcast."""

        def write(connection):
            with AgencySession(connection, self.agency) as session:
                session.add(RequestRow(broadcast_id="b", nth=nth, people=people, state=state))
                session.flush()

        self.house.core.database.write(write, of=self.agency)

    def allowance(self, day=None):
        core = self.house.core
        today = day or datetime.fromtimestamp(self.house.clock() / 1000, BANGKOK).date()
        with core.database.reading(of=self.agency) as connection:
            return AgencyStore(connection, core.channels.by_id(self.agency), core.ring).allowance(today)


TUESDAY = date(2026, 11, 24)


@pytest.fixture
def month(house):
    one = Month(house)
    one.at(TUESDAY)
    return one


def test_nothing_is_known_before_line_was_asked(month):
    assert month.allowance() is None
    month.post()
    month.lines.known_quota = None
    month.send()
    assert month.allowance() is None


def test_what_was_pushed_since_is_counted_and_replies_are_not(month):
    month.lines.known_quota = Quota(limit=300, used=40)
    month.look()
    for _ in range(3):
        month.post()
        month.send()
    month.post("token")
    month.send()
    assert month.allowance() == Allowance(300, 43)
    assert month.lines.ways == ["push", "push", "push", "reply"]


def test_what_waits_to_be_pushed_is_used_and_what_can_be_replied_is_not(month):
    month.look()
    for lane in "abc":
        month.post(lane=lane)
    month.post("token", lane="d")
    assert month.allowance() == Allowance(300, 3)


def test_a_request_of_a_broadcast_that_waits_is_as_many_as_it_has_people(month):
    month.look()
    for nth, (people, state) in enumerate(((500, "waiting"), (20, "waiting"), (9, "accepted"))):
        if state == "waiting":
            month.post(lane=f"cast{nth}")
        month.requests(nth, people, RequestState(state))
    assert month.allowance() == Allowance(300, 520)


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.TOO_FAST, Outcome.UNREACHED, Outcome.NO_ACCESS])
def test_what_line_did_not_take_is_not_counted_as_pushed(month, outcome):
    month.look()
    month.post()
    month.send(outcome)
    assert month.house.value("SELECT pushed FROM quota") == 0


def test_a_push_of_unknown_outcome_that_arrived_is_counted_once(month):
    month.look()
    month.post()
    month.send(Outcome.UNKNOWN)
    month.house.clock.pass_ms(HOUR_MS)
    month.send(Outcome.ACCEPTED)
    assert month.house.value("SELECT used + pushed FROM quota") == 1
    assert month.allowance() == Allowance(300, 1)


def test_a_count_of_lines_that_lags_does_not_give_messages_back(month):
    month.lines.known_quota = Quota(limit=300, used=10)
    month.look()
    for _ in range(3):
        month.post()
        month.send()
    month.watch = month.fresh()
    month.watch.pushed(month.agency)  # LINE still says 10
    assert month.allowance() == Allowance(300, 13)
    month.lines.known_quota = Quota(limit=300, used=50)  # somebody sent from the account's own page
    month.house.clock.pass_ms(KEPT_MS // 2)
    month.fresh().pushed(month.agency)
    assert month.allowance() == Allowance(300, 50)


def test_once_it_has_settled_lines_own_count_stands(month):
    """It does not count who blocked the account."""
    month.lines.known_quota = Quota(limit=300, used=10)
    month.look()
    month.post()
    month.send()
    month.house.clock.pass_ms(SETTLES_MS)
    month.fresh().pushed(month.agency)
    assert month.allowance() == Allowance(300, 10)


def test_what_citizens_were_told_of_their_cases_is_counted_apart(month):
    month.look()
    month.post(to_citizen=True)
    month.send()
    month.post("token", needed=True)
    month.house.clock.pass_ms(FRESH)  # the token is gone: what somebody cannot do without is pushed
    month.send()
    month.post()
    month.send()
    assert month.allowance() == Allowance(300, 3, for_cases=2)
    month.house.clock.pass_ms(DAY_MS)
    month.lines.known_quota = Quota(limit=300, used=4)
    assert month.look() == 1
    assert month.allowance() == Allowance(300, 4, for_cases=2)  # of the whole month, however often LINE is asked


def test_a_new_month_begins_with_nothing_used_by_the_agencys_own_midnight(month):
    month.look()
    month.post(to_citizen=True)
    month.send()
    first = date(2026, 12, 1)
    month.at(first, 0, 10)  # in UTC it is November still
    assert month.allowance() is None
    month.look()
    assert month.allowance() == Allowance(300, 0, for_cases=0)
    month.post()
    month.send()  # LINE is asked after it, and counts it not yet
    assert month.allowance() == Allowance(300, 1)
    month.lines.known_quota = Quota(limit=300, used=2)
    month.house.clock.pass_ms(2 * HOUR_MS)
    month.fresh().pushed(month.agency)
    assert month.allowance() == Allowance(300, 2)


def test_what_is_pushed_in_a_new_month_before_line_was_asked_is_not_lost(month):
    month.look()
    month.at(date(2026, 12, 1), 0, 10)
    month.lines.known_quota = None
    for _ in range(2):
        month.post()
        month.send()
    assert month.allowance() is None
    month.lines.known_quota = Quota(limit=300, used=0)
    month.look()
    assert month.allowance() == Allowance(300, 2)


def test_line_is_asked_each_morning_before_the_reminders_and_when_a_month_begins(month):
    assert month.look() == 1
    asked, moment = [], datetime(2026, 11, 29, 10, tzinfo=BANGKOK)
    month.at(moment.date(), 10)
    month.look()
    while moment < datetime(2026, 12, 3, tzinfo=BANGKOK):
        moment += timedelta(minutes=10)
        month.house.clock.pass_ms(10 * 60 * 1000)
        if month.look():
            asked.append(f"{moment:%d %H.%M}")
    assert asked == ["30 06.00", "01 00.00", "01 06.00", "02 06.00"]


def test_it_is_asked_once_however_many_workers_look(month):
    assert [month.look(month.fresh()) for _ in range(3)] == [1, 0, 0]


def test_what_line_does_not_tell_stays_as_it_was_and_is_asked_again(month):
    month.look()
    month.house.clock.pass_ms(DAY_MS)
    month.lines.known_quota = None
    assert [month.look(), month.look()] == [1, 1]
    assert month.allowance() == Allowance(300, 0)


def test_one_agency_does_not_hold_up_the_others_and_a_stop_is_heard(month):
    month.house.add_agency("south")

    def breaks(_agency):
        month.lines.asked_for_quota += 1
        raise ValueError

    month.lines.quota = breaks
    assert month.look() == 2
    stop = threading.Event()
    stop.set()
    month.watch.look(stop)
    assert month.lines.asked_for_quota == 2


def test_a_clock_that_was_set_back_does_not_stop_it(month):
    month.look()
    month.house.clock.pass_ms(-2 * DAY_MS)
    assert month.look() == 1


def test_a_notice_to_a_citizen_is_known_as_such(month):
    core, roles = month.house.core, {"1": (), "2": (Role.STAFF,)}

    def step(work):
        with core.database.reading(of=month.agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(month.agency), core.ring)
            found = work(store)
        core.database.write(store.apply, of=month.agency)
        return found

    people = [step(lambda s, n=n: s.people.meet("U" + n * 32, a_person(*roles[n], key=f"p{n}"))) for n in roles]
    notices = [Notice(one, say("allowance.unknown")) for one in people]
    letters = Letters(TEXTS, core.channels)
    told = step(lambda s: letters.notices(month.agency, s.people, notices))
    assert [letter.for_a_case for _, letter in told] == [True, False]
