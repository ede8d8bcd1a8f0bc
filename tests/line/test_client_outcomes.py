"""What becomes of a call to LINE, tried against a server of our own."""

import json
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.line import client
from bot.line.client import Lines, Outcome

MESSAGES = [{"type": "text", "text": "สวัสดีค่ะ 😀"}]
CARD = {"type": "flex", "altText": "ปี 2565", "contents": {"type": "bubble", "body": {
    "type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "94.97", "wrap": True, "flex": 0}]}}}  # fmt: skip
KEY = "0b0e5b3e-6a0c-4f7e-9d57-000000000001"


class Answers(BaseHTTPRequestHandler):
    """Does what the test put into `server.plan`, and notes what it was asked."""

    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.connections += 1

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((self.path, dict(self.headers), json.loads(body)))
        plan = self.server.plan.pop(0) if self.server.plan else 200
        if plan == "silence":
            self.server.let_go.wait(10)
            self.close_connection = True
        elif plan == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
        elif plan == "half":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"{")
            self.close_connection = True
        else:
            self._answer(*(plan if isinstance(plan, tuple) else (plan, "{}")))

    def _answer(self, status, body):
        raw = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_args):
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    def handle_error(self, _request, _address):
        """A connection that was closed on purpose is no error."""


@pytest.fixture
def line():
    server = Quiet(("127.0.0.1", 0), Answers)
    server.plan, server.calls, server.connections, server.let_go = [], [], 0, threading.Event()
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.let_go.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def lines(line):
    lines = Lines(f"http://127.0.0.1:{line.server_address[1]}")
    yield lines
    close(lines)


def close(lines):
    for one in lines._clients.values():
        one.rest_client.pool_manager.clear()


def says(message):
    return json.dumps({"message": message})


OUTCOMES = {
    "delivered": ((200, says("ok")), Outcome.ACCEPTED),
    "delivered without a body": ((200, ""), Outcome.ACCEPTED),
    "delivered before": ((409, says("The retry key is already accepted")), Outcome.ACCEPTED),
    "token used": ((400, says("Invalid reply token")), Outcome.TOKEN_GONE),
    "invalid": ((400, says("The request body has 1 error(s)")), Outcome.REFUSED),
    "too large": ((413, says("Payload Too Large")), Outcome.REFUSED),
    "no access": ((401, says("Authentication failed")), Outcome.NO_ACCESS),
    "not allowed": ((403, says("Access to this API is not available")), Outcome.NO_ACCESS),
    "too fast": ((429, says("The API rate limit has been exceeded. Try again later.")), Outcome.TOO_FAST),
    "month": ((429, says("You have reached your monthly limit.")), Outcome.MONTH_USED_UP),
    "broken": ((500, says("Internal Server Error")), Outcome.UNKNOWN),
    "away": ((503, "<html>"), Outcome.UNKNOWN),
    "reset": ("reset", Outcome.UNKNOWN),
    "half an answer": ("half", Outcome.UNKNOWN),
}


@pytest.mark.parametrize(("plan", "outcome"), OUTCOMES.values(), ids=OUTCOMES)
def test_an_answer_has_its_outcome_for_replies_and_pushes(line, lines, plan, outcome):
    line.plan = [plan, plan]
    assert lines.reply("t", "token", MESSAGES) is outcome
    assert lines.push("t", "U1", MESSAGES, KEY) is outcome
    assert len(line.calls) == 2  # a call is made once: whether to make it again is the sender's to say


@pytest.mark.parametrize("status", [400, 502])
def test_a_refusal_in_another_encoding_has_an_outcome_too(line, lines, status):
    """A proxy on the way may speak TIS-620."""
    line.plan = [(status, "ไม่พร้อมให้บริการ".encode("tis-620"))]
    assert lines.reply("t", "token", MESSAGES) in {Outcome.REFUSED, Outcome.UNKNOWN}


def test_a_server_that_does_not_answer_is_left_after_the_timeout(line, lines, monkeypatch):
    monkeypatch.setattr(client, "TIMEOUT", (0.2, 0.2))
    line.plan = ["silence"]
    assert lines.reply("t", "token", MESSAGES) is Outcome.UNKNOWN
    assert len(line.calls) == 1


def test_a_server_that_is_not_there_was_not_reached():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        lines = Lines(f"http://127.0.0.1:{nobody.getsockname()[1]}")
        assert lines.push("t", "U1", MESSAGES, KEY) is Outcome.UNREACHED
    close(lines)


def test_a_channels_calls_share_a_client_and_a_connection(line, lines):
    for _ in range(5):
        lines.push("t", "U1", MESSAGES, KEY)
    lines.reply("t", "token", MESSAGES)
    assert line.connections == 1
    assert len(lines._clients) == 1


def test_two_channels_do_not_share_their_access(line, lines):
    lines.reply("one", "token", MESSAGES)
    lines.reply("two", "token", MESSAGES)
    lines.reply("one", "token", MESSAGES)
    assert [headers["Authorization"] for _, headers, _ in line.calls] == ["Bearer one", "Bearer two", "Bearer one"]


def test_many_threads_share_one_client(line, lines):
    outcomes = []
    threads = [threading.Thread(target=lambda: outcomes.append(lines.reply("t", "token", MESSAGES))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Outcome.ACCEPTED] * 12
    assert len(lines._clients) == 1


def test_words_and_cards_arrive_as_they_were_written(line, lines):
    lines.reply("t", "token", [*MESSAGES, CARD])
    path, headers, body = line.calls[0]
    assert path == "/v2/bot/message/reply"
    assert headers["Content-Type"] == "application/json"
    assert "X-Line-Retry-Key" not in headers
    assert body == {"replyToken": "token", "messages": [*MESSAGES, CARD]}


def test_a_push_carries_its_retry_key(line, lines):
    lines.push("t", "U1", [CARD], KEY)
    path, headers, body = line.calls[0]
    assert path == "/v2/bot/message/push"
    assert headers["X-Line-Retry-Key"] == KEY
    assert body == {"to": "U1", "messages": [CARD]}


def test_after_a_broken_connection_the_next_call_arrives(line, lines):
    line.plan = ["reset", 200]
    assert lines.push("t", "U1", MESSAGES, KEY) is Outcome.UNKNOWN
    assert lines.push("t", "U1", MESSAGES, KEY) is Outcome.ACCEPTED


def test_no_client_is_made_before_it_is_needed(lines):
    assert lines._clients == {}
