"""The report on a year's measures: what counts, in the staff's own words, and the photos that show it."""

import io
import json
import struct
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from bot import samples
from bot.evidence.file import FileShelf
from bot.evidence.pictures import draw
from bot.evidence.sealed import SealedShelf
from bot.evidence.shelf import ORIGINAL, SHOWN, name_of
from bot.imports import read
from bot.papers.asking import Asking
from bot.papers.document import Pictures, Table, heard, told
from bot.papers.ink import apart
from bot.papers.ink.pictures import laid_out
from bot.papers.ink.word import as_docx
from bot.papers.says.report import report_paper
from bot.storage.sealing import KeyRing, new_key
from bot.texts import Texts
from itadomain.documents.reader import read as understood
from itadomain.evidence import DRAFT, Copy, Evidence, Kind, Stage
from itadomain.importing import plan_of
from itadomain.measures import Closing, Measure, Standing, Target
from itadomain.papers.report import MOST_PHOTOS, Outcome, Photo, Share, shown, tally
from itadomain.progress import Approval, Report
from itadomain.refusals import Refusal
from tests.fakes import MemoryStore
from tests.papers import a_report
from tests.papers.a_report import TODAY, YEAR, duties, obstacle, photo, report

THAI = partial(Texts().tell, language="th", particle="")
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HEIC = Copy("b" * 64, 1000, "image/heic")
AGENCY = 7


@pytest.fixture
def store():
    made = MemoryStore()
    a_report.fill(made)
    return made


def paper(store, year=YEAR):
    return report_paper(Asking(store, str(year), "สมหญิง ใจดี", MADE, TODAY, THAI))


def opened(document):
    return docx.Document(io.BytesIO(as_docx(document)))


def rows(document):
    """What stands under each heading, by the number of the measure."""
    table = opened(document).tables[0]
    heading = [cell.text for cell in table.rows[0].cells]
    return [
        dict(zip(heading, (cell.text.replace("\u00a0", " ") for cell in row.cells), strict=True))
        for row in table.rows[1:]
    ]


def text(document):
    return json.dumps(told(document), ensure_ascii=False)


def test_each_unit_is_told_in_its_own_words(store):
    report(store, ("m1", "u1"), "รวบรวมข้อมูลแล้ว", percent=50, made_on=date(2027, 1, 5))
    report(store, ("m1", "u1"), "ลงเว็บไซต์ครบทุกเดือนแล้วค่ะ", Standing.DONE, percent=100, made_on=date(2027, 3, 31))
    report(store, ("m2", "u2"), "อบรมไป 2 รุ่น", percent=40, next_step="อบรมรุ่นที่ 3")
    first, second = rows(paper(store))
    assert first["ผลการดำเนินการ"].splitlines() == [
        "สำนักปลัด: เสร็จแล้ว ร้อยละ 100",
        "- รวบรวมข้อมูลแล้ว (5 ม.ค. 2570)",
        "- ลงเว็บไซต์ครบทุกเดือนแล้วค่ะ (31 มี.ค. 2570)",
        "กองคลัง: ยังไม่มีรายงานที่รับรองแล้ว",
    ]
    assert first["มาตรการ"] == "1. เผยแพร่งบประมาณ"
    assert second["ผลการดำเนินการ"].startswith("กองคลัง: กำลังดำเนินการ ร้อยละ 40")
    assert second["ข้อเสนอแนะ และขั้นต่อไป"] == "อบรมรุ่นที่ 3"
    assert "เสร็จแล้ว 0 ข้อ กำลังดำเนินการ 2 ข้อ" in text(paper(store))


@pytest.mark.parametrize("approval", [Approval.WAITING, Approval.RETURNED])
def test_what_nobody_stands_for_is_not_told(store, approval):
    report(store, ("m2", "u2"), "เคยรับรองแล้ว", approval=Approval.APPROVED, percent=10)
    report(store, ("m2", "u2"), "ยังไม่รับรอง", Standing.DONE, approval=approval, percent=100)
    report(store, ("m1", "u2"), "ถูกแทนแล้ว", replaced_by="r9")
    said = text(paper(store))
    assert "เคยรับรองแล้ว" in said
    assert "ยังไม่รับรอง (" not in said
    assert "ถูกแทนแล้ว" not in said
    assert rows(paper(store))[1]["ผลการดำเนินการ"].startswith("กองคลัง: กำลังดำเนินการ ร้อยละ 10")


