"""How a post is told: its role, its unit, whether it is acting, and its term."""

from handlers.kit import Turn, Words, words
from itadomain.organisation import Invitation
from itadomain.people import Post, Role


def role_word(role: Role) -> Words:
    """The name of a role."""
    return words(f"account.role_{role}")


def unit_word(turn: Turn, unit: str) -> str | Words:
    """The name of a unit by its id."""
    found = turn.store.units.get(unit) if unit else None
    return found.name if found else words("posts.no_unit")


def post_word(turn: Turn, post: Post) -> Words:
    """A post in one line, with its term where it has one."""
    key = "posts.acting" if post.acting else "posts.post"
    told = words(key, role=role_word(post.role), unit=unit_word(turn, post.unit))
    if post.until and post.since:
        return words("posts.from_to", post=told, since=post.since, until=post.until)
    if post.until:
        return words("posts.until", post=told, until=post.until)
    return words("posts.since", post=told, since=post.since) if post.since else told


def invited_word(turn: Turn, one: Invitation) -> Words:
    """The post that an invitation gives."""
    return words("posts.post", role=role_word(one.role), unit=unit_word(turn, one.unit))
