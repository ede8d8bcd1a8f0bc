"""An invitation that tells people what to answer, pays or presses them is found; one that only invites is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import Texts
from itadomain.refusals import Refusal
from itadomain.surveys.leading import Fault, found, must_not_lead

LEADS = [
    "ขอคะแนนเต็มนะคะ", "ช่วยตอบมากที่สุดทุกข้อ", "รบกวนตอบดี ๆ ด้วยค่ะ", "ช่วยให้คะแนนเราเยอะ ๆ หน่อย", "กด 5 ดาวให้เราด้วย",
    "โปรดเลือกช่องมากที่สุด", "ให้คะแนนในระดับสูงสุด", "อย่าตอบน้อย", "ห้ามเลือกข้อไม่ดี", "ตอบในเชิงบวก", "ช่วยให้ อบต. ผ่านเกณฑ์",
    "เพื่อให้หน่วยงานได้คะแนนสูง", "แนวคำตอบอยู่ในไฟล์แนบ", "ตอบตามนี้ได้เลย", "กรุณาประเมินให้เต็ม 100", "ตอบเห็นด้วยอย่างยิ่งทุกข้อ",
    "Please give us full marks", "rate us 5 stars", "Please answer positively", "tick the highest", "Help us reach grade A",
    "choose strongly agree", "the right answers are below", "GIVE US A GOOD SCORE",
]  # fmt: skip
PAYS = [
    "ตอบแล้วลุ้นรับรางวัล", "มีของที่ระลึกให้", "ตอบครบแลกของได้ที่เคาน์เตอร์", "รับข้าวสาร 1 ถุง", "แจกเงิน 100 บาท", "รับคูปองส่วนลด",
    "ผู้ตอบได้รับสิทธิพิเศษ", "Win a prize", "every answer gets a voucher", "There is a lucky draw", "a small gift for you",
]  # fmt: skip
PRESSES = [
    "เจ้าหน้าที่ทุกคนต้องตอบ", "บังคับตอบ", "ใครไม่ตอบจะถูกรายงาน", "ตอบแล้วแคปหน้าจอส่งด้วย", "จะเช็กชื่อผู้ตอบ", "ขอหลักฐานการตอบ",
    "You must answer", "Answering is mandatory", "send a screenshot",
]  # fmt: skip
ALLOWED = [
    "ขอเชิญตอบแบบสำรวจ ใช้เวลาไม่เกิน 2 นาที", "ตอบตามความเห็นของท่าน ไม่เปิดเผยว่าใครตอบอย่างไร", "ตอบได้ถึงวันที่ 31 ม.ค. 2570",
    "นำความเห็นไปปรับปรุงการให้บริการ", "เพื่อบริการที่ดีขึ้น", "ไม่มีของรางวัล", "ไม่บังคับตอบ", "การตอบไม่มีผลต่อการรับบริการของท่าน",
    "นำความเห็นไปพัฒนาบริการให้ดีที่สุด", "ปรับปรุงให้ดีมากขึ้น", "ขอความร่วมมือให้เต็มที่", "แบบวัดนี้มีคะแนนเต็ม 100",
    "ขอเชิญประเมินเพื่อบริการที่ดีที่สุด", "ตอบได้มากที่สุด 1 ครั้ง", "กดปุ่มด้านล่างเพื่อตอบ", "ท่านจะไม่ตอบข้อใดก็ได้", "มีคำถาม 15 ข้อ", "สแกนคิวอาร์ที่เคาน์เตอร์", "สอบถามได้ที่สำนักปลัด",
    "You are invited to answer", "Answer as you see it", "It takes two minutes at most", "no prizes are given",
    "Nobody is told who answered what", "Tap the button below", "Your answers help us improve",
]  # fmt: skip
TEXTS = Texts().words
INVITATIONS = [
    (language, key)
    for language, table in TEXTS.items()
    for key in table
    if key.startswith(
        (
            "survey_inviting.text_",
            "announcing.text_",
            "announcing.by_itself_",
            "survey_inviting.once_more",
            "survey_inviting.how_",
        )
    )
]


@pytest.mark.parametrize(
    ("fault", "said"),
    [(fault, said) for fault, table in zip(Fault, (LEADS, PAYS, PRESSES), strict=True) for said in table],
)
def test_each_of_these_is_found_for_what_it_is(fault, said):
    assert fault in {one.fault for one in found(f"ขอเชิญตอบแบบสำรวจ {said}")}


@pytest.mark.parametrize("said", ALLOWED)
def test_none_of_these_is_found(said):
    assert not found(said)


@pytest.mark.parametrize(("language", "key"), INVITATIONS)
def test_what_is_prepared_leads_nobody(language, key):
    assert not found(TEXTS[language][key])


def test_there_are_prepared_texts_in_both_languages():
    assert {language for language, _ in INVITATIONS} == {"th", "en"}
    assert len(INVITATIONS) >= 20


@given(st.sampled_from([*LEADS, *PAYS, *PRESSES]), st.lists(st.sampled_from(ALLOWED), max_size=3))
def test_it_is_found_among_other_words(said, others):
    assert found("\n".join([*others[:1], said, *others[1:]]))


@given(st.sampled_from([*LEADS[:16], *PAYS[:7], *PRESSES[:6]]), st.data())
def test_blanks_and_unseen_signs_hide_no_thai_words(said, data):
    at = data.draw(st.integers(1, len(said) - 1))
    between = data.draw(st.sampled_from(["", "\u200b", "\u2060", "\u00ad"]))
    assert found(said[:at] + between + said[at:])
    assert found(said.replace("ตอบ", "ตอบ ").replace("ให้", " ให้ "))


@given(st.lists(st.sampled_from(ALLOWED), max_size=6))
def test_what_is_allowed_stays_allowed_together(others):
    assert not found("\n".join(others))


@given(st.text(max_size=400))
def test_any_text_is_looked_at_without_fault(said):
    assert all(one.said for one in found(said))


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("ขอคะแนนเต็ม", "survey_inviting.leads"),
        ("มีรางวัล", "survey_inviting.pays"),
        ("ต้องตอบทุกท่านต้องตอบ", "survey_inviting.presses"),
    ],
)
def test_the_refusal_names_the_words(said, key):
    with pytest.raises(Refusal) as no:
        must_not_lead(said)
    assert no.value.key == key
    assert no.value.facts["said"] in said
