"""What an assessment would come to today, and what work reaches the next grade: for those who look after all."""

from decimal import Decimal

import pytest

from bot.line.flex import DEEP, GUESS
from handlers.kit import Card, Go
from itadomain.measures import Obligation
from itadomain.organisation import Unit
from itadomain.people import Role
from itadomain.surveys.survey import Kind
from tests.fakes import a_measure, a_person, a_result, a_table, an_agency
from tests.rehearsed import YEAR, a_survey, answer
from tests.talk import Talk

EXECUTIVE, ADMIN = a_person(Role.EXECUTIVE), a_person(Role.ADMIN)
SECRETARY, HEAD = a_person(Role.STAFF, unit="สำนักปลัด"), a_person(Role.HEAD, unit="กองคลัง")
STAFF, OFFICER = a_person(Role.STAFF, unit="กองช่าง"), a_person(Role.OFFICER)
INTEGRITY, CITIZEN = a_person(Role.INTEGRITY), a_person()
WHOLE = {"executive": EXECUTIVE, "admin": ADMIN, "secretary": SECRETARY}
NONE = {"head": HEAD, "staff": STAFF, "officer": OFFICER, "integrity": INTEGRITY, "citizen": CITIZEN}
UNOFFICIAL = "เฉพาะผู้ตอบผ่านไลน์ · ไม่เป็นทางการ"
#: IIT 97, EIT 84, OIT 99: 93.9 in all, and an instrument that is too low.
FALLEN = a_table(("97", "97", "97", "97", "97", "84", "83", "85", "99", "99"))


@pytest.fixture
def store():
    plan = [
        a_measure(1, plan_year=YEAR, indicators=(7,), owners=("กองคลัง",)),
        a_measure(2, plan_year=YEAR, indicators=(7,), owners=("กองช่าง",)),
        a_measure(3, plan_year=YEAR, questions=("e9",), owners=()),
    ]
    agency = an_agency(a_result(2569, "93.90", None, FALLEN), *plan)
    agency.units.save(Unit("สำนักปลัด", "สำนักปลัด", secretariat=True))
    agency.units.save(Unit("กองคลัง", "กองคลัง"))
    return agency


def colours(part) -> set[str]:
    if isinstance(part, dict):
        own = {part["backgroundColor"]} if "backgroundColor" in part else set()
        return own.union(*map(colours, part.values())) if part else own
    return set().union(*map(colours, part)) if isinstance(part, list) else set()


def test_the_script_a_mayor_asks_what_it_would_be_today(store):
    answer(store, a_survey(store), 40, best=0.86)
    talk = Talk(store, EXECUTIVE)
    told = talk.says("ถ้าประเมินวันนี้")
    forecast, way = told.bubbles
    assert (forecast.key, forecast.guess, forecast.title.facts["year"]) == ("forecast.in_short", True, 2570)
    assert UNOFFICIAL in talk.words
    assert "ไม่ใช่กลุ่มตัวอย่างสุ่ม" in talk.words
    assert "จากแบบสำรวจของหน่วยงาน ผู้ตอบ 40 คนขึ้นไป" in talk.words
    assert "จากผลทางการปี 2569" in talk.words
    assert (way.key, way.guess) == ("forecast.way", True)
    assert [tap.to for tap in told.taps if isinstance(tap, Go)] == ["survey_gaps.overview", "score.now"]


def test_its_card_has_another_colour_than_a_result(store):
    talk = Talk(store, EXECUTIVE)
    talk.says("พยากรณ์คะแนน")
    assert all(GUESS in colours(one) and DEEP not in colours(one) for one in talk.messages)
    talk.says("คะแนนล่าสุดเท่าไร")
    assert DEEP in colours(talk.messages[0])
    assert GUESS not in colours(talk.messages[0])


def test_without_a_rehearsal_it_says_what_it_stands_on(store):
    talk = Talk(store, EXECUTIVE)
    card = talk.says("ถ้าประเมินวันนี้").bubbles[0]
    assert card.number == Decimal("93.90")
    assert "คิดจากผลทางการปี 2569 · ไม่เป็นทางการ" in talk.words
    assert UNOFFICIAL not in talk.words


def test_the_work_is_told_with_its_indicator_its_points_and_whose_it_is(store):
    store.obligations.save(Obligation("o1", "m1", "กองคลัง", YEAR))
    talk = Talk(store, EXECUTIVE)
    way = talk.says("ถ้าประเมินวันนี้").bubbles[1]
    (row,) = way.rows
    assert way.title.facts["grade"].th == "ผ่านดี"
    facts = row.label.facts
    assert (facts["no"], facts["points"], facts["before"], facts["after"]) == (
        7, Decimal("3.00"), Decimal("83.00"), Decimal("86.00"),
    )  # fmt: skip
    assert "เผยแพร่ข้อมูลต่อสาธารณะ (ผู้รับผิดชอบ: กองคลัง)" in talk.words
    assert "(ผู้รับผิดชอบ: กองช่าง)" in talk.words, "as the plan prints it, where no unit answers for it"
    assert "มาตรการที่ 3" in talk.words, "it names a question of the indicator"


