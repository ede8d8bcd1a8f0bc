"""What LINE's refusal says goes to a terminal and to whoever is asked for help: no LINE user id is part of it."""

import traceback

import pytest

from bot.line.menu_client import LineMenus
from bot.line.richmenu import LineSaysNo
from bot.simulator import config
from bot.simulator.client import Desk
from bot.simulator.server import DeskServer

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens
CLERK = "U" + "c" * 32


@pytest.fixture
def line(tmp_path):
    channel = config.Agency("north", "อบต.เหนือ", f"{NOBODY}/x", "s1", "t1", "U" + "b" * 32)
    server = DeskServer(config.Config(tmp_path / "record.jsonl", (channel,))).start()
    yield server
    server.close()


def refusals(menus):
    for act in (lambda: menus.show("richmenu-1", CLERK), lambda: menus.hide(CLERK)):
        with pytest.raises(LineSaysNo) as no:
            act()
        yield no.value


def test_a_refusal_names_what_was_asked_and_not_of_whom(line):
    Desk(line.url).faults("error500", count=2, endpoint="/user/")
    shown, hidden = refusals(LineMenus(line.url, line.url, "t1"))
    assert str(shown) == "POST /v2/bot/user/{userId}/richmenu/richmenu-1: 500"
    assert str(hidden) == "DELETE /v2/bot/user/{userId}/richmenu: 500"


def test_nor_does_its_traceback_where_line_is_away():
    for no in refusals(LineMenus(NOBODY, NOBODY, "t1")):
        assert "LINE does not answer" in str(no)
        assert CLERK not in "".join(traceback.format_exception(no))
