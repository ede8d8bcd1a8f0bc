"""`python -m tests.benchmarks.surveys`: 1,000 people who answer a survey at once, and what much costs to reckon.

The real service, the simulator as LINE. Nothing fails on a slow machine; an answer that is lost, doubled or changed on
the way exits 1, and so do results that take longer than a second.

python -m tests.benchmarks.surveys                SQLite and PostgreSQL; refreshes docs/benchmarks-surveys.md
python -m tests.benchmarks.surveys --people 50 --answers 20000 --friends 20000 --keep-page    a quick look
"""

import argparse
import random
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import Connection, text

from bot import enrol
from bot.settings import Settings
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.broadcasts.broadcast import Audience, Reach
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks.shape import Instrument
from itadomain.surveys import opening, results
from itadomain.surveys.asking import questionnaire_of
from itadomain.surveys.questionnaire import STEPS
from itadomain.surveys.releasing import release
from itadomain.surveys.survey import Ballot, Cell, Kind, ServicePoint, Standing, Sums, Survey
from tests.benchmarks import machine, sides
from tests.benchmarks.__main__ import workspace
from tests.benchmarks.complaining import SLUG, Heard
from tests.benchmarks.processes import ROOT, LeftOut, Side, clean_environment, running
from tests.benchmarks.surveying import Respondent, answered, crowd
from tests.benchmarks.tables import markdown
from tests.ports import free_port

PEOPLE, ANSWERS, FRIENDS = 1_000, 1_000_000, 1_000_000
POINTS, MONTHS, UNITS, LOOKS = 50, 12, 10, 7
#: Seconds that results may take; whom a broadcast would reach is no result.
MOST_S, AUDIENCE = 1.0, "whom a reminder would reach"
ENGINES = ("SQLite", "PostgreSQL")
PAGE = Path(__file__).with_name("surveys.md")
BULK = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) {insert} FROM n WHERE {part}",
    "postgresql": "{insert} FROM generate_series(1, :count) AS n(i) WHERE {part}",
}
PERSON = """INSERT INTO person (agency_id, id, lookup, line_user_id, name, posts, language, village, muted, away_since, version)
    SELECT :agency, 'p' || i, 'l' || i, '', '', '[]', 'th', '', FALSE, '', 1"""
MARK = """INSERT INTO survey_mark (agency_id, survey_id, lookup, standing, day, reached, reminded_on, version)
    SELECT :agency, :survey, 'l' || i, CASE WHEN i % 3 = 0 THEN 'answered' ELSE 'invited' END, '2026-11-20', 1, '', 1"""


@dataclass(frozen=True)
class Answering:
    """Everybody at once, on one engine."""

    engine: str
    people: int
    questions: int
    seconds: float
    heard: Heard
    release_s: float
    faults: Sequence[str]


@dataclass(frozen=True)
class Reckoning:
    """What is reckoned from much, on one engine; seconds by what it is, one figure a look."""

    engine: str
    answers: int
    friends: int
    cells: int
    took: Mapping[str, Sequence[float]]
    faults: Sequence[str]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=PEOPLE, help="who answer at once")
    asked.add_argument("--answers", type=int, default=ANSWERS, help="people whose answers are counted in the results")
    asked.add_argument(
        "--friends", type=int, default=FRIENDS, help="people among whom those who have not answered are found"
    )
    asked.add_argument("--sqlite", action="store_true", help="on SQLite only")
    asked.add_argument("--keep-page", action="store_true", help="leave docs/benchmarks-surveys.md as it is")
    options = asked.parse_args()
    described, began = machine.described(), time.monotonic()
    engines = ENGINES[:1] if options.sqlite else ENGINES
    with workspace("bench-surveys-") as folder:
        at_once = list(_each(engines, lambda engine: at_once_on(folder / f"once-{engine}", engine, options.people)))
        much = list(
            _each(engines, lambda engine: much_on(folder / f"much-{engine}", engine, options.answers, options.friends))
        )
    told = page(described, at_once, much, time.monotonic() - began)
    print(told)
    if not options.keep_page:
        (ROOT / "docs" / "benchmarks-surveys.md").write_text(told, encoding="utf-8")
    return 1 if any(one.faults for one in (*at_once, *much)) else 0


