"""Points in running text, and what they are the points of: the agency, an instrument, an indicator."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from itadomain.documents.agency import names_another
from itadomain.documents.doubts import Ask, Doubt, Question
from itadomain.documents.folding import arabic, joined, squeezed
from itadomain.documents.indicator_names import mentioned
from itadomain.documents.shape import Document, Paragraph, Place
from itadomain.documents.words.indicators import GRADES
from itadomain.frameworks.shape import Instrument
from itadomain.scores import FULL_SCORE

FIGURE = re.compile(r"(?<![\d./,])(\d{1,3}(?:\.\d{1,2})?)(?![\d/])(?!\.\d)")
CALLED_POINTS = re.compile(r"(?:คะแนน|ผลการประเมิน)\D{0,25}$")
A_GOAL = re.compile(
    r"(?:มากกว่า|ไม่น้อยกว่า|ไม่ต่ำกว่า|น้อยกว่า|ต่ำกว่า|เกินกว่า|เป้าหมาย|จะต้อง|ต้องมี|ต้องได้|เต็ม|เพิ่มขึ้น|ลดลง|สูงขึ้น|ตั้งแต่|ระหว่าง|อย่างน้อย)\D{0,28}$"
    r"|เกณฑ์\D{0,12}$|\d\s*[-–]\s*$"
)
A_GOAL_AFTER = re.compile(r"\s*(?:คะแนน)?\s*(?:ขึ้นไป|[-–]\s*\d|ถึง|คน|ตัวอย่าง|ข้อ|แห่ง|หน่วยงาน|ปี|วัน|เดือน|ตัวชี้วัด|บาท)")
OF_OTHERS = re.compile(r"(?:ระดับ|ทั้ง|ของ|เฉลี่ย)(?:ประเทศ|จังหวัด|ภูมิภาค)|ค่าเฉลี่ย")
#: What else an agency gets points for; they are this assessment's again where its name follows.
OF_ANOTHER = re.compile(
    r"(?:(?<![A-Za-z])(?:LPA|PMQA|EHA)(?![A-Za-z])|ประสิทธิภาพขององค์กรปกครอง|ความพึงพอใจ|เบิกจ่าย|คำรับรองการปฏิบัติราชการ)"
    r"(?!.*(?:(?<![A-Za-z])ITA(?![A-Za-z])|คุณธรรมและความโปร่งใส))"
)
LETTERS = re.compile(r"(?<![A-Za-z])(IIT|EIT|OIT)(?![A-Za-z])")
INDICATOR = re.compile(r"ตัวชี้วัด(?!ทั้ง)")
GRADE = re.compile(
    r"(?:ระดับ(?:ผลการประเมิน|คุณธรรม|คะแนน)?|เกรด|ผลการประเมิน)\s*[:=\"“'(«]*\s*(" + "|".join(GRADES) + r")(?![A-Za-zก-๎])"
    r"|^\s*(?:คะแนน)?\s*[(\"“:,]*\s*(AA|[A-F]|" + "|".join(GRADES[:6]) + r")(?![A-Za-z])"
)
FULL_AFTER = re.compile(r"เต็ม\s*$")
YEAR = re.compile(r"(?<!\d)(25\d\d)(?!\d)")
WORD = "คะแนน"
YEAR_AFTER = re.compile(r"^[^\d]*?ใน\s*(?:ประจำ)?ปี[^\d]*(25\d\d)")
ALONE = re.compile(r"\s*(?:ร้อยละ|=|:)?\s*\d{1,3}(?:\.\d{1,2})?\s*(?:คะแนน|%)?\s*")
SPELLED = "หนึ่ง|เอ็ด|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|ศูนย์|ยี่|สิบ|ร้อย|จุด"
IN_WORDS = re.compile(rf"(?:{SPELLED}){{2,}}\s*คะแนน")
CUT_MARKS = re.compile("^[ะาำิ-ฺๅ็-๎]+")
NEAR, NEARER, GRADED, NAMED, REACH = 60, 40, 90, 120, 300
QUOTED = 45


@dataclass(frozen=True)
class Mention:
    """Points said in a sentence: of an indicator, of an instrument, or, where both are None, of the agency."""

    points: Decimal
    indicator: int | None = None
    instrument: Instrument | None = None
    grade: str | None = None
    year: int | None = None
    where: str = ""
    before: str = ""  # the words before it
    place: Place = field(default_factory=Place)

    @property
    def total(self) -> bool:
        """Whether it is the agency's."""
        return self.indicator is None and self.instrument is None


