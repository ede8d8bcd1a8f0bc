"""Makes a PDF of a Word file by LibreOffice, where this machine has it: one at a time, within bounds, without network.

Each gets a fresh profile, in which no macro runs, no link is followed and nothing is fetched; whatever it started ends
with it.
"""

import contextlib
import ctypes
import fcntl
import io
import logging
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bot.faults import place_of

SECONDS, MEMORY, LARGEST = 60, 4 * 2**30, 256 * 2**20
PACKAGES = Path(__file__).resolve().parents[3]
FONTS = Path(__file__).resolve().parent / "fonts"
#: Where Thai stands directly behind a sign that is none, «/รายงาน», «(ตาราง», but for abbreviations.
TEXT, BEHIND_A_SIGN = "word/document.xml", re.compile(r"(?<=[^\s>\".\u00a0\u200bก-๛])(?=[ก-ฮเ-ไ])")
#: Photos stay as they are: they are small already, and making them smaller takes most of the time.
EXPORT = 'pdf:writer_pdf_Export:{"ReduceImageResolution":{"type":"boolean","value":"false"}}'
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
_COMMON = "/org.openoffice.Office.Common/Security/Scripting"
SETTINGS = (
    (_COMMON, "MacroSecurityLevel", "3"),
    (_COMMON, "DisableMacrosExecution", "true"),
    (_COMMON, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>
"""
ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
#: The typeface of the papers, else that which comes with us and is drawn alike: a PDF has Thai on every machine.
TYPEFACES = f"""<?xml version="1.0"?>
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{FONTS}</dir>
<alias binding="same"><family>TH Sarabun New</family><prefer>
<family>TH Sarabun New</family><family>TH SarabunPSK</family><family>Sarabun</family>
</prefer></alias></fontconfig>
"""

log = logging.getLogger(__name__)


class NoOffice(Exception):
    """This machine has no LibreOffice."""


class Busy(Exception):
    """Another PDF is being made on this machine, or it is too slow for now."""


def available() -> bool:
    """Whether PDFs can be made here."""
    return bool(_program())


def pdf_of(docx: bytes) -> bytes:
    """A Word file as a PDF; NoOffice or Busy where it cannot be had now."""
    program = _program()
    if not program:
        raise NoOffice
    with _alone() as folder:
        _copy(docx, folder / "paper.docx")
        (folder / "fonts.conf").write_text(TYPEFACES, encoding="utf-8")
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        try:
            _run(program, folder)
            return (folder / "paper.pdf").read_bytes()
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError, OSError) as error:
            log.error("a PDF was not made: %s", place_of(error))  # noqa: TRY400 - the trace would tell what is in it
            raise Busy from error


def main(command: list[str]) -> None:
    """Become LibreOffice, within bounds and without network."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    os.umask(0o077)
    # Where the machine lets nobody part from the network, the profile alone keeps it from being used.
    ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)
    os.execv(command[0], command)  # noqa: S606 - no shell between


def _copy(docx: bytes, file: Path) -> None:
    """The same, with a place to break before such words: else LibreOffice breaks them after their first letter."""
    with zipfile.ZipFile(io.BytesIO(docx)) as given, zipfile.ZipFile(file, "w") as kept:
        for one in given.infolist():
            part = given.read(one)
            if one.filename == TEXT:
                part = BEHIND_A_SIGN.sub("\u200b", part.decode()).encode()
            kept.writestr(one, part)


def _profile() -> str:
    return PROFILE.format("".join(ITEM.format(*one) for one in SETTINGS))


def _program() -> str:
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


@contextlib.contextmanager
def _alone() -> Iterator[Path]:
    """A folder for one; what a process left there that was killed goes first. Busy where another is at work."""
    place = Path(tempfile.gettempdir()) / f"itabot-office-{os.getuid()}"
    place.mkdir(mode=0o700, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid != os.getuid():
        raise Busy
    with (place / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        for left in place.glob("paper-*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="paper-", dir=place, ignore_cleanup_errors=True) as folder:
            yield Path(folder)


def _run(program: str, folder: Path) -> None:
    office = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--nologo", "--convert-to", EXPORT, "--outdir", str(folder),
        str(folder / "paper.docx"),
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - our own program, which becomes the machine's LibreOffice
        [sys.executable, "-m", __name__, *office],
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(PACKAGES),
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LANG": "C.UTF-8",
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(SECONDS)
        if code:
            raise subprocess.CalledProcessError(code, "soffice")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # and all that it started
        process.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
