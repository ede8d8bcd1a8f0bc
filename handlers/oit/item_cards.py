"""What is shown of the OIT: how many items are complete, what is missing of which, one item with all that is known."""

from collections.abc import Mapping, Sequence

from handlers.common.calendar_keepers import is_keeper
from handlers.kit import Card, Go, Link, Reply, Row, Tap, Turn, Words, show, words
from itadomain.evidence import Stage
from itadomain.fiscal import FiscalYear, fiscal_year_of
from itadomain.oit import register as registers
from itadomain.oit.entering import number_said
from itadomain.oit.items import Check, Gap, Item, Outcome, Register
from itadomain.oit.known import known_of
from itadomain.refusals import Refusal

A_PAGE = 8
GAPS: Mapping[Gap, Words] = {
    Gap.OVERDUE: words("oit.gap_overdue"),
    Gap.NO_ADDRESS: words("oit.gap_no_address"),
    Gap.NO_ANSWER: words("oit.gap_no_answer"),
    Gap.NO_UNIT: words("oit.gap_no_unit"),
}
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.OPENS: words("oit.opens"),
    Outcome.NOT_FOUND: words("oit.not_found"),
    Outcome.KEPT_OUT: words("oit.kept_out"),
    Outcome.SITE_FAULT: words("oit.site_fault"),
    Outcome.SILENT: words("oit.silent"),
    Outcome.UNREACHABLE: words("oit.unreachable"),
    Outcome.NO_SUCH_SITE: words("oit.no_such_site"),
    Outcome.NOT_PUBLIC: words("oit.not_public"),
    Outcome.BAD_CERTIFICATE: words("oit.bad_certificate"),
    Outcome.TOO_MANY_TURNS: words("oit.too_many_turns"),
    Outcome.ODD_ANSWER: words("oit.odd_answer"),
}


def year_of(turn: Turn) -> FiscalYear:
    """The year that is spoken of, else the running one."""
    return registers.year_meant(turn.number("year"), fiscal_year_of(turn.today))


def item_meant(turn: Turn, year: int, no: int | None = None) -> Item:
    """The item that a draft, a tap or a sentence names; Refusal where there is none."""
    said = no or turn.number("no") or number_said(str(turn.values.get("question", ""))) or 0
    return registers.item_of(turn.store, year, said)


def keeper(turn: Turn) -> None:
    """Refuse everyone but those who look after the whole register."""
    if not is_keeper(turn):
        raise Refusal("oit.keepers_only")


def publisher(turn: Turn, item: Item) -> None:
    """Refuse everyone but those who look after the register, and the people of the item's unit."""
    if not registers.may_publish(turn.who, item, turn.store.units.all(), turn.today):
        raise Refusal("oit.not_yours", code=item.code)


def named(item: Item) -> Mapping[str, int]:
    """An item as a tap names it."""
    return {"year": int(item.year), "no": item.no}


def listed(
    turn: Turn, register: Register, shown: Sequence[tuple[Item, Sequence[Gap]]], step: str, none: Words
) -> Reply:
    """How far a register is, and some of its items a page at a time: `step` shows another, `none` says that none is."""
    page = max(0, turn.number("page") or 0)
    here = shown[page * A_PAGE : (page + 1) * A_PAGE]
    told = words("oit.complete", done=register.complete(turn.today), all=len(register.items), year=register.year)
    card = Card(
        summary=told,
        title=told,
        subtitle=turn.store.office.short,
        rows=[Row(title(item), why(gaps) or words("oit.is_complete")) for item, gaps in here],
        notes=[*([] if shown else [none]), *_notes(register, len(shown) - page * A_PAGE - len(here))],
    )
    taps: list[Tap] = [Go(words("oit.tap_item", code=item.code), "oit.one", named(item)) for item, _ in here]
    if len(shown) > (page + 1) * A_PAGE:
        taps.append(Go(words("picking.tap_on"), step, {"year": register.year, "page": page + 1}))
    return show(card).offering(*taps)


def why(gaps: Sequence[Gap]) -> list[Words]:
    """What is missing, in words."""
    return [GAPS[one] for one in gaps]


def title(item: Item) -> Words:
    """An item by its number and its name."""
    return words("oit.item", code=item.code, name=item.name)


