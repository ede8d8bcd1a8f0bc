"""Serves papers at their addresses: a page says how far one is, and its button hands the file out, once.

Looking uses nothing up: LINE looks at links by itself, and so do people, twice.
"""

import logging
from functools import partial
from urllib.parse import quote

from flask import Blueprint, Response, make_response, request
from werkzeug.exceptions import HTTPException

from bot.evidence.pages import SAFE
from bot.evidence.shelf import CannotKeep
from bot.faults import place_of
from bot.papers.asking import Says
from bot.papers.endings import MEDIA_TYPES
from bot.papers.handing.addresses import Asked, asked
from bot.papers.handing.look import Look, later, nothing
from bot.papers.handing.orders import Orders
from bot.papers.kinds import PAPERS
from bot.tell.pages import STYLE
from handlers.kit import Words, words
from itadomain.refusals import Refusal

log = logging.getLogger(__name__)


class Papers:
    """Answers at every address, whatever is wrong with it in the same way."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._readings = orders.readings

    def shown(self, token: str, file: str, *, ask: bool = True) -> Response:
        """The page; to `ask` is to have the file made."""
        found = self._found(token, file)
        if found is None:
            return self._nothing()
        one, look = found
        if look.why:
            return look.refused(look.why)
        standing = self._orders.ask(one) if ask else self._orders.of(one)
        if standing is None:
            return look.too_many() if ask else look.unasked()
        return look.standing(standing, self._readings.clock())

    def handed_out(self, token: str, file: str) -> Response:
        """The file, for the first who asks for it; else the page."""
        found = self._found(token, file)
        if found is None:
            return self._nothing()
        one, look = found
        try:
            handed = self._orders.hand_out(one)
        except CannotKeep:
            return look.shelf_away(self._orders.of(one))
        if handed is None:
            return self.shown(token, file)
        answer = Response(handed.contents, content_type=MEDIA_TYPES[one.paper.ending], headers=SAFE)
        saved_as = quote(f"{_plain(look.name)}.{one.paper.ending}", safe="")
        answer.headers["Content-Disposition"] = f"attachment; filename=\"{file}\"; filename*=UTF-8''{saved_as}"
        answer.content_length = handed.size
        answer.call_on_close(partial(self._orders.put_away, one))
        return answer

    def _found(self, token: str, file: str) -> tuple[Asked, Look] | None:
        """What an address leads to, and its page; None where that is nowhere, or its owner may not have it any more."""
        one = asked(self._readings.ring, token, file, self._readings.clock())
        if one is None:
            return None
        with self._readings.of(one) as opened:
            if opened is None:
                return None
            try:
                name, why = PAPERS[one.paper.kind].name(opened.asking), None
            except Refusal as no:
                name, why = words("paper_pages.file"), Words(no.key, no.facts)
            return one, Look(opened, one, opened.asking.says(name), why)

    def later(self) -> Response:
        """It cannot be shown just now."""
        return later(self._thai)

    def _nothing(self) -> Response:
        return nothing(self._thai)

    @property
    def _thai(self) -> Says:
        """Of whoever asks nothing is known."""
        return partial(self._readings.texts().tell, language="th", particle="")


def _mishap(papers: Papers, error: Exception) -> Response:
    """Said to a person instead of a fault of ours, or of the database; nothing is used up by it."""
    if isinstance(error, HTTPException):
        return make_response(error.get_response())
    log.error("a page failed: %s", place_of(error))
    return papers.later()


def pages(papers: Papers) -> Blueprint:
    """`/papers/<token>/<file>`: GET looks, POST saves; a look at the head alone has nothing made."""
    routes = Blueprint("papers", __name__, template_folder="templates")

    @routes.get("/papers/<token>/<file>")
    def look(token: str, file: str) -> Response:
        return papers.shown(token, file, ask=request.method == "GET")

    @routes.post("/papers/<token>/<file>")
    def save(token: str, file: str) -> Response:
        return papers.handed_out(token, file)

    routes.register_error_handler(Exception, partial(_mishap, papers))

    @routes.get("/papers/-/style.css")
    def style() -> Response:
        return Response(STYLE.read_text(encoding="utf-8"), mimetype="text/css", headers=SAFE)

    return routes


def _plain(name: str) -> str:
    """A name that every phone and computer takes."""
    return "".join(sign if sign.isprintable() and sign not in '/\\:*?"<>|' else " " for sign in name).strip()
