"""People of an agency, as the rules know them: what they may do, never how LINE calls them."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self


class Role(StrEnum):
    """What a person does for the agency. A citizen has none; roles add up."""

    STAFF = "staff"
    HEAD = "head"
    EXECUTIVE = "executive"
    OFFICER = "officer"
    INTEGRITY = "integrity"
    ADMIN = "admin"


EVERYONE: frozenset[Role] = frozenset()
INSIDERS = frozenset(Role)
SECRETS_OF_SCORES = frozenset({Role.STAFF, Role.HEAD, Role.EXECUTIVE, Role.ADMIN})
LANGUAGES = ("th", "en")


@dataclass(frozen=True)
class Person:
    """Someone who talks with the agency."""

    id: str
    name: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    language: str = "th"
    unit: str = ""

    def may(self, roles: frozenset[Role]) -> bool:
        """Whether one of `roles` is held; no roles named means everyone."""
        return not roles or bool(self.roles & roles)

    def speaking(self, language: str) -> Self:
        """The same person, answered in `language` from now on."""
        return replace(self, language=language)
