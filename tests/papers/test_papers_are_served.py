"""A paper at its address: for one person who may have it, for an hour, once; all wrong addresses are answered alike."""

import io
import signal
import subprocess
import sys
from dataclasses import replace
from urllib.parse import unquote

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import samples
from bot.evidence.addresses import Addresses
from bot.line.render import outside
from bot.papers.handing.addresses import PaperAddresses, asked, named
from bot.papers.handing.orders import AT_ONCE
from bot.papers.kinds import PAPERS
from bot.storage.paper_files import Stage
from bot.storage.sealing import KeyRing, new_key
from bot.wiring import Core, tasks, web
from itadomain.acknowledgements import Audience, Circular
from itadomain.people import Role
from itadomain.surveys import points
from tests.fakes import a_person
from tests.papers.a_survey import COUNTER, SURVEY, TODAY, answered, closed, counted
from tests.papers.conftest import HERE, LEASE, ROOT
from tests.papers.reading import comma_separated, scanned, workbook
from tests.storage.meanwhile import PATIENCE_S, at_once, until

POSTER, SHEET = "paper:poster:K7Q2:a6:png", f"paper:survey:{SURVEY.id}:xlsx"
PLAN, PLAN_TABLE = "paper:plan:2566:docx", "paper:plan:2566:xlsx"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def staff(served):
    return served.enrol(Role.STAFF, unit="กองคลัง")


@pytest.fixture
def executive(served):
    return served.enrol(Role.EXECUTIVE, user="U" + "2" * 32)


@pytest.fixture
def planned(served):
    served.step(lambda s: s.measures.save_plan(samples.load("thaimueang").measures))
    return served


def saved_as(answer):
    return unquote(answer.headers["Content-Disposition"].rpartition("''")[2])


def test_a_poster_leads_to_its_service_point(served, staff):
    answer = served.get(POSTER, staff)
    assert (answer.status_code, answer.content_type) == (200, "image/png")
    assert saved_as(answer) == "โปสเตอร์แบบสำรวจ เคาน์เตอร์บริการ A6.png"
    assert answer.headers["Cache-Control"] == "private, no-store"
    [link] = scanned(answer.data)
    assert link == points.link("@thaimueang", "K7Q2")
    assert unquote(link).endswith("/@thaimueang/?ตอบแบบสำรวจ K7Q2")


def test_a_pdf_is_one(served, staff):
    answer = served.get("paper:poster:K7Q2:a4:pdf", staff)
    assert answer.content_type == "application/pdf"
    assert answer.data.startswith(b"%PDF-")


def test_a_plan_is_for_whoever_works_there(planned, staff):
    answer = planned.get(PLAN, staff)
    assert answer.content_type == WORD
    assert saved_as(answer) == "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ปี 2566.docx"
    file = docx.Document(io.BytesIO(answer.data))
    assert (file.core_properties.author, len(file.tables[0].rows)) == ("สมหญิง ใจดี", 5)
    assert planned.get(PLAN, planned.enrol(user="U" + "5" * 32)).status_code == 404


def test_a_plan_as_a_workbook_has_its_table(planned, staff):
    answer = planned.get(PLAN_TABLE, staff)
    assert answer.content_type == EXCEL
    about, table = workbook(answer.data).values()
    assert ["สถานะ", "ร่าง"] in [list(line[:2]) for line in about]
    heading, *lines = table
    assert heading[0] == "มาตรการ"
    assert len(lines) == 4


def test_results_are_for_those_who_look_after_surveys(served, staff, executive):
    served.step(answered)
    served.step(counted)
    answer = served.get(SHEET, executive)
    assert answer.content_type == EXCEL
    assert saved_as(answer) == "ผลแบบสำรวจ ผู้รับบริการ ปี 2570.xlsx"
    assert any(line[0] == "EIT" and line[3] == 10 for line in workbook(answer.data)["ผลรวม"])
    plain = served.get(f"paper:survey:{SURVEY.id}:csv", executive)
    assert plain.content_type == "text/csv; charset=utf-8"
    assert any(line[:1] == ["EIT"] for line in comma_separated(plain.data))
    assert served.get(SHEET, staff).status_code == 404
    admin = served.enrol(Role.ADMIN, language="en", user="U" + "3" * 32)
    assert saved_as(served.get(SHEET, admin)) == "Survey results Citizens 2570.xlsx"


