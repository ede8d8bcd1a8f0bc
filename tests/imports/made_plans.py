"""Plans put together by a machine: headings in many words, columns in any order, cells of which the days are known."""

from collections.abc import Sequence
from random import Random

from tests.imports.judging import Truth
from tests.imports.papers import Part

HEADINGS = {
    "name": (
        "มาตรการ", "มาตรการ/แนวทาง", "มาตรการ/กิจกรรม", "มาตรการหรือแนวทาง", "มาตรการ / แนวทาง / กิจกรรม", "ชื่อมาตรการ",
        "มาตรการในการส่งเสริมคุณธรรม", "กิจกรรม/โครงการ", "แผนงาน/กิจกรรม", "หัวข้อมาตรการ", "รายการมาตรการ", "มาตรการยกระดับ",
    ),
    "method": (
        "วิธีการดำเนินการ", "วิธีดำเนินการ", "ขั้นตอน/วิธีการ", "แนวทางปฏิบัติ", "รายละเอียดการดำเนินงาน", "วิธีการ/ขั้นตอน",
        "กระบวนการ/ขั้นตอน", "แนวทางการดำเนินงาน", "กิจกรรมที่ดำเนินการ",
    ),
    "owners": (
        "ผู้รับผิดชอบ", "หน่วยงานที่รับผิดชอบ", "ส่วนราชการที่รับผิดชอบ", "เจ้าภาพ", "สำนัก/กอง ที่รับผิดชอบ", "ผู้รับผิดชอบดำเนินการ",
        "หน่วยงานเจ้าของเรื่อง", "หน่วยงานหลัก", "ผู้ดำเนินงาน", "ใครทำ",
    ),
    "period": (
        "ระยะเวลา", "ระยะเวลาดำเนินการ", "กำหนดเวลา", "ช่วงเวลาดำเนินการ", "ห้วงเวลา", "ระยะเวลาแล้วเสร็จ", "วัน/เดือน/ปี ที่ดำเนินการ",
        "ปฏิทินการดำเนินงาน", "ทำเมื่อไร",
    ),
    "follow_up": (
        "การติดตามผล", "การกำกับติดตาม", "การรายงานผล", "แนวทางการติดตาม", "การกำกับ ติดตาม", "รอบการรายงานผล", "กำหนดการรายงาน",
        "ความถี่ในการรายงาน", "ส่งผลเมื่อไร",
    ),
    "number": ("ที่", "ลำดับ", "ลำดับที่", "ข้อ", "No."),
    "budget": ("งบประมาณ", "งบประมาณ (บาท)", "งบประมาณที่ใช้"),
    "target": ("เป้าหมาย", "ค่าเป้าหมาย", "ผลที่คาดว่าจะได้รับ"),
    "note": ("หมายเหตุ", "เอกสารอ้างอิง"),
    "result": ("ผลการดำเนินการ", "ผลการดำเนินงาน"),
}  # fmt: skip
TITLES = (
    "เผยแพร่รายงานประจำปี", "จัดอบรมจริยธรรมพนักงาน", "ปรับปรุงระบบคิวให้บริการ", "เปิดช่องทางร้องเรียนออนไลน์", "ทบทวนคู่มือการปฏิบัติงาน",
    "ประกาศนโยบายไม่รับของขวัญ", "ตรวจสอบการใช้รถราชการ", "จัดทำทะเบียนคุมพัสดุ", "การเปิดเผยข้อมูลจัดซื้อจัดจ้าง", "โครงการหมู่บ้านโปร่งใส",
    "กำหนดหลักเกณฑ์การเลื่อนเงินเดือน", "รณรงค์วันต่อต้านคอร์รัปชัน", "ให้ประชาชนร่วมตรวจรับงานจ้าง",
)  # fmt: skip
METHODS = (
    "ลงเว็บไซต์ของหน่วยงาน",
    "จัดประชุมชี้แจง",
    "1. วางแผน 2. ดำเนินการ 3. สรุปผล",
    "- สำรวจ - วิเคราะห์ - รายงาน",
    "อบรมปีละ 1 ครั้ง",
)
OWNERS = (
    ("สำนักปลัด", "สำนักปลัด"), ("กองคลัง", "กองคลัง"), ("สำนักปลัด/กองคลัง", "สำนักปลัด;กองคลัง"), ("กองคลัง และกองช่าง", "กองคลัง;กองช่าง"),
    ("กองการศึกษา ศาสนาและวัฒนธรรม", "กองการศึกษาศาสนาและวัฒนธรรม"), ("ทุกส่วนราชการ", "ทุกสำนัก/กอง"), ("หน่วยตรวจสอบภายใน", "หน่วยตรวจสอบภายใน"),
    ("กองสวัสดิการสังคม, สำนักปลัด", "กองสวัสดิการสังคม;สำนักปลัด"),
)  # fmt: skip
CADENCES = ("ทุกเดือน", "ทุกไตรมาส", "ทุก 6 เดือน", "รายงานผู้บริหารทุกเดือน", "รอบ 6 เดือน และ 12 เดือน")
AGENCIES = ("องค์การบริหารส่วนตำบลดอนทดลอง", "เทศบาลเมืองนาทดลอง", "องค์การบริหารส่วนจังหวัดทดลองธานี", "โรงเรียนบ้านทดลองวิทยา")
ASIDE = {"budget": ("10,000", "-"), "target": ("ร้อยละ 80", "1 ครั้ง"), "note": ("", "-"), "result": ("", "ดำเนินการแล้ว")}
NUMBERED = ("", "{}. ", "{}) ", "({}) ", "มาตรการที่ {} ")


