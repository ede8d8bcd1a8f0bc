"""Reads the QR codes in a picture: a program of its own, started for one file with no key in reach.

The picture is drawn anew first, within the bounds of all pictures, so the reader of codes sees nothing but dots.
"""

import json
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from bot.evidence.sniffing import DRAWN, sniff
from itadomain.refusals import Refusal

MEMORY, LARGEST, SECONDS = 640 * 2**20, 16 * 2**20, 20
#: Of each code so many letters, and so many codes: nobody sends a picture of more and means one.
LONGEST, MOST = 1000, 9
#: As much as these come to, escaped.
MOST_TOLD = 128 * 1024
PACKAGES = Path(__file__).resolve().parents[2]
_ALONE = threading.Lock()


class NoPicture(Exception):
    """It is none that can be opened here."""


def codes_in(original: Path, name: str = "") -> list[str]:
    """What the codes in a picture say, each once; it lies in a folder of its own, where more is written meanwhile.

    NoPicture where it is none, or would take too much to look at.
    """
    try:
        media_type = sniff(original, name)
    except Refusal as no:
        raise NoPicture from no
    if media_type not in DRAWN:
        raise NoPicture
    with _ALONE, TemporaryFile(dir=original.parent) as told:  # two at once would need twice the memory
        _read_apart(original, media_type, told)
        told.seek(0)
        return _believed(told.read(MOST_TOLD))


def main(media_type: str, original: Path) -> int:
    """Read one picture within bounds."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, LARGEST), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.umask(0o077)
    sys.stdout.write(json.dumps(_codes(original, media_type)[:MOST]))
    return 0


def _read_apart(original: Path, media_type: str, told: IO[bytes]) -> None:
    """Have a program of its own write what it reads."""
    try:
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", __name__, media_type, str(original)],
            env={"PYTHONPATH": str(PACKAGES), "TMPDIR": str(original.parent)},  # and none of ours, which has the keys
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.DEVNULL,  # what a library says of a picture may be a person's
            timeout=SECONDS + 10,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise NoPicture from error


def _believed(told: bytes) -> list[str]:
    """What was read, believed no further than it can be right: a picture may have got hold of its reader."""
    try:
        found = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise NoPicture from error
    if not isinstance(found, list) or len(found) > MOST or not all(isinstance(one, str) for one in found):
        raise NoPicture
    return [one[:LONGEST].encode(errors="replace").decode() for one in found]  # half a sign is none that can be kept


def _codes(original: Path, media_type: str) -> list[str]:
    import zxingcpp  # noqa: PLC0415 - after the bounds are set
    from PIL import Image  # noqa: PLC0415

    from bot.evidence.pictures import draw  # noqa: PLC0415
    from bot.evidence.shelf import SHOWN  # noqa: PLC0415

    with Image.open(draw(original, media_type, original.parent)[SHOWN], formats=["JPEG"]) as drawn:
        found = zxingcpp.read_barcodes(
            drawn.convert("L"),
            formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
            text_mode=zxingcpp.TextMode.Plain,
        )
    return list(dict.fromkeys(one.text[:LONGEST] for one in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
