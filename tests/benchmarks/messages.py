"""`python -m tests.benchmarks.messages`: what a year of reminders costs in messages, three ways side by side.

Nothing fails on a slow machine, and nothing hangs on one: it counts messages. What the page says is what this run found.

python -m tests.benchmarks.messages                two seeds; refreshes docs/benchmarks-messages.md
python -m tests.benchmarks.messages --keep-page    a look, the page stays
"""

import argparse
import datetime as dt
import shutil
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

from bot import nlu, samples
from bot.line.events import hear
from bot.storage.quotas import SqlQuotas, month_of
from bot.texts import LOCALES, Texts
from bot.turns import Moment, Turns
from handlers import FEATURES
from itadomain.allowance import Allowance
from tests.benchmarks.__main__ import workspace
from tests.benchmarks.processes import ROOT
from tests.benchmarks.tables import markdown
from tests.year.expecting import Expected
from tests.year.living import Life, opened_by
from tests.year.world import BANGKOK, FIRST, YEAR, World, line_id

SEEDS = ("2570", "2571")
COUNTED = ("naive", "fewest", "reminders", "warnings", "others", "earlier")
#: What a message is sent for, the most pressing first; None where it only says that a superior hears next.
KINDS = {"late": "late, weekly", "on the day": "on the due day", "before": "a week before", None: "warning only"}
OPENING = (0, 20, 60)  # of a hundred people in a week
PAGE = Path(__file__).with_name("messages.md")
ASKED = "คะแนนปีนี้"
#: The naive way takes so many times what is aimed at.
AIM = 5
PROCESSES = 2
NEARLY_A_WEEK = dt.timedelta(days=6)  # what is late was told a week before
EVENING = dt.time(20)
LOOKS = (dt.time(9), dt.time(11), dt.time(15, 30), EVENING)
LATE_IN_FEBRUARY, DUE_IN_MARCH = (dt.date(2027, 2, 15), dt.date(2027, 2, 25)), (1, 3, 8, 10, 15, 17, 22, 24, 29)
#: The month in which most is due, 300 messages, and 40 staff.
SHORT_FIRST, SHORT_LAST, MESSAGES = dt.date(2027, 3, 1), dt.date(2027, 3, 31), 300


@dataclass(frozen=True)
class Lived:
    """One agency's year with one seed, and so many of a hundred opening the chat in a week."""

    seed: str
    opening: int
    agency: str
    naive: int  # one push for each obligation and rung
    fewest: int  # the fewest pushes that keep what is promised where nobody opens the chat
    reminders: int  # pushed digests to those who report
    warnings: int  # of them, those that tell no rung: a superior hears next
    others: int  # to superiors and executives
    late: int  # reminders that nobody was told on their day
    earlier: int  # the fewest pushes if all but what is due on its day might be told six days early
    owed: Mapping[str, int]  # what the naive way pushes, by what each is
    sent: Mapping[str | None, int]  # pushed digests by what they were sent for


@dataclass(frozen=True)
class Month:
    """A month with few messages, much due, and nobody who reports."""

    staff: int  # all of them have something due in it
    unreached: int  # of them, who were told nothing
    wanted: int  # messages that digests would take where there are enough
    used: int
    kept: int  # for citizens' cases


class Visits:
    """People of the agency who open the chat, and are told there what is due, what is late, and the week."""

    def __init__(self, world: World, seed: str, share: int) -> None:
        self._world, self._seed, self._share = world, seed, share
        self._turns = Turns(FEATURES, nlu.load(LOCALES), Texts()) if share else None
        self._people = {slug: [one.id for one in world.people(slug, FIRST)] for slug in world.slugs}

    def __call__(self, slug: str, at: dt.datetime) -> None:
        for person in self._people[slug]:
            if self._turns and opened_by(f"{slug} {person}", self._share, at, self._seed):
                self._world.keeps(slug, partial(self._turn, heard=_heard(line_id(slug, person)), at=at))

    def _turn(self, store, heard, at) -> None:
        self._turns.take(store, heard, Moment(at.date(), int(at.timestamp() * 1000), BANGKOK))


