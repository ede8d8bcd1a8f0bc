"""The questions of a year are compared with the form, changed, completed and added to; each change says by whom."""

import pytest

from itadomain.frameworks.shape import Confidence
from itadomain.people import Person
from itadomain.refusals import Refusal
from itadomain.surveys import entering
from itadomain.surveys.asking import is_own, items_of, questionnaire_of
from itadomain.surveys.questionnaire import Answering
from itadomain.surveys.survey import Kind
from tests.fakes import TODAY, an_agency

ADMIN = Person("a1", "สมหญิง")
LONG_FORMS = (Kind.OUTSIDERS, Kind.INSIDERS)


@pytest.fixture
def store():
    return an_agency()


def first(store, kind=Kind.OUTSIDERS):
    return items_of(store, kind, 2570)[0]


def again(store, item, kind=Kind.OUTSIDERS):
    return entering.one_of(store, kind, 2570, item.code)


@pytest.mark.parametrize("kind", LONG_FORMS)
def test_what_nobody_compared_counts_for_nothing_until_somebody_has(store, kind):
    doubtful = entering.open_to_doubt(store, kind, 2570)
    assert doubtful
    assert not any(one.counts for one in doubtful)
    assert entering.confirm(store, doubtful, 2570, ADMIN, TODAY) == len(doubtful)
    assert not entering.open_to_doubt(store, kind, 2570)
    assert all(one.counts for one in items_of(store, kind, 2570))
    assert entering.confirm(store, items_of(store, kind, 2570), 2570, ADMIN, TODAY) == 0


def test_what_is_in_no_official_form_is_compared_with_none(store):
    """The question after a visit is nobody's but ours, in whatever words."""
    asked = first(store, Kind.VISIT)
    kept = entering.reword(store, asked, 2570, "วันนี้ท่านพอใจเพียงใด", ADMIN, TODAY)
    assert kept.confidence is asked.confidence
    assert not entering.open_to_doubt(store, Kind.VISIT, 2570)
    assert entering.confirm(store, [kept], 2570, ADMIN, TODAY) == 0


def test_who_compared_it_and_when_is_kept(store):
    entering.confirm(store, [first(store)], 2570, ADMIN, TODAY)
    assert entering.confirmed_by_agency(first(store)) == ("a1", TODAY)
    assert entering.confirmed_by_agency(items_of(store, Kind.OUTSIDERS, 2570)[1]) is None
    assert not items_of(store, Kind.OUTSIDERS, 2569)[0].confidence.confirmed, "another year is compared anew"


def test_changed_words_are_compared_anew_and_can_be_taken_back(store):
    before = first(store)
    entering.confirm(store, [before], 2570, ADMIN, TODAY)
    kept = entering.reword(store, first(store), 2570, "คำถามใหม่\n- ส่วนแรก\n2) ส่วนที่สอง\n๓. ส่วนที่สาม", ADMIN, TODAY)
    assert (kept.wording.th, [part.th for part in kept.parts]) == ("คำถามใหม่", ["ส่วนแรก", "ส่วนที่สอง", "ส่วนที่สาม"])
    assert (kept.confidence, kept.counts) == (Confidence.LOW, False)
    assert again(store, before) == kept
    entering.drop(store, kept, 2570)
    assert first(store) == before
    with pytest.raises(Refusal, match=r"survey_items\.not_entered"):
        entering.drop(store, before, 2570)


def test_english_words_stand_beside_and_need_as_many_parts(store):
    item = entering.reword(store, first(store), 2570, "คำถาม\nก\nข", ADMIN, TODAY)
    with pytest.raises(Refusal) as no:
        entering.reword(store, item, 2570, "Question\nA", ADMIN, TODAY, english=True)
    assert (no.value.key, no.value.facts) == ("survey_items.as_many_parts", {"count": 2})
    kept = entering.reword(store, item, 2570, "Question\nA\nB", ADMIN, TODAY, english=True)
    assert (kept.wording.th, kept.wording.en) == ("คำถาม", "Question")
    assert [(part.th, part.en) for part in kept.parts] == [("ก", "A"), ("ข", "B")]
    assert entering.reword(store, kept, 2570, "ถามใหม่\nก\nข", ADMIN, TODAY).wording.en == "Question"


@pytest.mark.parametrize("kind", Kind)
def test_own_questions_stand_behind_belong_to_no_indicator_and_can_go(store, kind):
    made = entering.add(store, kind, 2570, "ที่จอดรถพอหรือไม่", Answering.YES_NO, ADMIN, TODAY)
    assert items_of(store, kind, 2570)[-1] == made
    assert (is_own(made), made.counts, made.wording.en) == (True, False, "ที่จอดรถพอหรือไม่")
    assert not [one for other in Kind if other is not kind for one in items_of(store, other, 2570) if one == made]
    assert made not in entering.open_to_doubt(store, kind, 2570)
    entering.drop(store, made, 2570)
    assert made not in items_of(store, kind, 2570)


def test_there_are_not_too_many_own_ones(store):
    for no in range(entering.MOST_OWN):
        entering.add(store, Kind.OUTSIDERS, 2570, f"คำถามที่ {no}", Answering.LEVELS, ADMIN, TODAY)
    with pytest.raises(Refusal, match=r"survey_items\.too_many"):
        entering.add(store, Kind.OUTSIDERS, 2570, "อีกข้อ", Answering.LEVELS, ADMIN, TODAY)


def test_an_official_question_of_which_the_number_is_known_is_completed(store):
    (code, *_) = questionnaire_of(store, Kind.INSIDERS, 2564).missing
    kept = entering.complete(store, Kind.INSIDERS, 2564, code, "ข้อความจากแบบจริง", Answering.LEVELS, ADMIN, TODAY)
    before = next(one for one in reversed(items_of(store, Kind.INSIDERS, 2564)) if one.code == "I9")
    assert (kept.code, kept.indicator, kept.instrument) == ("I10", before.indicator, before.instrument)
    assert not kept.counts
    entering.confirm(store, [kept], 2564, ADMIN, TODAY)
    assert entering.one_of(store, Kind.INSIDERS, 2564, code).counts
    assert code not in questionnaire_of(store, Kind.INSIDERS, 2564).missing
    with pytest.raises(Refusal, match=r"survey_items\.unknown"):
        entering.complete(store, Kind.INSIDERS, 2564, "I99", "ข้อความ", Answering.LEVELS, ADMIN, TODAY)


def test_a_scale_and_its_direction_are_changed(store):
    kept = entering.rescale(store, first(store), 2570, Answering.SIX, ADMIN, TODAY)
    turned = entering.turn_round(store, kept, 2570, ADMIN, TODAY)
    assert (turned.answering, turned.reversed) == (Answering.SIX, not kept.reversed)
    assert entering.turn_round(store, turned, 2570, ADMIN, TODAY).reversed == kept.reversed


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("", "no_wording"),
        ("ก", "no_wording"),
        ("กข" * 151, "no_wording"),
        ("คำถาม" + "\nก" * 9, "parts"),
        ("คำถาม\n" + "กข" * 61, "parts"),
    ],
)
def test_what_no_bubble_shows_large_is_refused(store, said, key):
    with pytest.raises(Refusal, match=rf"survey_items\.{key}"):
        entering.reword(store, first(store), 2570, said, ADMIN, TODAY)
