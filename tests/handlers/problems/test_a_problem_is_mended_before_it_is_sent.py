"""Before it is sent, each part of a problem is told anew, and what is unsent in LINE leaves nothing."""

import pytest

from itadomain.evidence import Stage
from tests.handlers.problems.telling import DARK, NEIGHBOUR, cases, draft, keys, reviews, sends, tells, types, unsends

# ── mended before it is sent


@pytest.mark.parametrize(
    ("what", "asked", "answer", "name", "value"),
    [
        ("category", "complaint.which_category", "water_supply", "category", "water_supply"),
        ("contact", "complaint.which_contact", None, "contact", "0812345678"),
        ("person", "complaint.for_whom", None, "on_behalf_of", "0812345678"),
        ("kind", "complaint.which_kind", "suggestion", "kind", "suggestion"),
    ],
)
def test_a_part_is_told_anew(citizen, agency, what, asked, answer, name, value):
    reviews(citizen)
    citizen.says("แก้ไข")
    assert citizen.answers(what).key == asked
    shown = citizen.answers(answer) if answer else citizen.says("0812345678")
    assert (shown.key, draft(agency)[name]) == ("complaint.review", value)


def test_a_place_told_anew_is_not_the_one_in_the_words(citizen, agency):
    reviews(citizen)
    citizen.says("แก้ไข")
    assert citizen.answers("place").key == "complaint.which_village"
    assert citizen.says("ข้าม").key == "complaint.which_landmark"
    assert citizen.says("ตลาด").key == "complaint.review"
    citizen.says("ส่ง")
    assert (cases(agency)[0].spot.village, cases(agency)[0].spot.landmark) == ("", "ตลาด")


def test_words_are_told_anew_and_more_are_added(citizen, agency):
    reviews(citizen)
    citizen.says("แก้ไข")
    assert keys(citizen.answers("anew")) == ["complaint.tell_anew", "complaint.tell"]
    tells(citizen, "ไฟดับทั้งซอย", "ดับมา 3 วัน")
    tells(citizen, "ส่งเรื่อง", "3", "ศาลา", "แก้ไข")
    assert keys(citizen.answers("more")) == ["complaint.so_far"]
    assert [part[1] for part in draft(agency)["parts"]] == ["ไฟดับทั้งซอย", "ดับมา 3 วัน"]


def test_for_somebody_else(citizen, agency):
    reviews(citizen)
    assert citizen.says("แจ้งแทนผู้อื่น").key == "complaint.for_whom"
    shown = citizen.says("ยายข้างบ้าน")
    assert "แจ้งแทนผู้อื่น" not in citizen.offered(shown)
    citizen.says("ส่ง")
    assert (cases(agency)[0].on_behalf_of, cases(agency)[0].reporter) == ("ยายข้างบ้าน", "somchai")


# ── taken back


def test_a_bubble_that_is_unsent_leaves_nothing(citizen, agency):
    _, first = types(citizen, DARK)
    types(citizen, "ดับมา 3 วัน")
    assert unsends(citizen, first).bubbles == ()
    assert "วัด" not in agency.places.kept["somchai"]
    assert citizen.says("ส่งเรื่อง").key == "complaint.which_village"  # what it told is unknown again


def test_a_photo_that_is_unsent_is_deleted(citizen, agency):
    sends(citizen)
    (one,) = agency.evidence.kept.values()
    unsends(citizen, one.message)
    assert agency.evidence.get(one.id).stage is Stage.GONE
    assert draft(agency)["sent"] == []


def test_what_another_sent_is_not_theirs_to_unsend(citizen, talk, agency):
    sends(talk(NEIGHBOUR, user="U2"))
    (one,) = agency.evidence.kept.values()
    citizen.says(DARK)
    unsends(citizen, one.message)
    assert agency.evidence.get(one.id).live
