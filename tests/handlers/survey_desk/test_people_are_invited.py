"""The script of inviting: a sentence that is ready goes into a broadcast, which keeps its own rules."""

from datetime import timedelta

import pytest

from itadomain.assessment.windows import Phase, Window
from itadomain.broadcasts.broadcast import Audience, Reach, Results
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument
from itadomain.surveys import inviting, opening, points
from itadomain.surveys.survey import Kind
from tests.fakes import TODAY

OFFICIAL = "https://itas.nacc.go.th/go/eit/ab12"


@pytest.fixture
def survey(store):
    return opening.open_survey(store, Kind.OUTSIDERS, 2570, by="a1", today=TODAY)


def newest(store):
    return [*store.broadcasts.kept.values()][-1]


def near(store, ahead=0):
    store.windows.save(Window(FiscalYear(2570), Phase.EIT, TODAY + timedelta(ahead), TODAY + timedelta(60)))


def test_the_script_those_who_have_not_answered_are_reminded_once(store, survey, admin, tap):
    ready = admin.says("เชิญตอบแบบสำรวจ")
    assert ready.key == "survey_inviting.title"
    assert "ไม่ใช่แบบ EIT ของ ป.ป.ช." in admin.words
    draft = tap(admin, ready, "ผู้ที่ยังไม่ตอบ")
    assert draft.facts["said"].key == "broadcast.so_far"
    shown = admin.answers("preview")
    assert "20 คน" in admin.words
    assert shown.bubbles[0].taps[0].uri == points.link("@bangsommut")
    assert admin.answers("send").key == "broadcast.proposed"
    made = newest(store)
    assert (made.audience, made.about) == (Audience(Reach.NOT_ANSWERED, survey.id), inviting.about(survey))
    assert made.content.text.startswith("หากท่านยังไม่ได้ตอบ")
    again = admin.taps("survey_inviting.start")
    assert "เตือนแล้ว 1 ครั้ง" in admin.words
    assert "ผู้ที่ยังไม่ตอบ" not in admin.offered(again)
    admin.taps("broadcast.inviting", id=survey.id, to="not_answered")
    assert admin.answers("preview").key == "survey_inviting.reminded_already"


def test_everybody_and_a_village_are_invited(store, survey, admin, tap):
    tap(admin, admin.taps("survey_inviting.start"), "ทุกคน")
    admin.answers("preview")
    assert admin.answers("send").key == "broadcast.proposed"
    assert newest(store).audience == Audience(Reach.FRIENDS)
    assert tap(admin, admin.taps("survey_inviting.start"), "หมู่บ้าน").key == "broadcast.for_which_village"


def test_staff_are_invited_to_theirs(store, admin, tap):
    opening.open_survey(store, Kind.INSIDERS, 2570, by="a1", today=TODAY)
    tap(admin, admin.taps("survey_inviting.start"), "เจ้าหน้าที่ทุกคน")
    admin.answers("preview")
    assert admin.answers("send").key == "broadcast.goes"
    assert "ไม่ใช่แบบ IIT ของ ป.ป.ช." in newest(store).content.text


def test_what_invited_to_a_round_that_is_over_is_not_made_anew(store, survey, admin, tap):
    tap(admin, admin.taps("survey_inviting.start"), "ทุกคน")
    admin.answers("preview")
    admin.answers("send")
    made = newest(store)
    admin.taps("broadcast.copied", id=made.id)
    admin.answers("preview")
    assert "20 คน" in admin.words
    assert admin.answers("mend").facts["said"].key == "broadcast.so_far"
    opening.close(store, survey.id, TODAY)
    assert admin.answers("preview").key == "surveys.none_open"


def test_what_leads_is_refused_before_it_is_sent_and_can_be_mended(store, survey, admin, tap):
    tap(admin, admin.taps("survey_inviting.start"), "ทุกคน")
    admin.says("ขอคะแนนเต็มด้วยนะคะ")
    no = admin.answers("preview")
    assert (no.key, no.facts) == ("survey_inviting.leads", {"said": "ขอคะแนนเต็ม"})
    assert not store.broadcasts.kept
    admin.answers("anew")
    admin.says("ขอเชิญตอบแบบสำรวจตามความเห็นของท่าน")
    admin.answers("preview")
    assert admin.answers("send").key == "broadcast.proposed"


