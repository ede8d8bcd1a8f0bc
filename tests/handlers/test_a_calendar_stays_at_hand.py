"""A question that is asked with a calendar or a map goes on offering it, whatever comes between."""

from handlers.kit import Answer, Day, Map
from tests.fakes import a_person
from tests.handlers.cases import VILLAGER, an_office_of_cases
from tests.talk import Talk


def test_an_answer_that_is_no_day_leaves_the_calendar_there():
    talk = Talk(an_office_of_cases(), VILLAGER, user="Uvillager")
    for said in ("ขอยืมเต็นท์", "เต็นท์", "2 หลัง"):
        asked = talk.says(said)
    assert talk.offered(asked) == ["เลือกวัน", "ยกเลิก"]
    refused = talk.says("วันไหนก็ได้")
    assert (refused.key, talk.offered(refused)) == ("day.which", ["เลือกวัน", "ยกเลิก"])
    assert isinstance(refused.taps[0], Day)
    assert talk.picks("2026-12-05").key == "request.ask_until"


def test_what_is_said_in_passing_leaves_the_map_there():
    talk = Talk(an_office_of_cases(), a_person(key="villager"), user="Uvillager")
    talk.means("file_complaint")
    for said in ("ไฟดับทั้งซอยตั้งแต่เมื่อคืน", "ส่งเรื่อง", "3"):
        asked = talk.says(said)
    assert asked.key == "complaint.which_landmark"
    refused = talk.says("แผนที่")
    assert refused.key == "complaint.send_the_place"
    assert {type(tap) for tap in refused.taps} >= {Map, Answer}
