"""What surveys, their questions and their scales are called, and a question as it stands in a list."""

from collections.abc import Mapping, Sequence

from handlers.kit import Answer, Card, Go, Row, Turn, Words, words
from itadomain.assessment.entering import YEARS_AHEAD
from itadomain.audit_log import Deed, Happened
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks import OLDEST
from itadomain.frameworks.shape import Confidence, Instrument
from itadomain.people import Role
from itadomain.refusals import Refusal
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.survey import REHEARSALS, Kind, Survey
from itadomain.thai import fold

KINDS: Mapping[Kind, Words] = {
    Kind.OUTSIDERS: words("surveys.kind_outsiders"),
    Kind.INSIDERS: words("surveys.kind_insiders"),
    Kind.VISIT: words("surveys.kind_visit"),
}
#: As a tap has room for them.
SHORT: Mapping[Kind, Words] = {
    Kind.OUTSIDERS: words("surveys.short_outsiders"),
    Kind.INSIDERS: words("surveys.short_insiders"),
    Kind.VISIT: words("surveys.short_visit"),
}
SCALES: Mapping[Answering, Words] = {
    Answering.LEVELS: words("surveys.scale_levels"),
    Answering.YES_NO: words("surveys.scale_yes_no"),
    Answering.SIX: words("surveys.scale_six"),
    Answering.FIVE: words("surveys.scale_five"),
}
SHORT_SCALES: Mapping[Answering, Words] = {
    Answering.LEVELS: words("survey_items.scale_levels"),
    Answering.YES_NO: words("survey_items.scale_yes_no"),
    Answering.SIX: words("survey_items.scale_six"),
    Answering.FIVE: words("survey_items.scale_five"),
}
#: Who sees something of surveys without keeping them.
SEEING_SURVEYS = frozenset({Role.HEAD, Role.EXECUTIVE})
#: The scales that a question of a kind may be answered on.
SCALES_OF: Mapping[Kind, Sequence[Answering]] = {
    Kind.OUTSIDERS: (Answering.LEVELS, Answering.YES_NO, Answering.SIX),
    Kind.INSIDERS: (Answering.LEVELS, Answering.YES_NO, Answering.SIX),
    Kind.VISIT: (Answering.FIVE, Answering.YES_NO),
}
#: So many questions with all their parts are read on one card.
A_PAGE = 5
#: Codes that are named one by one; with more, their number is told.
MOST_NAMED = 12
LONGEST_NUMBER = 7


def kind_meant(turn: Turn) -> Kind:
    """The kind that a tap names; Refusal where it names none."""
    named = turn.chosen or str(turn.values.get("kind", ""))
    if named not in set(Kind):
        raise Refusal("surveys.which_kind_again")
    return Kind(named)


def year_meant(turn: Turn) -> int:
    """The fiscal year that a tap names, the running one where it names none; never one that nobody plans for yet."""
    running = fiscal_year_of(turn.today)
    return max(OLDEST, min(turn.number("year") or running, running + YEARS_AHEAD))


def instrument_meant(turn: Turn) -> Instrument:
    """EIT or IIT, as it was tapped or typed."""
    return instrument_named(turn.chosen or turn.text or str(turn.values.get("instrument", "")))


def instrument_named(said: str) -> Instrument:
    """EIT or IIT by its name; Refusal for another."""
    named = said.strip().upper()
    if named not in set(REHEARSALS):
        raise Refusal("sample_meter.which_instrument")
    return Instrument(named)


def scales(kind: Kind) -> list[Answer]:
    """The ways to answer, to choose from."""
    return [Answer(SHORT_SCALES[one], one.value) for one in SCALES_OF[kind]]


def scale_chosen(turn: Turn, kind: Kind) -> Answering:
    """The one that was tapped."""
    if turn.chosen not in {one.value for one in SCALES_OF[kind]}:
        raise Refusal("survey_items.which_scale_again")
    return Answering(turn.chosen)


def number_said(turn: Turn) -> int | None:
    """A whole number as it was tapped or typed: «1,250 คน», «๓๐๐»; None where it is none."""
    figures = "".join(sign for sign in fold(turn.chosen or turn.text).replace(",", "") if sign.isdecimal())
    return int(figures) if 0 < len(figures) <= LONGEST_NUMBER else None


def row(item: Item) -> Row:
    """A question as it stands in a list: what is asked, how it is answered, and how sure its wording is."""
    parts = [words("surveys.part", no=no, part=part) for no, part in enumerate(item.parts, 1)]
    turned = [words("surveys.is_reversed")] if item.reversed or item.reversed_parts else []
    how = [SCALES[item.answering], *turned]
    return Row(item.code, lines(item.wording, *parts, how, state(item)))


def lines(first: object, *more: object) -> object:
    """Each in a line of its own."""
    return words("surveys.two_lines", first=first, after=lines(*more)) if more else first


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


def ends(found: Survey) -> Words:
    """Until when a round asks."""
    return words("surveys.until", day=found.closes_on) if found.closes_on else words("surveys.no_end")


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


def year_of(one: Survey, rounds: Sequence[Survey]) -> Words | int:
    """A round's year; where it had several of the kind, also which, from the first: two taps never read alike."""
    same = [each.id for each in rounds if (each.kind, each.fiscal_year) == (one.kind, one.fiscal_year)]
    if len(same) <= 1:
        return one.fiscal_year
    return words("surveys.nth_of_year", year=one.fiscal_year, no=len(same) - same.index(one.id))


def look(one: Survey, rounds: Sequence[Survey] = ()) -> Go:
    """The tap that shows a round; told apart from the others of `rounds`, the newest first."""
    label = words("surveys.tap_one", kind=SHORT[one.kind], year=year_of(one, rounds))
    return Go(label, "surveys.one", {"id": one.id})


def tap_desk() -> Go:
    """The tap that leads back to all that is done with surveys."""
    return Go(words("surveys.tap_desk"), "surveys.desk")


def note(turn: Turn, about: str, how: str, **facts: str) -> None:
    """Write into the audit log what somebody did with a survey, by ids alone."""
    told = {"what": "survey", "how": how, **facts}
    turn.store.audit_log.add(Happened(Deed.SET_UP, turn.at, turn.who.id, about, told))
