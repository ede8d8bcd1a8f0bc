"""The register in the chat: entered, shown with what is missing, set up item by item, carried over; and by whom."""

from datetime import date

import pytest

from handlers.kit import Go
from itadomain.assessment.entering import entered
from itadomain.assessment.windows import Phase
from itadomain.oit import register as registers
from itadomain.oit.items import Check, Outcome
from itadomain.people import Role
from tests.fakes import a_person
from tests.handlers.plans import SECRETARIAT, TREASURY, WHEN, an_agency_at_work, talking
from tests.talk import Talk

LIST = "O1 โครงสร้าง\nO2 ข้อมูลผู้บริหาร\nO๕. ข้อมูลการติดต่อ"
YEAR = 2570


@pytest.fixture
def agency():
    return an_agency_at_work()


@pytest.fixture
def secretary(agency):
    return talking(agency, Role.STAFF, unit="u1", key="sec")


@pytest.fixture
def clerk(agency):
    return Talk(agency, a_person(Role.STAFF, unit="u2", key="clerk"), user="Uclerk", today=WHEN)


@pytest.fixture
def filled(agency, secretary):
    secretary.taps("oit.add")
    secretary.says(LIST)
    assert secretary.answers("yes").key == "oit.kept"
    return agency


def item(agency, no, year=YEAR):
    return registers.item_of(agency, year, no)


def tap(talk, reply, label):
    """Tap what is offered under this label."""
    (found,) = [one for one in reply.taps if talk.voice(one.label) == label]
    return talk.taps(found)


def steps(reply):
    return [one.to for one in reply.taps if isinstance(one, Go)]


# ── entering


def test_a_year_without_items_is_told_and_whose_it_is_to_enter_them(secretary, clerk):
    assert secretary.means("oit_register").key == "oit.nothing_yet_add"
    assert clerk.means("oit_register").key == "oit.nothing_yet"


def test_a_pasted_list_is_shown_before_it_is_kept(agency, secretary):
    secretary.taps("oit.add")
    shown = secretary.says(f"{LIST}\nหมายเหตุ")
    assert agency.oit_items.kept == {}
    assert (shown.key, shown.facts["count"]) == ("oit.read", 3)
    assert "อ่านไม่ได้ จะไม่บันทึก: หมายเหตุ" in secretary.words
    assert secretary.answers("yes").facts == {"count": 3, "year": YEAR}
    assert [(one.no, one.name, one.confirmed) for one in registers.register(agency, YEAR).items] == [
        (1, "โครงสร้าง", True), (2, "ข้อมูลผู้บริหาร", True), (5, "ข้อมูลการติดต่อ", True),
    ]  # fmt: skip


def test_one_sentence_adds_an_item(agency, secretary):
    secretary._understanding.told["เพิ่มรายการ O5 ข้อมูลการติดต่อ"] = type(
        "R", (), {"intent": "oit_register", "values": {"question": "o5"}, "confidence": 0.95}
    )()
    assert secretary.says("เพิ่มรายการ O5 ข้อมูลการติดต่อ").key == "oit.read"
    secretary.says("ยืนยัน")
    assert item(agency, 5).name == "ข้อมูลการติดต่อ"


@pytest.mark.parametrize("said", ["ไม่ทราบค่ะ", "O1 ก\nO1 ข", "🙂", "O500 มากไป"])
def test_what_is_no_list_is_told_and_asked_again(agency, secretary, said):
    secretary.taps("oit.add")
    assert secretary.says(said).key in {"oit.no_items", "oit.number_twice"}
    assert secretary.says(LIST).key == "oit.read"


def test_adding_can_be_left(agency, secretary):
    secretary.taps("oit.add")
    secretary.says(LIST)
    secretary.says("ยกเลิก")
    assert agency.oit_items.kept == {}


def test_a_corrected_list_changes_names_and_keeps_all_else(filled, secretary):
    registers.give(filled, item(filled, 5), "u2")
    secretary.taps("oit.add")
    secretary.says("O5 ช่องทางติดต่อ")
    assert "แทนชื่อเดิม 1 ข้อ" in secretary.words
    secretary.answers("yes")
    assert (item(filled, 5).name, item(filled, 5).unit) == ("ช่องทางติดต่อ", "u2")


# ── what is missing


def test_what_is_missing_comes_with_its_reason_and_a_tap(filled, secretary):
    registers.give(filled, registers.publish(filled, item(filled, 1), "https://a.go.th/1", a_person(), WHEN), "u2")
    reply = secretary.means("oit_register")
    assert reply.facts == {"done": 1, "all": 3, "year": YEAR}
    assert "O2 ข้อมูลผู้บริหาร\nยังไม่มีลิงก์หรือรูปป้ายประกาศ, ยังไม่มีหน่วยงานรับผิดชอบ" in secretary.words
    assert "O1 โครงสร้าง" not in secretary.words
    assert secretary.offered(reply)[:2] == ["O2", "O5"]
    assert tap(secretary, reply, "O5").facts["code"] == "O5"


