"""A paper as the agency writes it: a draft until it was approved as it is, its digits, its seal at the head."""

import base64
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from PIL import Image

from bot.papers.asking import Asking
from bot.papers.document import Picture, Pictures
from bot.papers.handing.addresses import named
from bot.papers.handing.dressing import digest, digest_now, dressed
from bot.papers.ink import apart
from bot.papers.kinds import PAPERS
from bot.texts import Texts
from handlers.papers.paper_cards import Paper, files
from itadomain.acknowledgements import Audience, Circular
from itadomain.papers.approval import Approval
from itadomain.papers.choosing import DIGITS, SEAL, Digits
from itadomain.people import Role
from itadomain.refusals import Refusal
from tests.fakes import a_measure, a_person, a_result, an_agency
from tests.papers.word_files import everything, opened

TEXTS = Texts()
THAI = partial(TEXTS.tell, language="th", particle="")
TODAY = date(2026, 11, 22)
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
KINDS = {"plan": "2566", "report": "2566", "analysis": "2565", "memo": "c1"}


@pytest.fixture
def agency():
    store = an_agency(a_result(), *(a_measure(number) for number in range(1, 4)))
    store.people.meet("U1", a_person(Role.EXECUTIVE, key="mayor", name="สมหมาย มั่นคง"))
    store.circulars.save(Circular("c1", "นโยบาย No Gift", "ไม่รับของขวัญ", Audience.EVERYONE, TODAY, "mayor"))
    return store


def asking(store, of="2566", by="สมหญิง", made=MADE, today=TODAY):
    return Asking(store, of, by, made, today, THAI)


def paper(store, kind="plan", **how):
    asked = asking(store, KINDS[kind], **how)
    return dressed(PAPERS[kind].make(asked), asked, kind)


def approve(store, kind="plan"):
    now = digest_now(TEXTS.tell, store, TODAY, kind, KINDS[kind])
    store.papers.save(Approval(kind, KINDS[kind], now, "secretary", MADE).approved(now, "mayor", MADE))


def a_seal(size=(200, 300)):
    kept = io.BytesIO()
    Image.new("RGBA", size, (200, 0, 0, 255)).save(kept, "PNG")
    return kept.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_draft_until_it_is_approved_as_it_is(agency, kind):
    assert paper(agency, kind).draft.startswith("ร่าง")
    approve(agency, kind)
    file = opened(apart.word_file(paper(agency, kind)))
    heads = [
        one.text
        for section in file.sections
        for part in (section.header, section.first_page_header)
        for one in part.paragraphs
    ]
    assert not any("ร่าง" in one for one in heads)
    assert file.core_properties.content_status == "อนุมัติโดย สมหมาย มั่นคง เมื่อ 22 พ.ย. 2569 09:30"


def test_a_draft_says_so_in_its_properties(agency):
    assert opened(apart.word_file(paper(agency))).core_properties.content_status.startswith("ร่าง")


def test_an_approval_leaves_the_lines_to_sign_to_be_signed(agency):
    before = everything(opened(apart.word_file(paper(agency))))
    approve(agency)
    assert everything(opened(apart.word_file(paper(agency)))) == before
    assert before.count("(ลงชื่อ)....") == 3


@pytest.mark.parametrize("kind", KINDS)
def test_who_asks_and_when_changes_nothing_of_what_was_approved(agency, kind):
    approve(agency, kind)
    later = timedelta(days=40)
    assert paper(agency, kind, by="อีกคน", made=MADE + later, today=TODAY + later).draft == ""


def test_what_changed_is_a_draft_again(agency):
    approve(agency)
    agency.measures.kept[1] = replace(agency.measures.kept[1], steps=("อีกขั้นตอน",))
    assert paper(agency).draft.startswith("ร่าง")
    assert paper(agency).about.approved == ""


