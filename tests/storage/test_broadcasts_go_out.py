"""A broadcast on a real database: everybody who hears it is in one request, whatever ends or is stopped in between."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import housekeeping
from bot.line.client import Outcome
from itadomain.broadcasts.broadcast import Audience, Reach, Stage
from itadomain.people import Role
from tests.storage.desk import Desk

HOUR = 60 * 60 * 1000


pytestmark = pytest.mark.usefixtures("small_requests")


def test_everybody_hears_it_once(caster):
    people = caster.people(35)
    one = caster.make()
    caster.do()
    caster.send_all()
    caster.later()
    caster.send_all()
    assert sorted(caster.told) == sorted([*people, "U" + "a" * 32])
    assert [len(to) for _, _, to, _, _ in caster.lines.calls] == [10, 10, 10, 6]
    assert len({key for *_, key in caster.lines.calls}) == 4
    assert caster.get(one).stage is Stage.DONE
    assert caster.results(one).accepted == 36


@pytest.mark.parametrize("people", [0, 1, 8, 9, 10, 18, 19, 20, 39])
def test_it_ends_whatever_the_number_of_people(caster, people):
    """The administrator is one more."""
    caster.people(people)
    one = caster.make()
    for _ in range(5):
        caster.do()
        caster.send_all()
        caster.later()
    assert (caster.get(one).stage, len(caster.told), len(set(caster.told))) == (Stage.DONE, people + 1, people + 1)
    assert [told["name"] for told in caster.heard()] == ["broadcast_over"]


def test_it_waits_for_its_time_through_housekeeping(caster):
    caster.people(5)
    one = caster.make(at=caster.now() + timedelta(days=3))
    for _ in range(3):
        housekeeping.keep(caster.house.ledger, threading.Event())
        caster.do()
        assert caster.get(one).stage is Stage.SCHEDULED
        caster.later(23 * HOUR)
    caster.later(3 * HOUR)
    caster.do()
    assert caster.get(one).stage is Stage.SENDING


@pytest.mark.parametrize("stage", [Stage.CANCELLED, Stage.PROPOSED])
def test_what_is_not_scheduled_is_not_sent(caster, stage):
    caster.people(5)
    one = caster.make(stage=stage)
    caster.do()
    caster.send_all()
    assert (caster.get(one).stage, caster.told) == (stage, [])


def test_what_costs_more_than_was_agreed_to_is_not_sent_and_that_is_told(caster):
    caster.people(30)
    one = caster.make(told=2)
    caster.do()
    assert caster.get(one).stage is Stage.CANCELLED
    assert caster.heard()[0]["values"]["refused"] == "broadcast.cost_grew"


def test_who_wants_none_or_left_hears_nothing(caster):
    heard = caster.people(3)
    caster.people(2, muted=True)
    caster.people(4, away_since="2026-11-01")
    one = caster.make()
    assert caster.step(lambda s: s.broadcasts.reachable(Audience(Reach.FRIENDS), caster.now().date())).people == 4
    caster.do()
    caster.send_all()
    assert set(caster.told) - set(heard) == {"U" + "a" * 32}
    assert caster.results(one).accepted == 4


def test_a_village_hears_what_is_for_it(caster):
    caster.people(3, village="1")
    there = caster.people(3, village="2")
    caster.make(Reach.VILLAGE, "2")
    caster.do()
    caster.send_all()
    assert sorted(caster.told) == sorted(there)


def test_insiders_hear_what_is_for_them_though_they_want_nothing_that_is_for_citizens(caster):
    caster.people(3)
    caster.house.change("UPDATE person SET muted = TRUE WHERE posts LIKE '%admin%'")
    caster.make(Reach.STAFF)
    caster.do()
    caster.send_all()
    assert caster.told == ["U" + "a" * 32]


def test_a_trial_goes_to_the_administrators(caster):
    caster.people(30)
    caster.make(trial=True, told=1)
    caster.do()
    caster.send_all()
    assert caster.told == ["U" + "a" * 32]


def test_who_is_forgotten_meanwhile_is_not_written_to(caster):
    gone, *_ = caster.people(5)
    one = caster.make()
    caster.do()
    today = caster.now().date()
    caster.step(lambda store: store.people.forget(store.people.by_line_id(gone, today)))
    caster.send_all()
    assert gone not in caster.told
    assert caster.results(one).accepted == 5


def test_a_request_to_nobody_is_not_made(caster):
    caster.people(5)
    one = caster.make(Reach.VILLAGE, "2")
    caster.house.change("UPDATE person SET village = '2' WHERE posts = '[]'")
    caster.do()
    caster.house.change("DELETE FROM person WHERE posts = '[]'")
    caster.send_all()
    assert (caster.lines.calls, caster.get(one).stage, caster.results(one).accepted) == ([], Stage.DONE, 0)


def test_chunks_made_by_two_at_once_put_nobody_in_twice(caster):
    """One stands still for longer than its lease, another goes on, and the first one wakes."""
    people = caster.people(95)
    one = caster.make()
    caster.casting._begin(caster.agency, one, Stage.SENDING)

    def expand(_):
        while caster.casting._expand(caster.agency, one, None):
            pass

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(expand, range(3)))
    while caster.get(one).stage is Stage.SENDING:
        caster.send_all()
        caster.later()
    assert sorted(caster.told) == sorted([*people, "U" + "a" * 32])


def test_two_senders_make_each_request_once(caster):
    caster.people(95)
    one = caster.make()
    caster.do()
    loops = [caster.sender(), caster.sender()]

    def work(owner):
        for _ in range(200):
            letter = loops[owner].claim(f"s{owner}")
            if letter:
                loops[owner].work(letter, f"s{owner}")
            caster.house.clock.pass_ms(100)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert (len(caster.told), len(set(caster.told))) == (96, 96)
    assert caster.get(one).stage is Stage.DONE


def test_pushes_to_many_are_counted_by_people(caster):
    caster.people(15)
    caster.make()
    caster.do()
    caster.send_all()
    assert caster.house.value("SELECT pushed FROM quota") == 16


def test_no_transaction_is_open_while_line_is_called(caster):
    caster.people(5)
    caster.make()
    caster.do()
    written = []
    caster.lines.multicast = lambda *_: (
        written.append(caster.house.put(caster.agency, {"id": "e", "lane": "z"})),
        Outcome.ACCEPTED,
    )[1]
    caster.send()
    assert written == [1]


def test_two_who_change_it_at_once_do_not_undo_each_other(caster):
    caster.people(5)
    one = caster.make()
    seen = caster.get(one)

    def late(store):
        store.broadcasts.save(replace(store.broadcasts.get(one), stage=Stage.CANCELLED))
        caster.do()  # meanwhile it began

    with pytest.raises(Exception, match=one):
        caster.step(late)
    assert seen.stage is Stage.SCHEDULED
    assert caster.get(one).stage is Stage.SENDING


def test_logs_tell_no_words_and_nobody(caster, caplog):
    people = caster.people(5)
    caster.make()
    caster.do()
    caster.send(Outcome.REFUSED)
    assert "refused as invalid" in caplog.text
    assert "น้ำ" not in caplog.text
    assert not any(one in caplog.text for one in people)


def test_a_head_and_an_admin_may_be_many(caster):
    """Whoever hears it inside the agency is found by their posts."""
    caster.make(Reach.ROLE, Role.ADMIN.value)
    caster.do()
    caster.send_all()
    assert caster.told == ["U" + "a" * 32]


def test_a_broadcast_is_sent_when_no_reply_waits(caster):
    """It has lanes of its own: whoever sends replies takes none of its requests, and the other way round."""
    caster.people(5)
    caster.make()
    caster.do()
    desk = Desk(caster.house, "south")
    desk.post()
    assert caster.loop.claim("s").outgoing.batch is not None
    assert caster.loop.claim("s2") is None
    assert desk.loop.claim("r").outgoing.batch is None
    assert desk.loop.claim("r2") is None


def test_what_was_missed_by_day_waits_for_the_morning(caster):
    """04.46 by the test's clock, then 13.46, then 23.46, then 08.46."""
    caster.people(5)
    one = caster.make(at=caster.now() + timedelta(hours=9))
    caster.later(19 * HOUR)
    caster.do()
    assert (caster.get(one).stage, caster.told) == (Stage.SCHEDULED, [])
    caster.later(9 * HOUR)
    caster.do()
    caster.send_all()
    assert (caster.get(one).stage, len(caster.told)) == (Stage.DONE, 6)


