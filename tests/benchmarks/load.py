"""The load: one loop that posts webhooks on many connections and hears from the stand-in when each was answered."""

import os
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.events import Posted
from tests.benchmarks.stand_in import RECORD

#: A connection is changed after so many requests, so that both web workers get their share.
REQUESTS_A_CONNECTION = 50
#: Nothing answered for so long: what is missing is lost. Longer than a lease and a pause together.
SILENCE_S = 45
LINGER_S = 0.3


@dataclass
class Fate:
    """What became of one webhook; moments are monotonic nanoseconds, 0 for never."""

    sent: int = 0
    acknowledged: int = 0
    status: int = 0
    answered: int = 0


@dataclass
class Run:
    """Every webhook of one run."""

    fates: dict[str, Fate] = field(default_factory=dict)

    @property
    def acknowledged_a_second(self) -> float:
        """Over the whole of the posting."""
        return len(self.fates) / self._seconds([fate.acknowledged for fate in self.fates.values()])

    @property
    def answered_a_second(self) -> float:
        """From the first webhook to the last answer."""
        return len(self.fates) / self._seconds([fate.answered for fate in self.fates.values()])

    @property
    def acknowledgement_ms(self) -> Sequence[float]:
        """From webhook to 200."""
        return [(fate.acknowledged - fate.sent) / 1e6 for fate in self.fates.values()]

    @property
    def turn_ms(self) -> Sequence[float]:
        """From webhook to answer."""
        return [(fate.answered - fate.sent) / 1e6 for fate in self.fates.values()]

    def _seconds(self, ends: Sequence[int]) -> float:
        return (max(ends) - min(fate.sent for fate in self.fates.values())) / 1e9


class Answers:
    """What the stand-in noted; counts over all runs, so that a late second answer is seen too."""

    def __init__(self, pipe: int) -> None:
        os.set_blocking(pipe, False)
        self.pipe = pipe
        self.counted: Counter[str] = Counter()
        self.messages: Counter[int] = Counter()
        self._rest = b""

    def new(self) -> Iterator[tuple[str, int]]:
        """Keys and moments that came since the last call."""
        try:
            self._rest += os.read(self.pipe, 65536)
        except BlockingIOError:
            return
        whole = len(self._rest) - len(self._rest) % RECORD.size
        records, self._rest = self._rest[:whole], self._rest[whole:]
        for key, moment, messages in RECORD.iter_unpack(records):
            self.counted[key.decode()] += 1
            self.messages[messages] += 1
            yield key.decode(), moment


class Load:
    """Posts to one port; each connection has one webhook under way."""

    def __init__(self, port: int, answers: Answers) -> None:
        self._port = port
        self._answers = answers
        self._run = Run()

    def run(self, webhooks: Iterable[Posted], seconds: float, connections: int, *, for_answers: bool) -> Run:
        """Post for `seconds`; a connection goes on at the 200, or with `for_answers` when the answer came too."""
        self._run, self._left = Run(), iter(webhooks)
        self._until = time.monotonic() + seconds
        self._for_answers = for_answers
        self._open = self._unanswered = 0
        self._waiting: dict[str, _Connection] = {}
        with selectors.DefaultSelector() as self._selector:
            self._selector.register(self._answers.pipe, selectors.EVENT_READ, None)
            for _ in range(connections):
                self._next(_Connection(self._port))
            self._until_all_is_heard()
        return self._run

    def _until_all_is_heard(self) -> None:
        heard = time.monotonic()
        while self._open or self._unanswered:
            if self._wait(1):
                heard = time.monotonic()
            elif time.monotonic() - heard > SILENCE_S:
                return
        linger = time.monotonic() + LINGER_S
        while time.monotonic() < linger:
            self._wait(LINGER_S / 3)

    def _wait(self, seconds: float) -> bool:
        ready = self._selector.select(seconds)
        for key, _ in ready:
            if key.data is None:
                self._hear()
            else:
                self._read(key.data)
        return bool(ready)

    def _hear(self) -> None:
        for key, moment in self._answers.new():
            fate = self._run.fates.get(key)
            if fate and not fate.answered:
                fate.answered = moment
                self._unanswered -= 1
                self._go_on(key)

    def _read(self, connection: "_Connection") -> None:
        status = connection.read()
        if status is None:
            return
        fate = self._run.fates[connection.key]
        if fate.acknowledged:  # the server closes a connection that waited long for its answer
            connection.close(self._selector)
            return
        fate.acknowledged, fate.status = time.monotonic_ns(), status
        self._waiting[connection.key] = connection
        self._go_on(connection.key)

    def _go_on(self, key: str) -> None:
        fate = self._run.fates[key]
        over = fate.acknowledged and (fate.answered or not self._for_answers or fate.status != 200)
        if over and (connection := self._waiting.pop(key, None)):
            self._next(connection, reused=True)

    def _next(self, connection: "_Connection", *, reused: bool = False) -> None:
        webhook = next(self._left, None) if time.monotonic() < self._until else None
        self._open += (webhook is not None) - reused
        if webhook is None:
            connection.close(self._selector)
            return
        if connection.worn:
            connection.close(self._selector)
            connection = _Connection(self._port)
        self._unanswered += 1
        self._run.fates[webhook.key] = Fate(sent=time.monotonic_ns())
        connection.send(webhook, self._selector)


class _Connection:
    """A keep-alive connection with one request under way."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._got = b""
        self._used = 0
        self._at = time.monotonic()
        self._watched = False
        self.key = ""

    @property
    def worn(self) -> bool:
        """Used enough, or idle for so long that the server may be about to close it."""
        return self._used >= REQUESTS_A_CONNECTION or time.monotonic() - self._at > 1

    def send(self, webhook: Posted, selector: selectors.BaseSelector) -> None:
        if not self._watched:
            selector.register(self._socket, selectors.EVENT_READ, self)
            self._watched = True
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
            self._used = REQUESTS_A_CONNECTION
            return 0
        if end < 0 or len(self._got) < end + 4 + _length(self._got[:end]):
            return None
        if b"connection: close" in self._got[:end].lower():
            self._used = REQUESTS_A_CONNECTION
        status, self._got = int(self._got[9:12]), b""
        return status

    def close(self, selector: selectors.BaseSelector) -> None:
        if self._watched:
            selector.unregister(self._socket)
            self._watched = False
        self._socket.close()


def _length(head: bytes) -> int:
    return int(head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
