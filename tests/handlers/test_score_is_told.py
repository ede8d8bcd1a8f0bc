"""The score feature: who hears what of it."""

from decimal import Decimal

import pytest

from handlers.kit import Answer, Go
from itadomain.audit import Code
from itadomain.people import SECRETS_OF_SCORES, Role
from itadomain.scores import Result
from tests.fakes import CONTRADICTIONS, a_measure, a_person, a_result, a_sample, a_table, an_agency
from tests.talk import TODAY, Talk

INSIDE_ONLY = {"score.recomputed", "score.to_next", "score.instrument_to_next"}
CONTRADICTED = [Code.HEADLINE_DIFFERS, Code.GRADE_DIFFERS, Code.GRADE_UNKNOWN]
EXECUTIVE = a_person(Role.EXECUTIVE)


def keys(said) -> set[str]:
    """The keys of all sentences of a card."""
    return {one.key for one in (*said.notes, *said.doubts, *([said.warning] if said.warning else []))}


def steps(taps) -> list[str]:
    return [tap.to for tap in taps if isinstance(tap, Go)]


def test_the_script_a_mayor_asks_the_grade_and_then_a_part():
    talk = Talk(a_sample("thaimueang"), EXECUTIVE)
    grade = talk.says("ปีนี้เราได้เกรดอะไร")
    card = grade.bubbles[-1]
    assert grade.key == "score.not_published_yet"
    assert (card.key, card.number, card.tag.facts["grade"].en) == ("score.summary", Decimal("94.97"), "A")
    assert [(bar.label.facts["short"], bar.points) for bar in card.bars] == [
        ("IIT", Decimal("92.55")), ("EIT", Decimal("90.71")), ("OIT", Decimal("100.00")),
    ]  # fmt: skip
    assert card.rows[0].value == Decimal("87.53")
    assert steps(card.taps) == ["score.lowest", "score.which", "score.official", "score.compare"]
    assert "อีก 0.03 คะแนนจะถึงระดับ AA" in talk.words
    assert "ปีงบประมาณปัจจุบันคือ 2570" in talk.words
    part = talk.says("การสื่อสารได้เท่าไร")
    assert (part.key, part.facts["no"], part.facts["points"]) == ("score.one_indicator", 7, Decimal("87.53"))
    assert "ประสิทธิภาพการสื่อสาร ได้ 87.53 คะแนน" in talk.words


def test_the_taps_of_the_card_lead_on():
    talk = Talk(a_sample("thaimueang"), EXECUTIVE)
    lowest, which, official, compare = talk.says("คะแนนล่าสุดเท่าไร").bubbles[0].taps
    assert talk.taps(lowest).key == "score.lowest"
    assert talk.taps(official).key == "score.official_differs"
    assert talk.taps(compare).key == "score.only_one_year"
    question = talk.taps(which)
    assert question.key == "score.which_part"
    assert talk.taps(question.taps[6]).facts["points"] == Decimal("87.53")


@pytest.mark.parametrize("code", CONTRADICTED)
def test_a_citizen_sees_a_contradicted_figure_as_not_confirmed_and_no_more(code):
    talk = Talk(an_agency(CONTRADICTIONS[code][0]), a_person())
    card = talk.says("คะแนนล่าสุดเท่าไร").bubbles[0]
    assert (card.key, card.warning.key) == ("score.summary_unconfirmed", "score.not_confirmed")
    assert not card.doubts
    assert not keys(card) & INSIDE_ONLY
    assert "score.official" not in steps(card.taps)
    assert "ยังไม่ยืนยัน" in talk.words


@pytest.mark.parametrize("code", Code)
def test_a_citizen_never_hears_a_finding_anywhere(code):
    talk = Talk(an_agency(CONTRADICTIONS[code][0], a_result(2563)), a_person())
    for step in ("score.now", "score.lowest", "score.which", "score.part", "score.compare", "office.about"):
        reply = talk.taps(step, year=2565)
        assert "finding." not in repr(reply)
        assert not any(key in repr(reply) for key in INSIDE_ONLY)
    talk.taps("score.part", year=2565, indicator=10)
    assert "97.01" not in talk.words


