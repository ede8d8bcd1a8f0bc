"""What somebody has filled in so far. It is kept nowhere here: each page carries it to the next in hidden fields."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, Self

from itadomain.integrity.disclosure import LONGEST_ANSWER, LONGEST_NAME, Accused, Draft, Identity, Part, Way
from itadomain.people import LANGUAGES

#: The pages that ask, in their order; those of a part are called like it.
PAGES = ("about", "readers", Part.WHAT, Part.WHEN, Part.WHERE, Part.EVIDENCE, "name", "review")
LONGEST: Mapping[str, int] = {**dict.fromkeys(Part, LONGEST_ANSWER), "name": LONGEST_NAME, "contact": LONGEST_NAME}
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


class Fields(Protocol):
    """The fields of a form as they were sent."""

    def get(self, key: str, default: str = "") -> str:
        """One field."""

    def getlist(self, key: str) -> Sequence[str]:
        """Every value of a field that may be there more than once."""


@dataclass(frozen=True)
class Filled:
    """The fields of the form: about whom (`units` by id, `top` for those at the top), what was told, who tells it."""

    lang: str = "th"
    units: tuple[str, ...] = ()
    top: bool = False
    told: Mapping[str, str] = field(default_factory=dict)  # by the name of the field
    receipt: str = ""  # the code that it will be found under, and our stamp on that
    stamp: str = ""
    mending: bool = False  # the page was opened from the review, and leads back there

    @classmethod
    def of(cls, form: Fields) -> Self:
        """What was sent; a line ends as everywhere else, and what cannot be seen is left out."""
        lang = form.get("lang", "th")
        told = {name: said for name in LONGEST if (said := clean(form.get(name, "")))}
        units = tuple(dict.fromkeys(form.getlist("unit")))
        receipt, stamp = form.get("receipt", ""), form.get("stamp", "")
        language = lang if lang in LANGUAGES else LANGUAGES[0]
        return cls(language, units, bool(form.get("top", "")), told, receipt, stamp, bool(form.get("mending", "")))

    def carried(self, besides: Iterable[str] = ()) -> Sequence[tuple[str, str]]:
        """The hidden fields of a page that shows the fields `besides` itself."""
        flags = [("top", "1" if self.top else ""), ("mending", "1" if self.mending else "")]
        kept = [("receipt", self.receipt), ("stamp", self.stamp), *flags, *self.told.items()]
        fields = [("unit", one) for one in self.units] + [(name, said) for name, said in kept if said]
        return [("lang", self.lang), *(one for one in fields if one[0] not in set(besides))]

    def too_long(self) -> Sequence[str]:
        """The fields in which more was said than can be kept."""
        return [name for name, most in LONGEST.items() if len(self.told.get(name, "")) > most]

    def among(self, units: Iterable[str]) -> Self:
        """The same without units that there are not."""
        known = set(units)
        return replace(self, units=tuple(one for one in self.units if one in known))

    @property
    def accused(self) -> Accused:
        """About whom it is."""
        return Accused(frozenset(self.units), self.top, self.told.get(Part.WHO, ""))

    @property
    def told_parts(self) -> Mapping[Part, str]:
        """What was told, by part."""
        return {part: self.told[part] for part in Part if part in self.told}

    def draft(self, who: str) -> Draft:
        """What is sealed; `who` says in words about whom it is."""
        told = {part: said for part in Part if (said := who if part is Part.WHO else self.told.get(part, ""))}
        identity = Identity(self.told.get("name", ""), self.told.get("contact", ""))
        return Draft(Way.WEB, told, self.accused, identity)


def clean(words: str) -> str:
    """Words as they are kept."""
    return _UNSEEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()
