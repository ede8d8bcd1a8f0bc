"""Whoever loses the right in the midst of a question does not go on: each step asks again who speaks."""

from dataclasses import fields

import pytest

from handlers.agency import circulars, committees, holidays, meetings
from handlers.kit import Turn
from handlers.surveying import sample_meter, service_points, survey_official, survey_opening, surveys
from itadomain.people import Role
from itadomain.refusals import Refusal
from tests.fakes import TODAY, a_person, an_agency

KEPT = (
    circulars,
    committees,
    holidays,
    meetings,
    sample_meter,
    service_points,
    survey_official,
    survey_opening,
    surveys,
)
#: What hears an answer; what hears of a task says nothing to anybody.
LATER = [
    entry
    for one in KEPT
    for entry in one.feature.steps.values()
    if not entry.starts and entry not in one.feature.triggers.values()
]


@pytest.mark.parametrize("entry", LATER, ids=lambda entry: entry.name)
def test_a_later_step_refuses_who_keeps_nothing(entry):
    draft = [entry.draft(*("" for _ in fields(entry.draft)))] if entry.draft else []
    with pytest.raises(Refusal) as no:
        entry.run(Turn(a_person(Role.STAFF), TODAY, an_agency(), "ข้อความ"), *draft)
    assert no.value.key == "administration.secretariat_only"
