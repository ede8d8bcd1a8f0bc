"""The web process of one installation and LINE's side of the line, without a socket between them."""

import functools
import io
import json
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from bot import nlu
from bot.letters import Letters
from bot.texts import LOCALES, Texts
from bot.turns import Turns
from bot.wiring import Core, milliseconds, web
from bot.worker import Patience, TurnLoop
from handlers import FEATURES

understanding = functools.cache(lambda: nlu.load(LOCALES))


class Edge:
    """Posts webhooks and looks at what was stored."""

    def __init__(self, core: Core, sign):
        self.core = core
        self.app = web(core.settings)
        self.client = self.app.test_client()
        self.sign = sign

    def close(self):
        self.core.database.close()
        self.app.extensions["core"].database.close()

    def post(self, events, slug="bare", **more):
        return self.post_body(json.dumps({"destination": "U0", "events": events}).encode(), slug, **more)

    def post_body(self, body, slug="bare", signature=None, **more):
        signature = self.sign(f"secret-{slug}", body) if signature is None else signature
        headers = {"X-Line-Signature": signature} if signature else {}
        return self.client.post(f"/line/{slug}/webhook", data=body, headers=headers | more.pop("headers", {}), **more)

    def post_raw(self, body, slug="bare", signature=None, **environ) -> int:
        """The status of a request as a server hands it over, where the test client would put things right first."""
        said = []
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": f"/line/{slug}/webhook", "SERVER_NAME": "x", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)),
            "HTTP_X_LINE_SIGNATURE": self.sign(f"secret-{slug}", body) if signature is None else signature,
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
        } | environ  # fmt: skip
        answer = self.app(environ, lambda status, *_: said.append(status))
        b"".join(answer)
        answer.close()
        return int(said[0][:3])

    def rows(self, sql):
        with self.core.database.reading(across=True) as connection:
            return list(connection.exec_driver_sql(sql))

    @property
    def stored(self):
        return self.rows("SELECT COUNT(*) FROM inbox")[0][0]

    @property
    def states(self):
        return {state for (state,) in self.rows("SELECT DISTINCT state FROM inbox")}

    @cached_property
    def loop(self):
        settings, texts = self.core.settings, Texts()
        patience = Patience(settings.lease_ms, settings.most_attempts, settings.most_a_minute)
        turns = Turns(FEATURES, understanding(), texts)
        letters = Letters(texts, self.core.channels)
        return TurnLoop(self.core.ledger, turns, letters, patience, settings.timezone, lambda: None)

    def one(self):
        """Take one turn; False where none waits."""
        event = self.loop.claim("w")
        if event is not None:
            self.loop.work(event, "w")
        return event is not None

    def work(self):
        while self.one():
            pass


def event(name, text="สวัสดี", user="U" + "1" * 32, **more) -> dict[str, Any]:
    """Somebody writes `text` just now."""
    return {"type": "message", "mode": "active", "webhookEventId": name, "timestamp": milliseconds(),
            "source": {"type": "user", "userId": user}, "replyToken": f"r{name}",
            "message": {"type": "text", "text": text}, **more}  # fmt: skip


def as_of_now(events: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Recorded events as if they happened just now: one that is a week old is not taken in."""
    return [{**one, "timestamp": milliseconds()} for one in events]
