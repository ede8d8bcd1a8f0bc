"""What words at the door say: only that somebody wants to tell of corruption, that they ask after it, or the story."""

import re

from itadomain.thai import fold, tidy

#: Words that tell nothing but the wish, the longest first so that none is taken out of another.
OF_A_WISH = """
    แจ้ง ร้องเรียน ร้อง รายงาน เบาะแส ทุจริต คอร์รัปชัน คอรัปชั่น คอร์รัปชั่น คอรัปชัน โกงกิน โกง สินบน
    ประพฤติมิชอบ มิชอบ อยาก ต้องการ ขอ จะ มี เรื่อง การ ของ ใน กับ และ ให้ เจ้าหน้าที่ หน่วยงาน อบต
    เทศบาล อบจ พบ เห็น เจอ คน ช่องทาง ช่อง ทาง ที่ไหน ที่ใด ที่นี่ ยังไง อย่างไร ได้ไหม ได้มั้ย ได้ ไหม
    มั้ย หรือไม่ ตรงไหน หน่อย ด้วย ครับ ค่ะ คะ นะ สวัสดี ลับ ติดตาม รหัส ถึงไหนแล้ว ถึงไหน แล้ว ที่ ไว้
    ผม ดิฉัน เรา ต้อง ทำ ไป ตาม report reporting corruption bribery bribe fraud whistleblower
    whistleblowing whistleblow disclosure disclose tip want would like how can please about the to i a
    an of some do where follow code my with ปลอดภัย วิธี โทร เบอร์ ไหน เกี่ยวกับ ยัง
"""
WISHES = sorted(OF_A_WISH.split(), key=len, reverse=True)
LATIN = re.compile(r"[a-z]+")
#: So few letters beside them say nothing yet.
LEAST = 4
#: Whoever works for an agency or with it, and what is its own.
OF_AN_AGENCY = (
    "เจ้าหน้าที่", "พนักงาน", "ข้าราชการ", "ลูกจ้าง", "นายก", "ปลัด", "ผู้บริหาร", "สมาชิกสภา", "ผู้อำนวยการ", "ผอ", "หัวหน้า",
    "ช่าง", "กรรมการ", "ผู้ใหญ่บ้าน", "กำนัน", "ผู้รับเหมา", "หลวง", "ราชการ", "เบิก", "officer", "mayor", "contractor",
)  # fmt: skip
ASKING_AFTER = ("ติดตาม", "ถึงไหน", "ไปถึง", "คืบหน้า", "ผลเป็น", "follow")


def tells(words: str) -> bool:
    """Whether words tell anything, beside that somebody wants to."""
    plain = LATIN.sub(lambda found: "" if found[0] in WISHES else found[0], fold(tidy(words)).casefold())
    for one in WISHES:
        if not one.isascii():
            plain = plain.replace(one, " ")
    return sum(sign.isalnum() for sign in plain) >= LEAST


def means_somebody(words: str) -> bool:
    """Whether words speak of whoever works for an agency, or of what is its own."""
    return any(one in fold(tidy(words)).casefold() for one in OF_AN_AGENCY)


def asks_after(words: str) -> bool:
    """Whether words ask how far something has come that was told before."""
    return not tells(words) and any(sign in fold(tidy(words)).casefold() for sign in ASKING_AFTER)
