"""Which agency a document is about, in every spelling that it prints, and whether two names mean one agency."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from itadomain.documents.folding import bone, packed
from itadomain.documents.shape import Document, Paragraph
from itadomain.thai import tidy

#: Kinds of agencies with their short forms; the longer ones first.
KINDS = (
    ("องค์การบริหารส่วนตำบล", "อบต."), ("องค์การบริหารส่วนจังหวัด", "อบจ."), ("เทศบาลตำบล", "ทต."),
    ("เทศบาลเมือง", "ทม."), ("เทศบาลนคร", "ทน."), ("โรงเรียน", "รร."), ("มหาวิทยาลัย", "ม."), ("วิทยาลัย", ""),
    ("โรงพยาบาลส่งเสริมสุขภาพตำบล", "รพ.สต."), ("โรงพยาบาล", "รพ."), ("ที่ว่าการอำเภอ", ""),
    ("สำนักงานสาธารณสุขอำเภอ", "สสอ."), ("สำนักงานสาธารณสุขจังหวัด", "สสจ."), ("สำนักงานเขตพื้นที่การศึกษา", ""),
    ("สำนักงานจังหวัด", ""),
    ("จังหวัด", ""), ("กรม", ""), ("กระทรวง", ""), ("สถานีตำรวจ", "สภ."), ("มูลนิธิ", ""), ("สถาบัน", ""), ("สำนักงาน", ""),
)  # fmt: skip
LOCAL = 5  # the first of them, which also stand inside sentences
FORMS = [(re.compile(r"\s?".join(map(re.escape, name))), name) for name, _ in KINDS]
SHORT = {short: name for name, short in KINDS if short}
SHORT_FORM = re.compile(r"(?<![ก-๎])(อบต|อบจ|ทต|ทม|ทน)\.\s?(?=[ก-๎])")
#: Words that follow an agency's name without a blank.
FOLLOWING = re.compile(
    r"(?:พบว่า|ประจำ|ได้|จึง|อำเภอ|จังหวัด|โดย|ดังนี้|ซึ่ง|ทราบ|เรื่อง|ให้|ตาม|เพื่อ|ครั้งที่|ปีงบ|ขอ|มี(?:ผล|คะแนน)|และ|เป็น|ใน(?:ปี|การ)|เข้า|แล้ว).*"
)
NAME = re.compile(r"\s?([ก-๎]{2,40})")
AND_WHERE = re.compile(r"^(?P<name>.+?)(?:\s+(?:อำเภอ|อ\.|จังหวัด|จ\.).*)?$")
CLOSE = 0.8


class Sameness(StrEnum):
    """Whether a printed agency is the known one."""

    YES = "yes"
    SPELLED_DIFFERENTLY = "spelled_differently"  # the same but for a mark or a letter: ask
    ANOTHER = "another"


@dataclass(frozen=True)
class Agencies:
    """The likeliest agency and every spelling of it; `others` are agencies that the document names as often."""

    name: str = ""
    spellings: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def same_agency(printed: str, known: str) -> Sameness:
    """Whether two names, short forms included, are one agency's."""
    one, other = _spelled_out(printed), _spelled_out(known)
    if packed(one) == packed(other):
        return Sameness.YES
    same_kind = _kind(one) == _kind(other)
    return Sameness.SPELLED_DIFFERENTLY if same_kind and _close(bone(one), bone(other)) else Sameness.ANOTHER


def agencies_in(document: Document) -> Agencies:
    """The agency of a document: the name on a line of its own where there is one, else the commonest."""
    alone, inside = Counter[str](), Counter[str]()
    for text, whole in _texts(document):
        for name in _names(text):
            inside[name] += 1
        if whole and (name := _line_alone(text)):
            alone[name] += 1
    # A name that stands alone is whole; one inside a sentence may have swallowed the words after it.
    counted = Counter({name: sum(times for other, times in inside.items() if other.startswith(name)) for name in alone})
    candidates = counted or _shortened(inside)
    if not candidates:
        return Agencies()
    best = max(candidates, key=lambda name: (candidates[name], -list(candidates).index(name)))
    cut = [_cut(name, best) for name in (*alone, *inside)]
    spellings = dict.fromkeys([best, *(name for name in cut if _close(bone(name), bone(best)))])
    others = tuple(name for name in alone if _kind(name) == _kind(best) and name not in spellings)
    return Agencies(best, tuple(spellings), others)


def _texts(document: Document) -> Iterator[tuple[str, bool]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield tidy(block.text), True
        else:
            yield from ((tidy(cell), False) for row in block.rows for cell in row if cell)


def _names(text: str) -> Iterator[str]:
    text = SHORT_FORM.sub(lambda short: SHORT[f"{short[1]}."], text)
    for form, name in FORMS[:LOCAL]:
        for found in form.finditer(text):
            rest = NAME.match(text, found.end())
            if rest and (own := FOLLOWING.sub("", rest[1])):
                yield f"{name}{own}"


def _line_alone(text: str) -> str:
    """An agency's name that fills a line, with its district and province at most."""
    own = AND_WHERE.match(text)
    if not own:
        return ""
    name = _spelled_out(own["name"].strip(" .…"))
    form = next((form for form, _ in FORMS if form.match(name)), None)
    start = form.match(name) if form else None
    rest = name[start.end() :].strip() if start else ""
    whole = bool(start) and bool(re.fullmatch(r"[ก-๎0-9.() ]{2,40}", rest)) and not FOLLOWING.search(rest)
    return _kind(name) + rest if whole else ""


def names_another(text: str, own: Sequence[str]) -> bool:
    """Whether the agency that a text names last is none of `own`."""
    last = max((found.start() for form, _ in FORMS[:LOCAL] for found in form.finditer(text)), default=None)
    return last is not None and not any(packed(text[last:]).startswith(packed(name)) for name in own)


def _shortened(inside: Counter[str]) -> Counter[str]:
    """Names inside sentences only: each cut to the shortest that others begin with."""
    found = Counter[str]()
    for name, times in inside.items():
        shortest = min((other for other in inside if name.startswith(other)), key=len)
        found[shortest] += times
    return found


def _cut(name: str, best: str) -> str:
    """The part of a swallowed name that is as long as the known one; a lost mark may make it differ by one."""
    for length in (len(best), len(best) + 1, len(best) - 1):
        if bone(name[:length]) == bone(best) and not re.match("[ะาิ-ฺ็-๎]", name[length : length + 1]):
            return name[:length]
    return name


def _spelled_out(name: str) -> str:
    text = tidy(name)
    for short, full in SHORT.items():
        if text.startswith(short):
            return full + text[len(short) :].strip()
    return AND_WHERE.sub(r"\g<name>", text)


def _kind(name: str) -> str:
    return next((kind for form, kind in FORMS if form.match(name)), "")


def _close(one: str, other: str) -> bool:
    """Whether two bones are one but for a single letter."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return any(one[at + i :] == other[at + j :] for i, j in ((1, 1), (1, 0), (0, 1)))
