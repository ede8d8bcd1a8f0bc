"""A paper is made once and handed out once, whoever asks at the same time, and whatever ends in the middle of it."""

import threading
from datetime import timedelta

import pytest

from bot.evidence.shelf import CannotKeep
from bot.papers.handing.clearing import clear
from bot.papers.handing.making import Step
from bot.papers.handing.orders import copy_of
from bot.papers.handing.task import TRIES, MakePaper
from bot.storage.paper_files import LATER_MS, MOST
from bot.storage.queue import State
from itadomain.people import Role
from tests.papers.a_survey import fill
from tests.papers.conftest import LEASE, installed
from tests.storage.meanwhile import at_once

POSTER = "paper:poster:K7Q2:a6:png"
GOING_ON = threading.Event()
HOUR = int(timedelta(hours=1).total_seconds() * 1000)


class Killed(BaseException):
    """The process ends here."""


class Dies(MakePaper):
    """Lays the file on the shelf, and is ended before anybody knows."""

    def _kept(self, asked, folder):
        class Orders(type(self._orders)):
            def change(self, asked, how):
                raise Killed

        mortal = MakePaper(Orders(self._orders.readings, self._orders.queue, self._orders.shelf), self._pictures)
        mortal._teller = lambda _asked: lambda *_: None
        mortal._kept(asked, folder)


@pytest.fixture
def served(house):
    made = installed(house.core)
    made.step(fill)
    return made


@pytest.fixture
def staff(served):
    return served.enrol(Role.STAFF, unit="กองคลัง")


@pytest.fixture
def ready(served, staff):
    """The address of a paper that is made."""
    address = served.address(POSTER, staff)
    served.look(address)
    assert served.work() == 1
    return address


def together(served, act, addresses):
    """Several people at several phones."""
    return at_once(*[lambda one=one: act(served.client.application.test_client(), one) for one in addresses])


def looks(client, address):
    return client.get(address)


def saves(client, address):
    return client.post(address, buffered=True)


def rows(served, sql):
    return served.house.rows(sql)


def test_of_many_who_save_at_once_one_gets_it(served, ready):
    answers = together(served, saves, [ready] * 6)
    assert sorted(one.status_code for one in answers) == [200] + [410] * 5
    [file] = [one for one in answers if one.status_code == 200]
    assert file.data.startswith(b"\x89PNG")
    assert served.lies() == 0


def test_of_many_who_look_at_once_one_has_it_made(served, staff):
    address = served.address(POSTER, staff)
    assert {one.status_code for one in together(served, looks, [address] * 6)} == {200}
    assert served.work() == 1
    assert rows(served, "SELECT stage FROM paper_file") == [("ready",)]


def test_nobody_has_more_made_by_asking_for_many_at_once(served, staff):
    addresses = [served.address(POSTER, staff) for _ in range(MOST + 3)]
    answers = together(served, looks, addresses)
    assert sorted(one.status_code for one in answers) == [200] * MOST + [429] * 3
    assert rows(served, "SELECT COUNT(*) FROM task") == [(MOST,)]


def test_what_is_made_while_a_process_ends_is_made_again(served, staff):
    address = served.address(POSTER, staff)
    served.look(address)
    loop = served.loop(Dies(served.orders, served.shelf))
    with pytest.raises(Killed):
        loop.work(loop.claim("dies"), "dies")
    assert served.lies() == 1, "the file is there and nobody knows"
    assert "<form" not in served.look(address).text
    assert served.work() == 0, "somebody may be at it yet"
    served.clock.pass_ms(LEASE + 1)
    assert served.work() == 1
    assert served.lies() == 1
    assert served.save(address).data.startswith(b"\x89PNG")
    assert served.lies() == 0


def test_what_ends_its_process_each_time_is_given_up_with_a_sentence(served, staff):
    address = served.address(POSTER, staff)
    served.look(address)
    loop = served.loop()
    for _ in range(TRIES):
        assert loop.claim("dies") is not None
        served.clock.pass_ms(LEASE + 1)
    assert served.work() == 1
    page = served.look(address)
    assert "ทำไฟล์ไม่สำเร็จ" in page.text
    assert "http-equiv" not in page.text
    assert rows(served, f"SELECT COUNT(*) FROM task WHERE state = {State.DEAD.value}") == [(0,)]
    assert rows(served, "SELECT COUNT(*) FROM inbox") == [(0,)], "the chat hears nothing"


