"""What is not read: each kind of file with its own sentence, and nothing in it run, fetched or unpacked without bounds."""

import resource
import time
import tomllib
import zipfile
import zlib
from hashlib import md5
from io import BytesIO
from pathlib import Path

import pytest

from bot.imports import read
from bot.imports.reading import BY_CONTENT
from bot.imports.text import read_text
from bot.imports.watch import LARGEST, Watch
from itadomain.refusals import Refusal
from tests.imports.making import (
    archive,
    cells,
    line,
    pages,
    paragraph,
    pdf,
    relations,
    row,
    stream,
    table,
    value,
    word,
    words,
    workbook,
)

CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{Path(__file__)}">]>'
PROGRAM = {"xl__vbaProject.bin": "program"}
BURSTING = 128 << 20
FILLING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def packed(size: int) -> bytes:
    """So many bytes of one letter, as a PDF packs them."""
    pack = zlib.compressobj(9)
    return b"".join(pack.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + pack.flush()


def of_page(content: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content])


def bomb(filters: bytes, data: bytes) -> bytes:
    return of_page(b"<</Filter %b/Length %d>>stream\n%b\nendstream" % (filters, len(data), data))


def locked_pdf(password: bytes) -> bytes:
    """Encrypted as the first version of the standard says."""
    owner = rc4(md5(FILLING).digest()[:5], FILLING)
    key = md5((password + FILLING)[:32] + owner + (-4).to_bytes(4, "little", signed=True) + b"0" * 16).digest()[:5]
    drawn = rc4(md5(key + (4).to_bytes(3, "little") + b"\0\0").digest()[:10], b"BT /F 12 Tf 5 5 Td (Hello) Tj ET")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page,
            b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Filter/Standard/V 1/R 2/O<%b>/U<%b>/P -4>>" % (owner.hex().encode(), rc4(key, FILLING).hex().encode()),
        ],
        b"/Encrypt 6 0 R/ID[(%b)(%b)]" % (b"0" * 16, b"0" * 16),
    )  # fmt: skip


def rc4(key: bytes, data: bytes) -> bytes:
    box, at = list(range(256)), 0
    for nth in range(256):
        at = (at + box[nth] + key[nth % len(key)]) % 256
        box[nth], box[at] = box[at], box[nth]
    out, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + box[first]) % 256
        box[first], box[second] = box[second], box[first]
        out.append(byte ^ box[(box[first] + box[second]) % 256])
    return bytes(out)


def locked_zip() -> bytes:
    data = bytearray(word(paragraph("ก")))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying_zip() -> bytes:
    """Its directory says that a part is small."""
    data = word(paragraph("ก" * 20_000_000))
    size = next(
        one for one in zipfile.ZipFile(BytesIO(data)).infolist() if one.filename == "word/document.xml"
    ).file_size
    return data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


