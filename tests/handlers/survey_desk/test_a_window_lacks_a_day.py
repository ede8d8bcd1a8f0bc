"""Of the official window one day alone may be known: then nothing that is told has a hole in it."""

from datetime import timedelta

import pytest

from itadomain.assessment.windows import Phase, Window
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument
from itadomain.surveys import opening
from itadomain.surveys.survey import Kind
from tests.fakes import TODAY

LINK = "https://itas.nacc.go.th/go/eit/ab12"
#: First and last day from today: ahead and running, each without the one and without the other.
WINDOWS = {
    "ahead, no last day": (4, None), "running, no last day": (-4, None), "running, no first day": (None, 20),
    "ahead, no first day": (None, 97), "ahead": (4, 40), "running": (-4, 40),
}  # fmt: skip


@pytest.fixture(params=WINDOWS)
def days(request):
    return [day if day is None else TODAY + timedelta(day) for day in WINDOWS[request.param]]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("link", ["", LINK])
def test_whatever_is_told_of_it_names_the_days_that_are_known(store, talks, days, language, link):
    opening.open_survey(store, Kind.OUTSIDERS, 2570, by="a1", today=TODAY)
    store.windows.save(Window(FiscalYear(2570), Phase.EIT, *days))
    if link:
        opening.keep_link(store, Instrument.EIT, 2570, link)
    admin = talks("a1")
    admin.means("change_language", language=language)
    told = []
    for step in (
        "surveys.desk",
        "survey_inviting.start",
        "survey_official.all",
        "sample_meter.now",
        "survey_opening.start",
    ):
        admin.taps(step)
        told.append(admin.words)
    admin.answers("insiders")
    admin.taps("surveys.close", id="none")
    admin.taps("broadcast.inviting", official="EIT", to="friends")
    told.append(admin.words)
    whole = "\n".join(told)
    assert not [line for line in whole.split("\n") if " -" in line or "None" in line or "()" in line]
    [known] = {day for day in days if day} if None in days else {days[1]}
    assert f"{known.day} " in told[0]


def test_a_round_that_may_not_open_says_why_without_a_day(store, admin):
    store.windows.save(Window(FiscalYear(2570), Phase.EIT, TODAY, None))
    admin.taps("survey_opening.start")
    assert admin.answers("outsiders").key == "surveys.official_instead"
    assert "จนกว่าช่วงนั้นจะสิ้นสุด" in admin.words
