"""An agency's own Word file is filled with what the paper says; what could run, reach out or burst is refused."""

import base64
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor

from bot import samples
from bot.papers.document import told
from bot.papers.ink import apart, template
from bot.papers.ink.template import checked, filled
from bot.papers.ink.values import names_of, sample, values_of
from bot.papers.ink.word import as_docx
from bot.papers.says.plan import plan_paper
from itadomain.papers.choosing import Digits
from itadomain.refusals import Refusal
from tests.papers.test_papers_are_dressed import DIGITS, agency, approve, paper  # noqa: F401 - a fixture
from tests.papers.test_plans_are_written import asking, read_back, said, store_of
from tests.papers.word_files import everything, opened


@pytest.fixture
def plan(agency):  # noqa: F811
    return paper(agency)


def saved(file):
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def a_form(*lines, rows=()):
    """A Word file with lines and a table of two columns."""
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    if rows:
        table = file.add_table(len(rows), 2)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
    return saved(file)


ROWS = (
    ("มาตรการ", "ใคร"),
    ("{%tr for ข้อ in ตาราง1 %}", ""),
    ("{{ ข้อ.มาตรการ }}", "{{ ข้อ.ผู้รับผิดชอบ }}"),
    ("{%tr endfor %}", ""),
)


def refused(form, document):
    with pytest.raises(Refusal) as why:
        apart.template_checked(form, document)
    return why.value


def test_names_and_rows_are_filled_in(plan):
    form = a_form("ที่ทำการ {{ หน่วยงาน }}", "{{ ชื่อเอกสาร }}", rows=ROWS)
    apart.template_checked(form, plan)
    file = opened(apart.word_file(replace(plan, template=_packed(form))))
    assert "ที่ทำการ องค์การบริหารส่วนตำบลบางสมมติ" in everything(file)
    (table,) = file.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["มาตรการ", "ใคร"],
        ["1. มาตรการที่ 1 เผยแพร่ข้อมูลต่อสาธารณะ", "สำนักปลัด"],
        ["2. มาตรการที่ 2 เผยแพร่ข้อมูลต่อสาธารณะ", "กองคลัง"],
        ["3. มาตรการที่ 3 เผยแพร่ข้อมูลต่อสาธารณะ", "สำนักปลัด"],
    ]


def _packed(form):
    return base64.b64encode(form).decode()


@pytest.mark.parametrize("name", samples.NAMES)
def test_the_sample_of_a_plan_kept_as_a_form_gives_the_same_plan(name):
    measures = samples.load(name).measures
    document = plan_paper(asking(store_of(measures), measures[0].plan_year))
    form = as_docx(sample(document))
    apart.template_checked(form, document)
    back = read_back(apart.word_file(replace(document, template=_packed(form))))
    plain = read_back(as_docx(document))
    assert [said(one) for one in back] == [said(one) for one in plain]


def test_a_draft_says_so_on_every_page_whatever_the_form_says(agency, plan):  # noqa: F811
    def heads(document):
        file = opened(apart.word_file(document))
        return [
            one.text
            for part in (file.sections[0].header, file.sections[0].first_page_header)
            for one in part.paragraphs
        ]

    form = as_docx(sample(plan))  # with a head of its own on the first page
    assert [one for one in heads(replace(plan, template=_packed(form))) if "ร่าง" in one] == [plan.draft, plan.draft]
    approve(agency)
    assert not any("ร่าง" in one for one in heads(replace(paper(agency), template=_packed(form))))


def heads_of(file):
    return [[one.text for one in section.header.paragraphs if one.text] for section in file.sections]


def test_a_draft_says_so_once_however_many_sections_share_a_head(plan):
    file = docx.Document()
    file.add_section()
    file.add_section()
    assert heads_of(opened(filled(saved(file), plan))) == [[plan.draft]] * 3


def test_a_section_within_a_field_of_a_form_says_that_it_is_a_draft(plan):
    file = docx.Document()
    second = file.add_section().header
    second.is_linked_to_previous = False
    second.paragraphs[0].text = "หัวของส่วนที่สอง"
    (ending,) = file.element.body.xpath("./w:p[w:pPr/w:sectPr]")
    field = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    ending.addprevious(field)
    field[0].append(ending)
    made = opened(filled(saved(file), plan))
    told = [one.blob.decode() for one in made.part.package.iter_parts() if "/header" in one.partname]
    assert len(told) == 2
    assert all(plan.draft in one for one in told)


def test_a_form_does_not_hide_that_it_is_a_draft(plan):
    file = docx.Document()
    file.styles["Normal"].font.hidden = True
    file.styles["Normal"].font.color.rgb = RGBColor(255, 255, 255)
    seen = opened(filled(saved(file), plan)).sections[0].header.paragraphs[0].runs[0].font
    assert (seen.hidden, seen.color.rgb) == (False, RGBColor(0, 0, 0))


