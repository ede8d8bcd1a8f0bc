"""How far a unit has come with a measure: its reports, what may be reported, and who says that it is so."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from itadomain.fiscal import FiscalYear
from itadomain.measures import Closing, Measure, Obligation, Standing, Start, Target
from itadomain.refusals import Refusal
from itadomain.thai import fold

WHOLE = 100
LONGEST = 1000  # characters of a sentence in a report
#: ติดปัญหา is no step back: the work stands where it stood.
RANK = {Standing.NOT_STARTED: 0, Standing.WORKING: 1, Standing.BLOCKED: 1, Standing.DONE: 2}

PERCENT = re.compile(r"(?:ร้อยละ|ประมาณ|ได้|\s)*(\d{1,3})(?:\.\d+)?\s*(?:%|เปอร์เซ็นต์|เปอร์เซนต์|percent)?(?:แล้ว|ค่ะ|ครับ|\s)*")
AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)")
NUMBERS = re.compile(r"(\d{1,3})(?:\s*(?:-|–|ถึง|to)\s*(\d{1,3}))?")


class Approval(StrEnum):
    """Whether somebody stands for a report beside who made it."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"  # sent back, with a reason
    OWN = "own"  # the head's own report counts at once
    UNASKED = "unasked"  # nobody is there to approve, or the agency does without


COUNTING = frozenset({Approval.APPROVED, Approval.OWN, Approval.UNASKED})


