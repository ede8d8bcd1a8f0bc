"""How the domain says no."""

from typing import Any


class Refusal(Exception):
    """An expected no: `key` names the text that says it, `facts` fill its blanks."""

    def __init__(self, key: str, **facts: Any) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts
