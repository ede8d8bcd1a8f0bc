"""A fiscal year of five agencies, day by day: who is reminded of what, and when; and the same through any kill."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

import pytest

from bot import samples
from itadomain.reminding.reminded import Escalation
from tests.year.expecting import CALENDAR, Expected
from tests.year.living import Life
from tests.year.world import FIRST, YEAR, World

pytestmark = pytest.mark.timeout(900)
FROM, UNTIL = dt.time(9), dt.time(17)


@dataclass
class Watch:
    """Looks at what is remembered of reminding, whenever somebody was told something."""

    world: World
    escalations: dict[tuple[str, str, dt.date], Escalation] = field(default_factory=dict)
    weeks: set[tuple[str, str, dt.date]] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)

    def look(self, at: dt.datetime) -> None:
        for slug in self.world.slugs:
            new = self.world.letters(slug, self.seen.get(slug, 0))
            if new:
                self.seen[slug] = new[-1][0]
                self.world.reads(slug, lambda store, slug=slug: self._note(store, slug, at.date()))

    def _note(self, store, slug, today):
        monday = today - dt.timedelta(days=today.weekday())
        self.escalations.update({(slug, one.obligation, one.slot): one for one in store.escalations.all()})
        told = [one for one in store.reminders.all() if one.week_told == monday and one.digest_on == today]
        self.weeks.update((slug, one.person, today) for one in told)


@dataclass
class Year:
    """A year that was lived, with all that was told in it."""

    world: World
    watch: Watch
    expected: dict[str, Expected]
    duties: dict[str, list]

    @property
    def letters(self):
        return [letter for one in self.expected.values() for letter in one.letters]


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    world = World.at(tmp_path_factory.mktemp("year")).fill()
    duties = {slug: world.reads(slug, lambda store: store.obligations.of_year(YEAR)) for slug in world.slugs}
    watch = Watch(world)
    life = Life(world, looked=watch.look)
    life.live()
    expected = {
        slug: Expected(
            duties[slug], world.people(slug, FIRST), [one for one in life.reported if one.agency == slug],
            [letter for _, letter in world.letters(slug)],
        )
        for slug in world.slugs
    }  # fmt: skip
    yield Year(world, watch, expected, duties)
    world.close()


@pytest.mark.parametrize("slug", samples.NAMES)
def test_every_due_date_has_its_reminders_on_the_right_days(year, slug):
    expected = year.expected[slug]
    assert len(expected.due) >= 8
    assert expected.missing == []
    late = [one for one in expected.put_off if one.standing.since.date() != one.at.date()]
    assert late == []  # put off to the next day only where the round has just begun


def test_nobody_hears_twice_on_a_day(year):
    told = Counter((one.agency, one.person, one.at.date()) for one in year.letters)
    assert len(told) > 100
    assert max(told.values()) == 1


def test_nobody_is_disturbed_on_a_day_off_or_out_of_hours(year):
    """The clock looked at night, early and on every day off."""
    assert [one for one in year.letters if not CALENDAR.is_working(one.at.date())] == []
    assert [one for one in year.letters if not FROM <= one.at.time() <= UNTIL] == []


def test_no_message_is_without_need(year):
    """A rung, a superior who hears of it, a warning the day before that, or an executive's week."""
    assert [one for one in year.letters if not _needed(year, one)] == []


def test_no_message_tells_of_what_is_reported(year):
    """It names no measure of which there was nothing to say: to who reports, nothing to be reported any more."""
    wrong = [(one.person, one.at, title) for one in year.letters for title in _named(year, one) - _may_name(year, one)]
    assert wrong == []


def test_a_superior_hears_after_the_unit_was_told_so_the_day_before(year):
    steps = [(key, one, level) for key, one in year.watch.escalations.items() for level in one.told]
    assert len(steps) >= 10
    for (slug, _, _), one, level in steps:
        assert one.warned[level] < one.told[level]
        told = {letter.person for letter in year.expected[slug].letters if letter.at.date() == one.warned[level]}
        assert one.know & told or not one.know


def test_each_step_is_told_once_and_in_order(year):
    for one in year.watch.escalations.values():
        days = [one.told[level] for level in ("head", "secretariat", "executive") if level in one.told]
        assert days == sorted(set(days))


def _needed(year, letter):
    day, slug = letter.at.date(), letter.agency
    rung = year.expected[slug].calls_for(letter)
    return rung or _climbing(year, letter) or (slug, letter.person, day) in year.watch.weeks


def _climbing(year, letter):
    """The obligations whose step up, or the warning of it, somebody heard of."""
    day = letter.at.date()
    mine = [one for (slug, _, _), one in year.watch.escalations.items() if slug == letter.agency]
    warned = [one for one in mine if day in one.warned.values() and letter.person in one.know]
    raised = [one for one in mine if day in one.told.values() and letter.person in one.heard]
    return [one.obligation for one in (*warned, *raised)]


def _named(year, letter):
    return {title for title in _titles(year, letter.agency).values() if title in letter.text}


def _may_name(year, letter):
    titles = _titles(year, letter.agency)
    duties = {one.id: one for one in year.duties[letter.agency]}
    told = [one.measure for one in year.expected[letter.agency].told_at(letter)]
    return {titles[one] for one in (*told, *(duties[one].measure for one in _climbing(year, letter)))}


def _titles(year, slug):
    if slug not in TITLES:
        TITLES[slug] = year.world.reads(slug, lambda store: {one.id: one.title for one in store.measures.of_year(YEAR)})
    return TITLES[slug]


TITLES = {}
