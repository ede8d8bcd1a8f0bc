"""Each job runs once for each agency and time, however many watch the clock; what it says commits with the run."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import enrol, schedule
from bot.letters import Letters
from bot.schedule import Schedule
from bot.storage.agencies import Agency
from bot.storage.queue import lane_of
from bot.storage.store import AgencyStore
from bot.texts import Texts
from handlers.kit import SILENCE, At, Job, Notice, Task, say
from itadomain.people import Role
from tests.fakes import an_office

ROOT = Path(__file__).resolve().parents[2]
BANGKOK = ZoneInfo("Asia/Bangkok")
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=BANGKOK)
WEEK = timedelta(days=7)
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


@pytest.fixture
def town(house):
    return Town(house)


def test_what_a_job_lets_be_done_is_done_for_whoever_it_is_about_and_said_to_nobody(town):
    def work(tick):
        admins = tick.store.people.with_role(Role.ADMIN, tick.today)
        return [Notice(admin, SILENCE.doing(Task("trial.do", {"n": 1}))) for admin in admins]

    agency = town.add("north")
    (ran,) = town.clock(work).tick(MONDAY)
    assert (ran.notices, town.letters()) == (0, [])
    house = town.house
    errand = house.core.database.write(lambda c: house.core.queue.tasks.claim(c, "t", house.clock(), 1000), across=True)
    assert (errand.agency_id, errand.name, errand.to, errand.facts) == (agency, "trial.do", user(1), {"n": 1})


# ── once


def test_a_job_runs_once_for_each_agency_and_time_however_often_one_looks(town):
    agencies = [town.add("north"), town.add("south")]
    clock = town.clock()
    (ran,) = clock.tick(MONDAY)
    assert (ran.job, ran.slot, ran.agencies, ran.notices) == ("trial.tell", "2026-11-23T08:30+07:00", 2, 2)
    assert list(clock.tick(MONDAY)) == list(clock.tick(MONDAY + WEEK - timedelta(minutes=1))) == []
    assert town.told() == agencies
    assert town.posted == [True]


def test_another_clock_finds_nothing_left_to_do(town):
    agency = town.add("north")
    town.clock().tick(MONDAY)
    assert list(town.clock().tick(MONDAY)) == []
    assert town.told() == [agency]


def test_the_next_time_it_runs_again(town):
    agency, clock = town.add("north"), town.clock()
    for week in range(3):
        assert [ran.agencies for ran in clock.tick(MONDAY + week * WEEK)] == [1]
    assert town.told() == [agency] * 3


def test_after_three_weeks_away_only_the_newest_time_is_caught_up(town):
    agency = town.add("north")
    town.clock().tick(MONDAY)
    (ran,) = town.clock().tick(MONDAY + 4 * WEEK + timedelta(days=2))
    assert ran.slot == "2026-12-21T08:30+07:00"
    assert [slot for _, _, slot in town.ticks()] == ["2026-11-23T08:30+07:00", "2026-12-21T08:30+07:00"]
    assert town.told() == [agency] * 2


def test_the_time_is_told_in_the_agencies_zone_whatever_zone_is_asked_in(town):
    """Monday 01.29 and 01.30 in London is 08.29 and 08.30 in Bangkok."""
    town.add("north")
    clock, utc = town.clock(), MONDAY.astimezone(UTC)
    assert [ran.slot for ran in clock.tick(utc - timedelta(minutes=1))] == ["2026-11-16T08:30+07:00"]
    assert [ran.slot for ran in clock.tick(utc)] == ["2026-11-23T08:30+07:00"]


def test_the_day_of_a_job_is_the_day_it_was_due(town):
    town.add("north")
    days = []

    def note(tick):
        days.append(tick.today)
        return []

    town.clock(note).tick(MONDAY + timedelta(days=3))
    assert days == [MONDAY.date()]


def test_a_look_goes_by_the_clock_of_the_service(town):
    town.add("north")
    town.house.clock.now = int(MONDAY.timestamp() * 1000)
    assert [ran.slot for ran in town.clock().look(threading.Event())] == ["2026-11-23T08:30+07:00"]


def test_a_daily_and_a_weekly_job_do_not_know_of_each_other(town):
    agency = town.add("north")
    daily = Job("trial.daily", At(7), tell_admins)
    clock = town.clock(tell_admins, AT, daily)
    for day in range(8):
        clock.tick(MONDAY + timedelta(days=day))
    assert town.told() == [agency] * (8 + 2)


def test_an_agency_that_is_added_later_is_told_after_a_new_start_else_the_next_time(town):
    """A clock that is through with a time does not look again."""
    town.add("north")
    clock = town.clock()
    clock.tick(MONDAY)
    late = town.add("south")
    assert list(clock.tick(MONDAY)) == []
    assert [ran.agencies for ran in town.clock().tick(MONDAY)] == [1]
    assert town.told().count(late) == 1


def test_more_agencies_than_one_look_takes_are_all_told(town):
    core, many = town.house.core, schedule.AGENCIES_A_LOOK + 5

    def add(connection):
        for number in range(many):
            core.agencies.save(connection, Agency(0, f"a{number:03}", an_office(), "secret", "token"))

    core.database.write(add, across=True)
    seen = []

    def note(_tick):
        seen.append(True)
        return []

    (ran,) = town.clock(note).tick(MONDAY)
    assert ran.agencies == len(seen) == len(town.ticks()) == many


def test_whoever_is_told_to_stop_leaves_the_agencies_that_are_left_to_the_next_look(town):
    """With thousands of them a look takes longer than the stop of a service may."""
    agencies, stop = [town.add(f"a{number}") for number in range(5)], threading.Event()
    town.house.clock.now = int(MONDAY.timestamp() * 1000)

    def run(tick):
        if len(town.told()) == 2:
            stop.set()
        return tell_admins(tick)

    clock = town.clock(run, AT, Job("trial.other", AT, run))
    assert [(ran.job, ran.agencies, ran.notices) for ran in clock.look(stop)] == [("trial.tell", 3, 3)]
    assert (town.told(), town.posted) == (agencies[:3], [True])
    assert [(ran.job, ran.agencies) for ran in clock.look(threading.Event())] == [("trial.tell", 2), ("trial.other", 5)]


# ── by many at once


def test_four_threads_at_once_tell_everyone_once(town):
    agencies = [town.add(f"a{number}") for number in range(12)]
    clocks = [town.clock() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        ran = list(pool.map(lambda clock: clock.tick(MONDAY), clocks))
    assert town.told() == agencies
    assert sum(one.agencies for looked in ran for one in looked) == len(agencies)
    assert sum(one.notices for looked in ran for one in looked) == len(agencies)


def test_one_clock_looked_at_by_four_threads_tells_everyone_once(town):
    agencies, clock = [town.add(f"a{number}") for number in range(12)], town.clock()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: clock.tick(MONDAY), range(4)))
    assert town.told() == agencies


CLOCK = """
import os, signal, sys
from datetime import datetime
from bot.settings import Settings
from bot.wiring import Core
from tests.storage.test_clock_runs_once import MONDAY, AT, BANGKOK, tell_admins
from bot.letters import Letters
from bot.schedule import Schedule
from bot.texts import Texts
from handlers.kit import Job

