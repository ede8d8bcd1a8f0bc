"""A desk in a thread, and a bot that listens to it, both real and on ports of their own."""

import json
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.simulator import config
from bot.simulator.client import Desk
from bot.simulator.server import DeskServer

SLUG, OTHER = "thaimueang", "krasang"
TOKEN, SECRET = "token-of-thaimueang", "secret-of-thaimueang"
CITIZEN, STAFF = "U" + "c" * 32, "U" + "5" * 32
BOT = "U" + "b" * 32


class ListeningBot:
    """Keeps every webhook it got, with its headers and raw bytes; answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.delay = 0.0
        self.news = threading.Condition()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}/line/webhook"
        threading.Thread(target=self.server.serve_forever, args=(0.005,), daemon=True).start()

    def events(self, count: int, timeout: float = 30) -> list[dict[str, Any]]:
        """The first `count` events, waited for."""
        with self.news:
            assert self.news.wait_for(lambda: len(self.got) >= count, timeout), f"got {len(self.got)}"
            return [event for _, body in self.got for event in json.loads(body)["events"]]

    def token(self) -> str:
        """The reply token of the newest event."""
        return self.events(1)[-1]["replyToken"]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _handler(bot: ListeningBot) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            threading.Event().wait(bot.delay)
            with bot.news:
                bot.got.append((dict(self.headers), body))
                status = bot.answers.pop(0) if bot.answers else 200
                bot.news.notify_all()
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    return Handler


class Platform:
    """Calls the desk as a bot calls LINE, with the bare bytes visible."""

    def __init__(self, url: str) -> None:
        self.url = url

    def call(
        self, method: str, path: str, body: Any = None, *, token: str | None = TOKEN, **headers: str
    ) -> tuple[int, Any, dict[str, str]]:
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {"content-type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if token:
            sent["authorization"] = f"Bearer {token}"
        try:
            with urlopen(Request(self.url + path, data, sent, method=method), timeout=30) as answer:
                return answer.status, _read(answer), _lower(answer.headers)
        except HTTPError as error:
            with error:
                return error.code, _read(error), _lower(error.headers)

    def reply(self, reply_token: str, *texts: str, **headers: str) -> tuple[int, Any, dict[str, str]]:
        body = {"replyToken": reply_token, "messages": [text(each) for each in texts or ("สวัสดีค่ะ",)]}
        return self.call("POST", "/v2/bot/message/reply", body, **headers)

    def push(self, to: str, *texts: str, **headers: str) -> tuple[int, Any, dict[str, str]]:
        body = {"to": to, "messages": [text(each) for each in texts or ("แจ้งเตือน",)]}
        return self.call("POST", "/v2/bot/message/push", body, **headers)


def text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


def _lower(headers: Any) -> dict[str, str]:
    return {key.lower(): value for key, value in headers.items()}


def _read(answer: Any) -> Any:
    data = answer.read()
    return json.loads(data) if "json" in (answer.headers.get("content-type") or "") else data


def _png(width: int, height: int, filling: int = 0) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + b"\0\0\0" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"") + b"\0" * filling


@pytest.fixture(scope="session")
def png() -> Callable[..., bytes]:
    """Draws black pictures of a size, with bytes to spare where asked."""
    return _png


@pytest.fixture
def bot() -> Iterator[ListeningBot]:
    listening = ListeningBot()
    yield listening
    listening.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """One server for all tests, each of which clears its desk."""
    record = tmp_path_factory.mktemp("desk") / "record.jsonl"
    running = DeskServer(config.Config(record, ())).start()
    yield running
    running.close()


@pytest.fixture
def make_desk(tmp_path: Path, bot: ListeningBot, address: DeskServer) -> Callable[..., DeskServer]:
    def make(**options: Any) -> DeskServer:
        webhook = options.pop("webhook", bot.url)
        raw = {"record": str(tmp_path / "record.jsonl"), "redelivery": [0.03, 0.05, 0.1, 0.2, 0.4], **options}
        raw.setdefault("webhook_seconds", 10.0)
        raw["agencies"] = [_agency(SLUG, "อบต.ท้ายเหมือง", webhook), _agency(OTHER, "เทศบาลกระสัง", webhook)]
        address.begin_again(config.from_dict(raw))
        return address

    return make


def _agency(slug: str, name: str, webhook: str) -> dict[str, Any]:
    personas = [
        {"role": "citizen", "name": "สมหญิง", "user_id": CITIZEN},
        {"role": "staff", "name": "สมชาย", "user_id": STAFF},
    ]
    return {
        "slug": slug, "name": name, "webhook": webhook, "channel_secret": f"secret-of-{slug}",
        "access_token": f"token-of-{slug}", "bot_user_id": BOT, "personas": personas, "channel_id": f"id-{slug}",
    }  # fmt: skip


@pytest.fixture
def server(make_desk: Callable[..., DeskServer]) -> DeskServer:
    return make_desk()


@pytest.fixture
def desk(server: DeskServer) -> Desk:
    return Desk(server.url)


@pytest.fixture
def line(server: DeskServer) -> Platform:
    return Platform(server.url)
