"""The bytes of a text file → its text: UTF-8, UTF-16 or the Thai code page of Windows."""

import codecs
import re

from itadomain.refusals import Refusal

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNPRINTED = re.compile("[\0-\x08\x0e-\x1f]")
BEYOND_ASCII, THAI = re.compile("[^\0-\x7f]"), re.compile("[ก-๛]")
LOST = "\ufffd"
SAMPLE = 1 << 16
#: Of a hundred bytes of UTF-16, or letters beyond ASCII that are lost, or signs that nothing prints.
WIDE, LOST_AT_MOST, UNPRINTED_AT_MOST = 70, 5, 1


def decoded(data: bytes) -> str:
    """The text. What a damaged file lost shows as «\ufffd»; what is no text is refused."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _text(data[len(mark) :].decode(encoding, "replace"))
    texts = [data.decode(encoding, "replace") for encoding in _likely(data)]
    sound = [text for text in texts if _holds(text)]
    if not sound:
        raise Refusal("import.unreadable_text")
    return _text(next((text for text in sound if _is_thai(text)), sound[0]))


def _likely(data: bytes) -> tuple[str, ...]:
    """Encodings worth a try, the surest first. Half of the bytes of UTF-16 are 0 (Latin) or 14 (Thai)."""
    high, low = data[1:SAMPLE:2], data[0:SAMPLE:2]
    if _pages(high) * 100 > len(high) * WIDE:
        return ("utf-16-le",)
    if _pages(low) * 100 > len(low) * WIDE:
        return ("utf-16-be",)
    return ("utf-8", "cp874")


def _pages(half: bytes) -> int:
    return half.count(0) + half.count(0x0E)


def _holds(text: str) -> bool:
    return text.count(LOST) * 100 <= len(BEYOND_ASCII.findall(text)) * LOST_AT_MOST


def _is_thai(text: str) -> bool:
    """Whether its letters beyond ASCII are Thai; a few of the code page also look like sound UTF-8."""
    sample = text[:SAMPLE]
    return len(THAI.findall(sample)) * 2 >= len(BEYOND_ASCII.findall(sample))


def _text(text: str) -> str:
    if len(UNPRINTED.findall(text)) * 100 > len(text) * UNPRINTED_AT_MOST:
        raise Refusal("import.unreadable_text")
    return UNPRINTED.sub("", text)
