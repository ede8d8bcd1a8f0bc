"""The OIT pack: complete for every sample agency, opened again, and made even where a paper cannot be."""

import io
import zipfile
from datetime import UTC, date, datetime
from functools import partial

import docx
import pytest

from bot import samples
from bot.papers.asking import Asking
from bot.papers.handing.addresses import named
from bot.papers.handing.making import Workshop
from bot.papers.ink import office
from bot.papers.ink.word import as_docx
from bot.papers.kinds import PAPERS
from bot.papers.says.channel import channel_paper
from bot.papers.says.guideline import guideline_paper
from bot.papers.says.pack import pack
from bot.papers.says.statistics import complaints_paper, services_paper
from bot.texts import Texts
from itadomain.acknowledgements import Audience, Circular
from itadomain.cases.case import Case, Kind
from itadomain.cases.categories import Category
from itadomain.cases.deadlines import Promise
from itadomain.integrity import promising
from itadomain.invitations import ACCOUNT
from itadomain.organisation import Unit
from itadomain.papers.having import may_have
from itadomain.papers.statistics import by_halves, halves
from itadomain.people import Role
from itadomain.plans import keep_plan
from itadomain.refusals import Refusal
from tests.fakes import MemoryStore, a_person, a_sample, an_agency, an_office

THAI = partial(Texts().tell, language="th", particle="")
MADE, TODAY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC), date(2026, 11, 22)
NAMES = ["guideline", "channel", "complaints", "services", "plan", "analysis", "report", "register"]


def asking(store, year=2570, today=TODAY):
    return Asking(store, str(year), "สมหญิง ใจดี", MADE, today, THAI)


def cells(paper, table=0):
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(as_docx(paper))).tables[table].rows]


def text(paper):
    file = docx.Document(io.BytesIO(as_docx(paper)))
    told = [one.text for one in file.paragraphs]
    return "\n".join([*told, *(cell.text for table in file.tables for row in table.rows for cell in row.cells)])


def a_case(store, no, kind=Kind.PROBLEM, on=TODAY, **more):
    return store.cases.add(Case(f"c{no}", kind, "ถนนหน้าบ้านนายสมชายพัง", on, **more))


# ── figures


def test_halves_are_october_to_march_and_april_to_september():
    assert halves(2570) == (
        (date(2026, 10, 1), date(2027, 3, 31)), (date(2027, 4, 1), date(2027, 9, 30)),
    )  # fmt: skip


def test_none_is_told_as_none_and_what_is_to_come_as_to_come():
    rows = {row[0]: row[1:] for row in cells(complaints_paper(asking(MemoryStore())))}
    assert rows["รายการ"] == ["1 ต.ค. 2569 ถึง 31 มี.ค. 2570", "1 เม.ย. 2570 ถึง 30 ก.ย. 2570"]
    for what in ("เรื่องร้องเรียนทั่วไป", "เรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"):
        assert rows[what] == ["ไม่มีเรื่องร้องเรียน", "ยังไม่ถึงช่วงเวลา"]


def test_many_are_counted_each_in_its_half_and_services_apart():
    store = MemoryStore()
    for no in range(7):
        a_case(store, no, on=date(2026, 10, 1))
    a_case(store, 8, on=date(2027, 3, 31))
    a_case(store, 9, on=date(2027, 4, 1))
    a_case(store, 10, Kind.PRAISE, on=date(2027, 9, 30))
    a_case(store, 11, Kind.REQUEST, on=date(2027, 9, 30), category="form_loan")
    a_case(store, 12, Kind.QUESTION, on=date(2027, 9, 30))
    a_case(store, 13, on=date(2027, 10, 1))
    a_case(store, 14, on=date(2026, 9, 30))
    later = asking(store, today=date(2027, 10, 5))
    rows = {row[0]: row[1:] for row in cells(complaints_paper(later))}
    assert rows["เรื่องร้องเรียนทั่วไป"] == ["8", "1"]
    assert [told for label, told in rows.items() if label.endswith("(นับแยก)")] == [["0", "0"], ["0", "1"]]
    served = {row[0]: row[1:] for row in cells(services_paper(later))}
    assert (served["คำร้องออนไลน์"], served["- ขอยืมทรัพย์สิน"], served["คำถามถึงเจ้าหน้าที่"]) == (
        ["0", "1"],
        ["0", "1"],
        ["0", "1"],
    )
    assert [half.complaints.all + half.asked + half.questions.all for half in by_halves(store, 2570, TODAY)] == [8, 3]
    assert "สมชาย" not in text(complaints_paper(later)) + text(services_paper(later)), "no word of any case"