def one(turn: Turn, register: Register, item: Item) -> Reply:
    """One item with all that is known of it, and what this person may do about it."""
    gaps = register.gaps(item, turn.today)
    card = Card(
        summary=title(item),
        title=title(item),
        subtitle=words("oit.of_year", year=item.year),
        warning=words("oit.missing_of_it", gaps=why(gaps)) if gaps else None,
        rows=_rows(turn, register, item),
        notes=[] if item.confirmed else [words("oit.name_unconfirmed")],
        picture=_board(turn, item),
    )
    return show(card).offering(*_changes(turn, item), *_visit(item), to_register(item.year))


def to_register(year: int) -> Go:
    """The tap that leads back to what is missing."""
    return Go(words("oit.tap_register"), "oit.missing", {"year": int(year)})


def onward(item: Item) -> Sequence[Tap]:
    """The taps after something was changed about an item."""
    return Go(words("oit.tap_item", code=item.code), "oit.one", named(item)), to_register(item.year)


def _rows(turn: Turn, register: Register, item: Item) -> list[Row]:
    unit = turn.store.units.get(item.unit)
    due = register.due_of(item)
    rows = [
        Row(words("oit.row_unit"), unit.name if unit else words("oit.nobody")),
        Row(words("oit.row_due"), due or words("oit.no_due")),
        Row(words("oit.row_address"), item.address or words("oit.none_given")),
    ]
    if item.address:
        rows.append(Row(words("oit.row_check"), _found(item.check)))
    if item.board:
        rows.append(Row(words("oit.row_board"), words("oit.has_photo")))
    if item.updated_on:
        rows.append(Row(words("oit.row_updated"), words("oit.updated_on", day=item.updated_on)))
    if item.check and item.check.changed_on:
        rows.append(Row(words("oit.row_changed"), item.check.changed_on))
    return rows


def _found(check: Check | None) -> Words:
    """What was found at the address, and when."""
    if check is None:
        return words("oit.not_looked_at")
    outcome = OUTCOMES[check.outcome]
    told = words("oit.with_status", outcome=outcome, status=check.status) if _telling(check) else outcome
    return words("oit.found_expired" if check.expired else "oit.found", on=check.on, outcome=told)


def _telling(check: Check) -> bool:
    """Whether the number of the answer says more than the words do."""
    return bool(check.status) and check.outcome is not Outcome.OPENS


def _board(turn: Turn, item: Item) -> str:
    """The photo of the notice board, where it can be looked at."""
    photo = turn.store.evidence.get(item.board) if item.board else None
    shown = photo is not None and photo.stage is Stage.KEPT and photo.copy is not None and photo.copy.shown
    return f"evidence:{item.board}" if shown else ""


def _changes(turn: Turn, item: Item) -> list[Tap]:
    units, this = turn.store.units.all(), named(item)
    if not registers.may_publish(turn.who, item, units, turn.today):
        return []
    taps: list[Tap] = [
        Go(words("oit.tap_address"), "oit_publishing.address", this),
        Go(words("oit.tap_board"), "oit_publishing.board", this),
    ]
    if item.given:
        taps.append(Go(words("oit.tap_updated"), "oit_publishing.updated", this))
    if item.address:
        taps.append(Go(words("oit.tap_check"), "oit_publishing.check", this))
    if registers.keeps(turn.who, units, turn.today):
        taps += [
            Go(words("oit.tap_unit"), "oit_items.unit", this),
            Go(words("oit.tap_due"), "oit_items.due", this),
            Go(words("oit.tap_rename"), "oit_items.rename", this),
            Go(words("oit.tap_drop"), "oit_items.drop", this),
        ]
    return taps


def _visit(item: Item) -> list[Tap]:
    """The tap that opens the page, where LINE takes its address."""
    return [Link(words("oit.tap_visit"), item.address)] if item.address and item.address.isascii() else []


def _notes(register: Register, left: int) -> list[Words]:
    """What must be known beside the list: how many more there are, until when, and what is not confirmed."""
    known = known_of(register.year)
    have = {one.no for one in register.items}
    unnamed = [f"O{no}" for no in known.unnamed if no not in have]
    loose = sum(not one.confirmed for one in register.items)
    return [
        *([words("oit.and_more", count=left)] if left > 0 else []),
        *([words("oit.due_for_all", due=register.due)] if register.due else []),
        *([words("oit.names_unconfirmed", count=loose)] if loose else []),
        *([words("oit.names_unknown", codes=unnamed)] if unnamed else []),
    ]
