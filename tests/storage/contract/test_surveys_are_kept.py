"""One contract for three stores, the part about surveys: what is asked, who was asked, what was answered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.storage import ballots
from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.fiscal import FiscalYear
from itadomain.forgetting import forget
from itadomain.frameworks.shape import Confidence, Instrument, Name
from itadomain.surveys.questionnaire import POINTS, Answering, Item, Questionnaire
from itadomain.surveys.survey import (
    Ballot,
    Cell,
    Draft,
    Kind,
    Mark,
    Sample,
    ServicePoint,
    Standing,
    Sums,
    Survey,
)
from itadomain.surveys.upkeep import settle
from tests.fakes import TODAY, a_person
from tests.storage.conftest import ENGINES

YEAR = FiscalYear(2570)
E1 = Item(
    "E1", Name("เจ้าหน้าที่ปฏิบัติงานตามขั้นตอนมากน้อยเพียงใด", "How far do officials follow the steps?"),
    Answering.LEVELS, Instrument.EIT, 6, (Name("ตามขั้นตอน", "The steps"), Name("ตามเวลา", "The time")),
    reversed_parts=(2,), confidence=Confidence.MEMORY, source="i68_1",
)  # fmt: skip
A1 = Item("A1", Name("ที่จอดรถพอหรือไม่", "Is there room to park?"), Answering.SIX, reversed=True)
SIX = {**POINTS, Answering.SIX: tuple(Decimal(20 * step) for step in range(6))}
ROUND = Survey(
    "s1",
    Kind.OUTSIDERS,
    Questionnaire(YEAR, (E1, A1), SIX, ("E9",)),
    TODAY,
    TODAY + timedelta(30),
    population=900,
    opened_by="p1",
)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
SUMS = Sums(5, Decimal(234), Decimal("16378.25"), (1, 1, 1, 2))


# ── what is asked


def test_a_survey_comes_back_as_it_was_opened(step):
    step(lambda s: s.surveys.save(ROUND))
    (found,) = step(lambda s: s.surveys.all())
    assert replace(found, version=0) == ROUND
    assert step(lambda s: s.surveys.get("s1")) == found
    assert step(lambda s: s.surveys.get("s2")) is None


def test_when_everybody_may_answer_anew_is_kept_with_it(step):
    step(lambda s: s.surveys.save(replace(ROUND, kind=Kind.VISIT, closes_on=None)))
    step(lambda s: s.surveys.save(replace(s.surveys.get("s1"), settled_on=TODAY)))
    found = step(lambda s: s.surveys.get("s1"))
    assert (found.settled_on, found.questionnaire) == (TODAY, ROUND.questionnaire)


def test_surveys_stand_in_the_order_of_their_opening_the_newest_first(step):
    for key in ("s1", "s3", "s2"):
        step(lambda s, key=key: s.surveys.save(replace(ROUND, id=key, kind=Kind.VISIT)))
    step(lambda s: s.surveys.save(replace(s.surveys.get("s1"), closed_on=TODAY, population=None)))
    found = step(lambda s: s.surveys.all())
    assert [(one.id, one.open) for one in found] == [("s2", True), ("s3", True), ("s1", False)]
    assert found[2].population is None


def meanwhile(store, mine, theirs):
    """Two steps see the same, theirs is kept first."""
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        late = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        mine(late)
    store.step(theirs)
    with pytest.raises(Changed):
        core.database.write(late.apply, of=agency)


@pytest.mark.parametrize("engine", ENGINES)
def test_of_two_who_open_or_close_at_once_one_looks_again(store):
    meanwhile(
        store,
        lambda s: s.surveys.save(replace(ROUND, id="s2")),
        lambda s: s.surveys.save(ROUND),
    )
    assert [one.id for one in store.step(lambda s: s.surveys.all())] == ["s1"]
    meanwhile(
        store,
        lambda s: s.surveys.save(replace(s.surveys.get("s1"), closed_on=TODAY)),
        lambda s: s.surveys.save(replace(s.surveys.get("s1"), closes_on=TODAY)),
    )
    assert store.step(lambda s: s.surveys.get("s1").closed_on) is None


def test_own_questions_are_kept_by_year_and_code(step):
    for item in (E1, A1):
        step(lambda s, item=item: s.surveys.save_item(2570, item))
    assert step(lambda s: s.surveys.items(2570)) == [A1, E1]
    assert step(lambda s: s.surveys.items(2569)) == []
    sure = replace(E1, confidence=Confidence.HIGH)
    step(lambda s: s.surveys.save_item(2570, sure))
    for _ in range(2):
        step(lambda s: s.surveys.drop_item(2570, "A1"))
    assert step(lambda s: s.surveys.items(2570)) == [sure]


@pytest.mark.parametrize("engine", ENGINES)
def test_two_who_enter_a_question_at_once_do_not_overwrite_each_other_unseen(store):
    meanwhile(
        store,
        lambda s: s.surveys.save_item(2570, E1),
        lambda s: s.surveys.save_item(2570, replace(E1, source="another")),
    )
    assert [one.source for one in store.step(lambda s: s.surveys.items(2570))] == ["another"]


def test_service_points_come_by_name_closed_ones_too(step):
    counter, clinic = ServicePoint("K7Q2", "หน้าเคาน์เตอร์", "u1"), ServicePoint("A2B3", "คลินิก")
    for one in (counter, clinic):
        step(lambda s, one=one: s.surveys.save_point(one))
    assert step(lambda s: s.surveys.points()) == [clinic, counter]
    step(lambda s: s.surveys.save_point(replace(clinic, closed_on=TODAY)))
    assert [one.closed_on for one in step(lambda s: s.surveys.points())] == [TODAY, None]


@pytest.mark.parametrize("engine", ENGINES)
def test_two_points_that_get_the_same_code_at_once_do_not_become_one(store):
    meanwhile(
        store,
        lambda s: s.surveys.save_point(ServicePoint("K7Q2", "คลินิก")),
        lambda s: s.surveys.save_point(ServicePoint("K7Q2", "เคาน์เตอร์")),
    )
    assert [one.name for one in store.step(lambda s: s.surveys.points())] == ["เคาน์เตอร์"]


def test_what_itas_showed_is_kept_by_day(step):
    first = Sample(YEAR, Instrument.EIT, TODAY, 120, 300, "p1")
    for one in (
        replace(first, on=TODAY + timedelta(1), answered=140),
        first,
        replace(first, instrument=Instrument.IIT),
    ):
        step(lambda s, one=one: s.surveys.save_sample(one))
    step(lambda s: s.surveys.save_sample(replace(first, answered=121, by="p2")))
    found = step(lambda s: s.surveys.samples(2570, Instrument.EIT))
    assert [(one.on, one.answered, one.by) for one in found] == [(TODAY, 121, "p2"), (TODAY + timedelta(1), 140, "p1")]
    assert step(lambda s: s.surveys.samples(2569, Instrument.EIT)) == []


# ── who was asked


@pytest.fixture
def met(step):
    """Four citizens."""
    people = [f"p{number}" for number in range(1, 5)]
    for one in people:
        step(lambda s, one=one: s.people.meet(f"U{one}", a_person(key=one)))
    return people


def invited(day=TODAY):
    return Mark(Standing.INVITED, day)


def test_how_far_somebody_is_is_kept_by_survey(step, met):
    assert step(lambda s: s.participation.of("s1", "p1")) is None
    for mark in (invited(), Mark(Standing.STARTED, TODAY, 7, TODAY), Mark(Standing.ANSWERED, TODAY, 18, TODAY)):
        step(lambda s, mark=mark: s.participation.save("s1", "p1", mark))
        assert step(lambda s: s.participation.of("s1", "p1")) == mark
    assert step(lambda s: (s.participation.of("s2", "p1"), s.participation.of("s1", "p2"))) == (None, None)


def test_a_turn_may_note_two_things_of_one_person(step, met):
    def both(s):
        s.participation.save("s1", "p1", invited())
        s.participation.save("s1", "p1", Mark(Standing.STARTED, TODAY, 1))

    step(both)
    assert step(lambda s: s.participation.of("s1", "p1")).standing is Standing.STARTED


def test_who_was_met_in_the_same_turn_has_a_mark(step):
    def meet(s):
        person = s.people.meet("Unew", a_person(key="new"))
        s.participation.save("s1", person.id, invited())

    step(meet)
    assert step(lambda s: s.participation.of("s1", "new")) == invited()


@pytest.mark.parametrize("engine", ENGINES)
def test_an_invitation_does_not_undo_an_answer_of_the_same_moment(store, met):
    meanwhile(
        store,
        lambda s: s.participation.save("s1", "p1", invited()),
        lambda s: s.participation.save("s1", "p1", Mark(Standing.ANSWERED, TODAY)),
    )
    assert store.step(lambda s: s.participation.of("s1", "p1")).standing is Standing.ANSWERED


def test_marks_are_counted_and_dropped_survey_by_survey(step, met):
    yesterday = TODAY - timedelta(1)
    marks = (
        Mark(Standing.STARTED, yesterday, 3), Mark(Standing.STARTED, TODAY, 3), Mark(Standing.STARTED, yesterday, 5),
        Mark(Standing.ANSWERED, yesterday, 18),
    )  # fmt: skip
    for person, mark in zip(met, marks, strict=True):
        step(lambda s, person=person, mark=mark: s.participation.save("s1", person, mark))
    step(lambda s: s.participation.save("s2", "p1", invited()))
    assert step(lambda s: s.participation.counted("s1")) == {Standing.STARTED: 3, Standing.ANSWERED: 1}
    assert step(lambda s: s.participation.stopped("s1", TODAY)) == {3: 1, 5: 1}
    step(lambda s: s.participation.drop("s1"))
    assert step(lambda s: (s.participation.counted("s1"), s.participation.of("s1", "p1"))) == ({}, None)
    assert step(lambda s: s.participation.counted("s2")) == {Standing.INVITED: 1}


def test_whoever_was_invited_is_reminded_once(step, met):
    for person, standing in zip(
        met, (Standing.INVITED, Standing.INVITED, Standing.STARTED, Standing.ELSEWHERE), strict=True
    ):
        step(lambda s, person=person, standing=standing: s.participation.save("s1", person, Mark(standing, TODAY)))
    step(lambda s: s.participation.save("s2", "p1", invited()))
    assert step(lambda s: s.participation.reminded("s1", TODAY + timedelta(3))) == 2
    assert step(lambda s: s.participation.reminded("s1", TODAY + timedelta(4))) == 0
    found = step(lambda s: [s.participation.of("s1", one).reminded_on for one in met])
    assert found == [TODAY + timedelta(3), TODAY + timedelta(3), None, None]
    assert step(lambda s: s.participation.of("s2", "p1").reminded_on) is None


DRAFT = Draft("s1", "p1", TODAY, {"E1.1": 3, "E1.2": None}, "K7Q2", lot="7")


def test_what_was_begun_is_kept_until_it_is_old(step, met):
    for draft in (replace(DRAFT, answers={}), DRAFT, replace(DRAFT, survey="s2", since=TODAY - timedelta(7))):
        step(lambda s, draft=draft: s.participation.save_draft(draft))
    assert step(lambda s: s.participation.draft("p1", "s1")) == DRAFT
    assert step(lambda s: s.participation.draft("p2", "s1")) is None
    step(lambda s: s.participation.drop_drafts(TODAY))
    assert step(lambda s: (s.participation.draft("p1", "s2"), s.participation.draft("p1", "s1"))) == (None, DRAFT)
    for _ in range(2):
        step(lambda s: s.participation.drop_draft("p1", "s1"))
    assert step(lambda s: s.participation.draft("p1", "s1")) is None


def test_whoever_is_forgotten_leaves_no_answers_behind(step, met):
    step(lambda s: s.surveys.save(ROUND))
    for person in ("p1", "p2"):
        step(lambda s, person=person: s.participation.save_draft(replace(DRAFT, person=person)))
    step(lambda s: forget(s, s.people.get("p1", TODAY), AT))
    assert step(lambda s: s.participation.draft("p1", "s1")) is None
    assert step(lambda s: s.participation.draft("p2", "s1")) is not None


@pytest.mark.parametrize("engine", ENGINES)
def test_whoever_is_forgotten_and_comes_back_has_answered_already(step, met):
    """Else one who answers, is forgotten and answers again would count twice."""
    step(lambda s: s.participation.save("s1", "p1", Mark(Standing.ANSWERED, TODAY)))
    step(lambda s: forget(s, s.people.get("p1", TODAY), AT))
    assert step(lambda s: s.participation.of("s1", "p1")) is None
    assert step(lambda s: s.participation.counted("s1")) == {Standing.ANSWERED: 1}
    step(lambda s: s.people.meet("Up1", a_person(key="p9")))
    assert step(lambda s: s.participation.of("s1", "p9")).standing is Standing.ANSWERED


# ── what was answered


def ballot(number, survey="s1"):
    return Ballot(survey, "K7Q2", {"E1.1": number % 4}, f"คำที่ {number}")


def test_ballots_lie_in_the_box_until_they_leave_it(step):
    for number in range(6):
        step(lambda s, number=number: s.ballots.put(ballot(number)))
    step(lambda s: s.ballots.put(ballot(9, "s2")))
    assert step(lambda s: s.ballots.waiting()) == {"s1": 6, "s2": 1}
    found = step(lambda s: s.ballots.shuffled("s1"))
    assert sorted((one for _, one in found), key=lambda one: one.why) == [ballot(number) for number in range(6)]
    some = step(lambda s: s.ballots.shuffled("s1", 4))
    assert len(dict(some)) == 4
    assert all(one in found for one in some)
    ids = [row for row, _ in found]
    step(lambda s: s.ballots.take_out(ids[:5]))
    assert step(lambda s: s.ballots.shuffled("s1")) == [found[5]]
    assert step(lambda s: s.ballots.waiting()) == {"s1": 1, "s2": 1}
    assert step(lambda s: s.ballots.shuffled("s3")) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_what_left_the_box_is_not_counted_again_by_another(store):
    for number in range(5):
        store.step(lambda s, number=number: s.ballots.put(ballot(number)))
    cell = Cell("s1", "K7Q2", NOVEMBER, 5)

    def count(s):
        s.ballots.save_cells([cell])
        s.ballots.take_out([row for row, _ in s.ballots.shuffled("s1")])

    def take(s):
        s.ballots.take_out([row for row, _ in s.ballots.shuffled("s1")])

    meanwhile(store, count, take)
    assert store.step(lambda s: s.ballots.cells("s1")) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_box_that_was_not_emptied_for_long_is_emptied_too(step):
    """A statement takes no more than 65,535 values; however many leave, all of them do or nobody."""
    for number in range(3):
        step(lambda s, number=number: s.ballots.put(ballot(number)))
    ids = [row for row, _ in step(lambda s: s.ballots.shuffled("s1"))]
    with pytest.raises(Changed):
        step(lambda s: s.ballots.take_out([*ids, *map(str, range(66_000))]))
    assert step(lambda s: s.ballots.waiting()) == {"s1": 3}


@pytest.mark.parametrize("engine", ENGINES)
def test_those_who_leave_in_portions_leave_together(step, monkeypatch):
    monkeypatch.setattr(ballots, "PORTION", 2)
    for number in range(6):
        step(lambda s, number=number: s.ballots.put(ballot(number)))
    found = step(lambda s: s.ballots.shuffled("s1"))
    step(lambda s: s.ballots.take_out([row for row, _ in found[:5]]))
    assert step(lambda s: s.ballots.shuffled("s1")) == [found[5]]


def test_cells_grow(step):
    one = Cell("s1", "K7Q2", NOVEMBER, 5, {"E1": SUMS, "E1.1": Sums()}, {"6": Sums(2, Decimal(100), Decimal(5000))})
    for cell in (Cell("s1", "K7Q2", DECEMBER), one, Cell("s1", "", NOVEMBER), Cell("s2", "", NOVEMBER, 1)):
        step(lambda s, cell=cell: s.ballots.save_cells([cell]))
    found = step(lambda s: s.ballots.cells("s1"))
    assert found == [Cell("s1", "", NOVEMBER), one, Cell("s1", "K7Q2", DECEMBER)]
    more = replace(one, people=10, shown={"E1": replace(SUMS, count=10)}, held={})
    step(lambda s: s.ballots.save_cells([more, replace(found[2], people=6)]))
    assert step(lambda s: s.ballots.cells("s1"))[1:] == [more, Cell("s1", "K7Q2", DECEMBER, 6)]


def test_a_step_finds_what_it_has_counted_itself(step):
    """A round that is settled lets out what is enough, and then looks at the rest."""
    for number in range(7):
        step(lambda s, number=number: s.ballots.put(ballot(number)))
    cell = Cell("s1", "K7Q2", NOVEMBER, 5, held={"E1": Sums(3)})

    def settle(s):
        ids = [row for row, _ in s.ballots.shuffled("s1")]
        s.ballots.save_cells([cell])
        s.ballots.add_words("s1", ["ช้า", "เร็ว"], shown=False)
        s.ballots.take_out(ids[:5])
        seen = (
            s.ballots.waiting(),
            len(s.ballots.shuffled("s1")),
            list(s.ballots.cells("s1")),
            s.ballots.held_words("s1"),
        )
        s.ballots.save_cells([replace(cell, people=7)])
        s.ballots.add_words("s1", ["ดี"] * 3, shown=True)
        s.ballots.take_out(ids[5:])
        return seen

    assert step(settle) == ({"s1": 2}, 2, [cell], 2)
    assert step(lambda s: (s.ballots.waiting(), s.ballots.cells("s1")[0].people)) == ({}, 7)
    assert step(lambda s: (len(s.ballots.words("s1")), s.ballots.held_words("s1"))) == (5, 0)


def test_a_round_that_is_over_is_settled_and_empties_its_box(step):
    """At one point enough have answered; what is left at two others is told together."""
    step(lambda s: s.surveys.save(replace(ROUND, closed_on=TODAY)))
    for point, people in (("K7Q2", 7), ("A2B3", 3), ("C4D5", 2)):
        for number in range(people):
            step(lambda s, point=point, number=number: s.ballots.put(replace(ballot(number), point=point)))
    assert step(lambda s: settle(s, TODAY)) == 12
    assert {one.point: one.people for one in step(lambda s: s.ballots.cells("s1"))} == {"K7Q2": 7, "": 5}
    assert step(lambda s: s.ballots.waiting()) == {}
    assert len(step(lambda s: s.ballots.words("s1"))) == 12
    assert step(lambda s: settle(s, TODAY)) == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_two_who_count_at_once_do_not_lose_what_the_other_counted(store):
    cell = Cell("s1", "", NOVEMBER, 5)
    for _ in range(2):  # a new cell, and one that is there
        meanwhile(
            store,
            lambda s: s.ballots.save_cells([replace(cell, people=7)]),
            lambda s: s.ballots.save_cells([cell]),
        )
    assert [one.people for one in store.step(lambda s: s.ballots.cells("s1"))] == [5]


def test_words_wait_for_others(step):
    step(lambda s: s.ballots.add_words("s1", ["ช้า", "เร็ว"], shown=False))
    assert step(lambda s: (list(s.ballots.words("s1")), s.ballots.held_words("s1"))) == ([], 2)
    step(lambda s: s.ballots.add_words("s1", ["ดี", "ช้า", "งง"], shown=True))
    assert sorted(step(lambda s: s.ballots.words("s1"))) == sorted(["ช้า", "เร็ว", "ดี", "ช้า", "งง"])
    assert step(lambda s: (s.ballots.held_words("s1"), list(s.ballots.words("s2")))) == (0, [])


def test_words_that_wait_are_dropped_and_no_others(step):
    step(lambda s: s.ballots.add_words("s1", ["ดี"], shown=True))
    step(lambda s: s.ballots.add_words("s2", ["เร็ว"], shown=False))

    def settle(s):
        s.ballots.add_words("s1", ["ช้า", "งง"], shown=False)
        s.ballots.drop_held_words("s1")
        return s.ballots.held_words("s1")

    assert step(settle) == 0
    step(lambda s: s.ballots.drop_held_words("s1"))
    assert step(lambda s: [s.ballots.held_words(one) for one in ("s1", "s2")]) == [0, 1]
    assert step(lambda s: list(s.ballots.words("s1"))) == ["ดี"]


def test_words_that_are_shown_in_the_same_step_are_not_dropped(step):
    step(lambda s: s.ballots.add_words("s1", ["ช้า", "งง"], shown=False))

    def settle(s):
        s.ballots.add_words("s1", ["ดี"] * 3, shown=True)
        s.ballots.drop_held_words("s1")

    step(settle)
    assert sorted(step(lambda s: s.ballots.words("s1"))) == sorted(["ช้า", "งง", "ดี", "ดี", "ดี"])


def test_how_many_are_counted_is_asked_for_itself(step):
    cells = [Cell("s1", "K7Q2", NOVEMBER, 5), Cell("s1", "", DECEMBER, 7), Cell("s2", "", NOVEMBER, 9)]
    step(lambda s: s.ballots.save_cells(cells))

    def grow(s):
        s.ballots.save_cells([Cell("s1", "", NOVEMBER, 6), replace(s.ballots.cells("s1")[1], people=10)])
        return s.ballots.people("s1")

    seen = step(lambda s: [s.ballots.people(one) for one in ("s1", "s2", "s3")])
    assert (seen, step(grow), step(lambda s: s.ballots.people("s1"))) == ([12, 9, 0], 23, 23)
