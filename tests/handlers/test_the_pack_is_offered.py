"""The OIT pack is offered to those who see the whole, for this year and those before."""

import pytest

from handlers.kit import Go, Link
from itadomain.people import Role
from tests.fakes import a_person, at_work
from tests.talk import Talk


def someone(*roles, unit=""):
    return Talk(at_work(), a_person(*roles, unit=unit, key="p1"))


@pytest.mark.parametrize("who", [(Role.EXECUTIVE, ""), (Role.ADMIN, ""), (Role.STAFF, "สำนักปลัด")])
def test_the_script_one_tap_leads_to_the_file_and_others_to_other_years(who):
    role, unit = who
    talk = someone(role, unit=unit)
    offered = talk.says("ชุดเอกสาร OIT")
    assert (offered.key, offered.facts["year"]) == ("oit_pack.title", 2570)
    assert [tap.uri for tap in offered.taps if isinstance(tap, Link)] == ["paper:pack:2570:zip"]
    (before,) = [tap for tap in offered.taps if isinstance(tap, Go)]
    older = talk.taps(before)
    assert older.facts["year"] == 2569
    assert older.taps[0].uri == "paper:pack:2569:zip"


@pytest.mark.parametrize("year", ["9999", "-5", "x"])
def test_a_forged_year_leads_to_one_that_there_is(year):
    shown = someone(Role.ADMIN).taps("oit_pack.offer", year=year)
    assert 2560 <= shown.facts["year"] <= 2570


@pytest.mark.parametrize("role", [Role.STAFF, Role.HEAD, Role.OFFICER, Role.INTEGRITY])
def test_it_is_not_for_everybody(role):
    assert someone(role, unit="กองช่าง").says("ชุดเอกสาร OIT").key == "oit_pack.for_the_whole"


def test_citizens_have_none():
    assert someone().says("ชุดเอกสาร OIT").key == "help.not_allowed"
