"""Fiscal years of a document: that of its plan, that of its scores, and what speaks for each."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from itadomain.documents.folding import arabic, packed, squeezed
from itadomain.documents.reading import Sure
from itadomain.documents.shape import Document, Paragraph, Place
from itadomain.fiscal import fiscal_year_of
from itadomain.periods import period
from itadomain.thai import buddhist

YEAR = re.compile(r"(?<!\d)(25[4-9]\d)(?!\d)")
OF_YEAR = re.compile(r"(?:ปีงบประมาณ|ประจำปี|ปี|พ\.?ศ\.?)[^0-9]{0,12}$|^$")
SCORE_WORDS = re.compile(r"ผล(?:คะแนน|การประเมิน|คะแนนการประเมิน)")
PLAN_WORDS = re.compile(
    r"ไปสู่การ(?:พัฒนา|ปฏิบัติ)|มาตรการ|แผนปฏิบัติ|แผนงาน|แนวทางการ(?:พัฒนา|แก้ไข|ปรับปรุง)|(?:ข้อเสนอแนะ|แนวทาง)ในการพัฒนา|รายงานผลการดำเนิน|รายงานการดำเนิน|ปรับปรุงการดำเนินงาน"
)
A_GOAL = re.compile(r"(?:ยกระดับ|พัฒนา|เพิ่ม|รักษาระดับ|เป้าหมาย|เตรียม).{0,12}$")
OF_ASSESSMENT = re.compile(r"การประเมิน(?!ผล)|เป้าหมาย")
WITHIN = re.compile(r"(?:ภายใน(?:ปี)?|ตั้งแต่|ระหว่าง)[^0-9]{0,20}$|\d\s*[-–]\s*$")
RANGE_AFTER = re.compile(r"\s*[-–]\s*(?:พ\.ศ\.\s*)?25\d\d")
MONTH_BEFORE = re.compile(
    r"(?:วันที่|\d{1,2})?\s*(?:ม\.?ค|ก\.?พ|มี\.?ค|เม\.?ย|พ\.?ค|มิ\.?ย|ก\.?ค|ส\.?ค|ก\.?ย|ต\.?ค|พ\.?ย|ธ\.?ค|[ก-๎]+คม|[ก-๎]+ยน|กุมภาพันธ์)\.?\s*(?:พ\.ศ\.)?\s*$"
)
SHORT_YEAR = re.compile(r"(?:[ก-ฮ][ิี]?\.?[คยพ]\.?|คม|ยน|พันธ์|งบ|งปม\.?|ปี)\s*'?([5-7]\d)(?!\d)")
LATE_MONTH = re.compile(
    r"(?:(?:ตุลาคม|ต\.?ค\.?|พฤศจิกายน|พ\.?ย\.?|ธันวาคม|ธ\.?ค\.?)\s*(?:พ\.?ศ\.?)?|\d[/.-]1[0-2][/.-])\s*$"
)
REACH = 240  # letters before a year in which its meaning is looked for
NEAR_TABLE = 8  # paragraphs
DAYS = 366


@dataclass(frozen=True)
class Said:
    """A year in the text, with what it is said to be the year of."""

    year: int
    of_scores: bool
    at: int  # the how-many-eth block
    place: Place
    text: str = ""


@dataclass(frozen=True)
class Section:
    """Measures that stand together: their group, the block they begin with, and the wording of each one's period."""

    group: int
    block: int
    periods: Sequence[str]

    @property
    def year(self) -> int | None:
        """The fiscal year in which most of its periods end."""
        counted = Counter(year for wording in self.periods if (year := year_of_period(wording)))
        return next((year for year, _ in counted.most_common(1)), None)


@dataclass(frozen=True)
class Years:
    """What the document says about its years; choices are the years to choose from where it is not sure."""

    plan: int | None = None
    sure: Sure = Sure.UNKNOWN
    title: int | None = None
    choices: tuple[int, ...] = ()
    scores: tuple[int, ...] = ()  # every year that the scores are said to be of, the likeliest first
    place: Place = field(default_factory=Place)
    others: Mapping[int, Said] = field(default_factory=dict)  # sections under the heading of another year's plan


