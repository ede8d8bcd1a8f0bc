"""Whose duty a measure is: from the owners that a plan prints to the units that answer for it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from itadomain.measures import Closing, Measure, Obligation
from itadomain.organisation import Unit, unit_named

#: ทุกสำนัก/กอง, ทุกส่วนราชการ …
EVERY_UNIT = re.compile(r"ทุก\s*ๆ?\s*(สำนัก|กอง|ส่วน|หน่วย|ฝ่าย|กลุ่ม|แผนก|งาน)")
LED_BY = re.compile(r"(?P<owners>.*?)\s*\(?โดย\s*(?P<lead>.+?)\s*เป็น(?:ผู้รับผิดชอบ|เจ้าภาพ|ผู้ประสาน|หน่วยงาน)")
NUMBERED = re.compile(r"^\s*\(?\d{1,2}[.)]\s*")


@dataclass(frozen=True)
class Assigned:
    """The obligations that a measure makes, and the owners that are no known unit: a person settles those."""

    obligations: Sequence[Obligation] = ()
    unknown: Sequence[str] = ()

    @property
    def settled(self) -> bool:
        """Whether it is somebody's, and everyone's who is named."""
        return bool(self.obligations) and not self.unknown


def assigned(measure: Measure, units: Iterable[Unit]) -> Assigned:
    """The obligation of every unit that the plan names, of each open one for «ทุกสำนัก/กอง»; nobody is made up."""
    if measure.cancelled_on:
        return Assigned()
    standing = [unit for unit in units if unit.open]
    wordings, lead = _owners(measure)
    owning: dict[str, Unit] = {}
    unknown = []
    for wording in wordings:
        found = _units(wording, standing)
        owning.update({unit.id: unit for unit in found})
        unknown += [] if found else [wording]
    leading = unit_named(standing, lead) if lead else None
    if leading:
        owning.setdefault(leading.id, leading)
    elif lead:
        unknown.append(lead)
    return Assigned(tuple(_obligations(measure, owning.values(), leading)), tuple(unknown))


def renewed(kept: Obligation | None, now: Obligation) -> Obligation:
    """An obligation as the plan has it now, with what was reported on it; one that went to another unit came back."""
    if kept is None:
        return now
    back = replace(kept, closed_on=None, closed_as=None) if kept.closed_as is Closing.MOVED else kept
    return replace(back, place=now.place, lead=now.lead)


def spelled(owner: str) -> str:
    """An owner as it is printed, without its number in a list."""
    return NUMBERED.sub("", owner).strip()


def _obligations(measure: Measure, owning: Iterable[Unit], leading: Unit | None) -> Iterator[Obligation]:
    for unit in owning:
        lead = leading is not None and unit.id == leading.id
        yield Obligation(duty_id(measure.id, unit.id), measure.id, unit.id, measure.plan_year, measure.place, lead)


def duty_id(measure: str, unit: str) -> str:
    """The id of what a unit answers for: there is one for each measure and unit."""
    return f"{measure}.{unit}"


def _owners(measure: Measure) -> tuple[list[str], str]:
    """The wordings of the owners one by one, and that of the lead."""
    wordings, lead = [], measure.lead
    for owner in measure.owners:
        led = LED_BY.search(owner)
        wordings.append(spelled(led["owners"] if led else owner))
        lead = lead or (led["lead"] if led else "")
    return [wording for wording in wordings if wording], lead


def _units(wording: str, units: Sequence[Unit]) -> Sequence[Unit]:
    if EVERY_UNIT.match(wording):
        return units
    named = unit_named(units, wording)
    return [named] if named else []