def test_the_same_sentence_stands_once(store):
    for month in (1, 2, 3):
        report(store, ("m2", "u2"), "ดำเนินการต่อเนื่อง", made_on=date(2027, month, 5))
    assert rows(paper(store))[1]["ผลการดำเนินการ"].count("ดำเนินการต่อเนื่อง") == 1


def test_an_amount_is_told_by_its_target(store):
    [measure] = [one for one in store.measures.of_year(YEAR) if one.id == "m2"]
    store.measures.save(replace(measure, target=Target(Decimal(3), "รุ่น")))
    report(store, ("m2", "u2"), "อบรมแล้ว", amount=Decimal(2), percent=66)
    assert "กำลังดำเนินการ 2 จาก 3 รุ่น" in rows(paper(store))[1]["ผลการดำเนินการ"]


def test_where_there_is_nothing_to_say_a_cell_has_a_dash(store):
    assert {(row["ปัญหา/อุปสรรค"], row["ข้อเสนอแนะ และขั้นต่อไป"]) for row in rows(paper(store))} == {("-", "-")}


def test_obstacles_are_told_and_when_they_went(store):
    obstacle(store, "m2", "ไม่มีวิทยากร")
    obstacle(store, "m2", "ห้องประชุมไม่ว่าง", on=date(2026, 12, 1), closed_on=date(2027, 2, 1))
    assert rows(paper(store))[1]["ปัญหา/อุปสรรค"].splitlines() == [
        "- ไม่มีวิทยากร", "- ห้องประชุมไม่ว่าง (แก้ไขแล้วเมื่อ 1 ก.พ. 2570)",
    ]  # fmt: skip


def test_a_unit_that_gave_it_away_is_told_only_with_what_it_did(store):
    moved = replace(duties(store)["m1", "u2"], closed_on=TODAY, closed_as=Closing.MOVED)
    store.obligations.save(moved)
    assert "กองคลัง:" not in rows(paper(store))[0]["ผลการดำเนินการ"]
    report(store, ("m1", "u2"), "ทำไว้ครึ่งหนึ่ง")
    assert "ทำไว้ครึ่งหนึ่ง" in rows(paper(store))[0]["ผลการดำเนินการ"]


def test_a_cancelled_measure_is_counted_and_not_shown(store):
    store.measures.save(replace(store.measures.get("m2"), cancelled_on=TODAY))
    assert [row["มาตรการ"] for row in rows(paper(store))] == ["1. เผยแพร่งบประมาณ"]
    assert "ยกเลิกระหว่างปี 1 ข้อ" in text(paper(store))


def test_what_a_document_printed_stands_where_nobody_reported():
    store, plan = MemoryStore(), samples.load("krasang").measures
    store.measures.save_plan(list(plan))
    found = rows(paper(store, plan[0].plan_year))
    printed = [one.result for one in plan if one.result]
    assert len(printed) == 4
    assert [row["ผลการดำเนินการ"] for row in found if row["ผลการดำเนินการ"] in printed] == printed
    assert "แต่ยังไม่มีรายงานในระบบ 4 ข้อ" in text(paper(store, plan[0].plan_year))


def test_without_a_plan_there_is_no_report():
    with pytest.raises(Refusal, match=r"report_paper\.none"):
        paper(MemoryStore())


@pytest.mark.parametrize("name", samples.NAMES)
def test_brought_in_again_it_names_the_same_measures(name):
    store, plan = MemoryStore(), samples.load(name).measures
    store.measures.save_plan(list(plan))
    back = plan_of(understood(read(as_docx(paper(store, plan[0].plan_year)), "รายงาน.docx")))
    assert [(one.title, tuple(one.owners), tuple(one.steps)) for one in back] == [
        (one.title, tuple(one.owners), tuple(one.steps)) for one in plan
    ]


SHARES = some.builds(partial(Share, "กอง"), some.sampled_from(Standing), some.none(), some.none())


@given(some.lists(some.lists(SHARES, max_size=4), max_size=9))
def test_every_measure_is_counted_once(units):
    came = [Outcome(Measure("", YEAR, "", ""), shares) for shares in units]
    assert sum(tally(came).values()) == len(came)
    for one in came:
        each = {share.standing for share in one.shares}
        assert (one.standing is Standing.DONE) == (each == {Standing.DONE})
        assert (one.standing is Standing.BLOCKED) == (Standing.BLOCKED in each)
        assert one.standing is not Standing.NOT_STARTED or each <= {Standing.NOT_STARTED}


