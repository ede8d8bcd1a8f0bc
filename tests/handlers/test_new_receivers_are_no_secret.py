"""Nobody becomes a receiver of disclosures unseen: it is in the audit log, and the other receivers are told."""

from datetime import timedelta

import pytest

from itadomain.disposal import DISCLOSURE
from itadomain.invitations import invitation
from itadomain.people import Role
from tests.fakes import TODAY
from tests.handlers.disclosures import ADMIN, ANN, BEN, CAT, VILLAGER, an_office_of_disclosures, audited, talk_of

CODE = "K7QX93FD"


@pytest.fixture
def agency():
    return an_office_of_disclosures()


def heard(reply):
    """Who of the receivers is told, and which names they read."""
    told = [one for one in reply.notices if one.reply.key == "integrity.changed"]
    return {one.to.id: one.reply.bubbles[0].rows[0].value for one in told}


def acts(agency, who, person, role=Role.INTEGRITY, unit="กองช่าง"):
    talk = talk_of(agency, who)
    talk.taps("posting.act", id=person.id)
    for said in (unit, role.value, TODAY.isoformat()):
        talk.answers(said)
    talk.picks((TODAY + timedelta(days=30)).isoformat())
    return talk.answers("yes")


def test_an_administrator_who_stands_in_as_a_receiver_is_seen_by_the_others(agency):
    told = heard(acts(agency, ADMIN, ADMIN))
    assert set(told) == {"ann", "ben", "cat"}
    assert all("สมปอง ดูแล" in names for names in told.values())
    assert ("appointed", "admin", "admin") in audited(agency)


def test_whoever_joins_as_a_receiver_is_seen_too(agency):
    agency.invitations.save(invitation("i1", Role.INTEGRITY, "", "admin", TODAY), CODE)
    talk = talk_of(agency, VILLAGER)
    talk.says("ลงทะเบียน")
    talk.says(CODE)
    talk.says("มานี มานะ")
    assert set(heard(talk.answers("yes"))) == {"ann", "ben", "cat"}
    assert audited(agency) == [("appointed", "villager", "villager")]


def test_a_receiver_whose_post_is_ended_is_missed(agency):
    talk = talk_of(agency, ADMIN)
    talk.taps("posting.end", id="ben")
    talk.answers("all")
    talk.answers("now")
    told = heard(talk.answers("yes"))
    assert told == {"ann": f"{ANN.name}, {CAT.name}", "cat": f"{ANN.name}, {CAT.name}"}
    assert agency.audit_log.kept[-1].happened.facts == {"post": "taken"}


def test_a_receiver_who_leaves_is_missed(agency):
    talk = talk_of(agency, BEN)
    talk.taps("people.leave")
    assert set(heard(talk.answers("yes"))) == {"ann", "cat"}
    assert audited(agency) == [("appointed", "ben", "ben")]


def test_other_posts_are_none_of_it(agency):
    assert heard(acts(agency, ADMIN, VILLAGER, Role.STAFF)) == {}
    assert audited(agency) == []


def test_whoever_changes_a_body_outside_is_seen_by_the_receivers(agency):
    """Else reporters could be led to dial whom they tell about."""
    talk = talk_of(agency, ADMIN)
    talk.taps("receivers.add")
    talk.says("ป.ป.ช. ประจำจังหวัด")
    reply = talk.says("0999999999")
    assert {one.to.id for one in reply.notices} == {"ann", "ben", "cat"}
    assert agency.audit_log.kept[-1].happened.facts == {"part": "bodies"}
    assert audited(agency)[-1] == ("set_up", "admin", "")


def test_how_long_they_are_kept_is_written_down(agency):
    """Else one receiver could have them destroyed early, and nobody would know who said so."""
    talk = talk_of(agency, ANN)
    talk.taps("retention.years_of_disclosures")
    talk.answers(DISCLOSURE)
    talk.answers("1")
    assert agency.audit_log.kept[-1].happened.facts == {"part": "years"}
