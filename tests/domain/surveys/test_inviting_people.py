"""Invitations lead nobody, remind once, and tell of the official questionnaire to everybody alike."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from itadomain.assessment.windows import Phase, Window
from itadomain.broadcasts import audiences, sending
from itadomain.broadcasts.broadcast import Audience, Content, Reach, Reachable, Results, Stage
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument
from itadomain.people import Role
from itadomain.refusals import Refusal
from itadomain.surveys import inviting, opening
from itadomain.surveys.survey import Kind, Mark, Standing
from tests.fakes import TODAY, a_person
from tests.handlers.plans import an_agency_at_work, enrol

NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Asia/Bangkok"))
OFFICIAL = "https://itas.nacc.go.th/go/eit/ab12cd"
INVITED = "ขอเชิญตอบแบบสำรวจตามความเห็นของท่าน"
ALL = Audience(Reach.FRIENDS)
EVERYBODY = {Reach.FRIENDS, Reach.VILLAGE, Reach.STAFF}


@pytest.fixture
def store():
    store = an_agency_at_work()
    for key in ("a1", "a2"):
        enrol(store, key, Role.ADMIN)
    for key in ("s1", "s2", "s3"):
        enrol(store, key, unit="u2")
    store.broadcasts.counts = lambda _: Reachable(20)
    return store


@pytest.fixture
def survey(store):
    return opening.open_survey(store, Kind.OUTSIDERS, 2570, by="a1", today=TODAY)


def admin(store):
    return store.people.get("a1", TODAY)


def make(store, audience, text=INVITED, about="", **content):
    return sending.make(store, sending.Wish(audience, Content(text, **content), 20, None, about), admin(store), NOON)


def refused(act, *args, **more):
    with pytest.raises(Refusal) as no:
        act(*args, **more)
    return no.value.key


def not_answered(survey):
    return Audience(Reach.NOT_ANSWERED, survey.id)


def test_those_who_have_not_answered_are_reminded_once(store, survey):
    store.participation.save(survey.id, "p1", Mark(Standing.INVITED, TODAY))
    made = make(store, not_answered(survey)).broadcast
    assert (made.stage, inviting.reminded(store, survey.id)) == (Stage.PROPOSED, True), (
        "two people agree, as to citizens"
    )
    assert store.participation.of(survey.id, "p1").reminded_on == TODAY
    assert refused(make, store, not_answered(survey)) == "survey_inviting.reminded_already"


def test_a_reminder_that_did_not_go_may_be_made_again(store, survey):
    made = make(store, not_answered(survey)).broadcast
    sending.cancel(store, made, admin(store), TODAY)
    assert not inviting.reminded(store, survey.id)
    assert make(store, not_answered(survey))


def test_a_trial_is_no_reminder(store, survey):
    audiences.try_out(store, on=True)
    assert make(store, not_answered(survey)).broadcast.trial
    assert not inviting.reminded(store, survey.id)


def test_of_another_round_they_may_be_reminded_again(store, survey):
    make(store, not_answered(survey))
    opening.close(store, survey.id, TODAY)
    another = opening.open_survey(store, Kind.OUTSIDERS, 2570, by="a1", today=TODAY)
    assert make(store, not_answered(another))
    assert refused(make, store, not_answered(survey)) == "surveys.none_open"


def test_staff_who_answered_here_or_there_are_left_alone(store):
    survey = opening.open_survey(store, Kind.INSIDERS, 2570, by="a1", today=TODAY)
    for key, standing in (("s1", Standing.ANSWERED), ("s2", Standing.ELSEWHERE), ("s3", Standing.STARTED)):
        store.participation.save(survey.id, key, Mark(standing, TODAY))
    heard = audiences.members(store, Audience(Reach.STAFF_NOT_ANSWERED, survey.id), TODAY)
    assert [one.id for one in heard] == ["a1", "a2", "s3"]


def test_the_audience_is_offered_while_a_round_is_open(store):
    who = admin(store)
    assert not set(audiences.offered(store, who, TODAY)) & {Reach.NOT_ANSWERED, Reach.STAFF_NOT_ANSWERED}
    made = opening.open_survey(store, Kind.OUTSIDERS, 2570, by="a1", today=TODAY)
    assert Reach.NOT_ANSWERED in audiences.offered(store, who, TODAY)
    assert Reach.STAFF_NOT_ANSWERED not in audiences.offered(store, who, TODAY)
    opening.close(store, made.id, TODAY)
    assert Reach.NOT_ANSWERED not in audiences.offered(store, who, TODAY)


def test_heads_do_not_tell_citizens_who_have_not_answered(store, survey):
    head = a_person(Role.HEAD, unit="u2", key="h2")
    assert refused(audiences.may_make, store, head, not_answered(survey), TODAY) == "broadcast.own_unit_only"


@pytest.mark.parametrize(
    "text", ["ขอเชิญตอบแบบสำรวจ ขอคะแนนเต็มนะคะ", "แบบประเมินความพึงพอใจ ช่วยตอบมากที่สุด", "ช่วยทำแบบวัด EIT ตอบดีๆ"]
)
def test_an_invitation_that_leads_is_refused_whoever_typed_it(store, text):
    assert refused(make, store, Audience(Reach.FRIENDS), text) == "survey_inviting.leads"
    assert not store.broadcasts.kept


def test_the_title_and_the_button_are_looked_at_too(store):
    more = {"link": "https://example.go.th", "button": "ตอบรับรางวัล"}
    assert refused(make, store, Audience(Reach.FRIENDS), **more) == "survey_inviting.pays"
    assert refused(make, store, Audience(Reach.FRIENDS), title="ให้ 5 ดาว") == "survey_inviting.leads"


@pytest.mark.parametrize("text", ["งานวันเด็กมีรางวัลแจกทุกคน", "ขอให้ทุกคนต้องตอบรับการประชุม", "อบต. ได้รับรางวัล ITA"])
def test_what_is_no_invitation_may_speak_of_prizes(store, text):
    assert make(store, Audience(Reach.FRIENDS), text)


def test_what_was_prepared_for_a_survey_is_looked_at_whatever_it_says(store, survey):
    about = inviting.about(survey)
    assert refused(make, store, Audience(Reach.FRIENDS), "เชิญชวนค่ะ มีรางวัล", about) == "survey_inviting.pays"


@pytest.mark.parametrize(
    "where",
    [
        {"button": "เปิด", "link": OFFICIAL},
        {"button": "เปิด", "link": OFFICIAL.upper().replace("HTTPS", "https") + "/"},
        {"text": f"ตอบได้ที่ {OFFICIAL}"},
        {"text": "ตอบที่ itas.nacc.go.th/go/eit/zzz"},
        {"button": "เปิด", "link": "https://itas.nacc.go.th/go/iit/other"},
    ],
)
@pytest.mark.parametrize("reach", Reach)
def test_the_official_address_goes_to_everybody_or_to_nobody(store, survey, where, reach):
    opening.keep_link(store, Instrument.EIT, 2570, OFFICIAL)
    of = {Reach.NOT_ANSWERED: survey.id, Reach.UNIT: "u2", Reach.ROLE: "staff", Reach.VILLAGE: "1"}.get(reach, "")
    content = Content(**{"text": "ตอบได้แล้ว", **where})
    if reach in EVERYBODY:
        inviting.fits(store, Audience(reach, of), content, "", TODAY)
    else:
        key = refused(inviting.fits, store, Audience(reach, of), content, "", TODAY)
        assert key == "survey_inviting.official_to_all"


def test_an_address_of_the_agency_counts_wherever_it_leads(store):
    opening.keep_link(store, Instrument.IIT, 2570, "https://forms.example.go.th/iit?x=1")
    content = Content("ตอบได้ที่นี่", button="เปิด", link="https://www.forms.example.go.th/iit?x=1")
    assert (
        refused(inviting.fits, store, Audience(Reach.UNIT, "u2"), content, "", TODAY)
        == "survey_inviting.official_to_all"
    )
    inviting.fits(store, Audience(Reach.UNIT, "u2"), replace(content, link="https://example.go.th"), "", TODAY)


def test_other_pages_of_the_system_may_be_told_to_anybody(store):
    content = Content("ส่งข้อมูลได้ที่ https://itas.nacc.go.th/login")
    inviting.fits(store, Audience(Reach.UNIT, "u2"), content, "", TODAY)


def test_an_invitation_does_not_go_once_nobody_may_answer(store, survey):
    made = make(store, Audience(Reach.FRIENDS), about=inviting.about(survey)).broadcast
    opening.close(store, survey.id, TODAY)
    assert refused(sending.must_fit_now, store, made, TODAY) == "surveys.none_open"


def test_an_invitation_does_not_go_once_the_official_one_is_near(store, survey):
    made = make(store, Audience(Reach.FRIENDS), about=inviting.about(survey)).broadcast
    first = TODAY + timedelta(7)
    store.windows.save(Window(FiscalYear(2570), Phase.EIT, first, date(2027, 3, 31)))
    assert refused(sending.must_fit_now, store, made, TODAY) == "surveys.official_instead"
    assert refused(make, store, not_answered(survey)) == "surveys.official_instead"


def reached(store, people, survey, audience=ALL, text=INVITED):
    """A broadcast that LINE took for so many people."""
    made = make(store, audience, text, inviting.about(survey)).broadcast
    store.broadcasts.came_to[made.id] = Results(accepted=people)
    return made


def test_how_far_a_round_was_told_of_is_the_sum_of_what_line_took(store, survey):
    assert inviting.announced(store, survey) == inviting.Announced(0, 0)
    reached(store, 120, survey)
    reached(store, 30, survey, Audience(Reach.VILLAGE, "3"), "ชาวหมู่ 3 " + INVITED)
    reached(store, 0, survey, text="รอส่ง " + INVITED)
    assert inviting.announced(store, survey) == inviting.Announced(2, 150)


def test_what_was_told_of_something_else_or_only_tried_does_not_count(store, survey):
    other = opening.open_survey(store, Kind.VISIT, 2570, by="a1", today=TODAY)
    reached(store, 40, other)
    store.broadcasts.came_to[make(store, Audience(Reach.FRIENDS), "ประกาศอื่น").broadcast.id] = Results(accepted=9)
    audiences.try_out(store, on=True)
    assert reached(store, 2, survey).trial
    assert inviting.announced(store, survey) == inviting.Announced(0, 0)


def test_reminders_do_not_count_or_they_would_tell_how_many_answered(store, survey):
    reached(store, 20, survey)
    reached(store, 17, survey, not_answered(survey), "เตือน " + INVITED)
    assert inviting.announced(store, survey) == inviting.Announced(1, 20)
