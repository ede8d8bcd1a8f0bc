"""The scripts of people and posting: leaving, moving, standing in; and that somebody always administers."""

from datetime import date, timedelta

import pytest

from handlers.agency.own_menu import follow
from handlers.kit import Reply, Tick
from itadomain.people import Post, Role
from tests.fakes import TODAY, MemoryStore, a_person
from tests.talk import Talk

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def admin(store) -> Talk:
    talk = Talk(store, a_person(Role.ADMIN, name="ผู้ดูแล", unit="สำนักปลัด", key="boss"))
    store.people.meet("U2", a_person(Role.STAFF, name="สมหญิง ใจดี", unit="กองคลัง", key="p2"))
    store.units.save(store.units.get("สำนักปลัด").__class__("กองคลัง", "กองคลัง"))
    return talk


def person(store, key="p2", day=TODAY):
    return store.people.get(key, day)


def confirmed(talk):
    return talk.answers("yes")


def test_the_script_everyone_is_listed_and_one_is_looked_at(admin):
    listed = admin.says("เจ้าหน้าที่ทั้งหมด")
    assert (listed.key, listed.facts) == ("people.count", {"count": 2})
    assert "เจ้าหน้าที่ กองคลัง" in admin.words
    assert admin.offered(listed) == ["ผู้ดูแล", "สมหญิง ใจดี"]
    one = admin.taps(listed.taps[1])
    assert (one.key, one.facts) == ("people.one", {"name": "สมหญิง ใจดี"})
    assert admin.offered(one) == ["ออกจากหน้าที่", "ย้ายหน่วยงาน", "รักษาราชการแทน", "เจ้าหน้าที่ทั้งหมด"]


def test_the_script_a_post_ends_on_a_day_and_stays_in_the_record(admin, store):
    admin.taps("posting.end", id="p2")
    assert admin.answers("all").key == "posting.last_day"
    right = admin.says("30 พ.ย. 69")
    assert (right.key, right.facts["last"]) == ("posting.end_right", date(2026, 11, 30))
    saved = confirmed(admin)
    assert saved.key == "posting.saved"
    assert person(store).posts == (Post(Role.STAFF, "กองคลัง", until=date(2026, 11, 30)),)
    assert person(store).roles == {Role.STAFF}
    assert person(store, day=date(2026, 12, 1)).roles == frozenset()
    assert [(notice.to.id, notice.reply.key) for notice in saved.notices] == [("p2", "posting.changed")]


@pytest.mark.parametrize("answer", ["now", "picked"])
def test_a_post_ends_at_once_or_on_a_picked_day(admin, store, answer):
    admin.taps("posting.end", id="p2")
    admin.answers("0")
    admin.answers("now") if answer == "now" else admin.picks(YESTERDAY.isoformat())
    confirmed(admin)
    assert person(store).posts == (Post(Role.STAFF, "กองคลัง", until=YESTERDAY),)
    assert person(store).roles == frozenset()


def test_a_day_that_is_none_is_asked_again(admin):
    admin.taps("posting.end", id="p2")
    admin.answers("all")
    for said in ("เร็ว ๆ นี้", "31 ก.พ. 70", "ธ.ค."):
        assert admin.says(said).key == "day.which"


def test_the_script_somebody_moves_to_another_unit(admin, store):
    admin.taps("posting.move", id="p2")
    admin.answers("0")
    right = admin.says("สำนักปลัด")
    assert (right.key, right.facts["unit"]) == ("posting.move_right", "สำนักปลัด")
    confirmed(admin)
    before, after = person(store).posts
    assert (before.unit, before.until) == ("กองคลัง", YESTERDAY)
    assert (after.unit, after.since, after.until) == ("สำนักปลัด", TODAY, None)
    assert person(store).units(TODAY) == ("สำนักปลัด",)


def test_a_post_to_come_that_moves_begins_no_sooner(admin, store):
    begins = TODAY + timedelta(days=30)
    store.people.save(person(store).with_posts((Post(Role.HEAD, "กองคลัง", begins),), TODAY))
    admin.taps("posting.move", id="p2")
    admin.answers("0")
    admin.says("สำนักปลัด")
    confirmed(admin)
    assert person(store).posts[1] == Post(Role.HEAD, "สำนักปลัด", begins)
    assert person(store).roles == frozenset()


def test_the_script_somebody_stands_in_for_a_while(admin, store):
    admin.taps("posting.act", id="p2")
    admin.answers("สำนักปลัด")
    admin.answers("head")
    admin.answers(TODAY.isoformat())
    assert admin.says("1 ต.ค. 69").key == "posting.ends_before"
    right = admin.says("15 ธ.ค. 69")
    assert "รักษาราชการแทน หัวหน้าส่วน สำนักปลัด ตั้งแต่ 20 พ.ย. 2569 ถึง 15 ธ.ค. 2569" in admin.words
    assert right.key == "posting.act_right"
    confirmed(admin)
    assert person(store).posts[1] == Post(Role.HEAD, "สำนักปลัด", TODAY, date(2026, 12, 15), acting=True)
    assert person(store).units(TODAY, Role.HEAD) == ("สำนักปลัด",)
    assert person(store, day=date(2026, 12, 16)).roles == {Role.STAFF}


def test_a_post_to_come_gives_nothing_before_its_day(admin, store):
    admin.taps("posting.act", id="p2")
    admin.answers("สำนักปลัด")
    admin.answers("head")
    admin.picks("2026-12-01")
    admin.picks("2026-12-15")
    confirmed(admin)
    assert person(store).roles == {Role.STAFF}
    assert person(store, day=date(2026, 12, 1)).roles == {Role.STAFF, Role.HEAD}
    admin.taps("people.one", id="p2")
    assert "ยังไม่ถึงวันเริ่ม" in admin.words


