"""Follow-ups that a document gives to all its measures, in sentences outside of its tables."""

import re
from collections.abc import Iterator

from itadomain.documents.folding import arabic, squeezed
from itadomain.documents.numbers import numbered
from itadomain.documents.reading import FollowUpRule
from itadomain.documents.shape import Document

REPORTING = re.compile(r"(?:รายงาน|ติดตาม|กำกับ)(?:ผล|ความก้าวหน้า|การดำเนิน|ติดตาม)")
CADENCE = re.compile(
    r"ทุก\s*ๆ?\s*(?:สิ้น)?(?:เดือน|ไตรมาส|สัปดาห์|\d{1,2}\s*เดือน)|(?:เดือน|ไตรมาส|ปี|สัปดาห์)ละ\s*(?:\d+\s*)?ครั้ง"
    r"|รอบ\s*\d{1,2}\s*เดือน(?:\s*(?:และ|,)\s*(?:รอบ\s*)?\d{1,2}\s*เดือน)*|ราย(?:เดือน|ไตรมาส)|(?:ภายใน)?วันที่\s*\d{1,2}\s*ของทุกเดือน"
)
PAST = re.compile(r"ได้(?:มีการ)?(?:รายงาน|ติดตาม|กำกับ)|ที่ผ่านมา")
LONGEST = 200


def rules_of(document: Document) -> Iterator[FollowUpRule]:
    """Sentences that say how often everything is reported."""
    for paragraph in document.paragraphs:
        text = numbered(squeezed(paragraph.text))[1]
        cadence = CADENCE.search(arabic(text))
        if cadence and cadence.end() <= LONGEST and REPORTING.search(text[: cadence.end()]) and not PAST.search(text):
            yield FollowUpRule(text[: cadence.end()], paragraph.place)
