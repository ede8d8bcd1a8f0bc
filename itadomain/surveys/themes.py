"""What people's own words are about: how many of them touch each theme, by keywords, never by who wrote them.

One text may touch several themes. What fewer than five touch is not told: nobody is to be known by what only they say.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from itadomain.surveys.survey import FEWEST
from itadomain.thai import fold, tidy

#: What touches none of the themes.
OTHER = "other"
Lexicon = Mapping[str, Sequence[str]]

#: By theme, what speaks of it: Thai wherever it stands, English words as whole ones with their usual endings.
LEXICON: Lexicon = {
    "waiting": (
        "รอนาน", "รอคิว", "รอเป็น", "ต้องรอ", "ไม่ต้องรอ", "คิวยาว", "บัตรคิว", "ล่าช้า", "ช้ามาก", "ช้าไป", "ทำช้า", "งานช้า",
        "บริการช้า", "รวดเร็ว", "เร็วมาก", "เร็วขึ้น", "เร็วดี", "ไวมาก", "ไวดี", "ทันใจ", "ใช้เวลา",
        "slow", "fast", "quick", "queue", "wait", "delay",
    ),
    "manners": (
        "สุภาพ", "พูดจา", "พูดดี", "พูดไม่", "ยิ้ม", "มารยาท", "เป็นกันเอง", "ดุมาก", "หน้าบึ้ง", "หน้างอ", "บริการดี", "อัธยาศัย",
        "เอาใจใส่", "ใส่ใจ", "ไม่สนใจ", "ต้อนรับ", "เต็มใจ",
        "polite", "rude", "friendly", "smile", "smiling", "manner", "attitude",
    ),
    "clarity": (
        "ชัดเจน", "ไม่ชัด", "เข้าใจยาก", "เข้าใจง่าย", "ไม่เข้าใจ", "อธิบาย", "คำแนะนำ", "สับสน", "งงมาก", "ไม่บอก", "ไม่รู้เรื่อง",
        "ตอบไม่ตรง", "สื่อสาร", "clear", "unclear", "explain", "explanation", "confused", "confusing", "understand",
    ),
    "papers": (
        "เอกสาร", "สำเนา", "แบบฟอร์ม", "ขั้นตอน", "ยุ่งยาก", "ซับซ้อน", "หลายรอบ", "หลายครั้ง", "กลับมาใหม่",
        "document", "form", "step", "complicated", "paperwork",
    ),
    "fees": (
        "ค่าธรรมเนียม", "ค่าใช้จ่าย", "ค่าบริการ", "แพง", "ใบเสร็จ", "เสียเงิน", "ราคา",
        "fee", "expensive", "price", "receipt", "cost",
    ),
    "place": (
        "จอดรถ", "สถานที่", "อาคาร", "ห้องน้ำ", "ที่นั่ง", "เก้าอี้", "แอร์", "อากาศร้อน", "ร้อนมาก", "สะอาด", "สกปรก", "ทางลาด",
        "ป้ายบอก", "คับแคบ", "parking", "toilet", "building", "seat", "clean", "dirty", "ramp",
    ),
    "online": (
        "ออนไลน์", "เว็บ", "แอป", "ไลน์", "เฟซบุ๊ก", "เฟสบุ๊ก", "อินเทอร์เน็ต", "คิวอาร์", "สแกน", "เพจ",
        "online", "website", "app", "facebook", "internet",
    ),
    "fairness": (
        "เท่าเทียม", "ลัดคิว", "แซงคิว", "เลือกปฏิบัติ", "สองมาตรฐาน", "เส้นสาย", "คนรู้จัก", "พวกพ้อง", "ยุติธรรม", "เป็นธรรม",
        "fair", "unfair", "equal", "favour", "favor", "discriminate",
    ),
    "openness": (
        "โปร่งใส", "ตรวจสอบได้", "เปิดเผย", "ปิดบัง", "งบประมาณ", "ประชาสัมพันธ์", "ข้อมูล", "ข่าวสาร",
        "transparent", "transparency", "budget", "publish", "announce", "information",
    ),
    "hours": (
        "เวลาทำการ", "พักเที่ยง", "วันหยุด", "วันเสาร์", "เสาร์อาทิตย์", "เปิดสาย", "ปิดเร็ว", "นอกเวลา",
        "opening hours", "lunch", "weekend", "saturday",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """A theme by its code, and how many people's words touch it."""

    code: str
    count: int


def themes(said: Iterable[str], lexicon: Lexicon = LEXICON) -> Sequence[Theme]:
    """The themes that five or more touch, the most frequent first; those of one count in the order of the lexicon."""
    speaks = {code: re.compile("|".join(_spoken(one) for one in words)) for code, words in lexicon.items()}
    counts = Counter(code for text in said for code in _touched(fold(tidy(text)), speaks))
    order = [*lexicon, OTHER]
    found = [Theme(code, count) for code, count in counts.items() if count >= FEWEST]
    return sorted(found, key=lambda one: (-one.count, order.index(one.code)))


def _touched(text: str, speaks: Mapping[str, re.Pattern[str]]) -> Sequence[str]:
    return [code for code, pattern in speaks.items() if pattern.search(text)] or [OTHER]


def _spoken(word: str) -> str:
    """A pattern: Thai has no spaces between its words, English has."""
    return rf"\b{re.escape(word)}(?:s|d|ed|er|ing|ly)?\b" if word.isascii() else re.escape(word)
