"""From the inbox to the outbox: one turn, one transaction; what fails is tried again, then given up with a word."""

import contextlib
import json
from dataclasses import dataclass
from datetime import UTC

import pytest

from bot import worker
from bot.backoff import backoff
from bot.storage.people import Changed
from bot.storage.queue import State
from bot.storage.sealing import SealBroken
from bot.texts import Texts
from bot.turns import Turns
from bot.worker import Patience, TurnLoop
from handlers import help as help_feature
from handlers.kit import Feature, Features, say
from itadomain.people import Person

LEASE, MOST = 30_000, 3
USER, OTHER = "U" + "1" * 32, "U" + "2" * 32


@dataclass(frozen=True)
class Read:
    intent: str
    values: tuple = ()
    confidence: float = 1.0


class ByHeart:
    """Understands a word as the wish of that name."""

    def read(self, text, today):
        return Read(text)


class Office:
    """A worker with a feature of the test's own, whose steps run what the test puts into `does`."""

    def __init__(self, house):
        self.house = house
        self.agency = house.add_agency("north")
        self.does = {}
        self.posted = []
        core = house.core
        turns = Turns(Features(self._trial(), help_feature.feature), ByHeart(), Texts())
        self.loop = TurnLoop(
            core.database, core.queue, core.channels, core.ring, turns, Texts(), Patience(LEASE, MOST), UTC,
            house.clock, lambda: self.posted.append(True),
        )  # fmt: skip

    def _trial(self):
        trial = Feature("trial")

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

    def work(self, owner="w"):
        while self.loop.one(owner):
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
    return Texts().words["th"][key].split("{")[0]


def test_an_event_becomes_an_answer_in_the_outbox(office):
    office.hear("e", "help")
    office.work()
    assert office.states() == {"e": State.DONE}
    (letter,) = office.letters()
    assert (letter["to"], letter["reply_token"]) == (USER, "r-e")
    assert letter["messages"][0]["text"].startswith(text_of("help.menu"))
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
    assert sorry[1].startswith(text_of("help.mishap"))
    assert menu[1].startswith(text_of("help.menu"))


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
            office.loop.one("w")
        office.house.clock.pass_ms(LEASE + 1)
    office.loop.one("w")  # it is not run once more
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
        from bot.storage.unit import Unit

        def write(connection):
            core = office.house.core
            unit = Unit(connection, core.channels.by_id(office.agency), core.ring)
            unit.people.save(Person(turn.who.id, "ชื่อใหม่"))
            unit.apply(connection)

        office.house.core.database.write(write)

    office.does = {"trial": someone_is_faster, "other": rename}
    enrol(office)
    office.hear("e", "trial")
    office.loop.one("w")
    assert len(seen) == 2
    assert office.states() == {"e": State.DONE}
    assert len(office.letters()) == 1


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
    office.loop.one("w")
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
        office.loop.one("faster")

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
    assert "attempt 1 failed" in caplog.text
    assert "ถ้อยคำลับ" not in caplog.text


def test_an_event_whose_apology_fails_too_is_given_up(office):
    """The row of the person is damaged, say: neither the step nor the apology can read who they are."""
    enrol(office)
    office.house.core.database.write(lambda c: c.exec_driver_sql("UPDATE person SET name = 'v1.x.y.z'"))
    office.hear("e", "help")
    for _ in range(MOST + 2):
        with contextlib.suppress(SealBroken):
            office.loop.one("w")
        office.house.clock.pass_ms(1_000_000)
    assert office.states() == {"e": State.DEAD}


def test_pauses_double_and_stay_under_ten_minutes():
    for attempts in range(1, 40):
        middle = min(300_000, 500 * 2**attempts)
        assert middle * 0.5 <= backoff(attempts) <= middle * 1.5
