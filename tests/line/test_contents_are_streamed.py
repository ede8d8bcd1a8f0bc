"""What people send comes a piece at a time, into a file, and never more of it than is allowed."""

import hashlib
import threading
import tracemalloc
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.line.client import Lines
from bot.line.content import Became, Contents
from bot.storage.agencies import Agency
from tests.fakes import an_office

MB = 1024 * 1024
AGENCY = Agency(1, "north", an_office(), "secret", "token", "", "")


class Data(BaseHTTPRequestHandler):
    """Sends as many bytes as the server is told to, announced or not; or breaks off."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        server.asked.append((self.path, self.headers["Authorization"]))
        self.send_response(server.status)
        for name, value in server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(server.pieces):
                self.wfile.write(b"x" * MB)
        except OSError:
            server.cut = True

    def log_message(self, *_said):
        pass


@pytest.fixture
def data():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Data)
    server.asked, server.status, server.headers, server.pieces, server.cut = [], 200, {"Connection": "close"}, 1, False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def contents(data):
    url = f"http://127.0.0.1:{data.server_port}"
    made = Contents(url, Lines(url))
    yield made
    made.close()


def test_a_file_larger_than_what_is_held_of_it_comes_whole(contents, data, tmp_path):
    data.pieces = 40
    tracemalloc.start()
    came = contents.fetch(AGENCY, "1", tmp_path / "a", 50 * MB)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (came.became, came.size) == (Became.FETCHED, 40 * MB)
    assert came.sha256 == hashlib.sha256(b"x" * 40 * MB).hexdigest()
    assert most < 8 * MB  # the server's piece of a megabyte among it
    assert data.asked == [("/v2/bot/message/1/content", "Bearer token")]


def test_what_does_not_say_how_large_it_is_is_cut_at_the_limit(contents, data, tmp_path):
    data.pieces = 30
    assert contents.fetch(AGENCY, "1", tmp_path / "a", 3 * MB).became is Became.TOO_LARGE
    assert (tmp_path / "a").stat().st_size <= 4 * MB


def test_what_says_that_it_is_too_large_is_not_fetched(contents, data, tmp_path):
    data.headers = {"Content-Length": str(60 * MB)}
    data.pieces = 0
    assert contents.fetch(AGENCY, "1", tmp_path / "a", 50 * MB).became is Became.TOO_LARGE
    assert not (tmp_path / "a").exists()


def test_what_breaks_off_is_fetched_again(contents, data, tmp_path):
    data.headers = {"Content-Length": str(5 * MB)}
    assert contents.fetch(AGENCY, "1", tmp_path / "a", 50 * MB).became is Became.AWAY


@pytest.mark.parametrize(("status", "became"), [
    (404, Became.MISSING), (410, Became.GONE), (429, Became.AWAY), (500, Became.AWAY), (503, Became.AWAY), (401, Became.AWAY),
    (302, Became.AWAY), (403, Became.AWAY),
])  # fmt: skip
def test_every_refusal_is_understood(contents, data, tmp_path, status, became):
    data.status, data.pieces = status, 0
    assert contents.fetch(AGENCY, "1", tmp_path / "a", MB).became is became


@pytest.mark.parametrize(("said", "wait_ms"), [("7", 7_000), ("", 0), ("soon", 0), ("999999", 300_000)])
def test_it_is_waited_for_as_long_as_line_says(contents, data, tmp_path, said, wait_ms):
    data.status, data.pieces, data.headers = 202, 0, {"Retry-After": said, "Content-Length": "0"}
    came = contents.fetch(AGENCY, "1", tmp_path / "a", MB)
    assert (came.became, came.wait_ms) == (Became.PREPARING, wait_ms)


def test_an_id_is_no_way_to_another_address(contents, data, tmp_path):
    contents.fetch(AGENCY, "../../../x?y=1", tmp_path / "a", MB)
    assert data.asked[0][0] == "/v2/bot/message/..%2F..%2F..%2Fx%3Fy%3D1/content"


def test_nobody_there_is_nothing_worse_than_away(tmp_path):
    there = Contents("http://127.0.0.1:9", Lines("http://127.0.0.1:9"))
    assert there.fetch(AGENCY, "1", tmp_path / "a", MB).became is Became.AWAY
