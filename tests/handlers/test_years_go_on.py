"""A new result is entered in August, unfinished measures go on in October: asked by the clock, done by people."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers import FEATURES
from handlers.kit import Tick
from handlers.plan.years import ask_for_result, ask_to_carry_over
from itadomain.history import Deed
from itadomain.measures import Closing, Standing
from itadomain.people import Role
from tests.fakes import POINTS
from tests.handlers.plans import an_agency_at_work, enrol, talking

AUGUST, OCTOBER = date(2027, 8, 1), date(2027, 10, 1)


@pytest.fixture
def agency():
    store = an_agency_at_work()
    for key, unit in (("p1", "u1"), ("p2", "u2")):
        enrol(store, key, unit=unit)
    enrol(store, "root", Role.ADMIN)
    for measure in ("m1", "m5"):
        (duty,) = store.obligations.of_measure(measure)
        store.obligations.save(
            replace(duty, closed_on=date(2027, 9, 1), closed_as=Closing.DONE, standing=Standing.DONE)
        )
    store.obligations.save(replace(store.obligations.get("m2.u2"), standing=Standing.WORKING, percent=60))
    return store


def told(job, agency, day):
    return [(notice.to.id, notice.reply.key) for notice in job(Tick(day, agency))]


# ── the clock


def test_the_secretariat_is_asked_for_the_result_once_a_year(agency):
    assert told(ask_for_result, agency, date(2027, 7, 31)) == []
    assert told(ask_for_result, agency, AUGUST) == [("p1", "measures.something_waits")]
    assert told(ask_for_result, agency, date(2027, 8, 2)) == []
    assert told(ask_for_result, agency, date(2028, 8, 1)) == [("p1", "measures.something_waits")]


def test_where_the_clock_stood_still_on_the_first_it_is_asked_when_it_runs_again(agency):
    assert told(ask_for_result, agency, date(2027, 9, 12)) == [("p1", "measures.something_waits")]
    assert told(ask_to_carry_over, agency, date(2027, 10, 9)) == [("p1", "measures.something_waits")]


def test_where_the_result_is_kept_nobody_is_asked(agency):
    agency.scores.save(replace(agency.scores.of_year(2569), fiscal_year=2570))
    assert told(ask_for_result, agency, AUGUST) == []


def test_the_secretariat_is_asked_on_the_first_of_october_what_goes_on(agency):
    assert told(ask_to_carry_over, agency, date(2027, 9, 30)) == []
    assert told(ask_to_carry_over, agency, OCTOBER) == [("p1", "measures.something_waits")]
    assert told(ask_to_carry_over, agency, date(2027, 10, 2)) == []
    assert [one.plan_year for one in agency.measures.kept] == [2570] * 5  # nothing goes on by itself


def test_where_all_is_done_nobody_is_asked(agency):
    for duty in list(agency.obligations.kept.values()):
        agency.obligations.save(replace(duty, closed_on=OCTOBER, closed_as=Closing.DONE))
    assert told(ask_to_carry_over, agency, OCTOBER) == []


def test_without_a_secretariat_the_administrators_are_asked(agency):
    agency.units.save(replace(agency.units.get("u1"), secretariat=False))
    assert told(ask_for_result, agency, AUGUST) == [("root", "measures.something_waits")]


def test_the_clock_knows_the_jobs():
    assert {job.name: job.at.hour for job in FEATURES.jobs if job.name.startswith("years.")} == {
        "years.ask_for_result": 9, "years.ask_to_carry_over": 9,
    }  # fmt: skip


# ── the result


@pytest.fixture
def august(agency):
    return talking(agency, Role.STAFF, unit="u1", today=AUGUST)


def test_the_script_a_result_is_entered(agency, august):
    notice, *_ = ask_for_result(Tick(AUGUST, agency))
    assert august.taps(notice.reply.bubbles[0].taps[0]).facts == {"year": 2570}
    assert august.says("๙๒.๔๐ คะแนน").key == "years.which_points"
    shown = august.says("  ".join(POINTS))
    assert (shown.bubbles[0].number, shown.bubbles[0].notes[0].facts) == (Decimal("92.40"), {"total": Decimal("92.40")})
    assert agency.scores.of_year(2570) is None
    assert august.says("บันทึก").facts == {"year": 2570, "next": 2571}
    kept = agency.scores.of_year(2570)
    assert kept.headline.total == Decimal("92.40")
    assert list(kept.tables[0].indicators.values()) == [Decimal(point) for point in POINTS]
    assert august.means("ask_score").facts["total"] == Decimal("92.40")


@pytest.mark.parametrize(
    ("said", "refused"),
    [("เก้าสิบ", "score.not_a_number"), ("940", "score.out_of_range"), ("9.4.0", "score.not_a_number")],
)
def test_a_total_that_is_none_is_asked_again(august, said, refused):
    august.taps("years.enter")
    assert august.says(said).key == refused
    assert august.says("92.40").key == "years.which_points"


@pytest.mark.parametrize(
    ("said", "refused"), [("90 91", "years.count_of_points"), (" ".join(["101"] * 10), "score.out_of_range")]
)
def test_points_that_are_not_all_there_are_asked_again(august, said, refused):
    august.taps("years.enter")
    august.says("92.40")
    assert august.says(said).key == refused
    assert august.says(" ".join(POINTS)).bubbles[-1].key == "years.sure"


def test_a_result_that_is_kept_is_not_typed_over(agency, august):
    agency.scores.save(replace(agency.scores.of_year(2569), fiscal_year=2570))
    assert august.taps("years.enter").key == "years.is_kept"


def test_a_result_that_somebody_else_kept_meanwhile_is_not_typed_over(agency, august):
    august.taps("years.enter")
    august.says("92.40")
    august.says("  ".join(POINTS))
    agency.scores.save(replace(agency.scores.of_year(2569), fiscal_year=2570))
    before = agency.scores.of_year(2570)
    assert august.says("บันทึก").key == "years.is_kept"
    assert agency.scores.of_year(2570) == before


# ── what goes on


@pytest.fixture
def october(agency):
    return talking(agency, Role.STAFF, unit="u1", today=OCTOBER)


def test_the_script_an_unfinished_measure_goes_on_by_a_tap(agency, october):
    notice, *_ = ask_to_carry_over(Tick(OCTOBER, agency))
    listed = october.taps(notice.reply.bubbles[0].taps[0])
    assert [row.label.facts["no"] for row in listed.bubbles[0].rows] == [2, 3, 4]
    reply = october.taps(listed.bubbles[0].taps[0])
    assert (reply.key, reply.facts["year"]) == ("years.carried", 2571)
    (kept,) = agency.measures.of_year(2571)
    assert (kept.title, kept.owners) == (agency.measures.get("m2").title, ("กองคลัง",))
    (duty,) = agency.obligations.of_measure(kept.id)
    assert (duty.unit, duty.standing, duty.percent, duty.slot) == ("u2", Standing.WORKING, 60, date(2027, 10, 31))
    assert agency.obligations.get("m2.u2").open  # its last report is still owed
    carried = [dict(one.after) for one in agency.history.of_measure("m2", 9) if one.deed is Deed.CARRIED]
    assert carried == [{"plan_year": "2571"}]
    assert [row.label.facts["no"] for row in october.taps("years.carry").bubbles[0].rows] == [3, 4]


def test_the_same_measure_goes_on_once(agency, october):
    october.taps("years.carry_one", id="m2")
    assert october.taps("years.carry_one", id="m2").key == "years.not_to_carry"
    assert len(agency.measures.of_year(2571)) == 1


def test_what_is_done_or_of_another_year_does_not_go_on(agency, october):
    assert october.taps("years.carry_one", id="m1").key == "years.not_to_carry"
    october.taps("years.carry_one", id="m2")
    assert october.taps("years.carry_one", id=agency.measures.of_year(2571)[0].id).key == "years.not_to_carry"


def test_only_the_units_that_have_not_done_it_go_on(agency, october):
    done = replace(agency.obligations.get("m4.u2"), closed_on=OCTOBER, closed_as=Closing.DONE, standing=Standing.DONE)
    agency.obligations.save(done)
    october.taps("years.carry_one", id="m4")
    (kept,) = agency.measures.of_year(2571)
    assert {one.unit for one in agency.obligations.of_measure(kept.id)} == {"u1", "u3"}


def test_a_period_of_the_old_year_is_asked_for_anew(agency, october):
    agency.measures.save(replace(agency.measures.get("m2"), settled_period="ม.ค. - มี.ค. 2570"))
    reply = october.taps("years.carry_one", id="m2")
    assert reply.bubbles[1].key == "years.say_when"
    assert october.taps(reply.taps[0]).key == "changes.ask_period"
    october.says("ม.ค. - มี.ค. 2571")
    assert october.says("บันทึก").key == "changes.saved"


def test_when_nothing_is_left_that_is_said(october):
    for measure in ("m2", "m3", "m4"):
        october.taps("years.carry_one", id=measure)
    assert october.taps("years.carry").key == "years.nothing_to_carry"
