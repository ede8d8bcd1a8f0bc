"""How many people a round was told to, from the requests that LINE took, on the stores that agencies have."""

from itadomain.broadcasts.broadcast import Reach
from itadomain.surveys import inviting, opening
from itadomain.surveys.survey import Kind
from tests.fakes import TODAY


def test_a_round_was_told_to_as_many_as_line_took(caster, small_requests):
    caster.people(23)
    survey = caster.step(lambda store: opening.open_survey(store, Kind.OUTSIDERS, 2570, by="a1", today=TODAY))
    about = inviting.about(survey)
    caster.make(about=about)
    caster.make(Reach.STAFF, about=about)
    caster.make(Reach.NOT_ANSWERED, survey.id, about=about)
    caster.make(about="survey:another")
    caster.do()
    caster.send_all()
    caster.later()  # LINE's rate lets so many requests go at once
    caster.send_all()
    everybody = 24  # and the administrator
    told = caster.step(lambda store: inviting.announced(store, survey))
    assert told == inviting.Announced(2, everybody + 1)
