"""How many villages an agency has stands in one place, and everybody who asks for one hears the same."""

import pytest

from itadomain import villages
from itadomain.refusals import Refusal
from tests.fakes import MemoryStore


@pytest.fixture
def settings():
    return MemoryStore().settings


def test_where_nobody_said_how_many_any_may_be_meant_and_none_is_tapped(settings):
    assert (villages.count(settings), villages.to_tap(settings)) == (None, [])
    assert villages.exists(settings, "99")


def test_what_was_said_bounds_what_is_tapped_and_typed(settings):
    villages.choose(settings, 5)
    assert villages.to_tap(settings) == ["1", "2", "3", "4", "5"]
    assert villages.to_tap(settings, room=4) == []
    assert (villages.exists(settings, "5"), villages.exists(settings, "6")) == (True, False)


def test_no_agency_has_a_hundred(settings):
    with pytest.raises(Refusal):
        villages.choose(settings, villages.MOST + 1)
    assert villages.count(settings) is None


@pytest.mark.parametrize("said", ["3", "๓", "03", "หมู่ 3", "ม.3"])
def test_a_number_is_read_in_any_writing(said):
    assert villages.number_said(said) == "3"


@pytest.mark.parametrize("said", ["", "0", "100", "000003", "วัด"])
def test_what_is_none_is_none(said):
    assert villages.number_said(said) == ""
