"""Small files of every kind, made here: good ones, and ones that pretend."""

import io
import struct
import zipfile
import zlib

from PIL import Image

CONTENT_TYPES = '<Types><Override PartName="/word/document.xml" ContentType="application/{}"/></Types>'
MAIN = {
    "word": "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xl": "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "ppt": "vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
PE = b"MZ" + b"\0" * 58 + struct.pack("<I", 64) + b"PE\0\0" + b"\0" * 200
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 200
MACH_O = b"\xcf\xfa\xed\xfe" + b"\0" * 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
#: Where a photo was taken, as a telephone writes it: 8.5 N, 98.25 E.
PLACE = {1: "N", 2: (8.0, 30.0, 0.0), 3: "E", 4: (98.0, 15.0, 0.0)}
CAMERA = b"Camera of a person"


def picture(form="JPEG", size=(320, 200), colour=(10, 120, 90), **more):
    made = io.BytesIO()
    mode = more.pop("mode", "RGB")
    Image.new(mode, size, colour if mode == "RGB" else (*colour, 0)).save(made, form, **more)
    return made.getvalue()


def photo(*, turned=False, size=(320, 200)):
    """A JPEG with what a camera notes: who, when, where, and which side is up."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = CAMERA.decode(), "2026:11:20 14:30:00"
    if turned:
        exif[0x0112] = 6
    exif[0x8825] = PLACE
    return picture(size=size, exif=exif, comment=b"secret comment")


def damaged_notes():
    """A photo that lies on its side, and notes the width of a dot as something that is no number."""
    notes = struct.pack("<HHHI4sHHI4sI", 2, 0x112, 3, 1, b"\6", 0x11A, 7, 1, b"x", 0)
    return picture(exif=b"Exif\0\0II*\0\x08\0\0\0" + notes)


def damaged_document():
    """A document in whose list of types a few bytes were lost on the way; all else is as it should be."""
    whole = office()
    start = whole.index(b"[Content_Types].xml") + len("[Content_Types].xml")
    return whole[:start] + b"\xff" * 8 + whole[start + 8 :]


def archive(*names, **contents):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in names:
            zipped.writestr(name, b"x")
        for name, said in contents.items():
            zipped.writestr(name.replace("__", "/"), said)
    return made.getvalue()


def office(kind="word", *more, types=""):
    listed = CONTENT_TYPES.format(types or MAIN[kind])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", listed)
        for name in ("_rels/.rels", f"{kind}/document.xml", *more):
            zipped.writestr(name, "<x/>")
    return made.getvalue()


def film(brand=b"isom"):
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\2\0" + b"isommp42" + struct.pack(">I", 8) + b"mdat"


def huge_picture(side=20_000):
    """A PNG of a few hundred bytes that claims 400 million dots."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )
