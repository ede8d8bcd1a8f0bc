"""What surveys and their rounds are called, what a tap names of them, and the taps that lead to them."""

from collections.abc import Mapping, Sequence

from handlers.kit import Go, Turn, Words, words
from itadomain.assessment.entering import YEARS_AHEAD
from itadomain.audit_log import Deed, Happened
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks import OLDEST
from itadomain.frameworks.shape import Instrument
from itadomain.people import Role
from itadomain.refusals import Refusal
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
#: Who sees something of surveys without keeping them.
SEEING_SURVEYS = frozenset({Role.HEAD, Role.EXECUTIVE})
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


def number_said(turn: Turn) -> int | None:
    """A whole number as it was tapped or typed: «1,250 คน», «๓๐๐»; None where it is none."""
    figures = "".join(sign for sign in fold(turn.chosen or turn.text).replace(",", "") if sign.isdecimal())
    return int(figures) if 0 < len(figures) <= LONGEST_NUMBER else None


def lines(first: object, *more: object) -> object:
    """Each in a line of its own."""
    return words("surveys.two_lines", first=first, after=lines(*more)) if more else first


def ends(found: Survey) -> Words:
    """Until when a round asks."""
    return words("surveys.until", day=found.closes_on) if found.closes_on else words("surveys.no_end")


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
