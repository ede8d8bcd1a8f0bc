"""A page as a value: which template, with what in it. `pages.py` draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from handlers.kit import Words


@dataclass(frozen=True)
class Page:
    """What is shown. `carried` are its hidden fields; `faults` say what is wrong, each at its field (or at none)."""

    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    carried: Sequence[tuple[str, str]] = ()
    faults: Sequence[tuple[str, Words]] = ()
    good: Words | None = None  # what was done just now
    status: int = 200

    def wrong(self, *faults: tuple[str, Words], status: int = 400) -> Self:
        """The same with what is wrong."""
        return replace(self, faults=faults, status=status)
