"""Scores in the forms in which papers print them, and what must be asked because they do not add up."""

from decimal import Decimal

import pytest

from itadomain.audit import Code as Sum
from itadomain.documents.doubts import Ask, Code
from itadomain.documents.reader import read
from itadomain.frameworks.shape import Instrument
from tests.domain.documents.papers import AGENCY, PLAN, TEN, THAI_DIGITS, TOTAL, asked, noticed, paper, result

IIT, EIT, OIT = Instrument
RIGHT = {no: Decimal(points) for no, (_, points) in enumerate(TEN, 1)}
TABLE = [["ตัวชี้วัด", "คะแนน"], *map(list, TEN)]


def only(reading):
    assert len(reading.result.tables) == 1
    return reading.result.tables[0]


@pytest.mark.parametrize("rows", [
    TABLE,
    [["อันดับ", "ตัวชี้วัด", "คะแนน"], *[[str(at), *row] for at, row in enumerate(sorted(TEN), 1)]],
    [["คะแนน", "ตัวชี้วัด"], *[[points, name] for name, points in TEN]],
    [["ที่", "ตัวชี้วัด", "คะแนนเต็ม", "คะแนนที่ได้"], *[[str(at), name, "100", points] for at, (name, points) in enumerate(TEN, 4)]],
    [["ตัวชี้วัด", "ประเด็น"], *[[f"{at}. {name} {points} คะแนน", ""] for at, (name, points) in enumerate(TEN, 1)]],
    [["ตัวชี้วัด", "ร้อยละ"], *[[f"{at}) {name}".translate(THAI_DIGITS), f"ร้อยละ {points}".translate(THAI_DIGITS)] for at, (name, points) in enumerate(TEN, 1)]],
    [["ตัวชี้วัด", "ปี 2564", "ปี 2565", "เพิ่มขึ้น"], *[[name, "70.00", points, "1.00"] for name, points in TEN]],
    [[name for name, _ in TEN], [points for _, points in TEN]],
])  # fmt: skip
def test_indicators_are_known_by_their_names(rows):
    assert only(result(rows)).indicators == RIGHT


def test_lines_of_indicators_are_a_table():
    lines = [f"ตัวชี้วัดที่ {at} {name} {points} คะแนน" for at, (name, points) in enumerate(TEN, 1)]
    assert only(result(*lines)).indicators == RIGHT


def test_parts_on_two_pages_are_one_table_and_a_copy_is_none():
    reading = result(TABLE[:6], "- 2 -", [TABLE[0], *TABLE[6:]], "สรุปอีกครั้ง", TABLE, [TABLE[0], TABLE[2]])
    assert only(reading).indicators == RIGHT


@pytest.mark.parametrize(("name", "no"), [
    ("การใช้ทรัพย์สินของทางราชการ", 4), ("การแก้ไขปัญหาของการทุจริต", 5), ("การแก้ไขปัญหาทุจริต", 5), ("การปรับปรุงการทำงาน", 8),
    ("ประสิทธิภาพการดำเนินงาน", 7), ("ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต", 10), ("การปรับปรุงระบบการทา งาน", 8),
])  # fmt: skip
def test_other_wordings_of_a_name_are_the_same_indicator(name, no):
    assert only(result([["ตัวชี้วัด", "คะแนน"], [name, "77.70"]])).indicators == {no: Decimal("77.70")}


FORMS = [
    ["แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)", "30", "85.00"],
    ["แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)", "30", "83.00"],
    ["แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)", "40", "95.00"],
]


def test_instruments_weights_and_total_of_a_table():
    reading = result([["เครื่องมือ", "น้ำหนัก", "คะแนน"], *FORMS, ["คะแนนรวม", "100", TOTAL]])
    assert only(reading).instruments == {IIT: 85, EIT: 83, OIT: 95}
    assert (reading.result.weights, reading.result.headline.total) == ({IIT: 30, EIT: 30, OIT: 40}, Decimal(TOTAL))
    assert asked(reading) == []


def test_a_row_for_each_agency():
    other = ["องค์การบริหารส่วนตำบลทุ่งใส", "80.00", "80.00", "80.00", "80.00", "B"]
    reading = result(
        [["หน่วยงาน", "IIT", "EIT", "OIT", "คะแนนรวม", "ระดับ"], other, [AGENCY, "85.00", "83.00", "95.00", TOTAL, "A"]]
    )
    assert only(reading).instruments == {IIT: 85, EIT: 83, OIT: 95}
    assert (reading.result.headline.total, reading.result.headline.grade) == (Decimal(TOTAL), "A")


SAID = [
    "จากผลการประเมิน ITA พบว่า มีผลคะแนน {} คะแนน อยู่ในระดับ {}",
    "หน่วยงานได้คะแนนรวมเท่ากับร้อยละ {} จัดอยู่ในระดับ {}",
    "ผลคะแนน ITA ภาพรวม {} คะแนน ({})",
    "ได้ผลคะแนน {} คะแนน จากคะแนนเต็ม 100 คะแนน โดยมีผลการประเมินระดับ {}",
]


