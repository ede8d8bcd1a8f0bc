"""`itabot import` as people run it: what it says, what it keeps, and what it refuses."""

import json
import os

import pytest

AGENCY = "องค์การบริหารส่วนตำบลบางตัวอย่าง"
PLAN = f"""มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๙
{AGENCY}

จากผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568 มีผลคะแนน 90.00 คะแนน อยู่ในระดับ A

มาตรการ	วิธีดำเนินการ	ผู้รับผิดชอบ	ระยะเวลา	การติดตามผล
๑. เผยแพร่แผนจัดซื้อ	ลงเว็บไซต์	กองคลัง	ต.ค. ๖๘ - มี.ค. ๖๙	ทุกเดือน
๒. อบรมจริยธรรม	จัดอบรม	สำนักปลัด	ตลอดปีงบประมาณ	ทุกไตรมาส
๓. ตั้งกล่องรับความเห็น	ติดตั้ง	ทุกสำนัก/กอง		เป็นระยะ
"""


@pytest.fixture
def town(shell):
    added = shell.itabot("agency", "add", "north", "--name", AGENCY, "--channel-secret", "s", "--access-token", "t")
    assert added.returncode == 0, added.stderr
    return shell


def bring(town, text, *options, name="แผน.txt"):
    file = town.folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return town.itabot("import", "north", str(file), *options)


def seen(town, text, *options):
    ran = bring(town, text, "--json", *options)
    assert ran.stderr == ""
    return json.loads(ran.stdout)


def test_a_dry_run_tells_all_and_keeps_nothing(town):
    told = seen(town, PLAN, "--dry-run")
    assert (told["agency"], told["fiscal_year"], told["kept"]) == (AGENCY, 2569, False)
    assert told["scores"]["headline"] == "90.00"
    assert [(m["no"], m["title"], m["owners"]) for m in told["measures"]] == [
        ("1", "๑. เผยแพร่แผนจัดซื้อ", ["กองคลัง"]),
        ("2", "๒. อบรมจริยธรรม", ["สำนักปลัด"]),
        ("3", "๓. ตั้งกล่องรับความเห็น", ["ทุกสำนัก/กอง"]),
    ]
    assert [m["start"] for m in told["measures"]] == ["2025-10-01", "2025-10-01", None]
    assert told["measures"][1]["due"] == ["2025-12-31", "2026-03-31", "2026-06-30", "2026-09-30"]
    assert seen(town, PLAN, "--dry-run")["new_units"] == told["new_units"]


def test_it_is_kept_once(town):
    first, second = seen(town, PLAN), seen(town, PLAN)
    assert (first["kept"], second["kept"]) == (True, True)
    assert set(first["new_units"]) == {"กองคลัง", "สำนักปลัด"}
    assert (second["new_units"], second["differences"], second["gone"]) == ([], [], [])
    assert "ไม่มีอะไรเปลี่ยน" in bring(town, PLAN).stdout


def test_a_corrected_document_is_shown_before_it_is_kept(town):
    seen(town, PLAN)
    corrected = PLAN.replace("ต.ค. ๖๘ - มี.ค. ๖๙", "ต.ค. ๖๘ - ก.ย. ๖๙")
    held = bring(town, corrected, "--json")
    told = json.loads(held.stdout)
    assert (held.returncode, told["kept"], told["error"]["code"]) == (1, False, "importing.differs")
    assert [(d["what"], d["before"], d["after"]) for d in told["differences"]] == [
        ("period", "ต.ค. ๖๘ - มี.ค. ๖๙", "ต.ค. ๖๘ - ก.ย. ๖๙")
    ]
    assert seen(town, corrected, "--replace")["kept"]
    assert not seen(town, corrected)["differences"]


def test_another_agencys_document_is_told_and_not_kept(town):
    held = bring(town, PLAN.replace(AGENCY, "เทศบาลตำบลอื่นไกล"), "--json")
    told = json.loads(held.stdout)
    assert (held.returncode, told["kept"], told["error"]["code"]) == (1, False, "importing.another_agency")
    assert seen(town, PLAN)["new_units"]  # nothing of the first was kept


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.txt"),
        (b"PK\x03\x04nothing", "a.docx"),
        (b"%PDF-1.4 broken", "a.pdf"),
        ("สวัสดี ไม่มีตารางใดเลย".encode(), "a.txt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(town, data, name):
    ran = bring(town, data, name=name)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"itabot: {name}: ")
    assert "Traceback" not in ran.stderr


def test_what_differs_is_told_in_words(town):
    seen(town, PLAN)
    corrected = PLAN.replace("กองคลัง", "กองช่าง").replace("90.00", "91.00")
    lines = bring(town, corrected, "--dry-run").stdout
    assert "ผู้รับผิดชอบ เดิม กองคลัง เป็น กองช่าง" in lines
    assert "คะแนนรวมที่พิมพ์ เดิม 90.00 (A) เป็น 91.00 (A)" in lines


def test_a_file_is_not_read_before_its_size_is_known(town):
    large = town.folder / "a.pdf"
    with large.open("wb") as file:
        file.truncate(1 << 40)  # all of it holes: a terabyte that takes no room
    ran = town.itabot("import", "north", str(large))
    assert (ran.returncode, "ไฟล์ใหญ่เกิน 20 เมกะไบต์" in ran.stderr) == (1, True)


def test_what_is_no_file_is_refused_before_it_is_opened(town):
    """A pipe that nobody writes to would be waited for without end, and a device never ends."""
    pipe = town.folder / "pipe.txt"
    os.mkfifo(pipe)
    for path in (town.folder, pipe, "/dev/zero"):
        ran = town.itabot("import", "north", str(path))
        assert (ran.returncode, "ไม่ใช่ไฟล์" in ran.stderr) == (1, True), ran.stderr


def test_each_of_several_files_has_its_line(town):
    good, bad = town.folder / "ดี.txt", town.folder / "เสีย.txt"
    good.write_text(PLAN, encoding="utf-8")
    bad.write_text("ไม่มีอะไร", encoding="utf-8")
    ran = town.itabot("import", "north", str(bad), str(good), "--json")
    first, second = map(json.loads, ran.stdout.splitlines())
    assert (ran.returncode, first["error"]["code"], second["kept"]) == (1, "importing.nothing_found", True)


def test_wrong_use_is_said(town):
    assert town.itabot("import", "north", "nowhere.docx").returncode == 2
    file = town.folder / "a.txt"
    file.write_text(PLAN, encoding="utf-8")
    assert "there is no agency" in town.itabot("import", "south", str(file)).stderr