class Delivered:
    """What each person had been told by the end of each day, pushed or on the back of an answer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.by: dict[tuple[str, str, str, dt.date, dt.date], dt.date] = {}

    def look(self, at: dt.datetime) -> None:
        if at.time() == EVENING:
            for slug in self._world.slugs:
                for one in self._world.reads(slug, lambda store: store.reminders.all()):
                    for duty, told in one.told.items():
                        self.by.setdefault((slug, one.person, duty, told.slot, told.day), at.date())


def lived(made: Path, folder: Path, seed: str, opening: int) -> Sequence[Lived]:
    """A year of all five agencies."""
    shutil.copytree(made, folder)
    world = World.at(folder)
    duties = {slug: world.reads(slug, lambda store: store.obligations.of_year(YEAR)) for slug in world.slugs}
    delivered = Delivered(world)
    life = Life(world, seed, Visits(world, seed, opening), looked=delivered.look, looks=LOOKS)
    life.live()
    found = [_counted(world, life, delivered, slug, duties[slug], seed, opening) for slug in world.slugs]
    world.close()
    return found


def _counted(world, life, delivered, slug, duties, seed, opening) -> Lived:
    letters = [letter for _, letter in world.letters(slug)]
    reports = [one for one in life.reported if one.agency == slug]
    expected = Expected(duties, world.people(slug, FIRST), reports, letters)
    mine = [one for one in letters if _reports(one.person)]
    sent = Counter(expected.called_by(one) for one in mine)
    return Lived(
        seed, opening, slug, len(expected.naive), expected.fewest(), len(mine), sent[None], len(letters) - len(mine),
        sum(not _in_time(delivered, slug, one) for one in expected.missing), expected.fewest(NEARLY_A_WEEK),
        expected.kinds, sent,
    )  # fmt: skip


def _in_time(delivered: Delivered, slug: str, one) -> bool:
    """Whether a reminder that was not pushed on its day had been told by then in another way."""
    duty = one.standing.duty
    told = [
        on for (agency, person, id_, slot, day), on in delivered.by.items()
        if (agency, person, id_, slot) == (slug, one.person, duty.id, duty.slot) and day >= one.rung
    ]  # fmt: skip
    return any(on <= one.at.date() for on in told)


def _reports(person: str) -> bool:
    """Whether somebody is of a unit's staff: its head and those above only hear what is late."""
    return "-" in person and not person.endswith("-0")


def _heard(user: str):
    message = {"type": "text", "text": ASKED}
    return hear({"type": "message", "replyToken": "free", "source": {"userId": user}, "message": message})


def short_month(folder: Path) -> Month:
    """March with 300 messages: 40 staff, each of whose units has something due every few days, and nobody reports."""
    wanted = _month(folder / "enough", None)
    used = _month(folder / "few", MESSAGES)
    return Month(used.staff, used.unreached, wanted.used, used.used, MESSAGES - used.used)


def _month(folder: Path, most: int | None) -> Month:
    folder.mkdir(parents=True)
    world = World.at(folder, ["srikham"]).fill(staff=10)
    (slug,) = world.slugs
    world.keeps(slug, _much_due)
    world.clock.set(dt.datetime.combine(SHORT_FIRST, dt.time(8), BANGKOK))
    if most:
        world.keeps(slug, lambda store: _allowed(store, most, world.clock()))
    Life(world, visit=_nothing, reporting=False, looks=LOOKS).live(SHORT_FIRST, SHORT_LAST)
    letters = [letter for _, letter in world.letters(slug)]
    staff = {one.id for one in world.people(slug, FIRST) if _reports(one.id)}
    told = {letter.person for letter in letters}
    world.close()
    return Month(len(staff), len(staff - told), len(letters), len(letters), 0)


def _much_due(store) -> None:
    """Each unit has something due every few days, twice before the month, so that it begins with what is late."""
    duties = store.obligations.of_year(YEAR)
    like = duties[0]
    store.obligations.save(
        *(
            replace(like, id=f"{unit}-{day}", unit=unit, slot=day, due=day, reported_for=None)
            for unit in sorted({one.unit for one in duties})
            for day in (*LATE_IN_FEBRUARY, *(SHORT_FIRST + dt.timedelta(days=more) for more in DUE_IN_MARCH))
        )
    )


def _allowed(store, most: int, now: int) -> None:
    store._writes.append(lambda session: SqlQuotas(session).keep(Allowance(most, 0), now, month_of(SHORT_FIRST)))


def _nothing(_slug: str, _at: dt.datetime) -> None:
    """Nobody opens the chat."""


