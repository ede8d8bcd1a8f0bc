"""Request bodies as they came: parsed, and each object's size in bytes as it was written."""

from __future__ import annotations

import json
import json.decoder
import json.scanner
from typing import Any

SMALL = 30_000


class Measured(dict[str, Any]):
    """An object that remembers how many bytes it took in the request."""

    size = 0


class _MeasuringDecoder(json.JSONDecoder):
    """Parses objects in Python, to see where each begins and ends."""

    def __init__(self) -> None:
        super().__init__()
        parse = json.decoder.JSONObject  # type: ignore[attr-defined]

        def measured(state: tuple[str, int], *rest: Any) -> tuple[Measured, int]:
            value, end = parse(state, *rest)
            found = Measured(value)
            found.size = len(state[0][state[1] - 1 : end].encode("utf-8", "surrogatepass"))
            return found, end

        self.parse_object = measured
        self.scan_once = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]


def parse(raw: bytes) -> Any:
    """The JSON of a body; large ones keep the sizes of their objects. Raises ValueError."""
    written = raw.decode("utf-8")
    return json.loads(written) if len(raw) <= SMALL else _MeasuringDecoder().decode(written)


def size_of(value: Any) -> int:
    """Bytes as received, where the body was large enough for it to matter; 0 otherwise."""
    return value.size if isinstance(value, Measured) else 0