def _each(engines: Sequence[str], measure: Callable[[str], object]) -> Iterator:
    for engine in engines:
        try:
            done = measure(engine)
        except LeftOut as why:
            print(why, flush=True)
            continue
        print(f"{engine}: {done.faults or 'nothing lost'}", flush=True)
        yield done


# ── everybody at once


def at_once_on(folder: Path, engine: str, people: int) -> Answering:
    """Start everything, let everybody answer, and hold what lies in the box against what was tapped."""
    folder.mkdir()
    port, secret = free_port(), secrets.token_hex(16)
    with crowd(folder, port, secret) as town:
        side = _side(folder, engine, port, secret, town)
        survey = _opened(side)
        with running(side):
            everyone, took = town.answer(people)
        heard = town.heard()
    boxed, marks, release_s, counted = _kept(side, survey)
    faults = faults_of(everyone, boxed, marks, counted, heard)
    return Answering(engine, people, len(survey.questionnaire.slots), took, heard, release_s, faults)


def _side(folder: Path, engine: str, port: int, secret: str, town) -> Side:
    """`itabot serve` as it is set up."""
    environment = {
        **clean_environment(), "LINE_API_HOST": town.url, "LINE_DATA_API_HOST": town.url, "PORT": str(port),
        "ITABOT_VAR": str(folder / "var"),
    }  # fmt: skip
    environment["ITABOT_KEYS"] = sides.itabot(["keys", "new"], environment).strip()
    side = Side(engine, sides.commands(), environment, port, f"/line/{SLUG}/webhook", secret, folder / "log")
    if engine == "PostgreSQL":
        its = sides.server()
        side = sides.on(its, its.new_database(), side)
        sides.itabot(["migrate"], side.environment)
    add = ["agency", "add", SLUG, "--name", "อบต.", "--channel-secret", secret, "--access-token", town.token]
    sides.itabot(add, side.environment)
    return side


def _opened(side: Side) -> Survey:
    """A round with the questions that are known of the year; where the official one is near, one that goes on then."""
    core = Core(Settings.read(side.environment))
    today = core.today()

    def open_one(store: AgencyStore) -> Survey:
        kind = Kind.VISIT if opening.official(store, Instrument.EIT, today) else Kind.OUTSIDERS
        asks = questionnaire_of(store, Kind.OUTSIDERS, fiscal_year_of(today))
        store.surveys.save(Survey(store.new_id(), kind, asks, today))
        return Survey("", kind, asks, today)

    _step(core, open_one)
    (found,) = _step(core, lambda store: store.surveys.all())
    core.database.close()
    return found


def _kept(side: Side, survey: Survey) -> tuple[Counter, Mapping[Standing, int], float, Sequence[Cell]]:
    """What lies in the box, who has a mark, how long the release of all of it takes, and what is counted then."""
    core = Core(Settings.read(side.environment))
    codes = [slot.code for slot in survey.questionnaire.slots]

    def steps(ballot: Ballot) -> tuple[int, ...]:
        return tuple(ballot.answers.get(code, -1) for code in codes)

    boxed = Counter(steps(ballot) for _, ballot in _step(core, lambda store: store.ballots.shuffled(survey.id)))
    marks = _step(core, lambda store: store.participation.counted(survey.id))
    began = time.perf_counter()
    _step(core, lambda store: release(store, core.today()))
    took = time.perf_counter() - began
    counted = _step(core, lambda store: store.ballots.cells(survey.id))
    core.database.close()
    return boxed, marks, took, counted


def faults_of(
    everyone: Mapping[int, Respondent],
    boxed: Counter[tuple[int, ...]],
    marks: Mapping[Standing, int],
    counted: Sequence[Cell],
    heard: Heard,
) -> list[str]:
    """What was lost, doubled or changed on the way; nothing, if all is well."""
    tapped, said = answered(everyone), sum(one.said for one in everyone.values())
    wrong = {
        "people who were not thanked": sum(not one.done for one in everyone.values()),
        "ballots missing": (tapped - boxed).total(),
        "ballots too many, or changed": (boxed - tapped).total(),
        "people without a mark that they answered": len(everyone) - marks.get(Standing.ANSWERED, 0),
        "people who are in no sum": len(everyone) - sum(cell.people for cell in counted),
        "words not acknowledged": said - len(heard.acknowledged),
        "words answered more or less than once": abs(said - sum(heard.answered.values())),
    }
    return [f"{count} {what}" for what, count in wrong.items() if count]


# ── much of it


