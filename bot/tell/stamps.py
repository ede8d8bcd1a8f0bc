"""A receipt code is made before anything is sent, and carried in the form with our stamp on it.

So the same form sent twice is one disclosure and shows one code, and a code that nobody made here is not taken.
"""

import hmac
from datetime import date, timedelta

from bot.storage.sealing import KeyRing

#: A page that was left open for so long is looked through once more.
LIVES = timedelta(days=3)
_PURPOSE = "receipt code of the form"


class Stamps:
    """Puts stamps on codes, and knows them again."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def on(self, slug: str, code: str, today: date) -> str:
        """The stamp for a code that was made for an agency's form."""
        return f"{today.isoformat()}.{self._ring.lookup(_PURPOSE, slug, today.isoformat(), code)}"

    def fits(self, slug: str, code: str, stamp: str, today: date) -> bool:
        """Whether a stamp is ours, for this code and agency, and not too old."""
        day, _, seal = stamp.partition(".")
        try:
            made = date.fromisoformat(day)
        except ValueError:
            return False
        right = self._ring.lookups(_PURPOSE, slug, made.isoformat(), code)
        known = [hmac.compare_digest(one.encode(), seal.encode("utf-8", "replace")) for one in right]
        return any(known) and today - LIVES <= made <= today
