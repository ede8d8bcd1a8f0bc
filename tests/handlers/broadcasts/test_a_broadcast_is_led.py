"""Who may do what with whose broadcast; what is forged or repeated does no harm."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from itadomain.audit_log import Deed
from itadomain.broadcasts.broadcast import Audience, Broadcast, Content, Reach, Reachable, Results, Stage
from tests.handlers.broadcasts.conftest import DAYTIME, NIGHT

NOW = datetime.fromtimestamp(DAYTIME / 1000, UTC)
TO_ALL, TO_UNIT = Audience(Reach.FRIENDS), Audience(Reach.UNIT, "u2")


def a_broadcast(agency, stage=Stage.PROPOSED, audience=TO_ALL, by="a1", **changes):
    told = agency.broadcasts.counts(audience).people
    one = Broadcast("b1", audience, Content("น้ำไม่ไหล"), by, NOW - timedelta(hours=2), stage, NOW, told)
    agency.broadcasts.save(replace(one, **changes))
    return one


def deeds(talk, reply):
    return {
        tap.to.removeprefix("broadcasts.") for tap in reply.taps if getattr(tap, "to", "").startswith("broadcasts.")
    }


@pytest.mark.parametrize(
    ("key", "offered"),
    [
        ("a1", {"cancel", "all"}),  # its maker does not confirm it
        ("a2", {"confirm", "decline", "cancel", "all"}),
        ("s1", {"cancel", "all"}),  # one of the secretariat
        ("x1", None),
        ("h2", None),
        ("s2", None),
        ("", None),
    ],
)
def test_what_is_offered_follows_who_it_is(agency, talks, key, offered):
    a_broadcast(agency)
    talk = talks(key)
    reply = talk.taps("broadcasts.one", id="b1")
    if offered is None:
        assert reply.key in {"broadcasts.unknown", "help.not_allowed"}
        assert "น้ำไม่ไหล" not in talk.words
    else:
        assert deeds(talk, reply) == offered


@pytest.mark.parametrize(
    ("deed", "may"),
    [("confirm", {"a2"}), ("decline", {"a2"}), ("cancel", {"a1", "a2", "s1"})],
)
@pytest.mark.parametrize("key", ["a1", "a2", "s1", "x1", "h2", "s2", ""])
def test_a_forged_tap_does_only_what_is_allowed(agency, talks, deed, may, key):
    one = a_broadcast(agency)
    talks(key).taps(f"broadcasts.{deed}", id="b1", told=10**6)
    changed = agency.broadcasts.get("b1") != one
    assert changed == (key in may and deed != "decline")
    assert bool(agency.audit_log.kept) == changed


@pytest.mark.parametrize("key", ["a1", "a2", "s1", "h2", "s2", "x1", ""])
def test_only_who_leads_it_stops_it(agency, talks, key):
    a_broadcast(agency, Stage.SENDING, audience=TO_UNIT, by="h2")
    talks(key).taps("broadcasts.stop", id="b1")
    assert (agency.broadcasts.stopped == ["b1"]) == (key in {"a1", "a2", "s1", "h2"})


@pytest.mark.parametrize("step", ["one", "confirm", "decline", "cancel", "stop", "again"])
@pytest.mark.parametrize("forged", ["", "b9", "'; --", "ก" * 20])
def test_what_is_not_there_is_said_to_be_unknown(admin, step, forged):
    assert admin.taps(f"broadcasts.{step}", id=forged).key == "broadcasts.unknown"


def test_a_head_tells_the_own_unit_and_nobody_else(agency, talks):
    head = talks("h2")
    assert head.says("ส่งประกาศ").key == "broadcast.which_words"  # there is nobody else to choose
    head.says("พรุ่งนี้ประชุมกอง")
    head.answers("whom")
    assert head.offered(head.answers("friends"))[0] == "หน่วยงาน"
    assert head.answers("unit").key == "broadcast.for_which_unit"
    assert head.answers("u1").key == "picking.which_unit"
    head.answers("u2")
    head.answers("preview")
    assert head.answers("send").key == "broadcast.goes"
    (one,) = agency.broadcasts.kept.values()
    assert one.audience == TO_UNIT


@pytest.mark.parametrize("key", ["s2", "x1"])
def test_who_works_here_without_that_duty_is_told_whose_it_is(talks, key):
    assert talks(key).says("ส่งประกาศ").key == "broadcast.not_yours"


def test_a_citizen_sends_nothing(talks):
    assert talks().means("broadcast_request", message="x").key == "help.not_allowed"
    assert talks().taps("broadcast.start").key == "help.not_allowed"


def test_who_lost_the_post_sends_nothing_any_more(agency, admin, compose):
    compose(admin, "staff")
    agency.people.kept["Ua1"] = replace(agency.people.kept["Ua1"], posts=())
    assert admin.answers("send").key == "help.not_allowed"
    assert not agency.broadcasts.kept


def test_it_is_confirmed_once(agency, second):
    a_broadcast(agency)
    assert second.taps("broadcasts.confirm", id="b1", told=120).key == "broadcast.goes"
    again = second.taps("broadcasts.confirm", id="b1", told=120)
    assert (again.key, again.tasks, again.notices) == ("broadcast.decided_already", (), ())


def test_what_costs_more_by_now_is_shown_again(agency, second):
    a_broadcast(agency)
    agency.broadcasts.counts = lambda _audience: Reachable(140)
    reply = second.taps("broadcasts.confirm", id="b1", told=120)
    assert (reply.key, reply.tasks) == ("broadcast.cost_grew", ())
    yes = next(tap for tap in reply.taps if second.voice(tap.label) == "ยืนยันส่ง")
    assert second.taps(yes).key == "broadcast.goes"
    assert agency.broadcasts.get("b1").told == 140


def test_confirmed_at_night_it_goes_in_the_morning(agency, talks):
    a_broadcast(agency)
    second = talks("a2", now=DAYTIME + 11 * 3_600_000)  # 22.46
    reply = second.taps("broadcasts.confirm", id="b1", told=120)
    assert reply.key == "broadcast.will_go"
    assert agency.broadcasts.get("b1").send_at == datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_a_reason_is_told_to_its_maker_and_kept_nowhere(agency, second):
    a_broadcast(agency)
    assert second.taps("broadcasts.decline", id="b1").key == "broadcasts.why_not"
    reply = second.says("วันที่ยังไม่แน่นอน")
    assert reply.key == "broadcasts.declined"
    (notice,) = reply.notices
    card = notice.reply.bubbles[0]
    assert notice.to.id == "a1"
    assert "วันที่ยังไม่แน่นอน" in second.voice(card.notes[0])
    assert "วันที่ยังไม่แน่นอน" not in second.voice(card.summary)
    assert agency.broadcasts.get("b1").stage is Stage.CANCELLED
    (entry,) = agency.audit_log.kept
    assert (entry.happened.deed, entry.happened.facts["how"]) == (Deed.STOPPED, "declined")
    assert "วันที่" not in entry.line


def test_a_reason_that_reads_like_a_wish_is_no_reason_to_lose_it(agency, second):
    a_broadcast(agency)
    second.taps("broadcasts.decline", id="b1")
    assert second.says("ก" * 300).key == "case.too_long"
    assert second.says("สั้น ๆ").key == "broadcasts.declined"


def test_what_began_is_not_cancelled_but_stopped(agency, admin):
    a_broadcast(agency, Stage.SENDING)
    agency.broadcasts.came_to["b1"] = Results(accepted=50, waiting=70)
    assert admin.taps("broadcasts.cancel", id="b1").key == "broadcast.too_late_to_cancel"
    shown = admin.taps("broadcasts.one", id="b1")
    assert deeds(admin, shown) == {"stop", "all"}
    assert "ระบบไลน์รับแล้ว" in admin.words
    assert admin.taps("broadcasts.stop", id="b1").key == "broadcasts.is_stopped"
    assert agency.broadcasts.get("b1").stopped_by == "a1"
    assert admin.taps("broadcasts.stop", id="b1").key == "broadcast.nothing_to_stop"


def test_only_what_failed_is_sent_again(agency, admin):
    a_broadcast(agency, Stage.STOPPED, expanded=True)
    agency.broadcasts.came_to["b1"] = Results(accepted=50, unsent=70, failed_requests=1)
    shown = admin.taps("broadcasts.one", id="b1")
    assert "อาจได้รับสองครั้ง" in admin.words
    assert deeds(admin, shown) == {"again", "all"}
    reply = admin.taps("broadcasts.again", id="b1")
    assert (reply.key, reply.facts, reply.tasks) == ("broadcasts.again", {"count": 70}, ())
    assert agency.broadcasts.repeated == ["b1"]
    agency.broadcasts.came_to["b1"] = Results(accepted=120)
    assert admin.taps("broadcasts.again", id="b1").key == "broadcast.nothing_failed"


def test_while_the_keys_hold_it_is_said_that_nobody_hears_it_twice(agency, admin):
    a_broadcast(agency, Stage.STOPPED, expanded=True)
    agency.broadcasts.came_to["b1"] = Results(unsent=70, failed_requests=1, retry_until=NOW + timedelta(hours=3))
    admin.taps("broadcasts.one", id="b1")
    assert "ไม่มีผู้ได้รับสองครั้ง" in admin.words


def test_one_that_did_not_go_tells_its_maker_and_whoever_confirmed_it_why(agency, admin, second):
    a_broadcast(agency, Stage.CANCELLED)
    why = {"refused": "broadcast.too_few_messages", "facts": {"cost": 9, "left": 1}}
    reply = second.sends({"type": "task", "task": {"name": "send_broadcast", "values": {"id": "b1", **why}}})
    assert reply.key == "broadcasts.did_not_go"
    assert "ต้องใช้ 9 ข้อความ" in second.words
    (notice,) = reply.notices
    assert notice.to.id == "a1"
    assert "ต้องใช้ 9 ข้อความ" in admin.voice(notice.reply.bubbles[0].notes[0])
    shown = admin.taps(notice.reply.bubbles[0].taps[0])
    anew = next(tap for tap in shown.taps if admin.voice(tap.label) == "ทำใหม่จากเรื่องนี้")
    assert admin.taps(anew).key == "broadcast.so_far"
    assert admin.voice(admin.answers("preview").bubbles[0]).startswith("น้ำไม่ไหล")


def test_one_that_is_on_its_way_says_nothing(agency, admin):
    a_broadcast(agency, Stage.SENDING)
    assert not admin.sends({"type": "task", "task": {"name": "send_broadcast", "values": {"id": "b1"}}}).bubbles


@pytest.mark.parametrize("key", ["h2", "s2", "x1", ""])
def test_nobody_else_copies_it(agency, talks, key):
    a_broadcast(agency, Stage.DONE)
    assert talks(key).taps("broadcast.copied", id="b1").key in {"broadcasts.unknown", "help.not_allowed"}


def test_where_the_month_is_used_up_administrators_hear_it(agency, admin):
    a_broadcast(agency, Stage.STOPPED)
    agency.broadcasts.came_to["b1"] = Results(accepted=50, unsent=70)
    reply = admin.sends({"type": "task", "task": {"name": "broadcast_over", "values": {"id": "b1"}}})
    assert reply.facts == {"accepted": 50, "refused": 0, "unsent": 70}
    assert [notice.to.id for notice in reply.notices] == ["a2"]


def test_the_list_holds_what_one_leads(agency, talks, admin):
    a_broadcast(agency)
    assert admin.says("ประกาศทั้งหมด").facts == {"count": 1}
    head = talks("h2")
    assert head.says("ประกาศทั้งหมด").key == "broadcasts.none"


def test_only_an_administrator_turns_the_trial_on(agency, talks):
    assert talks("s1").taps("broadcasts.trial").key == "help.not_allowed"
    talks("s1").forges(at="broadcasts.pick_trial", a="on")
    assert agency.settings.get("broadcast:trial") == ""


def stopped_in_the_middle(agency, by):
    a_broadcast(agency, Stage.STOPPED, expanded=True, confirmed_by="a2", stopped_by=by)
    agency.broadcasts.came_to["b1"] = Results(accepted=50, unsent=70, failed_requests=1)


def test_what_one_of_the_two_stopped_the_other_does_not_let_go_on(agency, admin, second):
    stopped_in_the_middle(agency, by="a2")
    assert admin.taps("broadcasts.again", id="b1").key == "broadcast.another_stopped"
    assert agency.broadcasts.repeated == []
    assert second.taps("broadcasts.again", id="b1").key == "broadcasts.again"
    assert (agency.broadcasts.repeated, agency.broadcasts.get("b1").stopped_by) == (["b1"], "")


def test_what_somebody_stopped_who_has_no_post_any_more_goes_on(agency, admin):
    stopped_in_the_middle(agency, by="s2")
    assert admin.taps("broadcasts.again", id="b1").key == "broadcasts.again"


def test_nothing_is_sent_again_to_citizens_at_night(agency, talks):
    stopped_in_the_middle(agency, by="")
    assert talks("a1", now=NIGHT).taps("broadcasts.again", id="b1").key == "broadcast.again_by_day"
    assert agency.broadcasts.repeated == []


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (Stage.SCHEDULED, "broadcasts.did_not_go"),
        (Stage.SENDING, "broadcasts.stopped_by_quota"),
        (Stage.CANCELLED, None),
    ],
)
def test_one_that_was_given_up_is_not_passed_over_in_silence(agency, admin, stage, said):
    a_broadcast(agency, stage)
    values = {"id": "b1", "failed": True}
    reply = admin.sends({"type": "task", "task": {"name": "send_broadcast", "values": values}})
    assert (reply.key if reply.bubbles else None) == said


def test_a_trial_stops_what_is_on_its_way_to_real_people(agency, admin):
    a_broadcast(agency, Stage.SENDING)
    admin.taps("broadcasts.trial")
    admin.answers("on")
    one = agency.broadcasts.get("b1")
    assert (one.stage, one.stopped_by, agency.broadcasts.stopped) == (Stage.STOPPED, "a1", ["b1"])
    assert Deed.STOPPED in {entry.happened.deed for entry in agency.audit_log.kept}


@pytest.mark.parametrize(("before", "after"), [("on", "off"), ("off", "on")])
def test_what_was_seen_as_a_trial_goes_to_nobody_else_unseen(agency, admin, compose, before, after):
    agency.settings.put("broadcast:trial", before)
    agency.broadcasts.counts = lambda _audience: Reachable(2)  # as many as there are administrators
    compose(admin, "staff")
    agency.settings.put("broadcast:trial", after)
    assert admin.answers("send").key == f"broadcasts.trial_{after}"
    assert not agency.broadcasts.kept
    admin.answers("send")
    (one,) = agency.broadcasts.kept.values()
    assert one.trial is (after == "on")
