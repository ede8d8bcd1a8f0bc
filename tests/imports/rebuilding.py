"""The same tables as a Word file, a workbook, and PDFs of two makers."""

import html
import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

Rows = Sequence[Sequence[str]]
FONT = "Noto Sans Thai"
PAGE = """<!doctype html><meta charset="utf-8"><style>
@page {{ size: A4 landscape; margin: 15mm }}
body {{ font: 12pt '{font}'; }} table {{ border-collapse: collapse; width: 100%; margin-bottom: 8mm }}
td {{ border: 1px solid black; padding: 4px; vertical-align: top }}
tr {{ break-inside: {broken} }}
</style>{body}"""


def as_word(tables: Sequence[Rows]) -> bytes:
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    for nth, rows in enumerate(tables, 1):
        document.add_paragraph(f"ตารางที่ {nth}")
        table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, rows, strict=True):
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    return saved(document)


def as_workbook(tables: Sequence[Rows]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for nth, rows in enumerate(tables, 1):
        sheet = book.create_sheet(f"ตาราง {nth}")
        sheet.append([f"ตารางที่ {nth}"])
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_page(tables: Sequence[Rows], *, font: str = FONT, broken: str = "avoid") -> str:
    parts = []
    for nth, rows in enumerate(tables, 1):
        lines = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        parts.append(f"<p>ตารางที่ {nth}</p><table>{lines}</table>")
    return PAGE.format(font=font, broken=broken, body="".join(parts))


def printed_by_browser(browser, page: str) -> bytes:
    tab = browser.new_page()
    tab.set_content(page)
    printed = tab.pdf(prefer_css_page_size=True)
    tab.close()
    return printed


def printed_by_office(document: bytes, folder: Path) -> bytes:
    """LibreOffice writes to a profile of its own, so that it runs beside another."""
    source = folder / "document.docx"
    source.write_bytes(document)
    office = [shutil.which("soffice"), f"-env:UserInstallation=file://{folder / 'profile'}", "--headless"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", folder, source], check=True, capture_output=True, timeout=120
    )
    return source.with_suffix(".pdf").read_bytes()
