"""What a question of a survey looks like: in a list, on a card of its own, and what may be done with it."""

from collections.abc import Mapping, Sequence

from handlers.kit import Card, Go, Row, Tap, Turn, Words, words
from handlers.surveying import survey_words
from itadomain.frameworks.named import sites
from itadomain.frameworks.shape import Confidence
from itadomain.surveys import asking, entering, opening
from itadomain.surveys.asking import is_own
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.survey import Kind

SCALES: Mapping[Answering, Words] = {
    Answering.LEVELS: words("surveys.scale_levels"),
    Answering.YES_NO: words("surveys.scale_yes_no"),
    Answering.SIX: words("surveys.scale_six"),
    Answering.FIVE: words("surveys.scale_five"),
}
#: So many questions with all their parts are read on one card.
A_PAGE = 5
#: Codes that are named one by one; with more, their number is told.
MOST_NAMED = 12

About = dict[str, str | int]


def row(item: Item) -> Row:
    """A question as it stands in a list: what is asked, how it is answered, and how sure its wording is."""
    parts = [words("surveys.part", no=no, part=part) for no, part in enumerate(item.parts, 1)]
    turned = [words("surveys.is_reversed")] if item.reversed or item.reversed_parts else []
    how = [SCALES[item.answering], *turned]
    return Row(item.code, survey_words.lines(item.wording, *parts, how, state(item)))


def state(item: Item) -> Words:
    """Whether a question counts for its indicator, and where not, why."""
    if not item.official:
        return words("surveys.state_own")
    if item.confidence.confirmed:
        return words("surveys.state_confirmed", indicator=item.indicator)
    if item.confidence is Confidence.MEMORY:
        return words("surveys.state_memory")
    return words("surveys.state_unconfirmed")


def listed(asked: Questionnaire, page: int) -> Card:
    """The questions of a page, as they will be asked."""
    here = asked.items[page * A_PAGE :][:A_PAGE]
    told = count(asked)
    return Card(summary=told, title=told, rows=[row(item) for item in here])


def named(codes: Sequence[str]) -> Words:
    """Questions by their codes; where they are many, how many."""
    if len(codes) > MOST_NAMED:
        return words("surveys.so_many", count=len(codes))
    return words("surveys.these", codes=list(codes))


def count(asked: Questionnaire) -> Words:
    """How many questions, and how many bubbles where some have parts."""
    items, slots = len(asked.items), len(asked.slots)
    if items == slots:
        return words("surveys.so_many", count=items)
    return words("surveys.questions", items=items, slots=slots)


def whole(turn: Turn, kind: Kind, year: int, item: Item) -> Card:
    """One question with all that is known of it."""
    english = survey_words.lines(item.wording.en, *(part.en for part in item.parts))
    return Card(
        summary=words("survey_items.one", code=item.code, year=year),
        title=words("survey_items.one", code=item.code, year=year),
        text=item.wording,
        rows=[
            *(Row(words("survey_items.part", no=no), part) for no, part in enumerate(item.parts, 1)),
            Row(words("survey_items.row_english"), english),
            Row(words("survey_items.row_scale"), SCALES[item.answering]),
            Row(words("survey_items.row_direction"), _direction(item)),
            Row(words("survey_items.row_state"), state(item)),
            *_who(turn, item),
        ],
        notes=notes(turn, kind),
    )


def deeds(turn: Turn, kind: Kind, year: int, item: Item) -> Sequence[Tap]:
    """What may be done with a question; to confirm it stands first where it is not."""
    named = about(kind, year, item.code)
    entered = item.code in {one.code for one in turn.store.surveys.items(year)}
    doubtful = item.official and not item.confidence.confirmed
    drop_key = "survey_items.tap_drop" if is_own(item) else "survey_items.tap_restore"
    offered = [
        (doubtful, Go(words("survey_items.tap_confirm"), "survey_items.confirm", named)),
        (True, Go(words("survey_items.tap_reword"), "survey_rewording.reword", named)),
        (True, Go(words("survey_items.tap_english"), "survey_rewording.reword", {**named, "english": "yes"})),
        (True, Go(words("survey_items.tap_rescale"), "survey_rewording.rescale", named)),
        (kind is not Kind.VISIT, Go(words("survey_items.tap_turn_round"), "survey_rewording.turn_round", named)),
        (entered, Go(words(drop_key), "survey_rewording.drop", named)),
    ]
    return [tap for may, tap in offered if may]


def notes(turn: Turn, kind: Kind) -> list[Words]:
    """That a round which is open goes on with what it has."""
    return [words("survey_items.open_stays")] if opening.current(turn.store, kind) else []


def ways(turn: Turn, kind: Kind, year: int) -> Sequence[Tap]:
    """What may be done with all questions of a year."""
    of_it: About = {"kind": kind.value, "year": year}
    doubtful = entering.open_to_doubt(turn.store, kind, year)
    missing = asking.questionnaire_of(turn.store, kind, year).missing[:1]
    return [
        *([Go(words("survey_items.tap_confirm_all"), "survey_items.confirm_all", of_it)] if doubtful else []),
        Go(words("survey_items.tap_add"), "survey_rewording.add", of_it),
        *(
            Go(words("survey_items.tap_complete", code=one), "survey_rewording.add", {**of_it, "code": one})
            for one in missing
        ),
        *([Go(words("survey_items.tap_six"), "survey_rewording.six", of_it)] if kind is not Kind.VISIT else []),
    ]


def list_meant(turn: Turn) -> tuple[Kind, int]:
    """The questions that a tap names: of which survey and year."""
    return survey_words.kind_meant(turn), survey_words.year_meant(turn)


def meant(turn: Turn) -> tuple[Kind, int, Item]:
    """The question that a tap names; Refusal where there is none."""
    kind, year = list_meant(turn)
    return kind, year, entering.one_of(turn.store, kind, year, str(turn.values.get("code", "")))


def about(kind: Kind, year: int, code: str) -> About:
    """A question, as a tap names it."""
    return {"kind": kind.value, "year": year, "code": code}


def turn_to(kind: Kind, year: int, page: int, key: str) -> Go:
    """The tap that turns to a page of the list."""
    return Go(words(key), "survey_items.all", {"kind": kind.value, "year": year, "page": page})


def tap_one(kind: Kind, year: int, item: Item) -> Go:
    """The tap that shows a question."""
    return Go(words("survey_items.tap_one", code=item.code), "survey_items.one", about(kind, year, item.code))


def tap_all(kind: Kind, year: int) -> Go:
    """The tap that leads back to all of them."""
    return Go(words("survey_items.tap_all"), "survey_items.all", {"kind": kind.value, "year": year})


def _direction(item: Item) -> object:
    if item.reversed_parts and not item.reversed:
        return words("survey_items.reversed_parts", parts=list(item.reversed_parts))
    return words("survey_items.reversed" if item.reversed else "survey_items.direct")


def _who(turn: Turn, item: Item) -> Sequence[Row]:
    """Who of the agency entered or compared it, and when; else the source that it came with."""
    known = entering.confirmed_by_agency(item)
    if known is None:
        return [Row(words("survey_items.row_source"), list(sites(item.source)))] if item.source else []
    person = turn.store.people.get(known[0], turn.today)
    by = person.name if person and person.name else words("committees.gone")
    return [Row(words("survey_items.row_source"), words("survey_items.by_agency", by=by, day=known[1]))]
