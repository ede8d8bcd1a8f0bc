"""An administrator says after how many working days superiors hear of what is late."""

import pytest

from handlers import FEATURES
from handlers.kit import Tick
from handlers.schedule.ladder import forget
from itadomain.people import Role
from itadomain.reminding.reminded import Escalation
from itadomain.reminding.steps import Steps, steps
from tests.fakes import TODAY, a_person


@pytest.fixture
def admin(talk):
    return talk(a_person(Role.ADMIN))


def days(reply):
    return [row.value.facts["count"] for row in reply.bubbles[0].rows]


def test_the_script(admin, agency):
    shown = admin.says("ตั้งค่าการแจ้งผู้บังคับบัญชา")
    assert days(shown) == [6, 11, 16]
    assert admin.taps(shown.taps[0]).key == "ladder.which_days"
    assert days(admin.says("๓ ๗ ๑๒")) == [3, 7, 12]
    assert "เมื่อเลยกำหนด 7 วันทำการ" in admin.words
    assert steps(agency.settings) == Steps(3, 7, 12)


def test_the_usual_days_can_be_tapped(admin, agency):
    admin.taps("ladder.change")
    assert days(admin.answers("5 10 15")) == [5, 10, 15]


@pytest.mark.parametrize(("said", "key"), [
    ("5 10", "ladder.three_numbers"), ("สามวัน", "ladder.three_numbers"), ("5 10 20 30", "ladder.three_numbers"),
    ("15 10 5", "ladder.must_rise"), ("0 1 2", "ladder.must_rise"), ("1 2 251", "ladder.must_rise"),
])  # fmt: skip
def test_what_does_not_rise_gets_a_sentence_and_is_asked_again(admin, agency, said, key):
    admin.taps("ladder.change")
    assert admin.says(said).key == key
    assert steps(agency.settings) == Steps()
    assert days(admin.says("1 2 3")) == [1, 2, 3]


@pytest.mark.parametrize("roles", [[], *([role] for role in Role if role is not Role.ADMIN)], ids=str)
def test_nobody_else_may(talk, roles):
    for step in ("ladder.now", "ladder.change"):
        assert talk(a_person(*roles)).taps(step).key == "help.not_allowed"


def test_what_is_over_is_forgotten_once_a_week(agency):
    agency.escalations.save(Escalation("gone", TODAY))
    (job,) = (job for job in FEATURES.jobs if job.name == "ladder.forget")
    assert (job.run, job.at.weekday) == (forget, 6)
    assert forget(Tick(TODAY, agency)) == []
    assert agency.escalations.kept == {}