def test_looking_uses_nothing_up_and_saving_does(planned, staff):
    address = planned.address(PLAN, staff)
    first = planned.look(address)
    assert first.status_code == 200
    assert "รับคำขอแล้ว" in first.text
    assert '<meta http-equiv="refresh" content="2">' in first.text
    assert planned.work() == 1
    twice = [planned.look(address) for _ in range(2)]
    assert planned.work() == 0, "one address is one file"
    for page in twice:
        assert "บันทึกไฟล์" in page.text
        assert "http-equiv" not in page.text
    saved = planned.save(address)
    assert (saved.content_type, saved.content_length) == (WORD, len(saved.data))
    for again in (planned.save(address), planned.look(address)):
        assert again.status_code == 410
        assert "บันทึกไปแล้วเมื่อ 21 พ.ย. 2569 09:00" in again.text
        assert "<form" not in again.text
    assert planned.lies() == 0
    assert planned.get(PLAN, staff).content_type == WORD, "a new one is asked for in the chat"


def test_the_page_says_what_the_file_is(planned, staff):
    address = planned.address(PLAN, staff)
    planned.look(address)
    planned.work()
    page = planned.look(address)
    for said in ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส ปี 2566", "Word", "2566", "สมหญิง ใจดี", "21 พ.ย. 2569 09:00",
                 "21 พ.ย. 2569 10:00", "<strong>ร่าง</strong>", "กิโลไบต์", "อบต.north"):  # fmt: skip
        assert said in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "<script" not in page.text
    style = planned.client.get("/papers/-/style.css")
    assert (style.status_code, style.mimetype) == (200, "text/css")


def test_the_page_speaks_as_its_reader_does(planned):
    admin = planned.enrol(Role.ADMIN, language="en", user="U" + "3" * 32)
    address = planned.address(PLAN, admin)
    page = planned.look(address)
    assert "This page changes by itself" in page.text
    assert '<html lang="en">' in page.text
    planned.work()
    assert "Save the file" in planned.look(address).text


def test_a_look_at_the_head_has_nothing_made(planned, staff):
    address = planned.address(PLAN, staff)
    assert (planned.client.head(address).status_code, planned.work()) == (200, 0)
    planned.look(address)
    planned.work()
    assert planned.client.head(address).data == b""
    assert planned.save(address).content_type == WORD


def test_saving_what_nobody_looked_at_shows_the_page(planned, staff):
    address = planned.address(PLAN, staff)
    assert "รับคำขอแล้ว" in planned.save(address).text
    planned.work()
    assert planned.save(address).content_type == WORD


@pytest.mark.parametrize("uri", [POSTER, SHEET])
def test_it_lives_for_an_hour(served, executive, uri):
    address = served.address(uri, executive)
    served.look(address)
    served.work()
    served.clock.pass_ms(59 * 60 * 1000)
    assert served.look(address).status_code == 200
    served.an_hour_later()
    assert served.look(address).status_code == served.save(address).status_code == 404


@pytest.mark.parametrize("uri", [POSTER, SHEET])
def test_whoever_left_finds_nothing(served, executive, uri):
    address = served.address(uri, executive)
    served.look(address)
    served.work()
    served.step(lambda s: s.people.save(replace(executive, posts=(), roles=frozenset())))
    assert served.look(address).status_code == served.save(address).status_code == 404


def test_whoever_lost_the_role_while_it_was_made_gets_nothing(served, executive):
    address = served.address(SHEET, executive)
    served.look(address)
    demoted = replace(executive, posts=a_person(Role.STAFF, unit="กองคลัง").posts).on(TODAY)
    served.step(lambda s: s.people.save(demoted))
    assert served.work() == 1
    assert served.lies() == 0
    assert served.save(address).status_code == 404
    assert served.get(POSTER, demoted).status_code == 200


def test_a_citizen_finds_nothing(served):
    citizen = served.enrol()
    assert {served.get(uri, citizen).status_code for uri in (POSTER, SHEET)} == {404}


def test_an_address_is_of_one_agency(served, executive):
    south = served.add_agency("south")
    assert served.get(SHEET, executive, south).status_code == 404
    assert served.look(served.address(SHEET, executive, 99)).status_code == 404


def test_all_wrong_addresses_are_answered_alike(served, staff):
    right = served.address(POSTER, staff).partition("?")[0]
    token = right.split("/")[2]
    foreign = KeyRing([new_key()]).seal_text("[]", "address of a paper")
    elsewhere = served.core.ring.seal_text("[]", "address of a file")
    earlier = served.core.ring.seal_text(
        f'[{served.agency}, "{staff.id}", "{POSTER}", 9999999999999]', "address of a paper"
    )
    wrong = [
        right.replace("poster.png", "poster.pdf"), right.replace("poster.png", "survey.xlsx"), f"{right}x",
        right.replace(token, token[:-1] + ("A" if token[-1] != "A" else "B")), right.replace(token, foreign),
        right.replace(token, elsewhere), right.replace(token, "x"), "/papers/" + "9" * 5000 + "/poster.png",
        right.replace(token, earlier), served.address(POSTER, staff, 99),
    ]  # fmt: skip
    answers = [ask(one) for one in wrong for ask in (served.look, served.save)]
    assert len({(one.status_code, one.data, one.headers["Cache-Control"]) for one in answers}) == 1
    assert answers[0].status_code == 404
    assert "ลิงก์นี้ใช้ไม่ได้" in answers[0].text
    assert served.work() == 0


