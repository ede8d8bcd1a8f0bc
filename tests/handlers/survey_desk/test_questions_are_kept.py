"""The script of the questions: compared, put into other words, added to; an open round keeps its own."""

import pytest

from itadomain.surveys import opening
from itadomain.surveys.asking import items_of
from itadomain.surveys.questionnaire import Answering
from itadomain.surveys.survey import Kind
from tests.fakes import TODAY


def first(store, kind=Kind.OUTSIDERS):
    return items_of(store, kind, 2570)[0]


def test_the_script_a_question_is_compared_and_reworded(store, admin, tap):
    which = admin.says("ข้อคำถามแบบสำรวจ")
    listed = tap(admin, which, "ซ้อม EIT")
    assert "ยังไม่ยืนยัน" in admin.words or "ยังไม่พบแบบจริง" in admin.words
    one = tap(admin, listed, "E1")
    assert one.key == "survey_items.one"
    assert tap(admin, one, "แก้ข้อความ").key == "survey_items.which_words"
    assert admin.says("ก").key == "survey_items.no_wording"
    kept = admin.says("เจ้าหน้าที่ให้บริการเป็นไปตามขั้นตอนมากน้อยเพียงใด\nตรงเวลา\nตรงขั้นตอน")
    assert (kept.key, kept.facts) == ("survey_items.kept", {"code": "E1"})
    assert [part.th for part in first(store).parts] == ["ตรงเวลา", "ตรงขั้นตอน"]
    assert tap(admin, kept, "ตรงกับแบบของปีนี้").key == "survey_items.is_confirmed"
    assert first(store).counts
    admin.taps("survey_items.one", kind="outsiders", year=2570, code="E1")
    assert "หน่วยงานบันทึกเมื่อ 20 พ.ย. 2569 โดย อารี" in admin.words


def test_all_are_confirmed_at_once_after_a_yes(store, admin, tap):
    listed = admin.taps("survey_items.all", kind="outsiders", year=2570)
    asked = tap(admin, listed, "ยืนยันทุกข้อ")
    assert asked.key == "survey_items.really_all"
    count = asked.facts["count"]
    assert admin.says("ไม่แน่ใจ").key == "picking.yes_or_cancel"
    assert not first(store).counts
    done = admin.answers("yes")
    assert (done.key, done.facts) == ("survey_items.all_confirmed", {"count": count})
    assert all(one.counts for one in items_of(store, Kind.OUTSIDERS, 2570))
    listed = admin.taps("survey_items.all", kind="outsiders", year=2570)
    assert "ยืนยันทุกข้อ" not in admin.offered(listed)
    assert admin.taps("survey_items.confirm_all", kind="outsiders").key == "survey_items.nothing_to_confirm"


def test_own_questions_are_added_and_removed(store, admin, tap):
    listed = admin.taps("survey_items.all", kind="outsiders", year=2570)
    assert tap(admin, listed, "เพิ่มข้อของเรา").key == "survey_items.which_own"
    assert admin.says("ที่จอดรถเพียงพอหรือไม่").key == "survey_items.which_scale"
    assert admin.says("แล้วแต่").key == "survey_items.which_scale_again"
    assert admin.answers("yes_no").key == "survey_items.kept"
    (own,) = [one for one in items_of(store, Kind.OUTSIDERS, 2570) if one.code == "A1"]
    assert own.answering is Answering.YES_NO
    one = admin.taps("survey_items.one", kind="outsiders", year=2570, code="A1")
    assert "ข้อของหน่วยงานเอง" in admin.words
    assert "ตรงกับแบบของปีนี้" not in admin.offered(one)
    assert tap(admin, one, "ลบข้อนี้").key == "survey_items.is_dropped"
    assert admin.taps("survey_items.one", kind="outsiders", year=2570, code="A1").key == "survey_items.unknown"


def test_scale_direction_and_english_are_changed_and_taken_back(store, admin, tap):
    before = first(store, Kind.INSIDERS)
    about = {"kind": "insiders", "year": 2570, "code": before.code}
    tap(admin, admin.taps("survey_items.one", **about), "เปลี่ยนตัวเลือก")
    assert admin.answers("six").key == "survey_items.kept"
    tap(admin, admin.taps("survey_items.one", **about), "สลับทิศคะแนน")
    changed = first(store, Kind.INSIDERS)
    assert (changed.answering, changed.reversed) == (Answering.SIX, not before.reversed)
    tap(admin, admin.taps("survey_items.one", **about), "แก้ภาษาอังกฤษ")
    lines = "\n".join(["How far?", *("part" for _ in before.parts)])
    assert admin.says(lines).key == "survey_items.kept"
    assert first(store, Kind.INSIDERS).wording.en == "How far?"
    assert tap(admin, admin.taps("survey_items.one", **about), "ใช้ข้อความเดิม").key == "survey_items.is_restored"
    assert first(store, Kind.INSIDERS) == before


def test_the_points_of_six_steps_are_entered(store, admin, tap):
    tap(admin, admin.taps("survey_items.all", kind="outsiders", year=2570), "คะแนน 6 ระดับ")
    assert admin.says("0 20 40").key == "survey_items.six_points"
    kept = admin.says("๐ ๒๐ ๔๐ ๖๐ ๘๐ ๑๐๐")
    assert kept.key == "survey_items.points_kept"
    assert "0, 20, 40, 60, 80, 100" in admin.words
    assert opening.asked(store, Kind.OUTSIDERS, 2570).points[Answering.SIX][-1] == 100


def test_a_question_of_which_only_the_number_is_known_is_completed(store, admin, tap):
    listed = admin.taps("survey_items.all", kind="insiders", year=2570)
    assert tap(admin, listed, "เติมข้อ I10").key == "survey_items.which_words"
    admin.says("ข้อความจากแบบจริง")
    kept = admin.answers("levels")
    assert (kept.key, kept.facts) == ("survey_items.kept", {"code": "I10"})
    assert "I10" not in opening.asked(store, Kind.INSIDERS, 2570).missing
    assert admin.taps("survey_rewording.add", kind="insiders", year=2570, code="I99").key == "survey_items.unknown"


def test_an_open_round_keeps_its_questions_and_that_is_said(store, admin):
    made = opening.open_survey(store, Kind.OUTSIDERS, 2570, by="a1", today=TODAY)
    admin.taps("survey_rewording.reword", kind="outsiders", year=2570, code="E1")
    admin.says("คำถามใหม่ของข้อนี้")
    assert "รอบที่เปิดอยู่ใช้ข้อคำถามเดิม" in admin.words
    assert store.surveys.get(made.id).questionnaire.items[0] != first(store)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_and_every_question_can_be_shown(store, talks, kind, language):
    store.people.kept["Ua1"] = store.people.kept["Ua1"].speaking(language)
    admin = talks("a1")
    items = items_of(store, kind, 2570)
    for page in range(-(-len(items) // 5)):
        listed = admin.taps("survey_items.all", kind=kind.value, year=2570, page=page)
        assert listed.key == ("surveys.so_many" if kind is Kind.VISIT else "surveys.questions"), "one question is one"
    for item in items:
        assert admin.taps("survey_items.one", kind=kind.value, year=2570, code=item.code).key == "survey_items.one"