def test_an_approval_is_of_one_paper_alone(agency):
    approve(agency, "plan")
    assert paper(agency, "report").draft.startswith("ร่าง")


def test_what_waits_or_was_sent_back_is_a_draft(agency):
    now = digest_now(TEXTS.tell, agency, TODAY, "plan", "2566")
    waiting = Approval("plan", "2566", now, "secretary", MADE)
    for one in (waiting, waiting.returned("แก้ไข", "mayor", MADE)):
        agency.papers.save(one)
        assert paper(agency).draft.startswith("ร่าง")


def test_digits_and_seal_are_no_part_of_what_was_approved(agency):
    approve(agency)
    agency.settings.put(DIGITS, Digits.THAI)
    agency.papers.put_part(SEAL, a_seal())
    assert paper(agency).draft == ""


def test_where_a_photo_was_copied_to_is_no_part_of_it(agency):
    document = paper(agency)
    photo = Picture("e1", ("คำบรรยาย",), "ไม่พบรูป")
    here, there, other = (
        digest(replace(document, blocks=[Pictures([one])]), agency, "report")
        for one in (photo, replace(photo, file="/tmp/somewhere"), replace(photo, of="e2"))
    )
    assert here == there != other


def test_thai_digits_are_written_where_the_agency_chose_them(agency):
    assert "พ.ศ. 2566" in everything(opened(apart.word_file(paper(agency))))
    agency.settings.put(DIGITS, Digits.THAI)
    assert "พ.ศ. ๒๕๖๖" in everything(opened(apart.word_file(paper(agency))))


@pytest.mark.parametrize(("kind", "high"), [("plan", 30), ("report", 30), ("analysis", 30), ("memo", 15)])
def test_the_seal_stands_at_the_head_as_high_as_the_rules_have_it(agency, kind, high):
    agency.papers.put_part(SEAL, a_seal())
    file = opened(apart.word_file(paper(agency, kind)))
    shape = file.inline_shapes[0]
    assert round(shape.height.mm, 1) == high
    assert round(shape.width.mm, 1) == round(high * 200 / 300, 1)
    assert file.paragraphs[0]._p.xpath(".//pic:pic")
    assert shape._inline.docPr.get("descr") == "องค์การบริหารส่วนตำบลบางสมมติ"


def test_a_wide_seal_stays_on_the_page(agency):
    agency.papers.put_part(SEAL, a_seal((900, 100)))
    assert round(opened(apart.word_file(paper(agency))).inline_shapes[0].width.mm) == 60


def test_without_a_seal_there_is_no_picture(agency):
    assert len(opened(apart.word_file(paper(agency))).inline_shapes) == 0
    assert base64.b64decode(paper(agency).seal) == b""


def test_what_cannot_be_made_has_no_digest(agency):
    with pytest.raises(Refusal):
        digest_now(TEXTS.tell, agency, TODAY, "plan", "2580")


@pytest.mark.parametrize("kind", KINDS)
def test_every_tap_of_the_list_names_a_paper(kind):
    for tap in files(Paper(kind, KINDS[kind])):
        assert named(tap.uri), tap.uri


def test_a_sample_form_is_a_paper_and_no_other_is():
    assert named("paper:form:plan-2566:docx")
    assert named("paper:form:report-2566:docx")
    for uri in ("paper:form:memo-2566:docx", "paper:form:plan-2566:pdf", "paper:form:plan:docx"):
        assert named(uri) is None


def test_a_sample_form_has_names_and_no_figure_of_the_year(agency):
    asked = asking(agency, "plan-2566")
    written = everything(opened(apart.word_file(dressed(PAPERS["form"].make(asked), asked, "form"))))
    assert "{{ ชื่อเอกสาร }}" in written
    assert "{{ แถว.ผู้รับผิดชอบ }}" in written
    assert "มาตรการที่ 1" not in written
    with pytest.raises(Refusal):
        PAPERS["form"].make(asking(agency, "plan-2590"))
