"""What may be reported, what stands by it, and how answers in words are read."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.measures import Closing, Obligation, Standing, Target
from itadomain.progress import (
    RANK,
    Approval,
    Report,
    amount_of,
    approved,
    checked,
    corrected,
    falls,
    percent_by,
    percent_of,
    returned,
    share,
    standing_by,
    steps_of,
)
from itadomain.refusals import Refusal
from tests.fakes import TODAY, a_measure

DUTY = Obligation("m.u", "m", "u", 2570)
figures = st.one_of(st.none(), st.integers(0, 100))
standings = st.sampled_from(Standing)
approvals = st.sampled_from(Approval)


def report(number=1, **changes):
    made = Report(f"r{number}", "m.u", "m", "u", 2570, TODAY, "p", Standing.WORKING, "ได้ดำเนินการแล้ว")
    return replace(made, **changes)


reports = st.builds(
    report,
    st.integers(1, 99),
    standing=standings,
    percent=figures,
    approval=approvals,
    why_back=st.sampled_from(["", "เหตุ"]),
)


@given(standings, figures, reports)
def test_less_is_never_taken_without_a_reason(standing, percent, made):
    before = replace(DUTY, standing=standing, percent=percent)
    less = RANK[made.standing] < RANK[standing] or (None not in {made.percent, percent} and made.percent < percent)
    assert falls(before, made) == less
    if less and not made.why_back:
        with pytest.raises(Refusal, match=r"progress\.why_less"):
            checked(before, made)
    else:
        assert checked(before, made) == made


@given(st.lists(reports, max_size=6))
def test_a_unit_stands_by_what_it_said_last_and_was_not_taken_back(made):
    after = standing_by(replace(DUTY, percent=99), made)
    standing = [one for one in made if one.stands]
    assert after.standing is (standing[0].standing if standing else Standing.NOT_STARTED)
    assert after.percent in {None, *(one.percent for one in standing)}
    done = bool(standing) and standing[0].standing is Standing.DONE and standing[0].counts
    assert (after.closed_as is Closing.DONE) == done
    assert standing_by(after, made) == after


@given(st.lists(reports, max_size=4))
def test_what_was_cancelled_or_moved_stays_over(made):
    for closing in (Closing.CANCELLED, Closing.MOVED):
        over = replace(DUTY, closed_on=TODAY, closed_as=closing)
        assert standing_by(over, made).closed_as is closing
    with pytest.raises(Refusal, match=r"progress\.is_over"):
        checked(over, report())


@given(standings, figures, st.lists(reports, max_size=4))
def test_where_no_report_stands_it_is_as_far_as_it_came(standing, percent, made):
    came = replace(DUTY, standing=standing, percent=percent, reported_for=TODAY).taken_over()
    back = [replace(one, approval=Approval.RETURNED) for one in made]
    assert standing_by(came, back) == came
    assert standing_by(came, [report(), *back]).reported_for == TODAY


def test_a_figure_stays_until_another_is_told_but_not_that_of_what_is_undone():
    assert standing_by(DUTY, [report(2), report(1, percent=40, amount=Decimal(2))]).percent == 40
    assert standing_by(DUTY, [report(2), report(1, standing=Standing.DONE, percent=100)]).percent is None


@pytest.mark.parametrize(("newest", "replaces"), [
    ({}, True), ({"approval": Approval.OWN}, True), ({"approval": Approval.OWN, "by": "head"}, False), ({"approval": Approval.UNASKED}, True), ({"approval": Approval.APPROVED}, False),
    ({"made_on": TODAY - timedelta(1)}, False), ({"made_on": TODAY - timedelta(9), "approval": Approval.RETURNED}, True),
    ({"replaced_by": "r9"}, False),
])  # fmt: skip
def test_what_a_report_of_today_takes_the_place_of(newest, replaces):
    made = report(**newest)
    assert (corrected([made], "p", TODAY) == made) == replaces
    assert corrected([], "p", TODAY) is None


@pytest.mark.parametrize("empty", ["", "  ", "\n"])
def test_a_report_says_something(empty):
    with pytest.raises(Refusal, match=r"progress\.say_something"):
        checked(DUTY, report(said=empty))
    with pytest.raises(Refusal, match=r"approval\.say_why"):
        returned(report(), "head", empty, TODAY)


@pytest.mark.parametrize("decided", [Approval.APPROVED, Approval.RETURNED, Approval.OWN, Approval.UNASKED])
def test_a_report_is_decided_on_once(decided):
    for decide in (lambda one: approved(one, "h", TODAY), lambda one: returned(one, "h", "เหตุ", TODAY)):
        with pytest.raises(Refusal, match=r"approval\.is_decided"):
            decide(report(approval=decided))
        with pytest.raises(Refusal, match=r"approval\.is_replaced"):
            decide(report(replaced_by="r2"))


def test_only_what_somebody_stands_for_counts():
    assert {one for one in Approval if report(approval=one).counts} == {
        Approval.APPROVED,
        Approval.OWN,
        Approval.UNASKED,
    }
    assert not report(approval=Approval.APPROVED, replaced_by="r2").counts


@pytest.mark.parametrize(("day", "late"), [(date(2026, 11, 18), -2), (date(2026, 11, 20), 0), (date(2026, 11, 25), 5)])
def test_days_late_are_counted_from_the_day_that_counts(day, late):
    assert report(made_on=day, due=TODAY).days_late == late


@given(
    st.integers(0, 100), st.sampled_from(["{}", "{}%", "{} %", "ร้อยละ {}", "ได้ {}% แล้ว", "{} เปอร์เซ็นต์", "ประมาณ {}%ค่ะ"])
)
def test_a_percentage_is_read_as_people_write_it(percent, form):
    thai = str(percent).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert {percent_of(form.format(percent)), percent_of(form.format(thai))} == {percent}


@given(st.text(max_size=20))
def test_no_text_is_a_fault(text):
    target = Target(Decimal(3), "กระบวนงาน")
    for reading in (lambda: percent_of(text), lambda: amount_of(text, target), lambda: steps_of(text, 5)):
        try:
            read = reading()
        except Refusal as refusal:
            assert refusal.key.startswith("progress.no_")
        else:
            assert read is not None


@pytest.mark.parametrize(
    ("text", "amount"), [("2 จาก 3 กระบวนงาน", "2"), ("๑,๒๐๐ คน", "1200"), ("2.5", "2.5"), ("ครบ 3", "3"), ("1/3", "1")]
)
def test_an_amount_is_the_first_figure(text, amount):
    assert amount_of(text, Target(Decimal(3), "")) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "steps"), [("1, 3", (1, 3)), ("๑-๓", (1, 2, 3)), ("ขั้นที่ 2 และ 4", (2, 4)), ("1 ถึง 2", (1, 2))]
)
def test_steps_are_read_as_people_write_them(text, steps):
    assert steps_of(text, 4) == steps


@pytest.mark.parametrize("text", ["", "0", "5", "1-9", "หนึ่ง"])
def test_a_step_that_does_not_exist_is_refused(text):
    with pytest.raises(Refusal, match=r"progress\.no_such_step"):
        steps_of(text, 4)


@given(st.integers(0, 50), st.integers(1, 50))
def test_a_share_is_whole_only_when_all_is_done(done, of):
    assert 0 <= share(done, of) <= 100
    assert (share(done, of) == 100) == (done >= of)


@given(standings, figures, st.lists(st.integers(1, 4), unique=True))
def test_a_percentage_that_was_said_goes_before_one_that_is_reckoned(standing, said, steps):
    percent = percent_by(a_measure(1, steps=("ก", "ข", "ค", "ง")), standing, said, None, steps)
    if standing is Standing.DONE or standing is Standing.NOT_STARTED:
        assert percent == (100 if standing is Standing.DONE else 0)
    else:
        assert percent == (said if said is not None or not steps else 25 * len(steps))
