"""A seal and a form go from LINE into the database, looked through and sealed; nothing of them is left on the shelf."""

import io
from datetime import UTC, datetime

import docx
import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from bot.papers.handing.own_parts import TakePart
from bot.storage.tasks import Errand
from bot.texts import Texts
from itadomain.papers.choosing import SEAL
from tests.fakes import a_measure
from tests.storage.fetching import STAFF

SECRET = "written by a camera"
TEXTS, NOW = Texts(), datetime(2026, 11, 22, 9, tzinfo=UTC)


def a_seal(form="PNG", size=(600, 400), **more):
    """A red disc amid nothing."""
    picture = Image.new("RGBA", size, (255, 255, 255, 0))
    ImageDraw.Draw(picture).ellipse((200, 100, 400, 300), fill=(200, 0, 0, 255))
    kept = io.BytesIO()
    if form == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", SECRET)
        picture.save(kept, "PNG", pnginfo=notes, **more)
    else:
        white = Image.new("RGB", size, "white")
        white.paste(picture, mask=picture)
        white.save(kept, form, **more)
    return kept.getvalue()


@pytest.fixture
def takes(house, fetching):
    act = TakePart(house.ledger, fetching.contents, fetching.shelf, TEXTS.tell, lambda: NOW)

    def take(data, name="", part=SEAL, **more):
        facts = {"part": part, "message": fetching.holds(data), "name": name, **more}
        errand = Errand(1, fetching.agency, "lane", "k", "take_paper_part", 1, house.clock(), STAFF, facts)
        return act(errand)

    return take


def kept(fetching):
    return fetching.step(lambda store: store.papers.part(SEAL))


def test_it_is_kept_as_it_is_seen_without_its_margins_and_notes(house, fetching, takes):
    assert takes(a_seal(), "ตรา.png") == {"kept": True}
    seal = kept(fetching)
    assert SECRET.encode() not in seal
    with Image.open(io.BytesIO(seal)) as picture:
        assert picture.format == "PNG"
        assert picture.size == (201, 201)
        assert picture.getpixel((0, 0))[3] == 0  # seen through, as it was sent
        assert picture.getpixel((100, 100)) == (200, 0, 0, 255)
    (row,) = house.rows("SELECT contents FROM paper_part")
    assert row[0].startswith("v1.")
    assert [one for one in fetching.folder.rglob("*") if one.is_file()] == []


def test_a_photo_has_its_white_margins_cut_off(fetching, takes):
    assert takes(a_seal("JPEG", quality=95)) == {"kept": True}
    with Image.open(io.BytesIO(kept(fetching))) as picture:
        assert max(picture.size) <= 220


def test_a_large_one_is_made_small_and_a_second_takes_the_place_of_the_first(fetching, takes):
    takes(a_seal())
    assert takes(a_seal(size=(3000, 3000))) == {"kept": True}
    with Image.open(io.BytesIO(kept(fetching))) as picture:
        assert max(picture.size) <= 900


def noise():
    return Image.effect_noise((900, 900), 200).convert("RGB")


def saved(picture, form="PNG"):
    kept = io.BytesIO()
    picture.save(kept, form)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (a_seal()[:200], "ตรา.png", "evidence.broken_picture"),
        (saved(Image.new("RGB", (300, 300), "white")), "ตรา.png", "paper_settings.empty_picture"),
        (saved(Image.new("RGBA", (300, 300), (0, 0, 0, 0))), "ตรา.png", "paper_settings.empty_picture"),
        (saved(noise()), "ตรา.png", "paper_settings.seal_too_large"),
        (saved(Image.new("1", (5_000, 5_000))), "ตรา.png", "evidence.too_many_dots"),
        (b"%PDF-1.7\n", "ตรา.pdf", "paper_settings.no_picture"),
        (b"MZ", "ตรา.png", "evidence.not_allowed"),
    ],
)
def test_what_is_no_seal_is_told_of_and_the_old_one_stays(fetching, takes, data, name, key):
    takes(a_seal())
    before = kept(fetching)
    assert takes(data, name)["refused"] == key
    assert kept(fetching) == before


def test_what_line_cannot_give_is_told_of(house, fetching):
    act = TakePart(house.ledger, fetching.contents, fetching.shelf, TEXTS.tell, lambda: NOW)
    facts = {"part": SEAL, "message": fetching.holds(a_seal(), fails=True), "name": ""}
    errand = Errand(1, fetching.agency, "lane", "k", "take_paper_part", 1, house.clock(), STAFF, facts)
    assert act(errand)["refused"] == "evidence.not_readable"


@pytest.fixture
def plan(fetching):
    fetching.step(lambda store: store.measures.save_plan([a_measure(1), a_measure(2)]))


FORM = {"part": "template:plan", "of": "2566", "name": "แบบ.docx"}


def a_form(said="{{ หน่วยงาน }}"):
    file, kept = docx.Document(), io.BytesIO()
    file.add_paragraph(said)
    file.save(kept)
    return kept.getvalue()


def test_a_form_is_tried_on_the_paper_that_it_is_for_and_kept(house, fetching, takes, plan):
    form = a_form()
    assert takes(form, **FORM) == {"kept": True}
    assert fetching.step(lambda store: store.papers.part("template:plan")) == form
    assert {row[0][:3] for row in house.rows("SELECT contents FROM paper_part")} == {"v1."}
    assert [one for one in fetching.folder.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (a_form("{{ ''.__class__ }}"), "paper_forms.not_known"),
        (a_form("{{ งบประมาณ }}"), "paper_forms.unknown_names"),
        (a_seal(), "paper_forms.no_word_file"),
        (b"PK\x03\x04", "evidence.not_allowed"),
    ],
)
def test_a_form_that_does_not_fit_is_told_of_and_the_old_one_stays(fetching, takes, plan, data, key):
    form = a_form()
    takes(form, **FORM)
    assert takes(data, **FORM)["refused"] == key
    assert fetching.step(lambda store: store.papers.part("template:plan")) == form


def test_a_form_for_a_plan_that_is_no_more_is_told_of(takes):
    assert takes(a_form(), **FORM)["refused"] == "plan_paper.none"
