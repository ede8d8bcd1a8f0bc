"""What a file is, by its contents and never by what it is called. What is not on the list is not kept.

That list is short on purpose: nothing on it runs by being opened. A file that is two things at once (a picture with a
program's archive behind it) is neither.
"""

import io
import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePath

from itadomain.refusals import Refusal

JPEG, PNG, GIF, WEBP, HEIC = "image/jpeg", "image/png", "image/gif", "image/webp", "image/heic"
PDF, TEXT, MP4, M4A = "application/pdf", "text/plain", "video/mp4", "audio/mp4"
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX, PPTX = (
    f"{_OFFICE}.wordprocessingml.document",
    f"{_OFFICE}.spreadsheetml.sheet",
    f"{_OFFICE}.presentationml.presentation",
)
#: How a copy's name ends when it is handed out again.
ENDINGS: Mapping[str, str] = {
    JPEG: "jpg", PNG: "png", GIF: "gif", WEBP: "webp", HEIC: "heic", PDF: "pdf", TEXT: "txt", MP4: "mp4", M4A: "m4a",
    DOCX: "docx", XLSX: "xlsx", PPTX: "pptx",
}  # fmt: skip
PHOTOS = frozenset({JPEG, PNG, GIF, WEBP, HEIC})
#: Of these a copy without a camera's notes can be made.
DRAWN = PHOTOS - {HEIC}

HEAD = 64 * 1024
_PARTS = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
#: What stands behind `ftyp` at the start of films, recordings and photos.
_FILMS = b"isom iso2 iso4 iso5 iso6 mp41 mp42 avc1 MSNV dash 3gp4 3gp5"
_BRANDS = {
    **dict.fromkeys((b"M4V ", *_FILMS.split()), MP4),
    **dict.fromkeys((b"M4A ", b"M4B "), M4A),
    **dict.fromkeys((b"heic", b"heix", b"mif1", b"msf1"), HEIC),
}
_STARTS = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"GIF87a": GIF, b"GIF89a": GIF, b"%PDF-": PDF}
_MACROS = re.compile(r"vbaproject|macrosheets|macroenabled|activex/|\.bin$", re.IGNORECASE)
_MOST_PARTS, _MOST_LIST = 5_000, 1024 * 1024
#: What reading a damaged archive may end in.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    KeyError, NotImplementedError, OSError, RuntimeError, ValueError, EOFError,
)  # fmt: skip
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_ENDINGS = {"txt", "csv"}
_SCRIPT = re.compile(rb"\s*(MZ|#!|<|@echo|rem\s|::|\{\\rtf|%!)", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: A name that ends so is nothing to hand out again, whatever is inside.
_RUNS = """
    apk app bat bin class cmd com cpl dll dmg docm dotm elf exe gadget hta htm html inf iso jar js jse lnk mhtml msc msi
    msp pif pkg potm ppsm pptm ps1 py reg scr sct sh so svg svgz sys url vb vbe vbs wsf wsh xhtml xlam xlsm xltm xml
"""


class _Listed(io.FileIO):
    """A file that may be an archive, whose list of parts is read in one go: no longer than that of a document."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size and size > _MOST_LIST:
            raise Refusal("evidence.not_allowed")
        return super().read(size)


def sniff(file: Path, name: str = "") -> str:
    """The media type of a file; Refusal where it is on no list, or pretends to be what it is not."""
    if ending_of(name) in _RUNS.split():
        raise Refusal("evidence.not_allowed")
    with file.open("rb") as contents:
        head = contents.read(HEAD)
    found = _by_first_bytes(head) or (_office(file) if head.startswith(b"PK\x03\x04") else _text(file, head, name))
    if found not in {DOCX, XLSX, PPTX} and _is_archive(file):
        raise Refusal("evidence.not_allowed")
    return found


def ending_of(name: str) -> str:
    """How a name ends, in small letters; what is not seen of it, with which an end could hide, does not count."""
    seen = "".join(letter for letter in name if unicodedata.category(letter) not in {"Cf", "Cc"})
    return PurePath(seen.rstrip(" .")).suffix.lstrip(".").casefold()


def _by_first_bytes(head: bytes) -> str:
    for start, found in _STARTS.items():
        if head.startswith(start):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return _BRANDS.get(head[8:12], "") if head[4:8] == b"ftyp" else ""


def _office(file: Path) -> str:
    """The kind of an office file; any other archive, or one with macros, is none."""
    try:
        with _Listed(file) as contents, zipfile.ZipFile(contents) as archive:
            names = archive.namelist()
            listed = archive.getinfo("[Content_Types].xml")
            types = archive.read(listed) if listed.file_size <= _MOST_LIST else b""
    except _DAMAGED as error:
        raise Refusal("evidence.not_allowed") from error
    kinds = {kind for start, kind in _PARTS.items() if any(name.startswith(start) for name in names)}
    if len(names) > _MOST_PARTS or len(kinds) != 1 or not types:
        raise Refusal("evidence.not_allowed")
    if any(_MACROS.search(name) for name in names) or _MACROS.search(types.decode("utf-8", "replace")):
        raise Refusal("evidence.macros")
    return kinds.pop()


def _text(file: Path, head: bytes, name: str) -> str:
    """Plain text, where it is called so and nothing in it is a program's first line."""
    if head.startswith(_OLD_OFFICE):
        raise Refusal("evidence.old_office")
    if not head or ending_of(name) not in _TEXT_ENDINGS or _SCRIPT.match(head) or not _is_plain(file):
        raise Refusal("evidence.not_allowed")
    return TEXT


def _is_plain(file: Path) -> bool:
    """Whether a file is text from end to end, as UTF-8 or in the older Thai code page."""
    for encoding in ("utf-8-sig", "cp874"):
        try:
            with file.open(encoding=encoding) as lines:
                return not any(_CONTROLS.search(piece) for piece in iter(lambda: lines.read(HEAD), ""))
        except UnicodeDecodeError:
            continue
    return False


def _is_archive(file: Path) -> bool:
    """Whether a file is an archive too: those are read from their end, so one can stand behind anything."""
    try:
        with _Listed(file) as contents, zipfile.ZipFile(contents):
            return True
    except _DAMAGED:
        return False
