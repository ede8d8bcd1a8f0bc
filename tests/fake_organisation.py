"""The organisation of an agency in memory: invitations, committees, meetings, days off, what is to be acknowledged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.holidays_th import holidays_th
from itadomain.acknowledgements import Acknowledged, Circular
from itadomain.fiscal import first_day, last_day
from itadomain.invitations import MOST_WRONG
from itadomain.meetings import Meeting
from itadomain.organisation import Committee, Invitation


@dataclass
class Invitations:
    """Invitations by their codes."""

    kept: dict[str, Invitation] = field(default_factory=dict)
    wrong: dict[str, list[datetime]] = field(default_factory=dict)

    def save(self, invitation: Invitation, code: str = "") -> None:
        known = [one for one, kept in self.kept.items() if kept.id == invitation.id]
        self.kept[code or known[0]] = invitation

    def by_code(self, code: str) -> Invitation | None:
        return self.kept.get(code)

    def get(self, invitation_id: str) -> Invitation | None:
        return next((one for one in self.kept.values() if one.id == invitation_id), None)

    def wrong_codes(self, person_id: str) -> Sequence[datetime]:
        return self.wrong.get(person_id, [])

    def count_wrong(self, person_id: str, at: datetime) -> None:
        self.wrong[person_id] = [*self.wrong_codes(person_id), at][-MOST_WRONG:]


@dataclass
class Committees:
    """Committees by their ids."""

    kept: dict[str, Committee] = field(default_factory=dict)

    def all(self) -> Sequence[Committee]:
        return sorted(self.kept.values(), key=lambda one: (one.name, one.id))

    def get(self, committee_id: str) -> Committee | None:
        return self.kept.get(committee_id)

    def save(self, committee: Committee) -> None:
        self.kept[committee.id] = committee


@dataclass
class Meetings:
    """Meetings by month and kind."""

    kept: dict[tuple[date, str], Meeting] = field(default_factory=dict)

    def of(self, year: int) -> Sequence[Meeting]:
        return [self.kept[key] for key in sorted(self.kept) if first_day(year) <= key[0] <= last_day(year)]

    def save(self, meeting: Meeting) -> None:
        self.kept[meeting.month, meeting.kind.value] = meeting


@dataclass
class Holidays:
    """The country's days off, and the agency's own."""

    kept: dict[date, str] = field(default_factory=dict)

    def between(self, first: date, last: date) -> Mapping[date, str]:
        found = {**holidays_th(first.year, last.year), **self.kept}
        return {day: found[day] for day in sorted(found) if first <= day <= last and found[day]}

    def own(self) -> Mapping[date, str]:
        return dict(sorted(self.kept.items()))

    def save(self, day: date, name: str) -> None:
        self.kept[day] = name


@dataclass
class Circulars:
    """Circulars by their ids, and who has read them."""

    kept: dict[str, Circular] = field(default_factory=dict)
    read: list[Acknowledged] = field(default_factory=list)

    def all(self) -> Sequence[Circular]:
        by_id = sorted(self.kept.values(), key=lambda one: one.id)
        return sorted(by_id, key=lambda one: one.asked_on, reverse=True)

    def get(self, circular_id: str) -> Circular | None:
        return self.kept.get(circular_id)

    def save(self, circular: Circular) -> None:
        self.kept[circular.id] = circular

    def acknowledged(self, circular_id: str) -> Sequence[Acknowledged]:
        return [one for one in self.read if one.circular == circular_id]

    def acknowledged_by(self, person_id: str) -> Sequence[Acknowledged]:
        return [one for one in self.read if one.person == person_id]

    def acknowledge(self, one: Acknowledged) -> None:
        if (one.circular, one.person) not in {(known.circular, known.person) for known in self.read}:
            self.read.append(one)