def menus(reply):
    """Whose own menu is changed by a reply, and how."""
    return [(notice.to.id, task.name) for notice in reply.notices for task in notice.reply.tasks]


def test_whoever_has_no_post_any_more_loses_the_menu_of_insiders_at_once(admin, store):
    admin.taps("posting.end", id="p2")
    admin.answers("all")
    admin.answers("now")
    ended = confirmed(admin)
    assert (menus(ended), ended.tasks) == ([("p2", "own_menu.hide")], ())
    admin.taps("posting.act", id="p2")
    admin.answers("สำนักปลัด")
    admin.answers("head")
    admin.answers(TODAY.isoformat())
    admin.says("15 ธ.ค. 69")
    assert menus(confirmed(admin)) == [("p2", "own_menu.show")]


def test_whoever_goes_on_in_another_post_keeps_their_menu(admin, store):
    admin.taps("posting.move", id="p2")
    admin.answers("0")
    admin.says("สำนักปลัด")
    assert menus(confirmed(admin)) == []


def test_the_menu_follows_a_post_that_ended_or_began_overnight(admin, store):
    store.people.save(person(store).with_posts((Post(Role.STAFF, "กองคลัง", TODAY, TODAY),), TODAY))

    def done(day):
        return menus(Reply(notices=follow(Tick(day, store))))

    assert [done(TODAY + timedelta(days=days)) for days in (-1, 0, 1, 2)] == [
        [], [("p2", "own_menu.show")], [("p2", "own_menu.hide")], [],
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["now", "later", "move", "leave"])
def test_the_last_administrator_stays(admin, store, how):
    if how == "leave":
        admin.says("ขอออกจากหน้าที่")
    elif how == "move":
        admin.taps("posting.move", id="boss")
        admin.answers("0")
        admin.answers("กองคลัง")
        assert confirmed(admin).key == "posting.saved", "who moves goes on administering"
        return
    else:
        admin.taps("posting.end", id="boss")
        admin.answers("all")
        admin.answers("now") if how == "now" else admin.says("30 ก.ย. 70")
    assert confirmed(admin).key == "organisation.last_admin"
    assert person(store, "boss").posts == (Post(Role.ADMIN, "สำนักปลัด"),)


def test_an_administrator_for_a_while_does_not_release_the_last_one(admin, store):
    acting = Post(Role.ADMIN, "", TODAY, TODAY + timedelta(days=9), acting=True)
    store.people.save(person(store).with_posts((acting,), TODAY))
    admin.says("ขอออกจากหน้าที่")
    assert confirmed(admin).key == "organisation.last_admin"
    store.people.save(person(store).with_posts((Post(Role.ADMIN),), TODAY))
    assert admin.says("ยืนยัน").key == "people.you_left"


def test_the_script_an_officer_leaves_and_the_administrators_are_told(admin, store):
    officer = Talk(store, user="U2")
    asked = officer.says("ขอออกจากหน้าที่")
    assert asked.key == "people.leave"
    assert officer.says("ไม่แน่ใจ").key == "picking.yes_or_cancel"
    left = officer.says("ยืนยัน")
    assert left.key == "people.you_left"
    assert [(notice.to.id, notice.reply.key) for notice in left.notices] == [("boss", "people.somebody_left")]
    assert "สมหญิง" not in str(left.notices[0].reply)
    assert person(store).posts == (Post(Role.STAFF, "กองคลัง", until=YESTERDAY),)
    assert officer.says("ขอออกจากหน้าที่").key == "help.not_allowed"


def test_who_has_left_keeps_their_name_and_is_not_listed(admin, store):
    store.people.save(person(store).with_posts((Post(Role.STAFF, "กองคลัง", until=YESTERDAY),), TODAY))
    assert admin.says("เจ้าหน้าที่ทั้งหมด").facts == {"count": 1}
    admin.taps("people.one", id="p2")
    assert "สิ้นสุดแล้ว" in admin.words
    assert admin.taps("posting.end", id="p2").key == "posting.no_posts"


@pytest.mark.parametrize("values", [{}, {"id": "nobody"}, {"id": "citizen"}])
@pytest.mark.parametrize("step", ["people.one", "posting.end", "posting.move", "posting.act"])
def test_a_tap_about_nobody_of_ours_is_refused(admin, store, step, values):
    store.people.meet("U9", a_person(key="citizen"))
    assert admin.taps(step, **values).key == "picking.nobody"


def test_a_forged_post_is_refused(admin, store):
    admin.taps("posting.end", id="p2")
    for forged in ("7", "-1", "x"):
        assert admin.forges(at="posting.pick_ending", a=forged).key == "posting.which_post"


@pytest.mark.parametrize("roles", [(), *((role,) for role in Role if role is not Role.ADMIN)])
@pytest.mark.parametrize("step", ["people.all", "people.one", "posting.end", "posting.move", "posting.act"])
def test_only_administrators_see_and_change_posts(admin, store, step, roles):
    other = Talk(store, a_person(*roles, key="p3"), user="U3")
    assert other.taps(step, id="p2").key == "help.not_allowed"


def test_a_long_list_of_people_is_turned(admin, store):
    for number in range(23):
        store.people.meet(f"U{number + 10}", a_person(Role.STAFF, name=f"คนที่ {number:02}", key=f"x{number}"))
    first = admin.says("เจ้าหน้าที่ทั้งหมด")
    assert len(first.taps) == 11
    second = admin.taps(first.taps[-1])
    assert admin.offered(second)[0] == "คนที่ 10"
    assert "คนที่ 00" not in admin.words
    third = admin.taps(second.taps[-1])
    assert len(third.taps) == 6