def test_a_typed_question_reaches_it_too(filled, secretary):
    assert secretary.says("ข้อไหนยังไม่ครบ").key == "oit.complete"
    assert secretary.means("oit_register", question="o2").facts["code"] == "O2"
    assert secretary.means("oit_register", question="o9").key == "oit.no_such_item"


def test_what_is_late_by_the_calendar_comes_first(filled, secretary):
    filled.windows.save(entered(Phase.OIT, date(2026, 12, 1), date(2027, 1, 10), WHEN))
    registers.set_due(filled, item(filled, 1), date(2027, 6, 30))
    reply = secretary.means("oit_register")
    assert secretary.offered(reply)[:3] == ["O2", "O5", "O1"]
    assert "เลยกำหนดแล้ว" in secretary.words
    assert "กำหนดส่งตามปฏิทินของปีนี้: 10 ม.ค. 2570" in secretary.words


def test_a_link_that_does_not_open_is_told(filled, secretary):
    published = registers.publish(
        filled, registers.give(filled, item(filled, 1), "u2"), "https://a.go.th/", a_person(), WHEN
    )
    registers.looked_at(filled, YEAR, 1, published.address, Check(WHEN, Outcome.NOT_FOUND, 404))
    secretary.taps("oit.one", year=YEAR, no=1)
    assert "ไม่พบหน้านี้ (รหัส 404) (ตรวจเมื่อ 15 ม.ค. 2570)" in secretary.words
    secretary.means("oit_register")
    assert "O1 โครงสร้าง\nลิงก์เปิดไม่ได้" in secretary.words


def test_an_expired_certificate_is_a_remark_and_nothing_is_missing(filled, secretary):
    published = registers.publish(
        filled, registers.give(filled, item(filled, 1), "u2"), "https://a.go.th/", a_person(), WHEN
    )
    registers.looked_at(filled, YEAR, 1, published.address, Check(WHEN, Outcome.OPENS, 200, expired=True))
    secretary.taps("oit.one", year=YEAR, no=1)
    assert "เปิดได้ แต่ใบรับรองความปลอดภัยของเว็บไซต์หมดอายุ" in secretary.words
    assert "ยังขาด" not in secretary.words


def test_one_sees_what_is_missing_of_ones_own_unit(filled, clerk):
    registers.give(filled, item(filled, 5), "u2")
    reply = clerk.taps("oit.mine")
    assert clerk.offered(reply) == ["O5", "ทะเบียน OIT"]
    registers.publish(filled, item(filled, 5), "https://a.go.th/", a_person(), WHEN)
    clerk.taps("oit.mine")
    assert "ข้อของหน่วยงานท่านครบแล้ว" in clerk.words


def test_a_unit_without_items_is_not_told_that_all_is_done(filled, clerk):
    assert clerk.taps("oit.mine").key == "oit.none_of_yours"
    assert (
        Talk(filled, a_person(Role.EXECUTIVE, key="x"), user="Ux", today=WHEN).taps("oit.mine").key
        == "oit.none_of_yours"
    )


@pytest.mark.parametrize("year", [2563, 2566, 2569])
def test_every_item_of_a_whole_year_is_shown_within_the_bounds_of_a_card(agency, secretary, year):
    """Each reply is held to LINE's limits by the talk itself; page after page leads to all."""
    seen, reply = [], secretary.taps("oit.missing", year=year)
    while True:
        seen += [one.values["no"] for one in reply.taps if isinstance(one, Go) and one.to == "oit.one"]
        onward = [one for one in reply.taps if isinstance(one, Go) and one.to == "oit.missing" and "page" in one.values]
        if not onward:
            break
        reply = secretary.taps(onward[0])
    assert seen == [one.no for one in registers.register(agency, year).items]


def test_43_names_of_the_longest_kind_fit(agency, secretary):
    secretary.taps("oit.add")
    secretary.says("\n".join(f"O{no} " + "กิจกรรม" * 14 for no in range(1, 44)))
    assert secretary.answers("yes").facts["count"] == 43
    assert secretary.means("oit_register").facts["all"] == 43


