"""What single cells and sentences say: owners, steps, codes, numbers, agencies, years, follow-ups."""

import pytest

from itadomain.documents.agency import Sameness, agencies_in, same_agency
from itadomain.documents.numbers import numbered
from itadomain.documents.owners import owners_in
from itadomain.documents.question_codes import codes_in
from itadomain.documents.reader import read
from itadomain.documents.reading import Column, Sure
from itadomain.documents.steps import steps_of
from itadomain.documents.units import units_of
from itadomain.documents.years import year_in, year_of_period
from tests.domain.documents.papers import AGENCY, FIVE, PLAN, THREE, paper

ALL = "ทุกสำนัก/กอง"


@pytest.mark.parametrize(("cell", "names", "lead"), [
    ("กองคลัง", ("กองคลัง",), ""),
    ("สำนักปลัด/กองคลัง", ("สำนักปลัด", "กองคลัง"), ""),
    ("สำนักงานปลัด กองคลัง กองช่าง กองการศึกษาฯ", ("สำนักงานปลัด", "กองคลัง", "กองช่าง", "กองการศึกษาฯ"), ""),
    ("1. สำนักปลัดเทศบาล 2. กองสาธารณสุข และสิ่งแวดล้อม", ("สำนักปลัดเทศบาล", "กองสาธารณสุขและสิ่งแวดล้อม"), ""),
    ("๑. กองยุทธศาสตร์และ งบประมาณ๒. กองช่าง", ("กองยุทธศาสตร์และงบประมาณ", "กองช่าง"), ""),
    ("สำนักปลัดกองคลังกองช่าง", ("สำนักปลัด", "กองคลัง", "กองช่าง"), ""),
    ("สำนักปลัด, กองคลัง และกองช่าง", ("สำนักปลัด", "กองคลัง", "กองช่าง"), ""),
    ("- กองคลัง - กองช่าง", ("กองคลัง", "กองช่าง"), ""),
    ("สำนักปลัด อบต.", ("สำนักปลัด อบต.",), ""),
    ("หัวหน้าสำนักปลัด/ผู้อำนวยการกองคลัง", ("สำนักปลัด", "กองคลัง"), ""),
    ("ทุกสำนัก/กอง", (ALL,), ""), ("ทุกกอง", (ALL,), ""), ("ทุกส่วนราชการในสังกัด", (ALL,), ""), ("สำนัก/กองทุกแห่ง", (ALL,), ""),
    ("ทุกสำนัก/ทุกกอง โดยสำนักปลัดเป็นผู้รับผิดชอบ", (ALL,), "สำนักปลัด"),
    ("กองคลัง (หลัก) กองช่าง", ("กองคลัง", "กองช่าง"), "กองคลัง"),
    ("หน่วยงานหลัก: กองคลัง หน่วยงานสนับสนุน: กองช่าง", ("กองคลัง", "กองช่าง"), "กองคลัง"),
    ("", (), ""), (" - ", (), ""), ("........", (), ""), ("〃", (), ""),
])  # fmt: skip
def test_owners(cell, names, lead):
    owners = owners_in(cell)
    assert (owners.names, owners.lead, owners.everyone) == (names, lead, ALL in names)
    assert owners.unclear == ()


@pytest.mark.parametrize("cell", ["นางสาวตัวอย่าง ทดสอบ", "คณะทำงาน ITA", "ปลัด อบต.", "นักทรัพยากรบุคคล", "ผู้บริหาร"])
def test_an_owner_that_is_no_unit_is_unclear(cell):
    assert owners_in(cell).unclear == (cell,)


def test_spellings_of_one_unit_are_one_unit():
    names = ["สำนักปลัด อบต.", "กองการศึกษาฯ", "สำนักปลัด", "กองการศึกษา ศาสนาและวัฒนธรรม", "กองคลัง"]
    units = units_of(names, ["เรียน หัวหน้าสำนักงานปลัด"])
    assert [(unit.name, unit.aliases, unit.secretariat) for unit in units] == [
        ("สำนักปลัด", ("สำนักปลัด อบต.", "สำนักงานปลัด"), True),
        ("กองการศึกษา ศาสนาและวัฒนธรรม", ("กองการศึกษาฯ",), False),
        ("กองคลัง", (), False),
    ]


