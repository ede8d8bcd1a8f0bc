"""What cases are about: the agency's own list, each with the unit that works on it and the days it promises."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from itadomain.cases.deadlines import Promise
from itadomain.cases.forms import FORMS
from itadomain.refusals import Refusal

LONGEST_NAME = 40
#: Where an agency has made no list of its own. They are told by `category.<code>` until the agency names them.
FIRST = (
    "road_footpath", "street_light_electric", "water_supply", "drain_flood", "waste_cleanliness",
    "nuisance_noise_smoke", "animals", "trees", "obstruction_vendors", "traffic", "cables",
    "building_sign_equipment", "safety", "social", "service", "other",
)  # fmt: skip
#: What shows best by a photo that it was mended.
SEEN_WHEN_MENDED = frozenset({"road_footpath", "street_light_electric", "drain_flood", "waste_cleanliness"})
#: What words are understood as, where the list calls it otherwise.
UNDERSTOOD = {"corruption_officials": "service"}
OTHER = "other"
#: What stands before the code of a form: so its requests have a unit and a promise of their own, like a category.
OF_A_FORM = "form_"


@dataclass(frozen=True)
class Category:
    """One of them. `name` is the agency's own, empty where the usual one of its code is meant."""

    code: str
    name: str = ""
    unit: str = ""  # the id of the unit that gets its cases; empty: the desk decides
    promise: Promise = field(default_factory=Promise)
    photo: bool = False  # whether it is closed with a photo of what was done
    closed: bool = False  # offered no more; cases of it stay

    @property
    def form(self) -> str:
        """The code of the form whose requests it is for; empty where it is for what people tell."""
        return self.code.removeprefix(OF_A_FORM) if self.code.startswith(OF_A_FORM) else ""


def usual() -> Sequence[Category]:
    """The list that an agency begins with."""
    return [Category(code, photo=code in SEEN_WHEN_MENDED) for code in FIRST]


def complete(kept: Iterable[Category]) -> Sequence[Category]:
    """The agency's list: the usual one, with what it changed and added, in their order."""
    own = {one.code: one for one in kept if not one.form}
    first = [own.pop(one.code, one) for one in usual()]
    *listed, last = first
    return [*listed, *own.values(), last]


def of_forms(kept: Iterable[Category]) -> Sequence[Category]:
    """Those that requests are of, one a form."""
    own = {one.code: one for one in kept}
    return [own.get(f"{OF_A_FORM}{one.code}", Category(f"{OF_A_FORM}{one.code}")) for one in FORMS]


def every(kept: Sequence[Category]) -> Sequence[Category]:
    """All that a case can be of: what people tell, and requests."""
    return [*complete(kept), *of_forms(kept)]


def suggested(heard: Iterable[str], categories: Sequence[Category], most: int = 3) -> Sequence[Category]:
    """Those that the words spoke of, the most often named first, filled up in the order of the list."""
    named = Counter(UNDERSTOOD.get(code, code) for code in heard)
    offered = [one for one in categories if not one.closed and one.code != OTHER]
    return sorted(offered, key=lambda one: -named[one.code])[:most]


def named(name: str) -> str:
    """A name for a category; Refusal where it is none."""
    said = " ".join(name.split())
    if not 1 < len(said) <= LONGEST_NAME:
        raise Refusal("case.no_category_name", most=LONGEST_NAME)
    return said


def of_code(code: str, categories: Iterable[Category]) -> Category:
    """The category of a code; one that the list does not know is what it is."""
    return next((one for one in categories if one.code == code), Category(code))
