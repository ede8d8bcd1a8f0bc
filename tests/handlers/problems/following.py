"""Cases as their reporter finds them."""

from dataclasses import replace

from handlers.kit import Answer
from itadomain.cases.case import Case, Kind, Line, State, Voice
from tests.fakes import TODAY


def a_case(agency, number=1, **changes):
    case = Case(f"c{number}", Kind.PROBLEM, "ไฟดับหน้าวัด", TODAY, "street_light_electric", reporter="somchai")
    return keep(agency, replace(agency.cases.add(case), **changes))


def keep(agency, case):
    agency.cases.save(case)
    return case


def resolved(agency, **changes):
    said = Line(Voice.AGENCY, "officer", TODAY, "เปลี่ยนหลอดไฟแล้ว")
    return a_case(agency, state=State.RESOLVED, over_on=TODAY, accepted_on=TODAY, talk=(said,), **changes)


def now(agency, number=1):
    return agency.cases.get(f"c{number}")


def answers(reply):
    return [tap.value for tap in reply.taps if isinstance(tap, Answer)]


def told(reply):
    return [one.to.id for one in reply.notices]
