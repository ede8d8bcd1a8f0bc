"""What takes longer than a turn: made in its commit, done outside, and heard of once in the person's own lane."""

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import enrol, housekeeping
from bot.leases import LONGEST_MS, LONGEST_TASK_MS, Leases
from bot.letters import Letters
from bot.storage import dead
from bot.storage.queue import State, lane_of
from bot.storage.retention import DAY_MS
from bot.tasks import Later, TaskLoop
from bot.texts import Texts
from bot.turns import Turns
from bot.worker import Patience, TurnLoop
from handlers.common import help as help_feature
from handlers.kit import SILENCE, Feature, Features, Task, ask, say
from itadomain.people import Role
from tests.storage import command_line
from tests.storage.by_heart import ByHeart

LEASE, MOST = 30_000, 3
TEXTS = Texts()
USER, OTHER = "U" + "1" * 32, "U" + "2" * 32
SECRET = "กล่องสีม่วงใต้สะพาน"


@dataclass
class Works:
    """A worker with a feature that asks for a task, and a task that does what the test says."""

    house: Any
    agency: int = 0
    done: list = field(default_factory=list)
    heard: list = field(default_factory=list)
    does: Any = None
    rung: int = 0

    def __post_init__(self):
        self.agency = self.house.add_agency("north")
        features = Features(self._trial(), help_feature.feature)
        patience = Patience(LEASE, MOST, 60)
        turns = Turns(features, ByHeart(), TEXTS)
        self.turns = TurnLoop(
            self.house.ledger, turns, Letters(TEXTS, self.house.core.channels), patience, UTC, lambda: None, self._ring
        )
        self.tasks = TaskLoop(self.house.ledger, {"trial.do": self._do}, LEASE, MOST, self._ring)

    def _ring(self):
        self.rung += 1

    def _do(self, errand):
        self.done.append(errand.facts["n"])
        return self.does(errand) if self.does else {"came": errand.facts["n"] * 10}

    def _trial(self):
        trial = Feature("trial")

        @trial.on("intent:out_of_scope")
        def other_words(turn):
            return say("help.cancelled")

        @trial.on("intent:one")
        def one(turn):
            return say("help.cancelled").doing(Task("trial.do", {"n": 1, "secret": SECRET}))

        @trial.on("intent:two")
        def two(turn):
            return say("help.cancelled").doing(Task("trial.do", {"n": 1}), Task("trial.do", {"n": 2}))

        @trial.on("intent:for-others")
        def for_others(turn):
            (other,) = turn.store.people.with_role(Role.ADMIN, turn.today)
            return say("help.cancelled").telling(other, reply=SILENCE.doing(Task("trial.do", {"n": 3})))

        @trial.on("intent:tomorrow")
        def tomorrow(turn):
            return say("help.cancelled").doing(Task("trial.do", {"n": 4}, at=turn.at + timedelta(days=1)))

        @trial.on("intent:ask")
        def asks(turn):
            return ask("help.menu", then=answered)

        @trial.step
        def answered(turn):
            self.heard.append(turn.text)
            return say("help.cancelled")

        @trial.on("task:trial.do", aside=True)
        def result(turn):
            self.heard.append({name: turn.values.get(name) for name in ("n", "came", "failed")})
            return say("help.menu") if turn.values.get("failed") else say("help.too_much")

        return trial

    def hear(self, name, text, user=USER):
        event = {"type": "message", "replyToken": f"r-{name}", "source": {"userId": user},
                 "message": {"type": "text", "text": text}}  # fmt: skip
        lane = lane_of(self.house.core.ring, self.agency, user)
        self.house.put(self.agency, {"id": name, "lane": lane, "at": self.house.clock(), "body": event})

    def turn(self, owner="w"):
        event = self.turns.claim(owner)
        if event is not None:
            self.turns.work(event, owner)
        return event

    def task(self, owner="t"):
        errand = self.tasks.claim(owner)
        if errand is not None:
            self.tasks.work(errand, owner)
        return errand

    def work(self):
        while self.turn() or self.task():
            pass

    def work_on(self, times=12, ms=400_000):
        for _ in range(times):
            self.work()
            self.house.clock.pass_ms(ms)

    def states(self):
        return [state for (state,) in self.house.rows("SELECT state FROM task ORDER BY id")]


@pytest.fixture
def works(house):
    return Works(house)


def test_a_task_is_made_with_its_turn_done_and_heard_of_by_the_person(works):
    works.hear("e", "one")
    works.turn()
    assert works.states() == [State.WAITING]
    assert works.rung == 1
    works.task()
    assert (works.done, works.states(), works.heard) == ([1], [State.DONE], [])
    works.work()
    assert works.heard == [{"n": 1, "came": 10, "failed": None}]
    assert works.states() == [State.DONE]


def test_a_turn_that_is_taken_back_makes_no_task(works):
    works.hear("e", "one")
    event = works.turns.claim("slow")
    works.house.clock.pass_ms(LEASE + 1)
    works.turns.claim("quick")
    works.turns.work(event, "slow")  # its lease is over
    assert works.states() == []


