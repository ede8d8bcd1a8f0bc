"""A receipt code opens a disclosure for whoever reads it: in nothing that others read is one kept, however it got there."""

import pytest

from itadomain.cases.case import Kind
from itadomain.cases.filing import Told, file
from itadomain.integrity.disclosure import Draft, More, Part, Way
from itadomain.integrity.receipts import printed
from itadomain.refusals import Refusal
from tests.fakes import TODAY
from tests.handlers.disclosures import ANN, VILLAGER, an_office_of_disclosures, talk_of, told_to


@pytest.fixture
def agency():
    return an_office_of_disclosures()


@pytest.fixture
def code(agency):
    return printed(told_to(agency))


@pytest.fixture
def villager(agency):
    return talk_of(agency, VILLAGER)


def told(agency, story="ไฟถนนดับหน้าวัด"):
    return file(agency, Told(Kind.PROBLEM, (story,)), VILLAGER, TODAY).case


def test_it_is_no_question_to_the_officers(agency, code, villager):
    villager.taps("inquiry.start")
    assert villager.says(f"รหัส {code} ถึงไหนแล้ว").key == "case.is_a_code"
    assert villager.asked_by == "inquiry.hear", "it can be said otherwise"
    assert code not in repr(agency.places.kept)


def test_it_is_not_said_in_a_case(agency, code, villager):
    case = told(agency)
    villager.taps("following.one", id=case.id)
    villager.says("เพิ่มข้อมูล")
    assert villager.says(f"ดูรหัส {code} ด้วย").key == "case.is_a_code"
    assert villager.asked_by == "following.hear_more"
    assert agency.cases.get(case.id).talk == ()


def test_typed_while_a_case_is_shown_it_opens_what_it_is_of(agency, code, villager):
    villager.taps("following.one", id=told(agency).id)
    assert villager.says(code).key == "disclosure.of_this_code"


def test_a_case_is_not_filed_with_it(agency, code):
    with pytest.raises(Refusal, match=r"case\.is_a_code"):
        told(agency, f"ตามรหัส {code}")


def test_another_disclosure_is_not_sealed_with_it(code):
    """Its receivers may be the very people who were left out of the first."""
    with pytest.raises(Refusal, match=r"case\.is_a_code"):
        Draft(Way.WEB, {Part.WHAT: "เรียกเงินอีกแล้ว", Part.EVIDENCE: f"แจ้งไว้แล้วตามรหัส {code}"})
    with pytest.raises(Refusal, match=r"case\.is_a_code"):
        More(f"รหัสของเรื่องนี้คือ {code}")


def test_a_letter_is_not_written_in_with_it(agency, code):
    ann = talk_of(agency, ANN)
    ann.taps("integrity_entry.start")
    for said in ("หนังสือ", "ต่อไป"):
        ann.says(said)
    assert ann.says(f"เรียกเงินก่อนเซ็นใบอนุญาต ตามรหัส {code}").key == "case.is_a_code"
    assert code not in repr(agency.places.kept)
