"""What whoever tells does with their phone, and what becomes of it."""

import itertools

from tests.handlers.receivers import TELLER

numbers = itertools.count(7000)
NAMELESS, BACK = "แจ้งในแชทนี้ ไม่มีชื่อ", "แจ้งในแชท ติดต่อกลับได้"


def types(talk, text):
    number = str(next(numbers))
    return talk.sends({"type": "message", "message": {"type": "text", "id": number, "text": text}}), number


def sends(talk, kind, **more):
    return talk.sends({"type": "message", "message": {"type": kind, "id": str(next(numbers)), **more}})


def unsends(talk, number):
    return talk.sends({"type": "unsend", "unsend": {"messageId": number}})


def tells(talk, *said):
    for one in said:
        reply = talk.says(one)
    return reply


def draft(agency, who=TELLER):
    place = agency.places.of(who.id, 0)
    return place.draft if place else None


def in_the_box(agency):
    ((code, (told, readers)),) = agency.disclosures.new.items()
    return code, told, readers
