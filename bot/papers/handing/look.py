"""The page at the address of a paper: what the file is, how far it is, and the button that saves it.

It works on an old phone: no script, it asks for itself again while the file is being made.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Response, render_template

from bot.papers.asking import Says
from bot.papers.handing.addresses import Asked
from bot.papers.handing.making import Step
from bot.papers.handing.reading import Opened
from bot.papers.kinds import PAPERS, YEAR
from bot.storage.paper_files import MOST, PaperFile, Stage
from handlers.kit import Words, words

SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
#: So long until it looks again, and what takes longer than usual.
AGAIN_S, SLOW_MS = 2, 20_000
KB, MB = 1024, 1024 * 1024
ENDINGS: Mapping[str, Words] = {
    "docx": words("paper_pages.kind_docx"), "xlsx": words("paper_pages.kind_xlsx"),
    "pdf": words("paper_pages.kind_pdf"), "png": words("paper_pages.kind_png"),
    "csv": words("paper_pages.kind_csv"), "zip": words("paper_pages.kind_zip"),
}  # fmt: skip
GOOD, WRONG, NOTE = "good", "wrong", "note"


class Look:
    """Draws the page for one person; `name` is what the file is called, `why` says why there can be none."""

    def __init__(self, opened: Opened, asked: Asked, name: str, why: Words | None = None) -> None:
        self._opened = opened
        self._asked = asked
        self.name = name
        self.why = why

    def standing(self, file: PaperFile, now: int) -> Response:
        """How far it is."""
        match file.stage:
            case Stage.READY:
                return self._drawn(GOOD, [words("paper_pages.ready")], file, ready=True)
            case Stage.FETCHED:
                at = self._moment(file.fetched_at)
                return self._drawn(NOTE, [words("paper_pages.fetched", at=at)], file, status=HTTPStatus.GONE)
            case Stage.FAILED:
                return self._drawn(WRONG, [file.said.why, words("paper_pages.ask_anew")], file)
        slow = [words("paper_pages.slow")] if now - file.asked_at > SLOW_MS else []
        return self._drawn(NOTE, [*_progress(file), *slow], file, again_s=AGAIN_S)

    def too_many(self) -> Response:
        """Others must be fetched first."""
        said = [words("paper_pages.too_many", most=MOST)]
        return self._drawn(WRONG, said, status=HTTPStatus.TOO_MANY_REQUESTS)

    def shelf_away(self, file: PaperFile | None) -> Response:
        """It cannot be read just now."""
        said = [words("paper_pages.shelf_away")]
        return self._drawn(WRONG, said, file, ready=True, status=HTTPStatus.SERVICE_UNAVAILABLE)

    def refused(self, why: Words) -> Response:
        """There is none to be made."""
        return self._drawn(WRONG, [why, words("paper_pages.ask_anew")])

    def unasked(self) -> Response:
        """What the file is, before anybody asked to have it made."""
        return self._drawn(NOTE, [words("paper_pages.waiting")])

    def _drawn(
        self, tone: str, said: Sequence[Words | str], file: PaperFile | None = None,
        *, ready: bool = False, again_s: int = 0, status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:  # fmt: skip
        says, person = self._opened.says, self._opened.person
        going_on = file is not None and not file.settled
        return page(
            says, person.language, self.name, status,
            agency=says(self._opened.agency.office.short), tone=tone, said=[says(one) for one in said if one],
            draft=file.said.draft if file else "", ready=ready, again_s=again_s, facts=list(self._facts(file)),
            done=file.done if file and going_on else 0, whole=file.whole if file and going_on else 0,
        )  # fmt: skip

    def _facts(self, file: PaperFile | None) -> Iterator[tuple[str, str]]:
        says, paper, asking = self._opened.says, self._asked.paper, self._opened.asking
        yield says(words("paper_pages.label_kind")), says(ENDINGS[paper.ending])
        if file and file.said.size:
            yield says(words("paper_pages.label_size")), says(_size(file.said.size))
        if PAPERS[paper.kind].of is YEAR:
            yield says(words("paper_pages.label_year")), paper.of
        yield says(words("paper_pages.label_by")), asking.by
        yield says(words("paper_pages.label_at")), says(asking.made)
        yield says(words("paper_pages.label_until")), says(self._moment(self._asked.until))

    def _moment(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1000, self._opened.asking.made.tzinfo)


def nothing(says: Says) -> Response:
    """The same answer, whatever is wrong with an address."""
    said = [says(words("paper_pages.nothing"))]
    return page(says, "th", says(words("paper_pages.nothing_title")), HTTPStatus.NOT_FOUND, tone=NOTE, said=said)


def later(says: Says) -> Response:
    """It cannot be told just now where an address leads."""
    said = [says(words("paper_pages.later"))]
    return page(
        says, "th", says(words("paper_pages.later_title")), HTTPStatus.SERVICE_UNAVAILABLE, tone=WRONG, said=said
    )


def page(says: Says, language: str, title: str, status: HTTPStatus, **shown: Any) -> Response:
    """A page as it is sent."""

    def told(key: str) -> str:
        return says(Words(key, {}))

    html = render_template("papers/page.html", t=told, lang=language, title=title, **shown)
    return Response(html, status, headers=SAFE, mimetype="text/html")


def _progress(file: PaperFile) -> Sequence[Words]:
    """What is being done, with figures where it is counted."""
    if file.stage is Stage.ASKED:
        return [words("paper_pages.waiting")]
    counted = {"done": file.done, "whole": file.whole}
    steps = {
        Step.READING: words("paper_pages.reading"),
        Step.PICTURES: words("paper_pages.pictures", **counted),
        Step.WRITING: words("paper_pages.writing"),
        Step.PACKING: words("paper_pages.packing", **counted),
    }
    return [words("paper_pages.making"), steps[Step(file.step)]]


def _size(count: int) -> Words:
    if count < MB:
        return words("paper_pages.size_kb", count=max(1, round(count / KB)))
    return words("paper_pages.size_mb", count=round(count / MB, 1))