def test_a_fault_is_tried_again_and_then_told(served, staff):
    address = served.address(POSTER, staff)
    served.look(address)
    served.shelf.fault = RuntimeError("broken"), {"put"}
    for _ in range(TRIES - 1):
        assert served.work() == 1
        assert "ทำไฟล์ไม่สำเร็จ" not in served.look(address).text
        served.clock.pass_ms(60_000)
    assert served.work() == 1
    assert "ทำไฟล์ไม่สำเร็จ" in served.look(address).text
    served.shelf.fault = None
    served.clock.pass_ms(60_000)
    assert served.work() == 0
    assert served.get(POSTER, staff).data.startswith(b"\x89PNG")


def test_a_shelf_that_is_away_is_waited_for(served, staff):
    address = served.address(POSTER, staff)
    served.look(address)
    served.shelf.fault = CannotKeep("full"), {"put"}
    assert served.work() == 1
    assert "ใช้เวลานานกว่าปกติ" not in served.look(address).text
    served.clock.pass_ms(60_000)
    assert "ใช้เวลานานกว่าปกติ" in served.look(address).text
    served.shelf.fault = None
    assert served.work() == 1
    served.shelf.fault = CannotKeep("away"), {"open"}
    answer = served.save(address)
    assert (answer.status_code, "ไฟล์จึงยังไม่ได้บันทึก" in answer.text) == (503, True)
    served.shelf.fault = None
    assert served.save(address).data.startswith(b"\x89PNG")


def test_what_is_lost_is_not_offered_for_ever(served, ready):
    served.shelf.remove(copy_of(served.agency, served.asked(ready).id))
    assert [served.save(ready).status_code, served.look(ready).status_code] == [410, 410]


def test_the_page_tells_how_far_it_is(served, staff):
    address = served.address(POSTER, staff)
    served.look(address)
    one = served.asked(address)
    for step, done, whole, said in (
        (Step.READING, 0, 0, "กำลังรวบรวมข้อมูล"), (Step.PICTURES, 37, 120, "เตรียมรูปแล้ว 37 จาก 120 รูป"),
        (Step.WRITING, 0, 0, "กำลังเขียนไฟล์"), (Step.PACKING, 2, 9, "ทำแล้ว 2 จาก 9 ไฟล์"),
    ):  # fmt: skip
        served.orders.change(one, lambda files, at=(step, done, whole): files.at(one.id, *at))
        page = served.look(address).text
        assert said in page
        assert "http-equiv" in page
        assert (f'max="{whole}" value="{done}"' in page) is bool(whole)


def test_nothing_of_it_can_be_read_where_it_lies(served, ready):
    [file] = [one for one in served.folder.rglob("*") if one.is_file()]
    assert file.read_bytes().startswith(b"v1.")
    assert b"\x89PNG" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    [(told,)] = rows(served, "SELECT told FROM paper_file")
    assert told.startswith("v1.")


def test_housekeeping_takes_away_what_nobody_fetched(served, ready, staff):
    served.clock.pass_ms(HOUR + LATER_MS)
    younger = served.address(POSTER, staff)
    served.look(younger)
    served.work()
    clear(served.orders, GOING_ON)
    assert served.lies() == 2, "clocks of two hosts may differ"
    served.clock.pass_ms(1)
    clear(served.orders, GOING_ON)
    assert served.lies() == 1
    assert len(rows(served, "SELECT id FROM paper_file")) == 1
    assert served.look(ready).status_code == 404
    assert served.save(younger).data.startswith(b"\x89PNG")


def test_housekeeping_finds_what_was_left_in_the_making(served, staff):
    address = served.address(POSTER, staff)
    served.look(address)
    loop = served.loop(Dies(served.orders, served.shelf))
    with pytest.raises(Killed):
        loop.work(loop.claim("dies"), "dies")
    served.clock.pass_ms(HOUR + LATER_MS + 1)
    served.shelf.fault = CannotKeep("away"), {"remove"}
    with pytest.raises(CannotKeep):
        clear(served.orders, GOING_ON)
    assert served.lies() == 1
    served.shelf.fault = None
    clear(served.orders, GOING_ON)
    assert (served.lies(), rows(served, "SELECT id FROM paper_file")) == (0, [])
    assert served.work() == 1, "its task finds that nobody waits"
    assert served.lies() == 0
