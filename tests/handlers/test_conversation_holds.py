"""What holds for every conversation: open questions, taps, languages, groups, menus."""

import pytest

from bot.line.limits import QUICK_REPLIES
from handlers import FEATURES
from handlers.common.help import CITIZEN, INSIDER, RECEIVER
from handlers.kit import Answer, Go
from itadomain.people import Role
from tests.fakes import Places, a_measure, a_person, a_result, a_sample, an_agency, an_office
from tests.talk import CANCEL, SENTENCES, Talk, texts

STARTS = sorted(name for name, entry in FEATURES.steps.items() if entry.starts)
EVERYBODY = [(), *((role,) for role in Role), tuple(Role)]


def steps(taps) -> list[str]:
    return [tap.to for tap in taps if isinstance(tap, Go)]


# Menus


@pytest.mark.parametrize("roles", EVERYBODY)
def test_the_menu_is_that_of_the_role(talk, roles):
    reply = talk(a_person(*roles)).says("เมนู")
    receives = RECEIVER if Role.INTEGRITY in roles else ()
    assert (reply.key, steps(reply.taps)) == ("help.menu", [*receives, *(INSIDER if roles else CITIZEN)])
    assert len(reply.taps) <= QUICK_REPLIES


@pytest.mark.parametrize("language", texts().words)
@pytest.mark.parametrize("roles", [(), (Role.STAFF,)])
def test_every_tap_of_the_menu_may_be_typed(agency, roles, language):
    """A computer shows no buttons."""
    menu = Talk(agency, a_person(*roles, language=language)).says("เมนู")
    for tap in menu.taps:
        typed, tapped = (Talk(agency, a_person(*roles, language=language)) for _ in range(2))
        label = typed.voice(tap.label)
        assert typed.says(f"  {label.upper()} ").key == tapped.taps(tap).key
        assert typed.words == tapped.words


@pytest.mark.parametrize("roles", EVERYBODY)
@pytest.mark.parametrize("step", STARTS)
def test_every_step_answers_everyone_who_taps_it(talk, roles, step):
    reply = talk(a_person(*roles)).taps(step)
    allowed = a_person(*roles).may(FEATURES.steps[step].roles)
    assert (reply.key == "help.not_allowed") is (not allowed or step == "help.not_allowed")


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("name", ["thaimueang", "yotkaeng", "srikham", "krasang", "nongmueang"])
@pytest.mark.parametrize("role", [None, Role.STAFF])
def test_every_sentence_has_an_answer_at_every_agency(name, sentence, role):
    talk = Talk(a_sample(name), a_person(*([role] if role else [])))
    assert talk.says(sentence).bubbles
    assert talk.words


# Open questions


def test_a_question_is_answered_by_a_tap(citizen):
    question = citizen.says("ขอดูรายตัวชี้วัด")
    assert [tap.value for tap in question.taps if isinstance(tap, Answer)] == [str(no) for no in range(1, 11)]
    assert question.taps[-1] == CANCEL
    assert citizen.taps(question.taps[0]).facts["no"] == 1


def test_an_answered_question_is_closed(citizen):
    citizen.says("ขอดูรายตัวชี้วัด")
    citizen.answers("7")
    assert not citizen.store.places.kept
    assert citizen.says("7").key == "help.not_understood"


@pytest.mark.parametrize("way_out", [CANCEL, "ยกเลิก"])
def test_a_question_may_be_cancelled(citizen, way_out):
    citizen.says("ขอดูรายตัวชี้วัด")
    reply = citizen.taps(way_out) if isinstance(way_out, Go) else citizen.says(way_out)
    assert reply.key == "help.cancelled"
    assert not citizen.store.places.kept


@pytest.mark.parametrize("typed", ["เมนู", "คะแนนล่าสุด", "Who am I?"])
def test_a_word_of_the_menu_leaves_a_question(citizen, typed):
    citizen.says("ขอดูรายตัวชี้วัด")
    assert citizen.says(typed).key in {"help.menu", "score.summary", "account.you_are_citizen"}
    assert not citizen.store.places.kept


