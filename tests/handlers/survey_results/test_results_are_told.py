"""The results of a survey in the chat: who sees which, and that too few people are never told of."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers.kit import Card, Go, Link
from handlers.surveying.survey_result_cards import THEMES
from itadomain.frameworks.shape import Confidence
from itadomain.organisation import Unit
from itadomain.people import Role
from itadomain.surveys.releasing import release
from itadomain.surveys.survey import FEWEST, Ballot, Kind, Mark, Standing
from itadomain.surveys.themes import LEXICON, OTHER
from tests.fakes import TODAY, a_measure, a_person, a_result, an_agency
from tests.rehearsed import YEAR, a_survey, answer, confirmed, points
from tests.talk import Talk

EXECUTIVE, ADMIN = a_person(Role.EXECUTIVE), a_person(Role.ADMIN)
SECRETARY, HEAD = a_person(Role.STAFF, unit="สำนักปลัด"), a_person(Role.HEAD, unit="กองคลัง")
STAFF, OFFICER = a_person(Role.STAFF, unit="กองช่าง"), a_person(Role.OFFICER)
INTEGRITY, CITIZEN = a_person(Role.INTEGRITY), a_person()
WHOLE = {"executive": EXECUTIVE, "admin": ADMIN, "secretary": SECRETARY}
NONE = {"staff": STAFF, "officer": OFFICER, "integrity": INTEGRITY, "citizen": CITIZEN}
OF_A_ROUND = ("of", "items", "months", "units", "points", "answered", "said", "read")


@pytest.fixture
def store():
    agency = an_agency(a_result(2569, "92.40", None))
    agency.units.save(Unit("สำนักปลัด", "สำนักปลัด", secretariat=True))
    for name in ("กองคลัง", "กองช่าง"):
        agency.units.save(Unit(name, name))
    points(agency, {"K7Q2": "กองคลัง", "B3C4": "กองช่าง"})
    return agency


@pytest.fixture
def survey(store):
    made = a_survey(store)
    answer(store, made, 24, best=0.75, weak=("E13",), point="K7Q2", why=["รอนานมาก"] * 8 + ["สุภาพดี"] * 3)
    answer(store, made, 12, best=0.5, point="B3C4", on=date(2026, 12, 3))
    return made


def test_every_theme_has_a_name():
    assert set(THEMES) == {*LEXICON, OTHER}


def go(label_key, reply):
    return next(tap for tap in reply.taps if isinstance(tap, Go) and tap.label.key == label_key)


def test_the_script_an_executive_asks_for_results_and_reads_on(store, survey):
    talk = Talk(store, EXECUTIVE)
    told = talk.says("ผลแบบสำรวจ")
    card = told.bubbles[0]
    assert (card.key, card.number) == ("survey_results.in_short", Decimal("63.33"))
    assert "แบบสำรวจของหน่วยงาน ไม่ใช่แบบ EIT ของ ป.ป.ช." in talk.words
    assert [bar.label.key for bar in card.bars] == ["survey_results.beside"] * 3, "each beside its last official points"
    assert "ผลทางการปี 2569: 91.00" in talk.words
    assert "ผลทางการ EIT ปี 2569: 90" in talk.words
    assert card.rows[0].label.facts["code"] == "E13"
    themes = talk.taps(go("survey_results.tap_said", told)).bubbles[0]
    assert [(row.label.key, row.value) for row in themes.rows] == [("survey_results.theme_waiting", 8)]
    assert "สุภาพดี" not in talk.words


def test_the_whole_leads_to_every_part_and_to_its_files(store, survey):
    talk = Talk(store, EXECUTIVE)
    told = talk.says("ผลแบบสำรวจ")
    assert [tap.uri for tap in told.taps if isinstance(tap, Link)] == ["paper:survey:s1:xlsx", "paper:survey:s1:csv"]
    for tap in told.taps:
        if isinstance(tap, Go) and tap.to.startswith("survey_results."):
            assert isinstance(talk.taps(tap).bubbles[0], Card), tap.to


@pytest.mark.parametrize("who", WHOLE)
@pytest.mark.parametrize("step", OF_A_ROUND)
def test_those_who_look_after_all_see_every_part(store, survey, who, step):
    assert isinstance(Talk(store, WHOLE[who]).taps(f"survey_results.{step}", id=survey.id).bubbles[0], Card)


@pytest.mark.parametrize("who", NONE)
@pytest.mark.parametrize("step", ["newest", "unit", *OF_A_ROUND])
def test_nobody_else_sees_anything_of_it(store, survey, who, step):
    talk = Talk(store, NONE[who])
    refused = talk.taps(f"survey_results.{step}", id=survey.id, unit="กองคลัง")
    assert refused.key == ("help.not_allowed" if who == "citizen" else "survey_results.not_yours")
    assert "63.33" not in talk.words


def test_a_head_sees_the_own_unit_alone(store, survey):
    talk = Talk(store, HEAD)
    card = talk.says("ผลแบบสำรวจ").bubbles[0]
    assert (card.title, card.number) == ("กองคลัง", Decimal("70.00"))
    assert "ผลทางการ" not in talk.words, "that is the whole agency's"
    for step in set(OF_A_ROUND) - {"of"}:
        assert talk.taps(f"survey_results.{step}", id=survey.id).key == "survey_results.not_yours", step
    assert talk.taps("survey_results.unit", id=survey.id, unit="กองช่าง").key == "survey_results.not_yours"


def test_a_head_of_two_units_goes_from_one_to_the_other(store, survey):
    both = replace(HEAD, posts=(*HEAD.posts, *a_person(Role.HEAD, unit="กองช่าง").posts))
    told = Talk(store, both).says("ผลแบบสำรวจ")
    (other,) = [tap for tap in told.taps if isinstance(tap, Go)]
    assert Talk(store, both).taps(other).bubbles[0].title == "กองช่าง"


def test_of_fewer_than_five_nothing_is_told_whoever_asks(store):
    survey = a_survey(store)
    answer(store, survey, FEWEST - 1, point="K7Q2", why=["ลับ"] * (FEWEST - 1))
    for who in (EXECUTIVE, HEAD):
        talk = Talk(store, who)
        assert talk.says("ผลแบบสำรวจ").key in {"survey_results.too_few", "survey_results.too_few_of"}
        for step in ("of", "items", "months", "units", "points", "said", "read"):
            talk.taps(f"survey_results.{step}", id=survey.id)
            assert "ลับ" not in talk.words
            assert "100" not in talk.words


def test_a_service_point_of_too_few_is_not_there(store, survey):
    answer(store, survey, 4, best=0, point="XXXX")
    talk = Talk(store, EXECUTIVE)
    parts = talk.taps("survey_results.points", id=survey.id).bubbles[0]
    assert {(bar.label.facts["name"], bar.label.facts["people"]) for bar in parts.bars} == {
        ("จุดกองช่าง", 12), ("จุดกองคลัง", 24),
    }  # fmt: skip
    assert not parts.rows


def test_a_part_that_too_few_told_enough_of_is_named_without_a_figure(store):
    """Who skips everything that counts is a person, and no figure."""
    own = replace(confirmed(Kind.OUTSIDERS)[1], code="A1", instrument=None, indicator=None)
    survey = a_survey(store, items=[*confirmed(Kind.OUTSIDERS), own])
    for _ in range(6):
        store.ballots.put(Ballot(survey.id, "K7Q2", {"A1": 3}))
    release(store, TODAY)
    (row,) = Talk(store, EXECUTIVE).taps("survey_results.points", id=survey.id).bubbles[0].rows
    assert (row.label, row.value.key) == ("จุดกองคลัง", "survey_results.hidden")


def test_months_are_told_in_their_order(store, survey):
    talk = Talk(store, EXECUTIVE)
    bars = talk.taps("survey_results.months", id=survey.id).bubbles[0].bars
    assert [bar.label.facts["name"].th for bar in bars] == ["พ.ย. 2569", "ธ.ค. 2569"]


def test_what_does_not_count_stands_apart(store):
    items = [replace(one, confidence=Confidence.LOW) if one.code == "E2" else one for one in confirmed(Kind.OUTSIDERS)]
    survey = a_survey(store, items=items)
    answer(store, survey, 10)
    talk = Talk(store, EXECUTIVE)
    first = talk.taps("survey_results.items", id=survey.id)
    assert [card.key for card in first.bubbles] == ["survey_results.items"]
    second = talk.taps(go("survey_results.tap_more", first))
    assert [(card.key, len(card.rows)) for card in second.bubbles] == [
        ("survey_results.items", 4), ("survey_results.items_apart", 1),
    ]  # fmt: skip
    assert "survey_results.tap_more" not in [tap.label.key for tap in second.taps]


def test_where_nothing_is_confirmed_there_is_no_score_and_it_is_said(store):
    items = [replace(one, confidence=Confidence.LOW) for one in confirmed(Kind.OUTSIDERS)]
    answer(store, a_survey(store, items=items, missing=("E16",)), 10)
    talk = Talk(store, EXECUTIVE)
    card = talk.says("ผลแบบสำรวจ").bubbles[0]
    assert (card.number, card.text.key) == (None, "survey_results.nothing_counts")
    assert [doubt.key for doubt in card.doubts] == [
        "survey_results.few", "survey_results.unconfirmed", "survey_results.missing",
    ]  # fmt: skip


def test_after_visits_it_is_one_to_five_and_no_score_of_the_assessment(store):
    survey = a_survey(store, Kind.VISIT)
    answer(store, survey, 20, best=0.75, point="K7Q2")
    talk = Talk(store, EXECUTIVE)
    card = talk.says("ผลแบบสำรวจ").bubbles[0]
    assert (card.number, card.tag.key) == (Decimal("4.00"), "survey_results.of_five")
    assert [(bar.label.facts["no"], bar.label.facts["count"]) for bar in card.bars] == [
        (5, 15),
        (4, 0),
        (3, 0),
        (2, 0),
        (1, 5),
    ]
    for step in OF_A_ROUND:
        talk.taps(f"survey_results.{step}", id=survey.id)
    assert Talk(store, HEAD).says("ผลแบบสำรวจ").bubbles[0].number == Decimal("4.00")


def test_of_several_rounds_one_is_picked(store, survey):
    answer(store, a_survey(store, Kind.INSIDERS), 10)
    talk = Talk(store, EXECUTIVE)
    asked = talk.says("ผลแบบสำรวจ")
    assert talk.offered(asked) == ["คนในหน่วยงาน 2570", "ผู้รับบริการ 2570"]
    assert talk.taps(asked.taps[1]).bubbles[0].number == Decimal("63.33")


def test_who_answered_and_who_stopped_is_counted(store, survey):
    for nth in range(7):
        store.participation.save(survey.id, f"x{nth}", Mark(Standing.STARTED, date(2026, 11, 1), reached=3))
    store.participation.save(survey.id, "y", Mark(Standing.STARTED, date(2026, 11, 1), reached=9))
    card = Talk(store, EXECUTIVE).taps("survey_results.answered", id=survey.id).bubbles[0]
    figures = {row.label.key: row.value for row in card.rows}
    assert figures["survey_results.told"] == 35
    few = {key for key, value in figures.items() if getattr(value, "key", "") == "survey_results.fewer"}
    assert few == {"survey_results.waiting", "survey_results.elsewhere"}
    assert [(row.label.facts["no"], row.value) for row in card.rows if row.label.facts] == [(3, 5)], "not who is alone"


def test_of_fewer_than_five_it_is_said_and_no_figure(store):
    survey = a_survey(store)
    for nth in range(4):
        store.participation.save(survey.id, f"x{nth}", Mark(Standing.ANSWERED, TODAY))
    talk = Talk(store, EXECUTIVE)
    card = talk.taps("survey_results.answered", id=survey.id).bubbles[0]
    assert (card.key, card.number) == ("survey_results.response_few", None)
    assert {row.value.key for row in card.rows} == {"survey_results.fewer"}
    assert "น้อยกว่า 5 คน" in talk.words


def test_of_a_round_of_long_ago_it_is_said_that_who_was_asked_is_not_kept(store, survey):
    store.surveys.save(replace(survey, closed_on=date(2026, 1, 1)))
    talk = Talk(store, EXECUTIVE)
    card = talk.taps("survey_results.answered", id=survey.id).bubbles[0]
    gone = {row.label.key for row in card.rows if getattr(row.value, "key", "") == "survey_results.not_kept"}
    assert gone == {"survey_results.invited", "survey_results.started", "survey_results.elsewhere"}
    assert (card.number, card.text) == (35, None)
    assert "ไม่เก็บไว้แล้ว" in talk.words


def test_the_share_of_those_who_were_asked_is_told_while_it_is_known(store, survey):
    talk = Talk(store, EXECUTIVE)
    assert talk.taps("survey_results.answered", id=survey.id).bubbles[0].text is None, "nobody is marked any more"
    for nth in range(64):
        standing = Standing.ANSWERED if nth < 36 else Standing.INVITED
        store.participation.save(survey.id, f"x{nth}", Mark(standing, TODAY))
    card = talk.taps("survey_results.answered", id=survey.id).bubbles[0]
    assert (card.number, card.text.facts["percent"]) == (35, 58)
    few = a_survey(store)
    for nth in range(49):
        store.participation.save(few.id, f"x{nth}", Mark(Standing.ANSWERED, TODAY))
    assert talk.taps("survey_results.answered", id=few.id).bubbles[0].text is None, "at every fifth it is too far off"


def test_without_a_survey_it_is_said(store):
    assert Talk(store, EXECUTIVE).says("ผลแบบสำรวจ").key == "survey_results.none"
    assert Talk(store, EXECUTIVE).taps("survey_results.of", id="gone").key == "survey_results.gone"


def test_the_longest_survey_fits_a_bubble_in_both_languages(store):
    survey = a_survey(store, Kind.INSIDERS, items=confirmed(Kind.INSIDERS, 2564))
    answer(store, survey, 40, best=0.8)
    talk = Talk(store, EXECUTIVE)
    reply = talk.taps("survey_results.items", id=survey.id)
    while "survey_results.tap_more" in [tap.label.key for tap in reply.taps]:
        reply = talk.taps(go("survey_results.tap_more", reply))
    talk.taps("survey_results.of", id=survey.id)


def test_a_measure_shows_what_its_question_scores(store, survey):
    store.measures.kept.append(a_measure(plan_year=YEAR, questions=("e13",)))
    talk = Talk(store, STAFF)
    talk.taps("measures.one", id="m1")
    assert "คะแนนจำลอง E13" in talk.words
    assert "ตัวชี้วัดที่ 8: คะแนนจำลอง" in talk.words
    assert "ผลทางการปี 2569: 90.00" in talk.words
    citizen = Talk(store, CITIZEN, user="U2")
    citizen.taps("measures.one", id="m1")
    assert "คะแนนจำลอง" not in citizen.words


def test_before_anything_was_open_a_keeper_is_led_to_opening_it(store):
    talk = Talk(store, ADMIN)
    assert talk.offered(talk.says("ผลแบบสำรวจ"))[0] == "เปิดรอบใหม่"
    assert Talk(store, EXECUTIVE).says("ผลแบบสำรวจ").key == "survey_results.none"


def test_a_round_without_confirmed_questions_is_told_without_a_dash(store):
    made = a_survey(store)
    made = replace(made, questionnaire=replace(made.questionnaire, items=[
        replace(one, confidence=Confidence.LOW) for one in made.questionnaire.items
    ]))  # fmt: skip
    store.surveys.save(made)
    answer(store, made, 6)
    told = Talk(store, EXECUTIVE).says("ผลแบบสำรวจ")
    assert told.key == "survey_results.in_short_unscored"


def test_two_rounds_of_a_year_are_told_apart(store, survey):
    a_survey(store)
    talk = Talk(store, EXECUTIVE)
    told = talk.says("ผลแบบสำรวจ")
    assert talk.offered(told)[:2] == ["ผู้รับบริการ 2570 (2)", "ผู้รับบริการ 2570 (1)"]
    talk.taps("survey_results.of", id=survey.id)
    assert "รอบที่เปิดเมื่อ" in talk.words
