"""The questions of a year as the agency keeps them: compared with the official form, changed, its own added.

A wording that nobody has compared counts for no indicator. An open round asks what it asked when it opened.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from itadomain.frameworks.shape import Confidence, Name
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.surveys.asking import is_own, items_of, next_code, questionnaire_of
from itadomain.surveys.questionnaire import Answering, Item
from itadomain.surveys.survey import Kind
from itadomain.thai import tidy

LONGEST_WORDING, LONGEST_PART, MOST_PARTS = 300, 120, 8
#: With more, nobody answers in two minutes.
MOST_OWN = 10
#: What stands before a part in a list that was typed.
BULLET = re.compile(r"^\s*(?:[-•*·–]|\(?\d{1,2}[).]|\(?[๑-๙]{1,2}[).])\s*")
NUMBER = re.compile(r"\d+")
#: How the source of a question says that the agency went by its own eyes: who, and on which day.
BY_AGENCY = "agency"


def one_of(store: Store, kind: Kind, year: int, code: str) -> Item:
    """A question of a year by its code; Refusal where there is none."""
    found = next((one for one in items_of(store, kind, year) if one.code == code), None)
    if found is None:
        raise Refusal("survey_items.unknown")
    return found


def open_to_doubt(store: Store, kind: Kind, year: int) -> Sequence[Item]:
    """The official questions whose wording nobody has compared with the form of the year."""
    return _doubtful(items_of(store, kind, year))


def confirm(store: Store, items: Sequence[Item], year: int, who: Person, today: date) -> int:
    """Keep that these are worded as on the official form, as somebody has seen; how many were not before."""
    asked = _doubtful(items)
    for one in asked:
        store.surveys.save_item(year, replace(one, confidence=Confidence.HIGH, source=_source(who, today)))
    return len(asked)


def reword(store: Store, item: Item, year: int, said: str, who: Person, today: date, *, english: bool = False) -> Item:
    """Keep other words: the question in the first line, its parts in the lines after it."""
    stem, *parts = lines(said)
    if english and len(parts) != len(item.parts):
        raise Refusal("survey_items.as_many_parts", count=len(item.parts))
    wording = replace(item.wording, en=stem) if english else _thai(item.wording, stem)
    named = _english_parts(item, parts) if english else _thai_parts(item, parts)
    return _changed(store, replace(item, wording=wording, parts=named), year, who, today)


def rescale(store: Store, item: Item, year: int, answering: Answering, who: Person, today: date) -> Item:
    """Keep another way to answer."""
    return _changed(store, replace(item, answering=answering), year, who, today)


def turn_round(store: Store, item: Item, year: int, who: Person, today: date) -> Item:
    """Let the highest step be worth the fewest points, or the most again."""
    turned = replace(item, reversed=not item.reversed, reversed_parts=())
    return _changed(store, turned, year, who, today)


def add(store: Store, kind: Kind, year: int, said: str, answering: Answering, who: Person, today: date) -> Item:
    """Keep one more question of the agency's own; it belongs to no indicator."""
    stem, *parts = lines(said)
    if sum(is_own(one) for one in items_of(store, kind, year)) >= MOST_OWN:
        raise Refusal("survey_items.too_many", most=MOST_OWN)
    named = tuple(Name(one, one) for one in parts)
    made = Item(next_code(store, kind, year), Name(stem, stem), answering, parts=named, source=_source(who, today))
    store.surveys.save_item(year, made)
    return made


def complete(
    store: Store, kind: Kind, year: int, code: str, said: str, answering: Answering, who: Person, today: date
) -> Item:
    """Keep the wording of an official question of which only the number was known; its neighbour tells the rest."""
    if code not in questionnaire_of(store, kind, year).missing:
        raise Refusal("survey_items.unknown")
    official = [one for one in items_of(store, kind, year) if one.official]
    before = [one for one in official if _number(one.code) < _number(code)] or official
    stem, *parts = lines(said)
    named = tuple(Name(one, one) for one in parts)
    like = replace(before[-1], code=code, wording=Name(stem, stem), parts=named, reversed=False, reversed_parts=())
    return _changed(store, replace(like, answering=answering), year, who, today)


def drop(store: Store, item: Item, year: int) -> None:
    """Forget what was entered: an own question is gone, of an official one what is known counts again."""
    if item.code not in {one.code for one in store.surveys.items(year)}:
        raise Refusal("survey_items.not_entered")
    store.surveys.drop_item(year, item.code)


def confirmed_by_agency(item: Item) -> tuple[str, date] | None:
    """Who of the agency went by the form, and when; None where another source tells it."""
    parts = item.source.split(" ")
    return (parts[1], date.fromisoformat(parts[2])) if len(parts) == 3 and parts[0] == BY_AGENCY else None  # noqa: PLR2004


def _doubtful(items: Sequence[Item]) -> Sequence[Item]:
    return [one for one in items if one.official and not one.confidence.confirmed]


def _changed(store: Store, item: Item, year: int, who: Person, today: date) -> Item:
    """What was changed is compared anew, where there is a form to compare it with."""
    sure = Confidence.LOW if item.official else item.confidence
    kept = replace(item, confidence=sure, source=_source(who, today))
    store.surveys.save_item(year, kept)
    return kept


def _source(who: Person, today: date) -> str:
    return f"{BY_AGENCY} {who.id} {today.isoformat()}"


def lines(said: str) -> list[str]:
    """The question and its parts; Refusal for none, too many, or one that no bubble can show large."""
    stem, *parts = [tidy(line) for line in said.splitlines() if tidy(line)] or [""]
    parts = [bare for one in parts if (bare := BULLET.sub("", one))]
    if not 1 < len(stem) <= LONGEST_WORDING:
        raise Refusal("survey_items.no_wording", most=LONGEST_WORDING)
    if len(parts) > MOST_PARTS or any(len(one) > LONGEST_PART for one in parts):
        raise Refusal("survey_items.parts", most=MOST_PARTS, longest=LONGEST_PART)
    return [stem, *parts]


def _thai(before: Name, stem: str) -> Name:
    """Where nobody had translated it, English readers see the new words too."""
    return Name(stem, stem if before.en == before.th else before.en)


def _thai_parts(item: Item, parts: Sequence[str]) -> tuple[Name, ...]:
    if len(parts) != len(item.parts):
        return tuple(Name(one, one) for one in parts)
    return tuple(_thai(before, one) for before, one in zip(item.parts, parts, strict=True))


def _english_parts(item: Item, parts: Sequence[str]) -> tuple[Name, ...]:
    return tuple(replace(before, en=one) for before, one in zip(item.parts, parts, strict=True))


def _number(code: str) -> int:
    found = NUMBER.search(code)
    return int(found[0]) if found else 0
