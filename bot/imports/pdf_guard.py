"""pdfminer within bounds: it would unpack any stream whole and draw any page to the end."""

import logging
import zlib
from contextvars import ContextVar
from typing import Any

from pdfminer import pdftypes
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.utils import decode_text
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

from bot.imports.watch import MEGABYTE, Watch
from itadomain.refusals import Refusal

CHUNK = 1 << 16
#: LZW and run lengths are unpacked by pdfminer alone; so little of them cannot become too much.
PACKED_OTHERWISE = 1 << 20
#: What one page may say to be drawn: a page full of letters says a fiftieth of it.
DRAWN = 5 * MEGABYTE

now_watching: ContextVar[Watch] = ContextVar("now_watching")


class Unpacker:
    """What pdfminer knows as `zlib`."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """The stream as far as it can be unpacked; a damaged end is left out."""
        watch = now_watching.get()
        unpack = zlib.decompressobj()
        pieces = []
        while data and not unpack.eof:
            try:
                pieces.append(unpack.decompress(data, CHUNK))
            except zlib.error:
                break
            watch.unpacked(len(pieces[-1]))
            data = unpack.unconsumed_tail
        return b"".join(pieces)


def _bounded(unpack: Any) -> Any:
    def unpacked(data: bytes) -> bytes:
        if len(data) > PACKED_OTHERWISE:
            raise Refusal("import.unpacks_too_large")
        found: bytes = unpack(data)
        now_watching.get().unpacked(len(found))
        return found

    return unpacked


pdftypes.zlib = Unpacker  # type: ignore[assignment, attr-defined]
pdftypes.lzwdecode = _bounded(pdftypes.lzwdecode)  # type: ignore[attr-defined]
pdftypes.rldecode = _bounded(pdftypes.rldecode)  # type: ignore[attr-defined]
for name in ("pdfminer", "pdfplumber"):  # they tell of what a page holds
    logging.getLogger(name).setLevel(logging.CRITICAL)


class Canvas(PDFPageAggregatorWithMarkedContent):
    """Takes down what a page draws, and the text that the page itself says a group of glyphs stands for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._watch = now_watching.get()
        self._said: list[str | None] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        """A group begins; «ActualText» is what it stands for."""
        super().begin_tag(tag, props)
        said = props.get("ActualText") if isinstance(props, dict) else None
        self._said.append(decode_text(said) if isinstance(said, bytes) else None)

    def end_tag(self) -> None:
        """A group ends."""
        super().end_tag()
        if self._said:
            self._said.pop()

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        """A glyph: the first of a group has its text, the others none."""
        self._watch.look()
        advance = super().render_char(*args, **kwargs)
        group = next((nth for nth, said in enumerate(self._said) if said is not None), None)
        if group is not None:
            drawn: Any = self.cur_item._objs[-1]  # noqa: SLF001 - what was drawn is found nowhere else
            drawn._text = self._said[group]  # noqa: SLF001
            self._said[group] = ""
        return float(advance)

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        """A line or an area."""
        self._watch.look()
        super().paint_path(*args, **kwargs)

    def begin_figure(self, *args: Any, **kwargs: Any) -> None:
        """A drawing in a drawing, and so on: where one holds itself, only the clock ends it."""
        self._watch.look()
        super().begin_figure(*args, **kwargs)


class Hand(PDFPageInterpreter):
    """Draws a page, or a drawing on it, unless that is too much to be text."""

    def execute(self, streams: Any) -> None:
        """Do what the page says."""
        now_watching.get().look()
        if sum(len(stream_value(stream).get_data()) for stream in streams) > DRAWN:
            raise Refusal("import.unpacks_too_large")
        super().execute(streams)


class Sheet(Page):
    """A page drawn on such a canvas."""

    @property
    def layout(self) -> Any:
        """What the page holds."""
        if not hasattr(self, "_layout"):
            canvas = Canvas(self.pdf.rsrcmgr, pageno=self.page_number, laparams=None)
            Hand(self.pdf.rsrcmgr, canvas).process_page(self.page_obj)
            self._layout = canvas.get_result()
        return self._layout
