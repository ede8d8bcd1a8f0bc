"""People of an agency, as the rules know them: what they may do, never how LINE calls them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
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
class Post:
    """A role in a unit (or in the whole agency, where `unit` is empty), from its first day to its last."""

    role: Role
    unit: str = ""  # the id of a unit
    since: date | None = None
    until: date | None = None
    acting: bool = False  # รักษาราชการแทน

    def held_on(self, day: date) -> bool:
        """Whether it is held on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Person:
    """Someone who talks with the agency. `roles` are those of the day for which they were looked up."""

    id: str
    name: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    language: str = "th"
    posts: Sequence[Post] = ()  # ended ones and coming ones too: the history of a person stays
    village: str = ""  # the number of the หมู่ they live in, as they told it themselves
    muted: bool = False  # they want no broadcasts to citizens
    away_since: date | None = None  # they left the account: nothing reaches them until they come back

    @property
    def away(self) -> bool:
        """Whether they left the account."""
        return self.away_since is not None

    def may(self, roles: frozenset[Role]) -> bool:
        """Whether one of `roles` is held; no roles named means everyone."""
        return not roles or bool(self.roles & roles)

    def units(self, day: date, *roles: Role) -> tuple[str, ...]:
        """The ids of the units that a post is held in on `day`, in `roles` where some are named."""
        held = [one for one in self.posts if one.unit and (not roles or one.role in roles) and one.held_on(day)]
        return tuple(dict.fromkeys(one.unit for one in held))

    def serves(self, unit: str, day: date, *roles: Role) -> bool:
        """Whether a post is held in one unit, by its id, on `day`; in `roles` where some are named."""
        for one in self.posts:  # asked of everybody for every unit
            if one.unit == unit and (not roles or one.role in roles) and one.held_on(day):
                return bool(unit)
        return False

    def on(self, day: date) -> Self:
        """The same person with the roles of `day`."""
        return replace(self, roles=frozenset(post.role for post in self.posts if post.held_on(day)))

    def with_posts(self, posts: Sequence[Post], day: date) -> Self:
        """The same person with other posts, and the roles that these give on `day`."""
        return replace(self, posts=tuple(posts)).on(day)

    def speaking(self, language: str) -> Self:
        """The same person, answered in `language` from now on."""
        return replace(self, language=language)
