"""Picking from a list that may be longer than LINE shows at once: ten at a time, and a way on and back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from handlers.kit import Answer, Day, Go, Tap, Turn, words
from itadomain.organisation import Unit, unit_named
from itadomain.people import INSIDERS, Person, Role
from itadomain.refusals import Refusal
from itadomain.said_days import day_said
from itadomain.thai import fold

PAGE = 10
LONGEST_NUMBER = 3
TURNED = "page:"
NO_UNIT = "-"
YES = "yes"


def choices(all_of_them: Sequence[Answer], turn: Turn, most: int = PAGE) -> list[Answer]:
    """The answers on the page that was turned to, with those that turn further; fewer where more stands beside them."""
    return on_page(all_of_them, page_turned(turn) or 0, most)


def on_page(all_of_them: Sequence[Answer], page: int, most: int = PAGE) -> list[Answer]:
    """The answers on a page, with those that turn further."""
    shown = list(all_of_them[page * most :][:most])
    back = [Answer(words("picking.tap_back"), f"{TURNED}{page - 1}")] if page else []
    on = [Answer(words("picking.tap_on"), f"{TURNED}{page + 1}")] if len(all_of_them) > (page + 1) * most else []
    return [*shown, *back, *on]


def ready_or_own(turn: Turn, offered: Sequence[str]) -> str:
    """One of the sentences that were offered, by its number; else one's own, as it was typed."""
    number = count_said(turn) or 0
    return offered[number - 1] if 0 < number <= len(offered) else turn.text


def count_said(turn: Turn) -> int | None:
    """The whole number that was tapped or typed; None where it is none, or more than anything here is counted to."""
    said = turn.chosen or fold(turn.text).strip()
    return int(said) if _is_count(said) else None


def page_turned(turn: Turn) -> int | None:
    """The page that an answer turns to, None where it is another answer."""
    number = turn.chosen.removeprefix(TURNED)
    return int(number) if turn.chosen != number and _is_count(number) else None


def pages(all_of_them: Sequence[Tap], turn: Turn, step: str, values: Mapping[str, str] | None = None) -> list[Tap]:
    """The taps of a list that is no question, by `page` in the values of the tap; `step` shows another page."""
    page = max(0, turn.number("page") or 0)
    shown = list(all_of_them[page * PAGE :][:PAGE])
    back = [Go(words("picking.tap_back"), step, {**(values or {}), "page": page - 1})] if page else []
    more = len(all_of_them) > (page + 1) * PAGE
    on = [Go(words("picking.tap_on"), step, {**(values or {}), "page": page + 1})] if more else []
    return [*shown, *back, *on]


def yes() -> list[Answer]:
    """The tap that confirms."""
    return [Answer(words("picking.tap_yes"), YES)]


def only_yes(turn: Turn) -> None:
    """Refuse every answer but the one that confirms."""
    if turn.chosen != YES:
        raise Refusal("picking.yes_or_cancel")


def units(turn: Turn, *, none_too: bool = False) -> list[Answer]:
    """The units to choose from; with `none_too` also none at all."""
    none = [Answer(words("picking.tap_no_unit"), NO_UNIT)] if none_too else []
    return choices([*none, *(Answer(unit.name, unit.id) for unit in turn.store.units.all())], turn)


def unit_chosen(turn: Turn) -> Unit | None:
    """The unit that was tapped or typed, None for no unit; Refusal where it is neither."""
    if turn.chosen == NO_UNIT:
        return None
    known = turn.store.units.all()
    found = next((unit for unit in known if unit.id == turn.chosen), None) or unit_named(known, turn.text)
    if found is None:
        raise Refusal("picking.which_unit")
    return found


def roles() -> list[Answer]:
    """The roles to choose from."""
    return [Answer(words(f"account.role_{role}"), role.value) for role in Role]


def role_chosen(turn: Turn) -> Role:
    """The role that was tapped or typed."""
    if turn.chosen not in set(Role):
        raise Refusal("picking.which_role")
    return Role(turn.chosen)


def people(turn: Turn, which: Sequence[Person]) -> list[Answer]:
    """People to choose from, by name."""
    return choices([Answer(label, one.id) for label, one in labelled(turn, which)], turn)


def labelled(turn: Turn, which: Sequence[Person]) -> list[tuple[str, Person]]:
    """People in the order of their names, each with a label: where a name is shared, the unit stands before it.

    Before, since a tap shows the beginning of a long label.
    """
    names = Counter(one.name for one in which)
    return [(one.name if names[one.name] == 1 else _with_unit(turn, one), one) for one in by_name(which)]


def person_chosen(turn: Turn, which: Sequence[Person]) -> Person:
    """The person who was tapped, or whose name was typed."""
    said = turn.text.strip()
    typed = [one for label, one in labelled(turn, which) if said and (said in one.name or said == label)]
    found = [one for one in which if one.id == turn.chosen] or typed
    if len(found) != 1:
        raise Refusal("picking.which_person")
    return found[0]


def person_meant(turn: Turn) -> Person:
    """The insider whom a tap names; Refusal where there is none."""
    found = turn.store.people.get(str(turn.values.get("id", "")), turn.today)
    if found is None or not (found.posts and found.name):
        raise Refusal("picking.nobody")
    return found


def by_name(which: Sequence[Person]) -> list[Person]:
    """People in the order of their names."""
    return sorted(which, key=lambda one: one.name)


def days(turn: Turn, *more: Tap) -> list[Tap]:
    """A calendar to pick a day from, after what is named."""
    return [*more, Day(words("picking.tap_day"))]


def day_chosen(turn: Turn) -> date:
    """The day that was picked or typed."""
    return day_said(turn.chosen or turn.text, turn.today)


def insiders(turn: Turn) -> list[Person]:
    """Everyone who works for the agency today, by name."""
    return by_name([one for one in turn.store.people.insiders(turn.today) if one.may(INSIDERS)])


def _with_unit(turn: Turn, person: Person) -> str:
    found = [turn.store.units.get(unit) for unit in person.units(turn.today)]
    named = ", ".join(unit.name for unit in found if unit)
    return f"{named}: {person.name}" if named else person.name


def _is_count(said: str) -> bool:
    return said.isdecimal() and len(said) <= LONGEST_NUMBER
