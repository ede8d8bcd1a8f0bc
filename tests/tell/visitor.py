"""Somebody who reads the form page by page and presses its buttons. Each page is held to what holds for all of them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict

from bot.evidence.file import FileShelf
from bot.storage.sealing import KeyRing, new_key
from bot.tell.buckets import Buckets
from bot.tell.files import Files
from bot.tell.pages import AWAY, SAFE, Form, pages
from bot.tell.stamps import Stamps
from bot.texts import Texts
from itadomain.people import Role
from tests.fakes import TODAY, UNITS, MemoryStore, a_person, an_agency, an_office

SLUG = "north"
LARGEST_PAGE = 15_000
VOID = {"meta", "link", "input", "br"}
TEXTS = Texts()


class Document(HTMLParser):
    """A page taken apart: its forms with their fields, and what is wrong with how it is written."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.amiss: list[str] = []
        self.forms: dict[int, dict[str, Any]] = {}
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._form: dict[str, Any] | None = None
        self._area: dict[str, str] | None = None
        self._button: dict[str, Any] | None = None
        self.feed(html)
        self.close()
        self.amiss += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.append((tag, told))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "form":
            self._form = {"action": told["action"], "fields": [], "buttons": [], "id": told.get("id", ""), "words": []}
            self.forms[len(self.forms)] = self._form
        if tag == "textarea":
            self._area = told
            self._said = ""
        if tag == "button":
            of = next((one for one in self.forms.values() if one["id"] == told.get("form", "\0")), self._form)
            self._button = {**told, "words": ""}
            of["buttons"].append(self._button)
        if tag == "input" and told.get("type") != "file" and (told.get("type") != "checkbox" or "checked" in told):
            self._form["fields"].append((told["name"], told.get("value", "")))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._area is not None:
            self._said += data
        if self._button is not None:
            self._button["words"] += data

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.amiss.append(f"</{tag}> closes nothing")
        if tag == "textarea":
            self._form["fields"].append((self._area["name"], self._said.removeprefix("\n")))
            self._area = None
        if tag == "button":
            self._button = None
        if tag == "form":
            self._form = None

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))

    @property
    def ids(self) -> list[str]:
        return [told["id"] for _, told in self.tags if "id" in told]


def check(html: str) -> Document:
    """What holds for every page."""
    page = Document(html)
    assert page.amiss == []
    tags = [tag for tag, _ in page.tags]
    assert html.startswith("<!doctype html>\n<html lang=")
    assert tags.count("h1") == 1
    assert not {"script", "iframe", "img", "object", "style", "base"} & set(tags)
    assert not [name for _, told in page.tags for name in told if name.startswith("on") or name == "style"]
    outside = {told.get("href", told.get("action", "")) for _, told in page.tags}
    assert {one for one in outside if "//" in one} <= {AWAY}
    assert len(page.ids) == len(set(page.ids))
    labels = {told["for"] for tag, told in page.tags if tag == "label" and "for" in told}
    shown = [told for tag, told in page.tags if tag in {"input", "textarea"} and told.get("type") != "hidden"]
    assert [one for one in shown if one.get("type") != "checkbox" and one["id"] not in labels] == []
    told_by = [told["aria-describedby"].split() for _, told in page.tags if "aria-describedby" in told]
    assert {one for many in told_by for one in many} <= set(page.ids)
    inside = {told["href"][1:] for tag, told in page.tags if tag == "a" and told["href"].startswith("#")}
    assert inside <= set(page.ids)
    return page


@dataclass
class MemoryHouse:
    """Agencies in memory."""

    stores: dict[str, MemoryStore]
    broken: bool = False
    away: bool = False
    key: str = field(default_factory=new_key)

    def office(self, slug: str):
        if self.away:
            raise OSError("a secret word of a person")
        return self.stores[slug].office if slug in self.stores else None

    def number(self, slug: str) -> int:
        return 1 + list(self.stores).index(slug)

    def file_key(self, slug: str, code: str, file_id: str) -> str:
        return self.key

    def read(self, slug: str, look: Callable[[Any], Any]) -> Any:
        if self.broken:
            raise OSError("a secret word of a person")
        return look(self.stores[slug])

    write = read


