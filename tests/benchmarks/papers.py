"""`python -m tests.benchmarks.papers`: what a year's report with 60 measures and 120 photos costs, as Word and as PDF.

Nothing fails on a slow machine; what the page says is what this run measured.

python -m tests.benchmarks.papers                two rounds, about a minute; refreshes docs/benchmarks-papers.md
python -m tests.benchmarks.papers --keep-page    a look, the page stays
"""

import argparse
import hashlib
import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from PIL import Image, ImageChops, ImageFilter

from bot import enrol
from bot.evidence.pictures import QUALITY, draw
from bot.evidence.shelf import SHOWN, name_of
from bot.settings import Settings
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.evidence import Copy, Evidence, Kind, Stage
from itadomain.fiscal import FiscalYear
from itadomain.measures import Measure, Standing
from itadomain.plans import keep_plan
from itadomain.progress import Approval, Report
from tests.benchmarks import machine
from tests.benchmarks.__main__ import workspace
from tests.benchmarks.processes import ROOT

MEASURES, PHOTOS, DIFFERENT = 60, 120, 6
YEAR, OFFICER = FiscalYear(2570), "U" + "a" * 32
AGENCY = "องค์การบริหารส่วนตำบลบางตัวอย่าง"
PAGE = Path(__file__).with_name("papers.md")
SAID = "ได้ประชุมชี้แจงเจ้าหน้าที่ทุกคนและเผยแพร่บนเว็บไซต์ของหน่วยงานแล้ว มีผู้เข้าร่วม 25 คน"
#: What somebody without us would write: the same table and the photos as they came from the phones.
BARE = """
import sys, docx
from docx.shared import Mm
from pathlib import Path
paper = docx.Document()
table = paper.add_table(0, 7)
for nth in range(int(sys.argv[3])):
    for cell in table.add_row().cells:
        cell.text = sys.argv[4]
for photo in sorted(Path(sys.argv[1]).iterdir()):
    paper.add_picture(str(photo), width=Mm(70))
    paper.add_paragraph(sys.argv[4])
paper.save(sys.argv[2])
"""
OURS, PDF, ORIGINALS, COPIES = "ours", "pdf", "originals", "copies"


@dataclass(frozen=True)
class Cost:
    """What one paper cost: seconds, the most memory of all processes at one moment, the size of the file."""

    seconds: float
    mib: float
    file_mib: float


@dataclass
class Measured:
    """By who made it, one a round."""

    costs: dict[str, list[Cost]] = field(default_factory=dict)

    def add(self, side: str, cost: Cost) -> None:
        self.costs.setdefault(side, []).append(cost)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=2)
    asked.add_argument("--keep-page", action="store_true", help="leave the page as it is")
    options = asked.parse_args()
    with workspace("bench-papers-") as folder:
        measured = measure(folder, options.rounds)
    text = page(measured, options.rounds)
    print(text)
    if not options.keep_page:
        (ROOT / "docs" / "benchmarks-papers.md").write_text(text, encoding="utf-8")
    return 0


def measure(folder: Path, rounds: int) -> Measured:
    """All sides in turn."""
    originals, copies, environment = folder / "originals", folder / "copies", _town(folder)
    itabot = [sys.executable, "-m", "bot", "paper", "north", "report", "--year", str(YEAR), "--out"]
    sides = {OURS: [*itabot, str(folder / "ours.docx")]}
    if shutil.which("soffice"):
        sides[PDF] = [*itabot, str(folder / "pdf.pdf")]
    for side, photos in ((ORIGINALS, originals), (COPIES, copies)):
        out = str(folder / f"{side}.docx")
        sides[side] = [sys.executable, "-c", BARE, str(photos), out, str(MEASURES), SAID]
    measured = Measured()
    for _ in range(rounds):
        for side, command in sides.items():
            ending = "pdf" if side == PDF else "docx"
            measured.add(side, _cost(command, environment, folder / f"{side}.{ending}"))
    return measured


def _cost(command: Sequence[str], environment: Mapping[str, str], out: Path) -> Cost:
    began, most = time.perf_counter(), 0.0
    process = subprocess.Popen(command, cwd=ROOT, env=dict(environment), stderr=subprocess.DEVNULL)
    while process.poll() is None:
        most = max(most, sum(map(machine.memory_mib, machine.family(process.pid))))
        time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(f"{command[:6]} ended with {process.returncode}")
    return Cost(time.perf_counter() - began, most, out.stat().st_size / 2**20)


def _town(folder: Path) -> Mapping[str, str]:
    """An agency with a plan that was reported on, two photos a measure; gives the environment of its commands."""
    mine = {"ITABOT_VAR": str(folder / "var"), "ITABOT_KEYS": new_key(), "ITABOT_EVIDENCE_SHARED": "1"}
    core = Core(Settings.read(mine))
    migrate(core.database)
    enrol.add_agency(core, enrol.NewAgency("north", AGENCY, "s"))
    enrol.add_member(core, enrol.NewMember("north", OFFICER, "สมหญิง", ["staff"], "กองคลัง"))
    agency = core.channels.by_slug("north")
    plan = [
        Measure("", YEAR, str(no), f"เผยแพร่ข้อมูลเรื่องที่ {no} ต่อสาธารณะ", ("กองคลัง",), period="ตลอดปีงบประมาณ")
        for no in range(1, MEASURES + 1)
    ]
    hashes = _photos(core, agency.id, folder)

    def planned(connection):
        store = AgencyStore(connection, agency, core.ring)
        keep_plan(store, plan, store.units.all(), core.today())
        store.apply(connection)

    def reported(connection):
        store, today = AgencyStore(connection, agency, core.ring), core.today()
        for nth, duty in enumerate(store.obligations.of_year(YEAR)):
            told = Report(store.new_id(), duty.id, duty.measure, duty.unit, YEAR, today, "p", Standing.WORKING, SAID)
            store.reports.save(_counting(told))
            for sha256 in hashes[2 * nth : 2 * nth + 2]:
                copy = Copy(sha256, 1, "image/jpeg", shown=True)
                one = Evidence(store.new_id(), "p", Kind.PHOTO, today, Stage.KEPT, obligation=duty.id, copy=copy)
                store.evidence.save(one)
        store.apply(connection)

    for step in (planned, reported):
        core.database.write(step, of=agency.id)
    core.database.close()
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **mine}


