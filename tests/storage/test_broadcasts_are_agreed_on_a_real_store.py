"""Broadcasts on the stores that agencies have: composed by one, confirmed by another, and never made twice unseen."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.broadcasts import sending
from itadomain.broadcasts.broadcast import Audience, Content, Reach, Stage
from itadomain.people import Person, Post, Role
from tests.fakes import TODAY
from tests.storage.real_talk import RealTalk

#: Eleven in the morning where these talks take place.
MORNING = 1_795_175_200_000
NOW = datetime.fromtimestamp(MORNING / 1000, UTC)
WORDS = "พรุ่งนี้น้ำประปาหยุดไหล"


@pytest.fixture
def agency(house):
    return house.add_agency("north")


@pytest.fixture
def talks(house, agency):
    def begin(key, *roles):
        talk = RealTalk(house, agency, Person(key, f"คุณ{key}", posts=tuple(Post(role) for role in roles)))
        talk.now = MORNING
        return talk

    return begin


@pytest.fixture
def admin(talks):
    return talks("a1", Role.ADMIN)


@pytest.fixture
def second(talks):
    return talks("a2", Role.ADMIN)


def composed(talk):
    talk.says("ส่งประกาศ")
    talk.says("ทุกคน")
    talk.says(WORDS)
    return talk.says("ดูตัวอย่าง")


def test_one_composes_and_another_confirms_what_the_villagers_hear(talks, admin, second):
    here, gone, quiet = (talks(key) for key in ("v1", "v2", "v3"))
    here.says("ฉันอยู่หมู่ 3")
    gone.does("unfollow")
    quiet.says("ไม่รับข่าว")
    card = composed(admin).bubbles[1]
    assert card.number.facts == {"count": 3}  # both administrators and the one who is there and wants news
    assert "เลิกติดตามบัญชีแล้ว 1 คน" in admin.words
    assert "ขอไม่รับข่าว 1 คน" in admin.words
    reply = admin.says("ส่งเลย")
    assert [notice.to.id for notice in reply.notices] == ["a2"]
    shown = second.taps(reply.notices[0].reply.bubbles[0].taps[0])
    assert second.voice(shown.bubbles[0]).startswith(WORDS)
    agreed = second.taps(shown.taps[0])
    assert (agreed.key, [task.name for task in agreed.tasks]) == ("broadcast.goes", ["send_broadcast"])
    one = admin.keeps(lambda store: store.broadcasts.recent(1)[0])
    assert (one.stage, one.made_by, one.confirmed_by, one.told) == (Stage.SCHEDULED, "a1", "a2", 3)
    admin.says("ประกาศทั้งหมด")
    assert admin.taps("broadcasts.cancel", id=one.id).key == "broadcasts.is_cancelled"


def test_a_village_hears_only_its_own_news(talks, admin):
    talks("v1").says("ฉันอยู่หมู่ 3")
    talks("v2").says("ฉันอยู่หมู่ 4")
    reach = admin.keeps(lambda store: store.broadcasts.reachable(Audience(Reach.VILLAGE, "3"), TODAY))
    assert reach.people == 1


def test_two_who_make_the_same_in_the_same_moment_do_not_miss_each_other(house, agency, talks, admin, second):
    """Each looked whether another makes the same before either was kept: the second has to look again."""
    wish = sending.Wish(Audience(Reach.STAFF), Content(WORDS), 2)
    stores = []
    for key in ("a1", "a2"):
        with house.core.database.reading(of=agency) as connection:
            store = AgencyStore(connection, house.core.channels.by_id(agency), house.core.ring)
            person = store.people.get(key, TODAY)
            assert sending.same_just_now(store, wish.content, person, NOW) is None
            sending.make(store, wish, person, NOW)
            stores.append(store)
    house.core.database.write(stores[0].apply, of=agency)
    with pytest.raises(IntegrityError):
        house.core.database.write(stores[1].apply, of=agency)
    again = second.keeps(lambda store: sending.same_just_now(store, wish.content, store.people.get("a2", TODAY), NOW))
    assert again.made_by == "a1"


def test_it_is_confirmed_and_cancelled_only_once_where_both_happen_at_once(house, agency, talks, admin, second):
    composed(admin)
    admin.says("ส่งเลย")
    (one,) = admin.keeps(lambda store: store.broadcasts.recent(1))
    with house.core.database.reading(of=agency) as connection:
        late = AgencyStore(connection, house.core.channels.by_id(agency), house.core.ring)
        sending.confirm(late, late.broadcasts.get(one.id), late.people.get("a2", TODAY), one.told, NOW)
    admin.taps("broadcasts.cancel", id=one.id)
    with pytest.raises(Changed):
        house.core.database.write(late.apply, of=agency)
    assert admin.keeps(lambda store: store.broadcasts.get(one.id).stage) is Stage.CANCELLED
