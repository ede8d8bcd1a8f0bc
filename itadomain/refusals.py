"""How the domain says no."""

from typing import Any


class Refusal(Exception):  # noqa: N818 - it is an answer to a person, not a fault of the program
    """An expected no: `key` names the text that says it, `facts` fill its blanks."""

    def __init__(self, key: str, **facts: Any) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts
