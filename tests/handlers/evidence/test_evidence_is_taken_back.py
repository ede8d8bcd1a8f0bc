"""What is unsent or attached to nothing goes; what was filed stays, hidden and noted."""

from datetime import timedelta

import pytest

from handlers.kit import Tick
from handlers.plan.evidence import forget_loose
from itadomain.evidence import Stage
from itadomain.history import Deed
from tests.fakes import TODAY
from tests.handlers.evidence.sending import ADMIN, DUTY, SHA, approve, copied, hears, kept, numbers, sends, sent_report
from tests.talk import Talk


def unsends(talk, message):
    return talk.does("unsend", unsend={"messageId": message})


# ── taken back


def test_what_is_taken_back_before_it_is_filed_is_deleted(clerk, agency):
    hears(clerk, sends(clerk, "file", fileName="ลับ.pdf", fileSize=10), **copied())
    clerk.says("ข้อ 2")
    reply = unsends(clerk, kept(agency)[0].message)
    assert ([task.facts for task in reply.tasks], reply.bubbles) == ([{"sha256": SHA}], ())
    (one,) = kept(agency)
    assert (one.stage, one.name) == (Stage.GONE, "")
    assert agency.history.of_measure("m2", 1)[0].deed is Deed.EVIDENCE_GONE


def test_what_is_taken_back_after_it_was_filed_is_hidden_and_noted(clerk, head, agency):
    hears(clerk, sends(clerk), **copied())
    clerk.says("ข้อ 2")
    sent_report(clerk)
    approve(agency)
    assert unsends(clerk, kept(agency)[0].message).tasks == ()
    (one,) = kept(agency)
    assert (one.stage, one.copy.sha256) == (Stage.HIDDEN, SHA)
    assert agency.history.of_measure("m2", 1)[0].deed is Deed.EVIDENCE_HIDDEN
    assert clerk.taps("evidence.one", id=one.id).key == "evidence.not_there"
    assert clerk.taps("evidence.listed", duty=DUTY).facts == {"count": 0}


def test_what_is_taken_back_while_it_is_fetched_is_not_kept(clerk, agency):
    asked = sends(clerk)
    unsends(clerk, kept(agency)[0].message)
    assert hears(clerk, asked).bubbles == ()
    assert [task.facts for task in hears(clerk, asked, **copied()).tasks] == [{"sha256": SHA}]
    assert [one.stage for one in kept(agency)] == [Stage.GONE]


WORDS = {
    "a link": lambda clerk: types(clerk, "https://example.go.th/a"),
    "a link after it was asked for": lambda clerk: [clerk.means("attach_evidence"), types(clerk, "https://example.go.th/a")],
    "a time": lambda clerk: [clerk.means("attach_evidence", measure=2), types(clerk, "20 พ.ย. 69 เวลา 14.30 น.")],
    "a place": lambda clerk: sends(clerk, "location", title="อบต.", latitude=8.5, longitude=98.25),
}  # fmt: skip


def types(talk, text):
    return sends(talk, "text", text=text)


@pytest.mark.parametrize("kind", WORDS)
def test_words_that_are_taken_back_are_forgotten(clerk, agency, kind):
    WORDS[kind](clerk)
    clerk.says("ข้อ 2")
    (before,) = kept(agency)
    unsends(clerk, before.message)
    (one,) = kept(agency)
    assert before.message
    assert (one.stage, one.said) == (Stage.GONE, "")


def test_a_sentence_of_a_report_that_is_taken_back_stays_in_the_report(clerk, agency):
    sent = []
    for said in ("กำลังทำ", "ประชุมแล้ว", "50", "ข้าม", "ส่ง"):
        if not sent:
            clerk.means("update_progress", measure=2)
        sent.append(str(next(numbers)))
        clerk.sends({"type": "message", "message": {"type": "text", "id": sent[-1], "text": said}})
    (before,) = agency.reports.of_obligation(DUTY)
    assert [unsends(clerk, one).bubbles for one in sent] == [()] * 5
    assert agency.reports.of_obligation(DUTY) == [before]


def test_only_its_sender_takes_it_back(clerk, head, agency):
    sends(clerk)
    clerk.says("ข้อ 2")
    (one,) = kept(agency)
    unsends(head, one.message)
    assert head.taps("evidence.take_back", id=one.id).key == "evidence.not_yours"
    assert kept(agency) == [one]
    assert clerk.taps("evidence.take_back", id=one.id).key == "evidence.taken_back_now"
    assert clerk.taps("evidence.take_back", id=one.id).key == "evidence.not_there"


def test_a_message_that_nobody_knows_is_taken_back_in_silence(clerk, citizen):
    assert unsends(clerk, "999").bubbles == unsends(citizen, "999").bubbles == ()


def after_nights(agency, days):
    """The notices of the night that is so many days on."""
    return forget_loose(Tick(TODAY + timedelta(days=days), agency))


# ── attached to nothing


def test_what_is_attached_to_nothing_goes_after_thirty_days_without_a_word(clerk, agency):
    asked = sends(clerk)
    assert "30 วัน" in clerk.words
    hears(clerk, asked, **copied())
    clerk.says("ยกเลิก")
    clerk.says("https://example.go.th/a")
    assert (after_nights(agency, 30), [one.stage for one in kept(agency)]) == ([], [Stage.KEPT, Stage.KEPT])
    (notice,) = after_nights(agency, 31)
    assert (notice.to.id, notice.reply.bubbles) == ("clerk", ())
    assert [task.facts for task in notice.reply.tasks] == [{"sha256": SHA}]
    assert [(one.stage, one.said) for one in kept(agency)] == [(Stage.GONE, ""), (Stage.GONE, "")]
    assert after_nights(agency, 32) == []


def test_what_is_attached_stays(clerk, agency):
    hears(clerk, sends(clerk), **copied())
    clerk.says("ข้อ 2")
    assert after_nights(agency, 400) == []
    assert [one.stage for one in kept(agency)] == [Stage.KEPT]


def test_the_copy_of_a_sender_who_is_known_no_more_is_deleted_too(clerk, agency):
    hears(clerk, sends(clerk), **copied())
    Talk(agency, ADMIN, user="U3")
    del agency.people.kept["U1"]
    assert [notice.to.id for notice in after_nights(agency, 31)] == ["admin"]


def test_what_waits_says_for_how_long(clerk):
    clerk.means("change_language")
    assert sends(clerk).facts == {"days": 30}
