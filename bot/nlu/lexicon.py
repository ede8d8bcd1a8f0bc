"""The word lists and phrase files of all languages, read once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.normal import Door, normalise, pack
from bot.nlu.reading import SLOTS
from bot.nlu.rules import Rule, read_rules
from bot.nlu.words import Word

PLAIN_LISTS = ("marks", "particles", "spelling", "fillers", "numbers")  # read by patterns, not searched for
HIDING = ("hides", "indicators", "instruments", "years")

Tables = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Lexicon:
    """Shared lists (list name → code → words), whole-message phrases, and rules."""

    tables: Tables
    exact: Mapping[str, str]
    rules: tuple[Rule, ...]
    door: Door

    def words(self) -> Iterator[Word]:
        """Every word to be searched for, with the names that rules call it by."""
        for table, codes in self.tables.items():
            if table not in PLAIN_LISTS:
                for code, words in codes.items():
                    names = _names(table, code)
                    yield from (Word(self.listed(word), names, table in HIDING) for word in words)
        for word in sorted({name for rule in self.rules for name in _spoken(rule)}):
            yield Word(word, frozenset({word}))

    def listed(self, word: str) -> str:
        """A word of a list in the spelling in which messages are searched."""
        return _listed(self.door, word)


def load_lexicon(locales: Path) -> Lexicon:
    """Read `<language>/phrases/*.toml` of every language; one list may have parts in several."""
    paths = sorted(locales.glob("*/phrases/*.toml"))
    files = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths]
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for stem, content in files:
        if stem.startswith("_"):
            _add(tables.setdefault(stem[1:], {}), content)
    door = _door(tables)
    exact: dict[str, str] = {}
    rules: list[Rule] = []
    for intent, content in files:
        if not intent.startswith("_"):
            exact |= _whole_phrases(intent, content, door)
            rules += read_rules(intent, content, lambda word: _listed(door, word))
    return _checked(Lexicon(tables, exact, tuple(rules), door))


def _door(tables: Tables) -> Door:
    polite, spelling = tables["particles"], tables["spelling"]
    wrong = {form: right for right, forms in spelling.items() for form in forms}
    return Door(polite["particles"], polite["kept"], wrong)


def _listed(door: Door, word: str) -> str:
    return door.enter(word).packed or pack(normalise(word))


def _add(table: dict[str, tuple[str, ...]], content: Mapping[str, list[str]]) -> None:
    for code, words in content.items():
        table[code] = (*table.get(code, ()), *words)


def _whole_phrases(intent: str, content: Mapping[str, list[str]], door: Door) -> dict[str, str]:
    if intent not in SLOTS or content.keys() - {"exact", "contains", "rule"}:
        raise ValueError(f"{intent}.toml: the name must be an intent, its keys exact, contains, rule")
    return {_listed(door, phrase): intent for phrase in content.get("exact", [])}


def _names(table: str, code: str) -> frozenset[str]:
    return frozenset({f"@{code}"} if table == "words" else {f"@{table}", f"@{table}.{code}"})


def _spoken(rule: Rule) -> Iterator[str]:
    names = rule.never.union(*rule.groups)
    return (name for name in names if name[0] not in "@#")


def _checked(lexicon: Lexicon) -> Lexicon:
    """The lexicon, when every list that a rule calls by name exists."""
    known = {name for table, codes in lexicon.tables.items() for code in codes for name in _names(table, code)}
    for rule in lexicon.rules:
        unknown = {name for name in rule.never.union(*rule.groups) if name.startswith("@")} - known
        if unknown:
            raise ValueError(f"{rule.intent}.toml: no such list: {', '.join(sorted(unknown))}")
    return lexicon
