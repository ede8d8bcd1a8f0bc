"""What a plan came to: how far its units are by the reports that count, what stood in the way, and what shows it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from itadomain.evidence import Evidence, Stage
from itadomain.measures import Closing, Measure, Obligation, Standing
from itadomain.obstacles import Obstacle
from itadomain.ports import Store
from itadomain.progress import Report, standing_by

#: Of a measure that several units carry out: what is nobody's obstacle and not done by all is being worked on.
SETTLED = frozenset({Standing.DONE, Standing.NOT_STARTED})
#: Photos that a report shows of a measure, and in all: a file that can still be sent.
MOST_EACH, MOST_PHOTOS = 10, 300


@dataclass(frozen=True)
class Share:
    """One unit's share of a measure, by its reports that count, the oldest first; none where it made none."""

    unit: str  # a name
    standing: Standing
    percent: int | None
    amount: Decimal | None
    reports: Sequence[Report] = ()

    @property
    def next_step(self) -> str:
        """What the unit does next, as it said last; nothing where it is done."""
        return self.reports[-1].next_step if self.reports and self.standing is not Standing.DONE else ""


@dataclass(frozen=True)
class Photo:
    """A photo that shows what a unit did; `drawable` where there is a copy that any program opens."""

    of: Evidence
    unit: str  # a name
    drawable: bool


@dataclass(frozen=True)
class Outcome:
    """What a measure came to."""

    measure: Measure
    shares: Sequence[Share]
    obstacles: Sequence[Obstacle] = ()
    photos: Sequence[Photo] = ()

    @property
    def standing(self) -> Standing:
        """How far it is as a whole: done once all are, blocked where one is."""
        each = {one.standing for one in self.shares}
        if Standing.BLOCKED in each:
            return Standing.BLOCKED
        alike = len(each) == 1 and each <= SETTLED
        return next(iter(each)) if alike else Standing.WORKING if each else Standing.NOT_STARTED

    @property
    def reported(self) -> bool:
        """Whether anything was reported on it that counts."""
        return any(one.reports for one in self.shares)


def outcomes(store: Store, year: int) -> Sequence[Outcome]:
    """What each measure of a plan came to, but for those that were cancelled."""
    names = {one.id: one.name for one in store.units.all()}
    duties: dict[str, list[Obligation]] = defaultdict(list)
    for one in store.obligations.of_year(year):
        duties[one.measure].append(one)
    plan = [one for one in store.measures.of_year(year) if one.cancelled_on is None]
    return [_outcome(store, one, duties[one.id], names) for one in plan]


def tally(some: Sequence[Outcome]) -> Mapping[Standing, int]:
    """How many measures stand at each of the four."""
    return {standing: sum(one.standing is standing for one in some) for standing in Standing}


def shown(came: Sequence[Outcome]) -> Sequence[tuple[Outcome, Photo]]:
    """The photos that a report shows, of each measure the newest, as many as there is room for."""
    for each in range(MOST_EACH, 0, -1):
        found = [(one, photo) for one in came for photo in one.photos[-each:]]
        if len(found) <= MOST_PHOTOS:
            return found
    return found[:MOST_PHOTOS]


def _outcome(store: Store, measure: Measure, duties: Sequence[Obligation], names: Mapping[str, str]) -> Outcome:
    shares, photos = [], []
    for duty in duties:
        unit = names.get(duty.unit, "")
        reports = [one for one in reversed(store.reports.of_obligation(duty.id)) if one.counts]
        photos += list(_photos(store.evidence.of_obligation(duty.id), unit))
        if reports or duty.closed_as not in {Closing.MOVED, Closing.CANCELLED}:
            shares.append(_share(duty, unit, reports))
    photos.sort(key=lambda photo: photo.of.received_on)
    return Outcome(measure, shares, store.obstacles.of_measure(measure.id), photos)


def _share(duty: Obligation, unit: str, reports: Sequence[Report]) -> Share:
    stands = standing_by(duty, list(reversed(reports)))
    return Share(unit, stands.standing, stands.percent, stands.amount, reports)


def _photos(some: Iterable[Evidence], unit: str) -> Iterator[Photo]:
    """Those that are kept and may be shown, the oldest first; what was sent with a case is no one's to see."""
    for one in sorted(some, key=lambda photo: (photo.received_on, photo.id)):
        copy = one.copy
        if one.stage is Stage.KEPT and not one.case and copy and (copy.shown or copy.media_type.startswith("image/")):
            yield Photo(one, unit, copy.shown)
