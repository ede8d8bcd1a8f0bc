"""A paper at its address: for one person who may have it, for an hour, made anew; all wrong addresses are answered alike."""

import io
from dataclasses import replace
from urllib.parse import unquote

import docx
import pytest

from bot import samples
from bot.evidence.addresses import Addresses
from bot.line.render import outside
from bot.papers.addresses import PaperAddresses, asked
from bot.storage.sealing import KeyRing, new_key
from bot.wiring import Core, web
from itadomain.people import Role
from itadomain.surveys import points
from tests.papers.a_survey import COUNTER, SURVEY, answered, closed, counted
from tests.papers.conftest import HERE
from tests.papers.reading import comma_separated, scanned, workbook

POSTER, SHEET, PLAN = "paper:poster:K7Q2:a6:png", f"paper:survey:{SURVEY.id}:xlsx", "paper:plan:2566:docx"


@pytest.fixture
def staff(served):
    return served.enrol(Role.STAFF, unit="กองคลัง")


@pytest.fixture
def executive(served):
    return served.enrol(Role.EXECUTIVE, user="U" + "2" * 32)


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


def test_a_plan_is_for_whoever_works_there(served, staff):
    served.step(lambda s: s.measures.save_plan(samples.load("thaimueang").measures))
    answer = served.get(PLAN, staff)
    assert answer.content_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert saved_as(answer) == "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ปี 2566.docx"
    file = docx.Document(io.BytesIO(answer.data))
    assert (file.core_properties.author, len(file.tables[0].rows)) == ("สมหญิง ใจดี", 5)
    assert "ยังไม่มีมาตรการของปีงบประมาณ 2570" in served.get("paper:plan:2570:docx", staff).text
    assert served.get(PLAN, served.enrol(user="U" + "5" * 32)).status_code == 404


def test_results_are_for_those_who_look_after_surveys(served, staff, executive):
    served.step(answered)
    served.step(counted)
    answer = served.get(SHEET, executive)
    assert answer.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert saved_as(answer) == "ผลแบบสำรวจ ผู้รับบริการ ปี 2570.xlsx"
    assert any(line[0] == "EIT" and line[3] == 10 for line in workbook(answer.data)["ผลรวม"])
    plain = served.get(f"paper:survey:{SURVEY.id}:csv", executive)
    assert plain.content_type == "text/csv; charset=utf-8"
    assert any(line[:1] == ["EIT"] for line in comma_separated(plain.data))
    assert served.get(SHEET, staff).status_code == 404
    admin = served.enrol(Role.ADMIN, language="en", user="U" + "3" * 32)
    assert saved_as(served.get(SHEET, admin)) == "Survey results Citizens 2570.xlsx"


@pytest.mark.parametrize("uri", [POSTER, SHEET])
def test_it_lives_for_an_hour(served, executive, uri):
    address = served.address(uri, executive)
    served.clock.pass_ms(59 * 60 * 1000)
    assert served.client.get(address).status_code == 200
    served.an_hour_later()
    assert served.client.get(address).status_code == 404


@pytest.mark.parametrize("uri", [POSTER, SHEET])
def test_whoever_left_finds_nothing(served, executive, uri):
    address = served.address(uri, executive)
    served.step(lambda s: s.people.save(replace(executive, posts=(), roles=frozenset())))
    assert served.client.get(address).status_code == 404


def test_a_citizen_finds_nothing(served):
    citizen = served.enrol()
    assert {served.get(uri, citizen).status_code for uri in (POSTER, SHEET)} == {404}


def test_an_address_is_of_one_agency(served, executive):
    south = served.add_agency("south")
    assert served.get(SHEET, executive, south).status_code == 404
    assert served.client.get(served.address(SHEET, executive, 99)).status_code == 404


def test_all_wrong_addresses_are_answered_alike(served, staff):
    right = served.address(POSTER, staff).partition("?")[0]
    token = right.split("/")[2]
    foreign = KeyRing([new_key()]).seal_text("[]", "address of a paper")
    elsewhere = served.core.ring.seal_text("[]", "address of a file")
    wrong = [
        right.replace("poster.png", "poster.pdf"), right.replace("poster.png", "survey.xlsx"), f"{right}x",
        right.replace(token, token[:-1] + ("A" if token[-1] != "A" else "B")), right.replace(token, foreign),
        right.replace(token, elsewhere), right.replace(token, "x"), "/papers/" + "9" * 5000 + "/poster.png",
    ]  # fmt: skip
    answers = [served.client.get(one) for one in wrong]
    assert {(one.status_code, one.data, one.headers["Cache-Control"]) for one in answers} == {
        (404, b"not found\n", "private, no-store")
    }


def test_what_is_missing_is_said(served, staff):
    served.step(lambda s: s.settings.put("account", ""))
    answer = served.get(POSTER, staff)
    assert (answer.status_code, answer.content_type) == (404, "text/plain; charset=utf-8")
    assert "ชื่อบัญชี LINE" in answer.text
    served.step(lambda s: s.surveys.save_point(closed(COUNTER)))
    assert "จุดบริการนี้ปิดแล้ว" in served.get(POSTER, staff).text
    unknown = served.enrol(Role.EXECUTIVE, user="U" + "4" * 32)
    assert "ไม่พบแบบสำรวจ" in served.get("paper:survey:none:csv", unknown).text


def test_the_address_of_a_reply_is_served_by_the_web_process(served, staff):
    settings = replace(served.core.settings, public_url=HERE)
    core = Core(settings)
    voice = core.letters._voice(served.agency, "th", staff.id)
    app = web(settings)
    try:
        answer = app.test_client().get(voice.address(POSTER).removeprefix(HERE))
        assert len(scanned(answer.data)) == 1
    finally:
        app.extensions["core"].database.close()
        core.database.close()


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
    assert made.of(1, "tel:1234") == made.for_all(1, "tel:1234", 0) == "tel:1234"
    assert made.of(1, f"evidence:{'0' * 32}").startswith(f"{HERE}/evidence/")


def test_old_keys_still_open_an_address_and_nobody_elses_do():
    old, new = new_key(), new_key()
    made = PaperAddresses(KeyRing([old]), HERE, lambda: 0, Addresses(KeyRing([old]), HERE, lambda: 0))
    token = made.of(7, POSTER, "a" * 32).split("/")[-2]
    found = asked(KeyRing([new, old]), token, 0)
    assert (found.agency_id, found.person, found.paper.of, found.paper.sheet) == (7, "a" * 32, "K7Q2", "a6")
    assert asked(KeyRing([new]), token, 0) is None
