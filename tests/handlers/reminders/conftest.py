"""An agency whose monthly reports of December are due, and somebody who is reminded of them."""

from datetime import date

import pytest

from tests.handlers.plans import an_agency_at_work, enrol, reported


@pytest.fixture
def agency():
    """กองคลัง reports on three measures next, by the same day, and alone has somebody who reports."""
    store = an_agency_at_work()
    for measure, unit in (("m1", "u1"), ("m4", "u1"), ("m4", "u3"), ("m5", "u3")):
        reported(store, measure, unit, slot=date(2027, 8, 31))
    for measure in ("m2", "m3", "m4"):
        reported(store, measure, "u2", slot=date(2026, 11, 30))
    enrol(store, "p2", unit="u2", name="สมหญิง รักไทย")
    return store
