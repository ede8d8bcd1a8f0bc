"""A picture of the official questionnaire's code does as well as its address: read, shown, and kept after a yes."""

import itertools

import pytest

from bot.line.events import result
from itadomain.audit_log import Deed
from itadomain.evidence import MOST_OF_A_PHOTO
from itadomain.frameworks.shape import Instrument
from itadomain.surveys import opening, points
from tests.handlers.plans import enrol

ADDRESS = "https://itas.nacc.go.th/go/eit/ab12"
OURS = points.link("@bangsommut", "K7Q2")
numbers = itertools.count(1)


@pytest.fixture
def asked(admin):
    admin.taps("survey_official.enter", instrument="EIT", year=2570)
    return admin


def kept(store):
    return opening.link_of(store, Instrument.EIT, 2570)


def sends(talk, kind="image", **more):
    message = f"m{next(numbers)}"
    return message, talk.sends({"type": "message", "message": {"type": kind, "id": message, **more}})


def comes(talk, message, **told):
    """What comes of reading, as the lane hears of it."""
    return talk.sends(result("read_codes", talk.user, {"message": message, "name": "", **told}))


def reads(talk, *codes):
    """Send a picture, let it be read, and ask what it says."""
    message, _ = sends(talk)
    comes(talk, message, codes=list(codes))
    return talk.says("ดูผล")


def test_the_script_a_picture_is_read_shown_and_kept_after_a_yes(store, asked, tap):
    message, reading = sends(asked)
    assert (reading.key, asked.offered(reading)[0]) == ("survey_official.reading", "ดูผล")
    assert [(task.name, task.facts) for task in reading.tasks] == [("read_codes", {"message": message, "name": ""})]
    assert comes(asked, message, codes=[ADDRESS]).bubbles == (), "nobody is told unasked: that would cost a message"
    shown = tap(asked, reading, "ดูผล")
    assert shown.key == "survey_official.is_it_this"
    assert ADDRESS in asked.words
    assert "ไม่ได้อยู่ที่เว็บไซต์" not in asked.words, "only where it is another's"
    assert kept(store) == ""
    done = tap(asked, shown, "ยืนยัน")
    assert done.key == "survey_official.kept"
    assert kept(store) == ADDRESS
    assert not asked.asked_by
    assert [one.happened.deed for one in store.audit_log.kept][-1] == Deed.SET_UP


def test_a_picture_that_is_a_file_is_read_too(asked):
    _, reading = sends(asked, "file", fileName="qr.png", fileSize=4000)
    assert [task.facts["name"] for task in reading.tasks] == ["qr.png"]


def test_who_asks_too_soon_asks_again(store, asked):
    message, _ = sends(asked)
    assert asked.says("ดูผล").key == "survey_official.still_reading"
    comes(asked, message, codes=[ADDRESS])
    assert asked.says("ดูผล").key == "survey_official.is_it_this"
    asked.says("ยืนยัน")
    assert kept(store) == ADDRESS


@pytest.mark.parametrize(
    ("codes", "key", "told"),
    [
        ([], "survey_official.no_code", "ไม่พบคิวอาร์โค้ด"),
        ([ADDRESS, ADDRESS + "x"], "survey_official.several_codes", "2 อัน"),
        (["http://itas.nacc.go.th/go/eit/1"], "survey_official.code_holds", "https://"),
        (["WIFI:S:office;P:1234;;"], "survey_official.code_holds", "«WIFI:S:office;P:1234;;»"),
        ([""], "survey_official.code_holds", "https://"),
        (["\u202eก\nข\u0000" * 500], "survey_official.code_holds", "https://"),
        ([OURS], "survey_official.code_holds", "แบบสำรวจของหน่วยงานเราเอง ไม่ใช่แบบทางการ"),
    ],
)
def test_what_is_no_address_of_the_official_one_is_said_and_asked_again(store, asked, codes, key, told):
    refused = reads(asked, *codes)
    assert (refused.key, refused.then is not None) == (key, True)
    assert told in asked.words
    assert asked.says("ยืนยัน").key == "surveys.no_official_link"
    assert kept(store) == ""
    assert reads(asked, ADDRESS).key == "survey_official.is_it_this"


