"""What went wrong in systems like this one, and must not here.

What concerns numbers of others, the clock that runs once, one person on two accounts and days of the Buddhist era is
shown where those are tested.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.line.limits import BUBBLES_A_REPLY
from bot.storage.places import KEPT_MS
from bot.turns import Moment
from handlers.cases.case_clock import overnight, remind
from handlers.kit import Tick
from itadomain.cases import following
from itadomain.cases.case import State, Voice
from itadomain.cases.categories import Category
from itadomain.cases.lists import Which, listed
from itadomain.cases.moves import DAYS_TO_REOPEN, Actor, Move, allowed
from itadomain.knowledge import Topic
from itadomain.people import Post, Role
from itadomain.refusals import Refusal
from tests.fakes import TODAY
from tests.handlers.cases import DESK, HEAD, LAMP, VILLAGER, a_case, an_office_of_cases
from tests.talk import Talk

DAY = timedelta(days=1)
BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def villager(agency):
    return Talk(agency, VILLAGER, user="Uvillager")


@pytest.fixture
def desk(agency):
    return Talk(agency, DESK, user="Udesk")


def at(talk, day):
    """The same person on another day."""
    talk.today = day
    talk.now += int((day - TODAY).total_seconds() * 1000)
    return talk


def over(agency, case, day=TODAY):
    agency.cases.save(replace(case, state=State.RESOLVED, over_on=day, answered_on=day))
    return agency.cases.get(case.id)


# ── days


@pytest.mark.parametrize(("hour", "day"), [(0, 21), (6, 21), (23, 21)])
def test_today_is_the_day_on_the_wall_in_thailand_and_not_that_of_greenwich(agency, hour, day):
    moment = datetime(2026, 11, day, hour, 30, tzinfo=BANGKOK)
    told = Moment(moment.date(), int(moment.timestamp() * 1000), BANGKOK)
    assert (told.today, told.at.astimezone(BANGKOK).date()) == (date(2026, 11, day),) * 2


def test_overdue_is_counted_in_days_and_not_in_hours(agency):
    case = a_case(agency)
    assert listed(agency, Which.OVERDUE, DESK, case.due) == []
    assert [one.id for one in listed(agency, Which.OVERDUE, DESK, case.due + DAY)] == [case.id]


def test_a_day_off_that_is_announced_late_moves_what_runs_and_what_was_promised_with_it(agency, villager):
    case = a_case(agency)
    agency.holidays.save(case.due, "วันหยุดพิเศษ")
    overnight(Tick(TODAY, agency))
    moved = agency.cases.get(case.id).due
    assert moved > case.due
    villager.taps("following.one", id=case.id)
    assert villager.voice(moved) in villager.words
    assert "วันหยุดพิเศษ" in villager.words


@pytest.mark.parametrize("said", ["24/11/2569", "24 พ.ย. 69", "๒๔ พฤศจิกายน ๒๕๖๙", "24/11/2026"])
def test_a_year_of_the_buddhist_era_is_no_year_of_the_far_future(agency, desk, said):
    case = a_case(agency)
    agency.cases.save(replace(case, state=State.ACCEPTED))
    desk.taps("casework.one", id=case.id)
    desk.answers(f"defer:{case.id}")
    desk.says("รองบประมาณ")
    assert desk.says(said).key == "casework.will_be_sent"
    desk.answers("send")
    assert agency.cases.get(case.id).review_on == date(2026, 11, 24)


# ── what is shown and what is kept


def test_what_is_masked_in_a_list_is_not_written_back_masked(agency, desk):
    case = a_case(agency, contact="081-234-5678")
    desk.says("เรื่องร้องเรียน")
    assert "xxx5678" in desk.words
    desk.answers(case.id)
    for what in (Move.ACCEPT, Move.START):
        desk.answers(f"{what}:{case.id}")
        desk.taps("casework.one", id=case.id)
    kept = agency.cases.get(case.id)
    assert (kept.contact, kept.spot) == ("081-234-5678", case.spot)
    assert "081-234-5678" in desk.words


def test_words_stand_under_the_name_of_who_said_them(agency, desk):
    head = Talk(agency, HEAD, user="Uhead")
    case = a_case(agency)
    agency.cases.save(replace(case, unit="กองช่าง"))
    for talk, said in ((desk, "รับเรื่องไว้แล้ว"), (head, "ช่างจะเข้าพรุ่งนี้")):
        talk.taps("casework.one", id=case.id)
        talk.answers(f"answer:{case.id}")
        talk.says(said)
        talk.answers("send")
    desk.taps("casework.said", id=case.id)
    lines = desk.words.split("\n")
    named = {said: lines[lines.index(said) - 1] for said in ("รับเรื่องไว้แล้ว", "ช่างจะเข้าพรุ่งนี้")}
    assert "ปรีชา" in named["รับเรื่องไว้แล้ว"]
    assert "วิชัย" in named["ช่างจะเข้าพรุ่งนี้"]
    assert [line.by for line in agency.cases.get(case.id).talk if line.voice is Voice.AGENCY] == ["desk", "head"]


def test_who_left_is_still_named_for_what_they_said(agency, desk):
    case = a_case(agency)
    desk.taps("casework.one", id=case.id)
    desk.answers(f"note:{case.id}")
    desk.says("โทรแล้ว")
    agency.people.save(DESK.with_posts([Post(Role.OFFICER, until=TODAY)], TODAY))
    mayor = Talk(agency, None, user="Umayor", today=TODAY + DAY)
    mayor.taps("casework.said", id=case.id)
    assert "ปรีชา" in mayor.words


def test_what_is_not_told_any_more_answers_nobody(agency, villager):
    topic = Topic("t1", "ภาษีป้าย", "ชำระได้ถึงเดือนมีนาคม", changed_on=TODAY, changed_by="desk")
    agency.knowledge.save(topic)
    villager.means("ask_service_info", service="ภาษีป้าย")
    villager.says("ภาษีป้าย")
    assert "มีนาคม" in villager.words
    agency.knowledge.save(replace(topic, closed=True))
    villager.says("ภาษีป้าย")
    assert "มีนาคม" not in villager.words
    villager.taps("knowledge.one", id="t1")
    assert "มีนาคม" not in villager.words


def test_a_category_that_is_closed_is_offered_to_nobody_and_keeps_its_cases(agency, villager, desk):
    case = a_case(agency)
    agency.categories.save(Category(LAMP, closed=True))
    villager.says("จะร้องเรียนเรื่องถนน")
    villager.says("ไฟดับหน้าวัด หมู่ 3")
    villager.answers("done")
    seen = [villager.words, *(villager.offered(villager.answers(said)) for said in ("problem", "skip", "skip"))]
    assert not [told for told in seen if "ไฟฟ้าสาธารณะ" in told]
    desk.taps("casework.one", id=case.id)
    assert "ไฟฟ้าสาธารณะ" in desk.words


# ── reopening: what is offered is what is done


@pytest.mark.parametrize("days", [0, DAYS_TO_REOPEN, DAYS_TO_REOPEN + 1])
def test_the_tap_and_the_rule_end_on_the_same_day(agency, villager, days):
    case = over(agency, a_case(agency))
    at(villager, TODAY + days * DAY)
    shown = villager.taps("following.one", id=case.id)
    offered = "not_mended" in [tap.value for tap in shown.taps if hasattr(tap, "value")]
    ruled = Move.REOPEN in allowed(case, Actor.REPORTER, villager.today)
    assert offered == ruled == (days <= DAYS_TO_REOPEN)
    if ruled:
        assert following.reopen(agency, case.id, "", VILLAGER, villager.today).case.open
    else:
        with pytest.raises(Refusal):
            following.reopen(agency, case.id, "", VILLAGER, villager.today)


def test_a_tap_that_was_offered_on_the_last_day_is_refused_on_the_next(agency, villager):
    case = over(agency, a_case(agency))
    at(villager, TODAY + DAYS_TO_REOPEN * DAY)
    villager.taps("following.one", id=case.id)
    villager.answers("not_mended")
    villager.today += DAY
    villager.says("ยังดับอยู่")
    assert agency.cases.get(case.id).state is State.RESOLVED


# ── what comes in between


def test_a_reminder_leaves_an_open_question_as_it_is(agency, desk):
    case = a_case(agency)
    desk.taps("casework.one", id=case.id)
    desk.answers(f"answer:{case.id}")
    before = dict(agency.places.kept)
    assert [notice.to.id for notice in remind(Tick(case.due, agency))] == ["desk"]
    assert agency.places.kept == before
    assert desk.says("ช่างจะเข้าพรุ่งนี้").key == "casework.will_be_sent"


def test_the_clock_tells_the_same_thing_once(agency):
    case = a_case(agency)
    assert len(remind(Tick(case.due, agency))) == 1
    assert remind(Tick(case.due, agency)) == []


@pytest.mark.parametrize("said", ["แล้วแต่", "🙏", "555", "abc", "๑๒๓๔๕๖๗๘๙๐"])
def test_words_that_fit_nowhere_end_no_question(agency, desk, said):
    case = a_case(agency)
    desk.taps("casework.one", id=case.id)
    desk.answers(f"{Move.ASSIGN}:{case.id}")
    desk.says(said)
    desk.says("กองช่าง")
    desk.answers("skip")
    assert agency.cases.get(case.id).unit == "กองช่าง"


def test_a_question_of_long_ago_is_let_go_once_and_asks_nothing_again(agency, desk):
    case = a_case(agency)
    desk.taps("casework.one", id=case.id)
    desk.answers(f"answer:{case.id}")
    desk.now += KEPT_MS + 1
    told = [desk.says("ช่างจะเข้าพรุ่งนี้").key for _ in range(3)]
    assert len(set(told)) == 1
    assert told[0] != "casework.will_be_sent"
    assert not [line for line in agency.cases.get(case.id).talk if line.voice is Voice.AGENCY]


def test_a_tap_that_comes_twice_does_it_once(agency, desk):
    case = a_case(agency)
    desk.taps("casework.one", id=case.id)
    first = {"at": "case_moves.act", "a": f"{Move.ACCEPT}:{case.id}"}
    assert desk.forges(**first).key == "casework.accepted"
    assert desk.forges(**first).key == "help.stale_tap"
    assert [line.words for line in agency.cases.get(case.id).talk] == ["accept"]


def test_answers_can_be_tapped_however_much_there_is_to_read(agency, desk):
    case = a_case(agency, "ก" * 4000, contact="081-234-5678")
    for no in range(12):
        a_case(agency, f"ไฟดับ {no}")
    said = [f"{no} {'ข' * 900}" for no in range(8)]
    for one in said:
        following.say_more(agency, case.id, one, (), VILLAGER, TODAY)
    for reply in (desk.taps("casework.one", id=case.id), desk.taps("casework.said", id=case.id)):
        assert reply.taps
        assert len(reply.bubbles) <= BUBBLES_A_REPLY
        assert desk.messages[-1].get("quickReply")
