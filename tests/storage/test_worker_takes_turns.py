"""From the inbox to the outbox: one turn, one transaction; what fails is tried again, then given up with a word."""

import contextlib
import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot import worker
from bot.backoff import backoff
from bot.letters import Letters
from bot.storage.people import Changed
from bot.storage.queue import State
from bot.storage.sealing import SealBroken
from bot.storage.store import AgencyStore
from bot.texts import Texts
from bot.turns import Turns
from bot.worker import PEOPLE_IN_A_GROUP, Patience, TurnLoop
from handlers import help as help_feature
from handlers.kit import Feature, Features, say
from itadomain.cases.case import Case, Kind
from itadomain.people import Person
from tests.fakes import TODAY
from tests.storage.by_heart import ByHeart

LEASE, MOST, A_MINUTE = 30_000, 3, 2
TEXTS = Texts()
USER, OTHER = "U" + "1" * 32, "U" + "2" * 32


class Office:
    """A worker with a feature of the test's own, whose steps run what the test puts into `does`."""

    def __init__(self, house):
        self.house = house
        self.agency = house.add_agency("north")
        self.does = {}
        self.posted = []
        turns = Turns(Features(self._trial(), help_feature.feature), ByHeart(), TEXTS)
        self.loop = TurnLoop(
            house.ledger, turns, Letters(TEXTS, house.core.channels), Patience(LEASE, MOST, A_MINUTE), UTC,
            lambda: self.posted.append(True),
        )  # fmt: skip

    def _trial(self):
        trial = Feature("trial")

        @trial.on("intent:out_of_scope")
        def other_words(_turn):
            return say("help.cancelled")

        @trial.on("intent:trial")
        def run(turn):
            self.does["trial"](turn)
            if turn.who.name:
                turn.store.people.save(turn.who.speaking("en"))
            return say("help.cancelled")

        return trial

    def hear(self, name, text="hello", user=USER, at=None, **more):
        event = {
            "id": name, "type": "message", "replyToken": f"r-{name}", "source": {"userId": user},
            "message": {"type": "text", "text": text}, **more,
        }  # fmt: skip
        self.house.put(self.agency, {"id": name, "lane": user, "at": at or self.house.clock(), "body": event})

    def one(self, owner="w"):
        """Take one turn; False where none waits."""
        event = self.loop.claim(owner)
        if event is not None:
            self.loop.work(event, owner)
        return event is not None

    def work(self, owner="w"):
        while self.one(owner):
            pass

    def work_on(self, times=MOST + 1):
        for _ in range(times):
            self.work()
            self.house.clock.pass_ms(1_000_000)

    def states(self):
        return dict(self.house.rows("SELECT event_id, state FROM inbox"))

    def letters(self):
        ring, found = self.house.core.ring, []
        for key, body in self.house.rows("SELECT retry_key, body FROM outbox ORDER BY id"):
            found.append(json.loads(ring.open_text(body, self.agency, "outbox", "body", key)))
        return found

    def answers(self):
        return [(letter["reply_token"], letter["messages"][0]["text"]) for letter in self.letters()]


@pytest.fixture
def office(house):
    return Office(house)


def text_of(key):
    """The longest stretch of a text that has no blank to fill."""
    return max(re.split(r"\{.*?\}", TEXTS.words["th"][key]), key=len)


def test_an_event_becomes_an_answer_in_the_outbox(office):
    office.hear("e", "help")
    office.work()
    assert office.states() == {"e": State.DONE}
    (letter,) = office.letters()
    assert (letter["to"], letter["reply_token"]) == (USER, "r-e")
    assert text_of("help.menu") in letter["messages"][0]["text"]
    assert office.posted == [True]


def test_an_event_without_a_meaning_is_ignored_without_a_word(office):
    office.hear("e", type="beacon")
    office.hear("f", mode="standby")
    office.work()
    assert office.states() == {"e": State.IGNORED, "f": State.IGNORED}
    assert office.letters() == []


def test_a_step_that_fails_is_tried_again_later_and_then_answers_once(office):
    tried = []

    def fails_twice(_turn):
        tried.append(office.house.clock())
        if len(tried) < 3:
            raise OSError("the world is not as it should be")

    office.does["trial"] = fails_twice
    office.hear("e", "trial")
    office.work()
    assert len(tried) == 1  # not at once: after a pause
    office.work_on()
    assert len(tried) == 3
    assert office.states() == {"e": State.DONE}
    assert len(office.letters()) == 1