@pytest.mark.parametrize("code", Code)
@pytest.mark.parametrize("role", sorted(SECRETS_OF_SCORES))
def test_those_who_answer_for_it_see_the_finding_the_recomputation_and_the_distance(code, role):
    talk = Talk(an_agency(CONTRADICTIONS[code][0]), a_person(role))
    card = talk.says("คะแนนล่าสุดเท่าไร").bubbles[0]
    assert [doubt.key for doubt in card.doubts] == [f"finding.{code}"]
    assert "score.recomputed" in keys(card)
    assert ("score.to_next" in keys(card)) == (code not in {Code.GRADE_UNKNOWN, Code.GRADE_DIFFERS})
    assert "score.official" in steps(card.taps)
    official = talk.taps("score.official").bubbles[0]
    assert (official.key, [doubt.key for doubt in official.doubts]) == ("score.official_differs", [f"finding.{code}"])


@pytest.mark.parametrize("role", sorted(set(Role) - SECRETS_OF_SCORES))
def test_other_roles_see_what_a_citizen_sees(role):
    talk = Talk(an_agency(CONTRADICTIONS[Code.HEADLINE_DIFFERS][0]), a_person(role))
    card = talk.says("คะแนนล่าสุดเท่าไร").bubbles[0]
    assert card.warning.key == "score.not_confirmed"
    assert not card.doubts
    assert talk.taps("score.official").key == "help.not_allowed"


def test_a_result_that_adds_up_is_told_without_doubt(executive):
    card = executive.says("คะแนนล่าสุดเท่าไร").bubbles[0]
    assert (card.warning, card.doubts) == (None, [])
    assert "score.official" not in steps(card.taps)
    assert executive.says("คะแนนทางการคือเท่าไร").key == "score.official_agrees"


def test_a_citizen_who_asks_for_the_official_figure_gets_the_published_one(citizen):
    assert citizen.says("คะแนนทางการคือเท่าไร").key == "score.summary"


def test_a_forged_tap_opens_nothing(citizen):
    assert citizen.taps("score.official").key == "help.not_allowed"
    assert citizen.taps("score.official", year=2565, official=1).key == "help.not_allowed"
    assert citizen.taps("score.now", official=1, year=2565).key == "score.summary"


@pytest.mark.parametrize("values", [{"year": "abc"}, {"year": ""}, {"year": "9" * 250}, {"year": "2565.0"}])
def test_a_forged_year_is_as_good_as_none(citizen, values):
    assert citizen.taps("score.now", **values).key == "score.summary"


def test_disputed_points_of_an_indicator():
    result = CONTRADICTIONS[Code.TABLES_DISAGREE][0]
    inside, outside = Talk(an_agency(result), EXECUTIVE), Talk(an_agency(result), a_person())
    told = inside.means("ask_indicator_score", indicator=10)
    assert [said.key for said in told.bubbles] == ["score.one_indicator", "score.also_printed"]
    assert "97.01" in inside.words
    told = outside.means("ask_indicator_score", indicator=10)
    assert [said.key for said in told.bubbles] == ["score.one_indicator", "score.parts_not_confirmed"]
    assert outside.taps("score.lowest").bubbles[0].doubts[0].key == "score.parts_not_confirmed"


def test_an_instrument_is_told_by_its_name(citizen):
    reply = citizen.says("eit ได้เท่าไหร่")
    assert (reply.key, reply.facts["short"], reply.facts["points"]) == ("score.one_instrument", "EIT", 90)


def test_the_lowest_come_first(citizen):
    card = citizen.says("ข้อไหนต่ำสุด").bubbles[0]
    assert [bar.points for bar in card.bars] == sorted(bar.points for bar in card.bars)
    assert len(card.bars) == 10
    assert card.summary.facts["points"] == 86


@pytest.mark.parametrize(("no", "passed"), [(0, False), (1, True)])
def test_a_bar_passes_from_85_on(no, passed):
    points = ("84.99", "85.00", *["90.00"] * 8)
    bars = Talk(an_agency(a_result(2565, None, None, a_table(points)))).says("ข้อไหนต่ำสุด").bubbles[0].bars
    assert bars[no].passed is passed


@pytest.mark.parametrize("asked", ["ปีนี้เราได้เกรดอะไร", "ปีที่แล้วได้เกรดอะไร"])
def test_a_year_that_is_not_out_or_not_here_is_said(citizen, asked):
    reply = citizen.says(asked)
    if "ปีนี้" in asked:
        assert [said.key for said in reply.bubbles] == ["score.not_published_yet", "score.summary"]
        assert reply.facts == {"year": 2570, "newest": 2565}
    else:
        assert reply.key == "score.none_of_year"
        assert reply.facts["known"] == [2565]
        assert steps(reply.taps) == ["score.now", "measures.everything", "help.menu"]
        assert citizen.taps(reply.taps[0]).key == "score.summary"


