"""What meetings resolved, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from itadomain.resolutions import Resolution


@dataclass
class Resolutions:
    """Resolutions by their ids."""

    kept: dict[str, Resolution] = field(default_factory=dict)

    def get(self, resolution_id: str) -> Resolution | None:
        return self.kept.get(resolution_id)

    def open(self, units: Sequence[str] | None = None) -> Sequence[Resolution]:
        found = [one for one in self.kept.values() if one.open and (units is None or one.unit in units)]
        return sorted(found, key=lambda one: (one.due, one.meeting, one.no))

    def of_meeting(self, day: date) -> Sequence[Resolution]:
        return [one for one in self._in_order() if one.meeting == day]

    def closed_since(self, day: date) -> Sequence[Resolution]:
        return [one for one in self._in_order() if one.closed_on and one.closed_on >= day]

    def save(self, *resolutions: Resolution) -> None:
        self.kept.update((one.id, one) for one in resolutions)

    def _in_order(self) -> Sequence[Resolution]:
        return sorted(self.kept.values(), key=lambda one: (one.meeting, one.no, one.id))
