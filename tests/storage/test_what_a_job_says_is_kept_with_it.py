"""What a job says commits with what it writes, to the right people; a job that fails holds up no other."""

from itertools import pairwise

from bot.storage.queue import lane_of
from bot.storage.store import AgencyStore
from handlers.kit import SILENCE, Job, Notice, Task, say
from itadomain.people import Role
from tests.storage.town import AT, LONGEST_PAUSE, LOOK, MONDAY, tell_admins, user


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


def test_a_job_that_somebody_else_was_faster_than_runs_again_at_the_next_look(town, caplog):
    """What it read is not what is written over; nothing failed, and nobody is told twice."""
    agency, first = town.add("north"), []

    def run(tick):
        (admin,) = tick.store.people.with_role(Role.ADMIN, tick.today)
        tick.store.people.save(admin.speaking("en"))
        if not first:
            first.append(True)
            town.house.change("UPDATE person SET version = version + 1")
        return tell_admins(tick)

    clock = town.clock(run)
    assert list(clock.tick(MONDAY)) == []
    assert (town.told(), town.ticks(), caplog.text) == ([], [], "")
    assert [ran.notices for ran in clock.tick(MONDAY)] == [1]
    assert town.told() == [agency]
