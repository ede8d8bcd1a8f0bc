"""A document that is not sure of its year: it is kept once, wherever the answer puts it."""

from datetime import date

import pytest

from bot.imports.applying import Brought, File, Wish, bring_in
from bot.storage.store import AgencyStore
from itadomain.changes import Act
from itadomain.questions import About
from itadomain.settling import settle

PLAN = """หน่วยงาน north

ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568 ได้คะแนนรวม 90.00 คะแนน

มาตรการ	วิธีดำเนินการ	ผู้รับผิดชอบ	ระยะเวลา	การติดตามผล
1. เผยแพร่แผนจัดซื้อ	ลงเว็บไซต์	กองคลัง	ตลอดปีงบประมาณ	ทุกเดือน
2. อบรมจริยธรรม	จัดอบรม	สำนักปลัด	ตลอดปีงบประมาณ	ทุกไตรมาส
"""
TODAY = date(2026, 11, 20)


@pytest.fixture
def town(house):
    return Town(house)


class Town:
    """An agency that brings the same document in, and answers what it asks."""

    def __init__(self, house) -> None:
        self.core, self.id = house.core, house.add_agency("north")

    @property
    def agency(self):
        return self.core.channels.by_id(self.id)

    def bring(self, **wish) -> Brought:
        return bring_in(self.core, self.agency, File("แผน.txt", PLAN.encode()), Wish(**wish))

    def step(self, work):
        with self.core.database.reading(of=self.id) as connection:
            store = AgencyStore(connection, self.agency, self.core.ring)
            result = work(store)
        self.core.database.write(store.apply, of=self.id)
        return result

    def answer(self, said: str) -> None:
        (question,) = self.step(lambda s: s.questions.about(About.PLAN_YEAR))
        self.step(lambda s: settle(s, question, said, Act(TODAY, "p1")))

    def plans(self) -> dict[int, int]:
        return self.step(lambda s: {year: s.measures.count(year) for year in s.measures.years()})


def test_the_same_document_under_another_year_waits_for_the_answer(town):
    assert town.bring().kept
    held = town.bring(year=2570)
    assert (held.kept, held.refusal.key, town.plans()) == (False, "importing.year_is_asked", {2569: 2})
    town.answer("2570")
    assert town.bring(year=2570).proposal.changes_nothing
    assert town.plans() == {2570: 2}


def test_a_document_that_comes_again_is_kept_in_the_year_that_was_answered_and_asks_nothing_again(town):
    town.bring()
    asked = len(town.step(lambda s: s.questions.open()))
    town.answer("2570")
    again = town.bring(replace=True)
    assert (again.kept, again.proposal.changes_nothing, town.plans()) == (True, True, {2570: 2})
    assert len(town.step(lambda s: s.questions.open())) == asked - 1
