"""Thai text as people and scanners write it, brought to one spelling; digits, months and years. Pure text."""

import re
import unicodedata

from itadomain.fiscal import BUDDHIST_ERA

SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
CENTURIES = 2500  # a year of two digits is one of these
CHRISTIAN_UNTIL = 2400  # a lower year of four digits is A.D.
WHOLE_CENTURY = 100

UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufe0e\ufe0f]"
)
DOUBLE_E = re.compile("เเ")
NIKHAHIT_AA = re.compile("\u0e4d([่-๋]?)า")
#: From the first tone of some marks on, and never looked at twice: whole pages of nothing but marks are sent, too.
TONE_FIRST = re.compile("(?<![่-์])[่-์]++[ัิ-ฺ็][ัิ-ฺ็-์]*+")
SAME_MARK = re.compile(r"([ัิ-ฺ็-๎])\1+")
STRETCHED = re.compile(r"([a-zก-ฯะ-ๆ])\1{2,}(?![ะ-ฺ็-๎])", re.IGNORECASE)  # the n of คะแนนนะ is its own
SPACE = re.compile(r"\s+")
CURLY = str.maketrans("‘’ʼ“”", "'''\"\"")
FOLDED = str.maketrans("๐๑๒๓๔๕๖๗๘๙ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789abcdefghijklmnopqrstuvwxyz")
#: What scanners lose most: tone marks, the sign above a silent letter, the ring of ำ.
LOST = str.maketrans("ำ", "า", "็่้๊๋์ํ")


def tidy(text: str) -> str:
    """The text in one spelling: composed, nothing invisible, no doubled marks, no stretched letters."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", text)).translate(CURLY)
    text = NIKHAHIT_AA.sub(r"\1ำ", DOUBLE_E.sub("แ", text))
    text = SAME_MARK.sub(r"\1", TONE_FIRST.sub(_tones_last, text))
    return SPACE.sub(" ", STRETCHED.sub(r"\1", text)).strip()


def _tones_last(marks: re.Match[str]) -> str:
    """All at once: moved one by one, a thousand marks on one letter would take a second."""
    return "".join(sorted(marks[0], key=lambda mark: "่" <= mark <= "์"))


def fold(text: str) -> str:
    """Arabic digits and small Latin letters, each character in its old place."""
    return text.translate(FOLDED)


def bare(text: str) -> str:
    """The text without the marks that scanners lose: two texts that differ in these only become the same."""
    return text.translate(LOST)


def buddhist(year: int) -> int:
    """A printed year in the Buddhist Era: of two digits, A.D., or B.E. already."""
    return year + CENTURIES if year < WHOLE_CENTURY else year + BUDDHIST_ERA if year < CHRISTIAN_UNTIL else year
