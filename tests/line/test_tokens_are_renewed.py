"""Access tokens: long-lived, or stateless and renewed; by a clock of the test, and at the desk simulator's LINE."""

import threading
from dataclasses import replace

import pytest

from bot import enrol
from bot.line.client import Lines, Outcome
from bot.line.tokens import RENEW_AFTER, RETRY_S, Issued, Tokens
from bot.simulator import config
from bot.simulator.client import Desk
from bot.simulator.server import DeskServer
from bot.storage.agencies import Agency
from bot.wiring import Core
from tests.fakes import an_office

LIFE = 900.0  # what LINE gives a stateless token, in seconds
FRESH = LIFE * RENEW_AFTER
NORTH = Agency(1, "north", an_office(), "secret-north", access_token="", channel_id="1650000001")
CITIZEN = "U" + "c" * 32
MESSAGES = [{"type": "text", "text": "สวัสดีค่ะ"}]
KEY = "0b0e5b3e-6a0c-4f7e-9d57-000000000002"


class Counter:
    """LINE as the tokens see it: gives t1, t2, … or what it is told, and a clock that the test moves."""

    def __init__(self):
        self.now = 0.0
        self.asked = 0
        self.instead = []

    def issue(self, _agency):
        self.asked += 1
        return self.instead.pop(0) if self.instead else Issued(f"t{self.asked}", LIFE)


@pytest.fixture
def counter():
    return Counter()


@pytest.fixture
def tokens(counter):
    return Tokens(counter.issue, lambda: counter.now)


def test_a_long_lived_token_is_taken_and_nothing_fetched(counter, tokens):
    assert tokens.of(replace(NORTH, access_token="long")) == "long"
    assert counter.asked == 0


def test_without_a_token_and_a_channel_there_is_no_access(counter, tokens):
    assert tokens.of(replace(NORTH, channel_id="")) is Outcome.NO_ACCESS
    assert counter.asked == 0


def test_a_stateless_token_serves_for_two_thirds_of_its_life_and_is_then_renewed(counter, tokens):
    assert tokens.of(NORTH) == "t1"
    counter.now = FRESH - 1
    assert tokens.of(NORTH) == "t1"
    counter.now = FRESH
    assert tokens.of(NORTH) == "t2"
    assert counter.asked == 2


@pytest.mark.parametrize("change", [{"channel_id": "1650000002"}, {"channel_secret": "secret-south"}], ids=str)
def test_another_channel_has_a_token_of_its_own(tokens, change):
    """An agency that was given another channel must not send through the one before."""
    assert tokens.of(NORTH) == "t1"
    assert tokens.of(replace(NORTH, **change)) == "t2"
    assert tokens.of(NORTH) == "t1"


def test_a_token_that_cannot_be_renewed_serves_to_its_end_and_no_longer(counter, tokens):
    tokens.of(NORTH)
    counter.instead = [Outcome.UNREACHED] * 2
    counter.now = FRESH
    assert tokens.of(NORTH) == "t1"
    counter.now = LIFE
    assert tokens.of(NORTH) is Outcome.UNREACHED
    assert tokens.of(NORTH) == "t4"


def test_a_renewal_that_failed_is_not_tried_with_every_message(counter, tokens):
    """Each try may wait ten seconds for LINE."""
    tokens.of(NORTH)
    counter.instead = [Outcome.UNREACHED]
    counter.now = FRESH
    assert [tokens.of(NORTH) for _ in range(5)] == ["t1"] * 5
    assert counter.asked == 2
    counter.now = FRESH + RETRY_S
    assert tokens.of(NORTH) == "t3"


def test_a_forgotten_token_is_fetched_anew(tokens):
    tokens.of(NORTH)
    tokens.forget(NORTH, "t1")
    assert tokens.of(NORTH) == "t2"


def test_the_fresh_token_of_another_thread_is_not_forgotten(tokens):
    """Two sends are refused with t1; the second hears of it after the first has fetched t2."""
    tokens.of(NORTH)
    tokens.forget(NORTH, "t1")
    tokens.of(NORTH)
    tokens.forget(NORTH, "t1")
    assert tokens.of(NORTH) == "t2"


class Slow(Counter):
    """Answers when the test says so."""

    def __init__(self):
        super().__init__()
        self.came, self.go = threading.Event(), threading.Event()

    def issue(self, agency):
        self.came.set()
        assert self.go.wait(60)
        return super().issue(agency)