@given(st.text(max_size=60))
def test_what_is_named_is_named_so_or_not_at_all(text):
    for uri in (text, f"paper:{text}", f"paper:plan:{text}:docx", f"paper:{text}:2566:docx"):
        found = named(uri)
        assert found is None or found.uri == uri


@given(st.text(max_size=200), st.sampled_from(["plan.docx", "poster.png", "", "x"]))
def test_no_guess_opens_anything(token, file):
    assert asked(KeyRing(["A" * 43]), token, file, 0) is None


@given(st.integers(0, 10_000), st.characters(min_codepoint=33, max_codepoint=126))
def test_no_altered_address_opens_anything(place, sign):
    """Where an alteration still opens it, that is the same address."""
    ring = KeyRing(["A" * 43])
    made = PaperAddresses(ring, HERE, lambda: 0, Addresses(ring, HERE, lambda: 0)).of(7, PLAN, "a" * 32)
    token = made.split("/")[-2]
    right, at = asked(ring, token, "plan.docx", 0), place % len(token)
    assert asked(ring, token[:at] + sign + token[at + 1 :], "plan.docx", 0) in {None, right}


def test_what_is_missing_is_said(served, staff):
    served.step(lambda s: s.settings.put("account", ""))
    answer = served.get(POSTER, staff)
    assert answer.mimetype == "text/html"
    assert "ชื่อบัญชี LINE" in answer.text
    served.step(lambda s: s.surveys.save_point(closed(COUNTER)))
    assert "จุดบริการนี้ปิดแล้ว" in served.get(POSTER, staff).text
    unknown = served.enrol(Role.EXECUTIVE, user="U" + "4" * 32)
    assert "ไม่พบแบบสำรวจ" in served.get("paper:survey:none:csv", unknown).text
    page = served.get("paper:plan:2570:docx", staff)
    assert "ยังไม่มีมาตรการของปีงบประมาณ 2570" in page.text
    assert "โปรดขอไฟล์ในแชตอีกครั้ง" in page.text
    assert "<form" not in page.text


def test_a_database_that_does_not_answer_is_said_so_in_thai(planned, staff):
    address = planned.address(PLAN, staff)
    planned.look(address)
    planned.work()
    planned.house.change("ALTER TABLE paper_file RENAME TO away")
    for answer in (planned.look(address), planned.save(address)):
        assert (answer.status_code, "ระบบขัดข้องชั่วคราว" in answer.text) == (503, True)
    planned.house.change("ALTER TABLE away RENAME TO paper_file")
    assert planned.save(address).content_type == WORD
    assert planned.client.put(address).status_code == 405


#: One of each kind, and whether whoever works there may have it; the others are for who sees the whole.
KINDS = {
    "poster:K7Q2:a4:pdf": True, "plan:2566:pdf": True, "analysis:2565:docx": True, "report:2566:docx": True,
    "register:2566:xlsx": True, f"survey:{SURVEY.id}:csv": False, "meeting:2026-12-04:docx": False,
    "memo:all:docx": False, "pack:2566:zip": False, "complaints:2566:pdf": False, "services:2566:pdf": False,
    "guideline:2566:docx": False, "channel:2566:docx": False, "form:plan-2566:docx": False,
}  # fmt: skip


@pytest.mark.parametrize(("uri", "for_all"), KINDS.items())
def test_each_kind_is_for_those_who_may_have_it(planned, staff, executive, uri, for_all):
    planned.step(lambda s: s.circulars.save(Circular("all", "นโยบาย", "งดรับของขวัญ", Audience.EVERYONE, TODAY)))
    citizen, admin = planned.enrol(user="U" + "7" * 32), planned.enrol(Role.ADMIN, user="U" + "8" * 32)

    def finds(person):
        return planned.client.head(planned.address(f"paper:{uri}", person)).status_code == 200

    assert [finds(one) for one in (citizen, staff, executive, admin)] == [False, for_all, True, True]


def test_every_kind_is_in_the_table_above():
    assert {uri.split(":")[0] for uri in KINDS} == PAPERS.keys()


