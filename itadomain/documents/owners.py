"""Who answers for a measure: a printed cell taken apart into units."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from itadomain.documents.folding import arabic, is_ditto, squeezed
from itadomain.documents.words.units import ALL_OF_THEM, BEGINNINGS, DIVISIONS, EVERYONE, GLUED, PERSONS, ROLES
from itadomain.thai import tidy

UNIT = "|".join(BEGINNINGS)
ALL = re.compile(ALL_OF_THEM)
PERSON = re.compile(PERSONS)
ROLE = re.compile(ROLES)
A_UNIT = re.compile(rf"^(?:{UNIT}|ฝ่าย|งาน|ส่วน|กอง)")
ASIDE = re.compile(r"\s*\(\s*(?:งาน|ฝ่าย|นาย|นาง|น\.ส\.)[^)]*\)|\s*โทร\.?\s*[\d๐-๙ -]+")  # a task, a person, a telephone
NO_UNIT = re.compile(rf"{PERSONS}|อื่น|ที่เกี่ยวข้อง")
A_TASK = re.compile(r"^(?:งาน|ฝ่าย)")
LISTED = re.compile(r"(?:^|(?<=[\s\D]))\d{1,2}[.)](?!\d)\s*")
BETWEEN = re.compile(
    rf"\s*[/,;\n|]\s*|(?:^|\s)[-–•]\s*|\s*(?:และ|ร่วมกับ|กับ)\s*(?={UNIT}|ฝ่าย)|\s+(?={UNIT})|(?<=[ก-๎ฯ.])(?={'|'.join(GLUED)})"
)
LEADS = re.compile(r"(?:โดย|มี|ให้)+\s*(?P<lead>[^/,]+?)\s*เป็น(?:ผู้|หน่วยงาน|เจ้าภาพ|แกน|เจ้าของ)\S*(?:\s*หลัก)?")
MAIN = re.compile(r"(?P<lead>[^\s/,()]+)\s*\(\s*(?:ผู้รับผิดชอบ|หน่วยงาน|เจ้าภาพ)?หลัก\s*\)")
CALLED_MAIN = re.compile(r"(?:ผู้รับผิดชอบ|หน่วยงาน|เจ้าภาพ)?หลัก\s*:\s*(?P<lead>[^\s/,]+)")
LABEL = re.compile(r"\(?(?:ผู้รับผิดชอบ|หน่วยงาน|เจ้าภาพ)?(?:หลัก|รอง|ร่วม|สนับสนุน)\s*[:)]\s*")
WRAPPED = re.compile(r"(?<=[ก-๎]) (?=(?!อบต|อบจ|ทต|ทม|ทน|เทศบาล|องค์การ|งาน|ฝ่าย)[ก-๎])")
#: «กอง คลัง», «ทุก ส่วน ราชการ»: a wrapped line or a scan has torn a name behind its first word.
TORN = re.compile(
    rf"(?P<first>(?:^|(?<=[\s/,])|(?<=และ))(?:{DIVISIONS}|ศูนย์|โรงเรียน)) (?!{UNIT}|ฝ่าย|งาน|ทุก)(?=[ก-๎])"
    rf"|(?P<every>ทุก|แต่ละ) (?={DIVISIONS})"
)
NO_NAME = re.compile(rf"(?:ทุก|แต่ละ).*|{DIVISIONS}")
ABBREVIATED = re.compile(r"(?:อบต|อบจ|ทต|ทม|ทน|ผอ)\.$")
NOTHING = re.compile(r"[\s\-–—.…_/]*")


@dataclass(frozen=True)
class Owners:
    """The units of a cell in print order; `unclear` are those that are no units."""

    names: tuple[str, ...] = ()
    lead: str = ""
    everyone: bool = False
    unclear: tuple[str, ...] = ()


def owners_in(cell: str) -> Owners:
    """The units that a cell of owners names."""
    text = LISTED.sub(" / ", TORN.sub(r"\g<first>\g<every>", arabic(squeezed(ASIDE.sub("", cell)))))
    lead = next((found["lead"] for mark in (LEADS, CALLED_MAIN, MAIN) if (found := mark.search(text))), "")
    rest = ROLE.sub("", LABEL.sub(" / ", LEADS.sub(" ", text)))
    everyone = bool(ALL.search(rest))
    names = tuple(dict.fromkeys(_names(ALL.sub(" / ", rest))))
    lead = tidied(lead)
    if everyone:
        names = (EVERYONE, *(name for name in names if name != lead))
    elif lead and lead not in names:
        names = (lead, *names)
    part = len(names) > 1  # «งานนโยบายและแผน สำนักปลัด»: a task under its unit, or two owners
    unclear = tuple(name for name in names if not _is_unit(name) or (part and A_TASK.match(name)))
    return Owners(names, lead, everyone, unclear)


def _is_unit(name: str) -> bool:
    own = tidy(name)
    named = name == EVERYONE or not NO_NAME.fullmatch(own)
    return named and A_UNIT.match(own) is not None and not NO_UNIT.search(name)


def _names(text: str) -> Iterator[str]:
    for piece in BETWEEN.split(text):
        name = tidied(piece)
        if not NOTHING.fullmatch(name) and not is_ditto(name):
            yield name


def tidied(piece: str) -> str:
    """A unit's name without list marks and, but for a person's, without the blanks of wrapped lines."""
    name = squeezed(piece).strip(" ,;:/-–()•").lstrip(".")
    name = name if ABBREVIATED.search(name) else name.rstrip(".")
    return ROLE.sub("", name if PERSON.search(name) else WRAPPED.sub("", name))
