"""Fills PostgreSQL with a country: agencies with their units, people and plans, as they stand on the eve of a day.

One agency is made by the product itself; the server copies its rows for the others. What is sealed is sealed anew, so
that all of it opens. Plans are such as agencies have: most of a plan is reported on at the ends of months and quarters.
"""

import datetime as dt
import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot import enrol
from bot.holidays_th import holidays_th
from bot.storage import days
from bot.storage.schema import METADATA
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.fiscal import FiscalYear
from itadomain.measures import Measure, Obligation
from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from itadomain.plans import keep_plan
from itadomain.timetable import Days, timetable
from itadomain.workdays import Calendar
from tests.benchmarks.scale.fill import SLUG, Postgres, Row

YEAR = FiscalYear(2570)
SECRETARIAT = "สำนักปลัด"
UNITS = (SECRETARIAT, "กองคลัง", "กองช่าง", "กองการศึกษา", "กองสาธารณสุข", "กองสวัสดิการ", "กองการเจ้าหน้าที่", "หน่วยตรวจสอบ")
MEASURES, OWNERS = 100, 2  # an obligation each
OBLIGATIONS, PEOPLE = MEASURES * OWNERS, 40
#: How often measures are reported on, of a hundred.
CADENCES = (("ทุกไตรมาส", 40), ("ทุกเดือน", 25), ("ทุก 6 เดือน", 15), ("สิ้นปีงบประมาณ", 20))
#: Of a hundred obligations, so many are late with the slot before, and so many have reported for the next one early.
LATE, EARLY = 10, 40
EARLY_FOR = dt.timedelta(days=14)
OF_A_PLAN = ("reported_for", "slot", "due")
#: So many agencies stand differently; all others stand as one of them.
SEEDS = 20
#: What the days before left behind.
LEFT_BEHIND = ("obligation", "reminder", "escalation", "nudge")


@dataclass(frozen=True)
class Stand:
    """How an obligation may stand on the eve of a day."""

    obligation: str
    kind: str  # late, early, else open
    reported_for: dt.date | None
    slot: dt.date | None
    due: dt.date | None


def made(core: Core, agencies: int, database: Postgres, citizens: int = 0) -> None:
    """Make the first agency, and all others like it, without their obligations; so many citizens write to each."""
    _first(core)
    secret, token = "s" * 32, "t" * 170
    (first,) = database.rows("agency")
    database.put("agency", [name for name in first if name != "id"], _agencies(core, first, agencies, secret, token))
    ids = sorted(row["id"] for row in database.rows("agency"))
    with database.connect() as connection:
        for table in METADATA.sorted_tables:
            if "agency_id" in table.primary_key and table.name not in {"person", "obligation"}:
                rest = [column.name for column in table.columns if column.name != "agency_id"]
                connection.execute(
                    f"INSERT INTO {table.name} (agency_id, {_listed('', rest)}) SELECT a.id, {_listed('t.', rest)} "
                    f"FROM agency a, {table.name} t WHERE t.agency_id = %s AND a.id <> %s", [ids[0], ids[0]],
                )  # fmt: skip
    people = database.rows("person")
    database.put("person", list(people[0]), _people(core, people, ids[1:]))
    asking = [{**people[0], "id": f"citizen{number}", "posts": "[]"} for number in range(citizens)]
    names = {row["id"]: "" for row in asking}
    database.put("person", list(people[0]), _people(core, asking, ids, names))


def stands(core: Core, day: dt.date) -> Sequence[Stand]:
    """How each obligation of the first agency may stand on the eve of a day."""
    with core.database.reading(of=_agency(core).id) as connection:
        store = AgencyStore(connection, _agency(core), core.ring)
        calendar = Days(Calendar(holidays_th(YEAR - 544, YEAR - 542)))
        measures = {one.id: timetable(one, calendar) for one in store.measures.of_year(YEAR)}
        duties = store.obligations.of_year(YEAR)
    return [stand for duty in duties for stand in _stands(duty, measures[duty.measure].after(None), day)]


def owing(database: Postgres, found: Sequence[Stand]) -> None:
    """Give the first agencies their obligations, each standing as chance has it; the same whenever it is done."""
    plain = [one.name for one in METADATA.tables["obligation"].columns if one.name not in ("agency_id", *OF_A_PLAN)]
    chance = "get_byte(decode(md5(a.id || o.id), 'hex'), 0) * 100 / 256"
    with database.connect() as connection:
        connection.execute("CREATE TEMP TABLE stand (id text, kind text, reported_for text, slot text, due text)")
        with connection.cursor().copy("COPY stand FROM STDIN") as copy:
            for one in found:
                dates = days.kept(one.reported_for), days.kept(one.slot), days.kept(one.due) or "9999-12-31"
                copy.write_row((one.obligation, one.kind, *dates))
        connection.execute("CREATE TEMP TABLE pattern AS SELECT * FROM obligation WHERE agency_id = 1")
        connection.execute("TRUNCATE obligation")
        connection.execute(
            f"INSERT INTO obligation (agency_id, {_listed('', plain)}, reported_for, slot, due) "
            f"SELECT a.id, {_listed('o.', plain)}, s.reported_for, s.slot, s.due "
            f"FROM agency a CROSS JOIN pattern o JOIN stand s ON s.id = o.id AND s.kind = "
            f"CASE WHEN {chance} < {LATE} THEN 'late' WHEN {chance} < {LATE + EARLY} THEN 'early' ELSE 'open' END "
            f"WHERE a.id <= {SEEDS}"
        )
        connection.execute("DROP TABLE stand, pattern")