@pytest.mark.parametrize(("method", "steps"), [
    ("1. สำรวจ 2. แก้ไข 3. รายงาน", ("สำรวจ", "แก้ไข", "รายงาน")),
    ("๑) สำรวจภายใน ๒.๕ วัน ๒) แก้ไข", ("สำรวจภายใน ๒.๕ วัน", "แก้ไข")),
    ("1.สำรวจ ข้อ 2.1 ของแผน 2.แก้ไข", ("สำรวจ ข้อ 2.1 ของแผน", "แก้ไข")),
    ("๑. แต่งตั้งคณะทำงาน๒. ประชุม", ("แต่งตั้งคณะทำงาน", "ประชุม")),
    ("1. รายงาน ในรอบ 6 เดือน และ 12 เดือน 2. . เผยแพร่", ("รายงาน ในรอบ 6 เดือน และ 12 เดือน", "เผยแพร่")),
    ("-สำรวจ -แก้ไข", ("สำรวจ", "แก้ไข")), ("- สำรวจ - แก้ไข", ("สำรวจ", "แก้ไข")), ("• สำรวจ • แก้ไข", ("สำรวจ", "แก้ไข")),
    ("จัดช่องทางติดต่อ - สอบถาม ให้ครบ", ("จัดช่องทางติดต่อ - สอบถาม ให้ครบ",)),
    ("ทำใน ม.ค. - มี.ค. และ เม.ย. - พ.ค. 67", ("ทำใน ม.ค. - มี.ค. และ เม.ย. - พ.ค. 67",)),
    ("ประชุม", ("ประชุม",)), ("", ()),
])  # fmt: skip
def test_steps(method, steps):
    assert steps_of(method) == steps


@pytest.mark.parametrize(("title", "number", "name"), [
    ("๑. ก", "1", "ก"), ("(2)การบริการ", "2", "การบริการ"), ("3) ค", "3", "ค"), ("ข้อ ๔ ง", "4", "ง"), ("มาตรการที่ 5 จ", "5", "จ"),
    ("1.2 ฉ", "1.2", "ฉ"), ("๖.การจัดทำ", "6", "การจัดทำ"), ("ไม่มีเลข", "", "ไม่มีเลข"), ("- มีขีด", "", "มีขีด"), ("12", "", "12"), ("", "", ""),
])  # fmt: skip
def test_numbers_of_titles(title, number, name):
    assert numbered(title) == (number, name)


@pytest.mark.parametrize(("cell", "meant", "sure"), [
    ("i4 ก", [("I4",)], [True]), ("E 12 ก", [("E12",)], [True]), ("ข้อ O๒๖ ก", [("O26",)], [True]),
    ("E9 ก E10 ข", [("E9",), ("E10",)], [True, True]), ("14 เจ้าหน้าที่", [("I14", "I4")], [False]), ("21 เจ้าหน้าที่", [("I21",)], [False]),
    ("ระบบ E-service 3 งาน", [], []), ("E99 ก", [], []), ("", [], []),
])  # fmt: skip
def test_codes_of_questions(cell, meant, sure):
    codes = codes_in({Column.QUESTION: cell})
    assert ([code.meant for code in codes], [code.sure for code in codes]) == (meant, sure)


