"""Broadcasts are kept as they were saved, the newest first, in every store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.storage.people import Changed
from itadomain.broadcasts.broadcast import Audience, Broadcast, Content, Reach, Reachable, Results, Stage
from itadomain.people import Post, Role

BANGKOK = timezone(timedelta(hours=7))
AT = datetime(2026, 11, 23, 9, 30, tzinfo=BANGKOK)
CONTENT = Content("ประชุมวันศุกร์", "เชิญประชุม", "f" * 32, "ดูแผนที่", "https://example.go.th/map")


def one(number=1, **more):
    made = AT + timedelta(minutes=number)
    told = {"stage": Stage.PROPOSED, "send_at": made, "told": 12, **more}
    return Broadcast(f"b{number}", Audience(Reach.VILLAGE, "3"), CONTENT, "p1", made, **told)


def test_one_comes_back_as_it_was_saved(step):
    whole = one(confirmed_by="p2", confirmed_at=AT, stopped_by="p3", trial=True, about="window:2570:eit")
    step(lambda s: s.broadcasts.save(whole))
    assert step(lambda s: s.broadcasts.get("b1")) == whole
    assert step(lambda s: s.broadcasts.get("b1")).send_at.utcoffset() == timedelta(hours=7)
    assert step(lambda s: s.broadcasts.get("b2")) is None


def test_the_newest_stand_first(step):
    for number in (1, 2, 3):
        step(lambda s, number=number: s.broadcasts.save(one(number)))
    assert [b.id for b in step(lambda s: s.broadcasts.recent(2))] == ["b3", "b2"]
    since = (AT + timedelta(minutes=2)).astimezone(UTC)
    assert [b.id for b in step(lambda s: s.broadcasts.made_since(since))] == ["b3", "b2"]


def test_what_changed_is_kept(step):
    step(lambda s: s.broadcasts.save(one()))
    changed = replace(one(), stage=Stage.SCHEDULED, confirmed_by="p2", confirmed_at=AT, told=15)
    step(lambda s: s.broadcasts.save(changed))
    assert step(lambda s: s.broadcasts.get("b1")) == changed


def test_before_it_is_sent_nothing_came_of_it(step):
    step(lambda s: s.broadcasts.save(one()))
    assert step(lambda s: s.broadcasts.results("b1")) == Results()
    assert step(lambda s: s.broadcasts.results("b2")) == Results()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_two_who_change_one_at_once_do_not_undo_each_other(store, step):
    step(lambda s: s.broadcasts.save(one()))

    def slow(s):
        s.broadcasts.save(replace(s.broadcasts.get("b1"), stage=Stage.SCHEDULED))
        step(lambda other: other.broadcasts.save(replace(one(), stage=Stage.CANCELLED)))

    with pytest.raises(Changed):
        step(slow)
    assert step(lambda s: s.broadcasts.get("b1")).stage is Stage.CANCELLED


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_who_makes_one_while_another_does_looks_again(step):
    """So that two administrators who send the same at once are told of each other."""

    def slow(s):
        s.broadcasts.save(one(1))
        step(lambda other: other.broadcasts.save(one(2)))

    with pytest.raises(Exception, match=r"(?i)unique"):
        step(slow)
    assert [b.id for b in step(lambda s: s.broadcasts.recent(5))] == ["b2"]


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_who_would_hear_it_is_counted(step):
    day = AT.date()
    wishes = [
        {},
        {"village": "3"},
        {"village": "3", "muted": True},
        {"village": "4", "away_since": day},
        {"muted": True},
    ]
    for number, wish in enumerate(wishes):
        met = step(lambda s, n=number: s.people.meet(f"U{n:032}"))
        step(lambda s, met=met, wish=wish: s.people.save(replace(met, **wish)))
    staff = [Post(Role.STAFF)]
    for number, wish in enumerate(({}, {"away_since": day}, {"muted": True}), 10):
        met = step(lambda s, n=number: s.people.meet(f"U{n:032}"))
        step(lambda s, met=met, wish=wish: s.people.save(replace(met, **wish).with_posts(staff, day)))
    counted = {
        Audience(Reach.FRIENDS): Reachable(3, 2, 3), Audience(Reach.VILLAGE, "3"): Reachable(1, 0, 1),
        Audience(Reach.VILLAGE, "9"): Reachable(0), Audience(Reach.STAFF): Reachable(2, 1),
    }  # fmt: skip
    for audience, expected in counted.items():
        assert step(lambda s, audience=audience: s.broadcasts.reachable(audience, day)) == expected
