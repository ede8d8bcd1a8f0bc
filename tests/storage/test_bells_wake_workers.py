"""Whoever waits for work is woken, and nobody is hurt by another's being faster."""

import threading
import time

from bot.bell import Bell, FifoBell
from tests.storage.meanwhile import PATIENCE_S, until


def test_two_workers_of_a_machine_may_listen_at_one_door(tmp_path):
    door, stop = FifoBell(tmp_path / "bell"), threading.Event()
    bells, failures = [Bell(), Bell()], []

    def listen(bell):
        try:
            door.listen(bell, stop)
        except BaseException as error:  # noqa: BLE001 - a thread's failure would pass unseen
            failures.append(error)

    listeners = [threading.Thread(target=listen, args=(bell,)) for bell in bells]
    for one in listeners:
        one.start()
    until(lambda: door.ring() or sum(bell.rings for bell in bells))  # nobody is there at the first
    for _ in range(300):
        door.ring()
        time.sleep(0.001)
    stop.set()
    for one in listeners:
        one.join(PATIENCE_S)
    assert failures == []


def test_a_ring_between_looking_and_waiting_is_heard():
    bell = Bell()
    heard = bell.rings
    bell.ring()
    began = time.monotonic()
    bell.wait(heard, timeout=PATIENCE_S)
    assert time.monotonic() - began < PATIENCE_S / 2


def test_a_ring_that_nobody_hears_is_no_fault(tmp_path):
    FifoBell(tmp_path / "nobody").ring()
