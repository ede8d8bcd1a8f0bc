"""From a link in the chat to what was found there: turn, task and turn on the stores that agencies have."""

from dataclasses import replace
from datetime import UTC

import pytest

from bot.publishing.outside import NoNames
from bot.publishing.task import CheckAddress
from bot.storage.queue import State
from bot.tasks import TaskLoop
from itadomain.oit import register as registers
from itadomain.oit.entering import Named
from itadomain.oit.items import Outcome
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.publishing.web import HELLO, SITE, Web, answering
from tests.storage.real_talk import RealTalk

PAGE = f"http://{SITE}/contact"


@pytest.fixture
def web():
    web = Web()
    with web.open:
        yield web


@pytest.fixture
def admin(house):
    talk = RealTalk(house, house.add_agency("north"), a_person(Role.ADMIN, key="a" * 32))
    talk.keeps(lambda store: registers.add(store, 2570, [Named(5, "ข้อมูลการติดต่อ")]))
    return talk


def looks(house, admin, web, reply, **more):
    """A worker does what the reply asks for; gives what became of the tasks, and what the lane is told."""
    put, now = house.core.queue.tasks.put, house.clock()
    tasks = [(one.name, one.facts) for one in reply.tasks]
    house.core.database.write(lambda c: put(c, admin.agency, "lane", admin.user, tasks, now), across=True)
    loop = TaskLoop(
        house.ledger, {"check_address": CheckAddress(lambda: TODAY, UTC, web.outside(**more))}, 30_000, 1, lambda: None
    )
    while errand := loop.claim("w"):
        loop.work(errand, "w")
    return [State(state) for (state,) in house.rows("SELECT state FROM task ORDER BY id")]


def item(admin):
    return admin.keeps(lambda store: registers.item_of(store, 2570, 5))


def publishes(admin, said=PAGE):
    admin.taps("oit_publishing.address", year=2570, no=5)
    return admin.says(said)


def hear(house, admin):
    """The lane hears what it was told."""
    import json

    from bot.line.events import hear as heard_as

    rows = house.rows("SELECT body, event_id, agency_id FROM inbox WHERE event_id LIKE 'task:%'")
    for body, event, agency in rows:
        told = json.loads(house.core.ring.open_text(body, agency, "inbox", "body", event))
        assert heard_as(told) is not None
        admin.sends(told)
    return len(rows)


def test_a_link_is_looked_at_by_a_worker_and_the_item_says_what_was_found(house, admin, web):
    web.site(answering(HELLO), port=80)
    assert looks(house, admin, web, publishes(admin)) == [State.DONE]
    assert hear(house, admin) == 1
    assert (item(admin).check.outcome, item(admin).check.on) == (Outcome.OPENS, TODAY)
    admin.taps("oit.one", year=2570, no=5)
    assert "เปิดได้" in admin.words


def test_a_link_that_leads_inside_is_told_and_reaches_nothing(house, admin, web):
    web.names[SITE] = [["169.254.169.254"]]
    looks(house, admin, web, publishes(admin))
    hear(house, admin)
    assert (item(admin).check.outcome, web.connected) == (Outcome.NOT_PUBLIC, [])


def test_where_no_name_can_be_resolved_nothing_is_held_against_the_site(house, admin, web):
    def resolve(host, port):
        raise NoNames

    assert looks(house, admin, web, publishes(admin), resolve=resolve) == [State.DEAD]
    hear(house, admin)
    assert item(admin).check is None


def test_a_link_that_was_changed_meanwhile_is_not_judged_by_the_older_look(house, admin, web):
    web.site(answering(b"HTTP/1.1 404 No\r\n\r\n"), port=80)
    looks(house, admin, web, publishes(admin))
    moved = replace(item(admin), address=f"{PAGE}/new")
    admin.keeps(lambda store: store.oit_items.save(moved))
    hear(house, admin)
    assert item(admin).check is None
