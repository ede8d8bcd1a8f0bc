"""The values of an intent: which year, which indicator, which measure, what words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.nlu.figures import INDICATORS, INSTRUMENTS, Figures
from bot.nlu.normal import Normal
from bot.nlu.reading import SLOTS
from bot.nlu.texts import TextReader
from bot.nlu.words import Found
from itadomain.fiscal import fiscal_year_of


@dataclass(frozen=True)
class Heard:
    """All that was noticed in one message."""

    message: Normal
    found: tuple[Found, ...]
    figures: Figures
    today: date

    def code(self, table: str) -> str | None:
        """The code of a list whose word is in the message: the longest word decides, then the first."""
        prefix = f"@{table}."
        best = max(
            (
                (each.stop - each.start, -each.start, name)
                for each in self.found
                for name in each.word.names
                if name.startswith(prefix)
            ),
            default=None,
        )
        return best[2].removeprefix(prefix) if best else None

    def has(self, name: str) -> bool:
        """Whether a word of the list was said."""
        return any(f"@{name}" in each.word.names for each in self.found)


class Values:
    """Finds the value of each slot; a slot without one is left out."""

    def __init__(self, texts: TextReader) -> None:
        """Free words are read by their own patterns."""
        self._texts = texts
        self._special: Mapping[tuple[str, str], Callable[[Heard], object]] = {
            ("contact_info", "topic"): lambda heard: heard.code("people") or heard.code("units"),
            ("update_progress", "note"): lambda heard: texts.done(heard.message, heard.figures),
            ("attach_evidence", "note"): lambda heard: texts.document(heard.message, heard.figures),
            ("file_complaint", "category"): lambda heard: heard.code("categories"),
        }
        self._slots: Mapping[str, Callable[[Heard], object]] = {
            "year": year,
            "years": lambda heard: list(heard.figures.years) or None,
            "official": lambda heard: heard.has("official") or None,
            "indicator": indicator,
            "instrument": instrument,
            "lowest": lambda heard: heard.has("lowest") or None,
            "highest": lambda heard: heard.has("highest") or None,
            "question": question,
            "owner": lambda heard: heard.code("units"),
            "measure": measure,
            "measure_text": lambda heard: None if measure(heard) else texts.title(heard.message),
            "percent": lambda heard: heard.figures.percent,
            "status": status,
            "note": lambda heard: texts.reason(heard.message, heard.figures),
            "audience": lambda heard: heard.code("audiences") or heard.code("units"),
            "message": lambda heard: texts.message(heard.message),
            "code": lambda heard: heard.figures.invitation or heard.figures.code or heard.figures.reference,
            "location": lambda heard: texts.place(heard.message),
            "ticket": lambda heard: heard.figures.ticket or heard.figures.reference,
            "rating": lambda heard: heard.figures.rating,
            "topic": lambda heard: heard.code("topics"),
            "language": lambda heard: heard.code("languages"),
        }

    def of(self, intent: str, heard: Heard) -> dict[str, object]:
        """The values that belong to the intent and are in the message."""
        finders = {slot: self._special.get((intent, slot)) or self._slots[slot] for slot in SLOTS[intent]}
        found = {slot: find(heard) for slot, find in finders.items()}
        return {slot: value for slot, value in found.items() if value is not None}


def year(heard: Heard) -> int | None:
    """The year that was named, or that a word like ปีที่แล้ว means; «this year» means the newest, so no year."""
    if heard.figures.years:
        return heard.figures.years[0]
    shift = heard.code("years")
    return fiscal_year_of(heard.today) + int(shift) if shift and int(shift) else None


def measure(heard: Heard) -> int | None:
    """The number of the measure; a mere «ข้อ 7» counts too."""
    return heard.figures.measure if heard.figures.measure is not None else heard.figures.item


def indicator(heard: Heard) -> int | str | None:
    """Number 1 to 10 by name, figure, or question code i1…i10, or "all"."""
    name, figures = heard.code("indicators"), heard.figures
    code = figures.question
    by_code = int(code[1:]) if code and code[0] == "i" else None
    for number in (figures.indicator, int(name) if name else None, figures.item, by_code):
        if number and number <= INDICATORS:
            return number
    return "all" if heard.has("every") else None


def question(heard: Heard) -> str | None:
    """The code of a question (o18), unless it stands for an indicator."""
    return heard.figures.question if indicator(heard) is None else None


def instrument(heard: Heard) -> str | None:
    """IIT, EIT or OIT by name, or by a question code that is no indicator."""
    if name := heard.code("instruments"):
        return name
    code = heard.figures.question
    return INSTRUMENTS[code[0]] if code and indicator(heard) is None else None


def status(heard: Heard) -> str | None:
    """The state that was reported in words; a percentage speaks for itself."""
    return heard.code("status") if heard.figures.percent is None else None
