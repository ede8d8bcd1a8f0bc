"""The desk as a web server: one process, a thread for each connection."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, jsonify
from flask.json.provider import DefaultJSONProvider
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.simulator import api_account, api_menus, api_messages, control, gate, page
from bot.simulator.config import Config
from bot.simulator.desk import Desk

POLL_SECONDS = 0.02
NO_LINGER = struct.pack("ii", 1, 0)


def create_app(desk: Desk) -> Flask:
    """The application: the platform, the controls and the page, over one desk."""
    app = Flask(__name__)
    app.extensions["desk"] = desk
    app.json = _Json(app)
    parts = (api_messages.api, api_menus.api, api_account.api, api_account.open_api)
    for part in (*parts, control.control, page.page):
        app.register_blueprint(part)
    app.register_error_handler(404, _missing)
    return app


class _Json(DefaultJSONProvider):
    """JSON in the order it was made, with Thai letters as they are."""

    ensure_ascii = False
    sort_keys = False


class Cutting:
    """Drops the connection instead of answering, where a fault asked for that."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer as the application does, unless it asks for silence."""
        body = self._app.wsgi_app(environ, start_response)
        if environ.get(gate.CUT):
            _reset(environ["werkzeug.socket"])
            raise ConnectionResetError
        return body


class Handler(WSGIRequestHandler):
    """Keeps connections open, answers at once, and does not chatter."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:  # noqa: ARG002
        """Let go of it: a connection that was cut waits for no further request, else its client would hang."""
        self.close_connection = True

    def log_request(self, *args: Any) -> None:
        """Say nothing of a request that went well."""


class DeskServer:
    """A desk that answers on a port until it is closed."""

    def __init__(self, config: Config, host: str = "127.0.0.1", port: int = 0) -> None:
        self.desk = Desk(config)
        self._app = create_app(self.desk)
        self._server: BaseWSGIServer = make_server(
            host, port, Cutting(self._app), threaded=True, request_handler=Handler
        )
        self.url = f"http://{host}:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(POLL_SECONDS,), daemon=True)

    def begin_again(self, config: Config) -> None:
        """Clear the desk for another configuration, at the same address."""
        self.desk.close()
        self.desk = self._app.extensions["desk"] = Desk(config)

    def start(self) -> DeskServer:
        """Begin to answer, beside the caller."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop answering and delivering."""
        self._server.shutdown()
        self._server.server_close()
        self.desk.close()


def _missing(_: Exception) -> tuple[Response, int]:
    return jsonify(message="Not found"), 404


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    connection.close()