def test_a_picture_that_cannot_be_opened_or_had_is_said_and_the_address_may_be_typed(store, asked):
    for told, key in (({}, "survey_official.no_picture"), ({"failed": True}, "survey_official.not_fetched")):
        message, _ = sends(asked)
        comes(asked, message, **told)
        assert asked.says("ดูผล").key == key
    assert asked.says(ADDRESS).key == "survey_official.kept"
    assert kept(store) == ADDRESS


def test_what_is_too_large_or_lies_elsewhere_is_not_fetched(asked):
    for kind, more in (
        ("file", {"fileName": "qr.png", "fileSize": MOST_OF_A_PHOTO + 1}),
        ("image", {"contentProvider": {"type": "external", "originalContentUrl": "https://evil.example/"}}),
    ):
        _, refused = sends(asked, kind, **more)
        assert (refused.key, refused.tasks) == ("survey_official.no_picture", ())


def test_of_several_pictures_the_last_one_counts(asked):
    first, _ = sends(asked)
    second, _ = sends(asked)
    comes(asked, second, codes=[ADDRESS])
    comes(asked, first, codes=[ADDRESS + "first"])
    asked.says("ดูผล")
    assert ADDRESS + "\n" in asked.words


def test_an_address_of_another_host_is_worth_a_second_look(store, asked):
    reads(asked, "https://nacc.go.th.example.com/eit")
    assert "ไม่ได้อยู่ที่เว็บไซต์ของ ป.ป.ช." in asked.words
    asked.says("ยืนยัน")
    assert "ไม่ได้อยู่ที่เว็บไซต์ของ ป.ป.ช." in asked.words
    assert kept(store) == "https://nacc.go.th.example.com/eit"


def test_instead_of_a_yes_another_picture_or_an_address_may_be_sent(store, asked):
    reads(asked, ADDRESS + "1")
    assert asked.says("ไม่ใช่").key == "picking.yes_or_cancel"
    assert reads(asked, ADDRESS + "2").key == "survey_official.is_it_this"
    assert asked.says(ADDRESS).key == "survey_official.kept"
    assert kept(store) == ADDRESS


def test_what_comes_after_the_question_is_over_is_dropped(store, asked):
    message, _ = sends(asked)
    asked.says("ยกเลิก")
    assert comes(asked, message, codes=[ADDRESS]).bubbles == ()
    assert not asked.asked_by
    asked.taps("survey_official.enter", instrument="IIT", year=2570)
    assert comes(asked, message, codes=[ADDRESS]).bubbles == ()
    assert asked.answers("yes").key == "surveys.no_official_link"
    assert opening.link_of(store, Instrument.IIT, 2570) == ""


def test_another_question_that_is_open_meanwhile_is_left_alone(store, asked):
    message, _ = sends(asked)
    asked.says("ยกเลิก")
    asked.taps("service_points.add")
    comes(asked, message, codes=[ADDRESS])
    assert asked.says("เคาน์เตอร์").key == "service_points.which_unit"


def test_who_keeps_surveys_no_more_neither_sends_nor_agrees(store, asked):
    enrol(store, "a1")
    _, refused = sends(asked)
    assert (refused.key, refused.tasks) == ("administration.secretariat_only", ())


def test_a_typed_address_of_our_own_poster_is_refused_too(store, asked):
    assert asked.says(OURS).key == "surveys.our_own_link"
    assert kept(store) == ""


def test_who_it_was_read_for_and_left_hears_nothing(talks):
    citizen = talks()
    assert comes(citizen, "m1", codes=[ADDRESS]).bubbles == ()
    executive = talks("x1")
    assert comes(executive, "m1", failed=True).bubbles == ()
