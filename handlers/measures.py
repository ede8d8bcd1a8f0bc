"""See the measures of the plan, all of them or one.

staff    มาตรการของฉัน
bot      [card: แผนปี 2566 · 4 มาตรการ]   [ข้อ 1] [ข้อ 2] [ข้อ 3] [ข้อ 4]
staff    [ข้อ 2]
bot      [card: title · who · when · follow-up · steps]
"""

from collections.abc import Sequence

from handlers.kit import Card, Feature, Go, Reply, Row, Turn, Words, say, show, words
from itadomain.measures import Measure
from itadomain.people import SECRETS_OF_SCORES
from itadomain.refusals import Refusal

feature = Feature("measures")

MOST_TAPS = 12
EVERY_UNIT = "ทุก"  # ทุกสำนัก/กอง


@feature.on("intent:my_measures", in_groups=True)
def mine(turn: Turn) -> Reply:
    plan = turn.store.measures.of_newest_plan()
    if not plan:
        return _none()
    unit = str(turn.values.get("owner") or turn.who.unit)
    return _listed(turn, plan, _owned(plan, unit) or list(enumerate(plan, 1)), unit)


@feature.on(in_groups=True)
def everything(turn: Turn) -> Reply:
    plan = turn.store.measures.of_newest_plan()
    return _listed(turn, plan, list(enumerate(plan, 1)), "") if plan else _none()


@feature.on("intent:measure_detail", in_groups=True)
def one(turn: Turn) -> Reply:
    plan = turn.store.measures.of_newest_plan()
    found = _find(plan, turn)
    if found is None:
        if not plan:
            return mine(turn)
        raise Refusal("measures.no_such", count=len(plan))
    return show(_card(turn, found)).offering(Go(words("measures.tap_all"), "measures.everything"))


def _none() -> Reply:
    return say("measures.none").offering(Go(words("help.tap_menu"), "help.menu"))


def _listed(turn: Turn, plan: Sequence[Measure], rows: Sequence[tuple[int, Measure]], unit: str) -> Reply:
    year, some = plan[0].plan_year, len(rows) < len(plan)
    key = "measures.list_of_unit" if some else "measures.list"
    everything_too = [Go(words("measures.tap_all"), "measures.everything")] if some else []
    return show(
        Card(
            summary=Words(key, {"count": len(rows), "all": len(plan), "year": year, "unit": unit}),
            title=words("measures.title", year=year),
            subtitle=turn.store.office.short,
            rows_title=Words(key, {"count": len(rows), "all": len(plan), "year": year, "unit": unit}),
            rows=[Row(words("measures.row", no=no, title=m.title), m.owners) for no, m in rows],
        )
    ).offering(
        *(Go(words("measures.tap_one", no=no), "measures.one", {"id": m.id}) for no, m in rows[:MOST_TAPS]),
        *everything_too,
    )


def _owned(plan: Sequence[Measure], unit: str) -> list[tuple[int, Measure]]:
    """The measures that `unit` carries, those of every unit too, with their place; none where no unit is named."""
    return [
        (no, m)
        for no, m in enumerate(plan, 1)
        if unit and any(unit in owner or owner in unit or owner.startswith(EVERY_UNIT) for owner in m.owners)
    ]


def _find(plan: Sequence[Measure], turn: Turn) -> Measure | None:
    wanted, title = turn.number("measure"), str(turn.values.get("measure_text", ""))
    if "id" in turn.values:
        return turn.store.measures.get(str(turn.values["id"]))
    if wanted is not None:
        printed = [m for m in plan if m.number == str(wanted)]
        in_order = [m for no, m in enumerate(plan, 1) if no == wanted]
        return next(iter(in_order or printed), None)  # by the number that the list shows, else the printed one
    return next((m for m in plan if title and title.casefold() in m.title.casefold()), None)


def _card(turn: Turn, measure: Measure) -> Card:
    asked = words("measures.not_printed")
    finding = measure.finding and turn.who.may(SECRETS_OF_SCORES)
    return Card(
        summary=words("measures.one", title=measure.title, year=measure.plan_year),
        title=words("measures.one_title", title=measure.title),
        subtitle=words("measures.title", year=measure.plan_year),
        rows=[
            Row(words("measures.owner"), measure.owners or asked),
            Row(words("measures.period"), measure.period or asked),
            Row(words("measures.follow_up"), measure.follow_up or asked),
            *([Row(words("measures.finding"), measure.finding)] if finding else ()),
        ],
        notes=[words("measures.step", step=step) for step in measure.steps],
    )
