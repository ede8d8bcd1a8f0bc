"""Every paper of every sample agency as LibreOffice prints it: nothing lost, cut or broken, headings on each page."""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from bot import samples
from bot.papers.asking import Asking
from bot.papers.document import Fields, Paragraph, Pictures, Signatures, Style
from bot.papers.ink import apart, office
from bot.papers.kinds import PAPERS
from bot.texts import Texts
from itadomain.acknowledgements import Acknowledged, Audience, Circular
from itadomain.evidence import Copy, Evidence, Kind, Stage
from itadomain.measures import Standing
from itadomain.obstacles import Obstacle, Said, Side
from itadomain.people import Role
from itadomain.plans import keep_plan
from itadomain.progress import Approval, Report
from itadomain.refusals import Refusal
from tests.fakes import MemoryStore, a_person
from tests.papers.looking import Printed, letters

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="needs LibreOffice: get it with «apt-get install libreoffice-writer-nogui»",
)

THAI = partial(Texts().tell, language="th", particle="")
MADE, TODAY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC), date(2026, 11, 22)
SAID = (
    "ได้ประชุมชี้แจงเจ้าหน้าที่ทุกคนและลงเว็บไซต์ของหน่วยงานแล้ว มีผู้เข้าร่วม 25 คน ณ ศาลาประชาคม",
    "ติดตั้งป้ายประชาสัมพันธ์ที่เคาน์เตอร์ทุกจุด ผู้มารับบริการรู้ขั้นตอนและระยะเวลาก่อนยื่นคำร้อง",
    "อยู่ระหว่างรวบรวมข้อมูลจากทุกกอง คาดว่าจะเผยแพร่ได้ภายในเดือนหน้า",
)
STANDINGS = (Standing.DONE, Standing.WORKING, Standing.BLOCKED)
YEARLY = ("plan", "report", "analysis")


def agency(name):
    """A sample whose units reported on most of what they answer for, with photos."""
    sample, store = samples.load(name), MemoryStore()
    store.office = sample.office
    for result in sample.results:
        store.scores.save(result)
    for nth, unit in enumerate(sample.units):
        store.units.save(replace(unit, id=f"u{nth}"))
    keep_plan(store, sample.measures, store.units.all(), TODAY)
    year = sample.measures[0].plan_year
    for nth, duty in enumerate(store.obligations.of_year(year)):
        if nth % 4 != 3:
            said, standing = SAID[nth % 3], STANDINGS[nth % 3]
            made = Report(f"r{nth}", duty.id, duty.measure, duty.unit, year, TODAY, "p1", standing, said)
            told = replace(made, percent=40, next_step="ติดตามผลในการประชุมประจำเดือน", approval=Approval.OWN)
            store.reports.save(told)
            copy = Copy(f"{nth:064}", 1, "image/jpeg", shown=True)
            photo = Evidence(f"e{nth}", "p1", Kind.PHOTO, TODAY, Stage.KEPT, obligation=duty.id, copy=copy)
            store.evidence.save(photo)
    first = store.measures.of_year(year)[0]
    held_up = Said(Side.TOLD, "p1", TODAY, "บุคลากรที่ดูแลเว็บไซต์โอนย้าย ยังไม่มีผู้รับผิดชอบคนใหม่")
    store.obstacles.save(Obstacle("o1", first.id, "u0", (held_up,)))
    return store, year


def documents():
    for name in samples.NAMES:
        store, year = agency(name)
        for kind in YEARLY:
            yield name, kind, store, str(year - 1 if kind == "analysis" else year)
    store.people.meet("U1", a_person(Role.STAFF, name="สมหญิง ใจดี", unit="u0", key="p1"))
    store.people.meet("U2", a_person(Role.HEAD, name="กิ่งแก้ว ตั้งมั่น", unit="u0", key="p2"))
    text = "ขอให้เจ้าหน้าที่ทุกคนถือปฏิบัติตามนโยบายไม่รับของขวัญและของกำนัลทุกชนิดจากการปฏิบัติหน้าที่"
    store.circulars.save(Circular("c1", "นโยบายไม่รับของขวัญ", text, Audience.EVERYONE, TODAY, "p1"))
    store.circulars.acknowledge(Acknowledged("c1", "p1", MADE))
    yield "nongmueang", "memo", store, "c1"


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """Each made once, whatever else this machine prints; what a sample has too little for is left out."""
    made = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("office")))
        made.update(printed())
    return made


def printed():
    for name, kind, store, of in documents():
        asking = Asking(store, of, "สมหญิง ใจดี", MADE, TODAY, THAI)
        try:
            document = PAPERS[kind].make(asking)
        except Refusal:
            continue
        digits = replace(document, thai_digits=name in {"srikham", "nongmueang"})
        yield (name, kind), Printed(digits, office.pdf_of(apart.word_file(digits)))


def test_all_are_there(papers):
    assert {(name, kind) for name in samples.NAMES for kind in ("plan", "report")} | {("nongmueang", "memo")} <= set(
        papers
    )
    assert {name for name, kind in papers if kind == "analysis"} == set(samples.NAMES)


def test_no_page_is_empty(papers):
    bare = [(of, nth) for of, one in papers.items() for nth, body in enumerate(one.bodies, 1) if len(body) < 20]
    assert bare == []


def test_no_heading_stands_alone_at_the_foot_of_a_page(papers):
    """What follows it begins on the same page."""
    alone = [
        (of, block.text)
        for of, one in papers.items()
        for block in one.document.blocks
        if isinstance(block, Paragraph) and block.style is Style.HEADING
        if any(body.endswith(one.letters_of(block.text)) for body in one.bodies)
    ]
    assert alone == []


def test_each_page_of_a_table_begins_with_its_headings(papers):
    for of, one in papers.items():
        headings = one.headings()
        for nth, table in one.tables:
            first = [letters(cell) for cell in table.extract()[0] if cell]
            assert set(first) <= headings, f"{of}, page {nth + 1}"


def test_every_cell_is_printed_in_its_column(papers):
    assert {of: missing for of, one in papers.items() if (missing := list(one.missing_cells()))} == {}


def test_every_sentence_is_printed(papers):
    for of, one in papers.items():
        printed, blocks = "".join(one.bodies), one.document.blocks
        said = [block.text for block in blocks if isinstance(block, Paragraph)]
        said += [each.deed for block in blocks if isinstance(block, Signatures) for each in block.those]
        for block in blocks:
            fields = [each for row in block.rows for each in row] if isinstance(block, Fields) else []
            said += [text for each in fields for text in (each.label, each.value)]
        assert [text for text in said if one.letters_of(text) not in printed] == [], of


def test_every_photo_has_its_caption(papers):
    for of, one in papers.items():
        for block in one.document.blocks:
            for nth, each in enumerate(block.those if isinstance(block, Pictures) else ()):
                told = one.letters_of("".join((each.instead, *each.caption)))
                assert told in one.sides()[nth % 2], of


def test_no_line_ends_within_a_syllable(papers):
    assert {of: broken for of, one in papers.items() if (broken := list(one.broken_lines()))} == {}


def test_no_mark_is_cut_by_the_line_of_a_cell(papers):
    assert {of: cut for of, one in papers.items() if (cut := list(one.touching()))} == {}


def test_signatures_stand_under_what_is_signed(papers):
    for of, one in papers.items():
        deeds = [each.deed for block in one.document.blocks if isinstance(block, Signatures) for each in block.those]
        for body in one.bodies:
            if deeds and letters(deeds[0]) in body[-400:] and letters("ลงชื่อ") in body:
                before = body.partition(letters("ลงชื่อ"))[0]
                assert len(before) > 20, of
