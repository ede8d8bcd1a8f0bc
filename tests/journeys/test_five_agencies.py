"""Each of the five agencies, asked in Thai over a really signed webhook, through every process."""

import pytest

ASKED = "ปีนี้เราได้เกรดอะไร"

#: What the documents print, what it comes to, and what does not add up.
TOLD = {
    "thaimueang": ["94.97", "ระดับ A", "94.98", "95.87", "ตรงกับตาราง «ตารางวิเคราะห์รายตัวชี้วัด»", "2565"],
    "srikham": ["87.86", "ระดับ A", "86.81", "ร้อยละ 30", "ร้อยละ 40", "2565"],
    "krasang": ["95", "ระดับ AA", "88.87", "ระดับ A)", "ยังไม่ยืนยัน", "2564"],
    "nongmueang": ["92.65", "ระดับ A", "92.68", "ต่างกัน 0.03", "ยังไม่ยืนยัน", "2563"],
    "yotkaeng": ["ยังไม่มีผลคะแนน", "มีมาตรการในแผน 11 ข้อ"],
}


@pytest.mark.parametrize("slug", TOLD)
def test_an_executive_is_told_what_is_printed_what_it_comes_to_and_where_they_differ(trial, slug):
    told = trial.ask(slug, "executive", ASKED)
    assert [words for words in [*TOLD[slug], "2570"] if words not in told] == []


@pytest.mark.parametrize("slug", TOLD)
def test_a_citizen_is_told_the_published_grade_and_nothing_that_was_recomputed(trial, slug):
    told = trial.ask(slug, "citizen", ASKED)
    assert TOLD[slug][0] in told
    assert "คำนวณจากตัวชี้วัด" not in told
    assert "คะแนนที่เอกสารระบุ" not in told


def test_the_alternative_text_carries_the_answer(trial):
    who = trial.user("thaimueang", "executive")
    sent = trial.desk.say("thaimueang", who, "คะแนนล่าสุด")
    message = trial.desk.wait_for_reply("thaimueang", who, sent["n"])["message"]
    assert all(words in message["altText"] for words in ("94.97", "ระดับ A", "2565", "2570"))


def test_an_agency_without_a_score_offers_its_measures(trial):
    who = trial.user("yotkaeng", "citizen")
    sent = trial.desk.say("yotkaeng", who, ASKED)
    trial.desk.wait_for_reply("yotkaeng", who, sent["n"])
    tapped = trial.desk.tap_label("yotkaeng", who, "มาตรการทั้งหมด")
    message = trial.desk.wait_for_reply("yotkaeng", who, tapped["n"])["message"]
    assert "11 มาตรการ" in message["altText"]


def test_in_a_group_the_bot_answers_only_when_mentioned_and_shows_nothing_personal(trial):
    desk, who = trial.desk, trial.user("krasang", "executive")
    quiet = desk.say("krasang", "group", "คะแนนล่าสุด", user_id=who)
    with pytest.raises(TimeoutError):
        desk.wait_for_reply("krasang", "group", quiet["n"], timeout=1.0)
    named = desk.say("krasang", "group", "คะแนนล่าสุด", user_id=who, mention=True)
    told = trial.hear("krasang", "group", named["n"])
    assert "ยังไม่ยืนยัน" in told
    assert "88.87" not in told
