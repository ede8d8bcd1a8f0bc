"""A report on its way: what was said so far, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.kit import Turn
from itadomain.measures import Measure, Obligation, Standing, years_at_hand
from itadomain.progress import WHOLE, Report, percent_by
from itadomain.refusals import Refusal
from itadomain.reporting import Basis, basis, own

UNDERSTOOD = {"done": Standing.DONE, "in_progress": Standing.WORKING, "not_started": Standing.NOT_STARTED}


@dataclass(frozen=True)
class Draft:
    """What was said so far. What is empty was not said yet; what may be left out says whether it was asked."""

    duty: str = ""
    page: int = 0
    standing: str = ""
    said: str = ""
    percent: int | None = None
    amount: str = ""
    steps: Sequence[int] = ()
    far_asked: bool = False
    next_step: str = ""
    next_asked: bool = False
    why_back: str = ""


@dataclass(frozen=True)
class Coming:
    """What a draft is about, and what a report made now would build on."""

    duty: Obligation
    measure: Measure
    basis: Basis

    @property
    def steps_done(self) -> Sequence[int]:
        """The steps that the newest report before has told as done."""
        return next((one.steps for one in self.basis.others if one.stands and one.steps), ())


def coming(turn: Turn, draft: Draft) -> Coming:
    """What a draft is about; Refusal where that is not the person's own any more."""
    duty = own(turn.store, draft.duty, turn.who, turn.today)
    measure = turn.store.measures.get(duty.measure)
    if measure is None:
        raise Refusal("progress.not_yours")
    return Coming(duty, measure, basis(turn.store, duty, turn.today, turn.who.id))


def report_of(turn: Turn, draft: Draft, about: Coming) -> Report:
    """The report that a draft comes to."""
    due, amount = about.basis.due, Decimal(draft.amount) if draft.amount else None
    standing = Standing(draft.standing)
    return Report(
        id=turn.store.new_id(),
        obligation=about.duty.id,
        measure=about.duty.measure,
        unit=about.duty.unit,
        plan_year=about.duty.plan_year,
        made_on=turn.today,
        by=turn.who.id,
        standing=standing,
        said=draft.said,
        slot=due.slot if due else None,
        due=due.day if due else None,
        percent=percent_by(about.measure, standing, draft.percent, amount, draft.steps),
        amount=amount,
        steps=tuple(draft.steps),
        next_step=draft.next_step,
        why_back=draft.why_back,
    )


def understood(turn: Turn) -> Draft:
    """What a sentence said already; all of it is shown before anything is kept."""
    percent = turn.number("percent")
    percent = percent if percent is not None and 0 <= percent <= WHOLE else None
    standing = standing_in(turn)
    if percent is not None and not standing:
        standing = Standing.DONE if percent == WHOLE else Standing.WORKING
    return Draft(standing=standing, percent=percent, said=str(turn.values.get("note", "")))


def standing_in(turn: Turn) -> str:
    """How far it is by the words of a sentence; empty where they do not say."""
    return UNDERSTOOD.get(str(turn.values.get("status", "")), "")


def numbered(turn: Turn, number: int | None) -> Obligation:
    """One's own share of the measure with a number; Refusal where there is none, or it is another unit's."""
    own_units = turn.who.units(turn.today)
    for year in years_at_hand(turn.store.measures.years(), turn.today) if number else ():
        measure = turn.store.measures.numbered(year, number or 0)
        duties = turn.store.obligations.of_measure(measure.id) if measure else ()
        for duty in duties:
            if duty.unit in own_units:
                return duty
    raise Refusal("progress.no_such_of_yours")