@dataclass
class Visitor:
    """Reads a page, fills it in, presses a button."""

    client: Any
    page: Document | None = None
    html: str = ""
    status: int = 0
    slug: str = SLUG

    def opens(self, address: str = "") -> "Visitor":
        return self.sees(self.client.get(address or f"/tell/{self.slug}"))

    def presses(self, value: str, *, by: str = "go", file: tuple[bytes, str] | None = None, **typed: Any) -> "Visitor":
        """Press the button whose value (or, of one without, whose words) this is, with fields typed into before."""
        form, button = next(
            (form, one)
            for form in self.page.forms.values()
            for one in form["buttons"]
            if (one.get("name") == by and one.get("value") == value) or ("name" not in one and value in one["words"])
        )
        fields: list[tuple[str, str]] = [one for one in form["fields"] if one[0] not in typed]
        for key, said in typed.items():
            fields += [(key, one) for one in (said if isinstance(said, list) else [said])]
        if "name" in button:
            fields.append((button["name"], button["value"]))
        return self.posts(button.get("formaction", form["action"]), fields, file)

    def posts(self, address: str, fields: list[tuple[str, str]], file: tuple[bytes, str] | None = None) -> "Visitor":
        if "/files" not in address:
            return self.sees(self.client.post(address, data=MultiDict(fields)))
        data, name = file or (b"", "")
        parts = [(f'name="{key}"', said.encode()) for key, said in fields]
        parts.append((f'name="file"; filename="{name}"', data))
        body = b"".join(b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (k.encode(), v) for k, v in parts)
        return self.sees(
            self.client.post(address, data=body + b"--x--\r\n", content_type="multipart/form-data; boundary=x")
        )

    def sees(self, answer: Any) -> "Visitor":
        self.status, self.html = answer.status_code, answer.get_data(as_text=True)
        assert "Set-Cookie" not in answer.headers
        assert {name: answer.headers.get(name) for name in SAFE} == SAFE
        assert answer.status_code < 500 or answer.status_code == 503
        assert answer.mimetype == "text/html"
        self.page = check(self.html)
        return self

    @property
    def text(self) -> str:
        return self.page.text

    @property
    def carried(self) -> dict[str, str]:
        return dict(field for form in self.page.forms.values() for field in form["fields"])

    def says(self, *words: str) -> bool:
        return all(one in self.text for one in words)

    # ── ways through the form

    def tells(self, **told: Any) -> "Visitor":
        """Fill in everything up to the review."""
        self.opens().presses("tell")
        who = {name: told.pop(name) for name in ("unit", "top", "who") if name in told}
        self.presses("next", **who).presses("next")
        for part in ("what", "when", "where", "evidence"):
            self.presses("next", **{part: told.pop(part, "")})
        return self.presses("next", **told)

    def sends(self, **told: Any) -> str:
        """Tell something and send it; gives the code."""
        self.tells(**{"what": "เรียกรับเงินค่าออกใบอนุญาตก่อสร้างห้าพันบาท", **told}).presses("send")
        return self.code

    @property
    def code(self) -> str:
        return "".join(re.findall(r"<span>([0-9A-Z]{4})</span>", self.html))

    def follows(self, code: str) -> "Visitor":
        return self.opens().presses("enter").presses("open", code=code)


@dataclass
class Day:
    today: date = TODAY


def an_app(house: MemoryHouse, folder: Any, *, buckets: Buckets | None = None, day: Day | None = None) -> Flask:
    app, ring = Flask("test"), KeyRing([new_key()])
    at = day or Day()
    form = Form(house, Stamps(ring), Files(FileShelf(folder / "shelf")), TEXTS, lambda: at.today, buckets or Buckets())
    app.register_blueprint(pages(form))
    return app


def a_town(*readers: str, **office: Any) -> MemoryStore:
    """An agency of three units with receivers, each in a unit, who have keys."""
    store = an_agency(office=an_office(**office))
    for unit in UNITS:
        store.units.save(unit)
    for number, unit in enumerate(readers or ("กองช่าง", "สำนักปลัด")):
        key = f"r{number}"
        store.people.meet(key, a_person(Role.INTEGRITY, name=f"ผู้รับ{'หนึ่งสองสาม'[number * 4 :][:5]}", unit=unit, key=key))
        store.disclosures.with_key.append(key)
    return store


def everything(store: MemoryStore) -> str:
    return json.dumps(repr(store), ensure_ascii=False)
