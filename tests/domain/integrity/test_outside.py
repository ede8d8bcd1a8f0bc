"""The bodies outside: an agency says which, and a reporter never stands before nothing."""

import pytest

from itadomain.integrity.outside import LONGEST_NAME, MOST, USUAL, Outside, bodies, keep
from itadomain.refusals import Refusal
from tests.fake_plans import Settings


def test_some_are_there_from_the_first_day_and_can_be_dialled():
    assert bodies(Settings()) == USUAL
    assert [one.dial for one in USUAL] == ["1205", "1206", "1567", "022718000"]


def test_the_agency_says_which():
    settings, theirs = Settings(), (Outside("ศูนย์ของจังหวัด", "0-4400-0000"), Outside("ตู้ ปณ. 99"))
    keep(settings, theirs)
    assert bodies(settings) == theirs
    assert theirs[1].dial == ""


@pytest.mark.parametrize("shown", [(), tuple(Outside(f"ที่ {no}") for no in range(MOST + 1))])
def test_none_and_too_many_are_refused(shown):
    settings = Settings()
    with pytest.raises(Refusal) as refused:
        keep(settings, shown)
    assert refused.value.key == "integrity.some_bodies"
    assert bodies(settings) == USUAL


@pytest.mark.parametrize(("name", "phone"), [("", "1"), ("  ", "1"), ("ก" * (LONGEST_NAME + 1), "1"), ("ก", "1" * 41)])
def test_one_without_a_name_or_with_too_much_is_refused(name, phone):
    with pytest.raises(Refusal) as refused:
        Outside(name, phone)
    assert refused.value.key == "integrity.no_body"
