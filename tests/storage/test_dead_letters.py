"""What was given up can be looked at, tried again and dropped; its words are shown only where they are asked for."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC

import pytest

from bot.letters import Letters
from bot.line.client import Outcome
from bot.quota import QuotaWatch
from bot.sender import Manners, SendLoop
from bot.storage import dead
from bot.storage.queue import Arrival, Outgoing, Rate, State
from bot.texts import Texts
from bot.turns import Turns
from bot.worker import Patience, TurnLoop
from handlers.common import help as help_feature
from handlers.kit import Feature, Features, say
from tests.storage import command_line
from tests.storage.by_heart import ByHeart
from tests.storage.meanwhile import at_once, uncommitted, until_someone_waits

LEASE = 30_000
USER = "U" + "7" * 32
WORDS = ("เรื่องลับของป้าจันทร์หอม", "purple box")
BODY = {
    "type": "message", "mode": "active", "replyToken": "token-of-the-test", "source": {"type": "user", "userId": USER},
    "message": {"type": "text", "text": " ".join(WORDS)},
}  # fmt: skip
LETTER = Outgoing(USER, [{"type": "text", "text": " ".join(WORDS)}])


class Morgue:
    """An agency in which things are given up, and the commands that deal with them."""

    def __init__(self, house):
        self.house = house
        self.agency = house.add_agency("north")

    def bury_event(self, name, lane="x", at=1000, reason="failed", agency=None):
        house = self.house
        house.put(agency or self.agency, {"id": name, "lane": lane, "at": at, "body": BODY})
        event = house.claim("digger")
        assert event.event_id == name
        house.queue("finish_event", event, "digger", house.clock(), State.DEAD, reason)
        return f"event:{event.id}"

    def bury_message(self, lane="x", reason="monthly limit"):
        house = self.house
        house.queue("post", self.agency, lane, [LETTER], house.clock())
        letter = house.queue("claim_letter", "digger", house.clock(), LEASE)
        house.queue("settle", letter, "digger", house.clock(), State.DEAD, reason)
        return f"message:{letter.id}"

    def all(self, slug=""):
        with self.house.core.database.reading(across=True) as connection:
            return {one.name: one for kind in (dead.EVENT, dead.MESSAGE) for one in dead.all_of(connection, kind, slug)}

    def retry(self, name):
        one, house = self.all()[name], self.house
        return house.core.database.write(self.retrying(one), across=True)

    def retrying(self, one):
        return lambda connection: dead.retry(connection, self.house.core.queue, one, self.house.clock())

    def drop(self, name):
        one = self.all()[name]
        return self.house.core.database.write(lambda c: dead.drop(c, one), across=True)


@pytest.fixture
def morgue(house):
    return Morgue(house)


@pytest.fixture
def itabot(house, capsys):
    """Runs one command on this database; gives its exit status, what it printed and what it complained of."""

    def run(*arguments):
        return command_line.itabot(house.core.settings, *arguments), *capsys.readouterr()

    return run


# ── to look at


def test_what_was_given_up_is_listed_and_nothing_else(morgue, itabot):
    event, message = morgue.bury_event("e"), morgue.bury_message()
    morgue.house.put(morgue.agency, {"id": "waits", "lane": "y"})
    status, told, _ = itabot("dead", "list")
    lines = told.splitlines()
    assert status == 0
    assert [line.split()[:2] for line in lines] == [[event, "north"], [message, "north"]]
    assert lines[0].endswith("1 attempts  failed")
    assert lines[1].endswith("1 attempts  monthly limit")


def test_the_list_is_a_line_of_json_each_with_the_time_in_the_zone_of_the_service(morgue, itabot):
    name = morgue.bury_event("e")
    _, told, _ = itabot("dead", "list", "--json")
    assert [json.loads(line) for line in told.splitlines()] == [
        {"name": name, "agency": "north", "at": "2026-11-20T11:46:40+07:00", "attempts": 1, "reason": "failed"}
    ]


def test_events_and_messages_stand_among_each_other_oldest_first(morgue, itabot):
    names = []
    for bury in (morgue.bury_message, lambda: morgue.bury_event("e"), lambda: morgue.bury_message("y")):
        names.append(bury())
        morgue.house.clock.pass_ms(1000)
    _, told, _ = itabot("dead", "list")
    assert [line.split()[0] for line in told.splitlines()] == names


def test_one_agencys_list_has_only_its_own(morgue, itabot):
    north = morgue.bury_event("e")
    south = morgue.bury_event("e", agency=morgue.house.add_agency("south"))
    assert [itabot("dead", "list", "--agency", slug)[1].split()[0] for slug in ("north", "south")] == [north, south]


def test_where_nothing_was_given_up_the_list_says_so_and_json_stays_empty(morgue, itabot):
    assert itabot("dead", "list") == (0, "nothing was given up\n", "")
    assert itabot("dead", "list", "--json") == (0, "", "")


@pytest.mark.parametrize("kind", ["event", "message"])
def test_it_is_shown_without_a_word_of_it(morgue, itabot, kind):
    name = morgue.bury_event("e") if kind == "event" else morgue.bury_message()
    status, told, complained = itabot("dead", "show", name)
    assert status == 0
    assert f"{name} · north · 1 attempts · " in told
    assert '"type": "text"' in told
    assert f"{len(' '.join(WORDS))} characters" in told
    for secret in (*WORDS, USER, "token-of-the-test"):
        assert secret not in told + complained
        assert json.dumps(secret)[1:-1] not in told


@pytest.mark.parametrize("kind", ["event", "message"])
def test_its_words_are_shown_where_they_are_asked_for(morgue, itabot, kind):
    name = morgue.bury_event("e") if kind == "event" else morgue.bury_message()
    _, told, _ = itabot("dead", "show", name, "--words")
    assert all(word in told for word in (*WORDS, USER))


def test_what_does_not_open_is_said_not_to(morgue, itabot):
    name = morgue.bury_event("e")
    morgue.house.change("UPDATE inbox SET body = 'v1.x.y.z'")
    status, told, _ = itabot("dead", "show", name, "--words")
    assert (status, told.splitlines()[1]) == (0, "it does not open with these keys")


# ── to try again


def test_a_retried_event_is_taken_as_a_new_one_and_before_what_happened_later(morgue):
    house = morgue.house
    name = morgue.bury_event("first", at=1000)
    house.put(morgue.agency, {"id": "second", "lane": "x", "at": 2000})
    assert morgue.retry(name)
    event = house.claim("w")
    assert (event.event_id, event.attempts, event.nth) == ("first", 1, 1)
    house.queue("finish_event", event, "w", house.clock(), State.DONE)
    assert house.claim("w").event_id == "second"
    assert morgue.all() == {}


def test_an_event_that_was_one_too_many_in_its_minute_is_heard_when_it_is_retried(morgue):
    name = morgue.bury_event("e")
    morgue.house.change("UPDATE inbox SET nth = 1000")
    morgue.retry(name)
    assert morgue.house.claim("w").nth == 1


def test_a_retry_does_not_count_as_something_said(morgue):
    """A person whose messages were retried may say as much in this minute as anyone."""
    name = morgue.bury_event("e", at=morgue.house.clock())
    before = morgue.house.rows("SELECT minute, in_minute FROM lane WHERE kind = 'turn'")
    morgue.retry(name)
    assert morgue.house.rows("SELECT minute, in_minute FROM lane WHERE kind = 'turn'") == before


def test_what_was_dealt_with_meanwhile_is_neither_retried_nor_dropped(morgue):
    name = morgue.bury_event("e")
    one = morgue.all()[name]
    house = morgue.house
    assert morgue.retry(name)
    assert not house.core.database.write(morgue.retrying(one), across=True)
    assert not house.core.database.write(lambda c: dead.drop(c, one), across=True)
    assert house.claim("w").event_id == "e"


def test_of_two_who_retry_at_once_one_does(morgue):
    name = morgue.bury_event("e")
    one = morgue.all()[name]
    did = at_once(*[lambda: morgue.house.core.database.write(morgue.retrying(one), across=True)] * 4)
    assert sorted(did) == [False, False, False, True]


def test_the_turn_of_a_retried_event_is_taken_again_once_the_fault_is_mended(morgue):
    house, texts, broken = morgue.house, Texts(), [True]
    trial = Feature("trial")

    @trial.on("intent:trial")
    def run(turn):
        if broken:
            raise OSError
        return say("help.cancelled")

    turns = Turns(Features(trial, help_feature.feature), ByHeart("trial"), texts)
    loop = TurnLoop(house.ledger, turns, Letters(texts, house.core.channels), Patience(LEASE, 1, 60), UTC, lambda: None)
    house.put(morgue.agency, {"id": "e", "lane": "x", "body": BODY})
    loop.work(loop.claim("w"), "w")
    (name,) = morgue.all()
    broken.clear()
    morgue.retry(name)
    loop.work(loop.claim("w"), "w")
    assert house.rows("SELECT state, reason, body FROM inbox") == [(State.DONE, "", None)]
    said = []
    while letter := house.queue("claim_letter", "s", house.clock(), LEASE):
        said.append(letter.outgoing.messages[0]["text"])
        house.queue("settle", letter, "s", house.clock(), State.DONE, "")
    assert len(said) == 2  # the apology, and now the answer
    assert said[1].startswith(texts.words["th"]["help.cancelled"].split("{")[0])


class Month:
    """LINE, whose month is used up until it is told otherwise."""

    def __init__(self):
        self.outcome = Outcome.MONTH_USED_UP
        self.keys = []

    def push(self, agency, to, messages, retry_key):
        self.keys.append(retry_key)
        return self.outcome

    def quota(self, agency):
        return None


def test_a_retried_message_is_pushed_with_the_key_it_had(morgue):
    """Should LINE have got it the first time after all, it drops the second."""
    house, month = morgue.house, Month()
    manners = Manners(LEASE, 50_000, Rate(1_000, 1_000))
    letters = Letters(Texts(), house.core.channels)
    loop = SendLoop(house.ledger, month, letters, manners, QuotaWatch(house.ledger, month))
    house.queue("post", morgue.agency, "x", [LETTER], house.clock())
    loop.work(loop.claim("s"), "s")
    (name,) = morgue.all()
    month.outcome = Outcome.ACCEPTED
    assert morgue.retry(name)
    loop.work(loop.claim("s"), "s")
    assert month.keys == [month.keys[0]] * 2
    assert house.rows("SELECT state, outcome, body FROM outbox") == [(State.DONE, "pushed", None)]


def test_all_are_retried_or_those_of_a_reason_or_those_that_are_named(morgue, itabot):
    failed, limit, other = morgue.bury_event("e"), morgue.bury_message(), morgue.bury_message("y", "too fast")
    assert itabot("dead", "retry", "--reason", "monthly limit") == (0, f"{limit} is tried again\n", "")
    assert set(morgue.all()) == {failed, other}
    assert itabot("dead", "retry", failed) == (0, f"{failed} is tried again\n", "")
    assert itabot("dead", "retry", "--all") == (0, f"{other} is tried again\n", "")
    assert morgue.all() == {}
    morgue.house.clock.now *= 2  # commands go by the machine's own clock
    assert morgue.house.claim("w").event_id == "e"
    assert {morgue.house.queue("claim_letter", "s", morgue.house.clock(), LEASE).lane for _ in range(2)} == {"x", "y"}


def test_a_name_and_a_reason_mean_both(morgue, itabot):
    failed, limit, other = morgue.bury_event("e"), morgue.bury_message(), morgue.bury_message("y", "too fast")
    status, told, _ = itabot("dead", "drop", failed, "--reason", "monthly limit")
    assert (status, sorted(told.splitlines())) == (0, [f"{failed} is dropped", f"{limit} is dropped"])
    assert set(morgue.all()) == {other}


def test_what_is_there_is_done_although_something_named_is_not(morgue, itabot):
    name = morgue.bury_event("e")
    status, told, complained = itabot("dead", "retry", name, "event:4711")
    assert (status, told) == (1, f"{name} is tried again\n")
    assert complained == "itabot: there is no event:4711 among what was given up\n"


# ── to drop


@pytest.mark.parametrize("kind", ["event", "message"])
def test_what_is_dropped_has_no_words_any_more(morgue, itabot, kind):
    name = morgue.bury_event("e") if kind == "event" else morgue.bury_message()
    assert itabot("dead", "drop", name) == (0, f"{name} is dropped\n", "")
    table = "inbox" if kind == "event" else "outbox"
    assert morgue.house.rows(f"SELECT state, body FROM {table}") == [(State.IGNORED, None)]
    assert morgue.all() == {}
    assert morgue.house.claim("w") is None


def test_a_dropped_event_is_still_known_when_line_delivers_it_again(morgue):
    name = morgue.bury_event("e")
    morgue.drop(name)
    assert morgue.house.put(morgue.agency, {"id": "e", "lane": "x"}) == 0
    assert morgue.house.claim("w") is None


# ── while a worker is at the same lane


@pytest.mark.parametrize("engine", ["postgresql"])
@pytest.mark.parametrize("retried_first", [True, False])
def test_a_retry_is_not_forgotten_by_a_turn_that_ends_meanwhile(morgue, retried_first):
    """The lane is given back with the retried event in it, whoever commits first."""
    house = morgue.house
    name = morgue.bury_event("first", at=1000)
    one = morgue.all()[name]
    house.put(morgue.agency, {"id": "second", "lane": "x", "at": 2000})
    event = house.claim("w")

    def finish(connection):
        house.core.queue.finish_event(connection, event, "w", house.clock(), State.DONE)

    retry = morgue.retrying(one)
    first, last = (retry, finish) if retried_first else (finish, retry)
    with ThreadPoolExecutor(1) as pool:
        with uncommitted(house.core.database, first, across=True):
            other = pool.submit(house.core.database.write, last, across=True)
            until_someone_waits(house)
        other.result(10)
    assert house.claim("w").event_id == "first"


def test_a_retried_event_waits_for_the_turn_that_is_under_way_in_its_lane(morgue):
    house = morgue.house
    name = morgue.bury_event("first", at=1000)
    house.put(morgue.agency, {"id": "second", "lane": "x", "at": 2000})
    event = house.claim("w")
    morgue.retry(name)
    assert house.claim("other") is None
    house.queue("finish_event", event, "w", house.clock(), State.DONE)
    assert house.claim("other").event_id == "first"


def test_retries_beside_workers_and_arrivals_are_each_taken_once(morgue):
    house, taken = morgue.house, []
    names = [morgue.bury_event(f"d{number:02}", lane="xyz"[number % 3], at=number) for number in range(30)]

    def retry():
        for name in names:
            assert morgue.retry(name)

    def arrive():
        for number in range(30):
            arrival = Arrival(f"n{number:02}", "xyz"[number % 3], 1000 + number, b"{}")
            house.core.database.write(
                lambda c, one=arrival: house.core.queue.put(c, morgue.agency, [one], house.clock()), of=morgue.agency
            )

    def work(owner):
        def run():
            while len(taken) < 60:
                if event := house.claim(owner):
                    taken.append(event.event_id)
                    house.queue("finish_event", event, owner, house.clock(), State.DONE)

        return run

    at_once(retry, arrive, work("a"), work("b"))
    assert sorted(taken) == sorted([*(f"d{n:02}" for n in range(30)), *(f"n{n:02}" for n in range(30))])
    assert house.claim("rest") is None
