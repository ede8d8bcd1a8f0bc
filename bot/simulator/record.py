"""The append-only record: one JSON object a line of everything that crossed the desk."""

from __future__ import annotations

import json
import threading
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class Record:
    """A file that only grows, readable from any line on without holding it in memory."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._lock = threading.Lock()
        self._file = path.open("ab")
        self._starts = array("Q", _line_starts(path))
        self._end = path.stat().st_size

    def write(self, kind: str, agency: str | None, user: str | None, **facts: Any) -> None:
        """Add one line."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._lock:
            if self._file.closed:
                return
            entry = {"n": len(self._starts) + 1, "at": at, "kind": kind, "agency": agency, "user": user}
            line = json.dumps({**entry, **facts}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
            self._file.write(line)
            self._file.flush()
            self._starts.append(self._end)
            self._end += len(line)

    def after(self, n: int, agency: str | None = None, limit: int = 1000) -> list[dict[str, Any]]:
        """The entries numbered above `n`, oldest first."""
        found = []
        for entry in self._entries(n):
            if agency is None or entry["agency"] == agency:
                found.append(entry)
            if len(found) >= limit:
                break
        return found

    def last(self) -> int:
        """The number of the newest entry."""
        return len(self._starts)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.close()

    def _entries(self, n: int) -> Iterator[dict[str, Any]]:
        with self._lock:
            count, end = len(self._starts), self._end
            start = self._starts[n] if 0 <= n < count else end
        with self._path.open("rb") as file:
            file.seek(start)
            for number, line in zip(range(n + 1, count + 1), file, strict=False):
                yield {**json.loads(line), "n": number}


def _line_starts(path: Path) -> list[int]:
    starts, at = [], 0
    with path.open("rb") as file:
        for line in file:
            starts.append(at)
            at += len(line)
    return starts
