"""What came on paper, at the counter or by phone, written in by a receiver: one text, sorted into its parts."""

import re
from collections.abc import Mapping

from itadomain.integrity.disclosure import Part

#: A line that begins with one of these begins that part.
HEADINGS: Mapping[Part, tuple[str, ...]] = {
    Part.WHO: ("ใคร", "who"),
    Part.WHAT: ("ทำอะไร", "อะไร", "เรื่อง", "what"),
    Part.WHEN: ("เมื่อไร", "เมื่อไหร่", "เมื่อใด", "when"),
    Part.WHERE: ("ที่ไหน", "ที่ใด", "where"),
    Part.EVIDENCE: ("หลักฐาน", "evidence"),
}
BEGINS = {
    part: re.compile(rf"\s*(?:{'|'.join(names)})\s*[::]\s*(.*)", re.IGNORECASE) for part, names in HEADINGS.items()
}


def parts_of(text: str) -> Mapping[Part, str]:
    """The parts of a text; what stands under no heading is what happened."""
    found: dict[Part, list[str]] = {}
    current = Part.WHAT
    for written in text.splitlines():
        heading = next(((part, hit[1]) for part, begins in BEGINS.items() if (hit := begins.match(written))), None)
        current, words = heading or (current, written)
        found.setdefault(current, []).append(words)
    told = {part: "\n".join(lines).strip() for part, lines in found.items()}
    return {part: told[part] for part in Part if told.get(part)}
