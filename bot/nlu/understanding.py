"""From a message to a reading: words and figures, then the rules, then the values of the intent."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from bot.nlu.figures import FigureReader, Figures
from bot.nlu.lexicon import Lexicon, load_lexicon
from bot.nlu.normal import Normal
from bot.nlu.reading import NOTHING, OUT_OF_SCOPE, Reading
from bot.nlu.rules import SIGN_LENGTH, Rules
from bot.nlu.texts import TextReader
from bot.nlu.values import Heard, Values
from bot.nlu.words import Found, Vocabulary
from itadomain.integrity.receipts import without_code

LONG = 60
LONGEST = 2000  # a message that is longer is read to here
EDGES = " .,!?;:~-–()[]{}\"'…ๆฯ"


class Understanding:
    """Reads messages by rules; built once, then only reads (safe for many threads, no files)."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Everything is prepared here."""
        marks = lexicon.tables["marks"]
        self._door = lexicon.door
        self._vocabulary = Vocabulary(lexicon.words())
        self._rules = Rules(lexicon.rules)
        self._exact = lexicon.exact
        self._before = _longest_first(map(lexicon.listed, lexicon.tables["fillers"]["before"]))
        self._after = _longest_first(map(lexicon.listed, lexicon.tables["fillers"]["after"]))
        self._figures = FigureReader(marks, lexicon.tables["numbers"])
        self._values = Values(TextReader(marks))

    def read(self, text: str, today: date) -> Reading:
        """What the message means; words like ปีที่แล้ว count from today's fiscal year."""
        message = self._door.enter(without_code(text[:LONGEST]))
        if not message.plain:
            return NOTHING
        found, figures = self._vocabulary.find(message.packed), self._figures.read(message)
        ranked = self._ranked(message, _names(message, found, figures))
        if not ranked:
            return NOTHING
        intent, confidence = ranked[0]
        values = self._values.of(intent, Heard(message, tuple(found), figures, today))
        return Reading(intent, values, confidence, tuple(ranked[1:4]))

    def _ranked(self, message: Normal, names: Mapping[str, int]) -> list[tuple[str, float]]:
        ranked = self._rules.candidates(names)
        if intent := self._whole(message.packed):
            return [(intent, 1.0), *(each for each in ranked if each[0] != intent)]
        return [] if ranked and ranked[0][0] == OUT_OF_SCOPE else ranked

    def _whole(self, packed: str) -> str | None:
        """The intent of which the message is a listed phrase, as it stands or without «ขอ … หน่อย»."""
        said = packed.strip(EDGES)
        while said not in self._exact:
            shorter = self._without_filler(said)
            if shorter == said or not shorter:
                return None
            said = shorter
        return self._exact[said]

    def _without_filler(self, said: str) -> str:
        if said.endswith(self._after):
            return said.removesuffix(next(filter(said.endswith, self._after))).strip(EDGES)
        if said.startswith(self._before):
            return said.removeprefix(next(filter(said.startswith, self._before))).strip(EDGES)
        return said


def load(locales: Path) -> Understanding:
    """The understanding that the phrase files of all languages make."""
    return Understanding(load_lexicon(locales))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _names(message: Normal, found: Iterable[Found], figures: Figures) -> dict[str, int]:
    """Everything rules can call by name, with the letters it explains."""
    names = dict.fromkeys(figures.signs(), SIGN_LENGTH)
    if len(message.packed) > LONG:
        names["#long"] = 1
    for each in found:
        size = each.stop - each.start
        for name in each.word.names:
            names[name] = max(size, names.get(name, 0))
    return names
