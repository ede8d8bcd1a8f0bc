"""Documents written for the tests: lines and tables as a reader of files would hand them over."""

from collections.abc import Sequence

from itadomain.documents.reader import read
from itadomain.documents.reading import Column, PrintedMeasure, Reading
from itadomain.documents.shape import Block, Document, Paragraph, Place, Table

AGENCY = "องค์การบริหารส่วนตำบลดอนงาม"
PLAN = "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2567"
SCORES = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565"
FIVE = ("มาตรการ/แนวทาง", "วิธีการดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "การติดตามผล")
WEBSITE = ("1. ปรับปรุงเว็บไซต์", "1. สำรวจ 2. แก้ไข", "กองคลัง", "ม.ค. - มี.ค. 67", "ทุก 3 เดือน")
COUNTER = ("2. จุดบริการเดียว", "- จัดสถานที่ - ประกาศเวลา", "กองช่าง", "ตลอดปีงบประมาณ", "ทุกเดือน")
TRAINING = ("3. อบรมจริยธรรม", "เชิญวิทยากร", "สำนักปลัด", "ไตรมาส 2", "ทุกเดือน")
THREE = (WEBSITE, COUNTER, TRAINING)
MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")
TEN = (
    ("การปฏิบัติหน้าที่", "90.00"), ("การใช้งบประมาณ", "80.00"), ("การใช้อำนาจ", "85.00"), ("การใช้ทรัพย์สินของราชการ", "75.00"),
    ("การแก้ไขปัญหาการทุจริต", "95.00"), ("คุณภาพการดำเนินงาน", "88.00"), ("ประสิทธิภาพการสื่อสาร", "82.00"),
    ("การปรับปรุงระบบการทำงาน", "79.00"), ("การเปิดเผยข้อมูล", "97.50"), ("การป้องกันการทุจริต", "92.50"),
)  # fmt: skip
TOTAL = "88.40"  # 0.3 of 85, 0.3 of 83, 0.4 of 95
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

Rows = Sequence[Sequence[str]]


def paper(*parts: str | Rows | Table) -> Document:
    """A document of lines and tables."""
    return Document("แผน.txt", [block(part, at) for at, part in enumerate(parts, 1)])


def block(part: str | Rows | Table, at: int) -> Block:
    if isinstance(part, str):
        return Paragraph(part, Place(line=at))
    return part if isinstance(part, Table) else Table(padded(part), Place(table=at))


def padded(rows: Rows) -> Rows:
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def plan(*tables: Rows | str | Table) -> Reading:
    """A plan of 2567 with these tables, read."""
    return read(paper(PLAN, AGENCY, *tables))


def result(*parts: Rows | str) -> Reading:
    """A paper of the scores of 2565, read."""
    return read(paper(AGENCY, SCORES, *parts))


def names(reading: Reading) -> list[str]:
    return [one.name for one in reading.measures]


def column(reading: Reading, which: Column) -> list[str]:
    return [one[which] for one in reading.measures]


def asked(reading: Reading) -> list[str]:
    return [question.code.value for question in reading.questions]


def noticed(reading: Reading) -> list[str]:
    return [finding.code.value for finding in reading.findings]


def cells(measure: PrintedMeasure) -> dict[str, str]:
    return {str(which): text for which, text in measure.cells.items()}