@pytest.mark.parametrize("wrong", ["อะไรก็ได้", "99", "0", "-1", "๑๑๑", "", "IITT"])
def test_a_wrong_answer_stays_at_the_question(citizen, wrong):
    citizen.says("ขอดูรายตัวชี้วัด")
    reply = citizen.says(wrong)
    assert (reply.key, citizen.offered(reply)) == (
        "score.no_such_part",
        [*(f"ข้อ {no}" for no in range(1, 11)), "ยกเลิก"],
    )
    assert citizen.says("7").facts["no"] == 7


@pytest.mark.parametrize(
    ("wish", "key"),
    [("มาตรการของฉัน", "measures.list"), ("English please", "account.language_set"), ("สวัสดีค่ะ", "account.greeting"),
     ("จะแจ้งทุจริต", "disclosure.no_receiver"), ("คะแนนล่าสุดเท่าไร", "score.summary")],
)  # fmt: skip
def test_another_clear_wish_leaves_the_question(citizen, wish, key):
    citizen.says("ขอดูรายตัวชี้วัด")
    assert citizen.says(wish).key == key
    assert not citizen.store.places.kept


def test_a_wish_may_open_the_next_question(citizen):
    citizen.says("ขอดูรายตัวชี้วัด")
    assert citizen.says("เปลี่ยนภาษา").key == "account.which_language"
    assert citizen.answers("en").key == "account.language_set"


def test_a_refused_wish_at_a_question_is_said(citizen):
    citizen.says("ขอดูรายตัวชี้วัด")
    assert citizen.means("ask_score", year=2560).key == "score.before_frameworks"


def test_the_label_of_an_answer_may_be_typed(citizen):
    """A computer shows no buttons."""
    question = citizen.says("ขอดูรายตัวชี้วัด")
    assert citizen.says(citizen.offered(question)[6]).key == "score.one_indicator"


@pytest.mark.parametrize("sign", ["²", "①", "๗"])
def test_any_sign_may_be_typed_at_a_question(citizen, sign):
    citizen.says("ขอดูรายตัวชี้วัด")
    assert citizen.says(sign).key == ("score.one_indicator" if sign == "๗" else "score.no_such_part")


# Taps


def test_a_tap_of_another_question_is_stale(citizen):
    citizen.says("ขอดูรายตัวชี้วัด")
    citizen.says("เปลี่ยนภาษา")
    assert citizen.forges(at="score.pick_part", a="7").key == "help.stale_tap"


@pytest.mark.parametrize(
    "data",
    [{"at": "score.pick_part", "a": "7"}, {"at": "account.pick_language", "a": "en"}, {"go": "score.gone"},
     {"go": "score.pick_part"}, {"go": ""}, {"at": ""}, {"something": "else"}, {}],
)  # fmt: skip
def test_a_tap_that_leads_nowhere_is_stale(citizen, data):
    reply = citizen.forges(**data)
    assert (reply.key, steps(reply.taps)) == ("help.stale_tap", list(CITIZEN))


def test_a_step_that_hears_answers_cannot_be_started(talk):
    for name, entry in FEATURES.steps.items():
        if not entry.starts:
            assert talk(a_person(*Role)).forges(go=name).key == "help.stale_tap"


def test_an_answer_to_a_question_of_an_older_release_is_stale(citizen):
    citizen.says("ขอดูรายตัวชี้วัด")
    citizen.store.places.kept["p1"] = '["score.renamed", {}]'
    assert citizen.forges(at="score.renamed", a="7").key == "help.stale_tap"


def test_text_at_a_question_of_an_older_release_begins_anew(citizen):
    citizen.store.places.kept["p1"] = '["score.renamed", {}]'
    assert citizen.says("คะแนนล่าสุดเท่าไร").key == "score.summary"