def test_photos_stand_in_the_order_of_the_plan_with_what_they_show(store):
    photo(store, ("m2", "u2"), "e3", received_on=date(2027, 2, 1))
    photo(store, ("m1", "u1"), "e2", received_on=date(2027, 2, 1))
    photo(store, ("m1", "u1"), "e1", received_on=date(2027, 1, 1))
    made = paper(store)
    assert [(one.of, tuple(one.caption)) for one in made.photos] == [
        ("e1", ("ข้อ 1 เผยแพร่งบประมาณ", "สำนักปลัด ส่งภาพเมื่อ 1 ม.ค. 2570")),
        ("e2", ("ข้อ 1 เผยแพร่งบประมาณ", "สำนักปลัด ส่งภาพเมื่อ 1 ก.พ. 2570")),
        ("e3", ("ข้อ 2 อบรมเจ้าหน้าที่", "กองคลัง ส่งภาพเมื่อ 1 ก.พ. 2570")),
    ]
    assert "IMG_1234" not in text(made)


@given(some.lists(some.integers(0, 40), max_size=40))
def test_of_many_photos_each_measure_shows_its_newest(counts):
    came = [
        Outcome(
            Measure(str(nth), YEAR, "", ""), [], photos=[Photo(str(one), "กอง", drawable=True) for one in range(count)]
        )
        for nth, count in enumerate(counts)
    ]
    seen = shown(came)
    assert len(seen) <= MOST_PHOTOS
    for one in came:
        its = [photo for outcome, photo in seen if outcome is one]
        assert its == one.photos[len(one.photos) - len(its) :]
        assert bool(its) == bool(one.photos)


def test_it_says_where_photos_are_left_out(store):
    for nth in range(12):
        photo(store, ("m1", "u1"), f"e{nth:02}", received_on=date(2027, 1, 1 + nth))
    made = paper(store)
    assert [one.of for one in made.photos] == [f"e{nth:02}" for nth in range(2, 12)]
    assert "10 ภาพ จากทั้งหมด 12 ภาพ" in text(made)


@pytest.mark.parametrize(
    "how",
    [
        *({"stage": stage} for stage in (Stage.HIDDEN, Stage.GONE, Stage.REFUSED, Stage.COMING)),
        {"case": "c1"}, {"case": DRAFT}, {"obligation": ""}, {"copy": None}, {"copy": Copy("c" * 64, 9, "application/pdf")},
    ],
)  # fmt: skip
def test_what_is_hidden_of_a_case_or_no_photo_stays_out(store, how):
    photo(store, ("m1", "u1"), "e1", **how)
    assert not paper(store).photos
    assert not any(isinstance(block, Pictures) for block in paper(store).blocks)


def test_a_photo_that_nobody_here_can_draw_is_named(store):
    photo(store, ("m1", "u1"), "e1", copy=HEIC)
    [one] = paper(store).photos
    assert (one.of, one.instead) == ("", "รูปนี้เปิดในเอกสารไม่ได้")
    assert "รูปนี้เปิดในเอกสารไม่ได้" in opened(paper(store)).tables[-1].rows[0].cells[0].text


@pytest.fixture
def shelf(tmp_path):
    """A sealed one with a photo as a phone takes it: turned on its side, with where it was taken."""
    kept = SealedShelf(FileShelf(tmp_path / "evidence"), KeyRing([new_key()]))
    with kept.scratch() as folder:
        original = folder / "original"
        notes = Image.Exif()
        notes[0x0112], notes[0x010F], notes[0x8825] = 6, "MAKER-OF-THE-PHONE", {1: "N", 2: (13.0, 45.0, 0.0)}
        Image.effect_noise((2400, 1800), 60).convert("RGB").save(original, "JPEG", exif=notes)
        for variant, file in draw(original, "image/jpeg", folder).items():
            kept.put(name_of(AGENCY, "a" * 64, variant), file)
        kept.put(name_of(AGENCY, "a" * 64, ORIGINAL), original)
    return kept


def written(store, shelf, folder, agency=AGENCY):
    """The report with its photos, by a program of its own."""
    seen = []
    ready = laid_out(paper(store), store.evidence, agency, shelf, folder, lambda done, of: seen.append((done, of)))
    return docx.Document(io.BytesIO(apart.word_file(ready))), seen


def pictures(file):
    return [part.blob for part in file.part.package.image_parts]


