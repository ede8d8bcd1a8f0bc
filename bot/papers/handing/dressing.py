"""Puts on a paper what the agency has settled for all of its papers: digits, its seal, its own form, who approved it.

What is approved is what a paper says: neither who asked for it and when, nor how it looks, but for the agency's own
form, which may say something too.
"""

import base64
import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Protocol

from bot.papers.asking import Asking
from bot.papers.document import Document, told
from bot.papers.kinds import PAPERS
from handlers.kit import words
from itadomain.papers.approving import is_approved
from itadomain.papers.choosing import SEAL, TEMPLATE, Digits, digits
from itadomain.ports import Store

#: A paper that nobody asked for: only what it says is looked at.
NOBODY, NO_MOMENT = "", datetime.min.replace(tzinfo=UTC)
#: Where the copy of a photo lies is no part of what a paper says.
BESIDES = "file"


class Tells(Protocol):
    """Says words in a language."""

    def __call__(self, said: Any, language: str, particle: str) -> str:
        """`said` in a language, as politely as the particle says."""


def dressed(document: Document, asking: Asking, kind: str) -> Document:
    """A paper as the agency writes its papers; one that was approved as it is says so, and is no draft any more."""
    kept, thai = asking.store.papers, digits(asking.store.settings) is Digits.THAI
    looks = replace(
        document,
        thai_digits=document.thai_digits or thai,
        seal=_packed(kept.part(SEAL)),
        template=_packed(kept.part(f"{TEMPLATE}{kind}")),
    )
    approval = kept.approval(kind, asking.of)
    if approval is None or not is_approved(approval, digest(document, asking.store, kind)):
        return looks
    person = asking.store.people.get(approval.decided_by, asking.today)
    told_by = words("paperwork.approved_by", name=person.name if person else None, at=approval.decided_at)
    return replace(looks, draft="", about=replace(looks.about, approved=asking.says(told_by)))


def digest(document: Document, store: Store, kind: str) -> str:
    """What a paper says, in 64 signs: another sentence or figure, or another form, gives others."""
    about, form = document.about, store.papers.own().get(f"{TEMPLATE}{kind}", "")
    said = [about.title, about.agency, form, _without_places(told(document.blocks))]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def digest_now(tell: Tells, store: Store, today: date, kind: str, of: str) -> str:
    """The digest of a paper as it would be made now; Refusal where it cannot be."""
    says = partial(tell, language="th", particle="")
    document = PAPERS[kind].make(Asking(store, of, NOBODY, NO_MOMENT, today, says))
    if not isinstance(document, Document):
        raise TypeError("only what is told as a document is approved")
    return digest(document, store, kind)


def _packed(part: bytes | None) -> str:
    return base64.b64encode(part or b"").decode()


def _without_places(said: Any) -> Any:
    if isinstance(said, list):
        return [_without_places(one) for one in said]
    if isinstance(said, dict):
        return {name: _without_places(one) for name, one in said.items() if name != BESIDES}
    return said
