"""The desk of surveys on the stores that agencies have: what is entered in one turn is told in the same."""

import pytest

from itadomain.broadcasts.broadcast import Audience, Reach
from itadomain.people import Person, Post, Role
from itadomain.surveys import inviting, opening
from itadomain.surveys.asking import items_of
from itadomain.surveys.survey import Kind, Mark, Standing
from tests.fakes import TODAY
from tests.storage.real_talk import RealTalk

MORNING = 1_795_175_200_000


@pytest.fixture
def agency(house):
    return house.add_agency("north")


@pytest.fixture
def talks(house, agency):
    def begin(key, *roles):
        talk = RealTalk(house, agency, Person(key, f"คุณ{key}", posts=tuple(Post(role) for role in roles)))
        talk.now = MORNING
        return talk

    return begin


@pytest.fixture
def admin(talks):
    return talks("a1", Role.ADMIN)


def opened(admin, kind):
    admin.taps("survey_opening.start")
    reply = admin.answers(kind.value)
    if kind is not Kind.VISIT:
        for said in ("2570", "no_end", "unknown"):
            reply = admin.answers(said)
    assert reply.key == "survey_opening.before_opening"
    assert admin.answers("yes").key.startswith("survey_opening.is_open")
    return admin.keeps(lambda store: opening.current(store, kind))


def test_a_round_is_opened_kept_as_it_was_and_closed(admin):
    made = opened(admin, Kind.INSIDERS)
    assert made.questionnaire == admin.keeps(lambda store: opening.asked(store, Kind.INSIDERS, 2570))
    admin.taps("survey_items.confirm_all", kind="insiders", year=2570)
    assert admin.answers("yes").key == "survey_items.all_confirmed"
    assert admin.keeps(lambda store: store.surveys.get(made.id)).questionnaire == made.questionnaire
    assert all(one.counts for one in admin.keeps(lambda store: items_of(store, Kind.INSIDERS, 2570)))
    admin.taps("surveys.close", id=made.id)
    assert admin.answers("yes").key == "surveys.is_closed"
    assert admin.keeps(lambda store: opening.current(store, Kind.INSIDERS)) is None
    assert opened(admin, Kind.INSIDERS).questionnaire.items[0].counts


def test_questions_are_changed_completed_added_and_taken_back(admin):
    about = {"kind": "insiders", "year": 2570}
    admin.taps("survey_rewording.add", **about, code="I10")
    admin.says("ข้อความจากแบบจริง\nส่วนแรก\nส่วนที่สอง")
    assert admin.answers("six").key == "survey_items.kept"
    admin.taps("survey_rewording.add", **about)
    admin.says("ที่จอดรถพอหรือไม่")
    assert admin.answers("yes_no").key == "survey_items.kept"
    items = {one.code: one for one in admin.keeps(lambda store: items_of(store, Kind.INSIDERS, 2570))}
    assert ([part.th for part in items["I10"].parts], items["B1"].indicator) == (["ส่วนแรก", "ส่วนที่สอง"], None)
    admin.taps("survey_rewording.six", **about)
    assert admin.says("0 20 40 60 80 100").key == "survey_items.points_kept"
    admin.taps("survey_rewording.drop", **about, code="B1")
    assert "B1" not in {one.code for one in admin.keeps(lambda store: items_of(store, Kind.INSIDERS, 2570))}


def test_a_service_point_is_made_and_found_by_its_code(admin):
    admin.taps("service_points.add")
    admin.says("งานทะเบียน")
    made = admin.answers("-")
    assert made.key == "service_points.added"
    assert admin.taps("service_points.one", code=made.facts["code"]).key == "service_points.one"
    admin.taps("service_points.close", code=made.facts["code"])
    assert admin.answers("yes").key == "service_points.is_closed"


def test_the_count_of_the_day_is_on_the_card_that_answers_it(admin):
    assert admin.says("ITAS 120/300").key == "sample_meter.kept"
    assert "120 จาก 300" in admin.words
    assert admin.says("ITAS 130/300").key == "sample_meter.kept"
    assert "130 จาก 300" in admin.words
    admin.taps("sample_meter.now")
    assert "130 จาก 300" in admin.words


def test_only_those_who_have_not_answered_are_reminded_and_once(talks, admin):
    made = opened(admin, Kind.OUTSIDERS)
    for key, standing in (
        ("v1", Standing.ANSWERED),
        ("v2", Standing.ELSEWHERE),
        ("v3", Standing.STARTED),
        ("v4", None),
    ):
        villager = talks(key)
        villager.says("สวัสดี")
        if standing:
            mark = Mark(standing, TODAY)
            villager.keeps(lambda store, who=key, mark=mark: store.participation.save(made.id, who, mark))
    audience = Audience(Reach.NOT_ANSWERED, made.id)
    assert admin.keeps(lambda store: store.broadcasts.reachable(audience, TODAY)).people == 2
    admin.taps("broadcast.inviting", id=made.id, to="not_answered")
    admin.answers("preview")
    assert admin.answers("send").key == "broadcast.alone"
    assert admin.keeps(lambda store: inviting.reminded(store, made.id))
    admin.taps("broadcast.inviting", id=made.id, to="not_answered")
    assert admin.answers("preview").key == "survey_inviting.reminded_already"


def test_staff_who_have_not_answered_are_counted(talks, admin):
    made = opened(admin, Kind.INSIDERS)
    for key in ("s1", "s2"):
        talks(key, Role.STAFF).says("สวัสดี")
    admin.keeps(lambda store: store.participation.save(made.id, "s1", Mark(Standing.ANSWERED, TODAY)))
    audience = Audience(Reach.STAFF_NOT_ANSWERED, made.id)
    assert (
        admin.keeps(lambda store: store.broadcasts.reachable(audience, TODAY)).people == 2
    )  # s2 and the administrator