def much_on(folder: Path, engine: str, answers: int, friends: int) -> Reckoning:
    """A year's sums at many service points, and many people of whom some have answered: how long each look takes."""
    folder.mkdir()
    environment = {"ITABOT_VAR": str(folder), "ITABOT_KEYS": new_key()}
    if engine == "PostgreSQL":
        its = sides.server()
        environment["DATABASE_URL"] = its.url(its.new_database())
    core = Core(Settings.read(environment))
    migrate(core.database)
    enrol.add_agency(core, enrol.NewAgency(SLUG, "อบต.", "secret"))
    survey, cells = _year(core, answers)
    _friends(core, survey, friends)
    views: Mapping[str, Callable[[AgencyStore], object]] = {
        "results of everybody": lambda store: results.whole_view(store, survey),
        "… by service point": lambda store: results.by_point(store, survey),
        "… by unit": lambda store: results.by_unit(store, survey),
        "… by month": lambda store: results.by_month(store, survey),
        "how many took part": lambda store: results.response(store, survey, core.today()),
        AUDIENCE: lambda store: store.broadcasts.reachable(Audience(Reach.NOT_ANSWERED, survey.id), core.today()),
    }
    took = {what: [_timed(core, view) for _ in range(LOOKS)] for what, view in views.items()}
    whole = _step(core, lambda store: results.whole_view(store, survey))
    missing = _step(
        core, lambda store: store.broadcasts.reachable(Audience(Reach.NOT_ANSWERED, survey.id), core.today())
    )
    core.database.close()
    slow = [
        f"{what} took {median(seconds):.2f} s"
        for what, seconds in took.items()
        if what != AUDIENCE and median(seconds) > MOST_S
    ]
    wrong = [f"{whole.people} people are in the results, not {answers}"] if whole.people != answers else []
    wrong += [] if missing.people == friends - friends // 3 else [f"{missing.people} have not answered"]
    return Reckoning(engine, answers, friends, cells, took, [*wrong, *(slow if engine == "PostgreSQL" else [])])


def _year(core: Core, answers: int) -> tuple[Survey, int]:
    """A survey of a year with its cells, as the clock leaves them; each figure is a sum of what people may answer."""
    chance, today = random.Random(2570), core.today()

    def fill(store: AgencyStore) -> int:
        asks = questionnaire_of(store, Kind.OUTSIDERS, fiscal_year_of(today))
        store.surveys.save(Survey("year", Kind.OUTSIDERS, asks, date(today.year, 1, 1), population=answers * 3))
        for nth in range(POINTS):
            store.surveys.save_point(ServicePoint(f"P{nth:03}", f"จุดบริการที่ {nth}", f"u{nth % UNITS}"))
        places = [(nth, month) for nth in range(POINTS) for month in range(1, MONTHS + 1)]
        least, more = divmod(answers, len(places))
        for place, (nth, month) in enumerate(places):
            people = least + (place < more)
            shown = dict(_figures(asks, people, chance))
            held = {code: Sums(3, Decimal(100), Decimal(10_000)) for code in list(shown)[:5]}
            store.ballots.save_cells([Cell("year", f"P{nth:03}", date(2026, month, 1), people, shown, held)])
        return len(places)

    cells = _step(core, fill)
    return _step(core, lambda store: store.surveys.get("year")), cells


def _figures(asks, people: int, chance: random.Random) -> Iterator[tuple[str, Sums]]:
    """For each question how often each step was chosen; and as many figures again for items and indicators."""
    for slot in asks.slots:
        cuts = sorted(chance.randint(0, people) for _ in range(STEPS[slot.item.answering] - 1))
        steps = [high - low for low, high in zip([0, *cuts], [*cuts, people], strict=True)]
        points = [asks.score(slot, step) or Decimal(0) for step in range(len(steps))]
        total = sum((count * point for count, point in zip(steps, points, strict=True)), Decimal(0))
        squares = sum((count * point**2 for count, point in zip(steps, points, strict=True)), Decimal(0))
        yield slot.code, Sums(people, total, squares, tuple(steps))
    for code in (*(item.code for item in asks.items if item.parts), "6", "7", "8", "9", "10", "EIT"):
        total = Decimal(chance.randint(40 * people, 95 * people)) + Decimal("0.33")
        yield code, Sums(people, total, total * 90)