core, ran = Core(Settings.read()), []

def run(tick):
    ran.append(True)
    if len(ran) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return tell_admins(tick)

clock = Schedule(core.ledger, [Job("trial.tell", AT, run)], Letters(Texts(), core.channels), BANGKOK, lambda: None)
print("ready", flush=True)
sys.stdin.readline()
clock.tick(MONDAY)
core.database.close()
"""


def processes(house, how_many, die_at=0):
    """Clocks of processes of their own, which begin together; gives their exit statuses."""
    settings = house.core.settings
    environment = {
        "ITABOT_VAR": str(settings.var), "ITABOT_KEYS": ",".join(settings.keys), "DATABASE_URL": settings.database_url,
    }  # fmt: skip
    command = [sys.executable, "-c", CLOCK, str(die_at)]
    begun = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(how_many)
    ]
    assert [child.stdout.readline() for child in begun] == ["ready\n"] * how_many
    for child in begun:
        child.stdin.write("\n")
        child.stdin.flush()
    for child in begun:
        child.communicate(timeout=60)
    return [child.returncode for child in begun]


def test_four_processes_at_once_tell_everyone_once(town):
    agencies = [town.add(f"a{number:02}") for number in range(40)]
    assert processes(town.house, 4) == [0] * 4
    assert town.told() == agencies


def test_a_process_that_is_killed_in_the_middle_leaves_the_rest_to_the_next_and_none_is_told_twice(town):
    agencies = [town.add(f"a{number:02}") for number in range(50)]
    assert processes(town.house, 1, die_at=21) == [-9]
    assert town.told() == agencies[:20]
    (ran,) = town.clock().tick(MONDAY)
    assert ran.agencies == 30
    assert town.told() == agencies


# ── together with what it writes and says


def test_a_job_that_fails_for_one_agency_leaves_nothing_there_and_the_others_go_on(town, caplog):
    north, south, east = (town.add(slug) for slug in ("north", "south", "east"))
    failing = [south]

    def run(tick):
        (admin,) = tick.store.people.with_role(Role.ADMIN, tick.today)
        tick.store.people.save(admin.speaking("en"))
        if tick.store.office.name.th == "หน่วยงาน south" and failing:
            raise OSError("ถ้อยคำลับ")
        return tell_admins(tick)

    clock = town.clock(run)
    (ran,) = clock.tick(MONDAY)
    assert (ran.agencies, town.told()) == (2, [north, east])
    spoken = dict(town.house.rows("SELECT agency_id, language FROM person"))
    assert spoken == {north: "en", south: "th", east: "en"}
    assert "trial.tell failed: OSError" in caplog.text
    assert "ถ้อยคำลับ" not in caplog.text
    failing.clear()
    town.house.clock.pass_ms(LONGEST_PAUSE)
    (ran,) = clock.tick(MONDAY)
    assert ran.agencies == 1
    assert town.told() == [north, south, east]
    assert list(clock.tick(MONDAY)) == []


def test_a_job_that_fails_is_left_alone_for_longer_each_time_and_the_other_agencies_need_not_wait(town):
    """A fault that stays is met about a dozen times an hour, not 180 times."""
    town.add("north")
    tried, failing = [], [True]

    def run(tick):
        if tick.store.office.name.th == "หน่วยงาน north":
            tried.append(town.house.clock())
            if failing:
                raise LookupError
        return []

    clock = town.clock(run)
    clock.tick(MONDAY)
    south = town.add("south")
    for _ in range(180):
        town.house.clock.pass_ms(LOOK)
        clock.tick(MONDAY)
        assert [agency for agency, _, _ in town.ticks()] == [south]
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert pauses[:4] == [LOOK] * 4
    assert all(LONGEST_PAUSE / 3 <= pause < LONGEST_PAUSE + LOOK for pause in pauses[9:])
    failing.clear()
    town.house.clock.pass_ms(LONGEST_PAUSE)
    assert [ran.agencies for ran in clock.tick(MONDAY)] == [1]


def test_another_job_of_the_agency_need_not_wait_for_the_one_that_fails(town):
    town.add("north")

    def fail(_tick):
        raise LookupError

    clock = town.clock(fail, AT, Job("trial.other", AT, tell_admins))
    assert [ran.job for ran in clock.tick(MONDAY)] == ["trial.other"]


def test_an_agency_whose_secret_does_not_open_holds_up_no_other(town):
    agencies = [town.add("north"), town.add("south")]
    town.house.change("UPDATE agency SET channel_secret = 'v1.x.y.z' WHERE slug = 'north'")
    town.house.core.channels._known.clear()
    (ran,) = town.clock().tick(MONDAY)
    assert ran.agencies == 1
    assert town.told() == agencies[1:]


def test_what_a_job_says_is_not_kept_where_what_it_writes_cannot_be(town):
    """The person was met by somebody else meanwhile: the run is taken back as a whole, and made at the next look."""
    agency = town.add("north")
    newcomer = user(777)

    def run(tick):
        if not tick.store.people.by_line_id(newcomer, tick.today):
            tick.store.people.meet(newcomer)
            if not town.house.rows("SELECT 1 FROM person WHERE posts = '[]'"):
                meet_elsewhere(town.house, agency, newcomer)
        return tell_admins(tick)

    clock = town.clock(run)
    assert list(clock.tick(MONDAY)) == []
    assert (town.told(), town.ticks()) == ([], [])
    town.house.clock.pass_ms(LONGEST_PAUSE)
    assert [ran.agencies for ran in clock.tick(MONDAY)] == [1]
    assert town.told() == [agency]


def meet_elsewhere(house, agency_id, line_user_id):
    core = house.core

    def write(connection):
        store = AgencyStore(connection, core.channels.by_id(agency_id), core.ring)
        store.people.meet(line_user_id)
        store.apply(connection)

    core.database.write(write, of=agency_id)


def test_whoever_runs_what_another_has_just_run_keeps_nothing(town):
    """The other committed between our look and our commit: it counts once."""
    agency = town.add("north")

    def run(tick):
        town.clock().tick(MONDAY)
        return tell_admins(tick)

    assert list(town.clock(run).tick(MONDAY)) == []
    assert town.told() == [agency]
    town.house.ledger.counts.keep()
    assert town.house.rows("SELECT name, outcome, count FROM tally") == [("job", "done", 1)]


def test_runs_are_counted_by_how_they_ended(town):
    town.add("north")
    town.add("south")

    def run(tick):
        if tick.store.office.name.th == "หน่วยงาน south":
            raise LookupError
        return tell_admins(tick)

    clock = town.clock(run)
    for _ in range(3):
        clock.tick(MONDAY)
        town.house.clock.pass_ms(LONGEST_PAUSE)
    town.house.ledger.counts.keep()
    assert sorted(town.house.rows("SELECT name, outcome, count FROM tally")) == [
        ("job", "done", 1),
        ("job", "failed", 3),
    ]


# ── to whom, and how


def test_notices_go_to_the_right_person_in_the_order_and_the_language_they_were_said(town):
    north, south = town.add("north"), town.add("south")
    other = town.admit("north", Role.ADMIN)
    core = town.house.core
    town.house.change("UPDATE person SET language = 'en' WHERE agency_id = :agency", agency=south)

    def run(tick):
        admins = tick.store.people.with_role(Role.ADMIN, tick.today)
        return [Notice(who, say("allowance.short", left=n, most=300)) for n in range(3) for who in admins]

    town.clock(run).tick(MONDAY)
    heard = {}
    for agency, lane, inside in town.letters():
        assert lane == lane_of(core.ring, agency, inside["to"])  # where the answers to this person wait too
        heard.setdefault((agency, inside["to"], inside["language"]), []).append(inside["messages"][0]["text"])
    assert set(heard) == {(north, user(1), "th"), (north, other, "th"), (south, user(2), "en")}
    for (_, _, language), said in heard.items():
        begins = "เดือนนี้เหลือข้อความแจ้งเตือนอีก {}" if language == "th" else "{} of 300 notices are left"
        assert [text.startswith(begins.format(n)) for n, text in enumerate(said)] == [True] * 3


def test_a_notice_has_no_token_so_it_is_pushed(town):
    town.add("north")
    town.clock().tick(MONDAY)
    ((_, _, inside),) = town.letters()
    assert inside["reply_token"] == ""
    assert town.house.queue("claim_letter", "s", town.house.clock(), 30_000).outgoing.to == user(1)
