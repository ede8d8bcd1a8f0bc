"""The sheet of a meeting: one page in an ordinary month and in a bad one, with units and days and nobody's name."""

import io
import os
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from functools import partial

import docx
import pytest

from bot import samples
from bot.papers.asking import Asking
from bot.papers.ink.office import TYPEFACES
from bot.papers.ink.word import as_docx
from bot.papers.kinds import PAPERS
from bot.papers.says.meeting import cut, meeting_paper, short
from bot.texts import Texts
from itadomain.meetings import Meeting
from itadomain.obstacles import Said, Side, told
from itadomain.organisation import Unit
from itadomain.papers.having import may_have
from itadomain.people import Role
from itadomain.periods import MeetingKind
from itadomain.plans import keep_plan
from itadomain.refusals import Refusal
from itadomain.resolutions import Resolution
from tests.fakes import MemoryStore, a_person

THAI = partial(Texts().tell, language="th", particle="")
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LONG = "ให้ติดตามการเบิกจ่ายงบประมาณค่าซ่อมบำรุงเครื่องจักรกลและยานพาหนะของทุกกองให้แล้วเสร็จโดยเร็วที่สุด"


def an_office(name):
    """A sample agency in March of its plan's year, with a meeting each month."""
    store, plan = MemoryStore(), samples.load(name).measures
    for owner in dict.fromkeys(owner for one in plan for owner in one.owners):
        store.units.save(Unit(owner, owner))
    held = date(plan[0].plan_year - 543, 3, 10)
    keep_plan(store, plan, store.units.all(), date(held.year, 1, 2))
    for months in range(-1, 2):
        on = held + timedelta(days=31 * months)
        store.meetings.save(Meeting(MeetingKind.STAFF, on.replace(day=1), on))
    return store, held


def a_bad_month(store, held):
    unit = max(store.units.all(), key=lambda one: len(one.name)).id
    for no in range(1, 13):
        day = held - timedelta(days=no)
        store.resolutions.save(Resolution(f"r{no}", held - timedelta(days=31), no, LONG, unit, day, "p"))
        store.obstacles.save(told(f"o{no}", store.measures.kept[0].id, unit, Said(Side.TOLD, "p", day, LONG)))


def sheet(store, held, today=None):
    return meeting_paper(Asking(store, held.isoformat(), "สมหญิง ใจดี", MADE, today or held, THAI))


def cells(paper):
    table = docx.Document(io.BytesIO(as_docx(paper))).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_it_has_a_section_for_each_thing_and_says_where_there_is_nothing():
    store, held = an_office("krasang")
    store.obligations.kept.clear()
    told_rows = [row[0] for row in cells(sheet(store, held))[1:]]
    assert told_rows[:5] == [
        "1. งานตามมติที่ประชุมครั้งก่อน: ไม่มี", "2. รายงานแล้วตั้งแต่การประชุมครั้งก่อน: ไม่มี", "3. ครบกำหนดแล้ว รอรายงาน: ไม่มี",
        "4. ครบกำหนดถึงวันที่ 10 เม.ย. 2565: ไม่มี", "5. ปัญหาที่รอคำตอบ: ไม่มี",
    ]  # fmt: skip


def test_resolutions_stand_on_it_with_unit_day_and_how_far_they_are():
    store, held = an_office("krasang")
    store.units.save(Unit("กองช่าง", "กองช่าง"))
    store.resolutions.save(
        Resolution("r1", held - timedelta(days=31), 1, "ติดป้ายค่าธรรมเนียม", "กองช่าง", held - timedelta(days=8), "p")
    )
    rows = cells(sheet(store, held))
    assert rows[2] == ["มติข้อ 1 ติดป้ายค่าธรรมเนียม", "กองช่าง", "2 มี.ค. 65", "เลย 8 วัน"]
    assert ["งานตามมติที่เลยกำหนด: 1 เรื่อง"] * 4 in rows


def test_a_long_list_is_cut_and_says_how_many_more():
    store, held = an_office("thaimueang")
    a_bad_month(store, held)
    headings = [row[0] for row in cells(sheet(store, held)) if len(set(row)) == 1]
    assert any("และอีก" in one and one.startswith("1. งานตามมติ") for one in headings)


def test_nobodys_name_stands_on_it():
    store, held = an_office("thaimueang")
    store.people.meet("U1", a_person(Role.STAFF, name="นายสมชาย", unit="สำนักปลัด", key="p"))
    a_bad_month(store, held)
    assert "สมชาย" not in str(sheet(store, held).blocks)


@pytest.mark.parametrize("of", ["2026-13-45", "2026-01-01"])
def test_there_is_none_for_a_day_without_a_meeting(of):
    store, _ = an_office("krasang")
    with pytest.raises(Refusal, match=r"meeting_paper\.none"):
        meeting_paper(Asking(store, of, "ก", MADE, date(2026, 1, 1), THAI))


def test_it_is_registered_and_for_those_who_see_the_whole():
    kind, store = PAPERS["meeting"], MemoryStore()
    assert tuple(kind.endings) == ("docx", "xlsx", "pdf")
    today = date(2026, 11, 22)
    assert may_have(store, a_person(Role.EXECUTIVE), "meeting", today)
    assert not may_have(store, a_person(Role.STAFF, unit="กองช่าง"), "meeting", today)
    assert not may_have(store, a_person(), "meeting", today)


@pytest.mark.parametrize(
    ("text", "most", "left"), [("กู้ยืมเงิน", 20, "กู้ยืมเงิน"), ("กู้ยืมเงินกู้", 4, "กู้ยืม…"), ("ที่นี่เอง", 2, "ที่…")]
)
def test_a_mark_is_not_parted_from_its_letter(text, most, left):
    assert cut(text, most) == left


def test_a_day_is_short():
    assert (short(date(2026, 3, 9)), short(None)) == ("9 มี.ค. 69", "-")


def test_it_is_one_page_in_an_ordinary_month_and_in_a_bad_one(tmp_path):
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice: get it with «apt-get install libreoffice-writer-nogui»")
    for name in samples.NAMES:
        for bad in (False, True):
            store, held = an_office(name)
            if bad:
                a_bad_month(store, held)
            (tmp_path / f"{name}_{bad}.docx").write_bytes(as_docx(sheet(store, held)))
    profile, made = (tmp_path / "profile").as_uri(), tmp_path / "pdf"
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(made),
    ]
    (tmp_path / "fonts.conf").write_text(TYPEFACES)
    drawn = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}  # with the letters of our own PDFs
    sheets = map(str, tmp_path.glob("*.docx"))
    subprocess.run([*command, *sheets], check=True, capture_output=True, timeout=120, env=drawn)
    pages = {file.stem: _pages(file) for file in made.glob("*.pdf")}
    assert len(pages) == 2 * len(samples.NAMES)
    assert {name: count for name, count in pages.items() if count != 1} == {}


def _pages(file):
    import pdfplumber

    with pdfplumber.open(file) as opened:
        return len(opened.pages)