def spread(database: Postgres) -> None:
    """Let all other agencies stand as the first ones do."""
    with database.connect() as connection:
        for name in LEFT_BEHIND:
            rest = [column.name for column in METADATA.tables[name].columns if column.name != "agency_id"]
            connection.execute(
                f"INSERT INTO {name} (agency_id, {_listed('', rest)}) SELECT a.id, {_listed('t.', rest)} FROM agency a "
                f"JOIN {name} t ON t.agency_id = (a.id - 1) % {SEEDS} + 1 WHERE a.id > {SEEDS}"
            )
        connection.execute("ANALYZE")


def _stands(duty: Obligation, dues: Sequence, day: dt.date) -> Iterator[Stand]:
    """Late with the newest slot that is over; done for the next one where it is near; else waiting for the next."""
    before = [due for due in dues if due.day < day]
    ahead = [due for due in dues if due.day >= day]
    nothing = before[-1].slot if before else None
    now = ahead[0] if ahead else None
    near = now is not None and now.day - day <= EARLY_FOR
    then = ahead[1] if near and len(ahead) > 1 else None

    def stand(kind: str, reported: dt.date | None, due: object) -> Stand:
        return Stand(duty.id, kind, reported, due.slot if due else None, due.day if due else None)

    yield stand("open", nothing, now)
    yield stand("early", now.slot, then) if near else stand("early", nothing, now)
    late = before[-1] if before else now
    yield stand("late", before[-2].slot if len(before) > 1 else None, late)


def _first(core: Core) -> None:
    """The agency that all others are like."""
    enrol.add_agency(core, enrol.NewAgency(SLUG.format(0), "องค์การบริหารส่วนตำบลบางตัวอย่าง", "s"))
    agency, chance, today = _agency(core), random.Random(2570), core.today()

    def fill(connection: object) -> None:
        store = AgencyStore(connection, agency, core.ring)
        units = [Unit(f"unit{number}", name, (), name == SECRETARIAT) for number, name in enumerate(UNITS)]
        for one in units:
            store.units.save(one)
        for number, person in enumerate(_persons(units)):
            store.people.meet(f"U{number:032}", person.on(today))
        keep_plan(store, list(_plan(chance)), units, today)
        store.apply(connection)

    core.database.write(fill, of=agency.id)


def _persons(units: Sequence[Unit]) -> Iterator[Person]:
    """Three staff and a head in each unit, two executives, an administrator, more in the secretariat."""
    posts = [Post(role, unit.id) for unit in units for role in (Role.STAFF, Role.STAFF, Role.STAFF, Role.HEAD)]
    posts += [Post(Role.EXECUTIVE), Post(Role.EXECUTIVE), Post(Role.ADMIN), Post(Role.OFFICER)]
    posts += [Post(Role.STAFF, units[0].id)] * (PEOPLE - len(posts))
    for number, post in enumerate(posts):
        yield Person(f"person{number}", f"นางสาวตัวอย่าง คนที่ {number}", posts=(post,))


def _plan(chance: random.Random) -> Iterator[Measure]:
    cadences = [wording for wording, share in CADENCES for _ in range(share * MEASURES // 100)]
    for no, cadence in enumerate(cadences, 1):
        owners = tuple(chance.sample(UNITS, OWNERS))
        title = f"เผยแพร่ข้อมูลเรื่องที่ {no} ต่อสาธารณะ"
        yield Measure("", YEAR, str(no), title, owners, period="ตลอดปีงบประมาณ", follow_up=cadence)


def _agency(core: Core):
    return core.channels.by_slug(SLUG.format(0))


def _agencies(core: Core, first: Row, many: int, secret: str, token: str) -> Iterator[tuple]:
    for number in range(1, many):
        slug = SLUG.format(number)
        sealed = {
            "slug": slug,
            "channel_secret": core.ring.seal_text(secret, slug, "agency", "channel_secret"),
            "access_token": core.ring.seal_text(token, slug, "agency", "access_token"),
        }
        yield tuple(sealed.get(name, value) for name, value in first.items() if name != "id")


def _people(
    core: Core, people: Sequence[Row], agencies: Sequence[int], names: Mapping[str, str] | None = None
) -> Iterator[tuple]:
    where = "person", "name"
    names = names or {one["id"]: core.ring.open_text(one["name"], 1, *where, one["id"]) for one in people}
    for agency in agencies:
        for row in people:
            who = "U" + hashlib.sha256(f"{agency} {row['id']}".encode()).hexdigest()[:32]
            own = {
                "agency_id": agency,
                "lookup": core.ring.lookup(agency, who),
                "line_user_id": core.ring.seal_text(who, agency, "person", "line_user_id", row["id"]),
                "name": core.ring.seal_text(names[row["id"]], agency, "person", "name", row["id"]),
            }
            yield tuple(own.get(name, value) for name, value in row.items())


def _listed(table: str, columns: Sequence[str]) -> str:
    return ", ".join(f'{table}"{name}"' for name in columns)
