"""Who would read it: nobody whom the story itself names; and it is said where all of them work for whoever is meant."""

import pytest

from itadomain.integrity.disclosure import Accused, Draft, More, Part, Way
from itadomain.integrity.filing import add, file, readers, under_the_accused
from itadomain.people import Role
from itadomain.refusals import Refusal
from tests.fakes import TODAY, a_person
from tests.handlers.receivers import NARI, WICHAI, an_office_that_receives

CODE = "K7QX93FDAB12CD34"


def ids(store, accused=None, **told):
    parts = {Part(name): words for name, words in told.items()}
    return {one.id for one in readers(store, accused or Accused(), parts, TODAY)}


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ({"what": "เรียกเงินทุกราย"}, {"nari", "wichai"}),
        ({"what": "คุณวิชัยเรียกเงินทุกราย"}, {"nari"}),
        ({"who": "กองช่าง"}, {"nari"}),
        ({"what": "วิชัยกับนารีแบ่งกัน"}, set()),
        ({"where": "หน้าบ้านวิชัย", "evidence": "วิชัยเห็น"}, {"nari", "wichai"}),
    ],
)
def test_whoever_is_named_in_who_or_what_is_left_out(told, left):
    assert ids(an_office_that_receives(), **told) == left


def test_it_is_sealed_for_those_and_no_others():
    store = an_office_that_receives()
    draft = Draft(Way.CHAT, {Part.WHAT: "คุณวิชัยเรียกเงินทุกราย"})
    assert [one.id for one in file(store, draft, CODE, TODAY)] == ["nari"]
    assert store.disclosures.new[CODE] == (draft, frozenset({"nari"}))


def test_where_nobody_is_left_nothing_is_kept():
    store = an_office_that_receives()
    with pytest.raises(Refusal) as refused:
        file(store, Draft(Way.CHAT, {Part.WHAT: "วิชัยกับนารีแบ่งกัน"}), CODE, TODAY)
    assert refused.value.key == "integrity.nobody_left"
    assert not store.disclosures.new


def test_more_needs_a_code_that_opens():
    with pytest.raises(Refusal) as refused:
        add(an_office_that_receives(), CODE, More("อีก"))
    assert refused.value.key == "integrity.no_such_code"


@pytest.mark.parametrize(
    ("accused", "under"),
    [
        (Accused(executives=True), True),
        (Accused(words="ปลัดรับเงิน"), True),
        (Accused(words="คุณสมหมาย"), True),
        (Accused(frozenset({"กองช่าง"})), False),
        (Accused(words="คนขับรถ"), False),
        (Accused(), False),
    ],
)
def test_it_is_known_where_receivers_work_for_whoever_is_meant(accused, under):
    assert under_the_accused(an_office_that_receives(), accused, TODAY) is under


def test_an_executive_without_a_name_stands_in_nobodys_way():
    store = an_office_that_receives(NARI, WICHAI)
    store.people.meet("Uodd", a_person(Role.EXECUTIVE, key="odd", name=""))
    assert not under_the_accused(store, Accused(words="คนขับรถ"), TODAY)
