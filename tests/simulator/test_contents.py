"""What people send waits at the platform: prepared for a while, fetched, gone when it is taken back."""

import pytest

from bot.simulator.client import Desk

SLUG, STAFF = "thaimueang", "U" + "5" * 32


def sent(desk: Desk, act: str, **asked):
    return desk.act(SLUG, STAFF, act, **asked)["id"]


def content(line, message, part=""):
    return line.call("GET", f"/v2/bot/message/{message}/content{part}")[:2]


def test_a_picture_is_there_at_once(desk, line):
    message = sent(desk, "photo", base64="aGVsbG8=", type="image/png")
    assert content(line, message) == content(line, message, "/preview") == (200, b"hello")
    assert content(line, message, "/transcoding") == (200, {"status": "succeeded"})


@pytest.mark.parametrize("act", ["video", "audio"])
def test_a_film_is_prepared_first(desk, line, act):
    message = sent(desk, act, prepares=30)
    assert content(line, message) == (202, b"")
    assert content(line, message, "/transcoding") == (200, {"status": "processing"})
    desk.advance(31)
    assert content(line, message)[0] == 200
    assert content(line, message, "/transcoding") == (200, {"status": "succeeded"})


def test_one_that_cannot_be_prepared_never_comes(desk, line):
    message = sent(desk, "video", fails=True)
    desk.advance(3600)
    assert content(line, message) == (202, b"")
    assert content(line, message, "/transcoding") == (200, {"status": "failed"})


def test_what_is_taken_back_is_gone_in_every_form(desk, line):
    message = sent(desk, "photo")
    desk.act(SLUG, STAFF, "unsend", id=message)
    assert {content(line, message, part)[0] for part in ("", "/preview", "/transcoding")} == {410}


def test_what_was_never_sent_is_not_found(line):
    assert {content(line, "1", part)[0] for part in ("", "/preview", "/transcoding")} == {404}


def test_a_document_has_no_preview(desk, line):
    assert content(line, sent(desk, "file"), "/preview")[0] == 404


def test_pictures_that_are_sent_together_say_so(desk, bot):
    for number in (1, 2):
        desk.act(SLUG, STAFF, "photo", set="S1", number=number, total=2)
    events = bot.events(2)
    assert [event["message"]["imageSet"] for event in events] == [
        {"id": "S1", "index": 1, "total": 2}, {"id": "S1", "index": 2, "total": 2},
    ]  # fmt: skip