def mentions_in(document: Document, agencies: Sequence[str]) -> list[Mention]:
    """Every mention of points in the running text and in boxes of one cell, but of those of other agencies."""
    lines = list(_lines(document))
    found = [one for at, (text, place) in enumerate(lines) for one in _in_line(text, place, lines, at)]
    return [one for one in found if not names_another(one.before, agencies)]


def spelled_in(document: Document) -> Iterator[Doubt]:
    """Points written in words, which are asked for."""
    for text, place in _lines(document):
        if found := IN_WORDS.search(text):
            yield Question(Ask.POINTS, {"name": "ITA", "text": found[0]}, place, (found[0],))


def _lines(document: Document) -> Iterator[tuple[str, Place]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield _readable(block.text), block.place
        elif max((len(row) for row in block.rows), default=0) == 1:
            yield from ((squeezed(row[0]), block.place) for row in block.rows if row)


def _readable(text: str) -> str:
    """The text as printed, or without the blanks of a scan where they cut the word that matters."""
    whole = joined(text)
    return whole if WORD in whole and WORD not in text else squeezed(text)


def _in_line(text: str, place: Place, lines: Sequence[tuple[str, Place]], at: int) -> Iterator[Mention]:
    words, start = arabic(text), 0
    if ALONE.fullmatch(words):
        before = " ".join(line for line, _ in lines[max(0, at - 2) : at])[-NEAR:]
        after = " ".join(line for line, _ in lines[at + 1 : at + 3] if len(line) <= NEARER)
        words, start = f"{arabic(before)} {words} {after}", len(before)
    for found in FIGURE.finditer(words, start):
        value = Decimal(found[1])
        said = words[max(0, found.start() - REACH) : found.start()]
        before, after = _since_last_figure(said), words[found.end() : found.end() + REACH]
        if value <= FULL_SCORE and _is_points(found[1], before, after):
            yield from _mention(value, before, after, said, _quote(text, found, start), place)


def _since_last_figure(before: str) -> str:
    figures = [found.end() for found in FIGURE.finditer(before)]
    return before[figures[-1] :] if figures else before


def _is_points(figure: str, before: str, after: str) -> bool:
    """Whether the words around say points. A whole number needs them behind it, or a grade: it may count anything."""
    counted = "." in figure or GRADE.search(after[:NEARER])
    said = after.lstrip().startswith("คะแนน") or (counted and CALLED_POINTS.search(before))
    return bool(said) and not A_GOAL.search(before) and not A_GOAL_AFTER.match(after)


def _mention(value: Decimal, before: str, after: str, whole: str, where: str, place: Place) -> Iterator[Mention]:
    near, years = before[-NEAR:], [*YEAR.findall(whole), *YEAR_AFTER.findall(after[:NEAR])]
    said = Mention(value, year=int(years[-1]) if years else None, where=where, before=before[-NAMED:], place=place)
    indicators = [(at, no) for at, _, no in mentioned(near)]
    letters = LETTERS.findall(near)
    if letters:
        yield replace(said, instrument=Instrument(letters[-1]))
    elif indicators:
        yield replace(said, indicator=max(indicators)[1])
    elif not (INDICATOR.search(before[-NEARER:]) or OF_OTHERS.search(near) or OF_ANOTHER.search(whole)):
        yield replace(said, grade=_grade(after))


def _grade(after: str) -> str | None:
    """The grade said beside a total, before another figure is."""
    end = next((one.start() for one in FIGURE.finditer(after) if not FULL_AFTER.search(after[: one.start()])), GRADED)
    found = GRADE.search(after[: min(end, GRADED)])
    return next(group for group in found.groups() if group) if found else None


def _quote(text: str, found: re.Match[str], start: int) -> str:
    """The words around a figure, as a person would look for them."""
    at, end = max(0, found.start() - start), max(0, found.end() - start)
    before, after = text[:at], text[at : end + QUOTED // 2]
    if len(before) > QUOTED:
        before = before[-QUOTED:]
        before = before.partition(" ")[2] or CUT_MARKS.sub("", before)
    return f"{before}{after}".strip()
