"""Where the official questionnaire is answered: the address that ITAS gives the agency, of a year and an instrument.

admin    [ลิงก์ทางการ]
bot      [card: แบบทางการปี 2570 · EIT ยังไม่ได้ใส่ลิงก์ · IIT https://…]   [ใส่ลิงก์ EIT] [ใส่ลิงก์ IIT] [ลบลิงก์ IIT]
admin    [ใส่ลิงก์ EIT]
bot      ส่งลิงก์ของแบบ EIT ปี 2570 ที่ได้จากระบบ ITAS …
admin    https://itas.nacc.go.th/go/eit/abc123
bot      บันทึกแล้วค่ะ …

From a week before the official one until it is over, our rehearsal asks nobody and shows this address instead.
"""

from dataclasses import dataclass

from handlers import survey_words
from handlers.calendar_keepers import keeper_only
from handlers.kit import Card, Feature, Go, Reply, Row, Turn, ask, say, show, words
from itadomain.assessment.calendar import windows
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks.shape import Instrument
from itadomain.people import INSIDERS
from itadomain.surveys import opening
from itadomain.surveys.survey import REHEARSALS

feature = Feature("survey_official", roles=INSIDERS)

#: What is tapped to enter an address, and to take it out.
ENTER = {Instrument.EIT: words("survey_official.tap_eit"), Instrument.IIT: words("survey_official.tap_iit")}
REMOVE = {
    Instrument.EIT: words("survey_official.tap_no_eit"),
    Instrument.IIT: words("survey_official.tap_no_iit"),
}


@dataclass(frozen=True)
class Draft:
    """Of which questionnaire the address is."""

    instrument: str
    year: int


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every address
    keeper_only(turn)
    year = survey_words.year_meant(turn)
    known = {one: opening.link_of(turn.store, one, year) for one in REHEARSALS}
    told = words("survey_official.title", year=year)
    days = [one for one in windows(turn.store, year) if one.phase in opening.PHASES.values()]
    card = Card(
        summary=told,
        title=told,
        rows=[Row(one, link or words("survey_official.none")) for one, link in known.items()],
        notes=[words("survey_official.why"), *([] if days else [words("survey_official.no_days")])],
    )
    enter = [Go(ENTER[one], "survey_official.enter", {"instrument": one.value, "year": year}) for one in known]
    removed = [
        Go(REMOVE[one], "survey_official.remove", {"instrument": one.value, "year": year})
        for one, link in known.items()
        if link
    ]
    running = fiscal_year_of(turn.today)
    years = [
        Go(words("survey_official.tap_year", year=one), "survey_official.all", {"year": one})
        for one in (running, running + 1)
        if one != year
    ]
    calendar = Go(words("menu.assessment_calendar"), "assessment.calendar", {"year": year})
    return show(card).offering(*enter, *removed, *years, calendar, survey_words.tap_desk())


@feature.on()
def enter(turn: Turn) -> Reply:
    keeper_only(turn)
    instrument, year = survey_words.instrument_meant(turn), survey_words.year_meant(turn)
    draft = Draft(instrument.value, year)
    return ask("survey_official.which_link", then=hear_link, draft=draft, instrument=instrument, year=year)


@feature.step
def hear_link(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    kept = opening.keep_link(turn.store, Instrument(draft.instrument), draft.year, turn.text or "-")
    survey_words.note(turn, "", "official_link", instrument=draft.instrument, year=str(draft.year))
    told = say("survey_official.kept", instrument=draft.instrument, year=draft.year, link=kept)
    return told.offering(_tap_all(draft.year), survey_words.tap_desk())


@feature.on()
def remove(turn: Turn) -> Reply:
    keeper_only(turn)
    instrument, year = survey_words.instrument_meant(turn), survey_words.year_meant(turn)
    opening.keep_link(turn.store, instrument, year, "")
    survey_words.note(turn, "", "official_link", instrument=instrument.value, year=str(year))
    return say("survey_official.removed", instrument=instrument, year=year).offering(_tap_all(year))


def _tap_all(year: int) -> Go:
    return Go(words("survey_official.tap_all"), "survey_official.all", {"year": year})
