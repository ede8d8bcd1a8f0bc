"""The pages that ask, one question each, up to the receipt code.

form  เรื่องนี้เกี่ยวกับใคร            [กองคลัง] [ผู้บริหาร] ชื่อ…
form  ผู้ที่เปิดอ่านได้มี 2 คน ไม่มีใครในกองคลังเปิดอ่านได้
form  เกิดอะไรขึ้น · เมื่อใด · ที่ไหน · มีอะไรยืนยัน      บอกแล้ว 3 จาก 5
form  จะให้ติดต่อกลับหรือไม่ · ตรวจทาน · [ส่ง]
form  7K2M-…                 จดรหัสนี้ไว้
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.tell.buckets import Buckets, Kind
from bot.tell.filled import LONGEST, PAGES, Filled
from bot.tell.following import received
from bot.tell.page import Page
from bot.tell.stamps import Stamps
from handlers.kit import Words, words
from itadomain.integrity.coach import Sufficiency, sufficiency
from itadomain.integrity.disclosure import Part
from itadomain.integrity.filing import file, readers, under_the_accused
from itadomain.integrity.outside import bodies
from itadomain.organisation import Unit
from itadomain.ports import Store
from itadomain.refusals import Refusal

MEND = "mend_"
#: The page on which a field stands.
PAGE_OF: Mapping[str, str] = {**{one: one for one in LONGEST}, Part.WHO: "about", "contact": "name"}


class Asking:
    """Goes from page to page with what one agency's form was filled in with."""

    def __init__(self, stamps: Stamps, buckets: Buckets, at_the_top: str) -> None:
        self._stamps = stamps
        self._buckets = buckets
        self._at_the_top = at_the_top  # what those at the top are called

    def answered(self, store: Store, slug: str, filled: Filled, pressed: tuple[str, str], today: date) -> Page:
        """What comes after a button of a page was pressed."""
        page, go = pressed
        filled = filled.among(one.id for one in store.units.all())
        if go == "again":
            return self.shown(store, slug, filled, page, today)
        if go == "back":
            return self.shown(store, slug, filled, _before(page, filled), today)
        if go.startswith(MEND):
            return self.shown(store, slug, replace(filled, mending=True), go.removeprefix(MEND), today)
        if long := filled.too_long():
            return self._too_long(store, slug, filled, long, today)
        if go == "send":
            return self._sent(store, slug, filled, today)
        return self.shown(store, slug, filled, _after(page, filled), today)

    def shown(self, store: Store, slug: str, filled: Filled, page: str, today: date) -> Page:
        """A page of those that ask; where nobody is left who could receive it, the page that says so."""
        if page not in PAGES[1:] and page != "nobody":
            return self._about(store, filled)
        reading = len(readers(store, filled.accused, filled.told_parts, today))
        if not reading:
            return Page(
                "nobody", {"bodies": bodies(store.settings), "about": self._who(store, filled)}, filled.carried()
            )
        if page in {"readers", "nobody"}:
            return self._readers(store, filled, reading, today)
        if page == "review":
            return self._review(store, slug, filled, reading, today)
        return self._question(store, filled, page)

    def _about(self, store: Store, filled: Filled) -> Page:
        facts = {"units": store.units.all(), "filled": filled}
        return Page("about", facts, filled.carried(("unit", "top", Part.WHO)))

    def _readers(self, store: Store, filled: Filled, reading: int, today: date) -> Page:
        facts = {
            "count": reading,
            "units": _names(store, filled),
            "filled": filled,
            "under": under_the_accused(store, filled.accused, today),
            "bodies": bodies(store.settings),
        }
        return Page("readers", facts, filled.carried())

    def _question(self, store: Store, filled: Filled, page: str) -> Page:
        fields = ("name", "contact") if page == "name" else (page,)
        facts = {"page": page, "meter": self._told(store, filled), "filled": filled, "longest": LONGEST}
        return Page("name" if page == "name" else "part", facts, filled.carried(fields))

    def _review(self, store: Store, slug: str, filled: Filled, reading: int, today: date) -> Page:
        """All that was told; it has its code from here on."""
        filled = replace(filled, mending=False)
        if not self._stamps.fits(slug, filled.receipt, filled.stamp, today):
            code = store.disclosures.new_code()
            filled = replace(filled, receipt=code, stamp=self._stamps.on(slug, code, today))
        told = [(part, self._said(store, filled, part), PAGE_OF[part]) for part in (*Part, "name", "contact")]
        facts = {"told": told, "meter": self._told(store, filled), "count": reading, "filled": filled}
        return Page("review", facts, filled.carried())

    def _sent(self, store: Store, slug: str, filled: Filled, today: date) -> Page:
        """Into the box, once; whoever sends it again is shown the same code."""
        review = self.shown(store, slug, filled, "review", today)
        if not self._stamps.fits(slug, filled.receipt, filled.stamp, today):
            return review.wrong(("", words("tell.look_once_more")))
        before = store.disclosures.by_code(filled.receipt)
        try:
            draft = filled.draft(self._who(store, filled))
            if before is None and not self._buckets.takes(Kind.NEW, slug):
                return Page("again", {"why": "tell.too_many_now"}, status=429)
            file(store, draft, filled.receipt, today)
        except Refusal as refusal:
            left = refusal.key == "integrity.nobody_left"
            return review if left else review.wrong(("", Words(refusal.key, refusal.facts)))
        changed = before is not None and dict(before.told) != dict(draft.told)
        return received(store, filled.receipt, changed=changed)

    def _too_long(self, store: Store, slug: str, filled: Filled, long: Sequence[str], today: date) -> Page:
        page = PAGE_OF[long[0]]
        faults = [(one, words("tell.too_long", most=LONGEST[one])) for one in long if PAGE_OF[one] == page]
        return self.shown(store, slug, filled, page, today).wrong(*faults)

    def _who(self, store: Store, filled: Filled) -> str:
        """About whom it is, in words."""
        top = [self._at_the_top] if filled.top else []
        return ", ".join([*_names(store, filled), *top, *filter(None, [filled.told.get(Part.WHO, "")])])

    def _said(self, store: Store, filled: Filled, name: str) -> str:
        return self._who(store, filled) if name == Part.WHO else filled.told.get(name, "")

    def _told(self, store: Store, filled: Filled) -> Sufficiency:
        return sufficiency({part: self._said(store, filled, part) for part in Part})


def _names(store: Store, filled: Filled) -> Sequence[str]:
    units: Sequence[Unit] = store.units.all()
    return [one.name for one in units if one.id in filled.units]


def _before(page: str, filled: Filled) -> str:
    """The page before one; back to the review from one that was opened there."""
    if filled.mending:
        return "review"
    return PAGES[max(0, PAGES.index(page) - 1)] if page in PAGES else PAGES[0]


def _after(page: str, filled: Filled) -> str:
    """The page after one. Who can read it is told again where somebody else is meant now."""
    if filled.mending and page != "about":
        return "review"
    return PAGES[min(len(PAGES) - 1, PAGES.index(page) + 1)] if page in PAGES else PAGES[0]
