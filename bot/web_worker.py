"""Keeps slow and silent clients from the threads of gunicorn: `gunicorn --worker-class bot.web_worker.WebWorker …`.

Its gthread waits in a thread for the first bytes, without end for the rest, and for the client's goodbye in its main
loop: a few clients that say nothing stop everyone. Here a thread is lent once something came, and for a time. This is
for plain HTTP; TLS ends in front.
"""

import errno
import re
import selectors
import socket
import time
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.http.unreader import SocketUnreader  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

#: A client that is still sending gets our answer only when we go on reading for a moment.
GOODBYE_S = 0.5
#: Where the form takes files, and for how long the rest of one that it did not take is read.
FILES = re.compile(r"/tell/[^/]{1,63}/files")
REST_S = 2.0


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """gthread with an end to every wait."""

    #: Silence after connecting. It holds a connection and no thread.
    first_byte_s = 5.0
    #: A request from its first byte to its last, however many threads are free; and each piece of its answer.
    request_s = 10.0
    #: The same for a file that is sent to the form (bot/tell/pages.py lets few do that at once).
    file_s = 120.0

    def enqueue_req(self, conn: TConn) -> None:
        """Hand a connection to a thread, a new one when its first bytes are there."""
        now = time.monotonic()
        if conn.data_ready:
            conn.until = now + self.request_s
            super().enqueue_req(conn)
            return
        conn.timeout = now + self.first_byte_s
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def handle(self, conn: TConn) -> bool:
        """Serve one request and, where it is the last, say goodbye; gives whether the connection lives on."""
        conn.init()
        if not isinstance(conn.parser.unreader, _Reader):
            conn.parser.unreader = _Reader(conn.sock, self.request_s)
        reader = conn.parser.unreader
        reader.until = conn.until
        lives = bool(super().handle(conn))
        if not lives:
            util.close_graceful(conn.sock, timeout=0 if reader.gave_up else GOODBYE_S)
        return lives

    def handle_request(self, req: Any, conn: TConn) -> bool:
        """Let the app answer. A client that takes no answer is gone, and no fault of ours."""
        reader, sends_a_file = conn.parser.unreader, req.method == "POST" and FILES.fullmatch(req.path)
        if sends_a_file:
            reader.until += self.file_s - self.request_s
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError:
            raise _gone() from None
        finally:
            if sends_a_file:  # what the app did not want of it is not waited for as long
                reader.until = min(reader.until, time.monotonic() + REST_S)

    def finish_request(self, conn: TConn, fs: "Future[bool]") -> None:
        """In the main loop: wait for the next request on a connection that lives on."""
        if fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
        else:
            self.nr_conns -= 1


class _Reader(SocketUnreader):  # type: ignore[misc]
    """Reads until a deadline. What came before it is read later too: we may be the slow ones."""

    def __init__(self, sock: socket.socket, answer_s: float) -> None:
        super().__init__(sock)
        self.until = 0.0
        self.gave_up = False
        self._answer_s = answer_s

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next bytes; as if the line broke where they do not come in time."""
        self.sock.settimeout(max(0.0, self.until - time.monotonic()))
        try:
            return bytes(super().chunk(size_hint))
        except (TimeoutError, BlockingIOError):
            self.gave_up = True
            raise _gone() from None
        finally:
            self.sock.settimeout(self._answer_s)


def _gone() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, "the client is too slow")  # gunicorn logs no other at leisure