def test_a_step_that_keeps_failing_is_given_up_with_an_apology_and_the_lane_goes_on(office):
    tried = []

    def fails(_turn):
        tried.append(1)
        raise OSError

    office.does["trial"] = fails
    office.hear("poison", "trial", at=1000)
    office.hear("next", "help", at=2000)
    office.work_on()
    assert len(tried) == MOST
    assert office.states() == {"poison": State.DEAD, "next": State.DONE}
    (sorry, menu) = office.answers()
    assert sorry[0] == "r-poison"
    assert text_of("help.mishap") in sorry[1]
    assert text_of("help.menu") in menu[1]


def test_a_poisoned_event_holds_up_nobody_else(office):
    def fails(_turn):
        raise OSError

    office.does["trial"] = fails
    office.hear("poison", "trial")
    office.hear("other", "help", user=OTHER)
    office.work()
    assert office.states() == {"poison": State.WAITING, "other": State.DONE}


def test_a_step_that_kills_its_worker_is_given_up_too(office):
    """Attempts are counted when they begin, so a crash is one."""

    def kills(_turn):
        raise SystemExit

    office.does["trial"] = kills
    office.hear("e", "trial")
    for _ in range(MOST):
        with pytest.raises(SystemExit):
            office.one("w")
        office.house.clock.pass_ms(LEASE + 1)
    office.one("w")  # it is not run once more
    assert office.states() == {"e": State.DEAD}


def test_nothing_of_a_failed_turn_is_kept(office):
    """The person is met in the same transaction as the answer: no answer, no person."""

    def fails(_turn):
        raise OSError

    office.does["trial"] = fails
    office.hear("e", "trial")
    office.work()
    assert office.house.value("SELECT COUNT(*) FROM person") == 0
    assert office.letters() == []


def test_a_step_that_meets_a_change_runs_again_on_what_is_there_now(office):
    """Another writes what the step has read; the step sees the new state and its answer is given once."""
    seen = []

    def someone_is_faster(turn):
        seen.append(len(seen))
        if len(seen) == 1:
            office.does["other"](turn)

    def rename(turn):
        def write(connection):
            core = office.house.core
            store = AgencyStore(connection, core.channels.by_id(office.agency), core.ring)
            store.people.save(Person(turn.who.id, "ชื่อใหม่"))
            store.apply(connection)

        office.house.core.database.write(write, of=office.agency)

    office.does = {"trial": someone_is_faster, "other": rename}
    enrol(office)
    office.hear("e", "trial")
    office.one("w")
    assert len(seen) == 2
    assert office.states() == {"e": State.DONE}
    assert len(office.letters()) == 1


def test_who_was_too_slow_once_is_not_passed_again(office):
    """As with numbers of cases, which all who file one at the same time want: each try meets another who is faster."""
    core, rivals = office.house.core, []

    def case(name):
        return Case(name, Kind.PROBLEM, "ไฟดับ", TODAY)

    def file_another(name):
        with core.database.reading(of=office.agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(office.agency), core.ring)
            store.cases.add(case(name))

        def write(connection):
            core.database.beside(connection, office.agency)
            store.apply(connection)

        core.database.write(write, of=office.agency)

    with ThreadPoolExecutor() as pool:

        def file(turn):
            rivals.append(pool.submit(file_another, f"rival {len(rivals)}"))
            wait(rivals, 0.5)
            turn.store.cases.add(case("mine"))

        office.does["trial"] = file
        office.hear("e", "trial")
        office.one("w")
    assert office.states() == {"e": State.DONE}
    assert [type(one.exception()) for one in rivals] == [type(None), Changed]
    assert office.house.rows("SELECT number, id FROM case_file ORDER BY number") == [(1, "rival 0"), (2, "mine")]


def enrol(office):
    from bot import enrol as enrolment

    enrolment.add_member(office.house.core, enrolment.NewMember("north", USER, "ชื่อเดิม", ["staff"]))


@pytest.mark.filterwarnings("ignore:nested transaction already deassociated")
def test_a_person_who_was_met_meanwhile_is_not_met_twice(office):
    """Two first events of one person on two lanes, a group's and their own, say."""

    def met_elsewhere(_turn):
        office.does["trial"] = lambda _turn: None
        enrol(office)

    office.does["trial"] = met_elsewhere
    office.hear("e", "trial")
    office.one("w")
    assert office.states() == {"e": State.DONE}
    assert office.house.value("SELECT COUNT(*) FROM person") == 1
    assert len(office.letters()) == 1