@pytest.mark.parametrize(
    ("step", "values", "key"),
    [
        ("measures.one", {"id": "no-such"}, "measures.no_such"),
        ("measures.one", {"measure": "99"}, "measures.no_such"),
        ("measures.one", {"measure": "x"}, "measures.no_such"),
        ("measures.one", {}, "measures.no_such"),
        ("score.part", {"indicator": "11"}, "score.which_part"),
        ("score.part", {"indicator": "../1"}, "score.which_part"),
        ("score.part", {"instrument": "XIT"}, "score.which_part"),
        ("account.language", {"language": "xx"}, "account.no_such_language"),
    ],
)
def test_a_tap_with_odd_values_does_no_harm(citizen, step, values, key):
    assert citizen.taps(step, **values).key == key


def test_a_draft_survives_storage(citizen):
    citizen.says("ขอดูรายตัวชี้วัด")
    assert Places(dict(citizen.store.places.kept)).of("p1", 0).draft == {"year": 2565}


# Languages


def test_the_language_changes_at_once_and_stays(citizen):
    assert citizen.says("English please").key == "account.language_set"
    assert citizen.words == "I will answer in English from now on."
    citizen.says("สวัสดีค่ะ")
    assert "What can we do for you?" in citizen.words
    citizen.means("change_language", language="th")
    assert citizen.words == "ต่อไปจะตอบเป็นภาษาไทยค่ะ"


def test_the_language_is_asked_for_and_picked(citizen):
    question = citizen.taps("account.language")
    assert citizen.offered(question) == ["ไทย", "English", "ยกเลิก"]
    assert citizen.taps(question.taps[1]).key == "account.language_set"
    assert citizen.language == "en"


def test_the_language_may_be_typed(citizen):
    citizen.says("เปลี่ยนภาษา")
    assert citizen.says("English please").key == "account.language_set"
    assert citizen.store.people.kept["U1"].language == "en"


@pytest.mark.parametrize("wrong", ["ภาษาลาว", "Auf Deutsch bitte"])
def test_a_language_that_is_not_spoken_is_said_so(citizen, wrong):
    citizen.says("เปลี่ยนภาษา")
    assert citizen.says(wrong).key in {"account.which_language_again", "account.no_such_language"}
    assert citizen.answers("fr").key in {"account.which_language_again", "help.stale_tap"}
    assert citizen.store.people.kept["U1"].language == "th"


@pytest.mark.parametrize(("particle", "statement", "question"), [("ค่ะ", "ค่ะ", "คะ"), ("ครับ", "ครับ", "ครับ")])
def test_the_bot_is_polite_in_the_agencys_way(particle, statement, question):
    talk = Talk(an_agency(office=an_office(particle=particle)))
    talk.says("ขอบคุณ")
    assert talk.words == f"ยินดี{statement}"
    talk.says("สวัสดีค่ะ")
    assert talk.words.endswith(f"ท่านต้องการเรื่องใด{question}")


# Groups

GROUP_SECRETS = ("score.recomputed", "finding.", "score.to_next", "account.you_are", "also_printed")


@pytest.fixture
def group() -> Talk:
    return Talk(a_sample("thaimueang"), a_person(*Role, name="สมหญิง", unit="กองคลัง"), group="C1")


@pytest.mark.parametrize("sentence", [*SENTENCES, "คะแนนล่าสุด", "เมนู"])
def test_in_a_group_the_bot_is_silent_unless_it_is_named(group, sentence):
    assert group.says(sentence).bubbles == ()


@pytest.mark.parametrize("kind", ["sticker", "image", "file"])
def test_in_a_group_the_bot_does_not_answer_pictures(group, kind):
    assert group.sends({"type": "message", "message": {"type": kind}}).bubbles == ()


@pytest.mark.parametrize("sentence", [*SENTENCES, "คะแนนล่าสุด", "มาตรการ"])
def test_in_a_group_it_tells_public_facts_only(group, sentence):
    reply = group.says(sentence, mention=True)
    assert reply.bubbles
    assert not any(secret in repr(reply) for secret in GROUP_SECRETS)
    assert "สมหญิง" not in group.words


