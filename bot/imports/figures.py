"""What a number in a cell looks like: 94.97 where 94.969999999999999 is stored, a date as people write it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from xml.etree.ElementTree import Element

from itadomain.thai import SHORT_MONTHS

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: Formats that a file names by number only; 59 and on are the Thai ones.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm", 20: "h:mm", 21: "h:mm", 22: "d/m/yyyy h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "h:mm", 46: "h:mm",
    47: "h:mm", 59: "t0", 60: "t0.00", 61: "t#,##0", 62: "t#,##0.00", 67: "t0%", 68: "t0.00%", 71: "td/m/yyyy",
    72: "td-mmm-yy", 73: "td-mmm", 74: "tmmm-yy", 75: "th:mm", 76: "th:mm", 77: "td/m/yyyy h:mm", 78: "th:mm",
    79: "th:mm", 80: "th:mm", 81: "d/m/yyyy",
}  # fmt: skip
GENERAL = "General"
#: Text in quotes, an escaped letter, room for a letter, a filler, a colour or a country, anything else.
TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[([^\]]*)\]|(.)', re.DOTALL)
PATTERN = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+,*")
COUNTRY = re.compile(r"\$-0?D[0-9A-F]{5,6}", re.IGNORECASE)
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
DAY_ZERO, DAY_ZERO_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a cell knows no zone
LAST_DAY = 2_958_465
#: Whoever types 30/9/2566 into a cell has its Buddhist year stored as if it were a Christian one.
BUDDHIST_FROM, ERA = 2400, 543
DIGITS = 11


@dataclass(frozen=True)
class Format:
    """A number format taken apart."""

    before: str = ""
    pattern: str = ""
    after: str = ""
    letters: str = ""  # of a date: d, m, y, h, s
    thai: bool = False


@dataclass(frozen=True)
class Figures:
    """The formats of a workbook."""

    formats: Sequence[str]  # by style
    since_1904: bool = False

    def shown(self, stored: str, style: int) -> str:
        """What a cell of that style shows for a stored number or ISO date."""
        code = self.formats[style] if 0 <= style < len(self.formats) else GENERAL
        if "T" in stored or stored.count("-") > 1:
            return _day(datetime.fromisoformat(stored), "dmyh")
        number = Decimal(stored)
        form = taken_apart(code, number)
        text = self._dated(number, form.letters) if form.letters else _numbered(number, form)
        return text.translate(THAI_DIGITS) if form.thai else text

    def _dated(self, number: Decimal, letters: str) -> str:
        if not 0 <= number <= LAST_DAY:
            return _general(number)
        zero = DAY_ZERO_1904 if self.since_1904 else DAY_ZERO
        moment = zero + timedelta(seconds=round(float(number) * 86400))
        return _day(moment, letters)


def figures_of(styles: Element, *, since_1904: bool) -> Figures:
    """The formats that the styles of a workbook name."""
    own = {one.get("numFmtId", ""): one.get("formatCode", GENERAL) for one in styles.iter(f"{S}numFmt")}
    named = {str(number): code for number, code in BUILT_IN.items()} | own
    return Figures(
        [named.get(one.get("numFmtId", ""), GENERAL) for one in styles.findall(f"{S}cellXfs/{S}xf")], since_1904
    )


def taken_apart(code: str, number: Decimal) -> Format:
    """The part of a format that holds for the number: «positive;negative;zero»."""
    sections = _sections(code)
    if number < 0 and len(sections) > 1:
        return _format(sections[1])
    return _format(sections[2 if number == 0 and len(sections) > 2 else 0])  # noqa: PLR2004 - the third is for zero


def _sections(code: str) -> Sequence[str]:
    parts = [""]
    for token in TOKEN.finditer(code):
        if token[4] == ";":
            parts.append("")
        else:
            parts[-1] += token[0]
    return parts


def _format(section: str) -> Format:
    if GENERAL.lower() in section.lower() or section == "@":
        return Format()
    bare = "".join(token[4] or "" for token in TOKEN.finditer(section)).lower()
    thai = bare.startswith("t") or bool(COUNTRY.search(section))
    if letters := "".join(sorted(set(re.findall("[dmyhsb]", bare)))):
        return Format(letters=letters.replace("b", "y"), thai=thai)
    if "e+" in bare or "e-" in bare or "/" in bare:
        return Format(thai=thai)
    pattern = PATTERN.search(bare)
    return Format(*_around(section, pattern[0] if pattern else ""), thai=thai)


def _around(section: str, pattern: str) -> tuple[str, str, str]:
    """The words before a number, its pattern, and the words after it."""
    before, after, met = "", "", False
    for token in TOKEN.finditer(section):
        quoted, escaped, sign = token[1], token[2], token[4]
        if sign and sign in "#0?.,":
            met = True
        word = quoted or escaped or (sign if sign and sign not in "#0?.,t" else "")
        before, after = (before, after + word) if met else (before + word, after)
    return before, pattern, after


def _numbered(number: Decimal, form: Format) -> str:
    if not form.pattern:
        return form.before.strip() or _general(number)
    whole, _, part = form.pattern.rstrip(",").partition(".")
    number = abs(number) if form.before.strip() in {"-", "("} else number
    number *= 100 if "%" in form.before + form.after else 1
    number /= 1000 ** (len(form.pattern) - len(form.pattern.rstrip(",")))
    rounded = Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-min(len(part), 15)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    text = text.zfill(whole.count("0") + len(text) - len(text.lstrip("-").partition(".")[0]))
    for _ in range(len(part) - part.count("0")):
        text = text.removesuffix("0").rstrip(".") if "." in text else text
    return f"{form.before}{text}{form.after}".strip()


def _general(number: Decimal) -> str:
    """Without a format: as many digits as a cell shows, no exponent."""
    if number == number.to_integral_value() and abs(number) < Decimal(10) ** 15:
        return f"{number.to_integral_value():f}"
    short = Decimal(f"{number:.{DIGITS}g}")
    return f"{short.normalize():f}" if abs(short.adjusted()) < DIGITS else str(short.normalize())


def _day(moment: datetime, letters: str) -> str:
    """The parts of a moment that its format shows, in the Buddhist Era."""
    time = f"{moment:%H:%M}"
    if not set(letters) & set("dy") and set(letters) & set("hs"):
        return time
    day = moment.date()
    parts = [
        str(day.day) if "d" in letters else "",
        SHORT_MONTHS[day.month - 1] if "m" in letters else "",
        str(_year(day)) if "y" in letters else "",
        time if "h" in letters and (moment.hour or moment.minute) else "",
    ]
    return " ".join(part for part in parts if part)


def _year(day: date) -> int:
    return day.year if day.year > BUDDHIST_FROM else day.year + ERA