def test_a_year_that_has_not_begun_has_no_figures():
    for make in (complaints_paper, services_paper):
        with pytest.raises(Refusal, match=r"statistics_paper\.ahead_of_time"):
            make(asking(MemoryStore(), 2571))


# ── the guideline and the proof of the channel, as things are set


def a_set_up_agency():
    store = an_agency(office=an_office(form="https://tell.example.go.th/tell/north", phone="044-123456"))
    store.settings.put(ACCOUNT, "@north")
    store.units.save(Unit("u1", "กองช่าง"))
    store.categories.save(Category("road_footpath", unit="u1", promise=Promise(2, 9)))
    promising.keep(store.settings, Promise(4, 21))
    return store


def test_the_guideline_tells_the_live_settings():
    store = a_set_up_agency()
    paper = guideline_paper(asking(store))
    told = text(paper)
    for what in (
        "https://tell.example.go.th/tell/north",
        "@north",
        "044-123456",
        "ภายใน 4 วันทำการ",
        "ภายใน 21 วันทำการ",
        "ภายใน 30 วันหลังปิดเรื่อง",
    ):
        assert what in told
    assert ["ถนน/ทางเท้า", "กองช่าง", "2 วันทำการ", "9 วันทำการ"][1:] in [row[1:] for row in cells(paper, 2)]
    promising.keep(store.settings, Promise(5, 30))
    assert "ภายใน 5 วันทำการ" in text(guideline_paper(asking(store))), "as it is set today"


@pytest.mark.parametrize("make", [guideline_paper, channel_paper])
def test_who_reads_is_told_by_the_post_and_that_there_is_nobody_is_told_too(make):
    store = a_set_up_agency()
    assert "ยังไม่ได้แต่งตั้งผู้รับเรื่อง" in text(make(asking(store)))
    store.people.meet("U1", a_person(Role.INTEGRITY, name="นายสมชาย", key="p1"))
    told = text(make(asking(store)))
    assert "ผู้รับเรื่องแจ้งเบาะแสที่หน่วยงานแต่งตั้ง" in told
    assert "สมชาย" not in told


def test_without_a_form_none_is_claimed():
    told = text(channel_paper(asking(MemoryStore())))
    assert "แบบฟอร์มบนเว็บ" not in told
    assert "1205" in told, "bodies outside are there from the first day"


# ── the pack


def whole(name):
    """A sample agency whose plan is somebody's."""
    store, plan = a_sample(name), samples.load(name).measures
    store.measures.kept.clear()
    for owner in dict.fromkeys(owner for one in plan for owner in one.owners):
        store.units.save(Unit(owner, owner))
    year = plan[0].plan_year
    keep_plan(store, plan, store.units.all(), date(year - 543, 1, 2))
    return store, year


def unpacked(store, year, folder, today):
    one = asking(store, year, today)
    shop = Workshop(1, None, folder)
    body = shop.written(shop.read("pack", "zip", one).content, "zip")
    return zipfile.ZipFile(io.BytesIO(body))


