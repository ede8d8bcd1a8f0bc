"""About whom it is: tapped or typed, and asked first, so that it can be said who will be able to read it."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.common.complaint_draft import A_SENTENCE
from handlers.common.labels import shortened
from handlers.common.picking import on_page
from handlers.disclosures.disclosure_draft import ABOUT, Telling, with_first
from handlers.kit import Answer, Turn, Words, words
from itadomain.integrity.clues import tells
from itadomain.integrity.coach import answered, knows_nothing
from itadomain.integrity.disclosure import Part
from itadomain.integrity.filing import readers, under_the_accused
from itadomain.organisation import Unit, unit_named
from itadomain.people import Person
from itadomain.refusals import Refusal

UNKNOWN, TOP, UNIT = "unknown", "top", "unit:"
CORRUPTION = "report_corruption"


def taps(turn: Turn, draft: Telling) -> Sequence[Answer]:
    """About whom: those at the top, somebody unknown, and the units, a page of them at a time."""
    first = [Answer(words("disclosure.tap_top"), TOP), Answer(words("disclosure.tap_unknown"), UNKNOWN)]
    units = [Answer(shortened(unit.name), f"{UNIT}{unit.id}") for unit in turn.store.units.all()]
    return on_page([*first, *units], draft.page)


def aimed_at(turn: Turn, draft: Telling) -> str:
    """About whom it is, in words."""
    units = [unit.name for unit in turn.store.units.all() if unit.id in draft.units]
    top = [turn.tell(words("disclosure.tap_top"), "th")] if draft.executives else []
    return ", ".join([*units, *top, *filter(None, [draft.about])])


def aimed(turn: Turn, draft: Telling) -> Telling:
    """The draft with one more whom it is about, tapped or typed, and so with who did it."""
    if turn.chosen == TOP:
        draft = replace(draft, executives=True)
    elif turn.chosen.startswith(UNIT):
        draft = _with_unit(draft, _known(turn).id)
    elif turn.chosen != UNKNOWN and not knows_nothing(turn.text) and not _only_a_wish(turn):
        draft = _named(turn, draft)
    told = {part: said for part, said in draft.told.items() if part != Part.WHO}
    who = aimed_at(turn, draft)
    return replace(draft, told={**told, Part.WHO: answered(who)} if who else told)


def with_story(turn: Turn, draft: Telling) -> Telling:
    """The draft with what was typed in place of a name: words of corruption, and a sentence, are the story, too."""
    of_corruption = turn.meant == CORRUPTION and tells(turn.text)
    return with_first(turn, draft) if not turn.chosen and (of_corruption or len(turn.text) > A_SENTENCE) else draft


def reading(turn: Turn, draft: Telling) -> Sequence[Person]:
    """Who would read it; what was typed at the door names people too, until it is asked what happened."""
    first = {} if Part.WHAT in draft.asked else {Part.WHAT: draft.story}
    return readers(turn.store, draft.accused, {**first, **draft.parts}, turn.today)


def who_may_read(turn: Turn, draft: Telling) -> Sequence[Words]:
    """How many may read it, and that whoever it is about may not."""
    count = len(reading(turn, draft))
    if not draft.aimed:
        return [words("disclosure.readers_of_unknown", count=count), *same_house(turn, draft)]
    return [words("disclosure.readers", count=count, about=aimed_at(turn, draft)), *same_house(turn, draft)]


def same_house(turn: Turn, draft: Telling) -> Sequence[Words]:
    """Where those who would read it work for whoever it is about, that is said."""
    named = "\n".join((draft.about, draft.parts.get(Part.WHAT, draft.story)))
    under = under_the_accused(turn.store, replace(draft.accused, words=named), turn.today)
    return [words("disclosure.same_house")] if under else []


def _known(turn: Turn) -> Unit:
    """The unit that was tapped, as long as it is there: nobody would be left out for another id."""
    unit = turn.store.units.get(turn.chosen.removeprefix(UNIT))
    if unit is None:
        raise Refusal("disclosure.one_of_these")
    return unit


def _with_unit(draft: Telling, unit_id: str) -> Telling:
    return replace(draft, units=list(dict.fromkeys([*draft.units, unit_id])))


def _only_a_wish(turn: Turn) -> bool:
    return turn.meant == CORRUPTION and not tells(turn.text)


def _named(turn: Turn, draft: Telling) -> Telling:
    """A unit in words of their own, or a name as it was typed."""
    unit = unit_named(turn.store.units.all(), turn.text)
    if unit:
        return _with_unit(draft, unit.id)
    about = ", ".join(filter(None, [draft.about, turn.text.strip()]))
    return replace(draft, about=answered(about)).of_message(turn.message, ABOUT)
