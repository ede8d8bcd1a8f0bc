"""The load: one loop that posts webhooks on many connections and hears from the stand-in when each was answered."""

import os
import random
import selectors
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.connection import Connection
from tests.benchmarks.events import Posted
from tests.benchmarks.stand_in import RECORD

#: Nothing answered for so long: what is missing is lost. Longer than a lease and a pause together.
SILENCE_S = 45
LINGER_S = 0.2
#: By chance more may be under way than threads that serve; a side that falls behind for good stops here.
MOST_CONNECTIONS = 256
#: The same chances for every side and every run.
SEED = 2569


def at_once(seconds: float) -> Iterator[float]:
    """A full load: for `seconds`, a webhook is due whenever a connection is free."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield 0


def by_chance(rate: float, seconds: float) -> Iterator[float]:
    """A load at a pace: `rate` webhooks a second on average, each due when chance says, as people write."""
    chance, at = random.Random(SEED), time.monotonic()
    until = at + seconds
    while (at := at + chance.expovariate(rate)) < until:
        yield at


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

    def __init__(self, port: int, answers: Answers, *, answering: bool = True) -> None:
        self._port = port
        self._answers = answers
        self._answering = answering  # False: this side says 200 and never answers

    def run(self, webhooks: Iterable[Posted], moments: Iterator[float], connections: int, *, for_answers: bool) -> Run:
        """Post one webhook at each of `moments`, and wait until all are answered.

        A connection is free again at the 200, or with `for_answers` when the answer came too. What had a moment of its
        own and found no connection free is late, and its lateness counts.
        """
        self._run, self._left, self._moments = Run(), iter(webhooks), moments
        self._due = next(moments, None)
        self._for_answers, self._most = for_answers, connections
        self._idle: list[Connection] = []
        self._busy: dict[str, Connection] = {}
        self._unacknowledged: set[str] = set()
        self._unanswered: set[str] = set()
        # Not epoll: its pauses are whole milliseconds, which would make every webhook late.
        with selectors.SelectSelector() as self._selector:
            self._selector.register(self._answers.pipe, selectors.EVENT_READ, None)
            self._until_all_is_heard()
            for connection in (*self._idle, *self._busy.values()):
                connection.close()
        return self._run

    def _until_all_is_heard(self) -> None:
        heard = time.monotonic()
        while self._post_what_is_due() or self._unacknowledged or self._unanswered:
            if self._wait(self._pause()):
                heard = time.monotonic()
            elif time.monotonic() - heard > SILENCE_S:
                return
        linger = time.monotonic() + LINGER_S
        while time.monotonic() < linger:
            self._wait(LINGER_S / 3)

    def _post_what_is_due(self) -> bool:
        """Post; gives whether more is to come."""
        while self._due is not None and self._due <= time.monotonic() and (connection := self._free_connection()):
            webhook = next(self._left, None)
            if webhook is None:
                self._idle.append(connection)
                self._due = None
                break
            self._post(webhook, connection, self._due)
            self._due = next(self._moments, None)
        return self._due is not None

    def _free_connection(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if not connection.worn:
                return connection
            connection.close()
        return Connection(self._port, self._selector) if len(self._busy) < self._most else None

    def _post(self, webhook: Posted, connection: Connection, due: float) -> None:
        self._run.fates[webhook.key] = Fate(sent=int(due * 1e9) or time.monotonic_ns())
        self._busy[webhook.key] = connection
        self._unacknowledged.add(webhook.key)
        if self._answering:
            self._unanswered.add(webhook.key)
        connection.send(webhook)

    def _pause(self) -> float:
        """Until the next is due; where it is due already, no connection is free."""
        left = 0 if self._due is None else self._due - time.monotonic()
        return min(1, left) if left > 0 else 1

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
                self._unanswered.discard(key)
                self._go_on(key)

    def _read(self, connection: Connection) -> None:
        status = connection.read()
        if status is None:
            return
        if connection.key not in self._unacknowledged:  # the server closes a connection that was idle for long
            self._forget(connection)
            return
        fate = self._run.fates[connection.key]
        fate.acknowledged, fate.status = time.monotonic_ns(), status
        self._unacknowledged.discard(connection.key)
        if status != 200:
            self._unanswered.discard(connection.key)
        self._go_on(connection.key)

    def _go_on(self, key: str) -> None:
        fate = self._run.fates[key]
        waits = self._for_answers and key in self._unanswered
        if fate.acknowledged and not waits and (connection := self._busy.pop(key, None)):
            self._idle.append(connection)

    def _forget(self, connection: Connection) -> None:
        connection.close()
        if connection in self._idle:
            self._idle.remove(connection)
