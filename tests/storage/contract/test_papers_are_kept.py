"""Approvals of papers and the agency's own parts come back as they were kept, in memory as in both databases."""

import hashlib
from datetime import UTC, datetime, timedelta

from itadomain.papers.approval import Approval, Stage

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PLAN = Approval("plan", "2570", "a" * 64, "secretary", AT)


def test_a_request_comes_back_and_the_newest_stands(step):
    step(lambda s: s.papers.save(PLAN))
    assert step(lambda s: s.papers.approval("plan", "2570")) == PLAN
    assert step(lambda s: s.papers.approval("plan", "2569")) is None
    assert step(lambda s: s.papers.approval("report", "2570")) is None
    returned = PLAN.returned("ขาดผู้รับผิดชอบ ข้อ ๔", "mayor", AT + timedelta(hours=1))
    step(lambda s: s.papers.save(returned))
    assert step(lambda s: s.papers.approval("plan", "2570")) == returned
    approved = PLAN.approved("b" * 64, "mayor", AT + timedelta(hours=2))
    step(lambda s: s.papers.save(approved))
    kept = step(lambda s: s.papers.approval("plan", "2570"))
    assert (kept.stage, kept.digest, kept.reason) == (Stage.APPROVED, "b" * 64, "")


def test_news_are_what_somebody_may_have_to_hear_the_oldest_first(step):
    later = Approval("report", "2570", "c" * 64, "secretary", AT + timedelta(minutes=1))
    for one in (later, PLAN):
        step(lambda s, one=one: s.papers.save(one))
    assert step(lambda s: list(s.papers.with_news())) == [PLAN, later]
    heard = PLAN.heard_by("mayor")
    step(lambda s: s.papers.save(heard))
    assert step(lambda s: list(s.papers.with_news())) == [heard, later]
    decided = heard.approved("a" * 64, "mayor", AT)
    step(lambda s: s.papers.save(decided))
    assert step(lambda s: list(s.papers.with_news())) == [decided, later]
    step(lambda s: s.papers.save(decided.heard_by("secretary")))
    assert step(lambda s: list(s.papers.with_news())) == [later]


def test_a_part_is_kept_replaced_and_dropped(step):
    picture = bytes(range(256)) * 40
    step(lambda s: s.papers.put_part("seal", picture))
    step(lambda s: s.papers.put_part("template:plan", b"PK"))
    assert step(lambda s: s.papers.part("seal")) == picture
    assert step(lambda s: dict(s.papers.own())) == {
        "seal": hashlib.sha256(picture).hexdigest(), "template:plan": hashlib.sha256(b"PK").hexdigest(),
    }  # fmt: skip
    step(lambda s: s.papers.put_part("seal", b"another"))
    assert step(lambda s: s.papers.part("seal")) == b"another"
    step(lambda s: s.papers.drop_part("seal"))
    step(lambda s: s.papers.drop_part("seal"))
    assert step(lambda s: s.papers.part("seal")) is None
    assert step(lambda s: list(s.papers.own())) == ["template:plan"]
