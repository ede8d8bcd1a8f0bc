"""How far up what is late has come is kept in every store."""

from dataclasses import replace
from datetime import date

from itadomain.reminding.reminded import Escalation, Level

SLOT, TODAY, TOMORROW = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 10)
ONE = Escalation("o1", SLOT, warned={Level.HEAD: TODAY}, know=frozenset({"p1", "p2"}))
TOLD = replace(ONE, told={Level.HEAD: TOMORROW}, heard=frozenset({"p3"}))


def kept(step):
    return sorted(step(lambda s: s.escalations.all()), key=lambda one: one.obligation)


def test_what_is_saved_is_found_and_changed_and_forgotten(step):
    assert kept(step) == []
    other = Escalation("o2", SLOT)
    step(lambda s: s.escalations.save(ONE, other))
    assert kept(step) == [ONE, other]
    step(lambda s: s.escalations.save(TOLD))
    assert kept(step) == [TOLD, other]
    step(lambda s: s.escalations.drop("o1", "never"))
    assert kept(step) == [other]


def test_what_one_step_saves_twice_is_found_by_itself_and_kept_as_it_was_last(step):
    """Two people of a unit are told in one run of the clock, of the same thing."""

    def work(store):
        store.escalations.save(ONE)
        assert list(store.escalations.all()) == [ONE]
        store.escalations.save(TOLD)
        assert list(store.escalations.all()) == [TOLD]

    step(work)
    assert kept(step) == [TOLD]
    step(lambda s: (s.escalations.drop("o1"), s.escalations.save(ONE)))
    assert kept(step) == [ONE]
    step(lambda s: (s.escalations.save(TOLD), s.escalations.drop("o1")))
    assert kept(step) == []
