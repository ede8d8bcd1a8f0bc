"""What a file is called says nothing; what is not on the list, or is two things at once, is not kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence.sniffing import (
    DOCX,
    ENDINGS,
    GIF,
    HEIC,
    JPEG,
    M4A,
    MP4,
    PDF,
    PNG,
    PPTX,
    TEXT,
    WEBP,
    XLSX,
    ending_of,
    sniff,
)
from itadomain.refusals import Refusal
from tests.evidence import files

JAR = files.archive("META-INF/MANIFEST.MF", "Main.class")
APK = files.archive("AndroidManifest.xml", "classes.dex")


@pytest.fixture
def kind_of(tmp_path):
    def sniffed(contents, name=""):
        (tmp_path / "file").write_bytes(contents)
        return sniff(tmp_path / "file", name)

    return sniffed


@pytest.fixture
def refusal(kind_of):
    def refused(contents, name=""):
        with pytest.raises(Refusal) as no:
            kind_of(contents, name)
        return no.value.key

    return refused


GOOD = {
    JPEG: (files.photo(), "a.jpg"), PNG: (files.picture("PNG"), "a.png"), GIF: (files.picture("GIF"), "a.gif"),
    WEBP: (files.picture("WEBP"), "a.webp"), HEIC: (files.film(b"heic"), "a.heic"), PDF: (files.PDF, "รายงาน.pdf"),
    DOCX: (files.office("word"), "บันทึก.docx"), XLSX: (files.office("xl"), "a.xlsx"), PPTX: (files.office("ppt"), "a.pptx"),
    MP4: (files.film(), "a.mp4"), M4A: (files.film(b"M4A "), "a.m4a"), TEXT: ("ประชุมแล้ว 20 คน\n".encode(), "a.txt"),
}  # fmt: skip


@pytest.mark.parametrize("media_type", GOOD)
def test_what_is_on_the_list_is_known_under_any_harmless_name(kind_of, media_type):
    contents, name = GOOD[media_type]
    assert kind_of(contents, name) == media_type
    if media_type != TEXT:
        assert kind_of(contents, "") == kind_of(contents, "renamed.txt") == media_type
    assert media_type in ENDINGS


def test_thai_text_of_the_older_code_page_is_text(kind_of):
    assert kind_of("ประชุมแล้ว".encode("cp874"), "บันทึก.TXT") == TEXT
    assert kind_of("\ufeffหัวข้อ,จำนวน\n".encode(), "a.csv") == TEXT


BAD = {
    "a Windows program": files.PE, "a Linux program": files.ELF, "a Mac program": files.MACH_O, "a Java archive": JAR,
    "an Android package": APK, "any archive": files.archive("a.txt"), "HTML": b"<!doctype html><script>1</script>",
    "SVG": b"<?xml version='1.0'?><svg onload='x()'/>", "a shell script": b"#!/bin/sh\nrm -rf /\n",
    "a batch file": b"@echo off\r\n", "nothing": b"", "a RAR": b"Rar!\x1a\x07\0", "7z": b"7z\xbc\xaf'\x1c",
    "a class": b"\xca\xfe\xba\xbe\0\0\0\x34", "PostScript": b"%!PS-Adobe-3.0\n", "a PDF that begins late": b"MZ\n" + files.PDF,
    "a shortcut": b"[InternetShortcut]\x00", "zeros": b"\0" * 100,
}  # fmt: skip


@pytest.mark.parametrize("name", ["", "photo.jpg", "report.pdf", "notes.txt", "clip.mp4", "doc.docx"])
@pytest.mark.parametrize("what", BAD)
def test_what_is_not_on_the_list_is_refused_whatever_its_name(refusal, what, name):
    assert refusal(BAD[what], name) == "evidence.not_allowed"


@pytest.mark.parametrize(
    "name", ["run.bat", "a.js", "a.vbs", "a.PS1", "photo.jpg.exe", "x.html", "x.svg ", "x.cmd.", "a.docm", "a.txt.lnk"]
)
def test_what_is_called_a_program_is_refused_whatever_is_inside(refusal, name):
    assert refusal(files.PDF, name) == refusal(b"hello", name) == "evidence.not_allowed"


def test_old_office_files_and_installers_are_refused_with_the_way_out(refusal):
    for name in ("a.doc", "a.xls", "setup.txt"):
        assert refusal(files.OLE, name) == "evidence.old_office"
    assert refusal(files.OLE, "setup.msi") == "evidence.not_allowed"


@pytest.mark.parametrize(
    "part",
    ["word/vbaProject.bin", "xl/macrosheets/sheet1.xml", "word/activeX/activeX1.xml", "word/embeddings/oleObject1.bin"],
)
def test_documents_with_programs_inside_are_refused(refusal, part):
    assert refusal(files.office(part.partition("/")[0], part), "a.docx") == "evidence.macros"


def test_a_document_that_calls_itself_one_with_macros_is_refused(refusal):
    assert refusal(files.office(types="vnd.ms-word.document.macroEnabled.main+xml"), "a.docx") == "evidence.macros"


@pytest.mark.parametrize("good", [JPEG, PNG, GIF, PDF, MP4, WEBP])
@pytest.mark.parametrize("behind", [JAR, APK, files.office()], ids=["jar", "apk", "docx"])
def test_a_file_that_is_an_archive_too_is_neither(refusal, good, behind):
    """Archives are read from their end, pictures from their beginning."""
    assert refusal(GOOD[good][0] + behind, GOOD[good][1]) == "evidence.not_allowed"


def test_an_archive_that_is_two_documents_is_none(refusal):
    assert refusal(files.office("word", "xl/workbook.xml")) == "evidence.not_allowed"
    assert (
        refusal(files.office("word", "META-INF/MANIFEST.MF", *(f"p{n}.xml" for n in range(5001))))
        == "evidence.not_allowed"
    )


def test_a_list_of_parts_that_would_fill_the_memory_is_not_read(refusal):
    assert (
        refusal(files.archive(**{"[Content_Types].xml": b"x" * 3_000_000, "word__document.xml": b""}))
        == "evidence.not_allowed"
    )


def test_a_long_list_of_parts_is_not_read(refusal):
    names = ["a" * 60_000 + str(number) for number in range(20)]
    assert refusal(files.office("word", *names)) == "evidence.not_allowed"
    assert refusal(files.photo() + files.archive(*names)) == "evidence.not_allowed"


def test_a_truncated_archive_is_refused(refusal):
    assert refusal(files.office()[:-30]) == "evidence.not_allowed"


def test_a_document_that_was_damaged_on_the_way_is_refused(refusal):
    assert refusal(files.damaged_document(), "a.docx") == "evidence.not_allowed"


@given(contents=st.binary(max_size=300), name=st.text(max_size=20))
def test_whatever_comes_is_a_kind_of_the_list_or_refused(tmp_path_factory, contents, name):
    file = tmp_path_factory.getbasetemp() / "anything"
    file.write_bytes(contents)
    try:
        assert sniff(file, name) in ENDINGS
    except Refusal as no:
        assert no.key.startswith("evidence.")


@pytest.mark.parametrize(("name", "ending"), [
    ("a.PDF", "pdf"), ("a.b.exe ", "exe"), ("a.exe..", "exe"), ("a", ""), (".bat", ""), ("gpj.\u202eexe", "exe"), ("a.bat\u200b", "bat"),
])  # fmt: skip
def test_the_end_of_a_name_cannot_be_hidden(name, ending):
    assert ending_of(name) == ending
