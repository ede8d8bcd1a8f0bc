"""What is told of the copy that a task made, or could not make."""

from dataclasses import replace

import pytest

from bot.line.events import result
from itadomain.evidence import Copy, Stage
from tests.fakes import TODAY
from tests.handlers.evidence.sending import ADMIN, SHA, copied, hears, kept, sends
from tests.talk import Talk

# ── what comes of the copy


@pytest.mark.parametrize(("values", "key"), [
    ({"refused": "evidence.macros"}, "evidence.macros"),
    ({"refused": "evidence.too_large", "facts": {"most": 10}}, "evidence.too_large"),
    ({"failed": True}, "evidence.not_fetched"),
])  # fmt: skip
def test_a_copy_that_cannot_be_made_is_told_and_the_evidence_does_not_count(clerk, agency, values, key):
    asked = sends(clerk)
    clerk.says("ข้อ 2")
    assert hears(clerk, asked, **values).key == key
    assert [(one.stage, one.why) for one in kept(agency)] == [(Stage.REFUSED, key)]


def test_a_failure_after_the_contents_were_known_leaves_no_copy(clerk, agency):
    asked = sends(clerk)
    (one,) = kept(agency)
    agency.evidence.save(replace(one, copy=Copy(SHA, 0, "")))  # as it is registered before it is made
    assert [task.facts for task in hears(clerk, asked, failed=True).tasks] == [{"sha256": SHA}]


def comes_at_last(clerk, agency, asked):
    """The fetch is given up, and later revived: registered as the store does it, and heard of."""
    hears(clerk, asked, failed=True)
    (one,) = kept(agency)
    agency.evidence.save(replace(one, stage=Stage.COMING))
    return hears(clerk, asked, **copied())


def test_what_comes_after_it_was_given_up_is_told_once(clerk, agency):
    asked = sends(clerk)
    clerk.says("ข้อ 2")
    told = comes_at_last(clerk, agency, asked)
    assert (told.key, told.facts) == ("evidence.came_at_last", {"day": TODAY})
    assert clerk.offered(told) == ["รายงานความคืบหน้า", "ดูหลักฐาน", "เมนู"]
    assert [(one.stage, one.why) for one in kept(agency)] == [(Stage.KEPT, "")]
    assert hears(clerk, asked, **copied()).bubbles == ()


def test_what_comes_after_it_was_given_up_can_still_be_attached(clerk, agency):
    asked = sends(clerk)
    clerk.says("ยกเลิก")
    told = comes_at_last(clerk, agency, asked)
    assert clerk.offered(told) == ["แนบหลักฐาน", "เมนู"]
    assert clerk.taps(told.taps[0]).key == "evidence.which_measure"


def test_administrators_hear_once_that_room_gets_scarce(clerk, agency):
    Talk(agency, ADMIN, user="U3")
    for before, after, told in ((3900, 3999, []), (3999, 4001, ["admin"]), (4001, 4100, [])):
        values = copied(before=before, after=after, most=5000)
        reply = hears(clerk, sends(clerk), **values)
        assert [notice.to.id for notice in reply.notices] == told
        assert reply.bubbles == ()
        assert {notice.reply.facts["percent"] for notice in reply.notices} <= {80}


# ── to be seen


def test_a_result_about_nothing_known_is_heard_in_silence(clerk):
    assert clerk.sends(result("fetch_evidence", "U1", {"evidence": "gone", "failed": True})).bubbles == ()
