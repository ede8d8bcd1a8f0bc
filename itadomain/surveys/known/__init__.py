"""The questions that are known, each set a module; the newer ones stand before the older ones of the same number."""

from collections.abc import Sequence

from itadomain.surveys.known import insiders_2564, insiders_2566, outsiders_2562, outsiders_2566, visit
from itadomain.surveys.known.common import Known
from itadomain.surveys.questionnaire import Item
from itadomain.surveys.survey import Kind

_SETS = (insiders_2564.KNOWN, insiders_2566.KNOWN, outsiders_2562.KNOWN, outsiders_2566.KNOWN, visit.KNOWN)


def known(kind: Kind, year: int) -> Sequence[Item]:
    """What is known of the questions of a year; of a year without its own, what the newest one before it had."""
    items = {item.code: item for one in _until(kind, year) for item in one.of(year)}
    return list(items.values())


def missing(kind: Kind, year: int) -> Sequence[str]:
    """The codes of official questions of which nothing but the number is known."""
    found = {item.code for item in known(kind, year)}
    return [code for one in _until(kind, year) for code in one.missing if code not in found]


def _until(kind: Kind, year: int) -> Sequence[Known]:
    return sorted((one for one in _SETS if one.kind is kind and one.since <= year), key=lambda one: one.since)
