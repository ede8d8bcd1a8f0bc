"""The units that a document names, each once, with its spellings."""

import re
from collections.abc import Iterable, Sequence

from itadomain.documents.folding import joined, packed
from itadomain.documents.reading import PrintedUnit
from itadomain.documents.words.units import EVERYONE, OF_THE_AGENCY, SECRETARIAT
from itadomain.thai import tidy

SUFFIX = re.compile(rf"(?:{OF_THE_AGENCY})\.?$")
KEPT_BY_SECRETARY = re.compile(SECRETARIAT)


def folded(name: str) -> str:
    """What is the same for every spelling of a unit's name."""
    bare = packed(name).replace(".", "").replace("สานัก", "สำนัก").replace("สำนักงานปลัด", "สำนักปลัด")
    return SUFFIX.sub("", bare) or bare


def units_of(owners: Iterable[str], texts: Sequence[str]) -> tuple[PrintedUnit, ...]:
    """One unit for each name among owners; other spellings of the secretariat are looked for in the running text."""
    spellings: dict[str, list[str]] = {}
    for name in owners:
        if name != EVERYONE:
            spellings.setdefault(folded(name), []).append(name)
    for text in texts:
        for found in KEPT_BY_SECRETARY.findall(joined(text)):
            if folded(found) in spellings:
                spellings[folded(found)].append(found)
    return tuple(_unit(key, names) for key, names in _without_short_forms(spellings).items())


def _without_short_forms(spellings: dict[str, list[str]]) -> dict[str, list[str]]:
    """«กองการศึกษาฯ» is the unit whose longer name begins so, where exactly one does."""
    longer = {
        key: fitting[0]
        for key, names in spellings.items()
        if any(name.endswith("ฯ") for name in names)
        and len(fitting := [other for other in spellings if other.startswith(key) and other != key]) == 1
    }
    kept = {key: list(names) for key, names in spellings.items() if key not in longer}
    for key, other in longer.items():
        kept.get(other, []).extend(spellings[key])
    return kept


def _unit(key: str, names: Sequence[str]) -> PrintedUnit:
    different = list(dict.fromkeys(names))
    name = tidy(min(different, key=lambda one: (one.endswith("ฯ"), len(one))))
    return PrintedUnit(name, tuple(other for other in different if other != name), key == "สำนักปลัด")
