"""Clients that say nothing, or too little, do not keep the web process from the others."""

import contextlib
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest

from tests.line.quick_worker import LARGE, QuickWorker
from tests.ports import free_port

THREADS = 2
#: Their time is over for all of them at once.
MANY = 8 * THREADS
#: Once that time, and the rest for a busy machine.
SOON_S = QuickWorker.request_s + 15
HALF = {
    "nothing": (b"", MANY),
    "half a header": (b"POST / HTTP/1.1\r\nHost: x\r\n", MANY),
    "half a body": (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab", MANY),
    "half a chunk": (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nab", MANY),
    # These have their answer one after another, so they wait for each other.
    "no goodbye": (b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 2 * THREADS),
    "no wish for the answer": (b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n", THREADS),
}


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    """The port of a web process, and the file with its log."""
    port, log = free_port(), tmp_path_factory.mktemp("web") / "log"
    command = [
        sys.executable, "-m", "gunicorn", "tests.line.quick_worker:app", "--workers", "1", "--threads", str(THREADS),
        "--worker-class", "tests.line.quick_worker.QuickWorker", "--bind", f"127.0.0.1:{port}", "--log-level", "warning",
    ]  # fmt: skip
    with log.open("w") as told, subprocess.Popen(command, stderr=told) as process:
        until = time.monotonic() + 60
        while not answers(port):
            assert time.monotonic() < until
            time.sleep(0.05)
        yield port, log
        process.terminate()
        assert process.wait(30) == 0


def answers(port):
    try:
        return said(port, b"x") == b"x"
    except ConnectionRefusedError:
        return False


def said(port, body):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/", body)
    answer = connection.getresponse().read()
    connection.close()
    return answer


def connected(port, words):
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    client.sendall(words)
    return client


@pytest.mark.parametrize(("words", "many"), HALF.values(), ids=HALF.keys())
def test_clients_that_stop_half_way_are_dropped_and_others_are_served(web, words, many):
    """gthread by itself waits for them; and nothing is logged, or whoever connects could fill the disk."""
    port, log = web
    clients = [connected(port, words) for _ in range(many)]
    began = time.monotonic()
    assert said(port, b"x" * 100_000) == b"x" * 100_000
    assert time.monotonic() - began < SOON_S
    for client in clients:
        client.close()
    assert log.read_text() == ""


def test_one_who_says_a_letter_at_a_time_has_no_longer_than_the_others(web):
    """Each letter comes in time; all of them together do not."""
    client, began = connected(web[0], b"POST / HTTP/1.1\r\n"), time.monotonic()
    with client, contextlib.suppress(OSError):
        while time.monotonic() - began < 2 * SOON_S:
            client.sendall(b"X")
            time.sleep(0.05)
    assert QuickWorker.request_s / 2 < time.monotonic() - began < SOON_S


def test_a_client_that_is_silent_between_two_requests_holds_no_thread(web):
    port, began = web[0], time.monotonic()
    idle = [HTTPConnection("127.0.0.1", port, timeout=60) for _ in range(MANY)]
    for connection in idle:
        connection.request("POST", "/", b"one")
        assert connection.getresponse().read() == b"one"
    assert said(port, b"x") == b"x"
    # Each that held one would have to be dropped before another is served.
    assert time.monotonic() - began < (MANY // THREADS - 1) * QuickWorker.request_s
    for connection in idle:
        connection.close()


def test_requests_that_come_together_are_answered_in_order(web):
    with connected(web[0], b"".join(b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n%d" % n for n in range(3))) as client:
        came = b""
        while came.count(b"HTTP/1.1 200") < 3 or not came.endswith(b"2"):
            came += client.recv(4096)
    assert [part[-1:] for part in came.split(b"HTTP/1.1 200")[1:]] == [b"0", b"1", b"2"]


def test_a_client_that_takes_a_large_answer_gets_all_of_it(web):
    connection = HTTPConnection("127.0.0.1", web[0], timeout=60)
    connection.request("GET", "/large")
    assert len(connection.getresponse().read()) == LARGE
    connection.close()
