"""Each job runs once for each agency and time, however many watch the clock."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from pathlib import Path

from bot import schedule
from bot.storage.agencies import Agency
from handlers.kit import At, Job
from tests.fakes import an_office
from tests.storage.town import AT, LONGEST_PAUSE, MONDAY, tell_admins

ROOT = Path(__file__).resolve().parents[2]
WEEK = timedelta(days=7)


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
from tests.storage.town import MONDAY, AT, BANGKOK, tell_admins
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
        child.communicate(timeout=200)  # four starts share the machine
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