def test_names_that_no_source_tells_are_told_as_unknown(secretary):
    secretary.taps("oit.missing", year=2569)
    assert "ยังไม่ทราบชื่อข้อ O2, O5, O6, O7 ของปีนี้" in secretary.words
    assert "ชื่อข้อที่ยังไม่ยืนยันสำหรับปีนี้ 2 ข้อ" in secretary.words
    secretary.taps("oit.one", year=2569, no=25)
    assert "ชื่อข้อนี้ยังไม่ยืนยันสำหรับปีนี้" in secretary.words
    secretary.taps("oit.one", year=2569, no=16)
    assert "ยังไม่ยืนยัน" not in secretary.words


@pytest.mark.parametrize("year", [2562, 2500, 2572, 99999])
def test_a_year_that_has_no_register_is_refused(secretary, year):
    assert secretary.taps("oit.missing", year=year).key == "oit.which_year"


# ── setting up an item


def test_an_item_gets_its_unit_its_day_and_its_name(filled, secretary):
    opened = secretary.taps("oit.one", year=YEAR, no=5)
    tap(secretary, opened, "หน่วยงาน")
    assert secretary.says("กองไม่มีจริง").key == "picking.which_unit"
    assert secretary.says("กองคลัง").facts == {"code": "O5", "unit": "กองคลัง"}
    tap(secretary, opened, "กำหนด")
    assert secretary.says("สักวัน").key == "day.which"
    assert secretary.says("๓๑ มี.ค. ๗๐").facts == {"code": "O5", "due": date(2027, 3, 31)}
    tap(secretary, opened, "แก้ชื่อข้อ")
    assert secretary.says("ก" * 3 + "ขค" * 200).key == "oit.name_too_long"
    assert secretary.says("ช่องทางติดต่อ").key == "oit_items.renamed"
    kept = item(filled, 5)
    assert (kept.unit, kept.due, kept.name) == (TREASURY.id, date(2027, 3, 31), "ช่องทางติดต่อ")
    tap(secretary, opened, "กำหนด")
    assert secretary.says("ตามปฏิทิน").key == "oit_items.due_for_all"
    assert item(filled, 5).due is None


def test_an_item_may_be_nobodys_again(filled, secretary):
    registers.give(filled, item(filled, 5), SECRETARIAT.id)
    secretary.taps("oit_items.unit", year=YEAR, no=5)
    assert secretary.says("ไม่สังกัดหน่วยงาน").key == "oit_items.nobodys"
    assert item(filled, 5).unit == ""


def test_an_item_that_is_not_there_for_the_agency_is_taken_out_and_comes_back(filled, secretary):
    secretary.taps("oit_items.drop", year=YEAR, no=5)
    assert secretary.says("ไม่แน่ใจ").key == "picking.yes_or_cancel"
    assert secretary.answers("yes").key == "oit_items.dropped"
    assert secretary.taps("oit.one", year=YEAR, no=5).key == "oit.no_such_item"
    secretary.taps("oit.add")
    secretary.says("O5 ข้อมูลการติดต่อ")
    secretary.answers("yes")
    assert item(filled, 5).name == "ข้อมูลการติดต่อ"


def test_an_item_of_a_known_year_is_taken_out_as_well(agency, secretary):
    secretary.taps("oit_items.drop", year=2569, no=8)
    secretary.answers("yes")
    assert 8 not in [one.no for one in registers.register(agency, 2569).items]


# ── last year


def last_years(agency):
    for no, unit, address in [(8, "u1", "https://a.go.th/8"), (17, "u2", "https://a.go.th/17")]:
        one = registers.give(agency, item(agency, no, 2569), unit)
        registers.publish(agency, one, address, a_person(), WHEN)


def test_last_years_items_become_a_draft_only_after_a_yes(agency, secretary):
    last_years(agency)
    secretary.taps("oit.add")
    shown = secretary.says("ใช้ของปีก่อน")
    assert (shown.key, shown.facts["count"]) == ("oit.would_carry", 22)
    assert agency.oit_items.of_year(YEAR) == []
    assert secretary.answers("yes").facts == {"count": 22, "year": YEAR}
    kept = item(agency, 17)
    assert (kept.unit, kept.address, kept.confirmed, kept.check) == ("u2", "https://a.go.th/17", False, None)
    assert "ยังไม่ยืนยัน" in (secretary.means("oit_register") and secretary.words)
    assert secretary.taps("oit.confirm_names", year=YEAR).facts["count"] == 22
    assert item(agency, 17).confirmed


def test_where_numbers_changed_the_name_decides_and_never_the_number(agency, secretary):
    last_years(agency)
    secretary.taps("oit.add")
    secretary.says("O9 คู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่\nO17 เรื่องอื่น")
    secretary.answers("yes")
    secretary.taps("oit.carry", year=YEAR)
    assert "ข้อ O17 เลขเดิมแต่ชื่อต่างจากปีก่อน จึงไม่ยกข้อมูลมา" in secretary.words
    secretary.answers("yes")
    assert (item(agency, 9).unit, item(agency, 9).address) == ("u1", "https://a.go.th/8")
    assert (item(agency, 17).unit, item(agency, 17).address) == ("", "")


