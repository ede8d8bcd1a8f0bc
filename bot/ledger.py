"""What both loops of a worker work on: the database, its queue, the channels, the keys, the time and the counters."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.channels import Channels
from bot.counts import Counts
from bot.storage.database import Database
from bot.storage.queue import Queue
from bot.storage.sealing import KeyRing


@dataclass(frozen=True)
class Ledger:
    """Handed to whoever takes turns or sends. `clock` gives milliseconds since 1970."""

    database: Database
    queue: Queue
    channels: Channels
    ring: KeyRing
    clock: Callable[[], int]
    counts: Counts
