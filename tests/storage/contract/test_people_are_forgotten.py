"""Whoever had themselves forgotten is known in no store any more, and their cases stay without them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.audit_log import Deed, Happened, verified
from itadomain.cases.case import Case, Kind, Line, State, Voice
from itadomain.evidence import Evidence, Stage
from itadomain.evidence import Kind as Sent
from itadomain.forgetting import forget, kept_of
from tests.fakes import a_person
from tests.storage.conftest import ENGINES

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SAID = (Line(Voice.REPORTER, "p1", TODAY, "ยังดับอยู่"), Line(Voice.AGENCY, "p2", TODAY, "แก้แล้ว"))
CLOSED = Case("c1", Kind.PROBLEM, "ไฟดับ", TODAY, reporter="p1", contact="081", state=State.CLOSED, talk=SAID)
PHOTO = Evidence("e1", "p1", Sent.PHOTO, TODAY, Stage.KEPT, "m1")
FILED = replace(PHOTO, id="e2", message="m2", case="c1")


@pytest.fixture
def known(step):
    """A citizen with a case, something sent with it, and something sent for nothing."""
    step(lambda s: s.people.meet("U1", a_person(key="p1")))
    step(lambda s: s.people.meet("U2", a_person(key="p2")))
    step(lambda s: s.cases.add(CLOSED))
    for one in (PHOTO, FILED, replace(PHOTO, id="e3", by="p2", message="m3")):
        step(lambda s, one=one: s.evidence.save(one))
    return lambda s: s.people.get("p1", TODAY)


def gone(known):
    return lambda s: forget(s, known(s), AT)


def test_what_a_person_sent_is_found(step, known):
    assert [one.id for one in step(lambda s: s.evidence.of_person("p1"))] == ["e2", "e1"]
    assert step(lambda s: s.evidence.of_person("")) == []
    kept = step(lambda s: kept_of(s, known(s)))
    assert ([one.id for one in kept.cases], [one.id for one in kept.loose], kept.acknowledged) == (["c1"], ["e1"], 0)


def test_a_person_goes_and_the_record_stays(step, known):
    step(gone(known))
    assert step(lambda s: (s.people.get("p1", TODAY), s.people.by_line_id("U1", TODAY))) == (None, None)
    assert step(lambda s: s.people.by_line_id("U2", TODAY)).id == "p2"
    kept = step(lambda s: s.cases.get("c1"))
    assert (kept.reporter, kept.story, kept.contact, [one.by for one in kept.talk]) == ("", "ไฟดับ", "081", ["", "p2"])
    assert step(lambda s: s.cases.of_reporter("p1")) == []
    sent = step(lambda s: [s.evidence.get(key) for key in ("e1", "e2", "e3")])
    assert [(one.by, one.stage) for one in sent] == [("", Stage.GONE), ("", Stage.KEPT), ("p2", Stage.KEPT)]
    assert step(lambda s: s.evidence.of_person("p1")) == []


def test_whoever_has_an_open_case_stays(step, known):
    step(lambda s: s.cases.save(replace(s.cases.get("c1"), state=State.WORKING)))
    step(gone(known))
    assert step(known).id == "p1"
    assert step(lambda s: s.cases.get("c1")).reporter == "p1"
    assert step(lambda s: s.evidence.get("e1")).stage is Stage.GONE


def test_who_writes_again_is_somebody_new(step, known):
    step(gone(known))
    step(lambda s: s.people.meet("U1", a_person(key="p9")))
    assert step(lambda s: s.people.by_line_id("U1", TODAY)).id == "p9"
    assert step(lambda s: s.cases.of_reporter("p9")) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_an_officer_who_writes_into_the_case_at_once_does_not_bring_its_reporter_back(step, store, known):
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        reporter, officer = (AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2))
        gone(known)(reporter)
        officer.cases.save(officer.cases.get("c1").saying(Line(Voice.NOTE, "p2", TODAY, "โทรแล้ว")))
    core.database.write(reporter.apply, of=agency)
    with pytest.raises(Changed):
        core.database.write(officer.apply, of=agency)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_step_that_says_no_has_written_nothing_into_the_log(step, store):
    def refused(s):
        s.audit_log.add(Happened(Deed.LOOKED, AT, "p1", "c1"))
        before = s.mark()
        s.audit_log.add(Happened(Deed.MOVED, AT, "p1", "c1"))
        s.back_to(before)

    step(refused)
    log = step(lambda s: list(s.audit_log.since()))
    assert [one.happened.deed for one in log] == [Deed.LOOKED]
    assert verified(log).broken is None


def test_the_line_of_the_log_and_the_case_are_kept_together(step, known):
    step(lambda s: (s.audit_log.add(Happened(Deed.FORGOTTEN, AT, "", "c1")), gone(known)(s)))
    assert step(lambda s: s.audit_log.end()).entries == 1
    assert step(lambda s: s.cases.get("c1")).reporter == ""