@dataclass(frozen=True)
class Report:
    """What a unit reported on a day. `said` goes into the official report as it was written."""

    id: str
    obligation: str  # an id
    measure: str  # an id
    unit: str  # an id
    plan_year: FiscalYear
    made_on: date
    by: str  # the id of a person
    standing: Standing
    said: str
    slot: date | None = None  # the due date that it is for, None where the measure has none
    due: date | None = None  # the day that this fell on
    percent: int | None = None
    amount: Decimal | None = None
    steps: Sequence[int] = ()  # those that are done, from 1
    next_step: str = ""
    why_back: str = ""  # why it has fallen behind the report before
    approval: Approval = Approval.WAITING
    decided_by: str = ""
    decided_on: date | None = None
    reason: str = ""  # why it was sent back
    corrects: str = ""  # the id of the report whose place it takes
    replaced_by: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is what the unit says today: neither replaced nor sent back."""
        return not self.replaced_by and self.approval is not Approval.RETURNED

    @property
    def counts(self) -> bool:
        """Whether papers may tell it."""
        return not self.replaced_by and self.approval in COUNTING

    @property
    def days_late(self) -> int:
        """By how many days it came after its due day; negative where it came before."""
        return (self.made_on - self.due).days if self.due else 0


def falls(before: Obligation, report: Report) -> bool:
    """Whether a report says less than what stood before."""
    return (
        RANK[report.standing] < RANK[before.standing]
        or _less(report.percent, before.percent)
        or _less(report.amount, before.amount)
    )


def checked(before: Obligation, report: Report) -> Report:
    """The report; Refusal where it may not be made like this: nothing said, or less than before without a reason."""
    if before.closed_as in {Closing.CANCELLED, Closing.MOVED}:
        raise Refusal("progress.is_over")
    if not report.said.strip():
        raise Refusal("progress.say_something")
    if max(len(report.said), len(report.next_step), len(report.why_back)) > LONGEST:
        raise Refusal("progress.too_long", most=LONGEST)
    if falls(before, report) and not report.why_back.strip():
        raise Refusal("progress.why_less")
    return report


def corrected(reports: Sequence[Report], by: str, today: date) -> Report | None:
    """The report whose place one made today takes: one sent back, or that of the same day which nobody stands for.

    A head's own report is replaced by that head only.
    """
    newest = next((one for one in reports if not one.replaced_by), None)
    if newest is None:
        return None
    settled = newest.approval is Approval.APPROVED or (newest.approval is Approval.OWN and newest.by != by)
    of_today = newest.made_on == today and not settled
    return newest if of_today or newest.approval is Approval.RETURNED else None


def since_start(obligation: Obligation, reports: Sequence[Report]) -> Sequence[Report]:
    """Those of all reports on an obligation, newest first, that were made since the unit took it over."""
    return reports[: len(reports) - obligation.start.reports]


def standing_by(obligation: Obligation, reports: Iterable[Report]) -> Obligation:
    """How far a unit is by where it began and those of its reports that stand; they come newest first."""
    start, standing = obligation.start, [one for one in reports if one.stands]
    newest = standing[0] if standing else None
    now = replace(
        obligation,
        standing=(newest or start).standing,
        percent=_last_told([*standing, start], "percent"),
        amount=_last_told([*standing, start], "amount"),
        reported_on=newest.made_on if newest else start.reported_on,
        reported_for=max(filter(None, [*(one.slot for one in standing), start.reported_for]), default=None),
    )
    return _closed(now, newest)


def _last_told(standing: Sequence[Report | Start], name: str) -> Any:
    """A figure stays until another is told; that of what was done is none of what is not done any more."""
    last = next((one for one in standing if getattr(one, name) is not None), None)
    undone = last and last.standing is Standing.DONE and standing[0].standing is not Standing.DONE
    return None if last is None or undone else getattr(last, name)


def _closed(obligation: Obligation, newest: Report | None) -> Obligation:
    """Done closes it, once that counts; what was cancelled or moved stays so."""
    if obligation.closed_as in {Closing.CANCELLED, Closing.MOVED}:
        return obligation
    done = newest is not None and newest.standing is Standing.DONE and newest.counts
    on = (newest.decided_on or newest.made_on) if newest and done else None
    return replace(obligation, closed_on=on, closed_as=Closing.DONE if done else None)


def approved(report: Report, by: str, today: date) -> Report:
    """The report, which counts from now on."""
    _undecided(report)
    return replace(report, approval=Approval.APPROVED, decided_by=by, decided_on=today)


def returned(report: Report, by: str, reason: str, today: date) -> Report:
    """The report, sent back to be made again."""
    _undecided(report)
    if not reason.strip():
        raise Refusal("approval.say_why")
    return replace(report, approval=Approval.RETURNED, decided_by=by, decided_on=today, reason=reason.strip())


def _undecided(report: Report) -> None:
    if report.replaced_by:
        raise Refusal("approval.is_replaced")
    if report.approval is not Approval.WAITING:
        raise Refusal("approval.is_decided")


def percent_of(text: str) -> int:
    """«75», «ร้อยละ ๗๕», «75%»; Refusal where it is no share of a hundred."""
    found = PERCENT.fullmatch(fold(text).strip())
    if found is None or int(found[1]) > WHOLE:
        raise Refusal("progress.no_percent")
    return int(found[1])


def amount_of(text: str, target: Target) -> Decimal:
    """«2 จาก 3 กระบวนงาน», «2/3», «2»: the first figure; Refusal where there is none."""
    found = AMOUNT.search(fold(text))
    try:
        return Decimal(found[1].replace(",", "")) if found else _no_amount(target)
    except InvalidOperation:
        return _no_amount(target)


def _no_amount(target: Target) -> Decimal:
    raise Refusal("progress.no_amount", most=target.amount, of=target.of)


def percent_by(
    measure: Measure, standing: Standing, said: int | None, amount: Decimal | None, steps: Sequence[int]
) -> int | None:
    """The percentage of a report: as it was said; else by the number to reach, or by the steps that are done."""
    if standing in {Standing.DONE, Standing.NOT_STARTED}:
        return WHOLE if standing is Standing.DONE else 0
    if said is None and amount is not None and measure.target:
        return share(amount, measure.target.amount)
    return share(len(steps), len(measure.steps)) if said is None and steps else said


def steps_of(text: str, count: int) -> tuple[int, ...]:
    """«1, 2 และ 4», «1-3»: the steps that are done; Refusal where one is named that does not exist, or none."""
    found: set[int] = set()
    for first, last in NUMBERS.findall(fold(text)):
        found |= set(range(int(first), int(last or first) + 1))
    if not found or not found <= set(range(1, count + 1)):
        raise Refusal("progress.no_such_step", count=count)
    return tuple(sorted(found))


def share(done: Decimal | int, of: Decimal | int) -> int:
    """So many of so many as a percentage, never a whole hundred before all is done."""
    return min(WHOLE, int(Decimal(done) * WHOLE / Decimal(of))) if of else 0


def _less(now: Decimal | int | None, before: Decimal | int | None) -> bool:
    return now is not None and before is not None and now < before