def a_plan(seed: int) -> Truth:
    """A plan and what is true of it; the same seed makes the same plan."""
    chance = Random(seed)
    year, columns = chance.randint(2563, 2570), _columns(chance)
    before = "" if "number" in columns else chance.choice(NUMBERED)
    names = chance.sample(TITLES, chance.randint(2, 6))
    rows = [_row(chance, columns, year, before, at, name) for at, name in enumerate(names, 1)]
    heading = [chance.choice(HEADINGS[column]) for column in columns]
    agency = chance.choice(AGENCIES)
    title = f"มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {year}"
    parts: Sequence[Part] = [title, agency, [heading, *(cells for cells, _ in rows)]]
    return Truth(f"plan {seed}", "", parts, agency=agency, plan_year=year, measures=[truth for _, truth in rows])


def _columns(chance: Random) -> list[str]:
    columns = ["name", "method", "owners", "period", "follow_up"]
    columns = [column for column in columns if column not in {"method", "follow_up"} or chance.random() < 0.8]
    if chance.random() < 0.5:
        chance.shuffle(columns)
    for aside in ASIDE:
        if chance.random() < 0.25:
            columns.insert(chance.randint(1, len(columns)), aside)
    return ["number", *columns] if chance.random() < 0.4 else columns


def _row(chance: Random, columns: Sequence[str], year: int, before: str, at: int, name: str):
    """The cells of a row, and what is true of them."""
    (owner, owners), (period, start, end) = chance.choice(OWNERS), chance.choice(_periods(year))
    cells = {column: chance.choice(words) for column, words in ASIDE.items()}
    cells |= {"method": chance.choice(METHODS), "follow_up": chance.choice(CADENCES)}
    cells |= {"number": f"{at}", "name": before.format(at) + name, "owners": owner, "period": period}
    truth = {column: cells[column] or "-" for column in ("method", "follow_up", "result") if column in columns}
    truth |= {"name": name, "owners": owners, "period": period, "start": start, "end": end}
    truth |= {"number": f"{at}"} if before or "number" in columns else {}
    return [cells[column] for column in columns], truth


def _periods(year: int) -> Sequence[tuple[str, str, str]]:
    ends = year - 543
    return (
        (f"ต.ค. {year - 1} - ธ.ค. {year - 1}", f"{ends - 1}-10-01", f"{ends - 1}-12-31"),
        ("ตลอดปีงบประมาณ", f"{ends - 1}-10-01", f"{ends}-09-30"),
        (f"มกราคม {year}", f"{ends}-01-01", f"{ends}-01-31"),
        ("ไตรมาส 2", f"{ends}-01-01", f"{ends}-03-31"),
        (f"ภายใน 30 เม.ย. {year}", "-", f"{ends}-04-30"),
        (f"ม.ค.{year % 100:02}-มิ.ย.{year % 100:02}", f"{ends}-01-01", f"{ends}-06-30"),
        (f"1 ต.ค. {year - 1} ถึง 30 ก.ย. {year}", f"{ends - 1}-10-01", f"{ends}-09-30"),
    )