def test_an_indicator_without_a_measure_is_told_as_that(store):
    store.measures.kept = []
    talk = Talk(store, EXECUTIVE)
    talk.says("ถ้าประเมินวันนี้")
    assert "ยังไม่มีมาตรการสำหรับตัวชี้วัดนี้" in talk.words


def test_how_anybody_should_answer_is_told_nowhere(store):
    answer(store, a_survey(store), 40, best=0.86)
    talk = Talk(store, EXECUTIVE)
    for said in ("ถ้าประเมินวันนี้", "ช่องว่างของแผน", "ผลแบบสำรวจ"):
        talk.says(said)
        assert "มากที่สุด" not in talk.words
        assert "ควรตอบ" not in talk.words
    talk.says("ถ้าประเมินวันนี้")
    assert "ห้ามชี้นำ" in talk.words


@pytest.mark.parametrize("who", WHOLE)
@pytest.mark.parametrize("said", ["ถ้าประเมินวันนี้", "จะได้เกรดอะไร ถ้าประเมินวันนี้", "พยากรณ์คะแนน"])
def test_those_who_look_after_all_may_ask_in_many_words(store, who, said):
    assert Talk(store, WHOLE[who]).says(said).key == "forecast.in_short"


@pytest.mark.parametrize("who", NONE)
def test_nobody_else_is_told_of_it(store, who):
    answer(store, a_survey(store), 40, best=0.86)
    for step, key in (
        ("forecast.now", "forecast.for_executives"),
        ("survey_gaps.overview", "survey_gaps.for_executives"),
    ):
        refused = Talk(store, NONE[who]).taps(step)
        assert refused.key == ("help.not_allowed" if who == "citizen" else key)
        assert not any(isinstance(bubble, Card) for bubble in refused.bubbles)


@pytest.mark.parametrize("who", [*WHOLE, *NONE])
def test_the_latest_score_leads_to_it_for_those_who_may(store, who):
    talk = Talk(store, {**WHOLE, **NONE}[who])
    leads = "forecast.now" in [tap.to for tap in talk.says("คะแนนล่าสุดเท่าไร").taps if isinstance(tap, Go)]
    assert leads == (who in WHOLE)


def test_a_result_of_the_running_year_leads_to_no_forecast(store):
    store.scores.save(a_result(2570, "93.90", None))
    talk = Talk(store, EXECUTIVE)
    assert not [tap for tap in talk.says("คะแนนล่าสุดเท่าไร").taps if isinstance(tap, Go)]
    assert talk.says("ถ้าประเมินวันนี้").key == "forecast.already_official"


def test_where_only_instruments_are_printed_the_work_cannot_be_told(store):
    store.scores.save(a_result(2569, "92.40", None, a_table((), IIT="90.00", EIT="90.00", OIT="96.00")))
    told = Talk(store, EXECUTIVE).says("ถ้าประเมินวันนี้")
    assert [one.key for one in told.bubbles] == ["forecast.in_short", "forecast.indicators_missing"]


def test_at_the_top_there_is_nothing_above(store):
    store.scores.save(a_result(2569, "97.00", None, a_table(("97",) * 10)))
    assert Talk(store, EXECUTIVE).says("ถ้าประเมินวันนี้").bubbles[1].key == "forecast.at_the_top"


def test_what_is_not_confirmed_is_said(store):
    store.scores.save(a_result(2569, "99.00", None, FALLEN))
    answer(store, a_survey(store, missing=("E16",)), 40)
    card = Talk(store, EXECUTIVE).says("ถ้าประเมินวันนี้").bubbles[0]
    assert [doubt.key for doubt in card.doubts] == [
        "score.rule_unconfirmed", "forecast.result_contradicted", "forecast.questions_unconfirmed",
    ]  # fmt: skip


def test_a_gap_tells_the_question_its_score_and_what_others_did(store):
    answer(store, a_survey(store), 40, weak=("E13", "E9", "E1"))
    talk = Talk(store, EXECUTIVE)
    card = talk.says("ช่องว่างของแผน").bubbles[0]
    assert [row.label.facts["code"] for row in card.rows] == ["E1", "E13"], "a measure names E9"
    assert "บริการออนไลน์อย่างน้อย 3 เรื่อง" in talk.words
    assert "ประชาสัมพันธ์ขั้นตอนบริการให้ทั่วถึง" in talk.words, "by the indicator where no plan names the question"


def test_where_every_weak_question_has_its_measure_it_is_said(store):
    answer(store, a_survey(store), 40)
    store.measures.kept.append(a_measure(4, plan_year=YEAR, indicators=(6, 7, 8)))
    assert Talk(store, EXECUTIVE).says("ช่องว่างของแผน").key == "survey_gaps.none"


def test_without_a_rehearsal_there_are_no_gaps_to_see(store):
    assert Talk(store, EXECUTIVE).says("ช่องว่างของแผน").key == "survey_gaps.nothing_to_compare"
    answer(store, a_survey(store, Kind.INSIDERS), 3)
    assert Talk(store, EXECUTIVE).says("ช่องว่างของแผน").key == "survey_gaps.nothing_to_compare"
