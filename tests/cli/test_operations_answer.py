"""The commands of who runs the service, as processes: tick, dead, keys rotate. What they do lies in tests/storage."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot import cli, enrol
from bot.commands.dead import _outline
from bot.settings import Settings
from bot.storage.queue import Arrival, State
from bot.storage.quotas import SqlQuotas
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.tenancy import AgencySession
from bot.wiring import Core
from itadomain.allowance import Allowance

ADMINS = ("U" + "a" * 32, "U" + "b" * 32)
SUNDAY, MONDAY = "2026-11-22T08:30", "2026-11-23T08:30"


class Desk:
    """One agency with two administrators, whose month is nearly used up and whose dead letter is one event."""

    def __init__(self, shell):
        self.shell = shell
        self.itabot = shell.itabot
        self.core = Core(Settings.read(shell.environment))
        migrate(self.core.database)
        enrol.add_agency(self.core, enrol.NewAgency("north", "อบต.เหนือ", "secret"))
        for user in ADMINS:
            enrol.add_member(self.core, enrol.NewMember("north", user, "สมศรี", ["admin"]))
        self.agency = self.core.channels.by_slug("north").id
        self.core.database.write(self._keep_quota, of=self.agency)
        self.core.database.write(self._bury, across=True)

    def done(self, *arguments, **environment):
        """What a command that succeeds has to say."""
        ran = self.itabot(*arguments, **environment)
        assert (ran.returncode, ran.stderr) == (0, ""), ran
        return ran.stdout

    def refused(self, status, *arguments, **environment):
        """The last sentence with which a command says no."""
        ran = self.itabot(*arguments, **environment)
        assert (ran.returncode, ran.stdout) == (status, ""), ran
        assert "Traceback" not in ran.stderr
        return ran.stderr.splitlines()[-1]

    def tick(self, *arguments, **environment):
        line, rest = self.done("tick", *arguments, **environment).split("\n", 1)
        assert rest == ""
        return json.loads(line)

    def notices(self):
        with self.core.database.reading() as connection:
            return connection.exec_driver_sql("SELECT COUNT(*) FROM outbox").scalar()

    def _keep_quota(self, connection):
        now = int(datetime.now(UTC).timestamp() * 1000)
        SqlQuotas(AgencySession(connection, self.agency)).keep(Allowance(300, 258), now, MONDAY[:7])

    def _bury(self, connection):
        queue, at = self.core.queue, 1_000
        queue.put(connection, self.agency, [Arrival("e", "x", at, b'{"type": "message"}')], at)
        event = queue.claim_event(connection, "w", at, 1_000)
        queue.finish_event(connection, event, "w", at, State.DEAD, "failed")


@pytest.fixture
def desk(shell):
    desk = Desk(shell)
    yield desk
    desk.core.database.close()


def a_run(slot):
    return {"job": "allowance.warn", "slot": slot, "agencies": 1, "notices": len(ADMINS)}


def weekly(told):
    """The runs of the job that these tests follow; others have days and times of their own."""
    return [one for one in told["jobs"] if one["job"] == "allowance.warn"]


def misused(capsys, *arguments):
    """What is said to a command that is left before it touches anything."""
    with pytest.raises(SystemExit) as left:
        cli.run(arguments)
    assert left.value.code == 2
    told, complained = capsys.readouterr()
    assert told == ""
    return complained


# ── tick


def test_a_tick_prints_one_line_of_what_it_queued_and_the_next_finds_nothing_to_do(desk):
    told = desk.tick("--now", f"{MONDAY}+07:00")
    assert (told["now"], weekly(told)) == ("2026-11-23T08:30:00+07:00", [a_run("2026-11-23T08:30+07:00")])
    assert desk.tick("--now", f"{MONDAY}+07:00") == {"now": "2026-11-23T08:30:00+07:00", "jobs": []}
    assert desk.notices() == len(ADMINS)


def test_before_monday_the_week_before_is_due(desk):
    assert weekly(desk.tick("--now", f"{SUNDAY}+07:00")) == [a_run("2026-11-16T08:30+07:00")]


@pytest.mark.parametrize(("zone", "offset"), [("Asia/Bangkok", "+07:00"), ("Asia/Tokyo", "+09:00"), (None, "+07:00")])
def test_a_time_without_a_zone_is_in_that_of_the_service(desk, zone, offset):
    told = desk.tick("--now", MONDAY, ITABOT_TIMEZONE=zone)
    assert (told["now"], weekly(told)) == (f"{MONDAY}:00{offset}", [a_run(MONDAY + offset)])


def test_a_time_of_another_zone_is_the_same_moment(desk):
    """01.30 in London is 08.30 in Bangkok, and a minute earlier it is not Monday's time yet."""
    assert weekly(desk.tick("--now", "2026-11-23T01:29+00:00")) == [a_run("2026-11-16T08:30+07:00")]
    assert weekly(desk.tick("--now", "2026-11-23T01:30Z")) == [a_run("2026-11-23T08:30+07:00")]


