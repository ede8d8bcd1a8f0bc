"""The rules by which words make an intent, as officers write them in `locales/<language>/phrases/`.

A file named after an intent (`ask_score.toml`) says what people say when they mean it:

    exact = ["คะแนน", "ขอผล"]          # the whole message is this, «ขอ … หน่อย» aside: sure (1.0)
    contains = ["ได้เกรดอะไร"]           # the message has this somewhere: 0.9

    [[rule]]                            # or, for words that go together:
    all = [["@score"], ["เท่าไร", "@ask"]]  # one word of every list must be there
    any = ["ita", "#year"]              # and one of these
    never = ["@trend"]                  # and none of these
    weight = 0.7                        # how sure; 0.9 when left out

A file whose name begins with `_` is a list of words shared by rules: `_words.toml` with
`score = ["คะแนน", …]` makes `@score`; `_units.toml` with `"กองคลัง" = [...]` makes `@units` (any of them) and
`@units.กองคลัง`. `_hides.toml` lists names whose inner words must not be heard alone (ต่อต้านการทุจริต is no
corruption report). In every word `^` means the start of the message, `$` its end, `*` a few letters. Signs that
begin with `#` come from figures in the message: #year (one), #years (several), #measure #item #indicator #percent
#ticket #code #invitation (a code to join with) #reference #rating #question, and #long for a long message. Spelling
and politeness are evened out in lists as in messages.
Of two rules the surer wins, then the one that explains more letters. To add what people say, edit a list.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Listed = Callable[[str], str]

FULL = 0.9
SIGN_LENGTH = 3  # a figure explains about as much as a short word


@dataclass(frozen=True, eq=False)
class Rule:
    """One way to say an intent."""

    intent: str
    groups: tuple[frozenset[str], ...]
    never: frozenset[str] = frozenset()
    weight: float = FULL
    keys: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", min(self.groups, key=len))

    def holds(self, names: frozenset[str]) -> bool:
        """Whether every list is met by what was heard, and nothing forbidden was."""
        return self.never.isdisjoint(names) and not any(group.isdisjoint(names) for group in self.groups)

    def explains(self, heard: Mapping[str, int]) -> int:
        """How many letters a rule that holds explains of what was heard."""
        return sum(max(heard[name] for name in group if name in heard) for group in self.groups)


class Rules:
    """All rules, found by the words that can make them hold."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Each rule is filed under the names of its shortest list."""
        self._by_name: dict[str, list[Rule]] = {}
        for rule in rules:
            for name in rule.keys:
                self._by_name.setdefault(name, []).append(rule)

    def candidates(self, heard: Mapping[str, int]) -> list[tuple[str, float]]:
        """Intents whose rules hold, the likeliest first, with their weights."""
        best: dict[str, tuple[float, int]] = {}
        names = frozenset(heard)
        for rule in {rule for name in names for rule in self._by_name.get(name, ())}:
            if rule.holds(names):
                explained = (rule.weight, rule.explains(heard))
                best[rule.intent] = max(best.get(rule.intent, explained), explained)
        ranked = sorted(best.items(), key=lambda item: (item[1], item[0]), reverse=True)
        return [(intent, weight) for intent, (weight, _) in ranked]


def read_rules(intent: str, table: Mapping[str, object], listed: Listed) -> list[Rule]:
    """The rules of one phrase file, its `contains` list as the first; listed spells words as messages are."""
    rules = [Rule(intent, (_words(table["contains"], listed),))] if table.get("contains") else []
    return rules + [_rule(intent, each, listed) for each in _tables(table.get("rule", []))]


def _rule(intent: str, table: Mapping[str, object], listed: Listed) -> Rule:
    lists = [*_list(table.get("all", [])), *([table["any"]] if "any" in table else [])]
    groups = tuple(_words(each, listed) for each in lists)
    if not groups or not all(groups) or table.keys() - {"all", "any", "never", "weight"}:
        raise ValueError(f"{intent}: a rule has `all` or `any`, perhaps `never` and `weight`: {dict(table)}")
    weight = table.get("weight", FULL)
    if not isinstance(weight, int | float) or not 0 < weight <= 1:
        raise ValueError(f"{intent}: a weight is a number up to 1, not {weight!r}")
    return Rule(intent, groups, _words(table.get("never", []), listed), float(weight))


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise ValueError(f"a list is needed, not {value!r}")  # noqa: TRY004  a fault of the file, not of a caller
    return value


def _words(value: object, listed: Listed) -> frozenset[str]:
    return frozenset(str(word) if str(word)[:1] in {"@", "#"} else listed(str(word)) for word in _list(value))


def _tables(value: object) -> list[Mapping[str, object]]:
    return [table for table in _list(value) if isinstance(table, dict)]
