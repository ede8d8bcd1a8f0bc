"""Fetches what a person sent (pictures, films, files) from LINE, a piece at a time, into a file."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from urllib.parse import quote

import urllib3

from bot.line.calls import Outcome
from bot.line.client import Lines
from bot.storage.agencies import Agency

TIMEOUT = urllib3.Timeout(connect=3.05, read=20.0)
LONGEST_S = 600.0  # for one file, however slowly it comes
PIECE = 256 * 1024
MOST_SOCKETS = 4
OK, PREPARING, UNAUTHORISED, MISSING, GONE = 200, 202, 401, 404, 410
MOST_WAIT_S = 300


class Became(Enum):
    """What became of fetching."""

    FETCHED = auto()
    PREPARING = auto()  # LINE is not ready: ask again
    NEVER = auto()  # LINE could not prepare it
    GONE = auto()  # its sender took it back
    MISSING = auto()  # LINE does not know it, or not any more
    TOO_LARGE = auto()
    AWAY = auto()  # LINE did not answer, or not with all of it: ask again


@dataclass(frozen=True)
class Fetched:
    """How it went: size and SHA-256 of what was fetched, else for how long LINE wants us to wait, where it says."""

    became: Became
    size: int = 0
    sha256: str = ""
    wait_ms: int = 0


class Contents:
    """LINE's other address, where the bytes lie; safe between threads. Nothing is opened before the first call."""

    def __init__(self, host: str, lines: Lines, clock: Callable[[], float] = time.monotonic) -> None:
        self._host = host
        self._lines = lines
        self._clock = clock
        self._pool = urllib3.PoolManager(maxsize=MOST_SOCKETS, retries=False, timeout=TIMEOUT)

    def fetch(self, agency: Agency, message: str, into: Path, most: int) -> Fetched:
        """Write the bytes of a message into a file, `most` at most; raises for the disk, not for the network."""
        path = f"/v2/bot/message/{quote(message, safe='')}/content"
        try:
            answer = self._ask(agency, path)
            if answer is None:
                return Fetched(Became.AWAY)
            with answer:
                if answer.status == PREPARING:
                    return self._preparing(agency, path, answer)
                return self._kept(answer, into, most) if answer.status == OK else _refused(answer.status)
        except urllib3.exceptions.HTTPError:
            return Fetched(Became.AWAY)

    def close(self) -> None:
        """Give back the sockets."""
        self._pool.clear()

    def _ask(self, agency: Agency, path: str) -> urllib3.BaseHTTPResponse | None:
        """LINE's answer, its body still to be read; None where it gives us no token. An old token is renewed once."""
        token = self._lines.token(agency)
        for _ in range(2):
            if isinstance(token, Outcome):
                return None
            headers = {"Authorization": f"Bearer {token}"}
            answer = self._pool.request(
                "GET", self._host + path, headers=headers, preload_content=False, redirect=False
            )
            if answer.status != UNAUTHORISED:
                return answer
            answer.close()
            token = self._lines.renewed(agency, token)
        return None

    def _preparing(self, agency: Agency, path: str, answer: urllib3.BaseHTTPResponse) -> Fetched:
        """LINE tells apart what is not ready yet and what never will be."""
        said = answer.headers.get("Retry-After", "")
        wait_ms = min(int(said), MOST_WAIT_S) * 1000 if said.isdecimal() else 0
        asked = self._ask(agency, f"{path}/transcoding")
        if asked is None:
            return Fetched(Became.PREPARING, wait_ms=wait_ms)
        with asked:
            never = asked.status == OK and b'"failed"' in asked.read(PIECE)
        return Fetched(Became.NEVER if never else Became.PREPARING, wait_ms=wait_ms)

    def _kept(self, answer: urllib3.BaseHTTPResponse, into: Path, most: int) -> Fetched:
        size, digest, until = 0, hashlib.sha256(), self._clock() + LONGEST_S
        announced = answer.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > most:
            return Fetched(Became.TOO_LARGE)
        with into.open("wb") as file:
            for piece in answer.stream(PIECE):
                size += len(piece)
                if size > most:
                    return Fetched(Became.TOO_LARGE)
                if self._clock() > until:
                    return Fetched(Became.AWAY)
                digest.update(piece)
                file.write(piece)
        return Fetched(Became.FETCHED, size, digest.hexdigest())


def _refused(status: int) -> Fetched:
    return Fetched({GONE: Became.GONE, MISSING: Became.MISSING}.get(status, Became.AWAY))
