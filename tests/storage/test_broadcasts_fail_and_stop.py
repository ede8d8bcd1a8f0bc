"""What becomes of a broadcast that LINE does not take, or that somebody stops; and what is sent again."""

import threading
from dataclasses import replace

import pytest

from bot import housekeeping
from bot.line.client import Outcome
from bot.storage import dead
from bot.storage.queue import State
from bot.storage.retention import KEPT_MS
from itadomain.broadcasts.broadcast import Stage

HOUR = 60 * 60 * 1000

pytestmark = pytest.mark.usefixtures("small_requests")


@pytest.mark.parametrize("outcome", [Outcome.UNKNOWN, Outcome.UNREACHED, Outcome.NO_ACCESS, Outcome.TOO_FAST])
def test_a_request_is_made_again_under_the_same_key(caster, outcome):
    caster.people(5)
    one = caster.make()
    caster.do()
    caster.send(outcome)
    assert caster.send() is False
    caster.later()
    caster.send()
    assert len({key for *_, key in caster.lines.calls}) == 1
    assert caster.get(one).stage is Stage.DONE


def test_what_line_finds_invalid_is_refused_and_the_others_go_on(caster):
    caster.people(25)
    one = caster.make()
    caster.do()
    caster.send(Outcome.REFUSED)
    caster.send_all()
    came = caster.results(one)
    assert (came.refused, came.accepted, came.failed_requests) == (10, 16, 0)
    assert caster.get(one).stage is Stage.DONE
    caster.again(one)
    caster.later()
    assert caster.send() is False  # what was found invalid is not sent again


def test_when_the_months_messages_are_used_up_the_rest_stays_unsent_and_that_is_told_once(caster):
    caster.people(35)
    one = caster.make()
    caster.do()
    caster.send()
    caster.send(Outcome.MONTH_USED_UP)
    assert caster.send() is False
    came = caster.results(one)
    assert (came.accepted, came.unsent, came.waiting, came.failed_requests) == (10, 26, 0, 3)
    assert caster.get(one).stage is Stage.STOPPED
    caster.do()
    assert [told["name"] for told in caster.heard()] == ["broadcast_over"]


def test_what_failed_is_sent_again_under_the_same_keys_while_they_hold(caster):
    people = caster.people(35)
    one = caster.make()
    caster.do()
    caster.send()
    caster.send(Outcome.MONTH_USED_UP)
    first = caster.lines.calls[1][4]
    assert caster.results(one).retry_until is not None
    caster.later(22 * HOUR)
    caster.again(one)
    caster.send_all()
    caster.later()
    caster.send_all()
    assert caster.lines.calls[2][4] == first
    delivered = [who for at, (_, _, to, _, _) in enumerate(caster.lines.calls) for who in to if at != 1]
    assert sorted(delivered) == sorted([*people, "U" + "a" * 32])
    assert caster.get(one).stage is Stage.DONE


def test_after_a_day_what_failed_has_new_keys(caster):
    caster.people(5)
    one = caster.make()
    caster.do()
    caster.send(Outcome.MONTH_USED_UP)
    caster.later(24 * HOUR)
    caster.again(one)
    caster.send()
    before, after = [key for *_, key in caster.lines.calls]
    assert before != after
    assert caster.get(one).stage is Stage.DONE


def test_a_request_that_line_never_saw_keeps_its_key_for_longer(caster):
    caster.people(15)
    one = caster.make()
    caster.do()
    keys = [key for (key,) in caster.house.rows("SELECT retry_key FROM outbox ORDER BY id")]
    caster.stop(one)
    caster.later(48 * HOUR)
    caster.again(one)
    caster.send_all()
    assert [key for *_, key in caster.lines.calls] == keys


def test_what_line_was_away_for_is_given_up_while_its_key_holds(caster):
    caster.people(5)
    one = caster.make()
    caster.do()
    for _ in range(200):
        if caster.get(one).stage is not Stage.SENDING:
            break
        caster.send(Outcome.UNKNOWN)
        caster.later(HOUR // 4)
    assert caster.results(one).unsent == 6
    assert caster.get(one).stage is Stage.DONE
    assert caster.states() == [State.HELD]


def test_a_stopped_one_makes_no_request_any_more(caster):
    caster.people(35)
    one = caster.make()
    caster.do()
    caster.send()
    caster.stop(one)
    assert caster.send() is False
    came = caster.results(one)
    assert (came.accepted, came.unsent, came.failed_requests, came.retry_until) == (10, 26, 3, None)
    assert caster.get(one).stage is Stage.STOPPED


def test_the_request_under_way_when_it_is_stopped_is_settled_as_what_it_was(caster):
    caster.people(15)
    one = caster.make()
    caster.do()
    letter = caster.loop.claim("s")
    caster.lines.multicast = stopping(caster, one)
    caster.loop.work(letter, "s")
    assert caster.results(one).accepted == 10
    assert caster.results(one).unsent == 6
    assert caster.send() is False


def stopping(caster, one):
    real = caster.lines.multicast

    def multicast(*asked):
        caster.stop(one)
        return real(*asked)

    return multicast


def test_one_that_was_taken_hold_of_before_it_is_stopped_is_not_made(caster):
    caster.people(15)
    one = caster.make()
    caster.do()
    letter = caster.loop.claim("s")
    caster.stop(one)
    caster.loop.work(letter, "s")
    assert caster.lines.calls == []
    assert caster.results(one).unsent == 16


def test_one_that_is_stopped_before_all_requests_stand_goes_on_where_it_was(caster):
    people = caster.people(55)
    one = caster.make()
    caster.casting._begin(caster.agency, one, Stage.SENDING)
    caster.casting._expand(caster.agency, one, None)
    caster.stop(one)
    caster.do()
    assert caster.results(one).unsent == 56
    caster.again(one)
    caster.ask_for(one)
    caster.do()
    for _ in range(4):
        caster.send_all()
        caster.later()
    assert sorted(caster.told) == sorted([*people, "U" + "a" * 32])
    assert caster.get(one).stage is Stage.DONE


def test_results_stay_when_the_messages_are_forgotten(caster):
    caster.people(15)
    one = caster.make()
    caster.do()
    caster.send()
    caster.stop(one)
    before = caster.results(one)
    caster.later(KEPT_MS + 1)
    housekeeping.tidy(caster.house.ledger, threading.Event())
    assert caster.states() == []
    assert before.failed_requests == 1
    assert caster.results(one) == replace(before, failed_requests=0)  # nothing is left that could be sent again
    caster.again(one)
    assert caster.get(one).stage is Stage.STOPPED  # nobody can send again what is forgotten


def test_what_was_refused_can_be_tried_again_by_whoever_runs_the_service(caster):
    caster.people(5)
    one = caster.make()
    caster.do()
    caster.send(Outcome.REFUSED)
    with caster.house.core.database.reading(across=True) as connection:
        (given_up,) = dead.all_of(connection, dead.MESSAGE)
    queue = caster.house.core.queue
    caster.house.core.database.write(lambda c: dead.retry(c, queue, given_up, caster.house.clock()), across=True)
    caster.send_all()
    assert (caster.results(one).accepted, caster.results(one).refused) == (6, 0)
    assert [told["name"] for told in caster.heard()] == []
    caster.do()
    assert [told["name"] for told in caster.heard()] == ["broadcast_over"]
