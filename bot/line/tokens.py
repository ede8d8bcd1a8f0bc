"""Access tokens: the long-lived one where an agency has one, else LINE's stateless one.

A stateless token comes for a channel's id and secret and lives a quarter of an hour. One thread renews it while it
still lives; the others go on with the one they have. Where it cannot be renewed, it serves to its end.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from bot.line.calls import Outcome
from bot.storage.agencies import Agency

RENEW_AFTER = 2 / 3  # of its life: five minutes are left for LINE to come back
RETRY_S = 10.0  # before a renewal that failed is tried again


@dataclass(frozen=True)
class Issued:
    """A token as LINE gave it, and for how many seconds."""

    text: str = field(repr=False)
    seconds: float


@dataclass(frozen=True)
class _Held:
    """A token at hand; times are those of the clock."""

    text: str = field(repr=False)
    renew_at: float
    ends_at: float


Channel = tuple[str, str]
Got = str | Outcome


class Tokens:
    """The tokens of all channels of a process. `issue` asks LINE for one; `clock` counts seconds."""

    def __init__(
        self, issue: Callable[[Agency], Issued | Outcome], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._issue = issue
        self._clock = clock
        self._held: dict[Channel, _Held] = {}
        self._asked: dict[Channel, Future[Got]] = {}
        self._lock = threading.Lock()

    def of(self, agency: Agency) -> Got:
        """A token that lives; else why there is none: NO_ACCESS, TOO_FAST, or UNREACHED where it can be tried again."""
        if agency.access_token:
            return agency.access_token
        if not agency.channel_id:
            return Outcome.NO_ACCESS
        channel, mine = _channel(agency), None
        with self._lock:
            held, now = self._held.get(channel), self._clock()
            if held and now < held.renew_at:
                return held.text
            asked = self._asked.get(channel)
            if asked and held and now < held.ends_at:
                return held.text
            if asked is None:
                mine = asked = self._asked[channel] = Future()
        if mine:
            self._renew(agency, mine)
        return asked.result()

    def forget(self, agency: Agency, token: str) -> None:
        """LINE refuses this token: fetch another next time, unless another thread already did."""
        with self._lock:
            held = self._held.get(_channel(agency))
            if held and held.text == token:
                del self._held[_channel(agency)]

    def _renew(self, agency: Agency, asked: Future[Got]) -> None:
        """Ask LINE, and tell everyone who waits: an error too, or they would wait for ever."""
        channel, began = _channel(agency), self._clock()
        try:
            issued = self._issue(agency)
        except BaseException as error:  # noqa: BLE001 - told to whoever asked
            with self._lock:
                del self._asked[channel]
            asked.set_exception(error)
            return
        with self._lock:
            del self._asked[channel]
            got = self._keep(channel, issued, began)
        asked.set_result(got)

    def _keep(self, channel: Channel, issued: Issued | Outcome, began: float) -> Got:
        """The new token; else the one before, while it lives; else why there is none."""
        if isinstance(issued, Issued):
            life = issued.seconds
            self._held[channel] = _Held(issued.text, began + life * RENEW_AFTER, began + life)
            return issued.text
        held, now = self._held.get(channel), self._clock()
        if held and now < held.ends_at:
            self._held[channel] = replace(held, renew_at=now + RETRY_S)
            return held.text
        return issued


def _channel(agency: Agency) -> Channel:
    """A token belongs to a channel: an agency that is given another one must not send through the old."""
    return agency.channel_id, agency.channel_secret
