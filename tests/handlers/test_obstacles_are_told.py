"""The script of obstacles: told, answered back and forth, and closed when both sides say so."""

from dataclasses import replace

import pytest

from itadomain.history import Deed
from itadomain.obstacles import LONGEST, Said, Side, told
from itadomain.people import Role
from tests.fakes import TODAY, a_measure, a_person, at_work
from tests.talk import Talk

CLERK = a_person(Role.STAFF, unit="กองคลัง", key="clerk", name="สมชาย")
HEAD = a_person(Role.HEAD, unit="กองคลัง", key="head", name="สมศรี")
KEEPER = a_person(Role.STAFF, unit="สำนักปลัด", key="keeper", name="สมปอง")
MAYOR = a_person(Role.EXECUTIVE, key="mayor", name="สมหมาย")
WORDS = "งบประมาณยังไม่อนุมัติ"


@pytest.fixture
def agency():
    return at_work(a_measure(1, owners=("กองคลัง",)), a_measure(2, owners=("กองคลัง",)))


@pytest.fixture
def head(agency):
    return Talk(agency, HEAD, user="U2")


@pytest.fixture
def clerk(agency):
    return Talk(agency, CLERK)


def tells(talk):
    talk.means("report_obstacle", measure=1, note=WORDS)
    return talk.says("แจ้งเลย")


def a_told(key, words=WORDS):
    return told(key, "m1", "กองคลัง", Said(Side.TOLD, "clerk", TODAY, words))


def opened(reply):
    return reply.notices[0].reply.bubbles[0].taps[0]


def test_the_script_by_taps(clerk, head, agency):
    which = clerk.means("report_obstacle")
    assert clerk.offered(which)[:2] == ["ข้อ 1", "ข้อ 2"]
    assert clerk.taps(which.taps[0]).key == "obstacle.what"
    shown = clerk.says("ติดปัญหา ไม่มีงบ")
    assert (shown.key, clerk.offered(shown)[:2]) == ("obstacle.confirm", ["แจ้งเลย", "แก้ข้อความ"])
    clerk.says("แก้ข้อความ")
    clerk.says(WORDS)
    assert agency.obstacles.kept == {}
    told = clerk.says("แจ้งเลย")
    assert (told.key, [notice.to.id for notice in told.notices]) == ("obstacle.told", ["head"])
    look = head.taps(opened(told))
    assert head.offered(look) == ["ตอบ", "แก้ได้แล้ว"]
    assert WORDS in head.words
    head.taps(look.taps[0])
    answered = head.says("โอนงบให้แล้ว")
    assert [notice.to.id for notice in answered.notices] == ["clerk"]
    seen = clerk.taps(opened(answered))
    assert "สมศรี (ผู้ช่วยแก้)" in clerk.words
    assert "โอนงบให้แล้ว" in clerk.words
    agreed = clerk.taps(seen.taps[1])
    assert (agreed.key, [notice.to.id for notice in agreed.notices]) == ("obstacle.other_side_is_asked", ["head"])
    assert len(agency.obstacles.open()) == 1
    last = head.taps(opened(agreed))
    assert "รออีกฝ่ายยืนยัน" in head.words
    assert head.taps(last.taps[1]).key == "obstacle.is_over"
    assert agency.obstacles.open() == []
    assert [one.deed for one in agency.history.of_measure("m1", 9)][:3] == [Deed.SETTLED, Deed.ANSWERED, Deed.BLOCKED]


def test_in_one_sentence_it_is_shown_before_it_is_told(clerk, agency):
    assert clerk.means("report_obstacle", measure=1, note=WORDS).key == "obstacle.confirm"
    assert agency.obstacles.kept == {}


def test_two_words_alone_say_nothing_yet(clerk):
    """«ติดปัญหา» is understood as its own note."""
    clerk._understanding.told["ติดปัญหา"] = type(clerk._understanding.told["ขอบคุณ"])(
        "report_obstacle", {"note": "ติดปัญหา"}
    )
    clerk.taps(clerk.says("ติดปัญหา").taps[0])
    assert clerk.asked_by == "obstacle.hear_words"


