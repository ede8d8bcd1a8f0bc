"""`python -m tests.benchmarks.plans`: what a plan costs: bringing in a workbook, and «มาตรการของฉัน» as plans grow.

Nothing fails on a slow machine; what the page says is what this run measured.

python -m tests.benchmarks.plans                five rounds, two minutes; refreshes docs/benchmarks-plans.md
python -m tests.benchmarks.plans --keep-page    a look, the page stays
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import openpyxl

from bot import enrol, nlu
from bot.line.events import hear
from bot.line.render import Voice, render
from bot.settings import Settings
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.texts import LOCALES
from bot.turns import Moment, Turns
from bot.wiring import Core
from handlers import FEATURES
from itadomain.fiscal import FiscalYear
from itadomain.measures import Measure
from itadomain.plans import keep_plan
from tests.benchmarks import machine
from tests.benchmarks.__main__ import workspace
from tests.benchmarks.processes import ROOT

ROWS = 300
PLANS = (10, 100, 1_000, 10_000)
TURNS = 50
OFFICER = "U" + "a" * 32
AGENCY = "องค์การบริหารส่วนตำบลบางตัวอย่าง"
PAGE = Path(__file__).with_name("plans.md")
#: What somebody without us would begin with: open the workbook and read its cells.
BARE = (
    "import sys, openpyxl; [[c.value for c in row] for row in openpyxl.load_workbook(sys.argv[1]).active.iter_rows()]"
)


@dataclass
class Measured:
    """Seconds, by what was done; one figure a round."""

    imported: list[float] = field(default_factory=list)
    imported_again: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    mine: dict[int, list[float]] = field(default_factory=dict)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--keep-page", action="store_true", help="leave the page as it is")
    options = asked.parse_args()
    with workspace("bench-plans-") as folder:
        measured = measure(folder, options.rounds)
    text = page(measured, options.rounds)
    print(text)
    if not options.keep_page:
        (ROOT / "docs" / "benchmarks-plans.md").write_text(text, encoding="utf-8")
    return 0


def measure(folder: Path, rounds: int) -> Measured:
    """All of it, the sides in turn."""
    measured = Measured()
    workbook = _workbook(folder / "plan.xlsx")
    towns = {size: _town(folder / f"of-{size}", size) for size in PLANS}
    for number in range(rounds):
        _imports(folder / f"round-{number}", workbook, measured)
        for size, town in towns.items():
            measured.mine.setdefault(size, []).append(_mine(town))
    for town in towns.values():
        town.database.close()
    return measured


def _imports(folder: Path, workbook: Path, measured: Measured) -> None:
    """The commands as processes, start and all, and the same workbook merely read."""
    environment = {"PATH": os.environ["PATH"], "ITABOT_VAR": str(folder), "ITABOT_KEYS": new_key()}
    itabot = [sys.executable, "-m", "bot"]
    _timed([*itabot, "agency", "add", "north", "--name", AGENCY, "--channel-secret", "s"], environment)
    measured.imported.append(_timed([*itabot, "import", "north", str(workbook)], environment))
    measured.imported_again.append(_timed([*itabot, "import", "north", str(workbook)], environment))
    measured.bare.append(_timed([sys.executable, "-c", BARE, str(workbook)], environment))


def _timed(command: Sequence[str], environment: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=dict(environment), check=True, capture_output=True)
    return time.perf_counter() - began


def _workbook(path: Path) -> Path:
    """A plan of 300 measures, as a large municipality keeps one."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2570", AGENCY):
        sheet.append([line])
    sheet.append([])
    sheet.append(["ที่", "มาตรการ", "วิธีดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา", "การติดตามผล"])
    owners, periods = ("กองคลัง", "สำนักปลัด", "กองช่าง", "ทุกสำนัก/กอง"), ("ต.ค. 2569 - มี.ค. 2570", "ตลอดปีงบประมาณ")
    for no in range(1, ROWS + 1):
        method = f"1. รวบรวมข้อมูลชุดที่ {no} 2. เผยแพร่บนเว็บไซต์ 3. รายงานผู้บริหารทราบ"
        title = f"เผยแพร่ข้อมูลเรื่องที่ {no} ต่อสาธารณะ"
        sheet.append([no, title, method, owners[no % 4], periods[no % 2], "ทุกไตรมาส"])
    book.save(path)
    return path


def _town(folder: Path, size: int) -> Core:
    """An agency where one unit answers for a plan of `size` measures."""
    core = Core(Settings.read({"ITABOT_VAR": str(folder), "ITABOT_KEYS": new_key()}))
    migrate(core.database)
    enrol.add_agency(core, enrol.NewAgency("north", AGENCY, "s"))
    enrol.add_member(core, enrol.NewMember("north", OFFICER, "สมหญิง", ["staff"], "กองคลัง"))
    agency = core.channels.by_slug("north")
    year = FiscalYear(2570)
    plan = [
        Measure("", year, str(no), f"มาตรการที่ {no}", ("กองคลัง",), period="ตลอดปีงบประมาณ", follow_up="ทุกไตรมาส")
        for no in range(1, size + 1)
    ]

    def fill(connection):
        store = AgencyStore(connection, agency, core.ring)
        keep_plan(store, plan, store.units.all(), core.today())
        store.apply(connection)

    core.database.write(fill, of=agency.id)
    return core


def _mine(core: Core) -> float:
    """Seconds a turn of «มาตรการของฉัน», from the event to LINE's messages, median of some."""
    agency = core.channels.by_slug("north")
    turns = Turns(FEATURES, nlu.load(LOCALES), core.texts)
    heard = hear(
        {"type": "message", "source": {"userId": OFFICER}, "message": {"type": "text", "text": "มาตรการของฉัน"}}
    )
    moment = Moment(core.today(), int(time.time() * 1000))
    took = []
    for _ in range(TURNS):
        began = time.perf_counter()
        with core.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, core.ring)
            taken = turns.take(store, heard, moment)
            render(taken.reply, Voice(core.texts, "th", ""), taken.asked_by)
        took.append(time.perf_counter() - began)
    return median(took)


def page(measured: Measured, rounds: int) -> str:
    """The page."""
    smallest = measured.mine[PLANS[0]]
    mine = "\n".join(
        f"| {size:,} | {_spread([1000 * one for one in took])} | {_spread(_ratios(took, smallest))}× |"
        for size, took in measured.mine.items()
    )
    return PAGE.read_text(encoding="utf-8").format(
        machine=_machine(machine.described()),
        rounds=rounds,
        rows=ROWS,
        imported=_spread(measured.imported),
        again=_spread(measured.imported_again),
        bare=_spread(measured.bare),
        ratio=_spread(_ratios(measured.imported, measured.bare)),
        mine=mine,
    )


def _machine(one: Mapping[str, object]) -> str:
    return (
        f"{one['date']} · {one['cores']} cores · {one['memory_gib']} GiB · Python {one['python']} · "
        f"SQLite {one['sqlite']} · load {one['load_average_at_start']} at the start"
    )


def _ratios(ours: Sequence[float], others: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(ours, others, strict=True)]


def _spread(figures: Sequence[float]) -> str:
    return f"{median(figures):.2f} ({min(figures):.2f} to {max(figures):.2f})"


if __name__ == "__main__":
    sys.exit(main())
