"""Evidence (หลักฐาน): what shows that a measure was carried out. A photo, a file, a link, a place, a time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from itadomain.progress import Report
from itadomain.refusals import Refusal
from itadomain.thai import SHORT_MONTHS, fold

MB = 1024 * 1024
MOST_OF_A_PHOTO, MOST_OF_A_FILE = 10 * MB, 50 * MB
NEARLY_FULL = 0.8
LONGEST_TEXT = 500
LOOSE_KEPT = timedelta(days=30)  # what is attached to nothing goes after that
NOT_FETCHED = "evidence.not_fetched"  # why it was refused where fetching it was given up
MONTHS = "|".join((*SHORT_MONTHS, "[ก-๙]{3,7}(?:คม|ยน|พันธ์)")).replace(".", r"\.?")
#: «14.30 น.», «09:00», «3 ทุ่ม», «20 พ.ย. 69», «20/11/2569», «เมื่อวาน»: it need only be known for a time.
WHEN = re.compile(
    rf"\d{{1,2}}[.:]\d{{2}}(?!\d)|\d\s*(?:น\.|นาฬิกา|โมง|ทุ่ม|am|pm)|\d{{1,2}}\s*(?:{MONTHS})"
    r"|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|วันนี้|เมื่อวาน|เมื่อเช้า|today|yesterday"
)


class Kind(StrEnum):
    """What it is, as it was sent."""

    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    FILE = "file"
    LINK = "link"
    PLACE = "place"
    TIME = "time"


class Stage(StrEnum):
    """How far it has come."""

    COMING = "coming"  # somebody sent it, and it is being fetched
    KEPT = "kept"
    REFUSED = "refused"  # it cannot be kept, `why` says so
    GONE = "gone"  # taken back, and nothing of it is left
    HIDDEN = "hidden"  # taken back after it was filed in a report or with a case: it stays there and is not shown


#: Before an item of the OIT, in place of an obligation: it shows what is on the notice board.
BOARD = "oit:"
#: In place of a case's id: it was sent for a case that is still being told.
DRAFT = "draft"
LIVE = frozenset({Stage.COMING, Stage.KEPT})
#: Their bytes stay in the store.
STORED = LIVE | {Stage.HIDDEN}
WORDS_ONLY = frozenset({Kind.LINK, Kind.PLACE, Kind.TIME})


@dataclass(frozen=True)
class Copy:
    """The copy that was made of something: known by its contents, with a picture to show where it is one."""

    sha256: str
    size: int
    media_type: str
    shown: bool = False


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence, and what it is attached to: an obligation's report for a due date (`slot`)."""

    id: str
    by: str  # the id of a person
    kind: Kind
    received_on: date
    stage: Stage = Stage.COMING
    message: str = ""  # the message it came with, to be known by when that is taken back
    together: str = ""  # several photos that were sent as one
    name: str = ""
    said: str = ""  # a link, a place or a time in words
    obligation: str = ""  # an id, empty as long as it is attached to nothing
    slot: date | None = None
    copy: Copy | None = None
    why: str = ""
    case: str = ""  # the id of the case that it was sent with, or DRAFT

    @property
    def given_up_before(self) -> bool:
        """Whether its sender was told that it could not be fetched, and it is being fetched once more."""
        return self.stage is Stage.COMING and self.why == NOT_FETCHED

    @property
    def live(self) -> bool:
        """Whether it counts, and may be shown."""
        return self.stage in LIVE

    @property
    def duty(self) -> str:
        """The id of the obligation that it is attached to; empty where there is none."""
        return "" if self.obligation.startswith(BOARD) else self.obligation

    @property
    def in_a_case(self) -> bool:
        """Whether it was filed with a case."""
        return self.case not in {"", DRAFT}

    def attached(self, obligation: str, slot: date | None) -> Self:
        """The same, for an obligation's report."""
        return replace(self, obligation=obligation, slot=slot)

    def of(self, case_id: str) -> Self:
        """The same, as part of a case that was filed."""
        return replace(self, case=case_id)

    def kept(self, copy: Copy) -> Self:
        """The same, with the copy that was made."""
        return replace(self, stage=Stage.KEPT, copy=copy, why="")

    def refused(self, why: str) -> Self:
        """The same, which cannot be kept for the reason `why`."""
        return replace(self, stage=Stage.REFUSED, why=why)

    def taken_back(self, *, filed: bool) -> Self:
        """The same after its sender took it back: gone, or only hidden where something that was filed rests on it."""
        if filed:
            return replace(self, stage=Stage.HIDDEN)
        return replace(self, stage=Stage.GONE, name="", said="")


def is_filed(one: Evidence, reports: Iterable[Report]) -> bool:
    """Whether a report that counts rests on it: one that was decided, or made, since it came."""
    return any(report.counts and (report.decided_on or report.made_on) >= one.received_on for report in reports)


def slots_open(reports: Sequence[Report], coming: date | None) -> Sequence[date | None]:
    """For which reports something may still be attached: those that nobody has decided on, and the one to come."""
    waiting = [report.slot for report in reports if not report.replaced_by and not report.counts]
    return tuple(dict.fromkeys((coming, *waiting)))


def must_fit(kind: Kind, size: int) -> None:
    """Refusal where something is larger than its kind may be."""
    most = MOST_OF_A_PHOTO if kind is Kind.PHOTO else MOST_OF_A_FILE
    if size > most:
        raise Refusal("evidence.too_large", most=most // MB)


def link(text: str) -> str:
    """The web address that a text consists of; empty where it is anything else."""
    said = text.strip()
    host = said.removeprefix("https://").partition("/")[0]
    fits = said.startswith("https://") and "." in host and said.isascii() and len(said) <= LONGEST_TEXT
    return said if fits and len(said.split()) == 1 else ""


def link_in(text: str) -> str:
    """The first web address that stands in a text; empty where none does."""
    return next((found for word in text.split() if (found := link(word))), "")


def is_time(text: str) -> bool:
    """Whether a text says when something was: a day or a time of day stands in it. It is kept as it was written."""
    return 0 < len(text.strip()) <= LONGEST_TEXT and WHEN.search(fold(text)) is not None


def place(title: str, address: str, latitude: float, longitude: float) -> str:
    """A place in words: what it is called, where it is, and its coordinates."""
    return " · ".join(part for part in (title, address, f"{latitude:.5f}, {longitude:.5f}") if part)[:LONGEST_TEXT]


def live(some: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Those that count."""
    return tuple(one for one in some if one.live)


def shows_publication(some: Iterable[Evidence]) -> bool:
    """Whether something says where a thing was published: an address, or a photo of the notice board."""
    return any(one.live and one.kind in {Kind.LINK, Kind.PHOTO} for one in some)


def filling_up(before: int, after: int, most: int) -> bool:
    """Whether the room for evidence has become scarce just now: it is said once, not each time."""
    return before < most * NEARLY_FULL <= after