@pytest.mark.parametrize("sentence", SAID)
@pytest.mark.parametrize(
    ("total", "grade"), [("88.40", "A"), ("๘๘.๔๐", "A"), ("๘8.4๐", "A"), ("96", "AA"), ("93.2", "ผ่านดี")]
)
def test_a_total_in_a_sentence(sentence, total, grade):
    headline = result(sentence.format(total, grade)).result.headline
    assert (f"{headline.total}", headline.grade) == (total.translate(str.maketrans("๘๔๐", "840")), grade)


@pytest.mark.parametrize("sentence", [
    "จะต้องมีผลคะแนน 85 คะแนนขึ้นไป", "มีเป้าหมายคะแนน 90.00 คะแนน", "ทุกตัวชี้วัดมีระดับคะแนนมากกว่า 85.00", "ค่าเฉลี่ยของประเทศ 87.57 คะแนน",
    "ตัวชี้วัดที่มีคะแนนต่ำที่สุด คือ การใช้งบประมาณ มีคะแนน 75.15", "คะแนน 85.00 - 94.99 อยู่ในระดับ A", "ผลการประเมินแบ่งเป็น 7 ระดับ", "ตัวชี้วัดที่ต่ำสุดได้คะแนน 60.00 คะแนน",
])  # fmt: skip
def test_a_goal_a_band_and_another_ones_points_are_no_total(sentence):
    reading = result(TABLE, sentence)
    assert reading.result.headlines == ()


def test_the_graded_total_is_the_official_one_and_another_is_asked_about():
    reading = result("โดยมีคะแนนอยู่ที่ 86.81 คะแนน", TABLE, "มีผลคะแนน 88.40 คะแนน อยู่ในระดับ A")
    assert [headline.total for headline in reading.result.headlines] == [Decimal("88.40"), Decimal("86.81")]
    assert asked(reading) == [Ask.TOTAL]
    assert "86.81" in reading.result.headlines[1].where


def test_a_total_of_another_year_is_left_aside():
    before = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2564 ได้ 82.11 คะแนน ระดับ B"
    reading = read(paper(AGENCY, before, "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565 ได้ 88.40 คะแนน ระดับ A", TABLE))
    assert (reading.result.fiscal_year, len(reading.result.headlines), noticed(reading)) == (2565, 1, [Code.OTHER_YEAR])


def test_exchanged_instruments_are_found_and_nothing_is_mended():
    rows = [["หน่วยงาน", "IIT", "EIT", "OIT", "คะแนนรวม", "ระดับ"], [AGENCY, "85.00", "95.00", "83.00", TOTAL, "A"]]
    reading = result(rows)
    assert only(reading).instruments == {IIT: 85, EIT: 95, OIT: 83}
    assert (noticed(reading)[0], asked(reading)) == (Code.INSTRUMENTS_SWAPPED, [Ask.INSTRUMENTS])
    assert reading.questions[0].choices == ("EIT 95.00, OIT 83.00", "EIT 83.00, OIT 95.00")


def test_instruments_that_their_indicators_show_to_be_exchanged():
    reading = result("IIT มีคะแนนรวม 83.00 คะแนน", "EIT มีคะแนนรวม 85.00 คะแนน", TABLE)
    assert asked(reading) == [Ask.INSTRUMENTS]


def test_weighted_points_are_not_stored_as_scores():
    reading = result([["เครื่องมือ", "คะแนน"], ["IIT", "25.50"], ["EIT", "24.90"], ["OIT", "38.00"], ["รวม", TOTAL]])
    assert (reading.result.tables, noticed(reading), asked(reading)) == ((), [Code.WEIGHTED_POINTS], [Ask.WEIGHTED])


def test_a_wrong_grade_is_asked_about():
    reading = result(TABLE, "ผลคะแนน 88.40 คะแนน ระดับ AA")
    assert (noticed(reading), asked(reading)) == ([Sum.GRADE_DIFFERS], [Ask.GRADE])


def test_an_instrument_that_is_not_the_mean_of_its_indicators_is_asked_about():
    assert asked(result("IIT มีคะแนนรวม 86.00 คะแนน", TABLE)) == [Ask.MEAN]


def test_a_figure_that_cannot_be_read_is_asked_about():
    reading = result([["ตัวชี้วัด", "คะแนน"], ["การใช้งบประมาณ", "8?.00"], *map(list, TEN[2:])])
    assert (2 in only(reading).indicators, asked(reading)) == (False, [Ask.POINTS])


def test_two_columns_that_may_both_be_the_points_are_asked_about():
    reading = result([["ตัวชี้วัด", "ครั้งแรก", "ครั้งหลัง"], *[[name, "70.00", points] for name, points in TEN]])
    assert asked(reading) == [Ask.POINTS]


def test_five_indices_of_an_older_form_do_not_fill_the_ten():
    older = [
        "ความโปร่งใส",
        "ความพร้อมรับผิด",
        "ความปลอดจากการทุจริตในการปฏิบัติงาน",
        "วัฒนธรรมคุณธรรมในองค์กร",
        "คุณธรรมการทำงานในหน่วยงาน",
    ]
    reading = read(
        paper(
            AGENCY, "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2560", [["ดัชนี", "คะแนน"], *[[name, "80.10"] for name in older]]
        )
    )
    assert (reading.result, asked(reading)) == (None, [Ask.OLDER_INDICES])


