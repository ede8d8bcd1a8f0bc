"""Before a window of the assessment a broadcast is proposed, and goes by itself only where it was agreed to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.broadcasting.announcing import propose
from handlers.kit import Tick
from itadomain.assessment.windows import Phase, Window
from itadomain.broadcasts.broadcast import Audience, Reach, Reachable, Stage
from tests.talk import texts

FIRST = date(2027, 1, 4)
LEADING = ("พอใจ", "ดีมาก", "เต็ม", "คะแนน", "สูง", "ช่วย", "satisf", "score", "highest")


@pytest.fixture(params=[Phase.IIT, Phase.EIT, Phase.OIT])
def phase(request):
    return request.param


@pytest.fixture
def at_nine(agency):
    def run(day):
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        return propose(Tick(day, agency, at, at))

    return run


def opens(agency, phase):
    agency.windows.save(Window(2570, phase, FIRST, date(2027, 2, 1), own=True))


def test_administrators_are_offered_a_draft_and_nothing_is_sent(agency, admin, at_nine, phase):
    opens(agency, phase)
    notices = at_nine(FIRST - timedelta(days=14))
    assert {notice.to.id for notice in notices} == {"a1", "a2"}
    card = notices[0].reply.bubbles[0]
    assert not any(notice.reply.tasks for notice in notices)
    assert not agency.broadcasts.kept
    (tap,) = card.taps
    assert admin.taps(tap).key == "broadcast.so_far"
    preview = admin.answers("preview")
    assert "4 ม.ค. 2570" in admin.voice(preview.bubbles[0])
    assert "1 ก.พ. 2570" in admin.voice(preview.bubbles[0])
    admin.answers("send")
    (one,) = agency.broadcasts.kept.values()
    assert one.audience == Audience(Reach.FRIENDS if phase is Phase.EIT else Reach.STAFF)
    assert one.about == f"window:2570:{phase}"


@pytest.mark.parametrize("language", ["th", "en"])
def test_an_invitation_leads_nobody_to_an_answer(language):
    table = texts().words[language]
    said = [text for key, text in table.items() if key.startswith(("announcing.text_", "announcing.by_itself_"))]
    assert len(said) == 6
    assert [word for text in said for word in LEADING if word in text] == []


def test_it_goes_by_itself_once_that_was_said(agency, admin, at_nine):
    opens(agency, Phase.IIT)
    admin.says("ตั้งค่าประกาศ")
    asked = admin.taps("announcing.choice", phase="iit")
    assert "IIT" in admin.voice(asked.bubbles[0])
    assert admin.answers("yes").key == "announcing.goes_by_itself"
    assert not any(notice.reply.tasks for notice in at_nine(FIRST - timedelta(days=14)))  # then it is only proposed
    notices = at_nine(FIRST - timedelta(days=3))
    (one,) = agency.broadcasts.kept.values()
    tasks = [task for notice in notices for task in notice.reply.tasks]
    assert [(task.name, task.facts) for task in tasks] == [("send_broadcast", {"id": one.id})]
    assert (one.stage, one.made_by, one.told) == (Stage.SCHEDULED, "", 5)
    assert admin.taps("broadcasts.cancel", id=one.id).key == "broadcasts.is_cancelled"
    admin.taps("announcing.choice", phase="iit")
    assert admin.answers("yes").key == "announcing.is_proposed"


def test_what_citizens_hear_goes_by_itself_only_where_two_agreed(agency, admin, second, at_nine):
    opens(agency, Phase.EIT)
    admin.taps("announcing.choice", phase="eit")
    reply = admin.answers("yes")
    assert (reply.key, [notice.to.id for notice in reply.notices]) == ("announcing.another_agrees", ["a2"])
    assert not any(notice.reply.tasks for notice in at_nine(FIRST - timedelta(days=3)))
    second.taps("announcing.choice", phase="eit")
    assert second.answers("yes").key == "announcing.goes_by_itself"


def agreed_for_eit(admin, second):
    for one in (admin, second):
        one.taps("announcing.choice", phase="eit")
        one.answers("yes")


def test_caught_up_at_night_citizens_hear_it_in_the_morning(agency, admin, second):
    opens(agency, Phase.EIT)
    agreed_for_eit(admin, second)
    day = FIRST - timedelta(days=3)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    notices = propose(Tick(day, agency, at, at + timedelta(hours=13)))
    (task,) = (task for notice in notices for task in notice.reply.tasks)
    assert task.at == datetime(2027, 1, 2, 8, tzinfo=UTC)
    (one,) = agency.broadcasts.kept.values()
    assert one.send_at == task.at
    assert [entry.happened.by for entry in agency.audit_log.kept if entry.happened.about == one.id] == [""]


def test_on_trial_it_goes_to_the_administrators_only(agency, admin, second, at_nine):
    opens(agency, Phase.EIT)
    agreed_for_eit(admin, second)
    agency.settings.put("broadcast:trial", "on")
    at_nine(FIRST - timedelta(days=3))
    (one,) = agency.broadcasts.kept.values()
    assert (one.trial, one.told) == (True, 2)


def test_what_could_not_be_sent_is_proposed_instead(agency, admin, at_nine):
    opens(agency, Phase.IIT)
    admin.taps("announcing.choice", phase="iit")
    admin.answers("yes")
    agency.broadcasts.counts = lambda _audience: Reachable(1000)
    notices = at_nine(FIRST - timedelta(days=3))
    assert notices
    assert not any(notice.reply.tasks for notice in notices)
    assert not agency.broadcasts.kept


@pytest.mark.parametrize("key", ["s1", "h2", "x1", ""])
def test_nobody_else_sets_it(agency, talks, key):
    assert talks(key).taps("announcing.choice", phase="iit").key == "help.not_allowed"


@pytest.mark.parametrize("phase", ["", "results", "ก"])
def test_a_forged_phase_is_none(admin, phase):
    assert admin.taps("announcing.choice", phase=phase).key == "announcing.which_phase"
    assert admin.taps("broadcast.prepared", phase=phase, year="2570").key == "announcing.not_known"
    assert admin.taps("broadcast.prepared", phase="iit", year="99999999").key == "announcing.not_known"
