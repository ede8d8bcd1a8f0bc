"""What people were reminded of is kept, a row a person; what is due is found without a look at all the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.storage.people import Changed
from bot.storage.places import Place
from itadomain.fiscal import FiscalYear
from itadomain.measures import Closing, Obligation, Standing
from itadomain.reminding.reminded import Reminded, Told
from itadomain.reminding.rungs import Rung
from tests.storage.contract.conftest import InDatabase, InMemory

DUE = date(2027, 3, 31)
NOW = datetime(2027, 3, 31, 9, 0, tzinfo=UTC)
TOLD = Told(DUE, date(2027, 4, 1), Rung.WEEK_BEFORE, date(2027, 3, 24))
FULL = Reminded("p1", {"o1": TOLD}, DUE, NOW, date(2027, 3, 29), DUE)
DUTY = Obligation("o1", "m1", "u1", FiscalYear(2570), place=1, slot=DUE, due=DUE)


def test_whoever_was_never_reminded_has_nothing(step):
    assert step(lambda store: store.reminders.of("p1")) == Reminded("p1")
    assert step(lambda store: list(store.reminders.all())) == []


def test_all_of_it_comes_back(step):
    step(lambda store: store.reminders.save(FULL))
    assert step(lambda store: store.reminders.of("p1")) == FULL
    assert step(lambda store: list(store.reminders.all())) == [FULL]


def test_what_changed_takes_the_place_of_what_was(step):
    step(lambda store: store.reminders.save(FULL))
    step(lambda store: store.reminders.save(Reminded("p2")))
    after = replace(FULL, told={"o2": TOLD}, not_before=None)
    step(lambda store: store.reminders.save(after))
    assert step(lambda store: list(store.reminders.all())) == [after, Reminded("p2")]


def test_after_a_look_at_all_one_person_is_found_among_them(step):
    step(lambda store: store.reminders.save(FULL))
    both = step(lambda store: (store.reminders.all(), store.reminders.of("p1"), store.reminders.of("p9")))
    assert both == ([FULL], FULL, Reminded("p9"))


def test_of_two_who_remind_one_person_at_once_the_second_does_it_again(store):
    if isinstance(store, InMemory):
        pytest.skip("nothing happens at once in memory")

    def meanwhile(mine):
        mine.reminders.of("p1")
        store.step(lambda other: other.reminders.save(FULL))
        mine.reminders.save(replace(FULL, digest_on=None))

    with pytest.raises(Changed):
        store.step(meanwhile)
    assert store.step(lambda kept: kept.reminders.of("p1")) == FULL


def test_who_was_asked_half_an_hour_ago_is_not_amid_a_conversation(store):
    if isinstance(store, InMemory):
        pytest.skip("the store in memory is told who is")

    def asked(person, minutes):
        at = int((NOW - timedelta(minutes=minutes)).timestamp() * 1000)
        store.step(lambda kept: kept.places.put(person, Place("progress.hear_said", {}), at))

    asked("just now", 0)
    asked("a while ago", 29)
    asked("long ago", 31)
    assert store.step(lambda kept: kept.reminders.in_conversation(NOW)) == {"just now", "a while ago"}


def test_what_is_due_is_found_in_its_order(step):
    owed = [
        replace(DUTY, id="late", due=date(2026, 12, 31)),
        replace(DUTY, id="second", place=2),
        DUTY,
        replace(DUTY, id="last year's", plan_year=FiscalYear(2569), due=date(2026, 9, 30)),
    ]
    others = [
        replace(DUTY, id="far", due=date(2027, 6, 30)),
        replace(DUTY, id="undated", slot=None, due=None),
        replace(DUTY, id="over", closed_on=DUE, closed_as=Closing.CANCELLED),
        replace(DUTY, id="done", standing=Standing.DONE),
        replace(DUTY, id="old", plan_year=FiscalYear(2568)),
    ]
    step(lambda store: store.obligations.save(*owed, *others))
    found = step(lambda store: store.obligations.coming(date(2027, 4, 14), 2569))
    assert [one.id for one in found] == ["last year's", "late", "o1", "second"]


def test_another_agency_is_not_seen(store):
    if isinstance(store, InMemory):
        pytest.skip("the store in memory is one agency's")
    store.step(lambda kept: (kept.reminders.save(FULL), kept.obligations.save(DUTY)))
    south = InDatabase(store.house, store.house.add_agency("south"))
    assert south.step(lambda kept: (list(kept.reminders.all()), kept.reminders.of("p1"))) == ([], Reminded("p1"))
    assert south.step(lambda kept: list(kept.obligations.coming(DUE, 2569))) == []
    assert south.step(lambda kept: kept.reminders.in_conversation(NOW)) == frozenset()
