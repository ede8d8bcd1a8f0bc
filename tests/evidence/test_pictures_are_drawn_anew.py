"""What is shown has nothing that a camera or a person wrote into the original, and is small enough to be shown."""

import pytest
from PIL import Image

from bot.evidence.pictures import SIDES, draw
from bot.evidence.shelf import SHOWN, SMALL
from bot.evidence.sniffing import GIF, JPEG, PNG, WEBP
from itadomain.refusals import Refusal
from tests.evidence import files


@pytest.fixture
def drawn(tmp_path):
    def make(contents, media_type=JPEG):
        (tmp_path / "original").write_bytes(contents)
        return draw(tmp_path / "original", media_type, tmp_path)

    return make


def test_the_original_has_what_the_copy_must_not_have():
    assert files.CAMERA in files.photo()
    assert b"secret comment" in files.photo()


def test_place_time_and_camera_are_gone_from_what_is_shown(drawn):
    for file in drawn(files.photo()).values():
        contents = file.read_bytes()
        assert files.CAMERA not in contents
        assert b"secret comment" not in contents
        assert b"Exif" not in contents
        with Image.open(file) as picture:
            assert not picture.getexif()
            assert {"exif", "comment", "icc_profile", "xmp"} & picture.info.keys() == set()


@pytest.mark.parametrize(("media_type", "form"), [(PNG, "PNG"), (GIF, "GIF"), (WEBP, "WEBP")])
def test_every_kind_of_picture_is_shown_as_a_jpeg(drawn, media_type, form):
    for file in drawn(files.picture(form), media_type).values():
        with Image.open(file) as picture:
            assert picture.format == "JPEG"


def test_a_picture_stands_upright(drawn):
    with Image.open(drawn(files.photo(turned=True))[SHOWN]) as picture:
        assert picture.size == (200, 320)


def test_a_picture_with_damaged_notes_is_shown_as_it_lies(drawn):
    with Image.open(drawn(files.damaged_notes())[SHOWN]) as picture:
        assert picture.size == (320, 200)


@pytest.mark.parametrize("size", [(4000, 3000), (5000, 4000), (300, 5000), (20, 20)])
def test_no_side_is_longer_than_what_is_shown(drawn, size):
    made = drawn(files.photo(size=size))
    for variant, side in SIDES.items():
        with Image.open(made[variant]) as picture:
            assert max(picture.size) == min(side, max(size))
    assert made[SMALL].stat().st_size < 100_000


def test_what_can_be_seen_through_is_on_white(drawn):
    with Image.open(drawn(files.picture("PNG", mode="RGBA"), PNG)[SHOWN]) as picture:
        assert min(picture.getpixel((5, 5))) > 250


@pytest.mark.parametrize(("contents", "media_type"), [
    (b"\xff\xd8\xff\xe0 no picture", JPEG), (files.picture("PNG")[:60], PNG), (b"GIF89a/*<script>*/=1;", GIF),
    (files.PE.replace(b"MZ", b"\xff\xd8\xff"), JPEG),
])  # fmt: skip
def test_what_only_begins_as_a_picture_is_refused(drawn, contents, media_type):
    with pytest.raises(Refusal) as no:
        drawn(contents, media_type)
    assert no.value.key == "evidence.broken_picture"


def test_a_picture_that_would_fill_the_memory_is_refused(drawn):
    with pytest.raises(Refusal) as no:
        drawn(files.huge_picture(), PNG)
    assert no.value.key in {"evidence.too_many_dots", "evidence.broken_picture"}
    for side in (9_000, 4_000):
        with pytest.raises(Refusal) as no:
            drawn(files.huge_picture(side), PNG)
        assert no.value.key == "evidence.too_many_dots"
