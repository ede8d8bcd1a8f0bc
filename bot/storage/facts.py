"""Facts of a sentence as JSON: what JSON has no word for (an exact figure, a day) is written so that it comes back."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

FIGURE, DAY = "figure", "day"


def write(facts: Mapping[str, Any]) -> str:
    """Facts as one JSON object; the same facts give the same text."""
    return json.dumps({name: _plain(value) for name, value in facts.items()}, ensure_ascii=False, sort_keys=True)


def read(text: str) -> dict[str, Any]:
    """The facts again; a code of a closed list comes back as its text."""
    return {name: _value(kept) for name, kept in json.loads(text).items()}


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case Decimal():
            return {FIGURE: str(value)}
        case date():
            return {DAY: value.isoformat()}
        case list() | tuple() | set() | frozenset():
            return [_plain(one) for one in value]
    return value


def _value(kept: Any) -> Any:
    match kept:
        case {"figure": str(figure)}:
            return Decimal(figure)
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case list():
            return [_value(one) for one in kept]
    return kept
