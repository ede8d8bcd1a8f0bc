"""See the measures of the plan, all of them or one.

staff    มาตรการของฉัน
bot      [card: แผนปี 2566 · 4 มาตรการ]   [ข้อ 1] [ข้อ 2] [ข้อ 3] [ข้อ 4]
staff    [ข้อ 2]
bot      [card: title · who · when · follow-up · steps]
"""

from collections.abc import Sequence

from handlers.kit import Card, Feature, Go, Reply, Row, Turn, say, show, words
from itadomain.measures import Measure
from itadomain.refusals import Refusal

feature = Feature("measures")

MOST_TAPS = 12


@feature.on("intent:my_measures", in_groups=True)
def mine(turn: Turn) -> Reply:
    plan = turn.store.measures.of_newest_plan()
    if not plan:
        return say("measures.none").offering(Go(words("help.tap_menu"), "help.menu"))
    rows = _owned(plan, str(turn.values.get("owner") or turn.who.unit)) or list(enumerate(plan, 1))
    year = plan[0].plan_year
    return show(
        Card(
            summary=words("measures.list", count=len(rows), year=year),
            title=words("measures.title", year=year),
            subtitle=turn.store.office.short,
            rows=[Row(words("measures.row", no=no, title=m.title), m.owners) for no, m in rows],
        )
    ).offering(*(Go(words("measures.tap_one", no=no), "measures.one", {"id": m.id}) for no, m in rows[:MOST_TAPS]))


@feature.on("intent:measure_detail", in_groups=True)
def one(turn: Turn) -> Reply:
    plan = turn.store.measures.of_newest_plan()
    found = _find(plan, turn)
    if found is None:
        if not plan:
            return mine(turn)
        raise Refusal("measures.no_such", count=len(plan))
    return show(_card(turn, found)).offering(Go(words("measures.tap_all"), "measures.mine"))


def _owned(plan: Sequence[Measure], unit: str) -> list[tuple[int, Measure]]:
    """The measures that `unit` carries, with their place in the plan; none where no unit is named."""
    return [(no, m) for no, m in enumerate(plan, 1) if unit and any(unit in o or o in unit for o in m.owners)]


def _find(plan: Sequence[Measure], turn: Turn) -> Measure | None:
    by_id = {measure.id: measure for measure in plan}
    wanted, title = turn.number("measure"), str(turn.values.get("measure_text", ""))
    if "id" in turn.values:
        return by_id.get(str(turn.values["id"]))
    if wanted is not None:
        printed = [m for m in plan if m.number == str(wanted)]
        in_order = [m for no, m in enumerate(plan, 1) if no == wanted]
        return next(iter(printed if len(printed) == 1 else in_order or printed), None)
    return next((m for m in plan if title and title.casefold() in m.title.casefold()), None)


def _card(turn: Turn, measure: Measure) -> Card:
    asked = words("measures.not_printed")
    return Card(
        summary=words("measures.one", title=measure.title, year=measure.plan_year),
        title=words("measures.one_title", title=measure.title),
        subtitle=words("measures.title", year=measure.plan_year),
        rows=[
            Row(words("measures.owner"), measure.owners or asked),
            Row(words("measures.period"), measure.period or asked),
            Row(words("measures.follow_up"), measure.follow_up or asked),
            *([Row(words("measures.finding"), measure.finding)] if measure.finding else ()),
        ],
        notes=[words("measures.step", step=step) for step in measure.steps],
    )
