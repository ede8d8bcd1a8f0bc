"""After a case was rated: one «why» without the rating and the case, and then whatever is open, whatever was said."""

from dataclasses import replace

import pytest

from itadomain.cases.case import Case, Kind, State
from itadomain.people import Role
from itadomain.surveys.survey import Ballot, Standing
from tests.fakes import TODAY, a_person
from tests.handlers.survey.asking import box, closes, knows
from tests.talk import Talk


@pytest.fixture
def case(agency):
    added = agency.cases.add(Case("c1", Kind.PROBLEM, "ไฟดับ", TODAY, "street_light_electric", reporter="villager"))
    agency.cases.save(replace(added, state=State.CLOSED, over_on=TODAY, accepted_on=TODAY, mended=True))
    return agency.cases.get("c1")


def rates(talk: Talk, rating: str = "4"):
    talk.taps("following.one", id="c1")
    talk.answers("rate")
    return talk.answers(rating)


def test_the_script_the_words_go_alone(agency, citizen, case, visit):
    asked = rates(citizen)
    assert [one.key for one in asked.bubbles] == ["following.rated", "survey_visit.why"]
    assert "แยกจากคะแนนและเลขเรื่อง" in citizen.words
    assert citizen.offered(asked)[0] == "ข้าม"
    assert citizen.says("มาซ่อมเร็วดี").key == "survey.sent"
    assert box(agency) == [Ballot(visit.id, "", {}, "มาซ่อมเร็วดี")]
    assert agency.cases.get("c1").rating == 4
    assert rates(citizen, "5").bubbles[-1].key == "following.rated"  # asked once a day


@pytest.mark.parametrize("skip", ["ข้าม", "ไม่มีค่ะ", "ไม่", "ยกเลิก"])
def test_the_words_may_be_left_out(agency, citizen, case, visit, skip):
    rates(citizen)
    assert citizen.says(skip).key == "survey_visit.skipped"
    assert box(agency) == []
    assert citizen.asked_by == ""


@pytest.mark.parametrize("rating", ["1", "5"])
def test_the_whole_survey_is_offered_whatever_the_rating_was(agency, citizen, case, long, rating):
    rated = rates(citizen, rating)
    assert ([one.key for one in rated.bubbles], citizen.offered(rated)[0]) == (
        ["following.rated", "survey_visit.long"],
        "ตอบแบบเต็ม",
    )
    assert agency.participation.of(long.id, "villager").standing is Standing.INVITED
    assert citizen.says("ตอบแบบเต็ม").key == "survey.ours"


def test_both_are_open(agency, citizen, case, long, visit):
    rates(citizen)
    sent = citizen.says("ช้าไปหน่อย")
    assert [one.key for one in sent.bubbles] == ["survey.sent", "survey_visit.long"]
    assert [one.why for one in box(agency)] == ["ช้าไปหน่อย"]


def test_who_answered_or_is_left_alone_is_not_asked_again(agency, citizen, case, long):
    citizen.means("satisfaction_survey")
    citizen.says("ตอบแบบของ ป.ป.ช. แล้ว")
    rated = rates(citizen)
    assert [one.key for one in rated.bubbles] == ["following.rated"]


def test_who_works_for_the_agency_is_not_asked_as_a_visitor(agency, talk, case, long, visit):
    agency.cases.save(replace(case, reporter="clerk"))
    clerk = talk(a_person(Role.STAFF, unit="กองคลัง", key="clerk"))
    assert [one.key for one in rates(clerk).bubbles] == ["following.rated"]


def test_where_nothing_is_open_a_rating_is_all(citizen, case):
    assert [one.key for one in rates(citizen).bubbles] == ["following.rated"]


def test_words_of_corruption_are_led_elsewhere(agency, citizen, case, visit):
    knows(citizen, "report_corruption", "เรียกเงินก่อนซ่อม")
    rates(citizen)
    assert citizen.says("เรียกเงินก่อนซ่อม").key == "survey.is_it_corruption"
    assert citizen.says("อะไรนะ").key == "complaint.safe_or_general"
    assert citizen.answers("safe").key.startswith("disclosure.")
    assert box(agency) == []
    rates(citizen)
    citizen.says("เรียกเงินก่อนซ่อม")
    assert citizen.answers("general").key == "survey.sent"
    assert [one.why for one in box(agency)] == ["เรียกเงินก่อนซ่อม"]


def test_a_survey_that_closed_meanwhile_says_so(agency, citizen, case, visit):
    rates(citizen)
    closes(agency, visit)
    assert citizen.says("มาซ่อมเร็วดี").bubbles[1].key == "survey.not_sent"
    assert box(agency) == []
