"""What an agency chooses for all of its papers: how figures are written, its seal, its own forms."""

from enum import StrEnum

from itadomain.ports import Settings

DIGITS = "paper_digits"
#: The agency's own parts: the seal or the garuda, and a Word file for each kind that it writes in its own form.
SEAL, TEMPLATE = "seal", "template:"
MOST_OF_A_SEAL, MOST_OF_A_TEMPLATE = 1024 * 1024, 2 * 1024 * 1024


class Digits(StrEnum):
    """How figures are written."""

    ARABIC = "arabic"
    THAI = "thai"


def digits(settings: Settings) -> Digits:
    """What the agency has chosen; as computers write them, where it has not."""
    return Digits.THAI if settings.get(DIGITS) == Digits.THAI else Digits.ARABIC


#: The papers that may have a form of the agency's own: a memorandum has that of the state, an analysis no fixed parts.
OWN_FORMS = ("plan", "report")