def test_text_that_differs_from_the_table_is_asked_about():
    reading = result(TABLE, "ตัวชี้วัดที่ 2 การใช้งบประมาณ โดยรวมได้คะแนนเท่ากับร้อยละ 81.00 เป็นตัวชี้วัดที่ควรพัฒนา")
    assert (noticed(reading), asked(reading)) == ([Code.PROSE_DIFFERS], [Ask.POINTS])


def test_scores_without_a_year_are_taken_for_the_year_before_the_plan_and_asked_about():
    reading = read(paper(PLAN, AGENCY, TABLE))
    assert (reading.result.fiscal_year, asked(reading)) == (2566, [Ask.SCORE_YEAR])


def test_scores_without_any_year_wait_for_one():
    document = paper(AGENCY, TABLE)
    assert (read(document).result, asked(read(document))) == (None, [Ask.SCORE_YEAR])
    assert read(document, score_year=2565).result.fiscal_year == 2565


def test_points_are_not_taken_from_a_degree_of_success():
    rows = [[name, points, "ร้อยละ 100"] for name, points in TEN]
    assert only(result([["ตัวชี้วัด", "ผลคะแนน", "ระดับความสำเร็จ"], *rows])).indicators == RIGHT


def test_a_row_of_another_agency_alone_is_not_taken():
    other = ["องค์การบริหารส่วนตำบลทุ่งใส", "80.00", "80.00", "80.00", "80.00", "B"]
    assert result([["หน่วยงาน", "IIT", "EIT", "OIT", "คะแนนรวม", "ระดับ"], other]).result is None


def test_a_row_for_each_year_gives_the_newest():
    rows = [["ปี", *[name for name, _ in TEN]], ["2564", *["70.00"] * 10], ["2565", *[points for _, points in TEN]]]
    reading = result(rows)
    assert (only(reading).indicators, noticed(reading)) == (RIGHT, [Code.OTHER_YEAR])


def test_a_table_of_another_year_is_left_aside():
    before = [["ตัวชี้วัด", "คะแนน"], *[[name, "70.00"] for name, _ in TEN]]
    reading = result("ผลคะแนน ปี 2564", before, "ผลคะแนน ปี 2565", TABLE)
    assert (only(reading).indicators, noticed(reading)) == (RIGHT, [Code.OTHER_YEAR])


def test_indicators_beside_their_instrument_do_not_become_its_points():
    rows = [
        ["IIT", *TEN[0]],
        *[["", *row] for row in TEN[1:5]],
        ["EIT", *TEN[5]],
        ["", *TEN[6]],
        ["", *TEN[7]],
        ["OIT", *TEN[8]],
        ["", *TEN[9]],
    ]
    table = only(result([["เครื่องมือ", "ตัวชี้วัด", "คะแนน"], *rows]))
    assert (table.indicators, table.instruments) == (RIGHT, {})


def test_a_neighbours_total_is_not_ours():
    reading = result("มีผลคะแนนรวม 88.40 คะแนน ระดับ A", "เมื่อเทียบกับเทศบาลตำบลทุ่งใสซึ่งมีผลคะแนนรวม 96.10 คะแนน ระดับ AA")
    assert [f"{headline.total}" for headline in reading.result.headlines] == ["88.40"]


@pytest.mark.parametrize("part", [
    "หน่วยงานได้คะแนนประเมินเก้าสิบสองจุดสี่ห้าคะแนน อยู่ในระดับผ่านดี",
    [["ตัวชี้วัดที่", "คะแนน"], *[[str(at), points] for at, (_, points) in enumerate(TEN, 1)]],
])  # fmt: skip
def test_points_in_words_or_beside_a_number_only_are_asked_about(part):
    assert asked(result(part)) == [Ask.POINTS]


def test_a_part_of_a_table_torn_by_a_page_is_read_by_its_heading():
    rows = [["อันดับ", "ตัวชี้วัด", "คะแนน"], *[[str(at), *row] for at, row in enumerate(TEN, 1)]]
    reading = result(rows[:9], rows[9:])
    assert (only(reading).indicators, asked(reading)) == (RIGHT, [])


def test_a_grade_that_its_total_is_too_low_for_is_asked_about_without_instruments_too():
    reading = read(paper(AGENCY, "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568 ได้คะแนน 89.43 คะแนน ระดับผ่านดีเยี่ยม"))
    assert asked(reading) == [Ask.GRADE]


def test_totals_of_two_years_in_one_sentence():
    reading = result("คะแนนเพิ่มจาก 84.41 คะแนน ในปีงบประมาณ พ.ศ. 2564 เป็น 90.59 คะแนน (AA) ในปีงบประมาณ พ.ศ. 2565")
    assert (reading.result.fiscal_year, f"{reading.result.headline.total}", len(reading.result.headlines)) == (
        2565,
        "90.59",
        1,
    )
