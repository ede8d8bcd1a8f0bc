"""Whether an office is open, by what it tells people of its hours."""

from datetime import date, datetime

import pytest

from itadomain.hours import is_open
from itadomain.workdays import Calendar

OFF = Calendar({date(2027, 4, 13): "วันสงกรานต์"})
WEEKDAYS = "จันทร์-ศุกร์ 08.30-16.30 น."


@pytest.mark.parametrize(("hours", "moment", "there"), [
    (WEEKDAYS, "2027-04-09 08:30", True), (WEEKDAYS, "2027-04-09 08:29", False), (WEEKDAYS, "2027-04-09 16:30", False),
    (WEEKDAYS, "2027-04-10 10:00", False), (WEEKDAYS, "2027-04-13 10:00", False),
    ("", "2027-04-09 12:00", True), ("โปรดโทรถาม", "2027-04-09 20:00", False),
    ("ทุกวัน ๐๙:๐๐ น. ถึง ๒๐:๐๐ น.", "2027-04-10 19:59", True), ("ทุกวัน 9.00 – 20.00", "2027-04-13 19:59", True),
    ("99.99-99.99", "2027-04-09 12:00", True),
])  # fmt: skip
def test_an_office_is_open_as_it_says(hours, moment, there):
    assert is_open(hours, datetime.fromisoformat(moment), OFF) is there
