"""Those who have not answered a survey are found among all who hear broadcasts, and nobody who answered is asked."""

from datetime import date

import pytest

from itadomain.broadcasts.broadcast import Audience, Reach, Reachable, Stage
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Name
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.survey import Kind, Mark, Standing, Survey

DAY = date(2026, 11, 20)

pytestmark = pytest.mark.usefixtures("small_requests", "asked")
ITEM = Item("A1", Name("ที่จอดรถพอหรือไม่", "Is there room to park?"), Answering.LEVELS)


@pytest.fixture
def asked(caster):
    """An open survey of outsiders."""
    caster.step(lambda s: s.surveys.save(Survey("s1", Kind.OUTSIDERS, Questionnaire(FiscalYear(2570), (ITEM,)), DAY)))


def marked(caster, people, standing, survey="s1"):
    """Let people, as LINE calls them, stand somewhere in a survey."""

    def mark(store):
        for one in people:
            person = store.people.by_line_id(one, DAY)
            store.participation.save(survey, person.id, Mark(standing, DAY))

    caster.step(mark)


def reachable(caster, survey="s1"):
    return caster.step(lambda s: s.broadcasts.reachable(Audience(Reach.NOT_ANSWERED, survey), DAY))


def send(caster):
    for _ in range(5):
        caster.do()
        caster.send_all()
        caster.later()


def test_whoever_has_answered_here_or_elsewhere_is_left_alone(caster):
    never, invited, begun, answered, elsewhere = (caster.people(7) for _ in range(5))
    for people, standing in (
        (invited, Standing.INVITED), (begun, Standing.STARTED), (answered, Standing.ANSWERED), (elsewhere, Standing.ELSEWHERE),
    ):  # fmt: skip
        marked(caster, people, standing)
    caster.people(2, muted=True)
    caster.people(3, away_since="2026-11-01")
    marked(caster, caster.people(2, muted=True), Standing.ANSWERED)
    assert reachable(caster) == Reachable(21, 3, 2)
    one = caster.make(Reach.NOT_ANSWERED, "s1")
    send(caster)
    assert sorted(caster.told) == sorted([*never, *invited, *begun])
    assert (caster.get(one).stage, caster.results(one).accepted) == (Stage.DONE, 21)


def test_an_answer_to_another_survey_is_none_to_this_one(caster):
    people = caster.people(5)
    marked(caster, people, Standing.ANSWERED, "s2")
    assert (reachable(caster).people, reachable(caster, "s2").people) == (5, 0)


def test_those_who_work_for_the_agency_are_no_outsiders(caster):
    """The administrator has not answered either."""
    assert reachable(caster).people == 0


def test_the_marks_of_another_agency_are_none_of_ours(caster):
    people = caster.people(3)
    other = caster.house.add_agency("south")
    marked(caster, people, Standing.ANSWERED)
    caster.house.change("UPDATE survey_mark SET agency_id = :other", other=other)
    assert reachable(caster).people == 3


def test_who_answers_while_it_is_sent_is_left_alone(caster):
    people = caster.people(25)
    one = caster.make(Reach.NOT_ANSWERED, "s1")
    caster.do()
    marked(caster, people[:5], Standing.ANSWERED)
    send(caster)
    assert sorted(caster.told) == sorted(people[5:])
    assert caster.results(one).accepted == 20
