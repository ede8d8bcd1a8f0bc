"""The agency's own answers to what citizens ask: hours, phones, services with their steps, time, fee and papers.

They are found by words: how much of what an answer is called stands in the question, in pieces of three letters
without tone marks, so that typing mistakes, missing spaces and words around it matter little. What may be meant is
offered to be tapped. It is told at once only where its whole name stands there, and is no small part of a long story
about something else. What nothing fits goes to an officer. Nothing is ever made up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Self

from itadomain.refusals import Refusal
from itadomain.thai import bare, fold, tidy

LONGEST_TITLE, LONGEST_TEXT, MOST_ALIASES = 80, 1500, 12
#: Of all its parts together: with the answer they fill a card, and what is longer would not be shown.
LONGEST_PARTS = 2500
#: What stands beside the answer.
PARTS = ("steps", "takes", "fee", "papers", "phone")
PIECE = 3
#: From this share on of a name, it may be meant.
MAYBE = 0.4
#: So much of a question its name must make up to be meant for sure: «วันหยุดนี้เก็บขยะไหม» is not about days off.
ABOUT = 0.32
#: Another that fits nearly as well leaves it open which is meant.
MARGIN = 0.12
MOST_OFFERED = 4
#: Said around a question, never what it is about.
FILLERS = (
    "อยากทราบว่า", "อยากทราบ", "อยากรู้", "อยากถาม", "สอบถาม", "ขอถาม", "รบกวน", "ช่วยบอก", "ต้องทำยังไง", "ทำยังไง",
    "ต้องทำอย่างไร", "ทำอย่างไร", "ต้องใช้อะไรบ้าง", "ใช้อะไรบ้าง", "ใช้เอกสารอะไร", "เตรียมอะไร", "อะไรบ้าง",
    "ได้ไหม", "ได้มั้ย", "หรือเปล่า", "เมื่อไร", "เมื่อไหร่", "เท่าไร", "เท่าไหร่", "เสียเงิน", "กี่บาท", "กี่วัน", "ที่ไหน",
    "นะคะ", "นะครับ", "ค่ะ", "คะ", "ครับ", "คับ", "หน่อย",
)  # fmt: skip


@dataclass(frozen=True)
class Topic:
    """One thing that citizens ask about, and the agency's answer. `aliases` are other words for it."""

    id: str
    title: str
    text: str
    aliases: Sequence[str] = ()
    steps: str = ""
    takes: str = ""  # how long
    fee: str = ""
    papers: str = ""
    phone: str = ""
    changed_on: date | None = None
    changed_by: str = ""  # the id of a person
    closed: bool = False

    @property
    def names(self) -> Sequence[str]:
        """What it is called."""
        return (self.title, *self.aliases)

    def with_part(self, part: str, words: str) -> Self:
        """The same with one of its parts told; Refusal where there is no such part, or it would be too long."""
        if part not in PARTS:
            raise Refusal("topics.which_of_these")
        told = replace(self, **{part: words})  # type: ignore[arg-type]  # all of them are texts
        if sum(len(getattr(told, name)) for name in PARTS) > LONGEST_PARTS:
            raise Refusal("knowledge.long_parts", title=self.title, most=LONGEST_PARTS)
        return told

    def called(self, *aliases: str) -> Self:
        """The same with more words for it."""
        known = dict.fromkeys((*self.aliases, *(said for one in aliases if (said := one.strip()))))
        if len(known) > MOST_ALIASES:
            raise Refusal("knowledge.too_many_names", most=MOST_ALIASES)
        if not all(1 < len(one) <= LONGEST_TITLE for one in known):
            raise Refusal("knowledge.no_title", most=LONGEST_TITLE)
        return replace(self, aliases=tuple(known))


@dataclass(frozen=True)
class Found:
    """What fits a question: one for sure, or some that may be meant, or nothing."""

    sure: Topic | None = None
    maybe: Sequence[Topic] = ()


def topic(topic_id: str, title: str, text: str, by: str, today: date) -> Topic:
    """A new one; Refusal where it is called nothing or says nothing, or too much."""
    called, said = " ".join(title.split()), text.strip()
    if not 1 < len(called) <= LONGEST_TITLE:
        raise Refusal("knowledge.no_title", most=LONGEST_TITLE)
    if not 1 < len(said) <= LONGEST_TEXT:
        raise Refusal("knowledge.no_text", most=LONGEST_TEXT)
    return Topic(topic_id, called, said, changed_on=today, changed_by=by)


def find(question: str, topics: Iterable[Topic]) -> Found:
    """What fits a question, the best first."""
    said = _spoken(question)
    asked = _pieces(said)
    ranked = sorted(
        ((_share(asked, one), one) for one in topics if not one.closed),
        key=lambda pair: (-pair[0], pair[1].title),
    )
    fitting = [(share, one) for share, one in ranked if share >= MAYBE]
    if not fitting:
        return Found()
    best = fitting[0][0]
    near = [one for share, one in fitting if best - share < MARGIN]
    if len(near) == 1 and _is_told(said, near[0]):
        return Found(sure=near[0])
    return Found(maybe=tuple(one for _, one in fitting[:MOST_OFFERED]))


def _share(asked: frozenset[str], one: Topic) -> float:
    """How much of its best name stands in a question; a longer name that fits as well is the better one."""
    names = [pieces for name in one.names if (pieces := _of_name(name))]
    told = [len(pieces & asked) / len(pieces) + len(pieces) / 1000 for pieces in names]
    begun = [MAYBE for pieces in names if asked and pieces.issuperset(asked)]  # «ภาษี» may be any tax
    return max((*told, *begun), default=0.0)


def _is_told(said: str, one: Topic) -> bool:
    """Whether one of its whole names stands in a question, and the question is about little else."""
    enough = ABOUT * len(said.replace(" ", ""))
    return any(len(name) >= enough and name in said for name in map(_spoken, one.names) if name)


@lru_cache(4096)
def _of_name(name: str) -> frozenset[str]:
    """The pieces of a name: the same few hundred are held against every question."""
    return _pieces(_spoken(name))


def _spoken(text: str) -> str:
    """The letters that tell: no spaces, tone marks or fillers, digits and small letters alike."""
    said = fold(tidy(text)).replace(" ", "")
    for filler in FILLERS:
        said = said.replace(filler, " ")
    return bare(" ".join(said.split()))


def _pieces(text: str) -> frozenset[str]:
    """All runs of three letters; a shorter word is a piece by itself."""
    words = [word for word in "".join(sign if sign.isalnum() or _mark(sign) else " " for sign in text).split() if word]
    return frozenset(word[at : at + PIECE] for word in words for at in range(max(1, len(word) - PIECE + 1)))


def _mark(sign: str) -> bool:
    return "ั" <= sign <= "ฺ" or "็" <= sign <= "๎"
