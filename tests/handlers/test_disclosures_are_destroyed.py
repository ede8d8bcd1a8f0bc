"""Disclosures are destroyed after their time by those who hold a key of them; nobody else learns that there was one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.kit import Tick
from handlers.records.retention import remind
from itadomain.audit_log import Deed
from itadomain.disposal import DISCLOSURE, Stage
from itadomain.integrity.disclosure import Draft, File, More, Outcome, Part, State, Way
from itadomain.people import Role
from tests.fakes import a_person, an_agency
from tests.talk import Talk

OLD, FIRST_WORKING_DAY = date(2024, 11, 4), date(2026, 12, 1)
FIRST = a_person(Role.INTEGRITY, key="first", name="ปรีชา")
SECOND = a_person(Role.INTEGRITY, key="second", name="วิชัย")
LEFT_OUT = a_person(Role.INTEGRITY, key="accused", name="สมศรี")
ADMIN = a_person(Role.ADMIN, key="admin", name="สมปอง")
SECRET = "ปลัดรับเงินผู้รับเหมา"


@pytest.fixture
def agency():
    store = an_agency()
    for one in (FIRST, SECOND, LEFT_OUT, ADMIN):
        store.people.meet(f"U{one.id}", one)
    store.disclosures.with_key = ["first", "second", "accused"]
    store.settings.put("keep_years:disclosure", "2")
    return store


def closed(agency, *readers):
    """A disclosure that was closed long ago, and its code."""
    store, code = agency.disclosures, agency.disclosures.new_code()
    store.put_in(Draft(Way.WEB, {Part.WHAT: SECRET}), code, readers)
    (arrived,) = store.deliver(OLD)
    standing = replace(arrived.standing, state=State.CLOSED, outcome=Outcome.INSUFFICIENT, over_on=OLD, due=None)
    store.stand(arrived.id, standing)
    return arrived.id, code


def talk(agency, who):
    return Talk(agency, who, user=f"U{who.id}")


def proposes(talking):
    talking.taps("retention.disclosures")
    return talking.answers("propose")


def approves(talking):
    talking.taps("retention.disclosures")
    talking.answers("approve")
    return talking.answers("yes")


def test_one_receiver_proposes_another_approves(agency):
    made, code = closed(agency, "first", "second")
    proposed = proposes(talk(agency, FIRST))
    assert [one.to.id for one in proposed.notices] == ["second"]
    assert agency.disclosures.get(made, "first").told
    assert approves(talk(agency, SECOND)).key == "retention.destroyed"
    assert agency.disclosures.get(made, "first") is None
    assert agency.disclosures.by_code(code) is None
    assert SECRET not in str(agency.disclosures.kept)
    (standing,) = agency.disclosures.counted(OLD, OLD)
    assert (standing.outcome, standing.over_on) == (Outcome.INSUFFICIENT, OLD)
    (line,) = agency.disposals.at_stage(Stage.DONE, [DISCLOSURE])
    assert (line.about, line.by, line.approved_by) == (made, "first", "second")
    last = agency.audit_log.kept[-1].happened
    assert (last.deed, last.by, last.about) == (Deed.DISPOSED, "second", made)


def test_the_last_receiver_waits_for_a_day(agency):
    made, _ = closed(agency, "first")
    alone = talk(agency, FIRST)
    assert "retention.alone" in [one.key for one in proposes(alone).bubbles]
    assert approves(alone).key == "retention.in_a_day"
    alone.now += int(timedelta(days=1).total_seconds() * 1000)
    assert approves(alone).key == "retention.destroyed"
    assert agency.disclosures.get(made, "first") is None


def test_only_who_holds_a_key_is_told_and_sees_that_there_is_one(agency):
    closed(agency, "first", "second")
    assert [one.to.id for one in remind(Tick(FIRST_WORKING_DAY, agency))] == ["first", "second"]
    accused = talk(agency, LEFT_OUT)
    assert accused.taps("retention.disclosures").key == "retention.nothing_due"
    proposes(talk(agency, FIRST))
    assert accused.taps("retention.disclosures").key == "retention.nothing_due"
    assert accused.taps("retention.kept_on", side="disclosures").key == "retention.none_kept_on"


def test_a_notice_says_nothing_of_what_it_is(agency):
    closed(agency, "first")
    (notice,) = remind(Tick(FIRST_WORKING_DAY, agency))
    assert notice.reply.key == "measures.something_waits"


@pytest.mark.parametrize("step", ["disclosures", "years_of_disclosures"])
def test_administrators_have_nothing_to_do_with_it(agency, step):
    closed(agency, "first")
    assert talk(agency, ADMIN).taps(f"retention.{step}").key == "help.not_allowed"


@pytest.mark.parametrize("step", ["register", "kept_on"])
def test_a_forged_side_opens_nothing(agency, step):
    closed(agency, "first")
    assert talk(agency, ADMIN).taps(f"retention.{step}", side="disclosures").key == "retention.nothing"
    assert talk(agency, FIRST).taps(f"retention.{step}", side="cases").key == "retention.nothing"


def test_a_former_receiver_destroys_nothing(agency):
    made, _ = closed(agency, "first", "second")
    proposes(talk(agency, FIRST))
    second = talk(agency, SECOND)
    second.taps("retention.disclosures")
    second.answers("approve")
    agency.people.kept["Usecond"] = a_person(key="second")
    second.answers("yes")
    assert agency.disclosures.get(made, "first").told


def test_one_is_kept_on_with_a_reason(agency):
    made, _ = closed(agency, "first", "second")
    first = talk(agency, FIRST)
    first.taps("retention.disclosures")
    first.answers(made)
    assert first.says("ยังมีคดี").key == "retention.kept_on"
    assert first.taps("retention.disclosures").key == "retention.nothing_due"
    assert talk(agency, SECOND).taps("retention.kept_on", side="disclosures").key == "retention.held"


def test_what_came_with_it_goes_with_it(agency):
    made, code = closed(agency, "first", "second")
    agency.disclosures.put_more(code, More(file=File("ab" * 32, "image/jpeg", 5, OLD)))
    agency.disclosures.deliver(OLD)
    agency.disclosures.stand(made, replace(agency.disclosures.kept[made].standing, over_on=OLD))
    proposes(talk(agency, FIRST))
    reply = approves(talk(agency, SECOND))
    assert [(task.name, task.facts) for task in reply.tasks] == [("remove_disclosed", {"sha256": "ab" * 32})]
    assert agency.disposals.at_stage(Stage.DONE, [DISCLOSURE])[0].files == 1


def test_the_register_tells_when_and_by_whom_and_no_day_of_its_own(agency):
    closed(agency, "first", "second")
    proposes(talk(agency, FIRST))
    approves(talk(agency, SECOND))
    reading = talk(agency, FIRST)
    reading.taps("retention.register", side="disclosures")
    assert "เสนอโดย ปรีชา อนุมัติโดย วิชัย" in reading.words
    assert "4 พ.ย. 2567" not in reading.words


def test_the_receivers_say_for_how_many_years(agency):
    first = talk(agency, FIRST)
    first.taps("retention.years_of_disclosures")
    first.answers(DISCLOSURE)
    assert first.says("10").key == "retention.years_kept"
    assert agency.settings.get("keep_years:disclosure") == "10"
