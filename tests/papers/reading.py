"""Reads papers as people do: a camera, a spreadsheet."""

import csv
import io

import openpyxl
import pypdfium2
import zxingcpp
from PIL import Image

SENTENCES = {
    "agency": "องค์การบริหารส่วนตำบลท้ายเหมือง", "point": "เคาน์เตอร์บริการประชาชน", "unit": "สำนักปลัด",
    "title": "สแกนเพื่อตอบแบบสำรวจ", "short": "ใช้เวลาไม่เกิน 2 นาที",
    "typed": "หรือเพิ่มเพื่อน @thaimueang ในแอป LINE แล้วพิมพ์", "says": "ตอบแบบสำรวจ K7Q2",
    "kept": "คำตอบแสดงเป็นผลรวม ไม่แสดงว่าใครตอบอะไร", "own": "แบบสำรวจของหน่วยงาน ไม่ใช่แบบ EIT ของ ป.ป.ช.",
    "link": "https://line.me/R/oaMessage/%40thaimueang/?%E0%B8%95%E0%B8%AD%E0%B8%9A%20K7Q2",
}  # fmt: skip
MM_A_POINT = 25.4 / 72


def scanned(picture):
    """What a camera reads off a picture."""
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


def page_of(drawn):
    """Its size in millimetres, and the dots of the page."""
    document = pypdfium2.PdfDocument(drawn)
    try:
        assert len(document) == 1
        width, height = (one * MM_A_POINT for one in document[0].get_size())
        return (width, height), document[0].render(scale=2).to_pil().convert("L")
    finally:
        document.close()


def workbook(body):
    """The sheets of a workbook, each a list of rows of values as they were typed."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def comma_separated(body):
    assert body.startswith(b"\xef\xbb\xbf"), "else Excel reads no Thai"
    assert b"\n" not in body.replace(b"\r\n", b"")
    return list(csv.reader(io.StringIO(body[3:].decode(), newline="")))