def test_what_a_task_knows_is_sealed_and_emptied_when_it_is_done(works):
    works.hear("e", "one")
    works.turn()
    (body,) = [body for (body,) in works.house.rows("SELECT body FROM task")]
    assert body.startswith("v1.")
    assert SECRET not in body
    works.work()
    assert works.house.rows("SELECT body FROM task") == [(None,)]
    assert works.house.rows("SELECT body FROM inbox WHERE body IS NOT NULL") == []


def test_one_for_a_later_time_waits_for_it_and_holds_up_no_other(works):
    works.hear("e", "tomorrow")
    works.hear("f", "one")
    works.work()
    assert works.done == [1]
    works.house.clock.pass_ms(DAY_MS - 1)
    works.work()
    assert works.done == [1]
    works.house.clock.pass_ms(1)
    works.work()
    assert works.done == [1, 4]


def test_one_for_a_later_time_waits_for_it_through_housekeeping(works):
    """Which wakes what waits beyond all measure, for then the clock was set back."""
    works.hear("e", "tomorrow")
    works.work()
    for _ in range(3):
        housekeeping.keep(works.house.ledger, threading.Event())
        works.work()
        works.house.clock.pass_ms(DAY_MS // 4)
    assert works.done == []
    works.house.clock.pass_ms(DAY_MS)
    works.work()
    assert works.done == [4]


def test_the_age_of_one_for_a_later_time_counts_from_it(works):
    """A day after it was asked for is not too late."""
    works.does = lambda _errand: (_ for _ in ()).throw(Later("away"))
    works.hear("e", "tomorrow")
    works.work()
    works.house.clock.pass_ms(DAY_MS + 1000)
    works.work()
    assert works.states() == [State.WAITING]


def test_one_that_has_nothing_to_tell_is_not_heard_of(works):
    works.does = lambda _errand: None
    works.hear("e", "one")
    works.work()
    assert (works.done, works.heard, works.states()) == ([1], [], [State.DONE])


def test_two_tasks_of_one_person_are_done_one_after_the_other(works):
    works.hear("e", "two")
    works.turn()
    first = works.tasks.claim("a")
    assert first.facts == {"n": 1}
    assert works.tasks.claim("b") is None
    assert works.tasks.work(first, "a", go_on=True).facts == {"n": 2}


def test_tasks_of_two_people_are_done_at_the_same_time(works):
    works.hear("e", "one")
    works.hear("f", "one", OTHER)
    works.turn()
    works.turn()
    assert {works.tasks.claim("a").to, works.tasks.claim("b").to} == {USER, OTHER}


def test_one_that_has_to_wait_does_not_hold_up_the_next(works):
    def waits(errand):
        if errand.facts["n"] == 1 and errand.attempts < 2 and len(works.done) < 3:
            raise Later("not yet", pause_ms=60_000)
        return {"came": 0}

    works.does = waits
    works.hear("e", "two")
    works.work()
    assert works.done == [1, 2]
    works.house.clock.pass_ms(59_999)
    works.work()
    assert works.done == [1, 2]
    works.house.clock.pass_ms(1)
    works.done.append("later")
    works.work()
    assert works.done == [1, 2, "later", 1]
    assert works.states() == [State.DONE, State.DONE]


def test_an_open_question_stays_open_when_a_result_comes(works):
    works.hear("e", "one")
    works.turn()
    works.hear("f", "ask")
    works.work()
    assert works.heard == [{"n": 1, "came": 10, "failed": None}]
    works.hear("g", "an answer")
    works.work()
    assert works.heard[-1] == "an answer"


def test_a_fault_is_tried_again_and_then_given_up_and_the_person_hears_of_it_once(works):
    def fails(_errand):
        raise RuntimeError

    works.does = fails
    works.hear("e", "one")
    works.work_on()
    assert works.done == [1] * MOST
    assert works.states() == [State.DEAD]
    assert works.heard == [{"n": 1, "came": None, "failed": True}]


def test_one_that_takes_its_process_down_each_time_is_given_up(works):
    works.hear("e", "one")
    works.turn()
    for number in range(MOST):
        assert works.tasks.claim(f"dies {number}") is not None
        works.house.clock.pass_ms(LEASE + 1)
    works.work_on(2)
    assert (works.done, works.states()) == ([], [State.DEAD])
    assert works.heard == [{"n": 1, "came": None, "failed": True}]


def test_what_is_not_its_fault_is_tried_for_a_day(works):
    def away(_errand):
        raise Later("the world is away")

    works.does = away
    works.hear("e", "one")
    works.work_on(times=100, ms=600_000)
    assert len(works.done) > MOST
    assert works.states() == [State.WAITING]
    works.house.clock.pass_ms(DAY_MS)
    works.work()
    assert works.states() == [State.DEAD]


def test_a_database_that_is_away_costs_no_attempt(works):
    def away(_errand):
        raise OperationalError("x", None, Exception())

    works.does = away
    works.hear("e", "one")
    works.work_on(times=MOST + 3, ms=60_000)
    assert works.house.value("SELECT attempts FROM task") == 0
    assert works.states() == [State.WAITING]


def test_a_late_worker_ends_nothing_and_tells_nothing(works):
    works.hear("e", "one")
    works.turn()
    late = works.tasks.claim("late")
    works.house.clock.pass_ms(LEASE + 1)
    works.task("quick")
    assert works.tasks.work(late, "late") is None
    works.work()
    assert works.done == [1, 1]  # what is done outside may be done twice
    assert works.heard == [{"n": 1, "came": 10, "failed": None}]


def test_a_task_of_another_release_waits_for_it(works):
    works.tasks = TaskLoop(works.house.ledger, {}, LEASE, MOST, lambda: None)
    works.hear("e", "one")
    works.work_on(times=MOST + 2, ms=10_000)
    assert works.states() == [State.WAITING]


def test_slow_work_keeps_its_lane_for_longer_than_a_turn_may(works):
    works.hear("e", "one")
    works.turn()
    errand = works.tasks.claim("t")
    ended = []
    leases = Leases(works.house.ledger, LEASE, lambda: ended.append(True))
    with leases.held("t", errand):
        for _ in range(LONGEST_MS * 2 // LEASE):
            works.house.clock.pass_ms(LEASE // 2)
            assert leases.extend() == 1
            assert works.tasks.claim("b") is None
        works.house.clock.pass_ms(LONGEST_TASK_MS)
        leases.extend()
    assert ended == [True]
    assert works.tasks.claim("b") is not None


def test_results_do_not_count_as_what_a_person_says(works):
    """Fifty photos at a time are fifty messages; that fifty copies were made is nobody's flood."""
    for number in range(30):
        works.hear(f"e{number}", "one")
    works.work()
    counted = works.house.value("SELECT in_minute FROM lane WHERE kind = 'turn'")
    assert counted == 30
    assert len(works.heard) == 30


def test_a_result_goes_before_what_waits_and_makes_nothing_late(works):
    """It has no time of its own: by our clock it would overtake what a person wrote before it."""
    works.hear("e", "one")
    works.turn()
    works.house.clock.pass_ms(5_000)
    works.task()
    works.house.clock.now -= 3_000  # LINE's clock, of what was written in between
    works.hear("f", "ask")
    works.house.clock.pass_ms(3_000)
    assert works.turn().event_id.startswith("task:")
    works.work()
    assert {late for (late,) in works.house.rows("SELECT late FROM inbox")} == {0}


@pytest.fixture
def given_up(works):
    works.does = lambda _errand: json.loads("no json")
    works.hear("e", "one")
    works.work_on()
    assert works.house.queue("dead") == {"event": 0, "message": 0, "task": 1}
    return works


def the_dead(works):
    with works.house.core.database.reading(across=True) as connection:
        return dead.all_of(connection, "task")


def test_what_was_given_up_is_kept_and_can_be_read_and_tried_again(given_up):
    core = given_up.house.core
    (one,) = the_dead(given_up)
    assert (one.name.partition(":")[0], one.agency, one.reason, one.attempts) == ("task", "north", "failed", MOST)
    assert dead.opened(core.ring, one)["facts"] == {"n": 1, "secret": SECRET}
    given_up.does = None
    core.database.write(lambda c: dead.retry(c, core.queue, one, given_up.house.clock()), across=True)
    given_up.work()
    assert given_up.states() == [State.DONE]
    assert given_up.heard[-1] == {"n": 1, "came": 10, "failed": None}


def test_what_was_given_up_can_be_dropped(given_up):
    (one,) = the_dead(given_up)
    given_up.house.core.database.write(lambda c: dead.drop(c, one), across=True)
    assert the_dead(given_up) == []
    assert given_up.house.rows("SELECT body FROM task") == [(None,)]


def test_the_command_line_shows_tries_again_and_drops_it(given_up, capsys):
    def say(*arguments):
        assert command_line.itabot(given_up.house.core.settings, "dead", *arguments) == 0
        return capsys.readouterr().out

    (one,) = the_dead(given_up)
    assert one.name in say("list")
    assert SECRET not in say("show", one.name)
    assert SECRET in say("show", one.name, "--words")
    assert f"{one.name} is tried again" in say("retry", one.name)
    assert given_up.states() == [State.WAITING]


def test_what_is_to_be_done_for_another_is_done_in_their_lane(works):
    """They are told nothing, and hear what came of it as if they had asked."""
    enrol.add_member(works.house.core, enrol.NewMember("north", OTHER, "สมหญิง", ["admin"]))
    works.hear("e", "for-others")
    works.turn()
    errand = works.task()
    lane = lane_of(works.house.core.ring, works.agency, OTHER)
    assert (errand.to, errand.lane, works.done) == (OTHER, lane, [3])
    assert works.house.value("SELECT COUNT(*) FROM outbox") == 1
    works.turn()
    assert works.heard == [{"n": 3, "came": 30, "failed": None}]
