"""Evidence is listed and shown to those who may see it."""

from tests.handlers.evidence.sending import DUTY, copied, hears, kept, sends


def test_evidence_is_listed_with_what_is_known_of_it(clerk, agency):
    hears(clerk, sends(clerk), **copied())
    sends(clerk, "file", fileName="บันทึก.pdf", fileSize=10)
    clerk.says("ข้อ 2")
    told = clerk.taps("evidence.listed", id="m2")
    assert (told.facts, clerk.offered(told)) == ({"count": 2}, ["ดู 1", "ดู 2", "เมนู"])
    for said in ("บันทึก.pdf", "กำลังเก็บ", "2.0 เมกะไบต์", "20 พ.ย. 2569"):
        assert said in clerk.words


def test_a_long_list_has_pages(clerk):
    for _ in range(10):
        sends(clerk)
    clerk.says("ข้อ 2")
    first = clerk.taps("evidence.listed", duty=DUTY)
    assert clerk.offered(first)[7:] == ["ดู 8", "หน้าถัดไป", "เมนู"]
    assert clerk.offered(clerk.taps(first.taps[8])) == ["ดู 9", "ดู 10", "เมนู"]


def test_one_piece_is_shown_with_its_picture_where_it_can_be_reached(clerk, agency):
    hears(clerk, sends(clerk), **copied())
    clerk.says("ข้อ 2")
    (one,) = kept(agency)
    told = clerk.taps("evidence.one", id=one.id)
    assert told.bubbles[0].picture == f"evidence:{one.id}"
    assert clerk.offered(told)[:2] == ["เปิดดู", "ถอนหลักฐานนี้"]
    assert all("hero" not in message.get("contents", {}) for message in clerk.messages)  # nobody can reach us here


def test_a_citizen_sees_none_of_it(clerk, citizen, agency):
    sends(clerk)
    (one,) = kept(agency)
    for step, values in (
        ("evidence.listed", {"id": "m2"}),
        ("evidence.one", {"id": one.id}),
        ("evidence.take_back", {"id": one.id}),
    ):
        assert citizen.taps(step, **values).key == "help.not_allowed"


def test_what_is_attached_to_nothing_is_seen_by_its_sender_alone(clerk, head, agency):
    sends(clerk)
    (one,) = kept(agency)
    for duty in ("", "m9.none"):
        assert head.taps("evidence.listed", duty=duty).facts == {"count": 0}
    assert head.taps("evidence.one", id=one.id).key == "evidence.not_there"
    assert clerk.taps("evidence.one", id=one.id).bubbles[0].title.key == "evidence.one"