@pytest.mark.parametrize(
    "sentence", ["ฉันคือใคร", "เปลี่ยนภาษา", "English please", "จะร้องเรียนเรื่องถนน", "จะแจ้งทุจริต", "เมนู", "ขอดูรายตัวชี้วัด"]
)
def test_in_a_group_private_things_point_to_the_private_chat(group, sentence):
    assert group.says(sentence, mention=True).key == "help.come_private"
    assert group.store.people.kept["U1"].language == "th"


@pytest.mark.parametrize("step", STARTS)
def test_in_a_group_a_tap_opens_nothing_private(group, step):
    reply = group.taps(step)
    open_to_all = FEATURES.steps[step].in_groups
    assert reply.key == "help.come_private" or open_to_all
    assert not any(secret in repr(reply) for secret in GROUP_SECRETS)


def test_in_a_group_no_question_is_kept(group):
    group.says("ขอดูรายตัวชี้วัด", mention=True)
    assert not group.store.places.kept
    assert group.forges(at="score.pick_part", a="7").key == "help.come_private"


def test_in_a_group_a_refusal_is_said(group):
    assert group.means("ask_score", year=2560).key == "score.before_frameworks"


def test_a_group_is_greeted(group):
    assert group.does("join").key == "account.joined_group"


# Everything that is not text


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file", "location"])
def test_what_is_sent_out_of_the_blue_begins_a_problem(citizen, kind):
    assert citizen.sends({"type": "message", "message": {"type": kind}}).key == "complaint.notice"


def test_a_sticker_gets_the_menu(citizen):
    reply = citizen.sends({"type": "message", "message": {"type": "sticker"}})
    assert (reply.key, steps(reply.taps)) == ("help.not_understood", list(CITIZEN))


def test_plans_of_any_length_fit_under_a_reply():
    talk = Talk(an_agency(*(a_measure(number) for number in range(1, 40))), a_person())
    assert len(talk.says("มาตรการของฉัน").taps) == 11  # a page of ten, and the next one


def test_results_of_many_years_fit_under_a_reply():
    talk = Talk(an_agency(*(a_result(year, grade=None) for year in range(2562, 2571))), a_person(Role.ADMIN))
    assert talk.means("ask_score", year=2562).key == "score.summary"
    assert len(talk.says("เทียบกับปีก่อน").bubbles[0].bars) == 5


@pytest.mark.parametrize("passing", ["ครับ", "โอเค", "👍", "ขอบคุณ"])
def test_a_word_in_passing_leaves_the_question_open(citizen, passing):
    citizen.says("ขอดูรายตัวชี้วัด")
    assert citizen.says(passing).key == "account.you_are_welcome"
    assert citizen.says("7").key == "score.one_indicator"


def test_a_wish_that_is_refused_outside_a_question_leads_to_the_menu(citizen):
    refused = citizen.means("ask_score", year=2560)
    assert steps(refused.taps) == list(CITIZEN)


# ── in passing


def test_what_is_said_in_passing_leaves_the_answers_of_the_open_question_to_tap(citizen):
    """LINE shows the buttons of the last message only."""
    asked = citizen.means("change_language")
    passing = citizen.says("ขอบคุณ")
    assert passing.key == "account.you_are_welcome"
    assert citizen.offered(passing) == citizen.offered(asked)
    assert citizen.taps(passing.taps[1]).key == "account.language_set"


def test_a_step_that_waits_for_an_event_cannot_be_started_by_a_tap(staff):
    """A forged tap would say what nobody sent, or that a task came to something."""
    waiting = [
        name
        for name, entry in FEATURES.steps.items()
        if name in {"evidence.fetched", "evidence.unsent", "account.welcome"}
    ]
    assert len(waiting) == 3
    for name in waiting:
        assert staff.taps(name, evidence="x", message="y").key == "help.stale_tap"
