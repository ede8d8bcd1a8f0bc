"""Keys and facts become words: reads `locales/<language>/<feature>.toml` once and fills in the blanks."""

import re
import string
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from handlers.kit import Words
from itadomain.frameworks.shape import Name
from itadomain.periods import MeetingKind, Told, Weekday
from itadomain.thai import SHORT_MONTHS

LOCALES = Path(__file__).resolve().parent.parent / "locales"
#: ค่ะ ends a statement and คะ a question; ครับ does both.
QUESTION_FORM = {"ค่ะ": "คะ"}
#: Stands before a particle until the text is whole.
ENDS = "\x1e"
AFTER_A_FIGURE = re.compile(rf"(?<=[0-9A-Za-z.]){ENDS}")


class Texts:
    """All words of every language."""

    def __init__(self, folder: Path = LOCALES) -> None:
        self.words: Mapping[str, Mapping[str, str]] = {
            language.name: _read(language) for language in sorted(folder.iterdir()) if language.is_dir()
        }

    def tell(self, said: Any, language: str, particle: str) -> str:  # noqa: PLR0911 - one line a kind of fact
        """`said` (words, a name, a number, a date, a list of them) in `language`."""
        match said:
            case Words(key=key, facts=facts) | Told(key=key, facts=facts):
                template = self.words[language][key]
                told = {blank: self.tell(fact, language, particle) for blank, fact in facts.items()}
                return _apart(template.format_map(_politeness(language, particle) | told))
            case Name(th, en):
                return en if language == "en" else th
            case MeetingKind() | Weekday():
                return self.words[language][said.key]
            case Enum():
                return str(said.value)
            case str():
                return said
            case Decimal():
                return f"{said:f}"  # a printed figure is shown as printed
            case date():
                return _day(said, language)
            case None:
                return "-"
            case list() | tuple():
                return ", ".join(self.tell(one, language, particle) for one in said)
            case _:
                return str(said)

    def commands(self) -> Mapping[str, str]:
        """What starts a step when it is typed: the label of its menu tap, and other ways to say it (`typed.toml`)."""
        features = sorted({key.split(".", 1)[0] for table in self.words.values() for key in table}, key=len)
        return {
            fold(said): _step(key.split(".", 1)[1], features)
            for table in self.words.values()
            for key, text in table.items()
            if key.startswith(("menu.", "typed."))
            for said in text.split("|")
        }


def _step(name: str, features: Sequence[str]) -> str:
    """«survey_results_of» is a step of `survey_results`, and not of `survey`; the shorter names come first."""
    feature = next((one for one in reversed(features) if name.startswith(f"{one}_")), name.split("_", 1)[0])
    return f"{feature}.{name[len(feature) + 1 :]}"


def fold(text: str) -> str:
    """A text as it is compared with the label of a tap: case and spaces do not matter."""
    return " ".join(text.split()).casefold()


def blanks(template: str) -> set[str]:
    """The names of the blanks in a text, but for those that are filled in for every text."""
    named = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    return named - {"polite", "polite_ask"}


def _read(language: Path) -> dict[str, str]:
    found = {}
    for file in sorted(language.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        found.update({f"{file.stem}.{key}": text for key, text in table.items() if isinstance(text, str)})
    return found


def _politeness(language: str, particle: str) -> dict[str, str]:
    if language != "th":
        return {"polite": "", "polite_ask": ""}
    asked = QUESTION_FORM.get(particle, particle)
    return {"polite": particle and ENDS + particle, "polite_ask": asked and ENDS + asked}


def _apart(told: str) -> str:
    """Figures and abbreviations stand apart from the particle: «หมู่ 3 ค่ะ», «15.30 น. ค่ะ»."""
    return AFTER_A_FIGURE.sub(" ", told).replace(ENDS, "") if ENDS in told else told


def _day(day: date, language: str) -> str:
    """31 มี.ค. 2570: the Buddhist Era, short month; with 14:05 where it is a moment."""
    month = SHORT_MONTHS[day.month - 1] if language == "th" else f"{day:%b}"
    told = f"{day.day} {month} {day.year + 543}"
    return f"{told} {day:%H:%M}" if isinstance(day, datetime) else told
