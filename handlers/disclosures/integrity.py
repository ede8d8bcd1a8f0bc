"""Receive what was disclosed: the list of those that one holds a key of, and one of them with all that was told.

receiver เรื่องแจ้งเบาะแส
bot      [card: 2 เรื่อง · เรื่องที่ 1 รอรับเรื่อง ภายใน 25 พ.ย. 2569 · …]   [เรื่องที่ 1] [เรื่องที่ 2] [บันทึกเรื่องที่รับมา]
receiver [เรื่องที่ 1]
bot      [card: about whom, what was told part by part, what is missing, who reads it, what was said]
         [ไฟล์ 1] [อ่านทั้งหมด] / [รับเรื่อง] [เริ่มตรวจสอบ] [ถามผู้แจ้ง] [ตอบผู้แจ้ง] [บันทึกภายใน] [ปิดเรื่อง] [ผู้รับเรื่อง] …

Nobody else gets in, neither administrators nor executives: without a key there is nothing to see. Every look is
written down.
"""

from dataclasses import dataclass, field, replace

from handlers.common import picking
from handlers.disclosures import integrity_cards as cards
from handlers.disclosures import integrity_log as log
from handlers.disclosures.integrity_moves import shown
from handlers.kit import Answer, Card, Feature, Go, Reply, Turn, show, words
from itadomain.integrity import news, working
from itadomain.people import Role
from itadomain.refusals import Refusal

feature = Feature("integrity", roles=frozenset({Role.INTEGRITY}))

A_PAGE = 6


@dataclass(frozen=True)
class Listing:
    """The page of the list that is shown, and the ids of those on it."""

    page: int = 0
    ids: list[str] = field(default_factory=list)


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every one of them
    return _listed(turn, Listing())


@feature.step
def pick(turn: Turn, draft: Listing) -> Reply:
    """Another page, or one of those on it: tapped, or typed by its number."""
    page = picking.page_turned(turn)
    if page is not None:
        return _listed(turn, replace(draft, page=page))
    return shown(turn, working.find(turn.store, turn.chosen or _typed(turn, draft), turn.who))


@feature.on()
def one(turn: Turn) -> Reply:
    return shown(turn, working.find(turn.store, str(turn.values.get("id", "")), turn.who))


@feature.on()
def said(turn: Turn) -> Reply:
    """All that was told and said, whole, a page at a time, the newest last."""
    found = working.find(turn.store, str(turn.values.get("id", "")), turn.who)
    log.looked(turn, found.id)
    pages = cards.pages(turn, found)
    page = max(0, min(turn.number("page") or 0, len(pages) - 1))
    card = Card(summary=words("integrity.opened"), title=words("integrity.all_said", no=page + 1), rows=pages[page])
    on = Go(words("picking.tap_on"), "integrity.said", {"id": found.id, "page": page + 1})
    return show(card).offering(*([on] if page + 1 < len(pages) else ()), cards.tap_one(found.id), cards.tap_list())


def _listed(turn: Turn, draft: Listing) -> Reply:
    news.looked(turn.store, turn.who)
    found, page = working.listed(turn.store, turn.who), max(0, draft.page)
    numbered = list(enumerate(found, 1))[page * A_PAGE :][:A_PAGE]
    log.listed(turn, len(numbered))
    before = working.from_before(turn.store, turn.who, turn.today)
    since = [words("integrity.from_before", count=before)] if before else []
    card = Card(
        summary=words("integrity.opened") if found else words("integrity.told_when_one_comes"),
        title=words("integrity.list", count=len(found)) if found else words("integrity.none_here"),
        rows=[cards.row(turn, no, one) for no, one in numbered],
        notes=since,
    )
    every = [Answer(words("integrity.tap_no", no=no), one.id) for no, one in enumerate(found, 1)]
    taps = picking.on_page(every, page, A_PAGE)
    more = (
        Go(words("integrity.tap_enter"), "integrity_entry.start"),
        Go(words("integrity.tap_tell"), "disclosure.start"),
    )
    reply = show(card).offering(*taps, *more)
    return replace(reply, then=pick, draft=Listing(page, [one.id for _, one in numbered])) if numbered else reply


def _typed(turn: Turn, draft: Listing) -> str:
    at = (picking.count_said(turn) or 0) - 1 - draft.page * A_PAGE
    if not 0 <= at < len(draft.ids):
        raise Refusal("integrity.which_one")
    return draft.ids[at]
