"""Committees: who sits in one, with which duty and until when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from itadomain.organisation import Committee, Seat
from itadomain.refusals import Refusal

LONGEST_NAME = 60
LONGEST_DUTY = 40


def founded(new_id: str, name: str, committees: Sequence[Committee]) -> Committee:
    """A new committee; Refusal where its name is none or another's."""
    name = " ".join(name.split())
    if not 1 < len(name) <= LONGEST_NAME:
        raise Refusal("committees.no_name", most=LONGEST_NAME)
    if any(one.name == name for one in committees):
        raise Refusal("committees.exists", name=name)
    return Committee(new_id, name)


def seated(committee: Committee, seat: Seat, today: date) -> Committee:
    """The committee with one more seat; Refusal where the person sits there already."""
    if any(one.person == seat.person for one in sitting(committee, today)):
        raise Refusal("committees.sits_already")
    if not 1 < len(seat.duty) <= LONGEST_DUTY:
        raise Refusal("committees.no_duty", most=LONGEST_DUTY)
    return replace(committee, seats=(*committee.seats, seat))


def unseated(committee: Committee, person: str, today: date) -> Committee:
    """The committee, in which a person sits no longer; the seat stays in the record."""
    last = today - timedelta(days=1)
    gone = [replace(one, until=last) if one.person == person and _open(one, today) else one for one in committee.seats]
    return replace(committee, seats=tuple(gone))


def sitting(committee: Committee, day: date) -> list[Seat]:
    """The seats that are held on `day`."""
    return [one for one in committee.seats if (one.since is None or one.since <= day) and _open(one, day)]


def _open(seat: Seat, day: date) -> bool:
    return seat.until is None or day <= seat.until
