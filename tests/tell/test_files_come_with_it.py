"""Photos and PDF: only what was drawn anew is kept, and all else is refused with a sentence."""

import io
import zlib
from datetime import UTC, datetime, time
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.evidence.file import FileShelf
from bot.evidence.sealed import SealedShelf
from bot.evidence.shelf import name_of
from bot.storage.sealing import KeyRing, new_key
from bot.storage.tasks import Errand
from bot.tell.files import Files
from bot.tell.removing import RemoveDisclosed
from itadomain.integrity.disclosure import MOST_FILES
from itadomain.refusals import Refusal
from tests.evidence import files
from tests.fakes import TODAY

KEY = new_key()
SECRET = "SECRET-OF-A-MAKER".encode("utf-16-be")


def a_pdf(pages=1, **more):
    """A PDF of pages with a picture on each, as a scanner writes it: with a maker, and a script behind it."""
    made = io.BytesIO()
    sheets = [Image.new("RGB", (200, 300), (240, 20 * page % 255, 240)) for page in range(pages)]
    sheets[0].save(made, "PDF", save_all=True, append_images=sheets[1:], author="SECRET-OF-A-MAKER", **more)
    return made.getvalue()


@pytest.fixture
def code(visitor):
    code = visitor.sends()
    visitor.follows(code)
    return code


@pytest.fixture
def kept(house, store, tmp_path):
    """The files that were kept, as a receiver gets them."""

    def opened():
        shelf = SealedShelf(FileShelf(tmp_path / "shelf"), KeyRing([house.key]))
        return [shelf.open(name_of(1, more.file.id)).read() for _, more in store.disclosures.more if more.file]

    return opened


def on_the_disk(folder: Path):
    return [path for path in (folder / "shelf").rglob("*") if path.is_file()]


def sends(visitor, data, name="ภาพ.jpg"):
    return visitor.presses("ส่งไฟล์", file=(data, name))


def test_of_a_photo_the_drawn_picture_is_kept_and_nothing_of_the_camera(visitor, code, kept, tmp_path, store):
    sends(visitor, files.photo(size=(2400, 1800)))
    assert visitor.says("รับไฟล์แล้ว", "มีแล้ว 1 ไฟล์")
    (picture,) = kept()
    assert max(Image.open(io.BytesIO(picture)).size) == 1600
    assert not [one for one in (files.CAMERA, b"Exif", b"secret comment", b"GPS") if one in picture]
    ((_, more),) = store.disclosures.more
    assert (more.file.media_type, more.file.size, len(more.file.id)) == ("image/jpeg", len(picture), 64)
    (sealed,) = on_the_disk(tmp_path)
    assert picture[:64] not in sealed.read_bytes()
    assert (tmp_path / "shelf" / "scratch").exists()
    assert list((tmp_path / "shelf" / "scratch").iterdir()) == []


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP", "JPEG"])
def test_pictures_of_every_usual_kind_become_a_photo(visitor, code, kept, form):
    sends(visitor, files.picture(form), "x")
    assert Image.open(io.BytesIO(kept()[0])).format == "JPEG"


def test_of_a_pdf_pictures_of_its_pages_are_kept(visitor, code, kept):
    data = a_pdf(3)
    assert SECRET in data
    sends(visitor, data, "เอกสาร.pdf")
    assert visitor.says("รับไฟล์แล้ว")
    (made,) = kept()
    assert SECRET not in made
    assert not [one for one in (b"/Author", b"/CreationDate", b"/Producer", b"/JavaScript", b"drawn") if one in made]
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 3
    assert document[0].get_textpage().get_text_range() == ""


@pytest.mark.parametrize(("data", "told"), [
    pytest.param(b"", "โปรดเลือกไฟล์", id="nothing"),
    pytest.param(b"\0" * (10 * 2**20 + 1), "ใหญ่เกิน 10", id="large"),
    pytest.param(files.film(), "เสียงและวิดีโอ", id="film"),
    pytest.param(files.film(b"M4A "), "เสียงและวิดีโอ", id="voice"),
    pytest.param(b"ID3\3" + b"\0" * 99, "เสียงและวิดีโอ", id="mp3"),
    pytest.param(b"RIFF\0\0\0\0WAVE" + b"\0" * 99, "เสียงและวิดีโอ", id="wav"),
    pytest.param(files.film(b"heic"), "ภาพหน้าจอ", id="heic"),
    pytest.param(files.office(), "เฉพาะภาพและ PDF", id="word"),
    pytest.param(files.PE, "เฉพาะภาพและ PDF", id="program"),
    pytest.param(b"<html><script>", "เฉพาะภาพและ PDF", id="page"),
    pytest.param(files.huge_picture(50_000), "เปิดไฟล์นี้ไม่ได้", id="bomb"),
    pytest.param(files.PDF, "เปิดไฟล์นี้ไม่ได้", id="no page"),
    pytest.param(files.picture()[:500], "เปิดไฟล์นี้ไม่ได้", id="half a picture"),
    pytest.param(a_pdf(21), "เกิน 20 หน้า", id="many pages"),
])  # fmt: skip
def test_what_cannot_be_taken_is_told_and_nothing_is_kept(visitor, code, store, tmp_path, data, told):
    sends(visitor, data)
    assert (visitor.status, visitor.says(told)) == (400, True)
    assert (store.disclosures.more, on_the_disk(tmp_path)) == ([], [])
    assert visitor.carried["code"] == code


