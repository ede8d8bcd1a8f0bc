"""Who holds which post: taking one, leaving one, and that somebody always administers."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

from itadomain.people import Person, Post, Role
from itadomain.refusals import Refusal

A_DAY = timedelta(days=1)


def appointed(person: Person, post: Post, today: date) -> Person:
    """The same person with one more post; nothing changes where they hold it by then, and a later start gives way."""
    same = [held for held in standing(person, today) if same_duty(post, held)]
    if not same:
        return person.with_posts((*person.posts, post), today)
    if any((held.since or date.min) <= (post.since or today) for held in same):
        return person
    return person.with_posts([post if held == same[0] else held for held in person.posts], today)


def relieved(person: Person, posts: Collection[Post], last: date, today: date) -> Person:
    """The same person, who holds `posts` until the day `last`; they stay in the record."""
    return person.with_posts([_until(last, one) if one in posts else one for one in person.posts], today)


def posted(person: Person, posts: Collection[Post], today: date) -> Person:
    """The same person with these posts from today on, and no others: what they held before ended yesterday."""
    gone = [held for held in standing(person, today) if not any(same_duty(held, one) for one in posts)]
    remaining = relieved(person, gone, today - A_DAY, today)
    for one in posts:
        remaining = appointed(remaining, one, today)
    return remaining


def standing(person: Person, today: date) -> tuple[Post, ...]:
    """The posts that are held today or will be."""
    return tuple(one for one in person.posts if one.until is None or one.until >= today)


def same_duty(one: Post, other: Post) -> bool:
    """Whether two posts are one role in one unit, for good."""
    return (one.role, one.unit, one.acting, one.until) == (other.role, other.unit, other.acting, other.until)


def keep_an_administrator(administrators: Iterable[Person], before: Person, after: Person, today: date) -> None:
    """Refuse a change that leaves nobody to administer for good: the agency would be locked out of its own settings."""
    leaves = _stays(before, today) and not _stays(after, today)
    if leaves and not any(_stays(one, today) for one in administrators if one.id != before.id):
        raise Refusal("organisation.last_admin")


def _stays(person: Person, today: date) -> bool:
    return any(post.role is Role.ADMIN and post.held_on(today) and post.until is None for post in person.posts)


def _until(last: date, post: Post) -> Post:
    return replace(post, until=last if post.until is None else min(post.until, last))
