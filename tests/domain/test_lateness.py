"""Who is late and who is told: every obligation has one state, and nobody is reminded who owes nothing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.allowance import Allowance
from itadomain.lateness import afford, answers, deserted, reminding, sees_all, sight, told_for
from itadomain.measures import Closing, Obligation, Standing
from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from itadomain.refusals import Refusal
from itadomain.rounds import Round, State, round_of, state_of
from tests.fakes import a_person, a_result, a_table, an_agency

TODAY = date(2027, 1, 15)
UNITS = [Unit("u1", "สำนักปลัด", secretariat=True), Unit("u2", "กองคลัง"), Unit("u3", "กองช่าง")]
days = st.dates(TODAY - timedelta(400), TODAY + timedelta(400))
obligations = st.builds(
    Obligation,
    id=st.just("m.u"), measure=st.just("m"), unit=st.just("u"), plan_year=st.just(2570), standing=st.sampled_from(Standing),
    due=st.none() | days, reported_for=st.none() | days,
).flatmap(lambda one: st.sampled_from([one, *(replace(one, closed_on=TODAY, closed_as=how) for how in Closing)]))  # fmt: skip


@st.composite
def agencies(draw):
    """People with posts in three units, acting and ended ones too."""
    posts = st.builds(
        Post, role=st.sampled_from(Role), unit=st.sampled_from(["u1", "u2", "u3", ""]),
        until=st.sampled_from([None, TODAY - timedelta(1), TODAY]), acting=st.booleans(),
    )  # fmt: skip
    held = draw(st.lists(st.lists(posts, max_size=3), max_size=8))
    return [Person(f"p{no}").with_posts(some, TODAY) for no, some in enumerate(held)]


late_counts = st.dictionaries(st.sampled_from(["u1", "u2", "u3"]), st.integers(0, 5))


@given(st.lists(obligations, max_size=12))
def test_every_obligation_is_counted_once_unless_it_is_over(some):
    counted = round_of(some, TODAY)
    assert counted.all == sum(state_of(one, TODAY) is not State.OVER for one in some)
    assert counted.expected == counted.sent + counted.late
    assert 0 <= counted.share <= 100
    assert (counted.share == 100) == (counted.late == 0)


@given(st.lists(obligations, max_size=6), st.lists(obligations, max_size=6))
def test_rounds_add_up(some, others):
    assert round_of(some, TODAY) + round_of(others, TODAY) == round_of([*some, *others], TODAY)


@given(obligations, st.integers(0, 400))
def test_what_is_late_stays_late_until_it_is_reported(one, later):
    if state_of(one, TODAY) is State.LATE:
        assert state_of(one, TODAY + timedelta(later)) is State.LATE
        assert state_of(replace(one, due=None, reported_for=TODAY), TODAY) is State.SENT


@given(obligations)
def test_nothing_is_late_on_its_own_day(one):
    assert state_of(replace(one, due=TODAY), TODAY) is not State.LATE


def test_what_is_reported_as_done_owes_nothing_while_it_waits_for_approval():
    waiting = Obligation("m.u", "m", "u", 2570, standing=Standing.DONE, due=TODAY - timedelta(9))
    assert state_of(waiting, TODAY) is State.SENT
    assert state_of(replace(waiting, standing=Standing.WORKING), TODAY) is State.LATE


# ── who sees


@given(agencies())
def test_nobody_sees_a_unit_without_a_post_there_or_the_whole(people):
    for person in people:
        try:
            seen = sight(person, UNITS, TODAY)
        except Refusal:
            assert not person.units(TODAY)
            assert not sees_all(person, UNITS, TODAY)
            continue
        assert seen.whole == sees_all(person, UNITS, TODAY)
        assert seen.whole or {unit.id for unit in seen.units} == set(person.units(TODAY))
        assert seen.whole or all(unit in person.units(TODAY, Role.HEAD) for unit in seen.reminds)
        assert seen.reminds <= {unit.id for unit in seen.units}


@given(agencies())
def test_the_whole_is_seen_by_executives_administrators_and_the_secretariat_alone(people):
    for person in people:
        held = [post for post in person.posts if post.held_on(TODAY)]
        whole = any(post.role in {Role.EXECUTIVE, Role.ADMIN} or post.unit == "u1" for post in held)
        assert sees_all(person, UNITS, TODAY) == whole


# ── who is told


@given(agencies(), late_counts, st.sets(st.sampled_from([f"p{no}" for no in range(8)])))
def test_only_people_of_units_that_owe_something_are_reminded_each_once_a_day(people, late, reminded):
    by = people[0] if people else Person("nobody")
    found = reminding(late, people, reminded, by, TODAY)
    told = [one.id for one, _ in found.people]
    assert len(told) == len(set(told)) == found.cost
    assert not set(told) & {*reminded, by.id}
    for one, count in found.people:
        owing = [unit for unit in one.units(TODAY) if late.get(unit)]
        assert owing
        assert 0 < count <= sum(late[unit] for unit in owing)


@given(agencies(), late_counts)
def test_every_unit_that_owes_something_has_somebody_told_or_is_named_as_empty(people, late):
    found = reminding(late, people, frozenset(), Person("nobody"), TODAY)
    assert set(found.units) | set(found.empty) == {unit for unit, count in late.items() if count}
    assert not set(found.units) & set(found.empty)
    assert all(not told_for(unit, people, TODAY) for unit in found.empty)


def test_staff_are_told_before_heads_and_heads_before_others():
    staff, head, officer = (a_person(role, unit="u2", key=str(role)) for role in (Role.STAFF, Role.HEAD, Role.OFFICER))
    for people, told in (
        ([head, staff, officer], [staff]),
        ([officer, head], [head]),
        ([officer], [officer]),
        ([], []),
    ):
        assert list(told_for("u2", people, TODAY)) == told


@pytest.mark.parametrize(
    ("cost", "allowance"), [(5, None), (5, Allowance(None, 999)), (5, Allowance(300, 235)), (0, Allowance(300, 300))]
)
def test_what_the_month_suffices_for_may_be_sent(cost, allowance):
    store = an_agency()
    store.known_allowance = allowance
    afford(store, cost, TODAY)


@pytest.mark.parametrize(
    ("cost", "allowance", "left"),
    [(6, Allowance(300, 235), 5), (1, Allowance(300, 240), 0), (1, Allowance(300, 310), 0)],
)
def test_what_it_does_not_suffice_for_is_refused_and_citizens_answers_are_kept_back(cost, allowance, left):
    store = an_agency()
    store.known_allowance = allowance
    with pytest.raises(Refusal) as refused:
        afford(store, cost, TODAY)
    assert refused.value.facts == {"cost": cost, "left": left}


# ── what nobody looks after


@given(agencies(), st.dictionaries(st.sampled_from(["u1", "u2", "u3"]), st.builds(Round, *[st.integers(0, 3)] * 4)))
def test_a_unit_is_deserted_that_owes_something_and_has_nobody(people, rounds):
    for unit in deserted(rounds, people, TODAY):
        assert rounds[unit].late + rounds[unit].ahead + rounds[unit].undated > 0
        assert not any(unit in one.units(TODAY) for one in people)


figures = st.lists(st.integers(0, 100), min_size=10, max_size=10)


@given(
    figures,
    st.dictionaries(
        st.sets(st.integers(1, 10), max_size=3).map(lambda s: tuple(sorted(s))), st.integers(1, 4), max_size=5
    ),
)
def test_indicators_come_lowest_first_and_the_weak_ones_without_a_measure_are_left_out(points, measures):
    result = a_result(2569, None, None, a_table([f"{one}.00" for one in points]))
    found = answers(result, measures, {numbers: Round(late=count) for numbers, count in measures.items()})
    assert [one.points for one in found] == sorted(Decimal(one) for one in points)
    assert [one.weak for one in found[:3]] == [True] * 3
    for one in found:
        assert one.weak or one.points >= 85
        assert one.measures == one.round.late == sum(count for numbers, count in measures.items() if one.no in numbers)
        assert one.left_out == (one.weak and not one.measures)
