"""`itabot calendar` and `itabot plan`: the windows are entered from outside, and the year is printed as a calendar."""

import json

import icalendar
import pytest

HEADINGS = "ช่วง,วันเริ่ม,วันสิ้นสุด,หมายเหตุ\n"


@pytest.fixture
def agency(shell):
    added = ("--name", "อบต.เหนือ", "--channel-secret", "s1", "--access-token", "t1")
    shell.itabot("agency", "add", "north", *added, "--sample", "thaimueang")
    return shell


def objects(ran):
    assert (ran.returncode, ran.stderr) == (0, ""), ran
    return [json.loads(line) for line in ran.stdout.splitlines()]


def own(agency, year="2570"):
    told = objects(agency.itabot("calendar", "north", "--year", year, "--json"))
    return {one["phase"]: (one["first"], one["last"]) for one in told if one["own"]}


def test_windows_are_set_shown_and_removed(agency):
    ran = agency.itabot(
        "calendar",
        "north",
        "--set",
        "eit=2027-04-01..2027-06-30",
        "--set",
        "results=15 ส.ค. 2570",
        "--source",
        "หนังสือ ป.ป.ช.",
    )
    assert ran.returncode == 0, ran
    assert ran.stdout.splitlines()[:2] == [
        "ปฏิทินการประเมิน ITA ปี 2570", "  ตอบแบบวัด EIT  1 เม.ย. 2570 ถึง 30 มิ.ย. 2570 · หน่วยงานกำหนด (หนังสือ ป.ป.ช.)",
    ]  # fmt: skip
    assert own(agency) == {"eit": ("2027-04-01", "2027-06-30"), "results": ("2027-08-15", "2027-08-15")}
    agency.itabot("calendar", "north", "--year", "2570", "--remove", "eit")
    assert list(own(agency)) == ["results"]
    ran = agency.itabot("calendar", "north", "--year", "2570", "--remove", "eit")
    assert (ran.returncode, "ไม่ได้กำหนด" in ran.stderr) == (1, True)


def test_a_trial_keeps_nothing(agency):
    ran = agency.itabot("calendar", "north", "--set", "eit=2027-04-01..2027-06-30", "--dry-run")
    assert "1 เม.ย. 2570 ถึง 30 มิ.ย. 2570 · หน่วยงานกำหนด" in ran.stdout
    assert own(agency) == {}


def test_a_former_year_tells_its_sources_and_can_be_corrected(agency):
    told = objects(agency.itabot("calendar", "north", "--year", "2568", "--json"))
    assert (told[0]["phase"], told[0]["source"], told[0]["confirmed"]) == ("results", "nation2025", True)
    assert all(one["usual"] and not one["confirmed"] for one in told[1:])
    agency.itabot("calendar", "north", "--set", "oit=1 มี.ค. 2565..29 เม.ย. 2565")
    assert own(agency, "2565") == {"oit": ("2022-03-01", "2022-04-29")}


