"""Files that are two things at once, and files that want far more memory or time than they are long."""

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

from bot.evidence.sniffing import MP4, PDF, TEXT
from tests.evidence import files

MARK = b"alert(document.domain)"
HTML = b"<!doctype html><html><body onload=" + MARK + b"><script>" + MARK + b"</script></body></html>"
DRAWN = "drawn"
NOT_ALLOWED, BROKEN, TOO_MANY = "evidence.not_allowed", "evidence.broken_picture", "evidence.too_many_dots"


def gif_that_is_a_script():
    """A picture whose width opens a comment that its end closes: a browser would run it as a script."""
    whole = files.picture("GIF")
    return whole[:6] + b"/*" + whole[8:] + b"*/=1;" + MARK + b"//"


def png_with_words():
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", HTML.decode())
    told.add_itxt("XML:com.adobe.xmp", HTML.decode(), zip=True)
    return files.picture("PNG", pnginfo=told)


def pdf_that_runs():
    return files.PDF.replace(b"<<>>endobj", b"<</OpenAction<</S/JavaScript/JS(app." + MARK + b")>>>>endobj")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


#: What it is, what it is called, and what becomes of it: drawn anew, kept as a file of this type, or refused so.
POLYGLOTS = {
    "a JPEG with a page in its comment": (files.picture(comment=HTML), "", DRAWN),
    "a JPEG with a page in what the camera noted": (files.picture(exif=b"Exif\0\0" + HTML), "", DRAWN),
    "a JPEG with a page behind": (files.photo() + HTML, "", DRAWN),
    "a page that begins as a JPEG": (b"\xff\xd8\xff\xe0" + HTML, "", BROKEN),
    "a GIF that is a script": (gif_that_is_a_script(), "", DRAWN),
    "a script that begins as a GIF": (b"GIF89a/*\0\0*/=1;" + MARK, "", BROKEN),
    "a PNG with a script behind": (files.picture("PNG") + b"\n<script>" + MARK, "", DRAWN),
    "a PNG with a page in its notes": (png_with_words(), "", DRAWN),
    "a WebP with a page in its notes": (files.picture("WEBP", xmp=HTML), "", DRAWN),
    "a photo with an archive behind": (files.photo() + files.archive("index.html"), "", NOT_ALLOWED),
    "a photo that is called a page": (files.photo(), "รูป.html", NOT_ALLOWED),
    "a PDF with an archive behind": (files.PDF + files.archive("a.class"), "แบบ.pdf", NOT_ALLOWED),
    "an archive that begins as a PDF": (b"%PDF-1.7\n" + files.office(), "แบบ.pdf", NOT_ALLOWED),
    "a PDF with a page behind": (files.PDF + HTML, "แบบ.pdf", PDF),
    "a PDF that runs a script": (pdf_that_runs(), "แบบ.pdf", PDF),
    "a page before a document": (HTML + files.office(), "หนังสือ.docx", NOT_ALLOWED),
    "a page that is called a text": (HTML, "ข้อความ.txt", NOT_ALLOWED),
    "a page in the second line of a text": (b"hello\n" + HTML, "ข้อความ.txt", TEXT),
    "a letter with a page that is called a text": (b"MIME-Version: 1.0\n\n" + HTML, "ข้อความ.txt", TEXT),
    "a page that is called a photo": (HTML, "รูป.jpg", NOT_ALLOWED),
    "a drawing that is a page": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "รูป.png", NOT_ALLOWED),
    "a film with a page in it": (files.film() + HTML, "", MP4),
}


def jpeg_of(side, mode="RGB", **more):
    made = io.BytesIO()
    Image.new(mode, (side, side)).save(made, "JPEG", **more)
    return made.getvalue()


def jpeg_that_claims(side):
    """A small JPEG that says of itself that it is as large as this."""
    whole = files.picture()
    frame = whole.index(b"\xff\xc0")
    return whole[: frame + 5] + struct.pack(">HH", side, side) + whole[frame + 9 :]


def jpeg_of_many_passes(side, count):
    """A picture that is drawn over and over: each pass is some 50 bytes, and goes through all dots."""
    whole = jpeg_of(side, progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * count + whole[-2:]


def gif_of_many_pictures(count):
    first, *others = [Image.new("L", (300, 300), number % 250) for number in range(count)]
    made = io.BytesIO()
    first.save(made, "GIF", save_all=True, append_images=others)
    return made.getvalue()


def png_with_swollen_notes(kind=b"zTXt"):
    """A PNG whose notes unpack to 200 MB."""
    packed = zlib.compressobj(9)
    swollen = b"".join(packed.compress(b"\0" * 1_000_000) for _ in range(200)) + packed.flush()
    whole = files.picture("PNG")
    return whole[:33] + chunk(kind, b"note\0\0" + swollen) + whole[33:]


def swollen_document():
    """A document of a megabyte or so whose text unpacks to a thousand times as much, beside archives within archives."""
    inside = files.archive("a.txt")
    for _ in range(20):
        inside = files.archive(a__zip=inside)
    contents = {"[Content_Types].xml": files.CONTENT_TYPES.format(files.MAIN["word"])}
    return files.archive(**contents, word__document__xml=b"\0" * 300_000_000, word__media__deep__zip=inside)


#: What it is, and what may become of it.
BOMBS = {
    "a PNG that claims 400 million dots": (files.huge_picture, {TOO_MANY, BROKEN}),
    "a PNG of as many dots as may be": (lambda: files.picture("PNG", (3464, 3464), mode="RGBA"), {DRAWN}),
    "a PNG of one long line": (lambda: files.picture("PNG", (1, 12_000_000)), {DRAWN, BROKEN}),
    "a PNG whose notes unpack to 200 MB": (png_with_swollen_notes, {DRAWN, BROKEN}),
    "a PNG whose colours unpack to 200 MB": (lambda: png_with_swollen_notes(b"iCCP"), {DRAWN, BROKEN}),
    "a GIF that claims four thousand million dots": (
        lambda: b"GIF89a" + b"\xff" * 4 + files.picture("GIF")[10:], {TOO_MANY, BROKEN},
    ),
    "a GIF of a thousand pictures": (lambda: gif_of_many_pictures(1000), {DRAWN}),
    "a WebP of as many dots as may be": (lambda: files.picture("WEBP", (3464, 3464)), {DRAWN}),
    "a JPEG that claims four thousand million dots": (lambda: jpeg_that_claims(65_500), {TOO_MANY, BROKEN}),
    "a JPEG that claims more than it has": (lambda: jpeg_that_claims(7_000), {DRAWN, BROKEN}),
    "a JPEG of as many dots as may be": (lambda: jpeg_of(7700), {DRAWN}),
    "a JPEG of many dots in several passes": (lambda: jpeg_of(7700, progressive=True, subsampling=0), {TOO_MANY}),
    "a JPEG of fewer dots in several passes": (lambda: jpeg_of(3990, "CMYK", progressive=True), {DRAWN}),
    "a JPEG of a hundred thousand passes": (lambda: jpeg_of_many_passes(3000, 100_000), {BROKEN}),
    "a document that unpacks to a thousand times as much": (swollen_document, {NOT_ALLOWED, "kept"}),
}  # fmt: skip
