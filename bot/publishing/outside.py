"""The way out to the web: names are resolved once, and what is connected to is the very address that was looked at."""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import certifi

#: Expiry alone is let pass; whose certificate it is, and whether it is for this name, is looked at all the same.
NO_CHECK_TIME = 0x200000


class NoNames(Exception):
    """Names cannot be resolved here at this time, which says nothing about the site."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, none where it leads nowhere."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise NoNames from error
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address, which is figures and so is resolved no second time."""
    return socket.create_connection((address, port), timeout=seconds)


def trusted(*, expired_too: bool) -> ssl.SSLContext:
    """How a site is known: by those whom the machine trusts, which may be nobody, or browsers do; and for its name."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if expired_too:
        context.verify_flags |= NO_CHECK_TIME  # ssl has no name for it
    return context


@dataclass(frozen=True)
class Outside:
    """What reaches out: given from outside, so that tests can play the web."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    connect: Callable[[str, int, float], socket.socket] = connect
    trusted: Callable[..., ssl.SSLContext] = trusted
    clock: Callable[[], float] = time.monotonic


def in_time(work: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """What some work gives; TimeoutError where it takes too long. The system resolves names with no bound of ours."""
    done: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put(work())
        except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
            done.put(error)

    threading.Thread(target=run, daemon=True, name="resolve").start()
    try:
        came = done.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(came, Exception):
        raise came
    return came