def years_of(document: Document, sections: Sequence[Section], told: int | None = None) -> Years:
    """The year of the plan by the heading above its measures, their periods and the title, in this order."""
    said = list(_said(document))
    plans = [one for one in said if not one.of_scores]
    title = plans[0].year if plans else None
    above = {section.group: near for section in sections if (near := _above(section, plans))}
    own = {section.group: above[section.group].year if section.group in above else section.year for section in sections}
    main = next((section for section in sections if own[section.group] == (told or title)), next(iter(sections), None))
    evidence = _evidence(main, above, title) if told is None else [told]
    scores = _scores([one.year for one in said if one.of_scores], evidence)
    plan, sure, choices = _plan(evidence, scores, measures=bool(sections))
    return Years(
        plan=plan,
        sure=sure,
        title=title,
        choices=choices,
        scores=scores,
        place=above[main.group].place if main and main.group in above else plans[0].place if plans else Place(),
        others={group: near for group, near in above.items() if main and group != main.group and near.year != plan},
    )


def _above(section: Section, plans: Sequence[Said]) -> Said | None:
    """The plan year said last in the lines above a section; the title, which comes first, speaks for itself."""
    near = [one for one in plans[1:] if section.block - NEAR_TABLE <= one.at < section.block]
    return near[-1] if near else None


def _evidence(main: Section | None, above: Mapping[int, Said], title: int | None) -> list[int]:
    near = above.get(main.group) if main else None
    return [year for year in (near.year if near else None, main.year if main else None, title) if year]


def _plan(
    evidence: Sequence[int], scores: Sequence[int], *, measures: bool
) -> tuple[int | None, Sure, tuple[int, ...]]:
    choices = tuple(dict.fromkeys(evidence))
    if choices:
        return choices[0], Sure.PRINTED if len(choices) == 1 else Sure.DISPUTED, choices
    if not scores:
        return None, Sure.UNKNOWN, ()
    likely = (scores[0] + 1, scores[0]) if measures else (scores[0],)
    return likely[0], Sure.DERIVED, likely


def _scores(years: Sequence[int], plan: Sequence[int]) -> tuple[int, ...]:
    """The commonest year first; of equals, the one before the plan's."""
    counted = Counter(years)
    ordered = sorted(counted, key=lambda year: (-counted[year], abs(year + 1 - plan[0]) if plan else -year))
    return tuple(ordered)


def _said(document: Document) -> Iterator[Said]:
    """Years with a meaning; lines that follow each other are read as one text."""
    before = ""
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            before = ""
            continue
        text = packed(block.text)
        if text.startswith(("/", ".")) or not text:
            continue
        before = f"{before}{text}"[-4 * REACH - len(text) :]
        start = len(before) - len(text)
        for found in YEAR.finditer(before, max(0, start)):
            meaning = _meaning(before[max(0, found.start() - REACH) : found.start()], before[found.end() :])
            if meaning is not None:
                yield Said(int(found[1]), meaning, at, block.place, squeezed(block.text))


def _meaning(before: str, after: str) -> bool | None:
    """True for a year of scores, False for one of a plan, None for a date or anything else."""
    last = [found.end() for found in YEAR.finditer(before)]
    clause = before[last[-1] :] if last else before
    if not OF_YEAR.search(clause) or WITHIN.search(before) or RANGE_AFTER.match(after) or MONTH_BEFORE.search(before):
        return None
    scores = list(SCORE_WORDS.finditer(clause))
    plans = [found.start() for found in PLAN_WORDS.finditer(clause)]
    if scores and (not plans or plans[-1] < scores[-1].start()):
        return None if A_GOAL.search(clause[: scores[-1].start()]) else True
    return False if plans and not OF_ASSESSMENT.search(clause, plans[-1]) else None


def year_of_period(wording: str) -> int | None:
    """The fiscal year in which a period ends; None where it prints no year, or goes over several."""
    found = period(wording, None)
    if found.end is None or (found.start is not None and (found.end - found.start).days > DAYS):
        return None
    return fiscal_year_of(found.end)


def year_in(wording: str) -> int | None:
    """The fiscal year of the last year that a wording prints beside a month, None where it prints none."""
    text = arabic(squeezed(wording))
    ends = [(found.end(), int(found[1]), text[: found.start()]) for found in YEAR.finditer(text)]
    short = SHORT_YEAR.finditer(text)
    ends += [(found.end(), buddhist(int(found[1])), text[: found.start(1)]) for found in short]
    if not ends:
        return None
    _, year, before = max(ends)
    return year + bool(LATE_MONTH.search(packed(before)))