#: In a program of its own, as in service: what else a test's process does between two steps would lose the signal.
HURRIED = """
import base64, json, sys
from bot.papers.document import heard
from bot.papers.document import told
from bot.papers.ink import apart, template
paper, template.TRIED, template.AGAIN, template.filled.__defaults__ = heard(json.load(sys.stdin)), 0.05, 0.05, (0.05,)
refused = template.checked(base64.b64decode(paper.template), paper)["refused"]
print(json.dumps([refused, base64.b64encode(apart._document(paper, "")).decode()]))
"""


def test_a_form_that_has_become_too_heavy_gives_the_built_in_one(plan):
    form = a_form(*("{% for ก in ตาราง1 %}{{ ก.มาตรการ }}{% endfor %}" for _ in range(2000)))
    given = json.dumps(told(replace(plan, template=_packed(form))))
    ran = subprocess.run([sys.executable, "-c", HURRIED], input=given, stdout=subprocess.PIPE, text=True, check=True)
    refused, written = json.loads(ran.stdout)
    assert refused == "paper_forms.too_heavy"
    assert everything(opened(base64.b64decode(written))) == everything(opened(as_docx(plan)))


def test_a_form_is_part_of_what_was_approved(agency):  # noqa: F811
    approve(agency)
    agency.papers.put_part("template:plan", a_form("{{ หน่วยงาน }}"))
    assert paper(agency).draft.startswith("ร่าง")
    approve(agency)
    assert paper(agency).draft == ""


def test_figures_are_written_as_the_agency_does(agency):  # noqa: F811
    agency.settings.put(DIGITS, Digits.THAI)
    document = paper(agency)
    written = everything(opened(filled(a_form("{{ ชื่อเอกสาร }}", rows=ROWS), document)))
    assert "พ.ศ. ๒๕๖๖" in written
    assert "๑. มาตรการที่ ๑" in written
    again = a_form(rows=[[cell.replace("ตาราง1", "ตาราง๑") for cell in row] for row in ROWS])
    assert "๓. มาตรการที่ ๓" in everything(opened(filled(again, document)))


def test_signs_of_xml_and_lines_in_a_value_stay_what_they_are(plan):
    title = 'a < b & "c" </w:t> {{ หน่วยงาน }}'
    document = replace(plan, about=replace(plan.about, data=f"{title}\nบรรทัดสอง\x07\x0c"))
    file = opened(filled(a_form("{{ ที่มาของข้อมูล }}"), document))
    assert file.paragraphs[0].text == f"{title}\nบรรทัดสอง"


def test_a_form_of_another_years_table_gives_the_built_in_one(plan):
    form = a_form(rows=[("{%tr for ข้อ in ตาราง1 %}", ""), ("{{ ข้อ.ประเด็น }}", ""), ("{%tr endfor %}", "")])
    written = apart.word_file(replace(plan, template=_packed(form)))
    assert everything(opened(written)) == everything(opened(as_docx(plan)))


def test_photos_stand_at_the_end_of_any_form(agency):  # noqa: F811
    from bot.papers.document import PageBreak, Paragraph, Picture, Pictures, Style

    document = paper(agency, "report")
    photos = [PageBreak(), Paragraph("ภาพถ่าย", Style.TITLE), Pictures([Picture("e1", ["ข้อ 1"], "ไม่พบรูป")])]
    document = replace(document, blocks=[*document.blocks, *photos])
    written = everything(opened(filled(a_form("{{ หน่วยงาน }}"), document)))
    assert written.index("บางสมมติ") < written.index("ภาพถ่าย")
    assert "ไม่พบรูป" in written
    assert "ภาพถ่าย" not in str(values_of(document))