def test_a_name_that_only_names_another_year_is_the_same(agency, secretary):
    registers.give(agency, item(agency, 14, 2569), "u2")
    secretary.taps("oit.add")
    secretary.says("O13 รายงานผลการบริหารและพัฒนาทรัพยากรบุคคล ประจำปีงบประมาณ พ.ศ. 2569")
    secretary.answers("yes")
    secretary.taps("oit.carry", year=YEAR)
    secretary.answers("yes")
    assert item(agency, 13).unit == "u2"


def test_what_is_given_this_year_stays(agency, secretary):
    last_years(agency)
    secretary.taps("oit.add")
    secretary.says("O16 แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ\nO17 ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ")
    secretary.answers("yes")
    registers.publish(agency, item(agency, 17), "https://new.go.th/", a_person(), WHEN)
    secretary.taps("oit.carry", year=YEAR)
    secretary.answers("yes")
    assert (item(agency, 17).address, item(agency, 17).unit) == ("https://new.go.th/", "u2")
    assert secretary.taps("oit.carry", year=YEAR).key == "oit.nothing_to_carry"


# ── who may do what


SETTING_UP = (
    "oit.add", "oit.carry", "oit.confirm_names", "oit_items.rename", "oit_items.unit", "oit_items.due", "oit_items.drop",
)  # fmt: skip
PUBLISHING = ("oit_publishing.address", "oit_publishing.board", "oit_publishing.updated", "oit_publishing.check")


@pytest.mark.parametrize(
    ("who", "sees", "publishes", "sets_up"),
    [
        (a_person(Role.ADMIN, key="x"), True, True, True),
        (a_person(Role.STAFF, unit="u1", key="x"), True, True, True),
        (a_person(Role.STAFF, unit="u2", key="x"), True, True, False),
        (a_person(Role.HEAD, unit="u2", key="x"), True, True, False),
        (a_person(Role.STAFF, unit="u3", key="x"), True, False, False),
        (a_person(Role.EXECUTIVE, key="x"), True, False, False),
        (a_person(Role.OFFICER, key="x"), True, False, False),
        (a_person(Role.INTEGRITY, key="x"), True, False, False),
        (a_person(key="x"), False, False, False),
    ],
)
def test_who_may_do_what(filled, who, sees, publishes, sets_up):
    registers.publish(filled, registers.give(filled, item(filled, 5), "u2"), "https://a.go.th/", a_person(), WHEN)
    before = dict(filled.oit_items.kept)
    talk = Talk(filled, who, user="Ux", today=WHEN)
    for step in ("oit.missing", "oit.all", "oit.mine", "oit.one"):
        assert (talk.taps(step, year=YEAR, no=5).key != "help.not_allowed") is sees
    offered = steps(talk.taps("oit.one", year=YEAR, no=5))
    assert any(step in offered for step in PUBLISHING) is publishes
    assert any(step in offered for step in SETTING_UP) is sets_up
    for names, may in ((SETTING_UP, sets_up), (PUBLISHING, publishes)):
        for step in names:
            filled.oit_items.kept = dict(before)
            key = talk.taps(step, year=YEAR, no=5).key  # a tap may be forged
            assert (key not in {"help.not_allowed", "oit.keepers_only", "oit.not_yours"}) is may
            assert may or filled.oit_items.kept == before


def test_who_loses_the_post_amid_the_question_keeps_nothing(filled, secretary):
    secretary.taps("oit_items.rename", year=YEAR, no=5)
    filled.people.save(a_person(Role.STAFF, unit="u3", key="sec"))
    assert secretary.says("ชื่อใหม่").key == "oit.keepers_only"
    assert item(filled, 5).name == "ข้อมูลการติดต่อ"


def test_an_executive_is_told_the_sum_with_the_week(filled):
    """On the back of another answer, or in the week's own message: no message more than before."""
    executive = Talk(filled, a_person(Role.EXECUTIVE, key="x"), user="Ux", today=date(2027, 1, 18), rides=True)
    executive.sends({"type": "message", "replyToken": "r", "message": {"type": "text", "text": "ปีที่แล้วได้เกรดอะไร"}})
    assert "ข้อมูลที่ต้องเปิดเผย (OIT)\nครบ 0 จาก 3 ข้อ" in executive.words


def test_an_executive_sees_the_sum(filled):
    executive = Talk(filled, a_person(Role.EXECUTIVE, key="x"), user="Ux", today=WHEN)
    assert executive.means("oit_register").facts == {"done": 0, "all": 3, "year": YEAR}
