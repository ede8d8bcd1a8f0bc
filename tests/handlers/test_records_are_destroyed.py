"""The script of destroying records after their time: proposed by one, approved by another, and in the register for good."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.kit import Answer, Tick
from handlers.records.retention import remind
from itadomain.audit_log import Deed
from itadomain.cases import following, working
from itadomain.cases.case import Channel, Kind, Spot, State
from itadomain.cases.counting import figures
from itadomain.cases.filing import Told, file
from itadomain.cases.moves import Move
from itadomain.cases.working import Word
from itadomain.disposal import Stage
from itadomain.evidence import Copy, Evidence
from itadomain.evidence import Kind as Sort
from itadomain.evidence import Stage as Kept
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.handlers.cases import ADMIN, DESK, HEAD, MAYOR, STORY, VILLAGER, WORKER, a_case, an_office_of_cases
from tests.talk import Talk

OLD = date(2024, 11, 4)
FIRST_WORKING_DAY = date(2026, 12, 1)
SECRET = "ป้าแดงบอกมา"


@pytest.fixture
def agency():
    store = an_office_of_cases()
    store.settings.put("keep_years:problem", "2")
    return store


def answered(agency, day=OLD, **told):
    """A case that was answered long ago, with a photo."""
    case = a_case(agency, f"{STORY} {SECRET}", today=day, contact="089-111-2222", **told)
    sha = f"{len(agency.cases.kept):064x}"
    photo = Evidence(f"e{case.id}", VILLAGER.id, Sort.PHOTO, day, Kept.KEPT, message=f"m{case.id}", name=SECRET)
    agency.evidence.save(replace(photo, copy=Copy(sha, 5, "image/jpeg", True), case=case.id))
    return working.step(agency, case.id, Move.REFUSE, Word("นอกเขต"), DESK, day).case


@pytest.fixture
def case(agency):
    return answered(agency)


@pytest.fixture
def desk(agency):
    return Talk(agency, DESK, user="Udesk")


@pytest.fixture
def admin(agency):
    return Talk(agency, ADMIN, user="Uadmin")


def told(agency, day):
    return [one.to.id for one in remind(Tick(day, agency))]


def proposes(talk):
    talk.taps("retention.due")
    return talk.answers("propose")


def approves(talk):
    talk.taps("retention.due")
    talk.answers("approve")
    return talk.answers("yes")


def destroyed(agency, desk, admin):
    proposes(desk)
    return approves(admin)


# ── the script


def test_nothing_is_due_unless_the_agency_said_for_how_long(agency, case, desk):
    agency.settings.put("keep_years:problem", "")
    assert desk.taps("retention.due").key == "retention.no_years"
    assert told(agency, FIRST_WORKING_DAY) == []


def test_the_desk_is_told_neutrally_on_the_first_working_day_of_a_month(agency, case):
    assert told(agency, date(2026, 12, 1)) == ["desk"]
    assert [told(agency, date(2026, 12, day)) for day in (2, 3)] == [[], []]
    (notice,) = remind(Tick(date(2027, 1, 4), agency))
    assert notice.reply.key == "measures.something_waits"
    assert str(case.ticket) not in str(notice.reply)


def test_nobody_is_told_on_a_day_off_or_where_nothing_is_due(agency):
    assert told(agency, FIRST_WORKING_DAY) == []
    answered(agency)
    assert told(agency, date(2027, 1, 2)) == []


def test_it_is_due_so_many_years_after_it_was_over(agency, case, desk):
    desk.today = date(2026, 11, 4)
    assert desk.taps("retention.due").key == "retention.nothing_due"
    desk.today = date(2026, 11, 5)
    assert desk.taps("retention.due").key == "retention.due_now"


def test_the_list_says_nothing_of_what_it_was_about(agency, case, desk):
    shown = desk.taps("retention.due")
    assert str(case.ticket) in desk.words
    assert "4 พ.ย. 2567" in desk.words
    assert not {SECRET, STORY, "089-111-2222", "หน้าวัด"} & set(desk.words.split())
    assert desk.offered(shown) == ["เสนอทำลาย", str(case.ticket), "ยกเลิก"]


def test_one_proposes_another_approves_and_the_words_go(agency, case, desk, admin):
    proposed = proposes(desk)
    assert (proposed.key, [one.to.id for one in proposed.notices]) == ("retention.proposed", ["admin", "mayor"])
    assert agency.cases.get(case.id) == case, "nothing goes before somebody approves"
    done = approves(admin)
    assert (done.key, done.facts["count"]) == ("retention.destroyed", 1)
    left = agency.cases.get(case.id)
    assert (left.story, left.contact, left.spot, left.talk, left.reporter) == ("", "", Spot(), (), "")
    assert (left.ticket, left.kind, left.state, left.over_on) == (case.ticket, Kind.PROBLEM, State.REFUSED, OLD)
    assert SECRET not in str(agency.cases.kept)
    assert [task.facts for task in done.tasks] == [{"sha256": f"{1:064x}"}]
    (photo,) = agency.evidence.kept.values()
    assert (photo.stage, photo.name, photo.by) == (Kept.GONE, "", "")


def test_the_register_names_who_proposed_and_who_approved(agency, case, desk, admin):
    destroyed(agency, desk, admin)
    (line,) = agency.disposals.at_stage(Stage.DONE, ["problem"])
    assert (line.number, line.by, line.approved_by, line.files) == (str(case.ticket), "desk", "admin", 1)
    desk.taps("retention.register", side="cases")
    for said in (str(case.ticket), "เสนอโดย ปรีชา อนุมัติโดย สมปอง", "ทำลายเมื่อ"):
        assert said in desk.words
    with pytest.raises(LookupError):
        agency.disposals.drop(case.id)


def test_it_is_in_the_audit_log_by_ids(agency, case, desk, admin):
    destroyed(agency, desk, admin)
    last = agency.audit_log.kept[-1].happened
    assert (last.deed, last.by, last.about, last.facts) == (Deed.DISPOSED, "admin", case.id, {"proposed_by": "desk"})


def test_the_figures_stay_right(agency, case, desk, admin):
    before = figures(agency.cases.counted(OLD, TODAY), TODAY)
    destroyed(agency, desk, admin)
    assert figures(agency.cases.counted(OLD, TODAY), TODAY) == before


def test_nothing_is_due_or_approved_twice(agency, case, desk, admin):
    destroyed(agency, desk, admin)
    assert desk.taps("retention.due").key == "retention.nothing_due"
    assert admin.taps("retention.due").key == "retention.nothing_due"


# ── whoever asks for it


def test_whoever_asks_by_its_number_hears_that_it_was_destroyed(agency, case, desk, admin):
    destroyed(agency, desk, admin)
    for who in (VILLAGER, a_person(key="neighbour"), DESK, WORKER):
        talk = Talk(agency, who, user=f"U{who.id}")
        assert talk.means("track_complaint", ticket=str(case.ticket)).key == "case.disposed"
        assert "20 พ.ย. 2569" in talk.words


@pytest.mark.parametrize("step", ["following.one", "casework.one", "casework.said", "casework.taken_back"])
def test_an_old_tap_says_so_too(agency, case, desk, admin, step):
    destroyed(agency, desk, admin)
    assert desk.taps(step, id=case.id).key == "case.disposed"


def test_nothing_can_be_done_with_it_any_more(agency, case, desk, admin):
    desk.taps("casework.one", id=case.id)
    destroyed(agency, Talk(agency, DESK, user="Udesk"), admin)
    assert desk.forges(at="case_moves.act", a=f"note:{case.id}").key in {"case.disposed", "help.stale_tap"}
    assert agency.cases.get(case.id).talk == ()


# ── taking one out


def test_one_is_kept_on_with_a_reason_and_can_be_due_again(agency, case, desk):
    second = answered(agency)
    desk.taps("retention.due")
    desk.says(str(case.ticket))
    assert desk.says("ยังมีคดีอยู่").key == "retention.kept_on"
    shown = desk.taps("retention.due")
    assert [tap.value for tap in shown.taps if isinstance(tap, Answer)] == ["propose", second.id]
    desk.taps("retention.kept_on", side="cases")
    assert "ยังมีคดีอยู่" in desk.words
    assert desk.answers(case.id).key == "retention.released"
    assert len(desk.taps("retention.due").bubbles[0].rows) == 2


def test_who_approves_can_take_one_out_too(agency, case, desk, admin):
    second = answered(agency)
    proposes(desk)
    admin.taps("retention.due")
    admin.answers(case.id)
    admin.says("รอผลตรวจสอบ")
    assert approves(admin).facts["count"] == 1
    assert (agency.cases.get(case.id).disposed_on, agency.cases.get(second.id).disposed_on) == (None, TODAY)


@pytest.mark.parametrize(("said", "key"), [("", "retention.why_first"), ("ก" * 201, "case.too_long")])
def test_a_reason_is_short_and_there(agency, case, desk, said, key):
    desk.taps("retention.due")
    desk.answers(case.id)
    assert (desk.says(said) if said else desk.answers("")).key == key
    assert agency.disposals.kept == {}


# ── two people, or a day


def test_nobody_approves_what_they_proposed_where_another_can(agency, case):
    both = a_person(Role.OFFICER, Role.ADMIN, key="both", name="วีระ")
    talk = Talk(agency, both, user="Uboth")
    proposes(talk)
    assert approves(talk).key == "retention.by_another"
    assert agency.cases.get(case.id) == case


def test_who_is_alone_waits_for_a_day_which_is_written_down(agency, case):
    for line_id in ("Udesk", "Uadmin", "Umayor"):
        del agency.people.kept[line_id]
    alone = Talk(agency, a_person(Role.OFFICER, Role.ADMIN, key="alone", name="วีระ"), user="Ualone")
    assert "retention.alone" in [one.key for one in proposes(alone).bubbles]
    alone.now += int(timedelta(hours=23, minutes=59).total_seconds() * 1000)
    assert approves(alone).key == "retention.in_a_day"
    assert agency.cases.get(case.id) == case
    alone.now += 60_000
    assert approves(alone).key == "retention.destroyed"
    assert agency.audit_log.kept[-1].happened.facts == {"alone": "yes", "proposed_by": "alone"}


def test_an_agency_without_a_desk_proposes_by_those_who_lead(agency, case):
    del agency.people.kept["Udesk"]
    assert told(agency, FIRST_WORKING_DAY) == ["admin", "mayor"]
    proposes(Talk(agency, MAYOR, user="Umayor"))
    assert approves(Talk(agency, ADMIN, user="Uadmin")).key == "retention.destroyed"


def test_only_what_was_shown_is_approved(agency, case, desk, admin):
    proposes(desk)
    admin.taps("retention.due")
    admin.answers("approve")
    second = answered(agency)
    proposes(desk)
    admin.answers("yes")
    assert agency.cases.get(second.id).disposed_on is None


def test_who_lost_their_post_midway_destroys_nothing(agency, case, desk, admin):
    proposes(desk)
    admin.taps("retention.due")
    admin.answers("approve")
    agency.people.kept["Uadmin"] = a_person(key="admin")
    admin.answers("yes")
    assert agency.cases.get(case.id) == case


@pytest.mark.parametrize("who", [VILLAGER, HEAD, WORKER])
def test_nobody_else_sees_what_is_due(agency, case, who):
    talk = Talk(agency, who, user=f"U{who.id}")
    for step in ("due", "register", "kept_on", "years"):
        assert talk.taps(f"retention.{step}", side="cases").key == "help.not_allowed"


def test_a_head_who_is_an_officer_of_a_unit_proposes_nothing(agency, case):
    talk = Talk(agency, a_person(Role.OFFICER, unit="กองช่าง", key="clerk"), user="Uclerk")
    assert talk.taps("retention.due").key == "retention.nothing_due"


# ── what is due


def test_what_is_open_is_never_due(agency, desk):
    case = a_case(agency, today=OLD)
    assert desk.taps("retention.due").key == "retention.nothing_due"
    following.cancel(agency, case.id, VILLAGER, OLD)
    assert desk.taps("retention.due").key == "retention.due_now"


def test_each_kind_has_its_own_time(agency, desk):
    request = file(agency, Told(Kind.REQUEST, ("ขอยืมเต็นท์",), channel=Channel.PHONE), DESK, OLD).case
    working.step(agency, request.id, Move.REFUSE, Word("ไม่ว่าง"), DESK, OLD)
    assert desk.taps("retention.due").key == "retention.nothing_due"
    agency.settings.put("keep_years:request", "1")
    assert desk.taps("retention.due").key == "retention.due_now"


def test_many_are_shown_in_pages_and_proposed_at_once(agency, desk):
    for _ in range(12):
        answered(agency)
    shown = desk.taps("retention.due")
    assert len(shown.bubbles[0].rows) == 8
    assert len(desk.says("ถัดไป").bubbles[0].rows) == 4
    assert desk.answers("propose").facts["count"] == 12


# ── the years


def test_an_administrator_says_for_how_many_years(agency, admin):
    shown = admin.taps("retention.years")
    assert "ยังไม่กำหนด (ไม่ทำลาย)" in admin.words
    assert "ตามระเบียบงานสารบรรณ" in admin.words
    admin.answers("question")
    assert admin.says("๕").key == "retention.years_kept"
    assert agency.settings.get("keep_years:question") == "5"
    admin.taps("retention.years")
    admin.answers("question")
    admin.says("ไม่กำหนด")
    assert agency.settings.get("keep_years:question") == "0"
    assert shown.then is not None


@pytest.mark.parametrize("said", ["100", "ห้า", "-1", "1.5"])
def test_years_are_a_number(agency, admin, said):
    admin.taps("retention.years")
    admin.answers("praise")
    assert admin.says(said).key == "retention.how_many"


def test_what_was_proposed_and_forgotten_is_told_of_the_next_month(agency, case, desk):
    proposes(desk)
    assert told(agency, FIRST_WORKING_DAY) == ["admin", "mayor"]
    assert told(agency, date(2026, 12, 2)) == []