def test_a_step_that_never_stops_conflicting_is_tried_later_like_any_other(office):
    def always(_turn):
        raise Changed("someone")

    office.does["trial"] = always
    office.hear("e", "trial")
    office.work_on()
    assert office.states() == {"e": State.DEAD}
    assert len(office.letters()) == 1


def test_a_late_workers_turn_leaves_nothing(office):
    """While it ran, its lease passed and another worker did the same event."""

    def slow(_turn):
        office.house.clock.pass_ms(LEASE + 1)
        office.does["trial"] = lambda _turn: None
        office.one("faster")

    office.does["trial"] = slow
    office.hear("e", "trial")
    office.work("late")
    assert office.states() == {"e": State.DONE}
    assert len(office.letters()) == 1
    assert office.house.value("SELECT COUNT(*) FROM person") == 1


def test_a_persons_events_run_in_the_order_they_happened(office):
    office.hear("second", "help", at=2000)
    office.hear("first", "menu?", at=1000)
    office.work()
    assert [token for token, _ in office.answers()] == ["r-first", "r-second"]


@pytest.mark.parametrize("broken", [
    {"type": "postback", "postback": {"data": "&".join(f"a{n}=1" for n in range(30))}},
    {"message": {"type": "text", "text": "@บอท เมนู", "mention": {"mentionees": [{"isSelf": True, "index": "?"}]}}},
])  # fmt: skip
def test_an_event_of_an_odd_shape_holds_nobody_up(office, broken):
    office.hear("odd", **broken)
    office.hear("next", "help", at=office.house.clock() + 1)
    office.work_on()
    assert office.states() == {"odd": State.DONE, "next": State.DONE}


def test_an_event_that_cannot_be_heard_is_given_up(office, monkeypatch):
    """A fault in the reading itself, say."""
    office.hear("odd", "odd")
    office.hear("next", "help", at=office.house.clock() + 1)
    hear = worker.hear

    def stumbles(event):
        if event["message"]["text"] == "odd":
            raise ValueError
        return hear(event)

    monkeypatch.setattr(worker, "hear", stumbles)
    office.work_on()
    assert office.states() == {"odd": State.DEAD, "next": State.DONE}


def test_a_failing_step_does_not_tell_the_log_what_was_said(office, caplog):
    def fails(turn):
        int(turn.text + "ถ้อยคำลับ")

    office.does["trial"] = fails
    office.hear("e", "trial")
    office.work()
    assert "failed: ValueError" in caplog.text
    assert "ถ้อยคำลับ" not in caplog.text


def test_an_event_whose_apology_fails_too_is_given_up(office):
    """The row of the person is damaged, say: neither the step nor the apology can read who they are."""
    enrol(office)
    office.house.change("UPDATE person SET name = 'v1.x.y.z'")
    office.hear("e", "help")
    for _ in range(MOST + 2):
        with contextlib.suppress(SealBroken):
            office.one("w")
        office.house.clock.pass_ms(1_000_000)
    assert office.states() == {"e": State.DEAD}


def test_pauses_double_and_stay_under_ten_minutes():
    for attempts in range(1, 40):
        middle = min(300_000, 500 * 2**attempts)
        assert middle * 0.5 <= backoff(attempts) <= middle * 1.5


# ── more than anyone means to say in a minute

MINUTE = 60_000
A_FULL_MINUTE = 1_795_150_020_000  # a moment at which a minute begins


def in_a_minute(office, count, minute=0, **more):
    for number in range(count):
        office.hear(f"{minute}-{number}", "help", at=A_FULL_MINUTE + minute * MINUTE + number, **more)


def test_who_says_too_much_in_a_minute_is_told_once_and_heard_again_in_the_next(office):
    in_a_minute(office, A_MINUTE + 3)
    in_a_minute(office, 1, minute=1)
    office.work()
    states = office.states()
    heard, ignored = [f"0-{n}" for n in range(A_MINUTE)], [f"0-{n}" for n in range(A_MINUTE, A_MINUTE + 3)]
    assert {states[name] for name in heard} == {State.DONE}
    assert {states[name] for name in ignored} == {State.IGNORED}
    assert [token for token, _ in office.answers()] == [*(f"r-{name}" for name in heard), f"r-{ignored[0]}", "r-1-0"]
    assert text_of("help.too_much") in office.answers()[A_MINUTE][1]
    assert text_of("help.menu") in office.answers()[-1][1]


def test_one_persons_minute_is_not_anothers(office):
    in_a_minute(office, A_MINUTE)
    office.hear("other", "help", user=OTHER, at=A_FULL_MINUTE)
    office.work()
    assert set(office.states().values()) == {State.DONE}


