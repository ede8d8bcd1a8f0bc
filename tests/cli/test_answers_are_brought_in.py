"""`itabot answers SLUG FILE`: a table of answers becomes topics that citizens can ask about."""

import pytest

ROWS = (
    "เรื่อง,คำตอบ,คำเรียกอื่น,เอกสารที่ใช้,ระยะเวลา,ค่าธรรมเนียม,โทร\n"
    "ภาษีป้าย,ชำระได้ถึงเดือนมีนาคม,จ่ายภาษีป้าย; ป้ายร้าน,บัตรประชาชน,15 นาที,ตามขนาดป้าย,077-000000\n"
    "เวลาทำการ,จันทร์-ศุกร์ 08.30-16.30 น.,เปิดกี่โมง,,,,\n"
)


@pytest.fixture
def table(shell, tmp_path):
    shell.itabot("agency", "add", "north", "--name", "อบต.เหนือ", "--channel-secret", "s1", "--access-token", "t1")
    file = tmp_path / "answers.csv"
    file.write_text(ROWS)
    return file


def lines(ran):
    assert (ran.returncode, ran.stderr) == (0, ""), ran
    return ran.stdout.splitlines()


def test_a_table_is_kept_and_the_same_again_changes_nothing(shell, table):
    assert lines(shell.itabot("answers", "north", str(table), "--dry-run"))[0] == "2 added"
    assert lines(shell.itabot("answers", "north", str(table)))[:3] == ["2 added", "  ภาษีป้าย", "  เวลาทำการ"]
    assert lines(shell.itabot("answers", "north", str(table)))[:3] == ["0 added", "0 changed", "2 as before"]


def test_a_corrected_row_takes_the_place_of_the_old_one(shell, table):
    lines(shell.itabot("answers", "north", str(table)))
    table.write_text(ROWS.replace("มีนาคม", "เมษายน"))
    assert lines(shell.itabot("answers", "north", str(table)))[:3] == ["0 added", "1 changed", "  ภาษีป้าย"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ก,ข\n1,2\n", "ไม่พบตาราง"),
        ("เรื่อง,คำตอบ\nภาษี,\n", "2 ถึง"),
        ("", "ไฟล์"),
        ("เรื่อง,คำตอบ\nภาษี ป้าย,หนึ่ง\nภาษีป้าย,สอง\n", "มากกว่าหนึ่งแถว"),
        (f"เรื่อง,คำตอบ,ขั้นตอน\nภาษีป้าย,หนึ่ง,{'ก' * 2501}\n", "2500"),
    ],
    ids=["no table", "no answer", "nothing", "two of one name", "too long for a card"],
)
def test_a_file_that_does_not_serve_is_refused_in_thai_and_nothing_is_kept(shell, table, text, says):
    table.write_text(text)
    ran = shell.itabot("answers", "north", str(table))
    assert (ran.returncode, says in ran.stderr) == (1, True), ran
    table.write_text(ROWS)
    assert lines(shell.itabot("answers", "north", str(table)))[0] == "2 added"


def test_a_file_that_is_not_there_is_wrong_use(shell, table):
    ran = shell.itabot("answers", "north", str(table.with_name("none.csv")))
    assert (ran.returncode, ran.stderr.strip()) == (2, f"itabot: there is no file {table.with_name('none.csv')}")