@pytest.mark.parametrize("step", ["score.now", "score.lowest", "score.which", "score.part"])
def test_a_year_before_the_present_form_is_refused(citizen, step):
    reply = citizen.taps(step, year=2561)
    assert reply.key == "score.before_frameworks"
    assert reply.facts == {"year": 2561, "oldest": 2562}


def test_a_year_later_than_the_newest_rule_borrows_it_and_says_so(citizen):
    reply = citizen.means("ask_score", year=2571)
    assert [said.key for said in reply.bubbles] == [
        "score.not_published_yet", "score.framework_assumed", "score.summary",
    ]  # fmt: skip
    assert reply.bubbles[1].facts == {"year": 2571, "newest": 2570}


def test_a_result_of_a_year_without_a_rule_of_its_own_is_not_confirmed():
    card = Talk(an_agency(a_result(2571, "92.40", None))).says("คะแนนล่าสุดเท่าไร").bubbles[0]
    assert "score.framework_assumed" in keys(card)


@pytest.mark.parametrize(("year", "told"), [(2565, False), (2566, True), (2568, False), (2570, True)])
def test_an_unconfirmed_rule_is_called_so(year, told):
    card = Talk(an_agency(a_result(year, "92.40", None))).says("คะแนนล่าสุดเท่าไร").bubbles[0]
    assert ("score.rule_unconfirmed" in keys(card)) is told


@pytest.mark.parametrize("asked", ["คะแนนล่าสุดเท่าไร", "ข้อไหนต่ำสุด", "ขอดูรายตัวชี้วัด", "เทียบกับปีก่อน", "ปีนี้เราได้เกรดอะไร"])
def test_an_agency_without_a_result_offers_its_measures(asked):
    talk = Talk(an_agency(a_measure(1), a_measure(2)), a_person())
    reply = talk.says(asked)
    assert (reply.key, steps(reply.taps)) == ("score.none_at_all", ["measures.everything", "help.menu"])
    assert talk.offered(reply) == ["มาตรการทั้งหมด", "เมนู"]
    assert talk.taps(reply.taps[0]).key == "measures.list"


def test_an_empty_agency_still_offers_the_menu():
    talk = Talk(an_agency(), a_person())
    assert steps(talk.says("คะแนนล่าสุดเท่าไร").taps) == ["help.menu"]


@pytest.mark.parametrize(
    ("old", "new", "key", "change"),
    [
        ("90.00", "92.40", "score.up", "2.40"),
        ("95.10", "92.40", "score.down", "2.70"),
        ("92.40", "92.40", "score.same", 0),
    ],
)
def test_two_years_are_compared(old, new, key, change):
    talk = Talk(an_agency(a_result(2564, old, None), a_result(2565, new, None)))
    card = talk.says("เทียบกับปีก่อน").bubbles[0]
    assert (card.key, card.summary.facts["change"]) == (key, Decimal(change))
    assert [bar.points for bar in card.bars] == [Decimal(old), Decimal(new)]
    assert "score.rules_changed" not in keys(card)


def test_years_under_different_rules_are_not_equated():
    talk = Talk(an_agency(a_result(2565), a_result(2567, "92.40", "ผ่านดี")))
    assert "score.rules_changed" in keys(talk.says("เทียบกับปีก่อน").bubbles[0])


def test_only_the_years_asked_for_are_compared():
    talk = Talk(an_agency(*(a_result(year) for year in range(2562, 2566))))
    card = talk.means("ask_trend", years=[2563, 2565]).bubbles[0]
    assert [bar.label.facts["year"] for bar in card.bars] == [2563, 2565]


@pytest.mark.parametrize("answer", ["7", " 7 ", "eit", "OIT"])
def test_a_part_may_be_typed(citizen, answer):
    citizen.says("ขอดูรายตัวชี้วัด")
    assert citizen.says(answer).key in {"score.one_indicator", "score.one_instrument"}


def test_a_part_may_be_named_in_words(citizen):
    citizen.says("ขอดูรายตัวชี้วัด")
    assert citizen.says("การสื่อสารได้เท่าไร").facts["no"] == 7


def test_the_question_stays_with_the_year_it_was_asked_for():
    talk = Talk(an_agency(a_result(2564, None, None, a_table(["80.00"] * 10)), a_result(2565)))
    question = talk.taps("score.which", year=2564)
    assert next(tap for tap in question.taps if isinstance(tap, Answer)).value == "1"
    assert talk.answers("7").facts["points"] == 80
    assert talk.says("7").key == "help.not_understood"


