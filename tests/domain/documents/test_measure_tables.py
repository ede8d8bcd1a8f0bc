"""Tables of measures in layouts of other agencies: every column under its heading, every row what it is."""

import pytest

from itadomain.documents.doubts import Ask, Code
from itadomain.documents.reader import read
from itadomain.documents.reading import Column
from itadomain.documents.shape import Place, Table
from tests.domain.documents.papers import (
    AGENCY,
    COUNTER,
    FIVE,
    MONTHS,
    PLAN,
    THREE,
    TRAINING,
    WEBSITE,
    asked,
    cells,
    column,
    names,
    noticed,
    padded,
    paper,
    plan,
)  # fmt: skip

NOTHING_ASKED: list[str] = []


def test_the_usual_form():
    reading = plan([FIVE, *THREE])
    assert names(reading) == ["ปรับปรุงเว็บไซต์", "จุดบริการเดียว", "อบรมจริยธรรม"]
    assert [one.number for one in reading.measures] == ["1", "2", "3"]
    assert [one.steps for one in reading.measures] == [("สำรวจ", "แก้ไข"), ("จัดสถานที่", "ประกาศเวลา"), ("เชิญวิทยากร",)]
    assert (asked(reading), noticed(reading)) == ([], [])


def test_a_province_puts_owner_and_time_first():
    reading = plan([
        ["ส่วนราชการที่รับผิดชอบ", "ช่วงเวลา", "แนวทางการกำกับติดตาม", "มาตรการ", "วิธีปฏิบัติ"],
        ["กองคลัง", "ต.ค. 66 - ธ.ค. 66", "ทุกเดือน", "1. เปิดเผยแผนจัดซื้อ", "1) รวบรวม 2) ลงเว็บไซต์"],
    ])  # fmt: skip
    assert cells(reading.measures[0]) == {
        "owner": "กองคลัง", "period": "ต.ค. 66 - ธ.ค. 66", "follow_up": "ทุกเดือน", "title": "1. เปิดเผยแผนจัดซื้อ",
        "method": "1) รวบรวม 2) ลงเว็บไซต์",
    }  # fmt: skip


def test_a_school_numbers_in_a_column_and_sums_up():
    reading = plan([
        ["ที่", "กิจกรรม", "วิธีดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา", "การกำกับติดตาม"],
        ["๑", "อบรมครู", "ประชุม", "กลุ่มบริหารงานบุคคล", "พ.ค. 67", "ทุกเดือน"],
        ["๒", "ทำป้ายร้องเรียน", "ติดตั้ง", "กลุ่มบริหารทั่วไป", "มิ.ย. 67", "ทุกเดือน"],
        ["รวม", "", "", "", "", ""],
    ])  # fmt: skip
    assert [(one.number, one.name) for one in reading.measures] == [("1", "อบรมครู"), ("2", "ทำป้ายร้องเรียน")]
    assert noticed(reading) == [Code.ROW_LEFT_OUT]


