"""Rounds of asking: opened with what they ask from then on, closed, and out of the way while the official one is near.

A rehearsal asks nobody from a week before the official questionnaire until that is over: whoever answered ours would
think that they had answered that one.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from itadomain.assessment import calendar
from itadomain.assessment.windows import Phase, Window
from itadomain.broadcasts.composing import ADDRESS, LONGEST_LINK
from itadomain.fiscal import fiscal_year_of, last_day
from itadomain.frameworks.shape import Instrument
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.surveys import points
from itadomain.surveys.asking import questionnaire_of, unpriced
from itadomain.surveys.questionnaire import Questionnaire
from itadomain.surveys.survey import Kind, Survey

#: So long before the official one begins, a rehearsal of it asks nobody any more.
BEFORE = timedelta(days=7)
#: Where only the last day of a window is known, it may have begun so long before: none was ever longer.
LONGEST_WINDOW = timedelta(days=92)
LONGEST_ROUND = timedelta(days=366)
MOST_PEOPLE = 1_000_000
#: Where ITAS asks; every other host may be right too, and is worth a second look.
HOST_OF_NACC = re.compile(r"https://(?:[a-z0-9-]+\.)*nacc\.go\.th(?::\d+)?(?:[/?#]|$)", re.IGNORECASE | re.ASCII)
PHASES = {Instrument.EIT: Phase.EIT, Instrument.IIT: Phase.IIT}
#: The assessment of a year may end after the year itself, and that of the next begin before it.
AROUND = (-1, 0, 1)


@dataclass(frozen=True)
class Official:
    """The official questionnaire, near or running; `link` is empty where nobody has entered it."""

    window: Window
    link: str
    running: bool


def current(store: Store, kind: Kind) -> Survey | None:
    """The survey of a kind that is open; None where there is none."""
    return next((one for one in store.surveys.all() if one.kind is kind and one.open), None)


def answerable(store: Store, kind: Kind, today: date) -> Survey:
    """The survey that may be answered today; Refusal with the reason where none is."""
    _give_way(store, kind, today)
    found = current(store, kind)
    if found is None:
        raise Refusal("surveys.none_open")
    if found.closes_on and found.closes_on < today:
        raise Refusal("surveys.is_over", last=found.closes_on)
    return found


def open_survey(
    store: Store,
    kind: Kind,
    year: int,
    *,
    by: str,
    today: date,
    closes_on: date | None = None,
    population: int | None = None,
) -> Survey:
    """Open a round: what it asks is settled now; Refusal where it could not ask, or not be counted."""
    settled = ready(store, kind, year, today)
    ends(closes_on, today)
    people(population)
    made = Survey(store.new_id(), kind, settled, today, closes_on, population=population, opened_by=by)
    store.surveys.save(made)
    return made


def ready(store: Store, kind: Kind, year: int, today: date) -> Questionnaire:
    """What a round would ask; Refusal where one is open, the official one is near, or an answer has no points."""
    free(store, kind, today)
    found = asked(store, kind, year)
    worthless = unpriced(found)
    if worthless:
        raise Refusal("surveys.no_points", codes=worthless)
    return found


def free(store: Store, kind: Kind, today: date) -> None:
    """Refusal where a round of a kind is open already, or the official one is near."""
    if current(store, kind):
        raise Refusal("surveys.open_already")
    _give_way(store, kind, today)


def asked(store: Store, kind: Kind, year: int) -> Questionnaire:
    """What a round of a year would ask, whether or not it may open; Refusal where nothing is known of it."""
    found = questionnaire_of(store, kind, year)
    if not found.items:
        raise Refusal("surveys.nothing_to_ask", year=year)
    return found


def ends(closes_on: date | None, today: date) -> None:
    """Refusal for a last day that is over, or too far ahead."""
    if closes_on is not None and not today <= closes_on <= today + LONGEST_ROUND:
        raise Refusal("surveys.which_last_day", most=LONGEST_ROUND.days)


def people(population: int | None) -> None:
    """Refusal for a number of people that cannot be."""
    if population is not None and not 1 <= population <= MOST_PEOPLE:
        raise Refusal("surveys.how_many_people", most=MOST_PEOPLE)


def close(store: Store, survey_id: str, today: date) -> Survey:
    """Ask nobody any more; what lies in the box is counted by the clock. Refusal where it is closed already."""
    found = store.surveys.get(survey_id)
    if found is None or not found.open:
        raise Refusal("surveys.closed_already")
    closed = replace(found, closed_on=today)
    store.surveys.save(closed)
    return closed


def official(store: Store, instrument: Instrument | None, today: date) -> Official | None:
    """The official questionnaire of an instrument where it is a week ahead or runs; None where it is far, or over."""
    if instrument not in PHASES:
        return None
    running = fiscal_year_of(today)
    for year in (running + around for around in AROUND):
        window = next((one for one in calendar.windows(store, year) if one.phase is PHASES[instrument]), None)
        if window and _begins(window) - BEFORE <= today <= _ends(window):
            return Official(window, link_of(store, instrument, year), running=_begins(window) <= today)
    return None


def link_of(store: Store, instrument: Instrument, year: int) -> str:
    """The address of the official questionnaire of a year; empty where nobody has entered it."""
    return store.settings.get(_setting(instrument, year))


def keep_link(store: Store, instrument: Instrument, year: int, said: str) -> str:
    """Keep the address that ITAS shows; Refusal for what cannot be it."""
    if instrument not in PHASES:
        raise Refusal("surveys.no_official_link")
    address = official_address(said)
    store.settings.put(_setting(instrument, year), address)
    return address


def drop_link(store: Store, instrument: Instrument, year: int) -> None:
    """Know no address any more."""
    store.settings.put(_setting(instrument, year), "")


def official_address(said: str) -> str:
    """An address as it was typed or read off a picture; Refusal for none with https, or that of a poster of ours."""
    address = said.strip()
    if len(address) > LONGEST_LINK or not ADDRESS.fullmatch(address):
        raise Refusal("surveys.no_official_link")
    if points.is_ours(address):
        raise Refusal("surveys.our_own_link")
    return address


def is_of_nacc(address: str) -> bool:
    """Whether an address leads to the NACC itself, as far as its host tells."""
    return HOST_OF_NACC.match(address) is not None


def official_links(store: Store, today: date) -> list[str]:
    """Every address of an official questionnaire that was entered for the years at hand."""
    running = fiscal_year_of(today)
    entered = [link_of(store, instrument, running + around) for instrument in PHASES for around in AROUND]
    return [one for one in entered if one]


def _give_way(store: Store, kind: Kind, today: date) -> None:
    near = official(store, kind.instrument, today)
    if near:
        raise Refusal("surveys.official_instead", instrument=kind.instrument)


def _setting(instrument: Instrument, year: int) -> str:
    return f"survey:official:{instrument.value}:{year}"


def _begins(window: Window) -> date:
    return window.first or (window.last or date.max) - LONGEST_WINDOW


def _ends(window: Window) -> date:
    return window.last or last_day(window.fiscal_year)
