"""A keep-alive connection of the load, with one webhook under way."""

import selectors
import socket
import time

from tests.benchmarks.events import Posted

#: A connection is changed after so many requests, so that every web process gets its share.
REQUESTS = 50
#: The server may be about to close a connection that was idle for so long.
IDLE_S = 1


class Connection:
    """Writes a request and reads its answer, whenever the selector says that something came."""

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector = selector
        self._selector.register(self._socket, selectors.EVENT_READ, self)
        self._got = b""
        self._used = 0
        self._at = time.monotonic()
        self.key = ""

    @property
    def worn(self) -> bool:
        """Used enough, or idle for too long."""
        return self._used >= REQUESTS or time.monotonic() - self._at > IDLE_S

    def send(self, webhook: Posted) -> None:
        self.key = webhook.key
        self._used += 1
        self._socket.sendall(webhook.request)

    def read(self) -> int | None:
        """The status, once the whole answer is there; 0 where the server hung up."""
        more = self._socket.recv(65536)
        self._at = time.monotonic()
        self._got += more
        end = self._got.find(b"\r\n\r\n")
        if not more:
            self._used = REQUESTS
            return 0
        if end < 0 or len(self._got) < end + 4 + _length(self._got[:end]):
            return None
        if b"connection: close" in self._got[:end].lower():
            self._used = REQUESTS
        status, self._got = int(self._got[9:12]), b""
        return status

    def close(self) -> None:
        if self._socket.fileno() >= 0:
            self._selector.unregister(self._socket)
            self._socket.close()


def _length(head: bytes) -> int:
    return int(head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
