"""What people do who tell of a problem, and what is seen of it."""

import itertools

from itadomain.people import Role
from tests.fakes import a_person
from tests.talk import Reading

CITIZEN, NEIGHBOUR = a_person(key="somchai"), a_person(key="somsri")
OFFICER = a_person(Role.OFFICER, unit="สำนักปลัด", key="officer", name="ปรีชา")
DARK = "ไฟถนนดับหน้าวัด หมู่ ๓"
TELLS = {
    DARK: Reading("file_complaint", {"category": "street_light_electric", "location": "หน้าวัด หมู่"}, 0.9),
    "แจ้งปัญหาหน่อย": Reading("file_complaint"),
    "นายกโกงเงิน": Reading("report_corruption", confidence=0.97),
    "เขายกเลิกรถขยะไป": Reading("cancel", confidence=0.8),
    "ถึงไหนแล้ว": Reading("track_complaint"),
}
numbers = itertools.count(5000)


def types(talk, text):
    number = str(next(numbers))
    return talk.sends({"type": "message", "message": {"type": "text", "id": number, "text": text}}), number


def sends(talk, kind="image", **more):
    number = str(next(numbers))
    return talk.sends({"type": "message", "message": {"type": kind, "id": number, **more}})


def pins(talk, **more):
    return sends(talk, "location", latitude=8.5, longitude=98.3, title="ศาลา", address="ท้ายเหมือง", **more)


def unsends(talk, number):
    return talk.sends({"type": "unsend", "unsend": {"messageId": number}})


def keys(reply):
    return [one.key for one in reply.bubbles]


def here(reply):
    """What is said to be there of a draft."""
    return [(one.key.split(".")[1], one.facts.get("count")) for one in reply.bubbles[-1].facts["here"]]


def tells(talk, *said):
    for one in said:
        reply = talk.says(one)
    return reply


def cases(agency):
    return list(agency.cases.kept.values())


def draft(agency, who="somchai"):
    return agency.places.of(who, 0).draft


def files(talk):
    talk.says(DARK)
    return files_from_here(talk)


def files_from_here(talk):
    """The same, after words that told the place."""
    talk.says("ส่งเรื่อง")
    talk.answers("street_light_electric")
    return tells(talk, "ตอบในแชทนี้", "ส่ง")


def reviews(talk):
    tells(talk, DARK, "ส่งเรื่อง")
    talk.answers("street_light_electric")
    return talk.says("ตอบในแชทนี้")