def test_what_line_delivers_again_later_is_heard_however_much_there_is(office):
    """The minutes they happened in are over."""
    in_a_minute(office, 1, minute=9)
    for minute in range(4):
        in_a_minute(office, A_MINUTE - 1, minute=minute)
    office.work()
    assert set(office.states().values()) == {State.DONE}


def test_a_group_may_say_ten_times_as_much(office):
    source = {"type": "group", "groupId": "C" + "1" * 32, "userId": USER}
    spoken_to = {
        "type": "text",
        "text": "@bot help",
        "mention": {"mentionees": [{"index": 0, "length": 4, "isSelf": True}]},
    }
    most = A_MINUTE * PEOPLE_IN_A_GROUP
    in_a_minute(office, most + 2, source=source, message=spoken_to)
    office.work()
    assert list(office.states().values()).count(State.IGNORED) == 2
    answers = [text for _, text in office.answers()]
    assert len(answers) == most + 1
    assert [text for text in answers if text_of("help.too_much") in text] == answers[-1:]


# ── one commit ends a turn and begins the next


def test_the_commit_that_ends_a_turn_takes_hold_of_the_next(office):
    office.hear("one", "help", at=1000)
    office.hear("two", "help", at=2000)
    following = office.loop.work(office.loop.claim("w"), "w", go_on=True)
    assert following.event_id == "two"
    assert office.loop.claim("other") is None
    assert office.loop.work(following, "w", go_on=True) is None
    assert office.states() == {"one": State.DONE, "two": State.DONE}


def test_without_going_on_nothing_is_taken_hold_of(office):
    """The worker is told to stop: what waits is somebody else's."""
    office.hear("one", "help", at=1000)
    office.hear("two", "help", at=2000)
    assert office.loop.work(office.loop.claim("w"), "w") is None
    assert office.loop.claim("other").event_id == "two"


def test_a_failed_turn_goes_on_with_another_lane_from_the_same_commit(office):
    def fails(_turn):
        raise OSError

    office.does["trial"] = fails
    office.hear("poison", "trial", at=1000)
    office.hear("other", "help", user=OTHER)
    assert office.loop.work(office.loop.claim("w"), "w", go_on=True).event_id == "other"
    assert office.states() == {"poison": State.WAITING, "other": State.WAITING}


def test_a_worker_that_lost_its_lane_takes_hold_of_nothing(office):
    """Its commit is taken back as a whole, the next claim with it."""
    office.hear("e", "help")
    late = office.loop.claim("late")
    office.house.clock.pass_ms(LEASE + 1)
    office.loop.claim("faster")
    office.hear("other", "help", user=OTHER)
    assert office.loop.work(late, "late", go_on=True) is None
    assert office.loop.claim("free").event_id == "other"


def test_turns_are_counted_by_how_they_ended_and_late_events_too(office):
    office.hear("new", "help", at=2000)
    office.work()
    office.hear("old", "help", at=1000)
    office.hear("odd", type="beacon", at=3000)
    office.work()
    office.house.ledger.counts.keep()
    assert set(office.house.rows("SELECT name, outcome, count FROM tally")) == {
        ("turn", "done", 2), ("turn", "ignored", 1), ("event", "late", 1),
    }  # fmt: skip


FULL = sqlite3.OperationalError("database or disk is full")
FULL.sqlite_errorname = "SQLITE_FULL"


@pytest.mark.parametrize("cause", [
    FULL, psycopg.errors.DiskFull(), psycopg.errors.AdminShutdown(), psycopg.OperationalError("server closed"),
])  # fmt: skip
def test_an_event_is_not_to_blame_for_the_database(office, cause):
    """However often it fails: nobody's message may be given up because a disk was full for a minute."""

    def fails(_turn):
        raise OperationalError("INSERT", {}, cause)

    office.does["trial"] = fails
    office.hear("e1", "trial")
    office.work_on(3 * MOST)
    assert office.house.rows("SELECT state, attempts FROM inbox") == [(State.WAITING, 0)]
    office.does["trial"] = lambda _turn: None
    office.work()
    assert office.house.rows("SELECT state, attempts FROM inbox") == [(State.DONE, 1)]


def test_a_statement_that_is_wrong_is_the_turns_own_fault(office):
    wrong = sqlite3.OperationalError("no such column")
    wrong.sqlite_errorname = "SQLITE_ERROR"

    def fails(_turn):
        raise OperationalError("SELECT", {}, wrong)

    office.does["trial"] = fails
    office.hear("e1", "trial")
    office.work_on()
    assert office.house.value("SELECT state FROM inbox") == State.DEAD
