"""What becomes of a call to LINE, tried against a server of our own."""

import json
import socket
import ssl
import struct
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.line.client import Lines, Outcome
from bot.storage.agencies import Agency
from tests.fakes import an_office

MESSAGES = [{"type": "text", "text": "สวัสดีค่ะ 😀"}]
CARD = {"type": "flex", "altText": "ปี 2565", "contents": {"type": "bubble", "body": {
    "type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "94.97", "wrap": True, "flex": 0}]}}}  # fmt: skip
KEY = "0b0e5b3e-6a0c-4f7e-9d57-000000000001"


def an_agency(access_token="t", channel_id=""):
    return Agency(1, "north", an_office(), "secret", access_token, channel_id)


AGENCY = an_agency()
STATELESS = an_agency(access_token="", channel_id="165")


class Answers(BaseHTTPRequestHandler):
    """Does what the test put into `server.plan`, and notes what it was asked."""

    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.connections += 1

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append(
            (self.path, dict(self.headers), json.loads(body) if body[:1] == b"{" else body.decode())
        )
        self.server.came.release()
        plan = self.server.plan.pop(0) if self.server.plan else 200
        if plan == "silence":
            self.server.let_go.wait(60)
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
    server.daemon_threads, server.came = True, threading.Semaphore(0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.let_go.set()
    server.shutdown()
    thread.join()
    server.server_close()


def address(line):
    return f"http://127.0.0.1:{line.server_address[1]}"


@pytest.fixture
def lines(line):
    lines = Lines(address(line))
    yield lines
    lines.close()


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
    assert lines.reply(AGENCY, "token", MESSAGES) is outcome
    assert lines.push(AGENCY, "U1", MESSAGES, KEY) is outcome
    assert len(line.calls) == 2  # a call is made once: whether to make it again is the sender's to say


@pytest.mark.parametrize("status", [400, 502])
def test_a_refusal_in_another_encoding_has_an_outcome_too(line, lines, status):
    """A proxy on the way may speak TIS-620."""
    line.plan = [(status, "ไม่พร้อมให้บริการ".encode("tis-620"))]
    assert lines.reply(AGENCY, "token", MESSAGES) in {Outcome.REFUSED, Outcome.UNKNOWN}


def test_a_server_that_does_not_answer_is_left_after_the_timeout(line):
    hasty = Lines(address(line), timeout=(30, 0.2))
    line.plan = ["silence"]
    assert hasty.reply(AGENCY, "token", MESSAGES) is Outcome.UNKNOWN
    assert line.came.acquire(timeout=30)  # however late it was read
    assert len(line.calls) == 1
    hasty.close()


def test_a_server_that_is_not_there_was_not_reached():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        lines = Lines(f"http://127.0.0.1:{nobody.getsockname()[1]}")
        assert lines.push(AGENCY, "U1", MESSAGES, KEY) is Outcome.UNREACHED
    lines.close()


def test_a_server_with_a_certificate_that_nobody_vouches_for_was_not_reached(line, tmp_path):
    """Something on the way that opens TLS, or a machine with old roots: nothing was said, so all can be said again."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(tmp_path))
    line.socket = context.wrap_socket(line.socket, server_side=True)
    lines = Lines(address(line).replace("http:", "https:"))
    assert lines.reply(AGENCY, "token", MESSAGES) is Outcome.UNREACHED
    assert line.calls == []
    lines.close()


def own_certificate(folder):
    """A certificate for this machine, signed by itself, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    file = folder / "own.pem"
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(own + built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file


def test_all_channels_share_a_connection_and_none_another_ones_access(line, lines):
    """A client for each of 2,000 channels would hold as many sockets, and read the certificates as often."""
    for token in ("one", "two", "one"):
        assert lines.reply(an_agency(token), "token", MESSAGES) is Outcome.ACCEPTED
    assert [headers["Authorization"] for _, headers, _ in line.calls] == ["Bearer one", "Bearer two", "Bearer one"]
    assert line.connections == 1


def test_a_long_lived_token_that_is_refused_is_not_tried_twice(line, lines):
    """There is no fresher one."""
    line.plan = [(401, says("Authentication failed"))]
    assert lines.reply(AGENCY, "token", MESSAGES) is Outcome.NO_ACCESS
    assert len(line.calls) == 1


TOKENS = {
    "wrong secret": ((400, '{"error": "invalid_client"}'), Outcome.NO_ACCESS),
    "too fast": ((429, says("The API rate limit has been exceeded. Try again later.")), Outcome.TOO_FAST),
    "broken": ((500, ""), Outcome.UNREACHED),
    "no token in it": ((200, "<html>"), Outcome.UNREACHED),
    "no life in it": ((200, '{"access_token": "t", "expires_in": null}'), Outcome.UNREACHED),
    "half an answer": ("half", Outcome.UNREACHED),
    "reset": ("reset", Outcome.UNREACHED),
}


@pytest.mark.parametrize(("plan", "outcome"), TOKENS.values(), ids=TOKENS)
def test_a_message_without_a_token_was_not_sent_for_sure(line, lines, plan, outcome):
    """Of unknown outcome is only what was sent: the sender drops such an answer for fear of giving it twice."""
    line.plan = [plan]
    assert lines.reply(STATELESS, "token", MESSAGES) is outcome
    assert [path for path, _, _ in line.calls] == ["/oauth2/v3/token"]


def test_a_token_is_asked_for_as_line_wants_it(line, lines):
    line.plan = [(200, '{"access_token": "fresh", "expires_in": 899, "token_type": "Bearer"}')]
    assert lines.reply(STATELESS, "token", MESSAGES) is Outcome.ACCEPTED
    (_, asked, form), (_, sent, _) = line.calls
    assert asked["Content-Type"] == "application/x-www-form-urlencoded"
    assert "Authorization" not in asked
    assert form == "grant_type=client_credentials&client_id=165&client_secret=secret"
    assert sent["Authorization"] == "Bearer fresh"


def test_a_fresh_token_that_is_refused_too_ends_it(line, lines):
    issued, refused = '{"access_token": "%s", "expires_in": 899}', (401, says("Authentication failed"))
    line.plan = [(200, issued % "a"), refused, (200, issued % "b"), refused]
    assert lines.reply(STATELESS, "token", MESSAGES) is Outcome.NO_ACCESS
    assert len(line.calls) == 4


def test_many_threads_send_at_a_time_each_with_its_own_access(line, lines):
    def send(token):
        outcomes.append(lines.reply(an_agency(token), token, MESSAGES))

    outcomes, tokens = [], [f"t{number}" for number in range(12)]
    threads = [threading.Thread(target=send, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Outcome.ACCEPTED] * 12
    arrived = {headers["Authorization"]: body["replyToken"] for _, headers, body in line.calls}
    assert arrived == {f"Bearer {token}": token for token in tokens}


def test_words_and_cards_arrive_as_they_were_written(line, lines):
    lines.reply(AGENCY, "token", [*MESSAGES, CARD])
    path, headers, body = line.calls[0]
    assert path == "/v2/bot/message/reply"
    assert headers["Content-Type"] == "application/json"
    assert "X-Line-Retry-Key" not in headers
    assert body == {"replyToken": "token", "messages": [*MESSAGES, CARD]}


def test_a_push_carries_its_retry_key(line, lines):
    lines.push(AGENCY, "U1", [CARD], KEY)
    path, headers, body = line.calls[0]
    assert path == "/v2/bot/message/push"
    assert headers["X-Line-Retry-Key"] == KEY
    assert body == {"to": "U1", "messages": [CARD]}


def test_a_request_to_many_carries_its_retry_key(line, lines):
    assert lines.multicast(AGENCY, ["U1", "U2"], [CARD], KEY) is Outcome.ACCEPTED
    path, headers, body = line.calls[0]
    assert path == "/v2/bot/message/multicast"
    assert headers["X-Line-Retry-Key"] == KEY
    assert body == {"to": ["U1", "U2"], "messages": [CARD]}


def test_a_request_to_many_that_was_accepted_before_is_delivered(line, lines):
    line.plan = [(409, says("The retry key is already accepted"))]
    assert lines.multicast(AGENCY, ["U1"], MESSAGES, KEY) is Outcome.ACCEPTED


def test_after_a_broken_connection_the_next_call_arrives(line, lines):
    line.plan = ["reset", 200]
    assert lines.push(AGENCY, "U1", MESSAGES, KEY) is Outcome.UNKNOWN
    assert lines.push(AGENCY, "U1", MESSAGES, KEY) is Outcome.ACCEPTED


def test_no_connection_is_opened_before_it_is_needed(line, lines):
    """One that was would be shared with every process forked after it."""
    assert line.connections == 0
    lines.reply(AGENCY, "token", MESSAGES)
    assert line.connections == 1
