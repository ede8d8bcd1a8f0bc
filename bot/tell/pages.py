"""`/tell/<slug>`: one address for all pages, so that no step, no word and no code ever stands in an address."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Flask, Response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from bot.evidence.shelf import CannotKeep
from bot.faults import place_of
from bot.tell.asking import Asking
from bot.tell.buckets import Buckets
from bot.tell.fields import FIELDS
from bot.tell.files import MOST_BYTES, Files
from bot.tell.filled import PAGES, Fields, Filled
from bot.tell.following import Following, attach, keeping
from bot.tell.house import House
from bot.tell.page import Page
from bot.tell.stamps import Stamps
from bot.texts import Texts
from handlers.kit import Words, words
from itadomain.integrity.outside import bodies
from itadomain.integrity.receipts import code_in
from itadomain.office import Office
from itadomain.people import LANGUAGES
from itadomain.refusals import Refusal

MOST_TEXT = 200_000
#: So many may send a file at the same time, in each process: the others' threads are for everyone else.
AT_ONCE = 2
#: Where a browser says that a form was sent from: a page of ours, or its reader reloads it.
HERE = ("same-origin", "none")
AWAY = "https://www.tmd.go.th/"  # the weather
SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: The pages that ask, and those that a code opens.
ASKING = {*PAGES, "nobody"}
OF_A_CODE = {"enter", "follow", "done", "added"}
STYLE = Path(__file__).with_name("style.css")

log = logging.getLogger(__name__)


class Form:
    """The form of every agency: takes what was sent, and draws the page that follows."""

    def __init__(
        self, house: House, stamps: Stamps, files: Files, texts: Texts, today: Callable[[], date], buckets: Buckets
    ) -> None:
        self._house = house
        self._files = files
        self._texts = texts
        self._today = today
        self._asking = Asking(stamps, buckets, texts.words["th"]["tell.at_the_top"])
        self._following = Following(buckets)
        self._sending = threading.BoundedSemaphore(AT_ONCE)

    def office(self, slug: str) -> Office | None:
        """Whose form it is."""
        return self._house.office(slug)

    def begin(self, slug: str, filled: Filled) -> Page:
        """The first page; it carries what was filled in before somebody came back to it."""
        shown = self._house.read(slug, lambda store: bodies(store.settings))
        return Page("start", {"bodies": shown}, filled.carried())

    def answered(self, slug: str, form: Fields) -> Page:
        """The page after a button was pressed."""
        page, go, today = form.get("page", ""), form.get("go", ""), self._today()
        filled = Filled.of(form)
        if go == "start":
            return self.begin(slug, filled)
        if go == "tell":
            return self._house.read(slug, lambda s: self._asking.shown(s, slug, filled, "about", today))
        if page in ASKING:
            return self._house.write(slug, lambda s: self._asking.answered(s, slug, filled, (page, go), today))
        if page in OF_A_CODE or go == "enter":
            return self._house.write(slug, lambda s: self._following.pressed(s, slug, form, go, today))
        return self.begin(slug, filled)

    def sent_file(self, slug: str, received: Callable[[], tuple[Fields, Any]]) -> Page:
        """A file was sent; `received` reads it, for which others wait."""
        if not self._sending.acquire(blocking=False):
            return Page("busy", status=429)  # unread: a slow one would hold a thread all the same
        try:
            form, file = received()
            return self._taken(slug, form, file)
        finally:
            self._sending.release()

    def _taken(self, slug: str, form: Fields, file: Any) -> Page:
        code, today = code_in(form.get("code", "")), self._today()
        found = self._house.read(slug, lambda s: s.disclosures.by_code(code) if code else None)
        if found is None:
            return self._following.nothing(slug, form)
        return keeping(self._with_file(slug, code, file, today), form)

    def _with_file(self, slug: str, code: str, file: Any, today: date) -> Page:
        hindered = self._house.read(slug, lambda s: self._following.may_send(s, slug, code, today))
        if hindered:
            return hindered
        try:
            good = self._kept(slug, code, file, today)
        except (Refusal, CannotKeep) as no:
            key, facts = (no.key, no.facts) if isinstance(no, Refusal) else ("tell.no_room", {})
            page = self._house.read(slug, lambda s: self._following.standing(s, code, today))
            return page.wrong(("file", Words(key, facts)))
        return self._house.read(slug, lambda s: self._following.standing(s, code, today, good=good))

    def _kept(self, slug: str, code: str, file: Any, today: date) -> Words:
        if file is None or not file.filename:
            raise Refusal("tell.choose_a_file")
        agency = self._house.number(slug)
        made = self._files.keep(file.stream, agency, partial(self._house.file_key, slug, code), today)
        try:
            self._house.write(slug, lambda s: attach(s, code, made))
        except Exception:
            self._files.drop(agency, made)
            raise
        return words("tell.file_kept")

    def drawn(self, page: Page, slug: str, office: Office | None, lang: str) -> Response:
        """A page as it is sent."""
        language = lang if lang in LANGUAGES else LANGUAGES[0]
        particle = office.particle if office else ""

        def told(key: Any, **facts: Any) -> str:
            said = words(key, **facts) if isinstance(key, str) else key
            return self._texts.tell(said, language, particle)

        carried = [(name, language if name == "lang" else value) for name, value in page.carried]
        fields = {name: {one: told(key) for one, key in keys.items()} for name, keys in FIELDS.items()}
        html = render_template(
            f"tell/{page.name}.html",
            **{**page.facts, **fields, "t": told, "lang": language, "slug": slug, "office": office, "away": AWAY},
            carried=carried,
            faults=page.faults,
            wrong={name: told(fault) for name, fault in page.faults},
            good=page.good,
        )
        return Response(html, page.status, mimetype="text/html")


def pages(form: Form) -> Blueprint:
    """The addresses of the form."""
    routes = Blueprint("tell", __name__, template_folder="templates")

    def shown(slug: str, make: Callable[[], Page]) -> Response:
        office = None
        try:
            office = form.office(slug)
            if office is None:
                return form.drawn(Page("missing", status=404), slug, None, request.args.get("lang", ""))
            page = make()
            page = replace(page, carried=_typed()) if page.name == "again" else page
            return form.drawn(page, slug, office, _language(unread=page.name == "busy"))
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing that was typed may be lost by it
            return form.drawn(_instead(error), slug, office, _language())

    @routes.get("/tell/<slug>")
    def begin(slug: str) -> Response:
        return shown(slug, lambda: form.begin(slug, Filled(request.args.get("lang", ""))))

    @routes.post("/tell/<slug>")
    def answered(slug: str) -> Response:
        request.max_content_length = request.max_form_memory_size = MOST_TEXT
        return shown(slug, lambda: form.answered(slug, _fields()) if _from_here() else _begun(form, slug))

    @routes.post("/tell/<slug>/files")
    def sent(slug: str) -> Response:
        request.max_content_length, request.max_form_memory_size = MOST_BYTES + MOST_TEXT, MOST_TEXT
        taken = partial(form.sent_file, slug, lambda: (_fields(), request.files.get("file")))
        return shown(slug, lambda: taken() if _from_here() else _begun(form, slug))

    @routes.get("/tell/-/style.css")
    def style() -> Response:
        return Response(STYLE.read_text(encoding="utf-8"), mimetype="text/css")

    @routes.after_app_request
    def guarded(response: Response) -> Response:
        if request.path.startswith("/tell/"):
            response.headers.update(SAFE)
        return response

    return routes


def only_on(app: Flask, host: str) -> None:
    """Serve the form on a host of its own: nothing else there, and the form nowhere else."""

    @app.before_request
    def apart() -> Response | None:
        here = request.host.lower().removesuffix(":443") == host
        return (
            None if here is request.path.startswith("/tell/") else Response("not found\n", 404, mimetype="text/plain")
        )


def _from_here() -> bool:
    """Whether a page of ours sent it, as far as the browser says.

    Another's could send half a form with a code that it knows, and read what somebody then goes on to tell.
    """
    return request.headers.get("Sec-Fetch-Site", HERE[0]) in HERE


def _begun(form: Form, slug: str) -> Page:
    """The first page, with nothing of what was sent."""
    return form.begin(slug, Filled(_language()))


def _fields() -> Fields:
    """What was typed and pressed; the button of the other language shows the same page again."""
    sent = MultiDict(request.form)
    if other := sent.pop("to", ""):
        sent["lang"], sent["go"] = other, "again"
    return cast("Fields", sent)


def _language(*, unread: bool = False) -> str:
    """In which language it is answered; `unread` where the form itself is not to be waited for."""
    if request.method == "POST" and not unread:
        typed = dict(_typed())
        return typed.get("to") or typed.get("lang", "")
    return request.args.get("lang", "")


def _typed() -> Sequence[tuple[str, str]]:
    """Every field as it was sent; none where that was too much, or has not all come."""
    try:
        return list(request.form.items(multi=True))
    except HTTPException:
        return []


def _instead(error: Exception) -> Page:
    """What is shown where a page cannot be: it holds what was typed, and tries again."""
    if isinstance(error, RequestEntityTooLarge):
        return Page("too_much", status=413)
    if not isinstance(error, HTTPException):
        log.error("a page of the form failed: %s", place_of(error))
    return Page("again", {"why": "tell.failed"}, _typed(), status=503)
