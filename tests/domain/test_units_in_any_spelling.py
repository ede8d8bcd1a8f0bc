"""A unit is the same in every spelling that papers use for it, and no other."""

import pytest

from itadomain.organisation import Unit, unit_named

UNITS = [
    Unit("u1", "สำนักปลัด", secretariat=True),
    Unit("u2", "กองคลัง"),
    Unit("u3", "กองการศึกษา ศาสนา และวัฒนธรรม", ("กองศึกษา",)),
    Unit("u4", "กองสาธารณสุขและสิ่งแวดล้อม"),
]


@pytest.mark.parametrize(
    ("wording", "unit"),
    [
        ("สำนัก ปลัด", "u1"), ("สำนักงานปลัด", "u1"), ("สำนักปลัดเทศบาล", "u1"), ("สำนักปลัด อบต.", "u1"), ("สานักปลัด", "u1"),
        ("สำนักปลัดองค์การบริหารส่วนตำบล", "u1"), ("กองคลัง ทต.ดอนแดง", "u2"), ("กองการศึกษาฯ", "u3"), ("กองศึกษา", "u3"),
        ("กองการศึกษา ศาสนาและวัฒนธรรม", "u3"), ("กองสาธารณสุขฯ", "u4"),
    ],
)  # fmt: skip
def test_a_unit_is_known_in_the_spellings_of_papers(wording, unit):
    assert unit_named(UNITS, wording).id == unit


@pytest.mark.parametrize("wording", ["", "กอง", "กองฯ", "กองช่าง", "กองการ", "ปลัด", "สำนัก", "กองสาธารณสุข"])
def test_what_is_no_unit_or_may_be_several_is_none(wording):
    assert unit_named(UNITS, wording) is None


def test_the_name_as_it_is_written_goes_first():
    both = [Unit("a", "สำนักปลัด"), Unit("b", "สำนักปลัดเทศบาล")]
    assert unit_named(both, "สำนักปลัดเทศบาล").id == "b"
    assert unit_named(both, "สำนักงานปลัด") is None
