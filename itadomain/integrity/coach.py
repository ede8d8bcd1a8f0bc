"""The coach: what is still missing before a disclosure can be acted on, asked one thing at a time.

An unsigned letter is taken up where it is specific: who did what, when or where, and how it can be seen. Which of these
are told well enough is judged by how much is said, never by what is said, and nothing is ever refused for being thin.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from itadomain.integrity.disclosure import LONGEST_ANSWER, Part
from itadomain.refusals import Refusal
from itadomain.thai import fold, tidy

#: So many letters say something; a day or a place is told in fewer than what happened.
LEAST: Mapping[Part, int] = {Part.WHO: 3, Part.WHAT: 20, Part.WHEN: 3, Part.WHERE: 3, Part.EVIDENCE: 4}
#: What people write who do not know.
UNKNOWN = frozenset({
    "ไม่ทราบ", "ไม่รู้", "ไม่มี", "ไม่แน่ใจ", "จำไม่ได้", "ข้าม", "ยังไม่มี", "ไม่ทราบครับ", "ไม่ทราบค่ะ", "ไม่มีครับ", "ไม่มีค่ะ",
    "ไม่รู้ครับ", "ไม่รู้ค่ะ", "none", "no", "unknown", "idontknow",
})  # fmt: skip


@dataclass(frozen=True)
class Sufficiency:
    """How far it is: the parts that are told well enough, of five, and whether that is enough to act on."""

    told: frozenset[Part]
    enough: bool

    @property
    def count(self) -> int:
        """How many parts are told."""
        return len(self.told)

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that would help, in the order in which they are asked."""
        return tuple(part for part in Part if part not in self.told)


def sufficiency(told: Mapping[Part, str]) -> Sufficiency:
    """Judge what was told."""
    specific = frozenset(part for part in Part if says_something(part, told.get(part, "")))
    somewhere = specific & {Part.WHEN, Part.WHERE}
    return Sufficiency(specific, bool({Part.WHO, Part.WHAT, Part.EVIDENCE} <= specific and somewhere))


def says_something(part: Part, words: str) -> bool:
    """Whether an answer tells anything about its part."""
    return len(_letters(words)) >= LEAST[part] and not knows_nothing(words)


def knows_nothing(words: str) -> bool:
    """Whether an answer only says that its writer does not know."""
    letters = _letters(words)
    return not letters or letters in UNKNOWN


def answered(words: str) -> str:
    """An answer as it is kept; Refusal where it is nothing, or more than can be kept."""
    said = words.strip()
    if not said:
        raise Refusal("integrity.say_something")
    if len(said) > LONGEST_ANSWER:
        raise Refusal("integrity.too_long", most=LONGEST_ANSWER)
    return said


def _letters(words: str) -> str:
    return "".join(sign for sign in fold(tidy(words)) if sign.isalnum() or "ก" <= sign <= "๎")