def _friends(core: Core, survey: Survey, count: int) -> None:
    """So many people, of whom two thirds have a mark and half of these an answer."""
    agency = core.channels.by_slug(SLUG)

    def write(connection: Connection) -> None:
        core.database.take_time(connection)
        values = {"agency": agency.id, "count": count}
        form = BULK[core.database.dialect]
        connection.execute(text(form.format(insert=PERSON, part="TRUE")), values)
        connection.execute(text(form.format(insert=MARK, part="i % 3 < 2")), {**values, "survey": survey.id})

    core.database.write(write, of=agency.id)
    if core.database.dialect == "postgresql":  # which does so by itself within a minute
        core.database.write(lambda connection: connection.execute(text("ANALYZE person, survey_mark")), of=agency.id)


def _step(core: Core, work: Callable[[AgencyStore], object]):
    agency = core.channels.by_slug(SLUG)
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        done = work(store)
    core.database.write(store.apply, of=agency.id)
    return done


def _timed(core: Core, view: Callable[[AgencyStore], object]) -> float:
    """One look in a turn of its own: nothing of the last one is remembered."""
    agency, began = core.channels.by_slug(SLUG), time.perf_counter()
    with core.database.reading(of=agency.id) as connection:
        view(AgencyStore(connection, agency, core.ring))
    return time.perf_counter() - began


# ── the page


def page(described: Mapping[str, object], at_once: Sequence[Answering], much: Sequence[Reckoning], took: float) -> str:
    """Prose with what was measured in it."""
    return PAGE.read_text(encoding="utf-8").format(
        machine=f"{described['date']} · {described['cores']} cores, shared by the service, the database, the simulator and the "
        f"people · {described['memory_gib']} GiB · Python {described['python']} · SQLite {described['sqlite']} · load "
        f"average at start {described['load_average_at_start']} · {took / 60:.1f} minutes",
        people=f"{at_once[0].people:,}" if at_once else "-",
        questions=at_once[0].questions if at_once else "-",
        verdict=_verdict([*at_once, *much]),
        at_once=_at_once(at_once),
        answers=f"{much[0].answers:,}" if much else "-",
        friends=f"{much[0].friends:,}" if much else "-",
        cells=much[0].cells if much else "-",
        points=POINTS,
        much=_much(much),
    )


def _verdict(all_of: Sequence[Answering | Reckoning]) -> str:
    faults = [f"{one.engine}: {fault}" for one in all_of for fault in one.faults]
    return "**FAULT**: " + "; ".join(faults) if faults else "Not one answer was lost, doubled or changed."


def _at_once(at_once: Sequence[Answering]) -> str:
    rows: Sequence[tuple[str, Callable[[Answering], str]]] = (
        ("words and taps", lambda one: f"{len(one.heard.acknowledged):,}"),
        ("seconds until the last one was thanked", lambda one: f"{one.seconds:.0f}"),
        ("words and taps answered a second", lambda one: f"{len(one.heard.acknowledged) / one.seconds:.0f}"),
        ("milliseconds from webhook to 200, p50", lambda one: f"{_cut(one.heard.webhooks_ms, 50):.0f}"),
        ("… p99", lambda one: f"{_cut(one.heard.webhooks_ms, 99):.0f}"),
        ("seconds from a tap to the next question, p50", lambda one: f"{_cut(_waits(one.heard), 50) / 1000:.1f}"),
        ("… p99", lambda one: f"{_cut(_waits(one.heard), 99) / 1000:.1f}"),
        ("seconds to count all of the box", lambda one: f"{one.release_s:.2f}"),
    )
    return markdown(["", *(one.engine for one in at_once)], [[what, *map(of, at_once)] for what, of in rows])


def _much(much: Sequence[Reckoning]) -> str:
    lines = [
        [what, *(f"{1000 * median(one.took[what]):.0f} ({1000 * max(one.took[what]):.0f})" for one in much)]
        for what in (much[0].took if much else ())
    ]
    return markdown(["milliseconds, median (longest)", *(one.engine for one in much)], lines)


def _waits(heard: Heard) -> Sequence[float]:
    """From each word to its answer."""
    pairs = [
        zip(sorted(heard.said_at[who]), sorted(heard.answered_at.get(who, ())), strict=False) for who in heard.said_at
    ]
    return [came - said for pair in pairs for said, came in pair]


def _cut(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else 0.0


if __name__ == "__main__":
    sys.exit(main())