def test_a_picture_that_is_a_page_too_is_only_a_picture_afterwards(visitor, code, kept):
    sends(visitor, files.picture() + b"<script>alert(1)</script>")
    assert b"script" not in kept()[0]


@pytest.mark.parametrize("data", [files.picture("GIF"), a_pdf()], ids=["picture", "pdf"])
def test_what_has_an_archive_behind_it_is_neither(visitor, code, store, data):
    sends(visitor, data + files.archive("a.txt"))
    assert visitor.says("เฉพาะภาพและ PDF")


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(whole=st.sampled_from([files.picture(), files.picture("PNG"), files.picture("WEBP"), files.picture("GIF"), a_pdf()]),
       kept=st.integers(8, 400), noise=st.binary(max_size=60))  # fmt: skip
def test_a_file_that_is_damaged_anywhere_is_drawn_or_refused(tmp_path, whole, kept, noise):
    shelf = FileShelf(tmp_path / "shelf")
    try:
        made = Files(shelf).keep(io.BytesIO(whole[:kept] + noise + whole[kept + len(noise) :]), 1, lambda _: KEY, TODAY)
    except Refusal as refusal:
        assert refusal.key.startswith("tell.")
    else:
        opened = SealedShelf(shelf, KeyRing([KEY])).open(name_of(1, made.id)).read()
        assert opened[:4] in {b"\xff\xd8\xff\xe0", b"%PDF"}


def test_a_pdf_that_unpacks_without_end_is_given_up(visitor, code, store):
    """A stream of zeros in zeros, as a page that never ends to be drawn."""
    packed = zlib.compressobj(9)
    stream = b"".join(packed.compress(b"0 0 m 1 1 l S " * 100_000) for _ in range(200)) + packed.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
    ]  # fmt: skip
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%sendobj\n" % (no, one) for no, one in enumerate(objects, 1))
    sends(visitor, data + b"trailer<</Root 1 0 R>>\n%%EOF")
    assert visitor.says("เปิดไฟล์นี้ไม่ได้")


@pytest.mark.parametrize("data", [files.picture(), files.PE], ids=["taken", "refused"])
def test_words_that_were_typed_beside_a_file_are_not_lost(visitor, code, data):
    visitor.presses("ส่งไฟล์", file=(data, "x"), more="ยังไม่ได้ส่ง")
    assert visitor.carried["more"] == "ยังไม่ได้ส่ง"


def test_five_files_are_enough(visitor, code, store):
    for _ in range(MOST_FILES):
        sends(visitor, files.picture(size=(9, 9)))
    assert visitor.says("มีแล้ว 5 ไฟล์")
    assert "/files" not in visitor.html
    visitor.posts("/tell/north/files", [("code", code)], (files.picture(), "x"))
    assert visitor.says("เรื่องหนึ่งรับได้ 5 ไฟล์")
    assert len(store.disclosures.more) == MOST_FILES


def test_a_file_for_a_code_that_is_none_is_not_even_drawn(visitor, code, tmp_path):
    visitor.posts("/tell/north/files", [("code", "7K2M4N8P0QRSTVWX")], (files.picture(), "x"))
    assert (visitor.status, visitor.says("ไม่พบเรื่องของรหัสนี้")) == (404, True)
    assert on_the_disk(tmp_path) == []


def test_a_file_that_cannot_be_noted_does_not_stay_on_the_shelf(visitor, code, store, tmp_path):
    def away(code, more):
        raise OSError("away")

    store.disclosures.put_more = away
    sends(visitor, files.picture())
    assert (visitor.status, on_the_disk(tmp_path)) == (503, [])
    assert visitor.carried["code"] == code
    visitor.presses("ลองอีกครั้ง")
    assert visitor.says("มีแล้ว 0 ไฟล์")


def test_what_was_destroyed_is_taken_off_the_shelf_however_often_that_is_asked_for(visitor, code, tmp_path, store):
    sends(visitor, files.photo())
    ((_, more),) = store.disclosures.more
    assert on_the_disk(tmp_path)
    gone = Errand(1, 1, "lane", "key", "remove_disclosed", 1, 0, facts={"sha256": more.file.id})
    for _ in range(2):
        assert RemoveDisclosed(FileShelf(tmp_path / "shelf"))(gone) == {}
    assert not on_the_disk(tmp_path)


def test_neither_a_file_nor_its_folders_tell_an_hour(visitor, code, tmp_path):
    sends(visitor, files.photo())
    (sealed,) = on_the_disk(tmp_path)
    midnight = datetime.combine(TODAY, time.min, UTC).timestamp()
    assert {path.stat().st_mtime for path in (sealed, *list(sealed.parents)[:3])} == {midnight}
