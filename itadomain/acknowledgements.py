"""The register of acknowledgement (ทะเบียนรับทราบ): who was asked to read something, and who has said that they did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from itadomain.people import Person
from itadomain.refusals import Refusal

LONGEST_TITLE = 120
LONGEST_WORDING = 1000


class Audience(StrEnum):
    """Who is asked."""

    EVERYONE = "everyone"
    NEWCOMERS = "newcomers"
    CHOSEN = "chosen"  # those of `people`: a committee as it sat on that day


@dataclass(frozen=True)
class Circular:
    """Something to be read and acknowledged (หนังสือเวียน): a measure, a paper, or a policy as it was typed."""

    id: str
    title: str
    wording: str
    audience: Audience
    asked_on: date
    asked_by: str = ""  # the id of a person
    measure: str = ""  # the id of a measure, where it is about one
    closed_on: date | None = None
    people: Sequence[str] = ()  # the ids of those who were chosen
    paper: str = ""  # «plan:2570», where it is about one of the agency's papers


@dataclass(frozen=True)
class Acknowledged:
    """One person has read one circular."""

    circular: str
    person: str
    at: datetime


def circular(new_id: str, title: str, wording: str, audience: Audience, by: Person, today: date) -> Circular:
    """A new one; Refusal where it says nothing or too much."""
    title, wording = " ".join(title.split()), wording.strip()
    if not 1 < len(title) <= LONGEST_TITLE or len(wording) > LONGEST_WORDING:
        raise Refusal("acknowledge.no_title", most=LONGEST_TITLE, longest=LONGEST_WORDING)
    return Circular(new_id, title, wording, audience, today, by.id)


def asked(one: Circular, people: Iterable[Person], day: date) -> list[Person]:
    """Who of the people of `day` is asked to acknowledge it."""
    return [person for person in people if _is_asked(one, person, day)]


def concerns(one: Circular, person: Person) -> bool:
    """Whether a person may read it: what was written to some people is theirs alone."""
    return one.audience is not Audience.CHOSEN or person.id in one.people


def open_for(person: Person, circulars: Iterable[Circular], done: Iterable[Acknowledged], day: date) -> list[Circular]:
    """What a person has still to acknowledge."""
    read = {one.circular for one in done if one.person == person.id}
    return [one for one in circulars if one.id not in read and _is_asked(one, person, day)]


def missing(one: Circular, people: Sequence[Person], done: Iterable[Acknowledged], day: date) -> list[Person]:
    """Who was asked and has not acknowledged it."""
    read = {each.person for each in done}
    return [person for person in asked(one, people, day) if person.id not in read]


def closed(one: Circular, today: date) -> Circular:
    """The circular, which nobody is asked to read any more; the register stays."""
    return replace(one, closed_on=today)


def _is_asked(one: Circular, person: Person, day: date) -> bool:
    if one.closed_on or not person.on(day).roles:
        return False
    match one.audience:
        case Audience.CHOSEN:
            return concerns(one, person)
        case Audience.NEWCOMERS:
            return _came_after(one.asked_on, person)
    return True


def _came_after(day: date, person: Person) -> bool:
    """Whether a person's first post began on `day` or later; one of whom that is not known was there before."""
    first = [post.since for post in person.posts]
    return bool(first) and all(since is not None and since >= day for since in first)
