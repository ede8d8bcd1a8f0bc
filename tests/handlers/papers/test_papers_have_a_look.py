"""Digits and the seal are chosen by who keeps the agency's papers; a picture that cannot be taken is told of."""

import pytest

from bot.line.events import result
from itadomain.audit_log import Deed
from itadomain.evidence import MB
from itadomain.papers.choosing import SEAL, Digits, digits
from tests.handlers.evidence.sending import sends
from tests.handlers.papers.conftest import ADMIN
from tests.handlers.papers.test_papers_are_approved import tap


def came(talk, reply, **told):
    """What comes of the task that a picture asked for."""
    (task,) = reply.tasks
    return talk.sends(result(task.name, talk.user, {**task.facts, **told}))


def test_thai_digits_are_chosen_and_taken_back(agency, secretary):
    card = secretary.says("ตั้งค่าเอกสาร")
    assert secretary.taps(card.taps[0]).bubbles[0].rows[0].value.key == "paper_settings.thai"
    assert digits(agency.settings) is Digits.THAI
    secretary.taps(secretary.says("ตั้งค่าเอกสาร").taps[0])
    assert digits(agency.settings) is Digits.ARABIC
    assert secretary.taps("paper_settings.choose_digits", set="roman").key == "paper_settings.which_digits"
    assert [one.happened.deed for one in agency.audit_log.kept] == [Deed.SET_UP, Deed.SET_UP]


def test_a_seal_is_sent_and_kept_without_a_message(agency, speaks):
    admin = speaks(ADMIN)
    assert admin.says("ตราหน่วยงาน").key == "paper_settings.send_seal"
    sent = sends(admin)
    assert sent.key == "paper_settings.taking"
    agency.papers.put_part(SEAL, b"png")  # what the task does
    assert came(admin, sent, kept=True).bubbles == ()
    assert agency.audit_log.kept[-1].happened.facts == {"what": "paper", "how": "seal"}
    shown = admin.taps(sent.taps[0])
    assert shown.bubbles[0].rows[1].value.key == "paper_settings.there"
    assert admin.taps(tap(shown, "paper_settings.drop_seal")).key == "paper_settings.dropped"
    assert agency.papers.own() == {}


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"refused": "paper_settings.no_picture", "facts": {}}, "paper_settings.no_picture"),
        ({"refused": "paper_settings.seal_too_large", "facts": {"most": 1}}, "paper_settings.seal_too_large"),
        ({"failed": True}, "evidence.not_fetched"),
    ],
)
def test_a_picture_that_cannot_be_taken_is_told_of(agency, secretary, told, key):
    secretary.says("ตราหน่วยงาน")
    reply = came(secretary, sends(secretary), **told)
    assert reply.key == key
    assert tap(reply, "paper_settings.seal")
    assert not agency.audit_log.kept


def test_what_is_no_picture_is_asked_for_again_and_can_be_left(secretary):
    secretary.says("ตราหน่วยงาน")
    assert secretary.says("ครุฑ").key == "paper_settings.send_a_picture"
    assert sends(secretary, "file", fileName="ตรา.png", fileSize=60 * MB).key == "evidence.too_large"
    assert sends(secretary, "file", fileName="ตรา.png", fileSize=MB).key == "paper_settings.taking"
    secretary.says("ตราหน่วยงาน")
    assert secretary.says("ยกเลิก").key == "help.cancelled"


@pytest.mark.parametrize("step", ["all", "choose_digits", "seal", "drop_seal"])
def test_only_keepers_change_how_papers_look(agency, clerk, mayor, step):
    for one in (clerk, mayor):
        assert one.taps(f"paper_settings.{step}", set="thai").key == "administration.secretariat_only"
    assert agency.settings.get("paper_digits") == ""