CASES = {
    "nothing": (b"", "ก.txt", "import.empty"),
    "white space": (b" \r\n\t ", "ก.txt", "import.empty"),
    "a Word file without text": (word(paragraph("")), "ก.docx", "import.empty"),
    "a workbook without text": (workbook(cells()), "ก.xlsx", "import.empty"),
    "a PDF without anything": (pages(b""), "ก.pdf", "import.empty"),
    "a photo": (b"\xff\xd8\xff\xe0" + bytes(range(256)), "ก.jpg", "import.unknown_type"),
    "a program": (b"MZ" + bytes(range(256)), "ก.exe", "import.unknown_type"),
    "a web page": (b"<!doctype html><p>x", "ก.html", "import.unknown_type"),
    "a photo called a text": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9, "ก.txt", "import.unreadable_text"),
    "an archive": (archive({"a.txt": "x"}), "ก.zip", "import.unknown_type"),
    "an archive called a Word file": (archive({"a.txt": "x"}), "ก.docx", "import.unknown_type"),
    "slides": (archive({"_rels/.rels": relations(("officeDocument", "ppt/presentation.xml"))}), "ก.pptx", "import.unknown_type"),
    "a binary workbook": (archive({"_rels/.rels": relations(("officeDocument", "xl/workbook.bin"))}), "ก.xlsb", "import.unknown_type"),
    "an old Word file": (CONTAINER + b"\0" * 600, "ก.doc", "import.old_format"),
    "an old workbook called a new one": (CONTAINER + b"\0" * 600, "ก.xlsx", "import.old_format"),
    "a Word file with a password": (CONTAINER + "EncryptedPackage".encode("utf-16-le"), "ก.docx", "import.password"),
    "an archive with a password": (locked_zip(), "ก.docx", "import.password"),
    "a PDF with a password": (locked_pdf(b"secret"), "ก.pdf", "import.password"),
    "a Word file with macros": (word(paragraph("ก"), **{"word__vbaProject.bin": "x"}), "ก.docm", "import.macros"),
    "a workbook with macros called one without": (workbook(cells(words("A1", "ก")), **PROGRAM), "ก.xlsx", "import.macros"),
    "a workbook with old macros": (workbook(cells(words("A1", "ก")), **{"xl__macrosheets__1.xml": "x"}), "ก.xlsx", "import.macros"),
    "entities": (word(paragraph("&amp;"), before=ENTITIES), "ก.docx", "import.declares_entities"),
    "entities from outside": (word(paragraph("ก"), before=OUTSIDE), "ก.docx", "import.declares_entities"),
    "entities far down": (word(paragraph("ก"), before=f"<!--{'x' * 200_000}-->{ENTITIES}"), "ก.docx", "import.declares_entities"),
    "entities in UTF-16": (
        word(paragraph("ก"), **{"word__document.xml": f'<?xml version="1.0" encoding="UTF-16"?>{ENTITIES}<w/>'.encode("utf-16")}),
        "ก.docx", "import.declares_entities",
    ),
    "entities in a list of parts": (archive({"_rels/.rels": f"{ENTITIES}<x/>"}), "ก.docx", "import.declares_entities"),
    "a part that bursts": (word("x" * BURSTING), "ก.docx", "import.unpacks_too_large"),
    "a directory that lies": (lying_zip(), "ก.docx", "import.broken"),
    "elements by the million": (word(f"<w:p>{'<a/>' * 1_100_000}</w:p>"), "ก.docx", "import.unpacks_too_large"),
    "a PDF that bursts": (bomb(b"/FlateDecode", packed(BURSTING)), "ก.pdf", "import.unpacks_too_large"),
    "a PDF that bursts twice": (bomb(b"[/FlateDecode/FlateDecode]", zlib.compress(packed(BURSTING))), "ก.pdf", "import.unpacks_too_large"),
    "a PDF packed in runs": (bomb(b"/RunLengthDecode", b"\x81x" * 600_000), "ก.pdf", "import.unpacks_too_large"),
    "a page that draws without end": (pages(b"q Q " * 1_500_000), "ก.pdf", "import.unpacks_too_large"),
    "too large": (b"x" * (LARGEST + 1), "ก.txt", "import.too_large"),
    "500 pages": (pages(*[line("x")] * 500), "ก.pdf", "import.too_many_pages"),
    "too many rows": ("ก\tข\n".encode() * 20_001, "ก.txt", "import.too_many_rows"),
    "too many rows of a sheet": (workbook(cells(*[value("A1", 1) + value("B1", 2)] * 20_001).replace('r="A1"', "").replace('r="B1"', "")), "ก.xlsx", "import.too_many_rows"),
    "too many paragraphs": ("ก\n".encode() * 20_001, "ก.txt", "import.too_many_rows"),
    "a line without end": (b"<ol>" + b"<li>a" * 50_000 + b"\tx", "ก.txt", "import.too_many_rows"),
    "too many columns": (b"\t".join([b"x"] * 501), "ก.txt", "import.too_many_columns"),
    "too many columns of a sheet": (workbook(cells(words("XFD1", "ก"))), "ก.xlsx", "import.too_many_columns"),
    "a cell as wide as a field": (word(table(row(f'<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>{paragraph("ก")}</w:tc>', "ข"))), "ก.docx", "import.too_many_columns"),
    "tables in tables without end": (word("<w:tbl><w:tr><w:tc/><w:tc>" * 50 + "</w:tc></w:tr></w:tbl>" * 50), "ก.docx", "import.broken"),
    "half a Word file": (word(paragraph("ก"))[:300], "ก.docx", "import.broken"),
    "a text called a Word file": ("ก".encode(), "ก.docx", "import.broken"),
    "a text called a PDF": ("ก".encode(), "ก.pdf", "import.broken"),
    "half a PDF": (pages(line("x"))[:30], "ก.pdf", "import.broken"),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_a_file_is_refused_with_its_own_sentence(what, refused):
    data, name, key = CASES[what]
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = refused(data, name)
    assert said.key == key
    assert all(sentence.format_map(said.facts | {"polite": ""}) for sentence in sentences(key.removeprefix("import.")))
    assert time.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 512 * 1024  # kilobytes


def sentences(key: str) -> list[str]:
    files = Path(__file__).resolve().parents[2].glob("locales/*/import.toml")
    return [tomllib.loads(file.read_text(encoding="utf-8"))[key] for file in files]


def test_what_is_allowed_at_most_is_read():
    assert len(read("ก\tข\n".encode() * 20_000, "ก.txt").tables[0].rows) == 20_000
    assert len(read(b"\t".join([b"x"] * 500), "ก.txt").tables[0].rows[0]) == 500


def test_a_pdf_that_only_forbids_printing_is_read():
    assert [one.text for one in read(locked_pdf(b""), "ก.pdf").paragraphs] == ["Hello"]


def test_nothing_is_read_past_its_time():
    with pytest.raises(Refusal) as said:
        read_text("ก\tข\n".encode() * 99, Watch(seconds=-1))
    assert (said.value.key, said.value.facts) == ("import.too_long", {"seconds": -1})


@pytest.mark.parametrize(("data", "name"), [
    (word(paragraph("ก") + table(row("ข", "ค"))), "ก.docx"), (workbook(cells(words("A1", "ก") + words("B1", "ข"))), "ก.xlsx"),
    (pages(line("x")), "ก.pdf"),
])  # fmt: skip
def test_every_reader_looks_at_the_clock(data, name):
    reader = next(reader for sign, reader in BY_CONTENT if data.startswith(sign))
    with pytest.raises(Refusal) as said:
        reader(data, Watch(seconds=-1))
    assert said.value.key == "import.too_long", name


def test_a_drawing_that_draws_itself_ends_with_the_clock():
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    again = [stream(b"/X Do " * 10, form % (7 + nth)) for nth in range(12)]
    data = pages(b"/X Do " * 10, resources=b"/XObject<</X 6 0 R>>", more=again)
    reader = next(reader for sign, reader in BY_CONTENT if data.startswith(sign))
    began = time.monotonic()
    with pytest.raises(Refusal) as said:
        reader(data, Watch(seconds=1))
    assert said.value.key == "import.too_long"
    assert time.monotonic() - began < 10
