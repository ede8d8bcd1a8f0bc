"""The review, one code at the end, and nothing that leads to whoever told it."""

import re

import pytest

from itadomain.integrity.disclosure import NOBODY, Part, Way
from itadomain.integrity.receipts import printed
from tests.fakes import TODAY, a_person
from tests.handlers.disclosing.telling import in_the_box, tells
from tests.handlers.receivers import (
    STORY,
    TELLER,
    talking,
    told_whole,
)


def test_a_part_is_mended_before_it_is_sent(teller, agency):
    told_whole(teller)
    assert teller.says("แก้ไข").key == "disclosure.what_to_mend"
    assert teller.says("อย่างอื่น").key == "disclosure.which_to_mend"
    assert teller.says("เมื่อใด").bubbles[-1].key == "disclosure.ask_when"
    assert teller.says("วันที่ 3").key == "disclosure.review"
    teller.says("ส่ง")
    assert in_the_box(agency)[1].told[Part.WHEN] == "วันที่ 3"


def test_whom_it_is_about_is_mended_too_and_changes_who_reads_it(teller, agency):
    told_whole(teller)
    tells(teller, "แก้ไข", "เกี่ยวกับใคร", "กองช่าง", "เล่าต่อ", "ส่ง")
    _, told, readers = in_the_box(agency)
    assert (told.accused.units, told.told[Part.WHO], readers) == ({"กองช่าง"}, "กองช่าง", {"nari"})


def test_at_the_review_only_what_is_offered_is_an_answer(teller):
    told_whole(teller)
    assert teller.says("ดีไหม").key == "disclosure.send_or_mend"


def test_the_code_stands_alone_in_fours_and_is_told_again_where_it_may_be_lost(teller, agency):
    told_whole(teller)
    reply = teller.says("ส่ง")
    (code, told, readers) = in_the_box(agency)
    assert [one.key for one in reply.bubbles] == ["disclosure.sent", "disclosure.code", "disclosure.keep_the_code"]
    assert teller.messages[1]["text"] == printed(code)
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", printed(code))
    assert reply.needed
    assert "3 วันทำการ" in teller.words
    assert "8.30" in teller.words
    assert "ลบแชทนี้" in teller.words
    assert (told.way, told.identity, readers) == (Way.CHAT, NOBODY, {"nari", "wichai"})
    assert told.told == {
        Part.WHO: "กองคลัง", Part.WHAT: STORY, Part.WHEN: "เดือนก่อน", Part.WHERE: "ห้องการเงิน",
        Part.EVIDENCE: "มีใบเสร็จอยู่ที่บ้าน",
    }  # fmt: skip


def test_what_is_sent_twice_is_one(teller, agency):
    review = told_whole(teller)
    place = agency.places.of(TELLER.id, 0)
    teller.taps(review.taps[0])
    again = teller.forges(at="disclosure.review", a="send")
    assert again.key == "help.stale_tap"
    agency.places.put(TELLER.id, place, teller.now)  # the same turn once more
    teller.says("ส่ง")
    assert len(agency.disclosures.new) == 1
    assert agency.disclosures.new.keys() == {place.draft["code"]}


def test_after_it_is_sent_nothing_leads_to_whoever_told_it(teller, agency):
    told_whole(teller)
    teller.says("ส่ง")
    agency.disclosures.deliver(TODAY)
    everything = {name: one for name, one in vars(agency).items() if name not in {"people", "places"}}
    assert TELLER.id not in repr(everything)
    assert "Uteller" not in repr(everything)
    assert not agency.places.kept


def test_the_words_are_nowhere_but_in_the_box(teller, agency):
    told_whole(teller)
    teller.says("ส่ง")
    elsewhere = {name: one for name, one in vars(agency).items() if name not in {"disclosures", "people", "numbered"}}
    for words in (STORY, "ห้องการเงิน", "มีใบเสร็จ", printed(in_the_box(agency)[0]), in_the_box(agency)[0]):
        assert words not in repr(elsewhere)
    assert not agency.audit_log.kept
    assert not agency.cases.kept


def test_nobody_is_told_of_it_before_the_round(teller):
    told_whole(teller)
    assert teller.says("ส่ง").notices == ()


@pytest.mark.parametrize("language", ["th", "en"])
def test_it_can_be_told_in_either_language(agency, language):
    who = a_person(key="other", language=language)
    agency.people.meet("Uother", who)
    talk = talking(agency, who)
    talk.language = language
    assert talk.means("report_corruption").key == "disclosure.before_you_tell"
    for value in ("chat", "unit:กองคลัง", "go_on"):
        talk.answers(value)
    talk.says("they took cash for permits")
    for value in ("skip", "skip", "skip", "send"):
        talk.answers(value)
    assert in_the_box(agency)[1].told[Part.WHAT] == "they took cash for permits"