def test_headings_of_two_rows_with_targets_and_counted_columns():
    reading = plan([
        ["ลำดับ", "ประเด็นการพัฒนา", "แนวทาง", "การดำเนินงาน", "", "", "หน่วยงานรับผิดชอบ"],
        ["", "", "", "ตัวชี้วัด", "ค่าเป้าหมาย", "กำหนดเวลา", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["1", "การใช้งบประมาณ", "ร่วมวางแผน", "จำนวนครั้ง", "2 ครั้ง", "ไตรมาส 2", "กองคลัง"],
    ])  # fmt: skip
    one = reading.measures[0]
    assert (one[Column.TARGET], one[Column.INDICATOR], one[Column.PERIOD]) == ("2 ครั้ง", "จำนวนครั้ง", "ไตรมาส 2")
    assert (one.name, one[Column.TOPIC], one.indicators) == ("ร่วมวางแผน", "การใช้งบประมาณ", (2,))


def test_three_columns_are_enough():
    reading = plan([["มาตรการ", "ระยะเวลา", "ผู้รับผิดชอบ"], ["ปรับปรุงเว็บไซต์", "ม.ค. 67", "ทุกกอง"]])
    assert (names(reading), reading.measures[0].everyone) == (["ปรับปรุงเว็บไซต์"], True)


GANTT = [["ที่", "กิจกรรม", "ผู้รับผิดชอบ", "พ.ศ. 2566", "", "", "พ.ศ. 2567"], ["", "", "", *MONTHS]]


def test_marked_months_become_a_period():
    first, later = ["✓"] * 3 + [""] * 9, ["", "", "✓", "", "", "✓", "", "", "", "", "", "✓"]
    reading = plan([*GANTT, ["1", "ประชุม", "สำนักปลัด", *first], ["2", "รายงาน", "กองช่าง", *later]])
    assert column(reading, Column.PERIOD) == ["ต.ค. 2566 - ธ.ค. 2566", "ธ.ค. 2566, มี.ค. 2567, ก.ย. 2567"]
    assert noticed(reading) == [Code.PERIOD_FROM_MARKS] * 2


def test_shaded_months_are_noticed_and_no_period_is_made_up():
    reading = plan([*GANTT, ["1", "ประชุม", "สำนักปลัด", *[""] * 12]])
    assert (column(reading, Column.PERIOD), noticed(reading)) == ([""], [Code.MARKS_UNSEEN, Code.PERIOD_EMPTY])


def test_start_and_end_in_columns_of_their_own_are_one_period():
    reading = plan([
        ["มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", ""], ["", "", "เริ่มต้น", "สิ้นสุด"],
        ["1. ก", "กองคลัง", "1 ม.ค. 2567", "31 มี.ค. 2567"],
    ])  # fmt: skip
    assert column(reading, Column.PERIOD) == ["1 ม.ค. 2567 - 31 มี.ค. 2567"]


def test_a_row_that_a_page_break_cut_is_put_together():
    cut = ["2. การส่งเสริมความรู้เรื่องการยืม", "1. จัดทำคู่มือ 2. แจ้งเวียน", "กองสาธารณสุข", "ตุลาคม 2566 - มีนาคม", "รายงานต่อ"]
    rest = ["พัสดุ", "ทุกกอง 3. ประเมินผล", "และสิ่งแวดล้อม", "2567", "ผู้บริหาร"]
    reading = plan([FIVE, WEBSITE, cut], [FIVE, rest, TRAINING])
    one = reading.measures[1]
    assert len(reading.measures) == 3
    assert (one.owners, one[Column.PERIOD]) == (("กองสาธารณสุขและสิ่งแวดล้อม",), "ตุลาคม 2566 - มีนาคม 2567")
    assert (one.steps[2], one[Column.FOLLOW_UP]) == ("ประเมินผล", "รายงานต่อ ผู้บริหาร")
    assert asked(reading) == []


def test_the_rest_of_a_method_over_the_page_is_put_to_it():
    reading = plan([FIVE, WEBSITE], [FIVE, ["", "3. ประชาสัมพันธ์", "", "", ""], COUNTER])
    assert [one.steps for one in reading.measures] == [("สำรวจ", "แก้ไข", "ประชาสัมพันธ์"), ("จัดสถานที่", "ประกาศเวลา")]


def test_the_next_page_may_go_on_without_a_heading():
    reading = plan([FIVE, WEBSITE], "- 2 -", [COUNTER, TRAINING])
    assert len(reading.measures) == 3


def test_a_topic_holds_for_the_rows_below_it():
    reading = plan([
        ["ประเด็น", "ข้อคำถาม", "ข้อค้นพบ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ"],
        ["1. บริการ", "E1 ก", "ช้า", "เร่ง", "ม.ค. 67", "กองคลัง"],
        ["", "E2 ข", "ไม่ชัด", "บอก", "ก.พ. 67", "กองช่าง"],
        ["ประเด็น", "ข้อคำถาม", "ข้อค้นพบ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ"],
        ["", "E3 ค", "ไม่ถึง", "ออกพื้นที่", "มี.ค. 67", "กองช่าง"],
    ])  # fmt: skip
    assert (names(reading), [one.questions for one in reading.measures]) == (["บริการ"] * 3, [("E1",), ("E2",), ("E3",)])


def test_a_title_alone_heads_the_rows_below_it():
    reading = plan(
        [
            FIVE,
            ["1. เว็บไซต์", "", "", "", ""],
            ["", "สำรวจ", "กองคลัง", "ม.ค. 67", "ทุกเดือน"],
            ["", "แก้ไข", "กองช่าง", "ก.พ. 67", "ทุกเดือน"],
        ]
    )
    assert [(one.name, one[Column.METHOD]) for one in reading.measures] == [("เว็บไซต์", "สำรวจ"), ("เว็บไซต์", "แก้ไข")]


def test_a_merged_owner_holds_for_every_row_that_it_spans():
    rows = padded([FIVE, WEBSITE, ("2. ข", "ทำ", "", "ก.พ. 67", "ทุกเดือน")])
    spans = [[(at, place) for place in range(5)] for at in range(3)]
    spans[2][2] = (1, 2)
    reading = plan(Table(rows, Place(table=1), spans))
    assert column(reading, Column.OWNER) == ["กองคลัง", "กองคลัง"]


def test_sections_name_the_indicator_of_what_stands_under_them():
    reading = plan([
        FIVE, ["ตัวชี้วัดที่ 2 การใช้งบประมาณ", "", "", "", ""], WEBSITE, ["ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ", "", "", "", ""], COUNTER, TRAINING,
    ])  # fmt: skip
    assert [one.indicators for one in reading.measures] == [(2,), (4,), (4,)]


def test_items_of_the_open_data_form_are_codes():
    reading = plan(
        [
            ["ข้อ OIT", "มาตรการ", "ผู้รับผิดชอบ", "กำหนดแล้วเสร็จ"],
            ["O12", "เผยแพร่รายงาน", "กองคลัง", "30 เม.ย. 2567"],
            ["O๑๓", "เผยแพร่คู่มือ", "กองช่าง", "30 เม.ย. 2567"],
        ]
    )
    assert [one.questions for one in reading.measures] == [("O12",), ("O13",)]


def test_letters_that_a_scan_lost_do_not_hide_a_heading():
    reading = plan([["มาตรการ/แนวทาง", "วิธีการดาเนินการ", "ผูรับผิดชอบ", "ระยะเวลาดาเนิน การ", "การติดตาม ผล"], *THREE])
    assert names(reading) == names(plan([FIVE, *THREE]))


def test_the_same_measures_again_with_their_results_are_the_same_measures():
    later = [
        ["มาตรการ", "ผลการดำเนินการ", "ข้อเสนอแนะ"],
        ["1. ปรับปรุงเว็บไซต์", "แล้วเสร็จ", "-"],
        ["2. จุดบริการเดียว", "กำลังทำ", "เพิ่มคน"],
    ]
    reading = plan([FIVE, *THREE], "ส่วนที่ 2 ผลการดำเนินงานตามมาตรการ" * 4, later)
    assert column(reading, Column.RESULT) == ["แล้วเสร็จ", "กำลังทำ", ""]
    assert column(reading, Column.SUGGESTION) == ["-", "เพิ่มคน", ""]


def test_a_second_printing_with_another_owner_is_asked_about():
    other = ["1. ปรับปรุงเว็บไซต์", "1. สำรวจ 2. แก้ไข", "กองช่าง", "ม.ค. - มี.ค. 67", "ทุก 3 เดือน"]
    reading = plan([FIVE, WEBSITE], "บันทึกข้อความ " * 12, [FIVE, other])
    assert (len(reading.measures), asked(reading)) == (1, [Ask.PRINTINGS])
    assert reading.questions[0].choices == ("กองคลัง", "กองช่าง")


@pytest.mark.parametrize("ditto", ["〃", '"', "”", "เช่นเดียวกับข้อ 1"])
def test_a_ditto_is_kept_and_asked_about(ditto):
    reading = plan([FIVE, WEBSITE, ["2. ข", "ทำ", ditto, "ก.พ. 67", "ทุกเดือน"]])
    assert (reading.measures[1][Column.OWNER], reading.measures[1].owners, asked(reading)) == (ditto, (), [Ask.SAME_AS])


@pytest.mark.parametrize("owner", ["", "-", "นางสาวตัวอย่าง ทดสอบ", "คณะทำงาน ITA", "ปลัด อบต."])
def test_an_owner_that_is_no_unit_is_asked_about(owner):
    reading = plan([FIVE, ["1. ก", "ทำ", owner, "ม.ค. 67", "ทุกเดือน"]])
    assert asked(reading) == [Ask.OWNER]


def test_a_measure_without_a_title_is_asked_about():
    assert asked(plan([FIVE, ["", "ทำ", "กองคลัง", "ม.ค. 67", "ทุกเดือน"]])) == [Ask.TITLE]


def test_a_title_alone_in_the_middle_is_asked_about():
    reading = plan([FIVE, WEBSITE, ["2. ข", "", "", "", ""], ["3. ค", "ทำ", "กองคลัง", "ม.ค. 67", "ทุกเดือน"]])
    assert Ask.ROW in asked(reading)


@pytest.mark.parametrize("table", [
    [["หัวข้อ", "หน้า"], ["มาตรการ", "1"], ["ผลการประเมิน", "2"]],
    [["ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง", "หน้าที่"], ["1", "นายหนึ่ง ทดสอบ", "ปลัด", "ประธาน"]],
    [["ลำดับ", "โครงการ", "งบประมาณ", "หน่วยงาน"], ["1", "สร้างถนน", "200,000", "กองช่าง"]],
    [["คะแนน", "ระดับ"], ["95.00 - 100", "AA"]],
    [["ปฏิทิน", "ระยะเวลา"], ["ลงทะเบียน", "ม.ค. 67"]],
    [["ตัวชี้วัด", "น้ำหนัก", "ประเด็นที่ต้องแก้ไข/ปรับปรุง"], ["การใช้อำนาจ", "", "-"]],
])  # fmt: skip
def test_other_tables_are_no_measures(table):
    reading = plan(table)
    assert (len(reading.measures), asked(reading)) == (0, [])


def test_a_table_that_may_be_one_of_measures_is_asked_about():
    reading = plan(
        [["ที่", "โครงการ", "งบประมาณ", "ระยะเวลา", "ผู้รับผิดชอบ"], ["1", "ซื้อรถ", "200,000", "ม.ค. 67", "กองช่าง"]]
    )
    assert (len(reading.measures), asked(reading)) == (0, [Ask.COLUMNS])


def test_a_heading_that_says_nothing_known_is_noticed():
    reading = plan([[*FIVE, "สัญลักษณ์"], [*WEBSITE, "x"]])
    assert (noticed(reading), reading.findings[0].facts) == ([Code.COLUMN_UNKNOWN], {"heading": "สัญลักษณ์"})


def test_a_gap_in_the_numbers_is_asked_about():
    reading = plan([FIVE, WEBSITE, TRAINING])
    assert (reading.questions[0].code, reading.questions[0].facts["numbers"]) == (Ask.NUMBERS, [2])


def test_a_row_says_where_it_stands():
    reading = read(paper(PLAN, AGENCY, Table(padded([FIVE, *THREE]), Place(sheet="แผน", row=4))))
    assert [(one.place.sheet, one.place.row) for one in reading.measures] == [("แผน", 5), ("แผน", 6), ("แผน", 7)]


def test_a_heading_torn_by_a_page_is_put_together():
    torn = [["มาตรการ", "วิธีการดำเนินการ", "ผู้รับผิด", "ระยะเวลาดำเนิน", "การติดตามผล"]]
    assert names(plan(torn, [["", "", "ชอบ", "การ", ""], *THREE])) == names(plan([FIVE, *THREE]))


def test_a_row_torn_by_a_page_without_numbers_is_put_together():
    first = ["ลดขั้นตอนการให้บริการของ", "1. สำรวจ", "กองคลัง", "ม.ค. 67", "ทุกเดือน"]
    reading = plan(
        [FIVE, first], [["ทุกส่วนงาน", "งานบริการ 2. แก้ไข", "", "", ""], ["อบรม", "เชิญวิทยากร", "กองช่าง", "ก.พ. 67", "-"]]
    )
    assert names(reading) == ["ลดขั้นตอนการให้บริการของ ทุกส่วนงาน", "อบรม"]
    assert reading.measures[0].steps == ("สำรวจ งานบริการ", "แก้ไข")


@pytest.mark.parametrize("table", [
    [["ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง", "หน้าที่", "โทรศัพท์"], ["1", "นายหนึ่ง ทดสอบ", "ปลัด อบต.", "ประธาน", "-"]],
    [["เดือน", "จำนวนเรื่อง", "ยุติ", "ดำเนินการ", "หมายเหตุ"], ["ต.ค. 2566", "3", "3", "0", "-"], ["พ.ย. 2566", "1", "0", "1", "-"]],
])  # fmt: skip
def test_a_table_of_the_same_width_after_the_measures_is_not_more_of_them(table):
    assert names(plan([FIVE, *THREE], "ภาคผนวก", table)) == names(plan([FIVE, *THREE]))


def test_a_table_whose_heading_is_lost_is_asked_about():
    reading = plan([*THREE])
    assert (len(reading.measures), asked(reading)) == (0, [Ask.COLUMNS])


def test_a_plan_in_running_text_is_asked_about():
    assert asked(plan("มาตรการที่ 1 ปรับปรุงเว็บไซต์", "ผู้รับผิดชอบ: กองคลัง", "ระยะเวลา: ม.ค. 67")) == [Ask.COLUMNS]


def test_last_years_plan_in_an_annex_is_asked_about_and_not_mixed_in():
    before = ["1. ทำความสะอาดข้อมูล", "ทำ", "กองคลัง", "ม.ค. 66", "ทุกเดือน"]
    heading = "รายงานผลการดำเนินการตามมาตรการ ประจำปีงบประมาณ พ.ศ. 2566"
    reading = plan([FIVE, *THREE], "ภาคผนวก", heading, [FIVE, before])
    assert (len(reading.measures), asked(reading)) == (3, [Ask.COLUMNS])
    assert reading.questions[0].facts["headings"] == heading


def test_measures_against_risks_are_asked_about():
    rows = [
        ["ประเด็นความเสี่ยง", "โอกาสเกิด", "มาตรการ", "ระยะเวลา", "ผู้รับผิดชอบ"],
        ["เรียกรับเงิน", "2", "สุ่มตรวจ", "ม.ค. 67", "กองช่าง"],
    ]
    assert asked(plan(rows)) == [Ask.COLUMNS]


def test_titles_that_differ_by_a_figure_are_two_measures():
    again = ["1. อบรม รุ่นที่ 2", "เชิญวิทยากร", "กองคลัง", "ม.ค. 67", "ทุกเดือน"]
    reading = plan([FIVE, ["1. อบรม รุ่นที่ 1", *again[1:]]], "ส่วนที่สอง " * 20, [FIVE, again])
    assert names(reading) == ["อบรม รุ่นที่ 1", "อบรม รุ่นที่ 2"]


def test_several_measures_in_one_cell_are_asked_about():
    assert asked(plan([FIVE, ["1. ก 2. ข 3. ค", "ทำ", "กองคลัง", "ม.ค. 67", "ทุกเดือน"]])) == [Ask.ROW]


def test_a_number_of_a_column_counts_before_one_in_the_title():
    reading = plan([["ที่", *FIVE], ["4", "5 ส. เพื่อความโปร่งใส", "ทำ", "กองคลัง", "ม.ค. 67", "ทุกเดือน"]])
    assert [(one.number, one.name) for one in reading.measures] == [("4", "5 ส. เพื่อความโปร่งใส")]


def test_a_lead_and_helpers_in_columns_of_their_own_are_all_owners():
    reading = plan(
        [["มาตรการ", "ระยะเวลา", "ผู้รับผิดชอบ", ""], ["", "", "หลัก", "สนับสนุน"], ["1. ก", "ม.ค. 67", "กองคลัง", "กองช่าง"]]
    )
    assert reading.measures[0].owners == ("กองคลัง", "กองช่าง")


def test_an_arrow_marks_the_months_that_it_spans():
    arrow = ["1", "ประชุม", "สำนักปลัด", "↔", *[""] * 11]
    spans = [[(at, place) for place in range(15)] for at in range(3)]
    spans[2][4], spans[2][5] = (2, 3), (2, 3)
    rows = padded([*GANTT, arrow])
    assert column(plan(Table(rows, Place(table=1), spans)), Column.PERIOD) == ["ต.ค. 2566 - ธ.ค. 2566"]
    unknown = plan(rows)
    assert (column(unknown, Column.PERIOD), noticed(unknown)[0]) == ([""], Code.MARKS_UNSEEN)


def test_a_heading_in_unknown_words_is_asked_about():
    reading = plan([["เราจะทำอะไร", "ทำอย่างไร", "ใครทำ", "ทำเมื่อไร", "ดูผลเมื่อไร"], *THREE])
    assert (len(reading.measures), asked(reading)) == (0, [Ask.COLUMNS])


def test_one_heading_over_the_number_and_the_title():
    reading = plan(
        [["มาตรการ", "", "วิธีการ", "ผู้รับผิดชอบ", "ระยะเวลา"], ["1.", "ตรวจน้ำประปา", "ตรวจ", "กองช่าง", "ม.ค. 67"]]
    )
    assert [(one.number, one.name) for one in reading.measures] == [("1", "ตรวจน้ำประปา")]
