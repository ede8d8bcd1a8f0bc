"""Words that have no place in an invitation to answer: what tells people how to answer, pays for it, or presses them.

An invitation says that one may answer, how long it takes and that nobody is told who answered what; nothing else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from itadomain.refusals import Refusal
from itadomain.thai import fold, tidy


class Fault(StrEnum):
    """What is wrong with it."""

    LEADS = "leads"  # it says what to answer
    PAYS = "pays"  # it promises something for an answer
    PRESSES = "presses"  # it must be answered, or somebody looks at who did


@dataclass(frozen=True)
class Found:
    """A fault, and the words that it was found in."""

    fault: Fault
    said: str


#: Thai is compared without blanks: nobody writes them in the same places.
_ASKS = r"(?:ขอ|ให้|ช่วย)"
_ANSWERS = r"(?:กด|เลือก|ตอบ|ใส่|ติ๊ก|โหวต|ประเมิน)"
_BETWEEN = (
    r"(?:คะแนน|ข้อ|ช่อง|ระดับ|ว่า|แต่|เป็น|แบบ|ทุก|ที่|ใน|ให้|หน่อย|เรา|พวกเรา|หน่วยงาน|อบต\.?|เทศบาล|อบจ\.?|กัน|มา|คำ|"
    r"ประเมิน|ตอบ|กด|เลือก|ใส่|คน|ท่าน|ด้วย|โปรด|กรุณา|นะ|คะ|ครับ)*"
)
_FULL = r"(?:เต็ม(?!ที่|ใจ|เวลา)|(?:5|ห้า)ดาว|5คะแนน|100คะแนน|100%)"
_BEST = (
    r"(?:มากที่สุด|มากสุด|สูงสุด|สูงที่สุด|ดีที่สุด|ดีเยี่ยม|ดีมาก|ดีๆ|ดีดี|สูงๆ|เยอะๆ|มากๆ|(?:ทาง|เชิง|ด้าน|ใน)บวก|แง่ดี|"
    r"เห็นด้วยอย่างยิ่ง|(?:พึง)?พอใจมาก|มีทุกข้อ|ฝั่งขวา|ขวาสุด)"
)
_WORST = r"(?:น้อย|ต่ำ|ไม่ดี|ลบ|แย่|เสีย|ไม่พอใจ|ไม่เห็นด้วย)"
_GOAL = r"(?:คะแนน|เกรด|ระดับ|อันดับ|เกณฑ์|ita|การประเมิน)"
_THAI = {
    Fault.LEADS: (
        _ASKS + _BETWEEN + _FULL,
        _ANSWERS + _BETWEEN + _FULL,
        _ANSWERS + _BETWEEN + _BEST,
        "คะแนน" + _BETWEEN + _BEST,
        r"(?:ห้าม|อย่า|ไม่ควร|งด)(?:ตอบ|กด|เลือก|ให้)(?:คะแนน|ข้อ|ว่า|ช่อง|ใน|ด้าน|ทาง|เชิง|แง่|ระดับ)*" + _WORST,
        r"(?:ช่วย|เพื่อ|ให้|ขอ)(?:ให้|เรา|พวกเรา|หน่วยงาน|อบต\.?|เทศบาล|อบจ\.?|ของ)*(?:ได้|ผ่าน|ถึง|ติด)" + _GOAL,
        r"คะแนน(?:ดี|สูง|เยอะ)ๆ",
        r"(?:เฉลย|แนวคำตอบ|แนวทางการตอบ|ตัวอย่างคำตอบ|ตอบตามนี้|ตอบตามที่แนะนำ|คำตอบที่ถูก)",
    ),
    Fault.PAYS: (
        r"(?:รางวัล|ของที่ระลึก|ของสมนาคุณ|ของแถม|ของขวัญ|ของฟรี|คูปอง|บัตรกำนัล|ลุ้นรับ|ลุ้นโชค|จับฉลาก|จับสลาก|ชิงโชค)",
        r"(?:แจก|แลก|รับ)(?:ของ|เงิน|ฟรี|รับ|ข้าวสาร|ไข่|น้ำดื่ม|เสื้อ|ทันที)",
        r"(?:ค่าตอบแทน|เงินพิเศษ|แต้มสะสม|สิทธิพิเศษ|สิทธิ์พิเศษ|โบนัส)",
    ),
    Fault.PRESSES: (
        r"(?:ทุกคน|ทุกท่าน|ท่าน|เจ้าหน้าที่)(?:จะ)?ต้อง(?:เข้า)?ตอบ|บังคับ(?:ให้)?ตอบ",
        r"(?:หาก|ถ้า|ใคร|ผู้ที่|ผู้ใด)ไม่ตอบ(?:จะ)?(?:ถูก|มีโทษ|โดน|เสียสิทธิ|ตัด|หัก|แจ้งชื่อ|รายงาน)",
        r"(?:เช็คชื่อ|เช็กชื่อ|รายชื่อผู้ตอบ|รายชื่อคนตอบ|แคปหน้าจอ|แคปจอ|จับภาพหน้าจอ|หลักฐานการตอบ)",
    ),
}
_ENGLISH = {
    Fault.LEADS: (
        r"(?:full|top|high|highest|best|good|perfect|maximum) (?:marks?|scores?|ratings?|points?|grades?|answers?)",
        r"(?:five|5) stars?",
        r"(?:answer|rate|score|grade)(?: us| it| them| everything| all)? (?:well|highly|nicely|positively|5|five|100)",
        r"(?:choose|tick|tap|select|answer)(?: the| with| on| only)* (?:highest|most|best|strongly agree|very much)",
        r"positive (?:answers?|ratings?|feedback|reviews?)",
        r"(?:help|let) us (?:get|reach|pass|win|score)",
        r"(?:model|right|correct|suggested) answers?",
    ),
    Fault.PAYS: (
        r"prizes?|rewards?|gifts?|vouchers?|coupons?|lucky draw|giveaway|raffle|souvenirs?|bonus(?:es)?",
        r"win an? |free of charge for answering|in return for (?:an|your) answer|for every answer",
    ),
    Fault.PRESSES: (
        r"(?:you|everyone|everybody|all staff) (?:must|have to|has to) (?:answer|respond|take part)",
        r"mandatory|compulsory|obligatory|screenshots?|names of (?:those|people) who answered",
    ),
}
#: Said right before, it is the opposite: «ไม่มีของรางวัล», "no prizes".
_NOT = re.compile(
    r"(?:ไม่มี|ไม่ได้|มิได้|ไม่)(?:การ|มีการ|จำเป็น)?(?:ของ)?$|\b(?:no|not|without|never|isn't|aren't)(?: an?| the| any)? $"
)
_BLANK = re.compile(r"\s+")


def found(text: str) -> Sequence[Found]:
    """Everything in a text that an invitation must not say, in Thai and in English."""
    said = fold(tidy(text))
    return [*_in(_BLANK.sub("", said), _COMPILED_THAI), *_in(_BLANK.sub(" ", said), _COMPILED_ENGLISH)]


def must_not_lead(text: str) -> None:
    """Refusal with the words that an invitation must not say."""
    all_of_it = found(text)
    if all_of_it:
        first = all_of_it[0]
        raise Refusal(_REFUSED[first.fault], said=first.said.strip())


def _in(said: str, patterns: Sequence[tuple[Fault, re.Pattern[str]]]) -> list[Found]:
    return [
        Found(fault, one[0])
        for fault, pattern in patterns
        for one in pattern.finditer(said)
        if not _NOT.search(said[: one.start()])
    ]


_REFUSED = {
    Fault.LEADS: "survey_inviting.leads",
    Fault.PAYS: "survey_inviting.pays",
    Fault.PRESSES: "survey_inviting.presses",
}
_COMPILED_THAI = [(fault, re.compile(one)) for fault, all_of_it in _THAI.items() for one in all_of_it]
_COMPILED_ENGLISH = [
    (fault, re.compile(rf"(?<![a-z])(?:{one})(?![a-z])")) for fault, all_of_it in _ENGLISH.items() for one in all_of_it
]
