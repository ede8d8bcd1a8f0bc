"""A Word file of the agency's own becomes the form of a paper, by who keeps its papers, and is taken back by a tap."""

import pytest

from handlers.kit import Link
from itadomain.evidence import MB
from tests.handlers.evidence.sending import sends
from tests.handlers.papers.test_papers_are_approved import tap
from tests.handlers.papers.test_papers_have_a_look import came


def sends_form(talk, name="แบบ.docx", size=1000):
    return sends(talk, "file", fileName=name, fileSize=size)


def test_a_form_is_sent_for_a_paper_and_taken_back(agency, secretary):
    listed = secretary.says("แบบฟอร์มของหน่วยงาน")
    assert secretary.offered(listed)[:2] == ["มาตรการ 2566", "รายงานผล 2566"]
    shown = secretary.taps(listed.taps[0])
    assert "{{ หน่วยงาน }}" in secretary.words
    assert "ไฟล์ของปีนั้นจะใช้แบบของระบบ" not in secretary.words
    assert "{%tr for แถว in ตาราง1 %}" in secretary.words
    assert shown.bubbles[0].taps == [Link(shown.bubbles[0].taps[0].label, "paper:form:plan-2566:docx")]
    assert secretary.taps(tap(shown, "paper_forms.send")).key == "paper_forms.send_file"
    sent = sends_form(secretary)
    (task,) = sent.tasks
    assert {**task.facts, "message": ""} == {"part": "template:plan", "of": "2566", "message": "", "name": "แบบ.docx"}
    agency.papers.put_part("template:plan", b"PK")  # what the task does
    assert came(secretary, sent, kept=True).bubbles == ()
    assert [row.value.key for row in secretary.taps(sent.taps[0]).bubbles[0].rows] == [
        "paper_forms.own", "paper_forms.built_in",
    ]  # fmt: skip
    own = secretary.taps("paper_forms.one", kind="plan")
    assert "ไฟล์ของปีนั้นจะใช้แบบของระบบ" in secretary.words
    assert secretary.taps(tap(own, "paper_forms.drop")).key == "paper_forms.dropped"
    assert agency.papers.own() == {}
    assert [one.happened.facts["how"] for one in agency.audit_log.kept] == ["template:plan", "no_template:plan"]


def test_names_that_nobody_knows_are_told_and_it_is_sent_again(secretary):
    secretary.taps("paper_forms.send", kind="report")
    facts = {"refused": "paper_forms.unknown_names", "facts": {"names": ["งบ", "ชื่อ"]}}
    reply = came(secretary, sends_form(secretary), **facts)
    assert "งบ, ชื่อ" in secretary.words
    assert secretary.taps(tap(reply, "paper_forms.send")).key == "paper_forms.send_file"


def test_what_is_no_word_file_is_asked_for_again_and_can_be_left(secretary):
    secretary.taps("paper_forms.send", kind="plan")
    for key in (secretary.says("นี่ค่ะ").key, sends(secretary).key, sends_form(secretary, "แบบ.doc").key):
        assert key == "paper_forms.send_a_word_file"
    assert sends_form(secretary, size=3 * MB).key == "paper_forms.too_large"
    assert secretary.says("ยกเลิก").key == "help.cancelled"


@pytest.mark.parametrize("step", ["all", "one", "send", "drop"])
def test_only_keepers_change_forms(clerk, mayor, step):
    for one in (clerk, mayor):
        assert one.taps(f"paper_forms.{step}", kind="plan").key == "administration.secretariat_only"


@pytest.mark.parametrize("kind", ["memo", "analysis", "seal", ""])
def test_only_papers_with_fixed_parts_have_forms(secretary, kind):
    assert secretary.taps("paper_forms.send", kind=kind).key == "paper_forms.which"
