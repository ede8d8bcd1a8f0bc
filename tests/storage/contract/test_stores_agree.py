"""One contract for three stores: what the store in memory does for the tests of features, the databases do too."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.people import Changed
from bot.storage.places import Place
from bot.storage.store import AgencyStore
from itadomain import attaching
from itadomain.evidence import Copy, Evidence, Kind, Stage
from itadomain.people import Person, Role
from tests.fakes import CONTRADICTIONS, TODAY, a_measure, a_person, a_result, a_table
from tests.storage.conftest import ENGINES

USER, OTHER = "U" + "5" * 32, "U" + "6" * 32
NOW = 1_795_150_000_000
HOUR = 60 * 60 * 1000


@pytest.fixture
def plan(store):
    """Keeps a plan, as enrolment does; features only read it."""
    return store.plan


# ── scores


def test_nothing_is_known_at_first(step):
    assert step(lambda s: list(s.scores.all())) == []
    assert step(lambda s: s.scores.of_year(2565)) is None
    assert step(lambda s: list(s.measures.of_newest_plan())) == []
    assert step(lambda s: s.measures.get("m1")) is None
    assert step(lambda s: s.people.by_line_id(USER, TODAY)) is None
    assert step(lambda s: s.places.of("p1", NOW)) is None


RESULTS = {code.value: pair[0] for code, pair in CONTRADICTIONS.items()} | {
    "no headline": a_result(total=None),
    "no grade": a_result(grade=None),
    "odd figures": a_result(2565, "92.4", "A", a_table(["92.400"] * 10, IIT="0", OIT="100.00")),
    "few indicators": a_result(2565, "92.40", "A", a_table(["92.00", "88.00"])),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_a_result_comes_back_as_it_was_printed(step, result):
    step(lambda s: s.scores.save(result))
    kept = step(lambda s: s.scores.of_year(result.fiscal_year))
    assert kept == result
    assert repr(kept) == repr(result)  # 92.4 is not 92.40 to who compares with the document


def test_results_come_newest_year_first_however_they_were_kept(step):
    for year in (2565, 2567, 2564):
        step(lambda s, year=year: s.scores.save(a_result(year)))
    assert [result.fiscal_year for result in step(lambda s: s.scores.all())] == [2567, 2565, 2564]
    assert step(lambda s: s.scores.of_year(2566)) is None


def test_a_year_that_is_kept_again_takes_the_place_of_the_one_before(step):
    for total in ("92.40", "92.43"):
        step(lambda s, total=total: s.scores.save(a_result(2565, total)))
    (kept,) = step(lambda s: s.scores.all())
    assert kept == a_result(2565, "92.43")


# ── measures


def test_a_measure_comes_back_as_it_was_printed(step, plan):
    printed = [a_measure(1), a_measure(2, owners=(), steps=(), period="")]
    plan(printed)
    assert step(lambda s: list(s.measures.of_newest_plan())) == printed
    assert step(lambda s: s.measures.get("m2")) == printed[1]
    assert step(lambda s: s.measures.get("m3")) is None


def test_measures_come_in_printed_order(step, plan):
    plan([a_measure(number) for number in (10, 9, 1, 2)])
    assert [measure.id for measure in step(lambda s: s.measures.of_newest_plan())] == ["m10", "m9", "m1", "m2"]


def test_only_the_newest_plan_is_shown_and_an_older_measure_is_still_found(step, plan):
    newer, older = a_measure(1, plan_year=2567), a_measure(2, plan_year=2566)
    for one in (newer, older):
        plan([one])
    assert step(lambda s: list(s.measures.of_newest_plan())) == [newer]
    assert step(lambda s: s.measures.get("m2")) == older


@pytest.mark.parametrize("engine", ENGINES)
def test_a_measure_without_an_id_gets_one_by_which_it_is_found(step, plan):
    plan([a_measure(1, id="")])
    (kept,) = step(lambda s: s.measures.of_newest_plan())
    assert kept.id
    assert step(lambda s: s.measures.get(kept.id)) == kept


@pytest.mark.parametrize("engine", ENGINES)
def test_a_plan_that_is_kept_again_keeps_the_ids_of_what_it_knows(step, plan):
    """Taps on older messages name them."""
    plan([a_measure(1), a_measure(2)])
    plan([a_measure(2, id="", period="ไตรมาส 1"), a_measure(1, id="")])
    kept = step(lambda s: s.measures.of_newest_plan())
    assert [(measure.id, measure.period) for measure in kept] == [("m2", "ไตรมาส 1"), ("m1", "ตลอดปีงบประมาณ")]


# ── people


def test_someone_new_is_a_citizen_who_is_known_from_then_on(step):
    met = step(lambda s: s.people.meet(USER))
    assert met == Person(met.id)
    assert met.id
    assert step(lambda s: s.people.by_line_id(USER, TODAY)) == met
    assert step(lambda s: s.people.by_line_id(OTHER, TODAY)) is None


def test_someone_is_enrolled_as_an_administrator_says(step):
    person = a_person(Role.STAFF, Role.ADMIN, unit="u1", language="en", key="p7")
    assert step(lambda s: s.people.meet(USER, person)) == person
    assert step(lambda s: s.people.by_line_id(USER, TODAY)) == person


def test_two_people_are_two(step):
    first, second = step(lambda s: s.people.meet(USER)), step(lambda s: s.people.meet(OTHER))
    assert first.id != second.id
    step(lambda s: s.people.save(first.speaking("en")))
    assert step(lambda s: s.people.by_line_id(USER, TODAY)).language == "en"
    assert step(lambda s: s.people.by_line_id(OTHER, TODAY)) == second


def test_someone_new_may_be_changed_in_the_same_step(step):
    step(lambda s: s.people.save(s.people.meet(USER).speaking("en")))
    assert step(lambda s: s.people.by_line_id(USER, TODAY)).language == "en"


def test_nobody_is_saved_who_was_never_met(step):
    with pytest.raises(Exception, match=r"No row|nobody"):
        step(lambda s: s.people.save(Person("nobody")))
    assert step(lambda s: s.people.by_line_id(USER, TODAY)) is None


def test_those_with_a_role_are_found(step):
    second, first = a_person(Role.STAFF, key="p2"), a_person(Role.STAFF, Role.HEAD, key="p1")
    for user, person in ((USER, second), (OTHER, first)):
        step(lambda s, user=user, person=person: s.people.meet(user, person))
    step(lambda s: s.people.meet("U" + "7" * 32))
    assert [person.id for person in step(lambda s: s.people.with_role(Role.STAFF, TODAY))] == ["p1", "p2"]
    assert step(lambda s: list(s.people.with_role(Role.HEAD, TODAY))) == [first]
    assert step(lambda s: list(s.people.with_role(Role.EXECUTIVE, TODAY))) == []


# ── places

ASKED = Place(
    "score.pick_part", {"year": 2565, "note": "คำ", "parts": ["IIT", "EIT"]}, {"ไอไอที": "IIT"}, {"เลือกวัน": "day"}
)


def test_an_open_question_comes_back_with_its_draft_and_answers(step):
    step(lambda s: s.places.put("p1", ASKED, NOW))
    assert step(lambda s: s.places.of("p1", NOW)) == ASKED
    assert step(lambda s: s.places.of("p2", NOW)) is None


def test_the_next_question_takes_the_place_of_the_one_before(step):
    for place in (ASKED, Place("score.other", {})):
        step(lambda s, place=place: s.places.put("p1", place, NOW))
    assert step(lambda s: s.places.of("p1", NOW)) == Place("score.other", {})


def test_a_cleared_question_is_gone_and_clearing_nothing_is_no_fault(step):
    step(lambda s: s.places.put("p1", ASKED, NOW))
    for _ in range(2):
        step(lambda s: s.places.clear("p1"))
        assert step(lambda s: s.places.of("p1", NOW)) is None


@pytest.mark.parametrize(("hours", "open_still"), [(0, True), (24, True), (24.01, False)])
def test_an_open_question_is_forgotten_after_a_day(step, hours, open_still):
    step(lambda s: s.places.put("p1", ASKED, NOW))
    assert (step(lambda s: s.places.of("p1", NOW + int(hours * HOUR))) is not None) is open_still


def test_a_draft_that_is_no_json_is_refused_at_once(step):
    with pytest.raises(TypeError):
        step(lambda s: s.places.put("p1", Place("score.pick_part", {"set": {1}}), NOW))


# ── evidence

SENT = Evidence("e1", "p1", Kind.FILE, TODAY, message="m1", name="บันทึก.pdf")


def test_evidence_comes_back_as_it_was_kept(step):
    whole = replace(
        SENT, stage=Stage.HIDDEN, together="set", said="หมู่ 1", obligation="m1.u1", slot=TODAY, why="because",
        copy=Copy("a" * 64, 5, "application/pdf", shown=True),
    )  # fmt: skip
    for one in (SENT, whole):
        step(lambda s, one=one: s.evidence.save(one))
        assert step(lambda s: s.evidence.get("e1")) == one
    assert step(lambda s: s.evidence.get("e2")) is None


def test_evidence_is_found_by_its_message_its_set_and_its_sender(step):
    others = [
        replace(SENT, id=f"e{n}", message=f"m{n}", together="set", by=by) for n, by in ((2, "p1"), (3, "p1"), (4, "p2"))
    ]
    for one in (SENT, *others):
        step(lambda s, one=one: s.evidence.save(one))
    assert step(lambda s: s.evidence.of_message("m3").id) == "e3"
    assert step(lambda s: s.evidence.of_message("m9")) is None
    assert {one.id for one in step(lambda s: s.evidence.sent_together("set", "p1"))} == {"e2", "e3"}
    assert {one.id for one in step(lambda s: s.evidence.loose_of("p1"))} == {"e1", "e2", "e3"}


def test_what_is_attached_or_gone_is_loose_no_more(step):
    for n, stage in enumerate(Stage):
        step(lambda s, n=n, stage=stage: s.evidence.save(replace(SENT, id=f"e{n}", stage=stage)))
    assert {one.stage for one in step(lambda s: s.evidence.loose_of("p1"))} == {Stage.COMING, Stage.KEPT}
    step(lambda s: s.evidence.save(replace(SENT, id="e0").attached("m1.u1", None)))
    assert {one.stage for one in step(lambda s: s.evidence.loose_of("p1"))} == {Stage.KEPT}


def test_what_is_loose_for_long_comes_oldest_first_and_what_is_attached_or_gone_does_not(step):
    for n, days in enumerate((0, 1, 3, 2, 4, 5)):
        one = replace(SENT, id=f"e{n}", by=f"p{n}", received_on=TODAY - timedelta(days=days))
        step(lambda s, one=one: s.evidence.save(one))
    step(lambda s: s.evidence.save(s.evidence.get("e4").attached("m1.u1", None)))
    step(lambda s: s.evidence.save(s.evidence.get("e5").taken_back(filed=False)))
    assert [one.id for one in step(lambda s: s.evidence.loose_before(TODAY, 9))] == ["e2", "e3", "e1"]
    assert [one.id for one in step(lambda s: s.evidence.loose_before(TODAY - timedelta(days=1), 1))] == ["e2"]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_attached_just_when_it_is_to_be_forgotten_stays(store, step):
    step(lambda s: s.evidence.save(SENT))
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        night = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        attaching.forget_loose(night, TODAY + timedelta(days=99), 9)
    step(lambda s: s.evidence.save(s.evidence.get("e1").attached("m1.u1", TODAY)))
    with pytest.raises(Changed):
        core.database.write(night.apply, of=agency)
    assert step(lambda s: s.evidence.get("e1")).live


def test_evidence_of_an_obligation_comes_newest_first_hidden_too(step):
    days = [TODAY, TODAY - timedelta(days=2), TODAY - timedelta(days=1)]
    for n, day in enumerate(days):
        one = replace(SENT, id=f"e{n}", received_on=day, stage=Stage.HIDDEN if n else Stage.KEPT)
        step(lambda s, one=one: s.evidence.save(one.attached("m1.u1", TODAY)))
    assert [one.id for one in step(lambda s: s.evidence.of_obligation("m1.u1"))] == ["e0", "e2", "e1"]
    assert list(step(lambda s: s.evidence.of_obligation("m2.u1"))) == []