def test_photos_are_small_upright_and_without_what_a_camera_wrote(store, shelf, tmp_path):
    photo(store, ("m1", "u1"), "e1")
    photo(store, ("m2", "u2"), "e2")
    file, seen = written(store, shelf, tmp_path)
    assert seen == [(1, 2), (2, 2)]
    [blob] = {bytes(one) for one in pictures(file)}
    drawn = Image.open(io.BytesIO(blob))
    assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (750, 1000), {})
    assert b"MAKER-OF-THE-PHONE" not in blob
    assert struct.unpack(">H", blob[:2]) == (0xFFD8,)
    shapes = file.inline_shapes
    assert [one.height > one.width for one in shapes] == [True, True]
    assert shapes[0]._inline.docPr.get("descr") == "ข้อ 1 เผยแพร่งบประมาณ, สำนักปลัด ส่งภาพเมื่อ 22 พ.ย. 2569"
    left, right = file.tables[-1].rows[0].cells
    assert ("ข้อ 1" in left.text, "ข้อ 2" in right.text) == (True, True)


def test_a_photo_that_is_gone_meanwhile_holds_up_nothing(store, shelf, tmp_path):
    photo(store, ("m1", "u1"), "e1")
    made = paper(store)
    photo(store, ("m1", "u1"), "e1", stage=Stage.HIDDEN)
    [one] = laid_out(made, store.evidence, AGENCY, shelf, tmp_path).photos
    assert one.file == ""
    photo(store, ("m1", "u1"), "e1")
    shelf.remove(name_of(AGENCY, "a" * 64, SHOWN))
    file, _ = written(store, shelf, tmp_path)
    assert not pictures(file)
    assert "ไม่พบรูป" in file.tables[-1].rows[0].cells[0].text


def test_another_agencys_copy_is_none_of_ours(store, shelf, tmp_path):
    photo(store, ("m1", "u1"), "e1")
    file, _ = written(store, shelf, tmp_path, agency=AGENCY + 1)
    assert not pictures(file)


def test_a_copy_that_the_disk_spoilt_holds_up_nothing(store, shelf, tmp_path):
    photo(store, ("m1", "u1"), "e1")
    made = laid_out(paper(store), store.evidence, AGENCY, shelf, tmp_path)
    [one] = made.photos
    with open(one.file, "r+b") as spoilt:  # noqa: PTH123 - a name as the document has it
        spoilt.truncate(900)
    assert "ไม่พบรูป" in docx.Document(io.BytesIO(apart.word_file(made))).tables[-1].rows[0].cells[0].text


def test_photos_survive_being_told_to_another_program(store):
    photo(store, ("m1", "u1"), "e1")
    made = paper(store)
    assert told(heard(json.loads(json.dumps(told(made))))) == told(made)
    assert any(isinstance(block, Table) for block in made.blocks)


def test_from_a_real_store_only_the_agencys_own_is_told_with_its_photos(served, tmp_path):
    east, south = served.add_agency("east"), served.add_agency("south")
    for agency, said in ((east, "ของตะวันออกทำแล้ว"), (south, "ของใต้ทำแล้ว")):
        served.step(a_report.fill, agency)
        [duty] = served.step(lambda s: [one for one in s.obligations.of_year(YEAR) if one.place == 2], agency)
        served.step(lambda s, duty=duty, said=said: reported(s, duty, said), agency)
        with served.core.shelf.scratch() as folder:
            Image.new("RGB", (1600, 1200), "green" if agency == south else "red").save(folder / "shown", "JPEG")
            served.core.shelf.put(name_of(agency, "a" * 64, SHOWN), folder / "shown")
    made = served.step(lambda s: laid_out(paper(s), s.evidence, east, served.core.shelf, tmp_path), east)
    assert "ของตะวันออกทำแล้ว" in text(made)
    assert "ของใต้" not in text(made)
    [blob] = pictures(docx.Document(io.BytesIO(apart.word_file(made))))
    red, green, _ = Image.open(io.BytesIO(blob)).getpixel((500, 300))
    assert (red > 200, green < 50) == (True, True)


def reported(store, duty, said):
    made = Report(f"r{duty.id}", duty.id, duty.measure, duty.unit, YEAR, TODAY, "p1", Standing.DONE, said)
    store.reports.save(replace(made, approval=Approval.OWN))
    copy = Copy("a" * 64, 9, "image/jpeg", shown=True)
    store.evidence.save(Evidence(f"e{duty.id}", "p1", Kind.PHOTO, TODAY, Stage.KEPT, obligation=duty.id, copy=copy))