def test_thai_and_english_say_the_same_figures(agency):
    thai = Talk(agency, a_person())
    thai.says("คะแนนล่าสุดเท่าไร")
    english = Talk(agency, a_person(language="en"))
    english.says("คะแนนล่าสุดเท่าไร")
    assert "Latest published result: 2565, 92.40 points, grade A" in english.words
    assert "2565 ได้ 92.40 คะแนน ระดับ A" in thai.words


def test_every_answer_names_the_running_year(talk):
    begun = talk(today=TODAY.replace(month=9, day=30))
    for asked in ("คะแนนล่าสุดเท่าไร", "ข้อไหนต่ำสุด", "การสื่อสารได้เท่าไร", "เทียบกับปีก่อน"):
        begun.says(asked)
        assert "ปีงบประมาณปัจจุบันคือ 2569" in begun.words


def test_a_headline_alone_is_told(agency):
    agency.scores.save(Result(a_result(2566).fiscal_year, "ประกาศ", a_result(2566, grade="ผ่านดี").headlines))
    card = Talk(agency, EXECUTIVE).says("คะแนนล่าสุดเท่าไร").bubbles[0]
    assert (card.number, card.rows_title, list(card.bars)) == (Decimal("92.40"), None, [])


@pytest.mark.parametrize("others", [[], [a_result(2563)]])
def test_a_comparison_tells_a_contradicted_figure_as_not_confirmed(others):
    talk = Talk(an_agency(CONTRADICTIONS[Code.HEADLINE_DIFFERS][0], *others), a_person())
    talk.says("เทียบกับปีก่อน")
    assert "92.43" in talk.words
    assert "ยังไม่ยืนยัน" in talk.words


@pytest.mark.parametrize("values", [{}, {"year": 2565}])
@pytest.mark.parametrize("step", ["score.which", "score.lowest"])
def test_a_result_without_a_table_is_not_denied(step, values):
    headline = a_result()
    talk = Talk(an_agency(Result(headline.fiscal_year, headline.document, headline.headlines)), EXECUTIVE)
    assert talk.taps(step, **values).key not in {"score.none_at_all", "score.none_of_year"}


def test_the_highest_is_told(citizen):
    assert citizen.means("ask_indicator_score", highest=True).key != "score.which_part"


def test_forged_years_are_as_good_as_none(citizen):
    assert citizen.taps("score.compare", years="abc").key == "score.only_one_year"


def test_only_the_newest_result_is_called_the_latest():
    talk = Talk(an_agency(a_result(2565), a_result(2564)), a_person())
    talk.means("ask_score", year=2564)
    assert "ผลปี 2564" in talk.words
    assert "ผลล่าสุดที่ประกาศ: ปี 2564" not in talk.words


def test_years_that_are_not_kept_are_compared_with_those_that_are():
    talk = Talk(an_agency(a_result(2565), a_result(2564)), a_person())
    assert talk.means("ask_trend", years=[2563, 2565]).key in {"score.up", "score.down", "score.same"}


def test_a_year_without_a_total_is_not_compared():
    empty = Result(a_result(2564).fiscal_year, "เอกสาร")
    talk = Talk(an_agency(a_result(2565), empty), a_person())
    assert talk.says("เทียบกับปีก่อน").key == "score.only_one_year"


def test_a_headline_alone_was_not_worked_out_again():
    kept = a_result(2565)
    talk = Talk(an_agency(Result(kept.fiscal_year, kept.document, kept.headlines)), EXECUTIVE)
    assert talk.taps("score.official").key == "score.official_alone"


@pytest.mark.parametrize("year", ["9" * 30, "-1", "12"])
def test_a_year_of_no_age_is_as_good_as_none(citizen, year):
    assert citizen.taps("score.now", year=year).key == "score.summary"


@pytest.mark.parametrize("typed", ["ข้อ7", "ข้อ ๗", "ข้อที่ 7", "7.", "๗", "การสื่อสาร", "ประสิทธิภาพการสื่อสาร"])
def test_a_part_is_named_as_people_name_it(citizen, typed):
    citizen.says("ขอดูรายตัวชี้วัด")
    assert citizen.says(typed).facts["no"] == 7


@pytest.mark.parametrize("year", [2566, 2570])
def test_an_unconfirmed_rule_is_said_wherever_the_grade_is(year):
    talk = Talk(an_agency(a_result(year, grade="ผ่านดี")), EXECUTIVE)
    for step in ("score.now", "score.lowest", "score.official", "score.compare", "office.about"):
        talk.taps(step)
        assert "ยังไม่ยืนยัน" in talk.words, step


def test_cards_in_a_group_are_read_and_not_tapped():
    talk = Talk(an_agency(a_result()), group="C1")
    card = talk.means("ask_score").bubbles[0]
    assert list(card.taps) == []
