"""An agency's register of a year: what is known of the year's items, and before it what the agency says itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from itadomain.assessment.calendar import windows
from itadomain.evidence import BOARD
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Phase
from itadomain.oit.address import address
from itadomain.oit.entering import Named, name_said
from itadomain.oit.items import Check, Item, Register
from itadomain.oit.known import known_of
from itadomain.organisation import Unit
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.units import keeps_calendar

#: How far back and ahead a register is kept.
EARLIEST, AHEAD = FiscalYear(2563), 1


@dataclass(frozen=True)
class Carried:
    """What of last year's register may stand in this year's: by the same name; and numbers that now mean another."""

    items: Sequence[Item]  # as they would stand this year
    others: Sequence[tuple[Item, Item]]  # of last year and of this, with the same number under another name
    draft: bool = False  # this year has no items at all, so that those of last year become a draft


def year_meant(year: int | None, running: int) -> FiscalYear:
    """The year that is spoken of, the running one where none is; Refusal where no register can be of it."""
    meant = FiscalYear(year or running)
    if not EARLIEST <= meant <= running + AHEAD:
        raise Refusal("oit.which_year", oldest=EARLIEST, latest=running + AHEAD)
    return meant


def register(store: Store, year: int) -> Register:
    """The items of a year, each as the agency keeps it, and the day that the year's calendar sets for all."""
    known = {one.no: Item(FiscalYear(year), one.no, one.name, one.confidence.confirmed) for one in known_of(year).items}
    own = {one.no: one for one in store.oit_items.of_year(year)}
    items = [_as_shown(store, one) for _, one in sorted({**known, **own}.items()) if not one.dropped]
    window = next((one for one in windows(store, year) if one.phase is Phase.OIT), None)
    return Register(FiscalYear(year), items, window.last if window else None)


def item_of(store: Store, year: int, no: int) -> Item:
    """One item of a year; Refusal where there is none."""
    found = next((one for one in register(store, year).items if one.no == no), None)
    if found is None:
        raise Refusal("oit.no_such_item", code=f"O{no}", year=year)
    return found


def keeps(person: Person, units: Iterable[Unit], today: date) -> bool:
    """Whether somebody looks after the whole register: an administrator, or one of the secretariat."""
    return keeps_calendar(person, units, today)


def may_publish(person: Person, item: Item, units: Iterable[Unit], today: date) -> bool:
    """Whether somebody says where an item is published: those of its unit do, too."""
    return keeps(person, units, today) or bool(item.unit and person.serves(item.unit, today))


def add(store: Store, year: int, items: Iterable[Named]) -> Sequence[Item]:
    """Keep items under the names that were said; what is known of a number beside its name stays."""
    known = {one.no: one for one in (*register(store, year).items, *store.oit_items.of_year(year))}
    kept = [
        replace(known.get(one.no, Item(FiscalYear(year), one.no, "")), name=one.name, confirmed=True, dropped=False)
        for one in items
    ]
    store.oit_items.save(*kept)
    return kept


def rename(store: Store, item: Item, name: str) -> Item:
    """Keep an item under another name, which is confirmed by that."""
    return _kept(store, replace(item, name=name_said(name), confirmed=True))


def drop(store: Store, item: Item) -> Item:
    """Take an item out: it does not exist for this agency."""
    return _kept(store, replace(item, dropped=True))


def confirm_names(store: Store, year: int) -> int:
    """Let all names of a year count as this year's; gives how many did not so far."""
    waiting = [replace(one, confirmed=True) for one in register(store, year).items if not one.confirmed]
    store.oit_items.save(*waiting)
    return len(waiting)


def give(store: Store, item: Item, unit: str) -> Item:
    """Let a unit answer for an item, none where it is empty."""
    return _kept(store, replace(item, unit=unit))


def set_due(store: Store, item: Item, due: date | None) -> Item:
    """Give an item a day of its own; None lets the day of all count."""
    return _kept(store, replace(item, due=due))


def publish(store: Store, item: Item, said: str, person: Person, today: date) -> Item:
    """Keep where an item is published; Refusal where that is no address that everybody may open."""
    return _kept(store, item.at(str(address(said)), person.id, today))


def unpublish(store: Store, item: Item) -> Item:
    """Forget the address of an item."""
    return _kept(store, replace(item, address="", check=None))


def put_up(store: Store, item: Item, photo: str, person: Person, today: date) -> Item:
    """Keep the photo that shows an item on the notice board."""
    return _kept(store, item.on_board(photo, person.id, today))


def touch(store: Store, item: Item, person: Person, today: date) -> Item:
    """Note that an item was brought up to date; Refusal where nothing says where it stands."""
    if not item.given:
        raise Refusal("oit.nothing_to_update", code=item.code)
    return _kept(store, item.touched(person.id, today))


def look_again(store: Store, item: Item) -> Item:
    """Let what was found at an address before count no more, for it is being looked at anew."""
    return _kept(store, replace(item, check=None))


def looked_at(store: Store, year: int, no: int, said: str, check: Check) -> Item | None:
    """Keep what was found at an address; None where the item has another by now, or is gone."""
    found = next((one for one in register(store, year).items if one.no == no), None)
    return _kept(store, replace(found, check=check)) if found and found.address == said else None


def carried(store: Store, year: int) -> Carried:
    """What of last year's register may be carried over: owners and addresses, by the name, never by the number alone.

    Numbers change every year, so an item that has only the number in common is told and left as it is.
    """
    before, now = register(store, year - 1).items, register(store, year).items
    if not now:
        return Carried([_as_draft(one, year) for one in before], (), draft=True)
    by_name = {_same(one.name): one for one in before}
    waiting = [one for one in now if not (one.unit and one.given)]
    pairs = [(by_name[_same(one.name)], one) for one in waiting if _same(one.name) in by_name]
    moved = [one for old, new in pairs if (one := _with_what_stood(old, new)) != new]
    numbered = {one.no: one for one in before if one.unit or one.given}
    taken = {one.no for _, one in pairs}
    others = [(numbered[one.no], one) for one in waiting if one.no in numbered and one.no not in taken]
    return Carried(moved, others)


def carry(store: Store, year: int) -> int:
    """Carry it over; gives how many items."""
    items = carried(store, year).items
    store.oit_items.save(*items)
    return len(items)


def board_of(item: Item) -> str:
    """What a photo of an item's notice board is attached to."""
    return f"{BOARD}{item.year}:{item.no}"


def _as_shown(store: Store, item: Item) -> Item:
    """The item without a photo that its sender took back, or that never came."""
    photo = store.evidence.get(item.board) if item.board else None
    return item if photo is not None and photo.live else replace(item, board="")


def _kept(store: Store, item: Item) -> Item:
    store.oit_items.save(item)
    return item


def _as_draft(old: Item, year: int) -> Item:
    """An item of last year under the same number and name, which nobody has confirmed for this one."""
    return Item(FiscalYear(year), old.no, old.name, confirmed=False, unit=old.unit, address=old.address)


def _with_what_stood(old: Item, new: Item) -> Item:
    return replace(new, unit=new.unit or old.unit, address=new.address or old.address)


def _same(name: str) -> str:
    """A name as names are compared: without blanks, and without the years that stand in some."""
    bare = "".join(letter for letter in name if not letter.isdecimal())
    return "".join(bare.replace("พ.ศ.", "").split())