@pytest.mark.parametrize(("present", "told"), [
    ([HEAD, KEEPER, MAYOR], ["head"]), ([KEEPER, MAYOR], ["keeper"]), ([MAYOR], ["mayor"]), ([], []),
], ids=["head", "secretariat", "executive", "nobody"])  # fmt: skip
def test_the_head_is_told_else_the_secretariat_else_an_executive(agency, clerk, present, told):
    for number, person in enumerate(present, 2):
        Talk(agency, person, user=f"U{number}")
    reply = tells(clerk)
    assert [notice.to.id for notice in reply.notices] == told
    assert reply.key == ("obstacle.told" if told else "obstacle.written_down")
    assert len(agency.obstacles.open()) == 1


def test_who_speaks_again_does_not_hold_it_to_be_gone(clerk, head, agency):
    told = tells(clerk)
    known = opened(told).values["id"]
    clerk.taps("obstacle.over", id=known)
    clerk.taps("obstacle.reply", id=known)
    clerk.says("ยังติดอยู่อีกเรื่อง")
    head.taps("obstacle.over", id=known)
    assert len(agency.obstacles.open()) == 1


def test_who_says_again_that_it_is_gone_tells_nobody_again(clerk, head):
    known = opened(tells(clerk)).values["id"]
    assert [notice.to.id for notice in clerk.taps("obstacle.over", id=known).notices] == ["head"]
    again = clerk.taps("obstacle.over", id=known)
    assert (again.key, again.notices) == ("obstacle.other_side_is_asked", ())
    clerk.taps("obstacle.reply", id=known)
    clerk.says("ยังติดอยู่อีกเรื่อง")
    assert clerk.taps("obstacle.over", id=known).notices, "since it was not gone, it is asked anew"


@pytest.mark.parametrize(("answers", "between"), [(5, 0), (6, 1), (40, 35)])
def test_of_a_long_talk_the_first_and_the_newest_five_are_shown(clerk, agency, answers, between):
    said = [Said(Side.TOLD, "clerk", TODAY, f"คำตอบ {number}") for number in range(answers)]
    agency.obstacles.save(replace(a_told("o1"), talk=(*a_told("o1").talk, *said)))
    shown = [row.value for row in clerk.taps("obstacle.look", id="o1").bubbles[0].rows]
    assert (shown[0], shown[-5:]) == (WORDS, [one.words for one in said[-5:]])
    assert [one.facts for one in shown[1:-5]] == ([{"count": between}] if between else [])


def test_the_newest_of_a_talk_is_never_cut_away_however_long_all_of_it_is(clerk, agency):
    said = [Said(Side.TOLD, "clerk", TODAY, f"{number}".rjust(LONGEST, "ก")) for number in range(10, 30)]
    agency.obstacles.save(replace(a_told("o1"), talk=said))
    clerk.taps("obstacle.look", id="o1")
    assert said[0].words in clerk.words
    assert said[-1].words in clerk.words
    assert "มีอีก 17 ข้อความระหว่างนี้" in clerk.words


def test_what_is_too_long_is_said_before_it_is_to_be_confirmed(clerk):
    clerk.taps(clerk.means("report_obstacle").taps[0])
    assert clerk.says("ก" * (LONGEST + 1)).key == "obstacle.too_long"
    assert clerk.says(WORDS).key == "obstacle.confirm"


def test_more_than_ten_open_ones_are_turned(clerk, agency):
    for number in range(12):
        agency.obstacles.save(a_told(f"o{number:02}", f"เรื่อง {number}"))
    first = clerk.taps("obstacle.open_ones")
    assert clerk.offered(first)[-3:] == ["เรื่องที่ 10", "ถัดไป", "ยกเลิก"]
    second = clerk.taps(first.taps[-2])
    assert clerk.offered(second) == ["เรื่องที่ 11", "เรื่องที่ 12", "ก่อนหน้า", "ยกเลิก"]
    assert [row.value for row in second.bubbles[0].rows] == ["เรื่อง 10", "เรื่อง 11"]
    assert clerk.taps(second.taps[0]).bubbles[0].rows[0].value == "เรื่อง 10"


@pytest.mark.parametrize("onward", ["ต่อไป", "ถัดไป"])
def test_later_ones_are_reached_by_typing_too(clerk, agency, onward):
    """A computer shows no quick replies."""
    for number in range(12):
        agency.obstacles.save(a_told(f"o{number:02}", f"เรื่อง {number}"))
    clerk.taps("obstacle.open_ones")
    second = clerk.says(onward)
    assert [row.value for row in second.bubbles[0].rows] == ["เรื่อง 10", "เรื่อง 11"]
    assert "เรื่องที่ 12 · ข้อ 1." in clerk.words
    assert [row.value for row in clerk.says("ต่อไป").bubbles[0].rows] == ["เรื่อง 10", "เรื่อง 11"], "the last page"
    assert clerk.says("99").key == "obstacle.which_one"
    assert clerk.says("๑๒").bubbles[0].rows[0].value == "เรื่อง 11"


