"""Lists as people type and paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.oit.entering import LONGEST_NAME, MOST_ITEMS, Named, is_list, lines_said, name_said, number_said
from itadomain.refusals import Refusal

CONTACT = Named(5, "ข้อมูลการติดต่อ")


@pytest.mark.parametrize(
    "line",
    [
        "O5 ข้อมูลการติดต่อ", "o5 ข้อมูลการติดต่อ", "O5: ข้อมูลการติดต่อ", "O5. ข้อมูลการติดต่อ", "O 5 ข้อมูลการติดต่อ", "O๕ ข้อมูลการติดต่อ",
        "5. ข้อมูลการติดต่อ", "๕) ข้อมูลการติดต่อ", "ข้อ 5 ข้อมูลการติดต่อ", "ข้อ O5 ข้อมูลการติดต่อ", "(5) ข้อมูลการติดต่อ", "- O5 - ข้อมูลการติดต่อ",
        "05 ข้อมูลการติดต่อ", "O5ข้อมูลการติดต่อ", "  O5\tข้อมูลการติดต่อ  ", "เพิ่มรายการ O5 ข้อมูลการติดต่อ", "เพิ่มรายการ OIT: O5 ข้อมูลการติดต่อ",
        "เพิ่มข้อ O5 ข้อมูลการติดต่อ",
    ],
)  # fmt: skip
def test_a_line_is_a_number_and_a_name(line):
    assert lines_said(line).items == [CONTACT]


def test_a_whole_list_is_read_in_the_order_of_its_numbers():
    read = lines_said(
        "เพิ่มรายการ OIT\nตัวชี้วัดที่ 9 การเปิดเผยข้อมูล\nO2 ข้อมูลผู้บริหาร\n\nO1 โครงสร้าง\nหมายเหตุ ดูคู่มือ\n๑๒. รายงาน ปี ๒๕๖๘"
    )
    assert read.items == [Named(1, "โครงสร้าง"), Named(2, "ข้อมูลผู้บริหาร"), Named(12, "รายงาน ปี ๒๕๖๘")]
    assert read.unread == ["ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล", "หมายเหตุ ดูคู่มือ"]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("", "oit.no_items"), ("ไม่มีค่ะ", "oit.no_items"), ("O5", "oit.no_items"), ("2569 รายงาน", "oit.no_items"), ("O0 ก", "oit.no_items"),
        ("O1 ก\nO1 ข", "oit.number_twice"), ("O1 " + "กข" * LONGEST_NAME, "oit.name_too_long"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_told(said, key):
    with pytest.raises(Refusal) as no:
        lines_said(said)
    assert no.value.key == key


@given(
    st.dictionaries(
        st.integers(1, MOST_ITEMS), st.text("กขคงจฉชa ", min_size=1, max_size=30).filter(str.strip), min_size=1
    )
)
def test_a_list_that_is_written_comes_back(names):
    read = lines_said("\n".join(f"O{no} {name}" for no, name in names.items()))
    assert {one.no: one.name for one in read.items} == {no: name_said(name) for no, name in names.items()}
    assert read.unread == []


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_read_or_a_clear_no(said):
    try:
        read = lines_said(said)
    except Refusal as no:
        assert no.key in {"oit.no_items", "oit.number_twice", "oit.name_too_long"}
    else:
        assert all(0 < one.no <= MOST_ITEMS and one.name for one in read.items)


@pytest.mark.parametrize(
    ("said", "no"),
    [
        ("O5", 5),
        ("o5", 5),
        ("ข้อ ๕", 5),
        ("5", 5),
        ("oit 12", 12),
        ("O0", None),
        ("e5", None),
        ("", None),
        ("O500", None),
    ],
)
def test_an_item_is_named_by_its_number(said, no):
    assert number_said(said) == no


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("เพิ่มรายการ O5 ข้อมูลการติดต่อ", True),
        ("เพิ่มรายการ OIT", False),
        ("O5 ข้อมูลการติดต่อ", False),
        ("ข้อไหนยังไม่ครบ", False),
        ("เพิ่มรายการ O5", False),
    ],
)
def test_adding_is_asked_for_with_a_list(said, wanted):
    assert is_list(said) is wanted
