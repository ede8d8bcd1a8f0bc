"""A document on a real database: what people changed outlasts it, what it changes is written down, nobody waits for it."""

from dataclasses import dataclass, field, replace
from types import SimpleNamespace

import pytest

from bot.imports.applying import File, Wish, bring_in
from bot.storage.store import AgencyStore
from itadomain.changes import Act, cancel, give, keep, move
from itadomain.corrections import with_title
from itadomain.history import Deed
from itadomain.questions import About
from itadomain.settling import settle
from tests.storage.meanwhile import at_once, uncommitted

HEADING = "มาตรการ\tวิธีดำเนินการ\tผู้รับผิดชอบ\tระยะเวลา\tการติดตามผล"
FIRST = "๑. เผยแพร่แผนจัดซื้อ\tลงเว็บไซต์\tกองคลัง\tต.ค. ๖๘ - มี.ค. ๖๙\tทุกเดือน"
SECOND = "๒. อบรมจริยธรรม\tจัดอบรม\tสำนักปลัด\tตลอดปีงบประมาณ\tทุกไตรมาส"
TWINS = tuple(
    f"{nth}. ประกาศเจตนารมณ์\t{how}\tกองคลัง\tตลอดปีงบประมาณ\tทุกไตรมาส"
    for nth, how in (("๓", "ทางเว็บ"), ("๔", "ทางเสียงตามสาย"))
)
SCORES = "จากผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568 มีผลคะแนน {} คะแนน อยู่ในระดับ A"


def paper(*rows, scores=SCORES):
    title = "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๙\nหน่วยงาน north"
    return File(
        "แผน.txt",
        "\n\n".join((title, scores.format("90.00"), "\n".join((HEADING, *(rows or (FIRST, SECOND)))))).encode(),
    )


@dataclass
class Town:
    """An agency on a real database."""

    house: object
    agency: int
    core: object = field(init=False)

    def __post_init__(self):
        self.core = self.house.core

    def bring(self, file, **wish):
        return bring_in(self.core, self.house.core.channels.by_id(self.agency), file, Wish(**wish))

    def step(self, work):
        core = self.house.core
        with core.database.reading(of=self.agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(self.agency), core.ring)
            result = work(store)
        core.database.write(store.apply, of=self.agency)
        return result

    @property
    def plan(self):
        return self.step(lambda store: store.measures.of_year(2569))

    @property
    def act(self):
        return Act(self.house.core.today(), "somebody")

    def unit(self, name):
        return next(one for one in self.step(lambda store: store.units.all()) if one.name == name)

    def answering(self, measure):
        return self.step(lambda s: {one.unit for one in s.obligations.of_measure(measure.id) if one.open})

    def happened(self, measure):
        return self.step(lambda store: store.history.of_measure(measure.id, 9))


@pytest.fixture
def town(house):
    town = Town(house, house.add_agency("north"))
    assert town.bring(paper()).kept
    return town


def test_a_corrected_document_leaves_what_people_changed(town):
    first, second = town.plan
    town.step(lambda s: move(s, first, town.unit("กองคลัง"), town.unit("สำนักปลัด"), town.act))
    town.step(lambda s: keep(s, second, with_title(second, "อบรมจริยธรรมทุกคน"), town.act))
    assert not town.bring(paper()).proposal.differences
    corrected = paper(FIRST.replace("ลงเว็บไซต์", "ลงเว็บไซต์และติดประกาศ"), SECOND)
    assert town.bring(corrected).refusal.key == "importing.differs"
    assert town.bring(corrected, replace=True).kept
    first, second = town.plan
    assert (first.owners, first.method, second.title) == (("สำนักปลัด",), "ลงเว็บไซต์และติดประกาศ", "อบรมจริยธรรมทุกคน")
    assert town.answering(first) == {town.unit("สำนักปลัด").id}
    (change,) = [one for one in town.happened(first) if one.deed is Deed.CHANGED]
    assert (change.by, change.why) == ("", "แผน.txt")
    assert (change.before["method"], change.after["method"]) == ("ลงเว็บไซต์", "ลงเว็บไซต์และติดประกาศ")
    assert town.bring(corrected).proposal.changes_nothing


def test_what_was_given_or_cancelled_stays_so(town):
    first, second = town.plan
    town.step(lambda s: give(s, first, town.unit("สำนักปลัด"), town.act))
    town.step(lambda s: cancel(s, second, "นายก", replace(town.act, why="ซ้ำ")))
    again = town.bring(paper(FIRST, SECOND.replace("จัดอบรม", "จัดอบรมสองครั้ง")), replace=True)
    assert (again.proposal.added, again.proposal.differences) == ([], [])
    assert town.answering(first) == {town.unit("กองคลัง").id, town.unit("สำนักปลัด").id}
    assert town.plan[1].cancelled_on
    assert not town.answering(second)


def test_the_official_total_that_was_settled_stays(town):
    other = paper(scores=f"{SCORES} และ {SCORES.format('91.20')}")
    assert town.bring(other, replace=True).kept
    question = next(one for one in town.step(lambda s: s.questions.open()) if one.about is About.TOTAL)
    town.step(lambda s: settle(s, question, "91.20", town.act))
    assert town.bring(other).proposal.changes_nothing
    assert town.bring(other, replace=True).kept
    assert str(town.step(lambda s: s.scores.of_year(2568)).headline.total) == "91.20"


def test_measures_that_are_alike_may_change_places(town):
    town.bring(paper(FIRST, SECOND, *TWINS), replace=True)
    methods = {one.id: one.method for one in town.plan}
    assert town.bring(paper(FIRST, SECOND, *TWINS[::-1]), replace=True).kept
    assert {one.id: one.method for one in town.plan} == methods
    assert [one.method for one in town.plan[2:]] == ["ทางเสียงตามสาย", "ทางเว็บ"]


def test_what_is_not_printed_any_more_stands_last(town):
    town.bring(paper(SECOND, *TWINS), replace=True)
    assert [(one.place, one.title) for one in town.plan] == [
        (1, "อบรมจริยธรรม"), (2, "ประกาศเจตนารมณ์"), (3, "ประกาศเจตนารมณ์"), (4, "เผยแพร่แผนจัดซื้อ"),
    ]  # fmt: skip


def test_a_dry_run_waits_for_no_writer(town):
    with uncommitted(town.house.core.database, lambda _: None, of=town.agency):
        (brought,) = at_once(lambda: town.bring(paper(*TWINS), keep=False))
    assert [one.number for one in brought.proposal.added] == ["3", "4"]
    assert len(town.plan) == 2


def test_what_changed_while_a_document_was_compared_is_compared_again(town):
    """The second look is under the lock, so nothing can come between it and what is kept."""
    first = town.plan[0]
    moves = [lambda s: move(s, first, town.unit("กองคลัง"), town.unit("สำนักปลัด"), town.act)]

    def write(work, **whose):
        while moves:
            town.step(moves.pop())
        return town.house.core.database.write(work, **whose)

    core = town.house.core
    database = SimpleNamespace(reading=core.database.reading, write=write)
    town.core = SimpleNamespace(database=database, ring=core.ring, today=core.today)
    assert town.bring(paper(FIRST.replace("ทุกเดือน", "ทุกไตรมาส"), SECOND), replace=True).kept
    assert (town.plan[0].owners, town.plan[0].follow_up) == (("สำนักปลัด",), "ทุกไตรมาส")
