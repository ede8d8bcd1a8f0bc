"""However long, packed or odd a body is, the answer is right and cheap."""

import gzip
import io
import time

import pytest

from bot.line.webhook import MOST_EVENTS
from tests.line.edge import event
from tests.line.odd import body_of, nested

LIMIT = 1_000_000


# ── how long a body is, and how long it says it is


@pytest.mark.parametrize(("size", "status"), [(LIMIT - 1, 200), (LIMIT, 200), (LIMIT + 1, 413), (3 * LIMIT, 413)])
def test_a_body_in_chunks_has_the_same_limit(edge, size, status):
    """It comes without a length, and the server says that its stream ends by itself."""
    body = body_of(event("e", "")).ljust(size)
    assert edge.post_raw(body, CONTENT_LENGTH="", **{"wsgi.input_terminated": True}) == status
    assert edge.stored == (status == 200)


@pytest.mark.parametrize(("length", "status"), [
    ("0", 401), ("10", 401), ("", 401), ("many", 401), ("-1", 401), ("1e3", 401), ("0x10", 401),  # not what was signed
    ("999999", 400),  # the rest never comes
    ("1000002", 413), ("9" * 4000, 413),
])  # fmt: skip
def test_a_length_that_is_not_true_is_no_servers_fault(steady_edge, length, status):
    assert steady_edge.post_raw(body_of(event("e")), CONTENT_LENGTH=length) == status
    assert steady_edge.stored == 0


def test_a_line_that_breaks_is_no_servers_fault(steady_edge):
    class Broken(io.BytesIO):
        def read(self, *size):
            raise ConnectionResetError

        readinto = read

    assert steady_edge.post_raw(body_of(event("e")), **{"wsgi.input": Broken()}) == 400


@pytest.mark.parametrize("kind", [
    "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data",
    "application/json; charset=nonsense", "\xff",
])  # fmt: skip
def test_the_type_of_the_content_does_not_matter(edge, kind):
    """What counts is the signature over the bytes."""
    assert edge.post_raw(body_of(event("e")), CONTENT_TYPE=kind) == 200
    assert edge.stored == 1


def test_a_packed_body_is_not_unpacked(steady_edge):
    """LINE packs none, and a few bytes may be packed gigabytes."""
    packed = gzip.compress(body_of(event("e")))
    assert steady_edge.post_raw(packed, HTTP_CONTENT_ENCODING="gzip") == 400
    assert steady_edge.stored == 0


def test_there_is_a_most_of_events_in_one_body(edge):
    many = [event(f"e{number}") for number in range(MOST_EVENTS + 1)]
    assert edge.post(many).status_code == 413
    assert edge.stored == 0
    assert edge.post(many[1:]).status_code == 200
    assert edge.stored == MOST_EVENTS


# ── JSON


@pytest.mark.parametrize("body", [
    nested(100_000), b'{"events": ' + nested(100_000) + b"}", b'{"events": [{"a": ' + nested(100_000) + b"}]}",
    b'{"events": [{"a": ' + b"9" * 5000 + b"}]}", b'{"events": [{"a": ' + b"-" + b"9" * 900_000 + b"}]}",
    b'{"events": [{"a": "\x00"}]}', b'{"events": [{"a": 01}]}', b'{"events": [{}]} {}', b'{"events": [{}]', b"\x00" * 900_000,
])  # fmt: skip
def test_json_that_cannot_be_read_is_a_bad_request(steady_edge, body):
    assert steady_edge.post_raw(body) == 400
    assert steady_edge.stored == 0


def test_an_event_as_deep_as_python_can_just_read_is_no_servers_fault(steady_edge):
    """json reads a little deeper than it writes: such an event was a 500, and LINE would deliver it for ever."""
    bodies = [b'{"events": [{"x": ' + nested(depth) + b"}]}" for depth in range(800, 1005)]
    answers = {steady_edge.post_raw(body) for body in bodies}
    assert answers == {200, 400}
    assert steady_edge.stored == 0


@pytest.mark.parametrize("body", [
    b'{"events": [{"a": [' + b",".join([b"[]"] * 300_000) + b"]}]}", b'{"events": [' + b",".join([b"{}"] * 300_000) + b"]}",
    b'{"events": [{"a": [' + b",".join([b"9" * 4300] * 200) + b"]}]}", b'{"events": [{"a": [' + b",".join([b"1e400"] * 150_000) + b"]}]}",
])  # fmt: skip
def test_a_megabyte_made_to_be_costly_is_cheap_enough(edge, body):
    """LINE waits 2 s, and other agencies' webhooks wait meanwhile."""
    began = time.thread_time()
    assert edge.post_raw(body) in {200, 413}
    assert time.thread_time() - began < 1.5
