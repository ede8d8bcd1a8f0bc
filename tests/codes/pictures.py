"""Pictures of codes as people send them: a screenshot, a photo of a sheet, something else altogether."""

import io

import segno
from PIL import Image

from bot.papers.ink.poster import Poster, pdf, png
from itadomain.surveys import points
from tests.papers.reading import SENTENCES

ADDRESS = "https://itas.nacc.go.th/go/eit/ab12"


def code(said=ADDRESS, scale=8, border=4):
    """A code alone, as ITAS shows it."""
    made = io.BytesIO()
    segno.make(said).save(made, kind="png", scale=scale, border=border)
    return made.getvalue()


def sheet(*pasted, size=(2400, 3200), form="JPEG", turned=0):
    """A sheet of paper with codes on it, as a telephone takes it."""
    paper = Image.new("RGB", size, (236, 232, 224))
    for place, one in enumerate(pasted):
        paper.paste(Image.open(io.BytesIO(one)).convert("RGB"), (300 + 900 * (place % 2), 400 + 900 * (place // 2)))
    made = io.BytesIO()
    paper.rotate(turned, expand=True, fillcolor=(120, 110, 100)).save(made, form)
    return made.getvalue()


def through_a_window():
    """A code on nothing: what is not dark is seen through."""
    drawn = Image.open(io.BytesIO(code())).convert("RGBA")
    drawn.putalpha(drawn.convert("L").point(lambda grey: 255 - grey))
    made = io.BytesIO()
    drawn.save(made, "PNG")
    return made.getvalue()


def poster(account="@bangsommut", place="K7Q2"):
    """What hangs at one of our own service points."""
    return png(pdf(Poster(**{**SENTENCES, "link": points.link(account, place)}), "a4"))
