"""How a set of known questions is written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from itadomain.frameworks.shape import Confidence, Instrument, Name
from itadomain.surveys.questionnaire import Answering, Item
from itadomain.surveys.survey import Kind

#: Money, belongings, and what else is worth money: what three questions ask one after the other.
GIVEN = (
    Name("เงิน", "Money"),
    Name("ทรัพย์สิน", "Belongings"),
    Name(
        "ประโยชน์อื่น ๆ ที่อาจคำนวณเป็นเงินได้ เช่น การลดราคา การรับความบันเทิง เป็นต้น",
        "Other benefits that are worth money, such as a lower price or entertainment",
    ),
)


@dataclass(frozen=True)
class Known:
    """What is known of the questions of a kind: from which year on, and of which one a source has them.

    Without such a year they are nobody's but our own. `missing` are those of which only the number is known.
    """

    kind: Kind
    since: int
    told_of: int | None
    items: Sequence[Item]
    missing: Sequence[str] = ()

    def of(self, year: int) -> Sequence[Item]:
        """Its questions for a year: as sure as the source in its own year, and not confirmed in any other."""
        if self.told_of in {None, year}:
            return self.items
        return [replace(one, confidence=Confidence.LOW) if one.confidence.confirmed else one for one in self.items]


@dataclass(frozen=True)
class Asking:
    """Makes the questions of one instrument, all from one source."""

    instrument: Instrument
    confidence: Confidence
    source: str

    def level(
        self,
        code: str,
        indicator: int,
        th: str,
        en: str,
        *parts: Name,
        bad: bool = False,
        bad_parts: Sequence[int] = (),
    ) -> Item:
        """«มากน้อยเพียงใด», from least to most; with `bad` the most is worth nothing."""
        return self._item(code, indicator, Name(th, en), Answering.LEVELS, parts, reverse=bad, reversed_parts=bad_parts)

    def whether(self, code: str, indicator: int, th: str, en: str, *parts: Name, bad: bool = False) -> Item:
        """«หรือไม่»: มี or ไม่มี; with `bad` มี is worth nothing."""
        return self._item(code, indicator, Name(th, en), Answering.YES_NO, parts, reverse=bad)

    def _item(
        self,
        code: str,
        indicator: int,
        wording: Name,
        answering: Answering,
        parts: Sequence[Name],
        *,
        reverse: bool,
        reversed_parts: Sequence[int] = (),
    ) -> Item:
        return Item(
            code,
            wording,
            answering,
            self.instrument,
            indicator,
            tuple(parts),
            reversed=reverse,
            reversed_parts=tuple(reversed_parts),
            confidence=self.confidence,
            source=self.source,
        )