def test_the_memorandum_of_a_committee_is_its_members_alone(planned, executive):
    member = planned.enrol(Role.ADMIN, user="U" + "9" * 32)
    chosen = Circular("some", "ลับ", "นัดประชุม", Audience.CHOSEN, TODAY, people=(member.id,))
    planned.step(lambda s: s.circulars.save(chosen))
    memo = "paper:memo:some:docx"
    assert planned.look(planned.address(memo, executive)).status_code == 404
    assert planned.look(planned.address(memo, member)).status_code == 200


def test_so_many_wait_for_a_person_and_no_more(planned, staff, executive):
    addresses = [planned.address(PLAN, staff) for _ in range(6)]
    pages = [planned.look(one) for one in addresses]
    assert [one.status_code for one in pages] == [200] * 5 + [429]
    assert "ท่านขอไฟล์ไว้ 5 ไฟล์" in pages[-1].text
    assert planned.work() == 5
    assert planned.look(planned.address(PLAN, executive)).status_code == 200, "others have their own"
    assert planned.save(addresses[0]).content_type == WORD
    assert planned.look(addresses[-1]).status_code == 200


def test_the_address_of_a_reply_is_served_by_the_web_process_and_made_by_the_worker(served, staff):
    settings = replace(served.core.settings, public_url=HERE)
    core = Core(settings)
    voice = core.letters._voice(served.agency, "th", staff.id)
    app = web(settings)
    try:
        address = voice.address("paper:poster:K7Q2:a4:png").removeprefix(HERE)
        client, loop = app.test_client(), tasks(core, lambda: None)
        assert client.get(address).status_code == 200
        loop.work(loop.claim("w"), "w")
        assert len(scanned(client.post(address, buffered=True).data)) == 1
    finally:
        app.extensions["core"].database.close()
        core.database.close()


def test_a_worker_that_is_killed_in_the_middle_is_no_loss(planned, staff):
    address = planned.address(PLAN, staff)
    planned.look(address)
    folder, (key,) = planned.core.settings.var, planned.core.settings.keys
    command = [sys.executable, "-m", "tests.papers.ended", str(folder), key, str(planned.clock())]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert (planned.work(), planned.lies()) == (0, 0)
    planned.clock.pass_ms(LEASE + 1)
    assert planned.work() == 1
    assert planned.save(address).content_type == WORD
    assert planned.lies() == 0


def test_what_is_quickly_made_is_there_at_the_first_look(planned, staff):
    address = planned.address(PLAN, staff)
    patient = replace(planned.orders, waits_s=PATIENCE_S)
    seen, _ = at_once(lambda: patient.ask(planned.asked(address)), lambda: until(planned.work))
    assert seen.stage is Stage.READY


def test_where_many_wait_the_others_see_how_far_it_is(planned, staff):
    patient = replace(planned.orders, waits_s=PATIENCE_S)
    for _ in range(AT_ONCE):
        assert patient.waiting.acquire(blocking=False)
    assert patient.ask(planned.asked(planned.address(PLAN, staff))).stage is Stage.ASKED


def test_an_address_tells_nothing_and_fits_a_button(served, staff):
    address = served.address(SHEET, staff)
    assert staff.id not in address
    assert SURVEY.id not in address
    assert len(HERE + address) < 1000
    assert address.endswith("/survey.xlsx?openExternalBrowser=1")


def test_without_a_site_or_a_person_there_is_none_and_others_are_made_by_others():
    ring = KeyRing([new_key()])
    others = Addresses(ring, HERE, lambda: 0)
    assert PaperAddresses(ring, "", lambda: 0, others).of(1, POSTER, "a" * 32) == ""
    made = PaperAddresses(ring, HERE, lambda: 0, others)
    assert made.of(1, POSTER) == made.for_all(1, POSTER, 0) == outside(POSTER) == ""
    assert made.of(1, "paper:none:of:such", "a" * 32) == made.for_all(1, "paper:none:of:such", 0) == ""
    assert made.of(1, "tel:1234") == made.for_all(1, "tel:1234", 0) == "tel:1234"
    assert made.of(1, f"evidence:{'0' * 32}").startswith(f"{HERE}/evidence/")


def test_old_keys_still_open_an_address_and_nobody_elses_do():
    old, new = new_key(), new_key()
    made = PaperAddresses(KeyRing([old]), HERE, lambda: 0, Addresses(KeyRing([old]), HERE, lambda: 0))
    token = made.of(7, POSTER, "a" * 32).split("/")[-2]
    found = asked(KeyRing([new, old]), token, "poster.png", 0)
    assert (found.agency_id, found.person, found.paper.of, found.paper.ending) == (7, "a" * 32, "K7Q2:a6", "png")
    assert asked(KeyRing([new]), token, "poster.png", 0) is None
