"""A case that waits too long for its reporter is told of once, in every store."""

from dataclasses import replace
from datetime import date

from itadomain.cases.case import Case, Kind, State
from itadomain.cases.unanswered import unanswered
from itadomain.people import Post, Role

ASKED, LONG = date(2026, 11, 2), date(2026, 11, 23)
CASE = Case("c1", Kind.PROBLEM, "ไฟถนนดับ", ASKED, state=State.WAITING, waiting_since=ASKED)


def test_who_works_on_it_and_its_reporter_are_told_once(step):
    reporter = step(lambda s: s.people.meet("U" + "1" * 32))
    officer = step(lambda s: s.people.meet("U" + "2" * 32))
    step(lambda s: s.people.save(replace(officer, name="ปรีชา").with_posts([Post(Role.OFFICER)], ASKED)))
    step(lambda s: s.cases.add(replace(CASE, reporter=reporter.id)))
    step(lambda s: s.cases.add(replace(CASE, id="c2", waiting_since=date(2026, 11, 20))))
    assert step(lambda s: unanswered(s, date(2026, 11, 20))).officers == []
    found = step(lambda s: unanswered(s, LONG))
    assert [one.id for one in found.officers] == [officer.id]
    assert [(one.id, case.id) for one, case in found.reporters] == [(reporter.id, "c1")]
    assert [case.id for case in found.cases[officer.id]] == ["c1"]
    assert step(lambda s: unanswered(s, LONG)).officers == []