def test_of_the_history_others_see_the_deed_without_the_words(agency, clerk, head):
    known = opened(tells(clerk)).values["id"]
    head.taps("obstacle.reply", id=known)
    head.says("โอนงบให้แล้ว")
    others = {
        "another's head": a_person(Role.HEAD, unit="กองช่าง", key="x1"), "admin": a_person(Role.ADMIN, key="x2"),
        "integrity": a_person(Role.INTEGRITY, key="x3"),
    }  # fmt: skip
    helping = {"secretariat": KEEPER, "executive": MAYOR, "head": HEAD, "clerk": CLERK}
    for number, (name, person) in enumerate({**others, **helping}.items(), 10):
        talk = Talk(agency, person, user=f"U{number}")
        for show in (lambda t: t.taps("measures.history", id="m1"), lambda t: t.means("measure_detail", measure=1)):
            show(talk)
            assert "ตอบเรื่องปัญหา" in talk.words
            assert {words in talk.words for words in (WORDS, "โอนงบให้แล้ว")} == {name in helping}


def test_one_who_is_both_sides_closes_it_alone(agency):
    head = Talk(agency, HEAD)
    tells(head)
    (obstacle,) = agency.obstacles.open()
    assert head.taps("obstacle.over", id=obstacle.id).key == "obstacle.is_over"


def test_a_head_who_is_held_up_is_helped_by_others(agency):
    Talk(agency, MAYOR, user="U2")
    assert [notice.to.id for notice in tells(Talk(agency, HEAD)).notices] == ["mayor"]


def test_open_ones_are_listed_for_whom_they_concern(agency, clerk, head):
    tells(clerk)
    talks = {
        "clerk": clerk, "head": head, "keeper": Talk(agency, KEEPER, user="U3"), "mayor": Talk(agency, MAYOR, user="U4"),
        "other": Talk(agency, a_person(Role.HEAD, unit="กองช่าง", key="other"), user="U5"),
    }  # fmt: skip
    listed = {name: talk.says("ปัญหาที่ยังไม่ได้แก้").key for name, talk in talks.items()}
    assert listed == {name: "obstacle.none" if name == "other" else "obstacle.open_ones" for name in talks}
    reply = head.says("ปัญหาที่ยังไม่ได้แก้")
    assert head.taps(reply.taps[0]).key == "obstacle.about"


@pytest.mark.parametrize("who", [
    a_person(), a_person(Role.STAFF, unit="กองช่าง", key="x"), a_person(Role.HEAD, unit="กองช่าง", key="x"),
    a_person(Role.ADMIN, key="x"), a_person(Role.INTEGRITY, key="x"),
], ids=["citizen", "another's clerk", "another's head", "admin", "integrity"])  # fmt: skip
def test_nobody_else_sees_answers_or_closes_it(agency, clerk, head, who):
    known = opened(tells(clerk)).values["id"]
    talk, refused = Talk(agency, who, user="U8"), {"help.not_allowed", "obstacle.not_yours"}
    for step in ("obstacle.look", "obstacle.reply", "obstacle.over"):
        assert talk.taps(step, id=known).key in refused
    assert len(agency.obstacles.get(known).talk) == 1


def test_what_is_gone_is_neither_answered_nor_closed_again(clerk, head, agency):
    known = opened(tells(clerk)).values["id"]
    clerk.taps("obstacle.over", id=known)
    head.taps("obstacle.over", id=known)
    assert clerk.taps("obstacle.over", id=known).key == "obstacle.is_gone"
    clerk.taps("obstacle.reply", id=known)
    assert clerk.says("ยังติด").key == "obstacle.is_gone"
    clerk.taps("obstacle.look", id=known)
    assert "แก้ได้แล้วเมื่อ 20 พ.ย. 2569" in clerk.words


def test_an_obstacle_shows_in_the_detail_of_its_measure(clerk, head):
    tells(clerk)
    clerk.means("measure_detail", measure=1)
    assert "ปัญหาที่ยังไม่ได้แก้" in clerk.words
