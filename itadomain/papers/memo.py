"""The list under a memorandum: who was asked to acknowledge a circular, who did and when, and who has not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from itadomain.acknowledgements import Acknowledged, Circular, concerns, missing
from itadomain.people import Person, Post
from itadomain.ports import Store

#: What it is called among papers.
MEMO = "memo"


@dataclass(frozen=True)
class Line:
    """One person of the list, with the posts of the day that counts; of who is forgotten only the moment is left."""

    name: str = ""
    posts: Sequence[Post] = ()
    at: datetime | None = None
    left: bool = False  # holds no post any more


def may_read(one: Circular, person: Person) -> bool:
    """Whether a person may have its memorandum: what was written to some people is theirs, and the writer's."""
    return concerns(one, person) or one.asked_by == person.id


def lines(store: Store, one: Circular, today: date) -> Sequence[Line]:
    """Those who have read it in the order in which they did, then those who have not, by their names.

    Of one that is closed, those who had not when it was.
    """
    day = one.closed_on or today
    done = store.circulars.acknowledged(one.id)
    waiting = missing(replace(one, closed_on=None), store.people.insiders(day), done, day)
    return [
        *(_read(store.people.get(each.person, today), each) for each in done),
        *sorted((Line(each.name, _held(each, day)) for each in waiting), key=lambda line: line.name),
    ]


def _read(person: Person | None, done: Acknowledged) -> Line:
    if person is None:
        return Line(at=done.at, left=True)
    return Line(person.name, _held(person, done.at.date()), done.at, left=not person.roles)


def _held(person: Person, day: date) -> Sequence[Post]:
    return [post for post in person.posts if post.held_on(day)]