def test_the_names_of_a_paper_are_its_headings(plan):
    assert names_of(plan) == [
        ("ข้อความ1", ["ข้อความ"]),
        ("ตาราง1", ["มาตรการ", "ขั้นตอน_วิธีการปฏิบัติ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "การกำกับติดตาม"]),
        ("ข้อความ2", ["ข้อความ"]),
    ]


EVIL = [
    "{{ ''.__class__ }}", "{{ หน่วยงาน.__class__ }}", "{{ หน่วยงาน.__class__.__mro__ }}", "{{ หน่วยงาน|upper }}",
    "{{ หน่วยงาน() }}", "{{ หน่วยงาน[0] }}", "{{ 1 + 1 }}", "{{ 'ก' * 1000000000 }}", "{% include 'secret' %}",
    "{% import 'os' as os %}", "{% extends 'x' %}", "{% set a = 1 %}", "{% for a in range(1000000000) %}x{% endfor %}",
    "{% for a in ตาราง1 recursive %}x{% endfor %}", "{% for a in ตาราง1 if a %}x{% endfor %}",
    "{% for a, b in ตาราง1 %}x{% endfor %}", "{% macro m() %}x{% endmacro %}", "{% raw %}x{% endraw %}",
    "{% if หน่วยงาน %}x{% endif %}", "{# เงียบ #}", "{{r หน่วยงาน }}", "{{p หน่วยงาน }}", "{% colspan หน่วยงาน %}",
    "{% cellbg หน่วยงาน %}", "{% vm %}", "{%tc for a in ตาราง1 %}", "{{ หน่วยงาน", "{% for a in ตาราง1 %}",
    "{% for a in ตาราง1 %}{% for b in ตาราง1 %}x{% endfor %}{% endfor %}", "{{ self }}", "{{ loop.index }}",
    "{{ lipsum }}", "{{ cycler.__init__ }}", "{% for หน่วยงาน in ตาราง1 %}x{% endfor %}", "{{ ตาราง1.append }}",
]  # fmt: skip


@pytest.mark.parametrize("tag", EVIL)
def test_whatever_is_more_than_a_name_or_rows_is_refused(plan, tag):
    assert checked(a_form("{{ หน่วยงาน }}", tag), plan)["refused"] in {
        "paper_forms.not_known", "paper_forms.unknown_names",
    }  # fmt: skip


@pytest.mark.parametrize("place", ["header", "footer", "properties", "in pieces"])
def test_it_is_refused_wherever_it_stands(plan, place):
    file, tag = docx.Document(), "{{ ''.__class__ }}"
    match place:
        case "header":
            file.sections[0].header.paragraphs[0].text = tag
        case "footer":
            file.sections[0].footer.paragraphs[0].text = tag
        case "properties":
            file.core_properties.comments = tag
        case "in pieces":
            made = file.add_paragraph()
            for piece in ("{", "{ ''.__cl", "ass__ }", "}"):
                made.add_run(piece)
    assert checked(saved(file), plan)["refused"] == "paper_forms.not_known"


def test_names_that_nobody_knows_are_told(plan):
    no = refused(
        a_form(
            "{{ ชื่อ }} {{ หน่วยงาน }}",
            rows=[("{%tr for ข้อ in ตาราง1 %}", ""), ("{{ ข้อ.งบ }}", ""), ("{%tr endfor %}", "")],
        ),
        plan,
    )
    assert (no.key, no.facts) == ("paper_forms.unknown_names", {"names": ["ชื่อ", "ข้อ.งบ"]})


def with_parts(**parts):
    """A good form with further parts, or others in the place of its own."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_form("{{ หน่วยงาน }}"))) as good,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for one in good.namelist():
            if one not in parts:
                made.writestr(one, good.read(one))
        for name, contents in parts.items():
            made.writestr(name, contents)
    return kept.getvalue()


with zipfile.ZipFile(io.BytesIO(a_form("{{ หน่วยงาน }}"))) as plain_form:
    TYPES = plain_form.read("[Content_Types].xml")


def related(kind, target, mode="External"):
    file = docx.Document()
    file.part.rels.get_or_add_ext_rel(
        f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}", target
    )
    return saved(file)


def with_field(*pieces):
    file = docx.Document()
    made = file.add_paragraph()
    for kind in ("begin", *pieces, "end"):
        run = made.add_run()
        if kind in {"begin", "end"}:
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._r.append(char)
        else:
            told = OxmlElement("w:instrText")
            told.text = kind
            run._r.append(told)
    return saved(file)


def simple_field(said):
    file = docx.Document()
    file.add_paragraph()._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{said}"/>'))
    return saved(file)


def renamed(name, contents=lambda told: told):
    """A form whose head, which holds a field that runs, is a part of another name."""
    file, kept = docx.Document(), io.BytesIO()
    field = f'<w:fldSimple {nsdecls("w")} w:instr="DDEAUTO cmd x"/>'
    file.sections[0].header.paragraphs[0]._p.append(parse_xml(field))
    with zipfile.ZipFile(io.BytesIO(saved(file))) as good, zipfile.ZipFile(kept, "w") as made:
        for one in good.namelist():
            told = good.read(one).replace(b"header1.xml", name.encode())
            made.writestr(one.replace("header1.xml", name), contents(told) if "Types" in one else told)
    return kept.getvalue()


def by_ending(ending):
    """The kind of the head is told by the ending of its name alone."""
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    whole = b'<Override PartName="/word/header1.' + ending + b'" ContentType="' + kind + b'"/>'
    return lambda told: told.replace(whole, b'<Default Extension="' + ending + b'" ContentType="' + kind + b'"/>')


BAD = {
    "a field in a part of another name": (lambda: renamed("header1.dat"), "paper_forms.reaches_out"),
    "a field in a picture": (lambda: renamed("header1.png"), "paper_forms.reaches_out"),
    "a field in large letters": (lambda: renamed("header1.XML"), "paper_forms.reaches_out"),
    "a field where the ending says so": (lambda: renamed("header1.txt", by_ending(b"txt")), "paper_forms.reaches_out"),
    "a drawing that fetches": (
        lambda: with_parts(**{"[Content_Types].xml": TYPES.replace(b"/jpeg", b"/svg+xml")}), "paper_forms.reaches_out",
    ),
    "a bomb": (lambda: with_parts(**{"word/media/x.xml": b"0" * 120 * 2**20}), "import.unpacks_too_large"),
    "a smaller bomb": (lambda: with_parts(**{"word/x.xml": bytes(range(256)) * 2**17}), "import.unpacks_too_large"),
    "a macro": (lambda: with_parts(**{"word/vbaProject.bin": b"x"}), "import.macros"),
    "an object": (lambda: with_parts(**{"word/embeddings/oleObject1.docx": b"x"}), "paper_forms.reaches_out"),
    "something binary": (lambda: with_parts(**{"word/x.bin": b"x"}), "paper_forms.reaches_out"),
    "an attached template": (lambda: related("attachedTemplate", "https://evil.example/a.dotm"), "paper_forms.reaches_out"),
    "a picture elsewhere": (lambda: related("image", "http://127.0.0.1/a.png"), "paper_forms.reaches_out"),
    "a link": (lambda: related("hyperlink", "https://example.com"), "paper_forms.reaches_out"),
    "a field that runs": (lambda: with_field(' DDEAUTO c:\\\\windows "cmd" '), "paper_forms.reaches_out"),
    "a field in pieces": (lambda: with_field(" INCLUDE", 'TEXT "c:\\\\x" '), "paper_forms.reaches_out"),
    "a simple field": (lambda: simple_field("INCLUDEPICTURE x"), "paper_forms.reaches_out"),
    "no Word file": (lambda: b"PK\x03\x04 nothing", "import.broken"),
    "a text": ("แบบฟอร์ม".encode, "import.broken"),
    "another archive": (lambda: with_parts(**{"_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'}), "paper_forms.no_word_file"),
    "declared entities": (lambda: with_parts(**{"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "import.declares_entities"),
    "broken XML": (lambda: with_parts(**{"word/document.xml": b"<w:document"}), "import.broken"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_plain_word_file_is_refused(plan, what):
    make, key = BAD[what]
    assert refused(make(), plan).key == key


def test_what_other_programs_say_of_parts_is_no_fault(plan):
    """LibreOffice names relations and pictures one by one."""
    named = (
        b'<Override PartName="/word/_rels/document.xml.rels" '
        b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/docProps/thumbnail.jpeg" ContentType="image/jpeg"/></Types>'
    )
    assert checked(with_parts(**{"[Content_Types].xml": TYPES.replace(b"</Types>", named)}), plan) == {}


def test_the_properties_of_a_form_that_libreoffice_saved_are_written_once(plan):
    with zipfile.ZipFile(io.BytesIO(a_form("x"))) as good:
        relations = good.read("_rels/.rels")
    relations = relations.replace(b"package/2006/relationships/meta", b"officedocument/2006/relationships/meta")
    made = filled(with_parts(**{"_rels/.rels": relations}), plan)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist().count("docProps/core.xml") == 1
    assert opened(made).core_properties.title == plan.about.title


@pytest.mark.parametrize("said", [" PAGE ", r" PAGE \* THAIARABIC ", "NUMPAGES"])
def test_fields_of_the_paper_itself_may_stay(plan, said):
    apart.template_checked(with_field(said), plan)
    apart.template_checked(simple_field(said.strip().replace("\\", "")), plan)


def test_what_is_too_large_is_refused(plan):
    no = refused(a_form("x") + b"0" * 2 * 2**20, plan)
    assert no.key == "paper_forms.too_large"


def test_what_takes_too_long_is_refused_and_ended(plan, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.1)  # less than it takes to begin
    assert refused(a_form("{{ หน่วยงาน }}"), plan).key == "paper_forms.too_heavy"


def test_what_grows_too_large_is_refused(plan, monkeypatch):
    form = a_form(*("{% for ก in ตาราง1 %}{{ ก.มาตรการ }}{% endfor %}" for _ in range(60)))
    assert checked(form, plan) == {}
    monkeypatch.setattr(template, "MADE_AT_MOST", 10_000)
    assert checked(form, plan)["refused"] == "paper_forms.too_heavy"