@pytest.mark.parametrize(("printed", "known", "same"), [
    (AGENCY, AGENCY, Sameness.YES), ("อบต.ดอนงาม", AGENCY, Sameness.YES), ("องค์การบริหารส่วน ตำบลดอนงาม อำเภอเมือง", AGENCY, Sameness.YES),
    ("องค์การบริหารส่วนตำบลดอนง้าม", AGENCY, Sameness.SPELLED_DIFFERENTLY), ("องค์การบริหารส่วนตำบลคอนงาม", AGENCY, Sameness.SPELLED_DIFFERENTLY),
    ("องค์การบริหารส่วนตำบลทุ่งใส", AGENCY, Sameness.ANOTHER), ("เทศบาลตำบลดอนงาม", AGENCY, Sameness.ANOTHER), ("", AGENCY, Sameness.ANOTHER),
])  # fmt: skip
def test_one_agency_or_another(printed, known, same):
    assert same_agency(printed, known) is same


def test_the_agency_is_found_inside_sentences_too():
    found = agencies_in(paper("มาตรการของอบต.ดอนงาม ปี 2567", "เมื่อวันที่ 1 องค์การบริหารส่วนตำบลดอนงามได้ประชุม"))
    assert (found.name, found.spellings) == (AGENCY, (AGENCY,))


def test_two_agencies_are_asked_about():
    reading = read(paper(PLAN, AGENCY, "องค์การบริหารส่วนตำบลทุ่งใส", [FIVE, *THREE]))
    assert [question.choices for question in reading.questions] == [(AGENCY, "องค์การบริหารส่วนตำบลทุ่งใส")]


@pytest.mark.parametrize(("wording", "year"), [
    ("ต.ค. 66 - ก.ย. 67", 2567), ("ตุลาคม ๒๕๖๖", 2567), ("ม.ค. – มี.ค. ๖๖", 2566), ("ปีงบประมาณ 2566", 2566), ("สิ้นเดือน มี.ค.๖๕", 2565),
    ("พ.ย.-ธ.ค. 66", 2567), ("ทุก 3 เดือน", None), ("", None), ("กองที่ 65", None),
])  # fmt: skip
def test_the_fiscal_year_that_a_wording_prints(wording, year):
    assert year_of_period(wording) == year


def test_years_that_disagree_are_asked_about_and_what_is_told_counts():
    document = paper("มาตรการ ประจำปีงบประมาณ พ.ศ. 2566", AGENCY, [FIVE, *THREE])
    reading = read(document)
    assert (reading.fiscal_year, reading.title_year, reading.year_sure) == (2567, 2566, Sure.DISPUTED)
    assert reading.questions[0].choices == ("2567", "2566")
    assert read(document, plan_year=2566).questions == ()


@pytest.mark.parametrize(("sentence", "rule"), [
    ("๕. ให้รายงานผลการดำเนินงานทุก ๆ เดือน และแจ้งเวียน", "ให้รายงานผลการดำเนินงานทุก ๆ เดือน"),
    ("ให้ติดตามผลไตรมาสละ 1 ครั้ง", "ให้ติดตามผลไตรมาสละ 1 ครั้ง"),
    ("กำหนดรายงานผลรอบ 6 เดือน และ 12 เดือน ต่อผู้บริหาร", "กำหนดรายงานผลรอบ 6 เดือน และ 12 เดือน"),
])  # fmt: skip
def test_a_follow_up_for_all_measures(sentence, rule):
    assert [one.wording for one in read(paper(PLAN, sentence)).rules] == [rule]


@pytest.mark.parametrize("sentence", ["ประชุมทุกเดือน", "ปีที่ผ่านมาได้รายงานผลทุกเดือน", "รายงานผลเมื่อแล้วเสร็จ"])
def test_other_sentences_are_no_rule(sentence):
    assert read(paper(PLAN, sentence)).rules == ()


@pytest.mark.parametrize(
    ("wording", "year"),
    [
        ("1/10/2568 - 31/12/2568", 2569),
        ("๓๐/๙/๒๕๖๙", 2569),
        ("ต.ค. 2568", 2569),
        ("15-2-2569", 2569),
        ("12/2568", 2568),
    ],
)
def test_a_day_in_figures_is_in_its_fiscal_year(wording, year):
    assert year_in(wording) == year