def test_an_ordinary_broadcast_with_the_official_address_goes_to_everybody_alike(store, admin):
    opening.keep_link(store, Instrument.EIT, 2570, OFFICIAL)
    admin.taps("broadcast.start")
    admin.answers("unit")
    admin.answers("u2")
    admin.says(f"ตอบได้ที่ {OFFICIAL}")
    assert admin.answers("preview").key == "survey_inviting.official_to_all"
    admin.answers("whom")
    admin.answers("staff")
    assert admin.answers("preview").key != "survey_inviting.official_to_all"


def test_the_audience_is_picked_in_an_ordinary_broadcast_while_a_round_is_open(store, survey, admin):
    admin.taps("broadcast.start")
    assert admin.answers("not_answered").key == "broadcast.for_which_survey"
    assert admin.says("อันไหนก็ได้").key == "broadcast.which_survey"
    admin.answers(survey.id)
    admin.says("ขอเชิญตอบแบบสำรวจตามความเห็นของท่าน")
    admin.answers("preview")
    assert admin.answers("send").key == "broadcast.proposed"


def test_while_the_official_one_runs_that_is_told_of(store, survey, admin, tap):
    near(store)
    assert admin.taps("survey_inviting.start").key == "survey_inviting.official_no_link"
    opening.keep_link(store, Instrument.EIT, 2570, OFFICIAL)
    ready = admin.taps("survey_inviting.start")
    assert ready.key == "survey_inviting.title_official"
    assert [one.values["to"] for one in ready.taps if one.to == "broadcast.inviting"] == ["friends", "village"]
    tap(admin, ready, "ทุกคน")
    admin.answers("preview")
    assert admin.answers("send").key == "broadcast.proposed"
    assert (newest(store).content.link, newest(store).about) == (OFFICIAL, "official:EIT:2570")
    assert admin.taps("broadcast.inviting", id=survey.id, to="friends").key == "surveys.official_instead"
    assert admin.taps("broadcast.inviting", official="EIT", to="not_answered").key == "survey_inviting.which"


def test_before_the_official_one_opens_nobody_is_sent_there(store, survey, admin):
    near(store, ahead=4)
    opening.keep_link(store, Instrument.EIT, 2570, OFFICIAL)
    assert admin.taps("survey_inviting.start").key == "survey_inviting.official_soon"
    assert admin.taps("broadcast.inviting", official="EIT", to="friends").key == "survey_inviting.no_official"


def test_where_several_are_open_it_is_asked_which(store, survey, admin, tap):
    opening.open_survey(store, Kind.VISIT, 2570, by="a1", today=TODAY)
    near(store)
    opening.keep_link(store, Instrument.EIT, 2570, OFFICIAL)
    which = admin.taps("survey_inviting.start")
    assert which.key == "survey_inviting.to_which"
    assert tap(admin, which, "หลังรับบริการ").key == "survey_inviting.title"
    assert tap(admin, which, "แบบ EIT ทางการ").key == "survey_inviting.title_official"


def test_with_nothing_open_nobody_is_invited(store, admin):
    assert admin.taps("survey_inviting.start").key == "survey_inviting.nothing_open"
    assert admin.taps("broadcast.inviting", id="none", to="friends").key == "surveys.unknown"


def test_without_the_name_of_the_account_there_is_no_button(store, survey, admin, tap):
    store.settings.put("account", "")
    ready = admin.taps("survey_inviting.start")
    assert "ข้อความจึงไม่มีปุ่ม" in admin.words
    tap(admin, ready, "ทุกคน")
    admin.answers("preview")
    admin.answers("send")
    assert (newest(store).content.button, newest(store).content.link) == ("", "")


@pytest.mark.parametrize("official", ["OIT", "x"])
def test_a_forged_tap_is_refused(store, survey, admin, official):
    assert admin.taps("broadcast.inviting", official=official, to="friends").key == "sample_meter.which_instrument"
    assert admin.taps("broadcast.inviting", id=survey.id, to="staff").key == "survey_inviting.which"


def test_who_was_told_by_broadcasts_is_counted_with_those_who_answered(store, survey, admin, tap):
    admin.taps("survey_results.answered", id=survey.id)
    assert "ประกาศชวน" not in admin.words, "nobody was told of it yet"
    tap(admin, admin.taps("survey_inviting.start"), "ทุกคน")
    admin.answers("preview")
    admin.answers("send")
    store.broadcasts.came_to[newest(store).id] = Results(accepted=1250)
    admin.taps("survey_results.answered", id=survey.id)
    assert "ประกาศชวน" in admin.words
    assert "1 ครั้ง ถึง 1250 คน (คนเดิมนับซ้ำได้)" in admin.words