def _counting(report: Report) -> Report:
    return Report(**{**vars(report), "percent": 50, "approval": Approval.OWN})


def _photos(core: Core, agency_id: int, folder: Path) -> Sequence[str]:
    """Photos of 12 million dots, and the copies that evidence keeps of them, no two alike."""
    hashes = []
    (folder / "originals").mkdir()
    (folder / "copies").mkdir()
    drawn = [_drawn(folder, nth) for nth in range(DIFFERENT)]
    for nth in range(PHOTOS):
        original, shown = drawn[nth % DIFFERENT]
        own = f"{nth:04}".encode()  # behind the picture, so that no two photos are the same file
        body, copy = original + own, _shifted(shown, nth)
        (folder / "originals" / f"{nth:03}.jpg").write_bytes(body)
        (folder / "copies" / f"{nth:03}.jpg").write_bytes(copy)
        hashes.append(hashlib.sha256(body).hexdigest())
        with core.shelf.scratch() as scratch:
            (scratch / "shown").write_bytes(copy)
            core.shelf.put(name_of(agency_id, hashes[-1], SHOWN), scratch / "shown")
    return hashes


def _shifted(shown: bytes, by: int) -> bytes:
    """The same picture begun elsewhere: a program that puts equal ones in once has to take each."""
    kept = io.BytesIO()
    ImageChops.offset(Image.open(io.BytesIO(shown)), by * 7, 0).save(kept, "JPEG", quality=QUALITY)
    return kept.getvalue()


def _drawn(folder: Path, nth: int) -> tuple[bytes, bytes]:
    """A picture with the detail of a photo, neither smooth nor noise, and what evidence draws of it."""
    whole = (4000, 3000) if nth % 3 else (3000, 4000)
    coarse = Image.effect_noise((whole[0] // 40, whole[1] // 40), 90).resize(whole, Image.Resampling.BICUBIC)
    fine = Image.effect_noise(whole, 25).filter(ImageFilter.GaussianBlur(1.5))
    original = folder / f"photo-{nth}.jpg"
    Image.merge("RGB", (coarse, Image.blend(coarse, fine, 0.4), fine)).save(original, "JPEG", quality=90)
    shown = draw(original, "image/jpeg", folder)[SHOWN].read_bytes()
    return original.read_bytes(), shown


def page(measured: Measured, rounds: int) -> str:
    """The page."""
    names = {
        OURS: "`itabot paper … report`, Word", PDF: "`itabot paper … report`, PDF by LibreOffice",
        COPIES: "python-docx, the copies of 1,600 dots as they are",
        ORIGINALS: "python-docx, the photos as they came from the phones",
    }  # fmt: skip
    lines = [
        f"| {name} | {_spread([one.seconds for one in costs])} | {_spread([one.mib for one in costs])} "
        f"| {costs[0].file_mib:.1f} |"
        for side, name in names.items()
        if (costs := measured.costs.get(side))
    ]
    ours = measured.costs[OURS]
    beside = {
        side: [_ratio(mine, other) for mine, other in zip(ours, measured.costs[side], strict=True)]
        for side in (COPIES, ORIGINALS)
    }
    return PAGE.read_text(encoding="utf-8").format(
        machine=_machine(machine.described()),
        rounds=rounds,
        measures=MEASURES,
        photos=PHOTOS,
        table="\n".join(lines),
        copies_seconds=_spread([one[0] for one in beside[COPIES]]),
        copies_memory=_spread([one[1] for one in beside[COPIES]]),
        copies_size=f"{beside[COPIES][0][2]:.2f}",
        originals_seconds=_spread([one[0] for one in beside[ORIGINALS]]),
        originals_memory=_spread([one[1] for one in beside[ORIGINALS]]),
        originals_size=f"{beside[ORIGINALS][0][2]:.2f}",
        met=_met(ours),
    )


def _ratio(mine: Cost, other: Cost) -> tuple[float, float, float]:
    return mine.seconds / other.seconds, mine.mib / other.mib, mine.file_mib / other.file_mib


def _met(ours: Sequence[Cost]) -> str:
    fits = median(one.seconds for one in ours) < 10 and median(one.mib for one in ours) < 300
    return "met" if fits else "**missed**"


def _machine(one: Mapping[str, object]) -> str:
    return (
        f"{one['date']} · {one['cores']} cores · {one['memory_gib']} GiB · Python {one['python']} · "
        f"SQLite {one['sqlite']} · load {one['load_average_at_start']} at the start"
    )


def _spread(figures: Sequence[float]) -> str:
    return f"{median(figures):.2f} ({min(figures):.2f} to {max(figures):.2f})"


if __name__ == "__main__":
    sys.exit(main())