def measure(folder: Path, seeds: Sequence[str]) -> tuple[Sequence[Lived], Month]:
    """All of it, two years at a time."""
    made = folder / "made"
    made.mkdir()
    World.at(made).fill().close()
    runs = [(seed, opening) for seed in seeds for opening in OPENING]
    with ProcessPoolExecutor(PROCESSES) as pool:
        years = [pool.submit(lived, made, folder / f"{seed}-{opening}", seed, opening) for seed, opening in runs]
        month = pool.submit(short_month, folder / "month")
        return [one for year in years for one in year.result()], month.result()


def page(found: Sequence[Lived], month: Month, seconds: float) -> str:
    """The page."""
    late = sum(one.late for one in found)
    return PAGE.read_text(encoding="utf-8").format(
        seeds=len({one.seed for one in found}), minutes=f"{seconds / 60:.0f}", year=YEAR, all=_ways(found), late=late,
        agencies=_by_agency(found), kinds=_by_kind(found), aim=_aim(found), earlier=_to_naive(_of(found, 0), "earlier"),
        bound=_to_naive(_of(found, 0), "fewest"), **vars(month), messages=MESSAGES,
    )  # fmt: skip


def _ways(found: Sequence[Lived]) -> str:
    """All agencies together: each way, in messages and to the naive one."""
    lines = []
    for opening in OPENING:
        each = _of(found, opening)
        counts = [_spread([one[name] for one in each]) for name in COUNTED]
        lines.append([f"{opening} %", *counts[:4], _to_naive(each, "reminders"), counts[4]])
    columns = ("naive", "fewest", "pushed digests", "warnings only", "to naive", "to superiors")
    return markdown(["open the chat in a week", *columns], lines)


def _of(found: Sequence[Lived], opening: int) -> Sequence[Mapping[str, int]]:
    """All agencies together, a year for each seed."""
    seeds = sorted({one.seed for one in found})
    return [_sums([one for one in found if (one.seed, one.opening) == (seed, opening)]) for seed in seeds]


def _to_naive(each: Sequence[Mapping[str, int]], name: str) -> str:
    return _spread([100 * one[name] / one["naive"] for one in each]) + " %"


def _by_kind(found: Sequence[Lived]) -> str:
    """What the messages of a year are sent for, the mean of all seeds; by how many open the chat."""
    years, lines = len({one.seed for one in found}), []
    for kind, called in KINDS.items():
        naive = sum(one.owed.get(kind, 0) for one in found if one.opening == 0) if kind else 0
        sent = [sum(one.sent.get(kind, 0) for one in found if one.opening == opening) for opening in OPENING]
        lines.append([called, *(f"{count / years:,.0f}" for count in (naive, *sent))])
    return markdown(["sent for", "naive", *(f"{opening} % open" for opening in OPENING)], lines)


def _aim(found: Sequence[Lived]) -> str:
    """Whether it is reached: of all years together, by how many open the chat."""
    sums = {opening: _sums([one for one in found if one.opening == opening]) for opening in OPENING}
    reached = [f"{opening} %" for opening, one in sums.items() if AIM * one["reminders"] <= one["naive"]]
    return f"It is reached where {', '.join(reached)} open the chat." if reached else "It is not reached."


def _by_agency(found: Sequence[Lived]) -> str:
    lines = []
    for slug in samples.NAMES:
        mine = {opening: [one for one in found if (one.agency, one.opening) == (slug, opening)] for opening in OPENING}
        ratios = [_spread([100 * one.reminders / one.naive for one in mine[opening]]) + " %" for opening in OPENING]
        bound = _spread([100 * one.fewest / one.naive for one in mine[0]]) + " %"
        lines.append([slug, _spread([one.naive for one in mine[0]]), bound, *ratios])
    return markdown(["agency", "naive", "fewest", *(f"{opening} % open" for opening in OPENING)], lines)


def _sums(found: Sequence[Lived]) -> Mapping[str, int]:
    return {name: sum(getattr(one, name) for one in found) for name in COUNTED}


def _spread(figures: Sequence[float]) -> str:
    told = f"{median(figures):,.0f}"
    return told if min(figures) == max(figures) else f"{told} ({min(figures):,.0f} to {max(figures):,.0f})"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--keep-page", action="store_true", help="leave the page as it is")
    asked.add_argument("--seeds", type=int, default=len(SEEDS), help="fewer take less time and tell less of chance")
    options = asked.parse_args()
    began = time.monotonic()
    with workspace("bench-messages-") as folder:
        found, month = measure(folder, SEEDS[: options.seeds])
    text = page(found, month, time.monotonic() - began)
    print(text)
    if not options.keep_page:
        (ROOT / "docs" / "benchmarks-messages.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