@pytest.mark.parametrize("name", samples.NAMES)
def test_the_pack_of_a_sample_agency_holds_what_its_contents_page_says(name):
    store, year = whole(name)
    bundle = pack(asking(store, year, date(year - 543, 6, 1)))
    first, *others = bundle.files
    assert first.name == "0 สารบัญ.docx"
    rows = cells(first.content)[1:]
    listed = [line for row in rows for line in row[2].split("\n")]
    files = [line for line in listed if not line.startswith("ยังไม่มีไฟล์")]
    assert files == [one.name for one in others]
    assert {one.kind for one in others} <= set(NAMES)
    assert "plan" in {one.kind for one in others}
    ends = {one.kind: {file.ending for file in others if file.kind == one.kind} for one in others}
    assert ends["guideline"] == ({"pdf"} if office.available() else {"docx"})
    assert ends["plan"] == ends["guideline"] | {"xlsx"}


def test_what_cannot_be_made_is_named_with_the_reason_and_the_rest_is_there():
    bundle = pack(asking(MemoryStore()))
    rows = cells(bundle.files[0].content)[1:]
    assert len(rows) == len(NAMES)
    assert rows[4][2] == "ยังไม่มีไฟล์: ยังไม่มีมาตรการของปีงบประมาณ 2570"
    assert {one.kind for one in bundle.files[1:]} == {"guideline", "channel", "complaints", "services"}


def test_memoranda_of_the_year_that_went_to_all_are_in_it_and_those_to_some_are_not():
    store = MemoryStore()
    for no, (audience, on) in enumerate(
        [(Audience.EVERYONE, TODAY), (Audience.CHOSEN, TODAY), (Audience.EVERYONE, date(2026, 9, 30))]
    ):
        store.circulars.save(Circular(f"m{no}", f"นโยบาย: ข้อ/{no}?", "อ่าน", audience, on, "p1"))
    memos = [one for one in pack(asking(store)).files if one.kind == "memo"]
    assert [one.of for one in memos] == ["m0"]
    assert memos[0].name.startswith("9 บันทึกข้อความ นโยบาย ข้อ 0")


def test_the_file_is_opened_again_with_names_that_every_machine_reads(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")  # as Word files: LibreOffice takes its time, and the command makes PDFs
    store, year = whole("thaimueang")
    packed = unpacked(store, year, tmp_path, date(year - 543, 6, 1))
    assert packed.testzip() is None
    for one in packed.infolist():
        assert one.filename.isascii() or one.flag_bits & 0x800, "told as UTF-8"
        assert not set(one.filename) & set('\\/:*?"<>|')
        assert len(one.filename.encode()) <= 255
        assert 1_000 < one.file_size < 3_000_000
    contents = docx.Document(io.BytesIO(packed.read("0 สารบัญ.docx")))
    assert [one.filename for one in packed.infolist()[1:]] == [
        line for row in contents.tables[0].rows[1:] for line in row.cells[2].text.split("\n") if "ยังไม่มีไฟล์" not in line
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("uri", "there"),
    [
        ("paper:pack:2570:zip", True), ("paper:guideline:2570:pdf", True), ("paper:services:2570:xlsx", True),
        ("paper:meeting:2026-12-14:docx", True), ("paper:pack:2570:docx", False), ("paper:guideline:2570:xlsx", False),
        ("paper:pack:2026-12-14:zip", False), ("paper:meeting:2570:docx", False),
    ],
)  # fmt: skip
def test_their_addresses_are_those_that_the_chat_offers(uri, there):
    assert (named(uri) is not None) is there


def test_kinds_are_registered_and_for_whom_they_are():
    store = MemoryStore()
    staff, mayor = a_person(Role.STAFF, unit="กองช่าง"), a_person(Role.EXECUTIVE)
    assert tuple(PAPERS["pack"].endings) == ("zip",)
    for kind in ("pack", "guideline", "channel", "complaints", "services"):
        assert PAPERS[kind].name(asking(store)).key
        assert may_have(store, mayor, kind, TODAY)
        assert not may_have(store, a_person(), kind, TODAY)
        assert not may_have(store, staff, kind, TODAY)
