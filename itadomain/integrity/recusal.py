"""Who may receive a disclosure: never whom it is about, nobody of their unit, and nobody above them in line.

It is settled before anything is sealed, and whoever is left out gets no key. In doubt somebody is left out: another
receiver, or a body outside, does no harm.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from itadomain.integrity.disclosure import Accused
from itadomain.organisation import Unit
from itadomain.people import Person, Role
from itadomain.ports import Store
from itadomain.thai import bare, fold, tidy

_GRADE = "(ตำรวจ|อากาศ)?(เอก|โท|ตรี)"
_RANK = rf"((พล|พัน|ร้อย|สิบ|พันจ่า|จ่า|เรือ|นาวา){_GRADE}|จ่าสิบ(ตำรวจ|เอก|โท|ตรี)|ดาบตำรวจ|([ก-ฮ]{{1,3}}\.\s*)+)"
#: What stands before a name: ranks, each perhaps «ว่าที่» or «หญิง», and titles.
TITLES = re.compile(
    rf"^((ว่าที่\s*)?{_RANK}\s*(หญิง\s*)?)*(นางสาว|นาง|นาย|นส\.?|ว่าที่\s*ร\.?[ตทอ]\.?|ดร\.?|mrs\.?|mr\.?|ms\.?)?\s*",
    re.IGNORECASE,
)
#: How somebody is called by a name that is too short to be looked for alone.
CALLED = ("นาย", "นาง", "นางสาว", "น.ส.", "คุณ", "พี่", "ลุง", "ป้า", "น้า", "อา", "ช่าง", "ครู", "หมอ", "ผอ.", "หัวหน้า")
#: A unit is called by the beginning of its name, too: «กองการศึกษา ศาสนาและวัฒนธรรม».
BEGINS = re.compile(r"(กอง|สำนัก|ส่วน|ฝ่าย)\S\S\S+?(?=\s|และ|ฯ|เทศบาล|องค์การ|อบต|อบจ)")
#: Words for those at the top, whoever holds the post.
AT_THE_TOP = ("นายก", "ปลัด", "ผู้บริหาร", "เลขานุการนายก", "ผู้อำนวยการโรงเรียน", "mayor")
SHORTEST = 3


def receivers(store: Store, accused: Accused, today: date) -> Sequence[Person]:
    """The integrity officers who may read it and can be given a key; none where all are left out."""
    people, units = store.people.insiders(today), store.units.all()
    out = left_out(accused, people, units, today)
    able = set(store.disclosures.able())
    officers = [one for one in people if Role.INTEGRITY in one.roles]
    return [one for one in officers if one.id not in out and one.id in able]


def left_out(accused: Accused, people: Sequence[Person], units: Iterable[Unit], today: date) -> frozenset[str]:
    """The ids of those who must not read it."""
    words = _plain(accused.words)
    meant = [one for one in people if one.id in accused.people or _named(one, words)]
    inside = set(accused.units) | {unit for one in meant for unit in one.units(today)}
    inside |= {unit.id for unit in units if any(name in words for name in _names(unit))}
    top = accused.executives or any(word in words for word in map(_plain, AT_THE_TOP))
    above = top or bool(meant or inside)
    return frozenset(
        one.id
        for one in people
        if one in meant or inside & set(one.units(today)) or (above and Role.EXECUTIVE in one.roles)
    )


def _named(person: Person, words: str) -> bool:
    """Whether the words name a person: by their first name, or their last; by a short one as it is called, or whole."""
    name = tidy(person.name)
    spoken = TITLES.sub("", name)
    parts = [_plain(part) for part in (*spoken.split(), *name.split(), spoken)]
    short = [_plain(part) for part in spoken.split()[:1]]
    called = [_plain(title) + part for part in short if 1 < len(part) < SHORTEST for title in CALLED]
    return any(len(part) >= SHORTEST and part in words for part in (*parts, *called))


def _names(unit: Unit) -> Iterable[str]:
    """What a unit is called, as words are compared."""
    known = [name for name in (unit.name, *unit.aliases) if name]
    begun = [found[0] for name in known if (found := BEGINS.match(tidy(name)))]
    return [_plain(name) for name in (*known, *begun)]


def _plain(words: str) -> str:
    return "".join(bare(fold(tidy(words))).split()).replace("สานักงานปลัด", "สานักปลัด")
