"""Codes are read off pictures as people send them; whatever else is sent does no harm and says nothing."""

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.codes import reading
from bot.codes.reading import LONGEST, MOST, NoPicture, codes_in
from itadomain.surveys import points
from tests.codes.pictures import ADDRESS, code, poster, sheet, through_a_window
from tests.evidence import files, hostile


@pytest.fixture
def read(tmp_path):
    def look(data, name=""):
        file = tmp_path / "original"
        file.write_bytes(data)
        return codes_in(file, name)

    return look


@pytest.mark.parametrize(
    "picture",
    [
        code(), code(scale=3, border=1), sheet(code()), sheet(code(scale=12), turned=17), sheet(code(), form="WEBP"),
        sheet(code(scale=20), size=(4000, 3000), turned=180), through_a_window(),
    ],
    ids=["alone", "small", "on a sheet", "askew", "as WebP", "upside down", "transparent"],
)  # fmt: skip
def test_a_code_is_read_off_a_picture(read, picture):
    assert read(picture) == [ADDRESS]


def test_a_code_of_a_dark_screen_is_read_too(read):
    made = io.BytesIO()
    Image.open(io.BytesIO(code())).convert("L").point(lambda grey: 255 - grey).save(made, "PNG")
    assert read(made.getvalue()) == [ADDRESS]


def test_several_codes_are_told_each_once(read):
    assert sorted(read(sheet(code(), code(ADDRESS + "x"), code()))) == [ADDRESS, ADDRESS + "x"]
    many = sheet(*(code(f"{ADDRESS}{no}", scale=4) for no in range(MOST + 3)), size=(2400, 6400))
    assert len(read(many)) == MOST


def test_a_poster_of_ours_says_that_it_is_ours(read):
    [said] = read(poster())
    assert said == points.link("@bangsommut", "K7Q2")
    assert points.is_ours(said)


@pytest.mark.parametrize("said", ["WIFI:S:office;P:12345;;", "ก" * 300, "x" * 2000, "a\nb", "ไทย\tthai", "\x1b[31m"])
def test_a_code_may_say_anything(read, said):
    assert read(code(said, scale=4)) == [said[:LONGEST]]


def test_a_picture_without_a_code_says_nothing(read):
    assert read(files.photo()) == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", ""), (b"\xff\xd8\xff broken", ""), (code()[: len(code()) // 2], ""), (files.PDF, "a.pdf"), (files.PE, "qr.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>", "qr.svg"),
        (files.film(b"heic"), "qr.heic"), (files.huge_picture(), ""), (code(), "qr.exe"), (code() + files.archive("a.class"), ""),
        (files.office(), "a.docx"),
    ],
    ids=["empty", "broken", "half", "PDF", "program", "SVG", "HEIC", "20,000 dots wide", "called a program", "two things", "document"],
)  # fmt: skip
def test_what_is_no_picture_is_none(read, data, name):
    with pytest.raises(NoPicture):
        read(data, name)


@pytest.mark.parametrize("what", hostile.BOMBS)
def test_a_bomb_does_no_harm(read, tmp_path, what):
    with contextlib.suppress(NoPicture):
        assert read(hostile.BOMBS[what][0]()) == []
    others = [file for file in tmp_path.iterdir() if file.name != "original"]
    assert sum(file.stat().st_size for file in others) < 10_000_000


GOOD = [
    code(),
    sheet(code(), size=(900, 900)),
    files.picture("GIF"),
    files.picture("WEBP"),
    hostile.jpeg_of(64, progressive=True),
]


@st.composite
def damaged(draw):
    """A good picture with some bytes changed and a piece cut out."""
    whole = bytearray(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(0, 8))):
        whole[draw(st.integers(0, len(whole) - 1))] = draw(st.integers(0, 255))
    begin = draw(st.integers(0, len(whole)))
    del whole[begin : begin + draw(st.integers(0, 200))]
    return bytes(whole)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=damaged() | st.binary(max_size=500).map(lambda tail: b"\x89PNG\r\n\x1a\n" + tail))
@example(data=hostile.gif_that_is_a_script())
def test_whatever_comes_is_read_or_refused(read, data):
    try:
        found = read(data)
    except NoPicture:
        return
    assert all(isinstance(one, str) and len(one) <= LONGEST for one in found)


# ── the program of its own


@pytest.mark.parametrize(
    "told", [b"", b"{}", b"[1]", b"[[]]", b'["a"', b"[" + b'"a",' * MOST + b'"b"]', b"\xff", b"[" * 100_000]
)
def test_the_reader_is_believed_no_further_than_it_can_be_right(told):
    with pytest.raises(NoPicture):
        reading._believed(told)


def test_half_a_sign_is_told_as_none():
    """What is kept is written as UTF-8, which has no half of a pair."""
    assert reading._believed(b'["a\\ud800b"]') == ["a?b"]


def test_it_is_told_no_key_and_has_no_more_than_its_bounds(tmp_path, monkeypatch):
    """What it was started with is what it can tell: nothing of ours stands in its environment."""
    monkeypatch.setenv("ITABOT_KEYS", "secret")
    told = tmp_path / "told"
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nenv > {told}\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    (tmp_path / "original").write_bytes(code())
    with pytest.raises(NoPicture):
        codes_in(tmp_path / "original")
    names = {line.partition("=")[0] for line in told.read_text().splitlines()}
    assert {name for name in names if name.startswith(("ITABOT", "DATABASE"))} == set()


@pytest.mark.skipif(sys.platform != "linux", reason="needs its own bounds: Linux")
def test_what_wants_more_memory_than_it_may_have_is_none(tmp_path):
    """The bounds are those of the program: it ends, and nobody else notices."""
    file = tmp_path / "original"
    file.write_bytes(files.picture("PNG", (3464, 3464), mode="RGBA"))
    small = (
        "import sys, pathlib; from bot.codes import reading; reading.MEMORY = 150 * 2**20; "
        "sys.exit(reading.main('image/png', pathlib.Path(sys.argv[1])))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", small, str(file)],
        cwd=Path(__file__).resolve().parents[2], capture_output=True, check=False, timeout=60,
        env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert ran.returncode != 0
    assert ran.stdout == b""
