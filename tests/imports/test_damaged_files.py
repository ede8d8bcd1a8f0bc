"""Whatever the bytes are, a file is read or refused: no other error, and no waiting."""

import random
import time

import pytest

from bot.imports import read
from itadomain.refusals import Refusal
from tests.imports.making import cells, line, pages, paragraph, row, table, value, word, words, workbook
from tests.imports.rebuilding import as_word, as_workbook

ROWS = [["มาตรการ", "ผู้รับผิดชอบ", "คะแนน"], ["เปิดเผยข้อมูล", "กองคลัง", "๙๕.๒๐"]]
GRID = (
    b"100 600 m 300 600 l S 100 700 m 300 700 l S 100 600 m 100 700 l S 200 600 m 200 700 l S 300 600 m 300 700 l S\n"
)
NUMBERS = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="thaiNumbers"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)
ITEM = paragraph("ก", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
SAMPLES = {
    "แผน.txt": "\n".join("\t".join(row) for row in ROWS).encode(),
    "แผน.csv": "\n".join(";".join(row) for row in ROWS).encode("cp874"),
    "แผน.docx": as_word([ROWS]),
    "แผน.xlsx": as_workbook([ROWS]),
    "แผน.pdf": pages(GRID + line("A", 120, 670), line("x")),
}
#: What lies inside of a zip archive is damaged before it is packed, or only its checksum would be tried.
PARTS = {
    "แผน.docx": (ITEM + table(row("ก", "ข"), row('<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr></w:tc>')), word),
    "แผน.xlsx": (cells(words("A1", "ก") + value("B1", "94.97", 1), merges=["A1:B1"]), workbook),
}
PER_KIND = 60


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A copy with some bytes changed, doubled or cut out, or without its end."""
    made = bytearray(data)
    for _ in range(chance.choice([1, 3, 20])):
        at = chance.randrange(len(made) or 1)
        match chance.randrange(5):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + chance.randrange(1, 40)]
            case 2:
                made[at:at] = made[at : at + chance.randrange(1, 40)]
            case 3:
                made[at : at + 1] = str(chance.choice([-1, 0, 9, 99999, 10**12])).encode()
            case 4 if chance.random() < 0.2:
                del made[at:]
    return bytes(made)


def outcome(data: bytes, name: str) -> str:
    began = time.monotonic()
    try:
        read(data, name)
        said = "read"
    except Refusal as refusal:
        said = refusal.key
    assert time.monotonic() - began < 10
    return said


@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_file_is_read_or_refused(name):
    chance = random.Random(name)
    outcomes = {outcome(damaged(SAMPLES[name], chance), name) for _ in range(PER_KIND)}
    assert outcomes - {"read"} <= {
        f"import.{key}" for key in ("broken", "empty", "password", "unreadable_text", "unpacks_too_large")
    }


@pytest.mark.parametrize("name", PARTS)
def test_damaged_parts_inside_of_an_archive_are_read_or_refused(name):
    body, pack = PARTS[name]
    chance = random.Random(name)
    extra = {"numbering": NUMBERS} if pack is word else {"styles": '<cellXfs><xf/><xf numFmtId="2"/></cellXfs>'}
    assert outcome(pack(body, **extra), name) == "read"
    texts = [damaged(body.encode(), chance).decode(errors="replace") for _ in range(PER_KIND)]
    assert {outcome(pack(text, **extra), name) for text in texts} >= {"import.broken"}
    around = [
        {key: damaged(one.encode(), chance).decode(errors="replace") for key, one in extra.items()}
        for _ in range(PER_KIND)
    ]
    assert "read" in {outcome(pack(body, **one), name) for one in around}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_off_anywhere_is_read_or_refused(name):
    data = SAMPLES[name]
    outcomes = [outcome(data[:end], name) for end in range(0, len(data), max(len(data) // 40, 1))]
    assert outcomes[0] == "import.empty"


@pytest.mark.parametrize("name", [*SAMPLES, "แผน", "แผน.docm", "แผน.xls"])
def test_noise_is_refused_or_read_as_it_stands(name):
    chance = random.Random(name)
    for sign in (
        b"",
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xfe",
        "ก\tข\n".encode(),
    ):
        outcome(sign + chance.randbytes(200), name)