@pytest.mark.parametrize(("asked", "status", "says"), [
    (("--set", "eit"), 2, "PHASE=FIRST..LAST"), (("--set", "eit=2027-06-30..2027-04-01"), 1, "มาก่อนวันเริ่ม"), (("--set", "foo=2027-04-01"), 1, "--set 1"),
    (("--set", "eit=2027-04-01", "--set", "eit=2027-04-02"), 1, "มากกว่าหนึ่งแถว"), (("--year", "1999"), 1, "2562"),
    (("--set", "eit=เร็ว ๆ นี้"), 1, "วัน"), (("--file", "none.csv"), 2, "no file"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_kept(agency, asked, status, says):
    ran = agency.itabot("calendar", "north", *asked)
    assert (ran.returncode, says in ran.stderr, ran.stdout) == (status, True, ""), ran
    assert own(agency) == {}


def test_all_that_is_wrong_with_what_was_set_is_told_at_once(agency):
    ran = agency.itabot(
        "calendar", "north", "--set", "eit=2027-06-30..2027-04-01", "--set", "oit=x", "--set", "iit=2027-04-01"
    )
    assert [line.split(":")[1].strip() for line in ran.stderr.splitlines()] == ["--set 1", "--set 2"]
    assert own(agency) == {}


def test_a_file_is_brought_in_as_a_whole_or_not_at_all(agency, tmp_path):
    file = tmp_path / "calendar.csv"
    file.write_text(
        f"{HEADINGS}IIT และ EIT,1 เม.ย. 2570,30 มิ.ย. 2570,\nOIT,31 ก.พ. 2570,,\nประกาศผล,15 ส.ค. 2570,1 ส.ค. 2570,\n"
    )
    ran = agency.itabot("calendar", "north", "--file", str(file))
    assert ran.returncode == 1
    assert [line.split(":")[1].strip() for line in ran.stderr.splitlines()] == ["row 3", "row 4"]
    asked = agency.itabot("calendar", "north", "--file", str(file), "--json")
    assert [json.loads(line)["row"] for line in asked.stdout.splitlines()] == [3, 4]
    assert own(agency) == {}
    file.write_text(f"{HEADINGS}IIT และ EIT,1 เม.ย. 2570,30 มิ.ย. 2570,\nประกาศผล,15 ส.ค. 2570,,\n")
    assert agency.itabot("calendar", "north", "--file", str(file)).returncode == 0
    assert list(own(agency)) == ["iit", "eit", "results"]


def test_a_workbook_with_real_dates_serves_too(agency, tmp_path):
    file = tmp_path / "calendar.xlsx"
    file.write_bytes(workbook_of_dates())
    ran = agency.itabot("calendar", "north", "--file", str(file))
    assert ran.returncode == 0, ran
    assert own(agency) == {"eit": ("2027-04-01", "2027-06-30")}


def test_the_year_is_printed_by_month_for_a_person_to_read(agency):
    ran = agency.itabot("plan", "north", "--year", "2566")
    assert ran.returncode == 0, ran
    lines = ran.stdout.splitlines()
    assert lines[0] == "อบต.ท้ายเหมือง ปีงบประมาณ 2566"
    months = [line for line in lines if line and not line.startswith(" ") and line.endswith(("2565", "2566"))][1:]
    assert months == ["ธ.ค. 2565", "ม.ค. 2566", "มี.ค. 2566", "มิ.ย. 2566", "ส.ค. 2566", "ก.ย. 2566", "ต.ค. 2566"]
    at = lines.index("ม.ค. 2566")
    assert lines[at + 1].split() == ["4", "วันพุธ"]
    assert lines[at + 2].strip().startswith("ครบกำหนดรายงาน: ")
    assert lines[at + 2].endswith("· สำนักปลัด")
    assert "ตามปีก่อน ๆ (ยังไม่ยืนยัน)" in ran.stdout


def test_the_year_for_programs_has_each_reminder_and_no_name(agency):
    agency.itabot(
        "member",
        "add",
        "north",
        "--line-user-id",
        "U" + "1" * 32,
        "--name",
        "สมหญิง ใจดี",
        "--unit",
        "สำนักปลัด",
        "--role",
        "staff",
    )
    told = objects(agency.itabot("plan", "north", "--year", "2566", "--json"))
    assert {one["kind"] for one in told} == {"due", "reminder", "opens", "usual"}
    due = [one for one in told if one["kind"] == "due"]
    for one in due:
        rungs = [
            other["rung"]
            for other in told
            if other["kind"] == "reminder"
            and (other["measure"], other["unit"], other["slot"]) == (one["measure"], one["unit"], one["slot"])
        ]
        assert rungs == ["week_before", "on_the_day"], one
    assert "สมหญิง" not in json.dumps(told, ensure_ascii=False)
    assert objects(agency.itabot("plan", "north", "--year", "2571", "--json"))[0]["kind"] == "usual"


def test_the_year_as_a_file_that_calendar_programs_read(agency, tmp_path):
    file = tmp_path / "year.ics"
    ran = agency.itabot("plan", "north", "--year", "2566", "--ics", str(file))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    due = [
        one
        for one in objects(agency.itabot("plan", "north", "--year", "2566", "--json"))
        if one["kind"] in {"due", "opens"}
    ]
    assert sorted(str(one["dtstart"].dt) for one in events) == sorted(one["day"] for one in due)


@pytest.mark.parametrize(
    ("asked", "status"), [(("north", "--year", "12"), 2), (("nowhere",), 1), (("north", "--year", "x"), 2)]
)
def test_what_is_no_year_or_agency_is_told(agency, asked, status):
    assert agency.itabot("plan", *asked).returncode == status


def workbook_of_dates():
    import io
    from datetime import date

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["ช่วง", "วันเริ่ม", "วันสิ้นสุด"])
    book.active.append(["EIT", date(2027, 4, 1), date(2027, 6, 30)])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
