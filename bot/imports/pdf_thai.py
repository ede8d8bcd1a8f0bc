"""Thai as PDFs hold it → Thai as it is written.

Fonts draw one mark in several places and have a glyph for each, in a private area; makers of PDFs write the parts of ำ
apart, marks in the order in which they are drawn, and bold as letters struck twice.
"""

import re
import unicodedata

#: Marks and letters that old Thai fonts keep in the private area, as Windows and as Adobe number them.
PRIVATE = {
    0xF700: "ฐ", 0xF701: "ิ", 0xF702: "ี", 0xF703: "ึ", 0xF704: "ื", 0xF705: "่", 0xF706: "้", 0xF707: "๊", 0xF708: "๋",
    0xF709: "์", 0xF70A: "่", 0xF70B: "้", 0xF70C: "๊", 0xF70D: "๋", 0xF70E: "์", 0xF70F: "ญ", 0xF710: "ั", 0xF711: "ํ",
    0xF712: "็", 0xF713: "่", 0xF714: "้", 0xF715: "๊", 0xF716: "๋", 0xF717: "์", 0xF718: "ุ", 0xF719: "ู", 0xF71A: "ฺ",
    0xF884: "ั", 0xF885: "ิ", 0xF886: "ี", 0xF887: "ึ", 0xF888: "ื", 0xF889: "็", 0xF88A: "่", 0xF88B: "่", 0xF88C: "่",
    0xF88D: "้", 0xF88E: "้", 0xF88F: "้", 0xF890: "๊", 0xF891: "๊", 0xF892: "๊", 0xF893: "๋", 0xF894: "๋", 0xF895: "๋",
    0xF896: "์", 0xF897: "์", 0xF898: "์", 0xF899: "ํ",
}  # fmt: skip
UNSEEN = re.compile("[\0-\x08\x0e-\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff\ufffd]")
MARK = "ัิ-ฺ็-๎"
MARKS = re.compile(f"[{MARK}]{{2,}}")
TONES = "่้๊๋์"
#: A blank in front of a mark, or of the second half of ำ, was never written: no word begins with either.
BLANK_IN_WORD = re.compile(rf"(?<=[ก-ฮ{MARK}]) +(?=[{MARK}ำ])")
HALF_AM = re.compile("([ก-ฮ][่-๋]?) +า")
AM = re.compile("ํ([่-๋]?)า")
DOUBLE_E = re.compile("เเ")
#: Where a file has lost the ring of every ำ, these are the words to put it back in.
LOST_RING = re.compile(
    "ดาเนิน|สานัก|กาหนด|จานวน|ประจา(?!น)|อาเภอ|ตาบล(?=[ก-ฮเ-ไ ])|อานวย|อานาจ|สาคัญ|สาเร็จ|สาหรับ|(?<!รา)คาสั่ง|คาถาม|แนะนา"
    "|จัดทา(?![งส])|จาเป็น|บารุง|กากับ|(?<!เว)ลาดับ|ชานาญ|ทางาน|บาเพ็ญ|จากัด|ชาระ|ราคาญ"
)


def mended(text: str) -> str:
    """The text as it is written."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", text.translate(PRIVATE)))
    text = MARKS.sub(_each_once, BLANK_IN_WORD.sub("", DOUBLE_E.sub("แ", text)))
    return HALF_AM.sub(r"\1ำ", AM.sub(r"\1ำ", text))


def _each_once(marks: re.Match[str]) -> str:
    """The marks of one letter, tones last."""
    return "".join(sorted(dict.fromkeys(marks[0]), key=TONES.__contains__))


def ringed(text: str) -> str:
    """The text with the rings back in words that are sure to have one."""
    return LOST_RING.sub(lambda found: found[0].replace("า", "ำ", 1), text)
