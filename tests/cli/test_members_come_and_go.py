"""Who has a role, who loses it, and what LINE shows them; `member` and `menu` as processes."""

import pytest
from sqlalchemy import text

from bot.line.events import lane_source
from bot.settings import Settings
from bot.simulator import config
from bot.simulator.client import Desk
from bot.simulator.server import DeskServer
from bot.storage.queue import Arrival, lane_of
from bot.wiring import Core

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens
MAYOR, CLERK = "U" + "a" * 32, "U" + "c" * 32


class Town:
    """The office, with a mayor and a clerk enrolled, before a LINE that knows both."""

    def __init__(self, shell, line):
        self.shell, self.line, self.desk = shell, line, Desk(line.url)
        for user, name, role in ((MAYOR, "นายก", "executive"), (CLERK, "สมศรี", "staff")):
            self.done("member", "add", "north", "--line-user-id", user, "--name", name, "--role", role)

    def itabot(self, *arguments):
        return self.shell.itabot(*arguments, LINE_API_HOST=self.line.url, LINE_DATA_API_HOST=self.line.url)

    def done(self, *arguments):
        ran = self.itabot(*arguments)
        assert (ran.returncode, ran.stderr) == (0, ""), ran
        return ran.stdout

    def own_menus(self):
        return set(self.line.desk.accounts["north"].menus.links)

    def rows(self, table):
        core = Core(Settings.read(self.shell.environment))
        with core.database.reading() as connection:
            counted = connection.execute(text(f"SELECT COUNT(*) FROM {table}")).scalar()
        core.database.close()
        return counted

    def hears(self, user):
        """An event of theirs comes in, as the webhook stores it, and a question is open."""
        core = Core(Settings.read(self.shell.environment))
        agency = core.channels.by_slug("north").id
        lane = lane_of(core.ring, agency, lane_source({"source": {"type": "user", "userId": user}}))
        arrival = Arrival("e1", lane, 1_000, b"{}")
        core.database.write(lambda c: core.queue.put(c, agency, [arrival], 1_000), across=True)
        place = text("INSERT INTO place SELECT agency_id, id, 'office.complaint', '', 0 FROM person")
        core.database.write(lambda c: c.execute(place), across=True)
        core.database.close()


@pytest.fixture
def town(shell, tmp_path):
    people = tuple(config.Persona("staff", "x", user) for user in (MAYOR, CLERK))
    channel = config.Agency("north", "อบต.เหนือ", f"{NOBODY}/x", "s1", "t1", "U" + "b" * 32, personas=people)
    line = DeskServer(config.Config(tmp_path / "record.jsonl", (channel,))).start()
    shell.itabot("agency", "add", "north", "--name", "อบต.เหนือ", "--channel-secret", "s1", "--access-token", "t1")
    yield Town(shell, line)
    line.close()


def test_who_has_a_role_is_listed_without_ids_unless_they_are_asked_for(town):
    town.hears(CLERK)
    told = town.done("member", "list", "north")
    assert sorted(told.splitlines()) == ["นายก  executive  -  never wrote", "สมศรี  staff  -  has written"]
    with_ids = town.done("member", "list", "north", "--ids")
    assert MAYOR in with_ids
    assert CLERK in with_ids


def test_who_is_removed_has_no_role_and_no_menu_of_their_own(town):
    town.done("menu", "north")
    assert town.own_menus() == {MAYOR, CLERK}
    assert town.done("member", "remove", "north", "--line-user-id", CLERK) == "north: no roles any more\n"
    assert town.own_menus() == {MAYOR}
    assert town.done("member", "list", "north") == "นายก  executive  -  never wrote\n"
    assert town.rows("person") == 2


def test_who_is_forgotten_leaves_no_row(town):
    town.hears(CLERK)
    assert (town.rows("person"), town.rows("place")) == (2, 2)
    assert town.done("member", "remove", "north", "--line-user-id", CLERK, "--forget") == "north: forgotten\n"
    assert (town.rows("person"), town.rows("place")) == (1, 1)


def test_with_line_away_the_role_goes_all_the_same(town):
    ran = town.shell.itabot("member", "remove", "north", "--line-user-id", CLERK, LINE_API_HOST=NOBODY)
    assert (ran.returncode, ran.stdout) == (0, "north: no roles any more\n")
    (sentence,) = ran.stderr.splitlines()
    assert "menu stays" in sentence
    assert CLERK not in sentence
    assert "staff" not in town.done("member", "list", "north")


def test_somebody_unknown_cannot_be_removed(town):
    ran = town.itabot("member", "remove", "north", "--line-user-id", "U" + "0" * 32)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "itabot: nobody of this LINE user id is known to «north»\n"


def test_one_member_whom_line_refuses_does_not_keep_the_others_waiting(town):
    town.desk.faults("error500", endpoint=f"/user/{MAYOR}/")
    ran = town.itabot("menu", "north")
    assert ran.returncode == 1
    assert ran.stderr == "itabot: 1 of 2 has no menu of their own\n"
    assert town.own_menus() == {CLERK}
