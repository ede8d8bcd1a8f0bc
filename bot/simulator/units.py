"""The two ways LINE counts text: UTF-16 units for most of it, grapheme clusters for labels."""

from __future__ import annotations

import unicodedata

SARA_AM = "\u0e33\u0eb3"
JOINER = "\u200d"


def utf16(text: str) -> int:
    """The number of UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """The number of letters as a reader sees them: marks, joined and paired signs do not start one."""
    if text.isascii():
        return len(text)
    count, flags, before = 0, 0, ""
    for sign in text:
        flags = flags + 1 if _is_flag_half(sign) else 0
        joined = before == JOINER or (flags > 0 and flags % 2 == 0)
        if not before or not (joined or _extends(sign)):
            count += 1
        before = sign
    return count


def _extends(sign: str) -> bool:
    is_tone = "\U0001f3fb" <= sign <= "\U0001f3ff"
    return sign in SARA_AM or sign == JOINER or is_tone or unicodedata.category(sign) in ("Mn", "Me", "Mc")


def _is_flag_half(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"