def asking(tokens, got):
    thread = threading.Thread(target=lambda: got.append(tokens.of(NORTH)))
    thread.start()
    return thread


def test_one_thread_fetches_the_first_token_and_all_get_it():
    slow, got = Slow(), []
    tokens = Tokens(slow.issue, lambda: slow.now)
    threads = [asking(tokens, got) for _ in range(8)]
    assert slow.came.wait(60)
    assert got == []
    slow.go.set()
    for thread in threads:
        thread.join(60)
    assert got == ["t1"] * 8
    assert slow.asked == 1


def test_while_one_thread_renews_the_others_use_what_still_lives():
    slow, got = Slow(), []
    tokens = Tokens(slow.issue, lambda: slow.now)
    slow.go.set()
    tokens.of(NORTH)
    slow.go.clear()
    slow.came.clear()
    slow.now = FRESH
    renewing = asking(tokens, got)
    assert slow.came.wait(60)
    assert tokens.of(NORTH) == "t1"
    slow.go.set()
    renewing.join(60)
    assert got == ["t2"]


def test_a_fault_of_ours_reaches_whoever_asked_and_does_not_stay(counter):
    def faulty(agency):
        if counter.asked == 0:
            counter.asked += 1
            raise ZeroDivisionError
        return counter.issue(agency)

    tokens = Tokens(faulty, lambda: counter.now)
    with pytest.raises(ZeroDivisionError):
        tokens.of(NORTH)
    assert tokens.of(NORTH) == "t2"


def test_no_token_is_shown_where_a_value_is_printed():
    assert "hidden" not in repr(Issued("hidden", LIFE))


@pytest.fixture
def server(tmp_path):
    agency = config.Agency(
        "north", "อบต.เหนือ", "http://127.0.0.1:9/line/north/webhook", "secret-north", "long-lived-token", "U" + "b" * 32,
        (config.Persona("citizen", "สมศรี", CITIZEN),), NORTH.channel_id,
    )  # fmt: skip
    server = DeskServer(config.Config(tmp_path / "record.jsonl", (agency,))).start()
    yield server
    server.close()


@pytest.fixture
def lines(server):
    lines = Lines(server.url)
    yield lines
    lines.close()


def fetched(server):
    return sum(entry["path"] == "/oauth2/v3/token" for entry in Desk(server.url).record(kind="api"))


def test_messages_go_out_with_a_token_for_the_channels_id_and_secret(server, lines):
    assert lines.push(NORTH, CITIZEN, MESSAGES, KEY) is Outcome.ACCEPTED
    assert lines.push(NORTH, CITIZEN, MESSAGES, KEY.replace("2", "3")) is Outcome.ACCEPTED
    assert fetched(server) == 1
    assert len([one for one in Desk(server.url).chat("north", CITIZEN)["items"] if one["from"] == "bot"]) == 2


def test_a_token_that_line_no_longer_takes_is_replaced_within_the_call(server, lines):
    """The clock of this process may have stood still, or LINE may have taken the token back."""
    lines.push(NORTH, CITIZEN, MESSAGES, KEY)
    Desk(server.url).advance(LIFE + 1)
    assert lines.push(NORTH, CITIZEN, MESSAGES, KEY.replace("2", "3")) is Outcome.ACCEPTED
    assert fetched(server) == 2


@pytest.fixture
def core(copied_core, server):
    core = copied_core()
    core = Core(replace(core.settings, line_api=server.url, line_data_api=server.url))
    yield core
    core.database.close()


def test_menus_go_up_with_such_a_token_too(core):
    enrol.add_agency(core, enrol.NewAgency("north", "อบต.เหนือ", "secret-north", channel_id=NORTH.channel_id))
    assert len(enrol.publish_menus(core, "north").made) == 2


def test_menus_without_access_are_refused_in_a_sentence(core):
    enrol.add_agency(core, enrol.NewAgency("north", "อบต.เหนือ", "another", channel_id=NORTH.channel_id))
    with pytest.raises(enrol.Unknown, match="itabot doctor north"):
        enrol.publish_menus(core, "north")


def test_a_wrong_secret_gets_no_access(server, lines):
    assert lines.push(replace(NORTH, channel_secret="other"), CITIZEN, MESSAGES, KEY) is Outcome.NO_ACCESS
    assert Desk(server.url).record(kind="api") == []
