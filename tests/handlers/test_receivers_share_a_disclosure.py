"""Who reads a disclosure changes by a receiver's own word: brought in, left, taken out; the last one stays."""

from dataclasses import replace

import pytest

from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import Accused, Part
from itadomain.integrity.sharing import shareable
from tests.fakes import TODAY, a_person
from tests.handlers.disclosures import (
    ADMIN,
    ANN,
    BEN,
    CAT,
    WHAT,
    a_disclosure,
    an_office_of_disclosures,
    audited,
    kept,
    talk_of,
)


@pytest.fixture
def agency():
    return an_office_of_disclosures()


@pytest.fixture
def shared(agency):
    """One that Ann alone holds a key of, though Cat could."""
    one = a_disclosure(agency, accused=Accused(words=BEN.name))
    agency.disclosures.give_back(one, "cat")
    return one


def does(talk, step, disclosure, *said):
    reply = talk.taps(step, id=disclosure)
    for one in said:
        reply = talk.says(one)
    return reply


def test_who_reads_it_is_shown_by_name(agency, shared):
    ann = talk_of(agency, ANN)
    does(ann, "integrity_readers.of_one", shared)
    assert ANN.name in ann.words
    assert CAT.name not in ann.words


def test_another_is_brought_in_and_told_that_something_waits(agency, shared):
    cat, ann = talk_of(agency, CAT), talk_of(agency, ANN)
    assert cat.taps("integrity.one", id=shared).key == "integrity.not_found"
    (notice,) = does(ann, "integrity_readers.share", shared, CAT.name).notices
    assert (notice.to.id, notice.reply.key) == ("cat", "integrity.something_waits")
    cat.taps("integrity.one", id=shared)
    assert WHAT in cat.words
    assert ("shared", "ann", shared) in audited(agency)


def test_whoever_it_is_about_is_never_offered_and_never_brought_in(agency, shared):
    ann = talk_of(agency, ANN)
    asked = does(ann, "integrity_readers.share", shared)
    assert BEN.name not in ann.offered(asked)
    assert ann.says(BEN.name).key == "picking.which_person"
    assert ann.answers("ben").key == "picking.which_person"
    assert "ben" not in kept(agency, shared).readers


def test_whom_the_story_names_is_not_brought_in_either(agency):
    one = a_disclosure(agency)
    agency.disclosures.give_back(one, "ben")
    told = {Part.WHO: "วิชัย กองช่าง", Part.WHAT: WHAT}
    agency.disclosures.kept[one] = replace(kept(agency, one), told=told)
    assert does(talk_of(agency, ANN), "integrity_readers.share", one).key == "integrity.nobody_to_share"


def test_nobody_without_the_post_or_a_key_of_their_own_is_brought_in(agency, shared):
    agency.people.meet("Udan", a_person(key="dan", name="สมศักดิ์"))
    ann = talk_of(agency, ANN)
    does(ann, "integrity_readers.share", shared)
    for other in ("dan", "admin", "mayor", "nobody"):
        ann.answers(other)
    assert kept(agency, shared).readers == {"ann"}


def test_one_leaves_it_to_the_others_and_sees_it_no_more(agency):
    one = a_disclosure(agency)
    ann = talk_of(agency, ANN)
    assert does(ann, "integrity_readers.leave", one, "ยืนยัน").key == "integrity.left"
    assert ann.taps("integrity.one", id=one).key == "integrity.not_found"
    assert kept(agency, one).readers == {"ben", "cat"}
    assert ("shared", "ann", one) in audited(agency)


def test_the_last_one_stays_and_hears_what_can_be_done(agency, shared):
    told = does(talk_of(agency, ANN), "integrity_readers.leave", shared, "ยืนยัน")
    assert told.key == "integrity.last_reader"
    assert kept(agency, shared).readers == {"ann"}


def test_a_key_without_its_post_counts_for_nobody(agency):
    """Ben and Cat lost the post: were Ann to leave, nobody could read it."""
    one = a_disclosure(agency)
    for gone in (BEN, CAT):
        agency.people.save(a_person(key=gone.id))
    assert does(talk_of(agency, ANN), "integrity_readers.leave", one, "ยืนยัน").key == "integrity.last_reader"


def test_one_who_turns_out_to_be_meant_is_taken_out_for_good(agency):
    one = a_disclosure(agency)
    ann = talk_of(agency, ANN)
    told = does(ann, "integrity_readers.take_out", one, CAT.name, "เป็นญาติกับผู้รับเหมา")
    assert told.key == "integrity.taken_out"
    (notice,) = told.notices
    assert (notice.to.id, notice.reply.key) == ("cat", "integrity.changed")
    assert talk_of(agency, CAT).taps("integrity.one", id=one).key == "integrity.not_found"
    assert does(ann, "integrity_readers.share", one).key == "integrity.nobody_to_share"
    assert [line.words for line in kept(agency, one).talk] == ["เป็นญาติกับผู้รับเหมา"]
    entry = agency.audit_log.kept[-1].happened
    assert (entry.deed.value, entry.by, dict(entry.facts)) == ("shared", "ann", {"taken": "cat"})
    ann.taps("integrity.one", id=one)
    assert CAT.name in ann.words, "whoever was taken out stands among those it is about"


def test_nobody_takes_themselves_out_that_way(agency):
    one = a_disclosure(agency)
    ann = talk_of(agency, ANN)
    does(ann, "integrity_readers.take_out", one)
    assert ann.answers("ann").key == "picking.which_person"
    assert kept(agency, one).readers == {"ann", "ben", "cat"}


def test_whoever_reads_alone_can_take_nobody_out(agency, shared):
    ann = talk_of(agency, ANN)
    told = does(ann, "integrity_readers.take_out", shared)
    assert told.key == "integrity.nobody_else_reads"
    assert "ดูเรื่องนี้" in ann.offered(told), "the way back to it stands there, not the whole menu"


def test_administrators_change_nothing_about_who_reads(agency, shared):
    admin = talk_of(agency, ADMIN)
    for step in ("of_one", "share", "leave", "take_out"):
        assert admin.taps(f"integrity_readers.{step}", id=shared).key == "help.not_allowed"


def test_nobody_is_brought_in_whom_its_reporter_named_later(agency, shared):
    """What was added by the code may name somebody, too."""
    assert CAT.id in {one.id for one in shareable(agency, kept(agency, shared), TODAY)}
    agency.disclosures.kept[shared] = kept(agency, shared).saying(Line(Voice.REPORTER, "", TODAY, "ปรีดาก็ได้ส่วนแบ่ง"))
    assert CAT.id not in {one.id for one in shareable(agency, kept(agency, shared), TODAY)}
