"""A way to the database that breaks: it resets connections, at any moment or right at a COMMIT, or falls silent."""

import socket
import struct
import threading
from collections import Counter
from contextlib import suppress
from select import select

RESET = struct.pack("ii", 1, 0)
BEFORE, AFTER, AMID = "before COMMIT", "after COMMIT", "amid a message"
#: Before: the server never hears of the commit. After: it has committed, and nobody learns of it.
KINDS = (BEFORE, AFTER, AMID)


class Proxy:
    """Passes bytes on between clients and a server on this machine, until a cut is asked for."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._lock = threading.Lock()
        self._wished: Counter[str] = Counter()
        self.cuts: Counter[str] = Counter()
        self._speaks = threading.Event()
        self._speaks.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True, name="proxy").start()

    def cut(self, kind: str) -> None:
        """Cut the next connection that gives occasion for it."""
        with self._lock:
            self._wished[kind] += 1

    def fall_silent(self) -> None:
        """From here on take everything and pass nothing on, as where the server's machine has stopped behind it."""
        self._speaks.clear()

    def speak(self) -> None:
        """Pass on what was kept back, and all that comes."""
        self._speaks.set()

    def close(self) -> None:
        self.speak()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._pass_on, args=(client,), daemon=True, name="proxied").start()

    def _pass_on(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(("127.0.0.1", self._to)) as server:
            while True:
                for source in select([client, server], [], [])[0]:
                    data = source.recv(65536)
                    self._speaks.wait()
                    if not data:
                        return
                    if source is server:
                        client.sendall(data)
                    elif not self._to_server(client, server, data):
                        return

    def _to_server(self, client: socket.socket, server: socket.socket, data: bytes) -> bool:
        """Pass on what the client said; False where the connection was cut meanwhile."""
        kind = self._take((BEFORE, AFTER) if b"COMMIT" in data else (AMID,))
        if kind == AMID:
            server.sendall(data[: len(data) // 2])
        elif kind != BEFORE:
            server.sendall(data)
        if kind == AFTER:
            server.recv(65536)  # the answer: it is committed
        if kind:
            for end in (client, server):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        return not kind

    def _take(self, kinds: tuple[str, ...]) -> str:
        with self._lock:
            kind = next((kind for kind in kinds if self._wished[kind]), "")
            if kind:
                self._wished[kind] -= 1
                self.cuts[kind] += 1
        return kind
