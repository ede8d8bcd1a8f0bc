"""However little a file is and however much it claims: looking at it takes no more memory than a small machine has."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.evidence.passes import passes
from tests.evidence import files, hostile

ROOT = Path(__file__).resolve().parents[2]
#: A machine of 1 GB has as much to spare beside the service.
MOST_MIB = 256
#: Looks at a file as the task does, in a process of its own; tells what became of it and how much memory that took.
LOOK = """
import json, pathlib, sys
from PIL import Image
from bot.evidence.pictures import draw
from bot.evidence.sniffing import DRAWN, sniff
from itadomain.refusals import Refusal

def most():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024

Image.init()
file, before = pathlib.Path(sys.argv[1]), most()
try:
    kind = sniff(file)
    became = "drawn" if kind in DRAWN and draw(file, kind, file.parent) else "kept"
except Refusal as refusal:
    became = refusal.key
print(json.dumps([became, most() - before]))
"""


def looked_at(contents, folder):
    file = folder / "original"
    file.write_bytes(contents)
    command = [sys.executable, "-c", LOOK, str(file)]
    ran = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=100)
    return json.loads(ran.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc: Linux")
@pytest.mark.parametrize("what", hostile.BOMBS)
def test_a_file_takes_so_much_memory_and_no_more(tmp_path, what):
    make, may_become = hostile.BOMBS[what]
    became, mib = looked_at(make(), tmp_path)
    assert became in may_become
    assert mib < MOST_MIB
    assert sum(made.stat().st_size for made in tmp_path.glob("drawn*")) < 10_000_000


# ── in how many passes a JPEG was written


@pytest.mark.parametrize(
    "more", [{}, {"quality": 100, "subsampling": 0}, {"restart_marker_rows": 1}, {"exif": b"Exif\0\0" + files.photo()}]
)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_photo_as_telephones_write_it_is_of_one_pass(mode, more):
    assert passes(hostile.jpeg_of(300, mode, **more)) == 1


def test_a_progressive_one_has_as_many_as_are_in_it():
    assert passes(hostile.jpeg_of(300, progressive=True)) == 10
    assert passes(hostile.jpeg_of_many_passes(300, 500)) == 510


def test_one_colour_after_the_other_is_several_passes_too():
    whole = hostile.jpeg_of(300)
    scan = whole.index(b"\xff\xda")
    assert passes(whole[:scan] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0data\xff\xda\0\x08\x01\x02\x11\0\x3f\0data") == 2


@pytest.mark.parametrize(
    "padding", [b"\xff\xff\xff", b"\0\xff\0", b"\xff\x01", b"\xff\xd0\xff\xd7", b"\xff\xe0\0\x04\xff\xda"]
)
def test_padding_and_marks_that_stand_alone_hide_nothing(padding):
    whole = hostile.jpeg_of_many_passes(300, 500)
    for mark in (b"\xff\xdb", b"\xff\xc2"):
        at = whole.index(mark)
        assert passes(whole[:at] + padding + whole[at:]) == 510


@pytest.mark.parametrize(
    "contents", [b"", b"\xff", b"\xff\xd8\xff", b"\xff\xd8\xff\xda", b"\xff\xd8\xff\xc0", b"\xff" * 1000]
)
def test_where_nothing_can_be_read_it_is_no_more_than_one(contents):
    assert passes(contents) <= 1
