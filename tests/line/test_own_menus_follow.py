"""Whoever joins is shown the menu of insiders by a task, whoever leaves loses it; LINE's no harms nobody."""

from dataclasses import replace

import pytest

from bot.channels import Channels
from bot.enrol import NewAgency, add_agency, publish_menus
from bot.line.client import Lines
from bot.line.own_menu import OwnMenus
from bot.simulator import config
from bot.simulator.client import Desk
from bot.simulator.server import DeskServer
from bot.storage.tasks import Errand
from bot.texts import Texts
from bot.wiring import Core

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens
CLERK = "U" + "c" * 32


@pytest.fixture
def line(tmp_path):
    people = (config.Persona("staff", "x", CLERK),)
    channel = config.Agency("north", "อบต.เหนือ", f"{NOBODY}/x", "s1", "t1", "U" + "b" * 32, personas=people)
    server = DeskServer(config.Config(tmp_path / "record.jsonl", (channel,))).start()
    yield server
    server.close()


@pytest.fixture
def town(copied_core, line):
    """An agency on the desk's LINE."""
    core = Core(replace(copied_core().settings, line_api=line.url, line_data_api=line.url))
    add_agency(core, NewAgency("north", "อบต.เหนือ", "s1", access_token="t1"))
    yield core
    core.database.close()


def errand(core):
    return Errand(1, core.channels.by_slug("north").id, "lane", "k", "own_menu.show", 1, 0, CLERK)


def own_menus(core, host):
    return OwnMenus(Channels(core.database, core.agencies), Lines(host), Texts(), (host, host))


def test_the_menu_comes_with_joining_and_goes_with_leaving(town, line):
    publish_menus(town, "north")
    links, own = line.desk.accounts["north"].menus.links, own_menus(town, line.url)
    assert own.show(errand(town)) == {"done": True}
    assert set(links) == {CLERK}
    assert own.hide(errand(town)) == {"done": True}
    assert not links


def test_before_any_menu_is_put_up_there_is_none_to_show(town, line):
    assert own_menus(town, line.url).show(errand(town)) == {"done": False}


@pytest.mark.parametrize("act", ["show", "hide"])
def test_lines_no_and_its_silence_are_borne(town, line, act):
    publish_menus(town, "north")
    Desk(line.url).faults("error500", count=5, endpoint="richmenu")
    assert getattr(own_menus(town, line.url), act)(errand(town)) == {"done": False}
    assert getattr(own_menus(town, NOBODY), act)(errand(town)) == {"done": False}
