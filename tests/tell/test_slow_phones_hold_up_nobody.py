"""Files on a slow line, beside webhooks: a real web process, and clients that send a piece at a time."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from bot import enrol
from bot.settings import Settings
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.tell.pages import AT_ONCE
from bot.wiring import Core
from tests.evidence import files
from tests.ports import free_port
from tests.tell.slow_worker import SlowWorker
from tests.tell.visitor import SLUG, Visitor, check

SECRET = "secret"


class Answer:
    """A response as the visitor reads them."""

    def __init__(self, raw):
        self.status_code, self.headers, self.data = raw.status, raw.headers, raw.read()
        self.mimetype = raw.headers.get_content_type()

    def get_data(self, *, as_text):
        return self.data.decode()


class Client:
    """Talks HTTP with the process."""

    def __init__(self, port):
        self.port = port

    def get(self, address):
        return self.asks("GET", address)

    def post(self, address, data=b"", content_type="application/x-www-form-urlencoded"):
        body = data if isinstance(data, bytes) else urlencode(list(data.items(multi=True))).encode()
        return self.asks("POST", address, body, {"Content-Type": content_type})

    def asks(self, method, address, body=None, headers=None):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, address, body, headers or {})
        answer = Answer(connection.getresponse())
        connection.close()
        return answer


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    """The port of a web process, and the file with its log."""
    folder, port, keys = tmp_path_factory.mktemp("slow"), free_port(), new_key()
    told = {"ITABOT_VAR": str(folder), "ITABOT_KEYS": keys, "ITABOT_FORM_URL": f"http://127.0.0.1:{port}"}
    core = Core(Settings.read(told | {"ITABOT_SEALED_KEYS": new_key()}))
    migrate(core.database)
    enrol.add_agency(core, enrol.NewAgency(SLUG, "อบต.เหนือ", SECRET, access_token="t"))
    enrol.add_member(core, enrol.NewMember(SLUG, "U" + "1" * 32, "ผู้รับ", ["integrity"], "สำนักปลัด"))
    core.database.close()
    command = [
        sys.executable, "-m", "gunicorn", "bot.wsgi:app", "--workers", "1", "--threads", "4", "--log-level", "warning",
        "--worker-class", "tests.tell.slow_worker.SlowWorker", "--logger-class", "bot.web_log.WebLog",
        "--bind", f"127.0.0.1:{port}", "--no-control-socket",
    ]  # fmt: skip
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, stderr=log, env={**os.environ, **told}) as process,
    ):
        _wait(port)
        yield port, folder / "log"
        process.terminate()
        assert process.wait(30) == 0


def _wait(port):
    until = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError):
            if Client(port).get("/healthz").status_code == 200:
                return
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.fixture(scope="module")
def code(web):
    return Visitor(Client(web[0])).sends()


class Slow:
    """Sends a photo for a code a piece at a time."""

    def __init__(self, port, code, address=f"/tell/{SLUG}/files"):
        photo = files.photo(size=(1500, 1200))
        parts = [(b'name="code"', code.encode()), (b'name="file"; filename="x"', photo)]
        body = (
            b"".join(b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % part for part in parts) + b"--x--\r\n"
        )
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._left = body
        head = f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(body)}\r\n"
        self._socket.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n")

    def goes_on(self, share=1.0):
        """Send so much of what is left."""
        size = int(len(self._left) * share)
        self._socket.sendall(self._left[:size])
        self._left = self._left[size:]

    def hears(self):
        """The status and the page; nothing where the line was cut."""
        said = b""
        with contextlib.suppress(OSError):
            while b"</html>" not in said and (piece := self._socket.recv(65536)):
                said += piece
        self._socket.close()
        head, _, page = said.partition(b"\r\n\r\n")
        return (int(head.split()[1]), page.decode()) if said else (0, "")


def _until_full(port):
    """Come back when as many files are being read as may be: whoever asks then is turned away."""
    visitor, until = Visitor(Client(port)), time.monotonic() + SlowWorker.file_s / 2
    while visitor.posts(f"/tell/{SLUG}/files", [("code", "x")], (b"x", "x")).status != 429:
        assert time.monotonic() < until
        time.sleep(0.2)


def webhook(port):
    body = json.dumps({"destination": "U0", "events": []}).encode()
    signature = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
    return Client(port).asks("POST", f"/line/{SLUG}/webhook", body, {"X-Line-Signature": signature}).status_code


def test_a_file_on_a_slow_line_arrives_and_webhooks_are_answered_meanwhile(web, code):
    port, _ = web
    slow = [Slow(port, code) for _ in range(AT_ONCE)]
    began = time.monotonic()
    while time.monotonic() - began < 2 * SlowWorker.request_s:
        for one in slow:
            one.goes_on(0.2)
        assert webhook(port) == 200
        time.sleep(0.1)
    for one in slow:
        one.goes_on()
    for status, page in [one.hears() for one in slow]:
        assert (status, "รับไฟล์แล้ว" in check(page).text) == (200, True)


def test_one_more_than_can_be_taken_is_told_so_at_once(web, code):
    port, _ = web
    slow = [Slow(port, code) for _ in range(AT_ONCE)]
    for one in slow:
        one.goes_on(0.1)
    _until_full(port)
    status, page = Slow(port, code).hears()
    assert (status, "มีผู้ส่งไฟล์หลายคน" in check(page).text) == (429, True)
    assert webhook(port) == 200
    for one in slow:
        one.goes_on()
    assert [one.hears()[0] for one in slow] == [200] * AT_ONCE


def test_whoever_never_comes_to_an_end_is_dropped_and_makes_room(web, code):
    port, log = web
    slow = [Slow(port, code) for _ in range(3 * AT_ONCE)]
    for one in slow:
        with contextlib.suppress(OSError):
            one.goes_on(0.1)
    assert webhook(port) == 200
    heard = [one.hears()[0] for one in slow]
    assert heard.count(429) == 2 * AT_ONCE
    visitor = Visitor(Client(port)).follows(code)
    assert visitor.presses("ส่งไฟล์", file=(files.photo(), "x")).says("รับไฟล์แล้ว")
    assert log.read_text() == ""


def test_words_have_no_longer_than_any_request(web):
    port, log = web
    slow, began = Slow(port, "x", f"/tell/{SLUG}"), time.monotonic()
    slow.goes_on(0.1)
    slow.hears()
    assert time.monotonic() - began < SlowWorker.file_s
    assert log.read_text() == ""


def test_a_request_that_is_none_leaves_nothing_of_it_in_the_log(web):
    port, log = web
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(b"GET /tell/north?words-of-a-person HTTP/9.9 X\r\n\r\n")
        client.recv(1000)
    said = log.read_text()
    assert "what came was no request" in said
    assert not [one for one in ("words-of-a-person", "127.0.0.1") if one in said]
