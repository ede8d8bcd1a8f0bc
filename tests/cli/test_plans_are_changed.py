"""`itabot measure …`: a plan is listed and changed from the command line, and whoever has to know is told."""

import json

import pytest
from sqlalchemy import text

from bot.settings import Settings
from bot.wiring import Core

HEAD = "U" + "e" * 32


class Plan:
    """An agency with a plan of its own making, by commands alone."""

    def __init__(self, shell):
        self.shell = shell
        for unit, user in (("สำนักปลัด", "U" + "d" * 32), ("กองช่าง", HEAD)):
            enrolling = ("--line-user-id", user, "--name", "สมศรี", "--unit", unit, "--role", "head")
            assert shell.itabot("member", "add", "north", *enrolling).returncode == 0

    def run(self, verb, *arguments):
        return self.shell.itabot("measure", verb, "north", *arguments)

    def done(self, verb, *arguments):
        ran = self.run(verb, *arguments)
        assert (ran.returncode, ran.stderr) == (0, ""), ran
        return ran.stdout

    def add(self, title, *more):
        words = ("--period", "ตลอดปีงบประมาณ", "--follow-up", "ทุกไตรมาส", "--year", "2570", *more)
        return self.done("add", "--title", title, "--unit", "สำนักปลัด", *words)

    def listed(self, *more):
        return [json.loads(line) for line in self.done("list", "--json", *more).splitlines()]

    def told(self):
        core = Core(Settings.read(self.shell.environment))
        with core.database.reading() as connection:
            counted = connection.execute(text("SELECT COUNT(*) FROM outbox")).scalar()
        core.database.close()
        return counted


@pytest.fixture
def plan(shell):
    shell.itabot("agency", "add", "north", "--name", "อบต.เหนือ", "--channel-secret", "s1", "--access-token", "t1")
    return Plan(shell)


def test_a_measure_is_added_listed_and_shown(plan):
    assert plan.done("list") == "there are no measures\n"
    assert plan.add("เผยแพร่แผน", "--indicators", "7,10").startswith("north: measure 1 of 2570: ")
    assert plan.told() == 1  # the head of the unit
    (one,) = plan.listed()
    assert (one["no"], one["title"], one["indicators"], one["owners"]) == (1, "เผยแพร่แผน", [7, 10], ["สำนักปลัด"])
    assert (one["start"], one["end"]) == ("2026-10-01", "2027-09-30")
    assert len(one["due"]) == 4
    assert [unit["unit"] for unit in one["units"]] == ["สำนักปลัด"]
    assert "เผยแพร่แผน" in plan.done("list", "--year", "2570")
    assert plan.listed("--year", "2560") == []
    shown = json.loads(plan.done("show", "1"))
    assert (shown["id"], [line["deed"] for line in shown["history"]]) == (one["id"], ["planned"])
    assert json.loads(plan.done("show", one["id"], "--json"))["no"] == 1


def test_a_measure_is_corrected_extended_moved_and_cancelled(plan):
    plan.add("เผยแพร่แผน")
    plan.done("correct", "1", "--title", "เผยแพร่แผนทุกฉบับ", "--target", "3 ฉบับ", "--indicators", "7")
    assert plan.done("extend", "1", "--until", "ถึง ธ.ค. 2570") == "north: measure 1: 1 ต.ค. 2569 - 31 ธ.ค. 2570\n"
    assert plan.done("move", "1", "--from", "สำนักปลัด", "--to", "กองช่าง").endswith("«กองช่าง» answers for it; 1 told\n")
    assert plan.told() == 2
    (one,) = plan.listed()
    assert (one["title"], one["target"], one["indicators"], one["end"]) == (
        "เผยแพร่แผนทุกฉบับ",
        "3 ฉบับ",
        [7],
        "2027-12-31",
    )
    assert {unit["unit"]: unit["closed_as"] for unit in one["units"]} == {"สำนักปลัด": "moved", "กองช่าง": None}
    cancelled = plan.done("cancel", "1", "--reason", "รวมกับแผนอื่น", "--approved-by", "นายก อบต.")
    assert cancelled == "north: measure 1: cancelled; 1 units need not report on it any more\n"
    assert "cancelled" in plan.done("list")
    history = json.loads(plan.done("show", "1"))["history"]
    assert [line["deed"] for line in history] == ["cancelled", "moved", "changed", "changed", "planned"]
    assert (history[0]["why"], history[0]["after"]) == ("รวมกับแผนอื่น", {"approver": "นายก อบต."})
    assert history[2]["before"] == {"period": "ตลอดปีงบประมาณ"}


@pytest.mark.parametrize(("arguments", "status", "word"), [
    (("show", "9"), 1, "there is no measure «9»"),
    (("move", "1", "--from", "สำนักปลัด", "--to", "กองที่ไม่มี"), 1, "there is no unit «กองที่ไม่มี»"),
    (("correct", "1", "--period", "เร็ว ๆ นี้"), 1, "เร็ว ๆ นี้"),
    (("correct", "1", "--title", "เผยแพร่แผน"), 1, "ตรงกับที่มีอยู่แล้ว"),
    (("correct", "1"), 2, "say what is to be changed"),
    (("extend", "1", "--until", "ถึง มี.ค. 2570"), 1, "30 ก.ย. 2570"),
    (("cancel", "1", "--reason", " ", "--approved-by", "นายก"), 1, "เหตุผล"),
])  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence_and_changes_nothing(plan, arguments, status, word):
    plan.add("เผยแพร่แผน")
    before = plan.listed()
    ran = plan.run(*arguments)
    assert (ran.returncode, ran.stdout) == (status, "")
    (sentence,) = ran.stderr.strip().splitlines()
    assert word in sentence
    assert plan.listed() == before


@pytest.mark.parametrize("verb", ["list", "show", "add", "correct", "extend", "cancel", "move"])
def test_an_agency_that_is_not_there_is_named(shell, verb):
    shell.itabot("migrate")
    more = {
        "list": (), "show": ("1",), "correct": ("1", "--title", "ก"), "extend": ("1", "--until", "ก"),
        "add": ("--title", "ก", "--unit", "ก", "--period", "ก", "--follow-up", "ก"),
        "cancel": ("1", "--reason", "ก", "--approved-by", "ก"), "move": ("1", "--from", "ก", "--to", "ข"),
    }  # fmt: skip
    ran = shell.itabot("measure", verb, "nowhere", *more[verb])
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "itabot: there is no agency «nowhere»\n")
