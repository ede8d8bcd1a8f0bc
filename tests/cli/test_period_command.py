"""`itabot period --json`: one wording a line in, one JSON object a line out, whatever stands in it."""

import json
import select
import subprocess
import sys

KEYS = {"start", "end", "segments", "due", "rule", "rule_code", "question", "question_code"}


def answers(shell, *lines, status=0):
    """What is answered to some lines, each a tuple of fields."""
    said = "".join("\t".join(line) + "\n" for line in lines)
    process = shell.itabot("period", "--json", says=said, ITABOT_KEYS=None)
    assert (process.returncode, process.stderr) == (status, "")
    found = [json.loads(line) for line in process.stdout.splitlines()]
    assert len(found) == len(lines)
    return found


def test_periods_and_follow_ups_are_told_in_days_and_in_thai(shell):
    span, quarters, every, wrong = answers(
        shell,
        ("period", "ก.พ. – เม.ย. ๖๗", "2567"),
        ("period", "ไตรมาส 1 และ 3", "๒๕๖๗"),
        ("follow_up", "ทุก 3 เดือน", "67", "ม.ค. - มี.ค. 67"),
        ("period", "เม.ย. ๖๕", "2567"),
    )
    assert all(one.keys() >= KEYS for one in (span, quarters, every, wrong))
    assert (span["start"], span["end"], span["segments"], span["due"]) == ("2024-02-01", "2024-04-30", [], [])
    assert (span["rule"], span["question"]) == ("1 ก.พ. 2567 ถึง 30 เม.ย. 2567", None)
    assert quarters["segments"] == ["2023-10-01..2023-12-31", "2024-04-01..2024-06-30"]
    assert (every["start"], every["end"], every["due"]) == (None, None, ["2024-03-31"])
    assert every["rule"] == "ทุก 3 เดือน ระหว่าง 1 ม.ค. 2567 ถึง 31 มี.ค. 2567 → ครบกำหนด 31 มี.ค. 2567"
    assert every["cadence"] == "quarterly"
    assert (wrong["start"], wrong["question_code"]) == ("2022-04-01", "before_year")
    assert "2567" in wrong["question"]


def test_days_that_a_period_names_stand_with_its_parts(shell):
    (one,) = answers(shell, ("period", "ทุก 6 เดือน", "2567"))
    assert (one["segments"], one["due"]) == (["2024-03-31", "2024-09-30"], [])


def test_meetings_and_weekdays_are_told_by_their_codes(shell):
    meeting, weekday, last_form = answers(
        shell,
        ("follow_up", "ในการประชุมสภา ทุกไตรมาส", "2567"),
        ("follow_up", "ทุกวันศุกร์", ""),
        ("followup", "ทุกปี", "2024"),
    )
    assert (meeting["meeting"], weekday["weekday"], weekday["rule"]) == ("council", "friday", "ทุกวันศุกร์")
    assert last_form["due"] == ["2024-09-30"]


def test_blank_lines_and_missing_years_are_answered_too(shell):
    blank, spaces, no_year, nothing = answers(shell, ("",), ("   ",), ("period", "ม.ค."), ("follow_up", "", "2567"))
    assert [one["question_code"] for one in (blank, spaces, no_year, nothing)] == ["empty", "empty", "no_year", "empty"]


def test_a_malformed_line_gets_an_error_and_the_others_their_answers(shell):
    kind, year, good = answers(
        shell, ("when", "ม.ค."), ("period", "ม.ค.", "soon"), ("period", "ม.ค.", "2567"), status=1
    )
    assert "follow_up" in kind["error"]
    assert "soon" in year["error"]
    assert good["end"] == "2024-01-31"


def test_odd_characters_harm_nothing(shell):
    for one in answers(
        shell, ("period", "😀\r\u2028ม.ค.\x00", "2567"), ("period", "9" * 5000, "2567"), ("follow_up", "{x}", "")
    ):
        assert one.keys() >= KEYS


def test_each_line_is_answered_before_the_next_is_said(shell):
    command = [sys.executable, "-m", "bot", "period", "--json"]
    with subprocess.Popen(command, env=shell.environment, stdin=-1, stdout=-1, encoding="utf-8", bufsize=1) as process:
        for _ in range(2):
            process.stdin.write("period\tตลอดปีงบประมาณ\t2567\n")
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 30)[0]
            assert json.loads(process.stdout.readline())["end"] == "2024-09-30"
        process.stdin.close()
        assert process.wait(60) == 0


def test_without_json_it_is_wrong_use(shell):
    process = shell.itabot("period", says="")
    assert process.returncode == 2
    assert "usage: itabot" in process.stderr