def test_without_a_time_it_is_now(desk):
    told = desk.tick()
    assert abs(datetime.fromisoformat(told["now"]) - datetime.now(UTC)) < timedelta(minutes=1)
    (ran,) = weekly(told)
    assert timedelta() <= datetime.now(UTC) - datetime.fromisoformat(ran["slot"]) < timedelta(days=7, minutes=1)


def test_what_a_tick_did_is_counted(desk):
    ran = desk.tick("--now", MONDAY)["jobs"]
    with desk.core.database.reading() as connection:
        counted = connection.exec_driver_sql("SELECT name, outcome, count FROM tally").all()
    assert counted == [("job", "done", len(ran))]


@pytest.mark.parametrize(
    "now", ["", "tomorrow", "2026-13-01T00:00", "08:30", "๒๕๖๙", "0001-01-01T00:00+14:00", "9999-12-31"]
)
def test_a_time_that_is_none_is_wrong_use(capsys, now):
    assert f"«{now}» is not a time like" in misused(capsys, "tick", "--now", now)


# ── dead


def test_a_dead_letter_is_listed_retried_and_then_no_longer_there(desk):
    (line,) = desk.done("dead", "list", "--json").splitlines()
    assert json.loads(line) == {
        "name": "event:1", "agency": "north", "at": "1970-01-01T07:00:01+07:00", "attempts": 1, "reason": "failed",
    }  # fmt: skip
    assert desk.done("dead", "retry", "event:1") == "event:1 is tried again\n"
    assert desk.done("dead", "list") == "nothing was given up\n"
    for again in ("retry", "drop", "show"):
        assert desk.refused(1, "dead", again, "event:1") == "itabot: there is no event:1 among what was given up"


def test_a_dead_letter_is_dropped_by_its_reason(desk):
    assert desk.done("dead", "drop", "--reason", "monthly limit") == "nothing was given up for this reason\n"
    assert desk.done("dead", "drop", "--reason", "failed") == "event:1 is dropped\n"
    assert desk.done("dead", "drop", "--all") == "nothing was given up\n"


def test_a_dead_letter_is_shown_by_its_shape_unless_its_words_are_asked_for():
    inside = {
        "type": "message", "mode": "my complaint", "timestamp": 1795150000000, "isRedelivery": False, "amount": 50000,
        "message": {"type": "text", "text": "นายกโกง", "emojis": [{"index": 3}]}, "U" + "a" * 32: None, "เบอร์": "0812345678",
    }  # fmt: skip
    assert _outline(inside) == {
        "type": "message", "mode": "12 characters", "timestamp": 1795150000000, "isRedelivery": False, "amount": "a number",
        "message": {"type": "text", "text": "7 characters", "emojis": [{"index": "a number"}]}, "key 7": None, "key 8": "10 characters",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["12", "event", "event:", "event:x", "event:-1", "letter:1", "", ":1"])
@pytest.mark.parametrize("verb", ["show", "retry"])
def test_a_name_that_is_none_is_wrong_use(capsys, verb, name):
    assert f"«{name}» is neither event:NUMBER nor message:NUMBER" in misused(capsys, "dead", verb, name)


@pytest.mark.parametrize("verb", ["retry", "drop"])
def test_meaning_nothing_is_wrong_use(office, verb):
    process = office.itabot("dead", verb)
    assert (process.returncode, process.stdout) == (2, "")
    assert process.stderr == "itabot: name something, or say --all or --reason\n"


def test_an_agency_that_is_none_has_no_list(office):
    process = office.itabot("dead", "list", "--agency", "nowhere")
    assert (process.returncode, process.stdout, process.stderr) == (1, "", "itabot: there is no agency «nowhere»\n")


# ── keys rotate


def test_keys_rotate_so_that_the_new_one_is_enough(desk):
    old, new = desk.shell.environment["ITABOT_KEYS"], new_key()
    told = desk.done("keys", "rotate", ITABOT_KEYS=f"{new},{old}")
    assert told == (
        "7 sealed anew under the first key of ITABOT_KEYS\n"  # a secret and a token, two people of two each, one event
        "the other keys can be taken away when the service has been started anew\n"
    )
    assert '"type": "message"' in desk.done("dead", "show", "event:1", "--words", ITABOT_KEYS=new)
    assert "do not open" in desk.itabot("keys", "rotate", ITABOT_KEYS=old).stderr


def test_without_the_old_key_nothing_is_rotated(desk):
    ran = desk.itabot("keys", "rotate", ITABOT_KEYS=new_key())
    assert (ran.returncode, ran.stdout) == (1, "0 sealed anew under the first key of ITABOT_KEYS\n")
    assert ran.stderr == "itabot: 7 do not open with any of these keys; keep the old keys\n"
    assert desk.done("dead", "show", "event:1", "--words") != ""