def test_what_was_missed_for_days_is_not_sent_and_that_is_told(caster):
    caster.people(5)
    one = caster.make()
    caster.later(25 * HOUR)
    caster.do()
    assert (caster.get(one).stage, caster.told) == (Stage.CANCELLED, [])
    assert caster.heard()[0]["values"]["refused"] == "broadcast.in_the_past"


def test_who_leaves_meanwhile_is_not_written_to(caster):
    gone, *_ = caster.people(5)
    one = caster.make()
    caster.do()
    today = caster.now().date()
    caster.step(lambda store: store.people.save(replace(store.people.by_line_id(gone, today), away_since=today)))
    caster.send_all()
    assert gone not in caster.told
    assert caster.results(one).accepted == 5


def test_what_came_to_a_stop_in_the_evening_goes_on_in_the_morning(caster):
    """13.46 by the test's clock, then 21.46, then 08.46."""
    people = caster.people(25)
    one = caster.make(at=caster.now() + timedelta(hours=9))
    caster.later(9 * HOUR)
    caster.do()
    caster.send()
    caster.later(8 * HOUR)
    caster.send_all()
    assert (len(caster.told), caster.get(one).stage) == (10, Stage.SENDING)
    caster.later(11 * HOUR)
    caster.send_all()
    assert sorted(caster.told) == sorted([*people, "U" + "a" * 32])
    assert caster.get(one).stage is Stage.DONE
