"""The agency's units: see them, add one, give it another name, close it, say which is the secretariat.

admin    หน่วยงาน
bot      [card: หน่วยงาน 3 หน่วย · สำนักปลัด 4 คน · กองคลัง 2 คน …]   [สำนักปลัด] [กองคลัง] … [เพิ่มหน่วยงาน]
admin    [เพิ่มหน่วยงาน]
bot      หน่วยงานใหม่ชื่ออะไรคะ
admin    กองช่าง
bot      เพิ่ม กองช่าง แล้วค่ะ
admin    [กองคลัง]
bot      [card: กองคลัง · 2 คน · ชื่ออื่น]   [เปลี่ยนชื่อ] [ตั้งเป็นสำนักปลัด] [ปิดหน่วยงาน]
admin    [ปิดหน่วยงาน]
bot      กองคลังยังมีเจ้าหน้าที่ 2 คน …
"""

from dataclasses import dataclass

from handlers.common import picking
from handlers.kit import Card, Feature, Go, Reply, Row, Turn, ask, say, show, words
from itadomain import units
from itadomain.organisation import Unit
from itadomain.people import Role
from itadomain.refusals import Refusal

feature = Feature("units", roles=frozenset({Role.ADMIN}))


@dataclass(frozen=True)
class Draft:
    """The unit that it is about, by its id."""

    unit: str


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every unit
    known = turn.store.units.all()
    counted = units.staffed(known, turn.store.people.insiders(turn.today), turn.today)
    page = picking.pages([Go(unit.name, "units.one", {"id": unit.id}) for unit in known], turn, "units.all")
    shown = {tap.values["id"] for tap in page if isinstance(tap, Go) and tap.to == "units.one"}
    card = Card(
        summary=words("units.count", count=len(known)),
        title=words("units.count", count=len(known)),
        subtitle=turn.store.office.short,
        rows=[Row(_name(unit), words("units.people", count=count)) for unit, count in counted if unit.id in shown],
        notes=[] if any(unit.secretariat for unit in known) else [words("units.no_secretariat")],
    )
    return show(card).offering(*page, Go(words("units.tap_add"), "units.add"))


@feature.on()
def add(turn: Turn) -> Reply:
    return ask("units.new_name", then=hear_new_name)


@feature.step
def hear_new_name(turn: Turn) -> Reply:
    made = units.added(turn.store.new_id(), turn.text, turn.store.units.all())
    turn.store.units.save(made)
    return _done(turn, "units.added", made)


@feature.on()
def one(turn: Turn) -> Reply:
    unit = _meant(turn)
    count = _people(turn, unit)
    card = Card(
        summary=words("units.one", name=unit.name, count=count),
        title=unit.name,
        rows=[
            Row(words("units.row_people"), words("units.people", count=count)),
            Row(words("units.row_aliases"), unit.aliases or "-"),
        ],
        notes=[words("units.is_secretariat")] if unit.secretariat else [],
    )
    named = {"id": unit.id}
    secretariat = [] if unit.secretariat else [Go(words("units.tap_secretariat"), "units.secretariat", named)]
    return show(card).offering(
        Go(words("units.tap_rename"), "units.rename", named),
        *secretariat,
        Go(words("units.tap_close"), "units.close", named),
        Go(words("units.tap_all"), "units.all"),
    )


@feature.on()
def rename(turn: Turn) -> Reply:
    unit = _meant(turn)
    return ask("units.other_name", then=hear_other_name, draft=Draft(unit.id), name=unit.name)


@feature.step
def hear_other_name(turn: Turn, draft: Draft) -> Reply:
    renamed = units.renamed(_known(turn, draft.unit), turn.text, turn.store.units.all())
    turn.store.units.save(renamed)
    return _done(turn, "units.renamed", renamed)


@feature.on()
def secretariat(turn: Turn) -> Reply:
    changed = units.secretariat(_meant(turn), turn.store.units.all())
    for unit in changed:
        turn.store.units.save(unit)
    return _done(turn, "units.now_secretariat", changed[-1])


@feature.on()
def close(turn: Turn) -> Reply:
    unit = _closed(turn, _meant(turn))
    return ask("units.really_close", then=confirm_close, choices=picking.yes(), draft=Draft(unit.id), name=unit.name)


@feature.step
def confirm_close(turn: Turn, draft: Draft) -> Reply:
    picking.only_yes(turn)
    gone = _closed(turn, _known(turn, draft.unit))
    turn.store.units.save(gone)
    return _done(turn, "units.closed", gone)


def _closed(turn: Turn, unit: Unit) -> Unit:
    """The unit closed, where nobody works there and it answers for nothing."""
    duties = turn.store.obligations.of_units([unit.id], turn.store.measures.years(), limit=1)
    return units.closed(unit, _people(turn, unit), len(duties), turn.today)


def _done(turn: Turn, key: str, unit: Unit) -> Reply:
    taps = [] if not unit.open else [Go(words("units.tap_one"), "units.one", {"id": unit.id})]
    return say(key, name=unit.name).offering(*taps, Go(words("units.tap_all"), "units.all"))


def _people(turn: Turn, unit: Unit) -> int:
    ((_, count),) = units.staffed([unit], turn.store.people.insiders(turn.today), turn.today)
    return count


def _meant(turn: Turn) -> Unit:
    return _known(turn, str(turn.values.get("id", "")))


def _known(turn: Turn, unit_id: str) -> Unit:
    found = turn.store.units.get(unit_id)
    if found is None or not found.open:
        raise Refusal("units.unknown")
    return found


def _name(unit: Unit) -> object:
    return words("units.secretariat_name", name=unit.name) if unit.secretariat else unit.name
