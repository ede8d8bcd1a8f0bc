"""What must be remembered of what is disclosed, in the words of the rules. `bot/storage` fulfils it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from itadomain.integrity.disclosure import Disclosure, Draft, More, Standing


@dataclass(frozen=True)
class Arrived:
    """What came out of the box: a new disclosure, or more to one; nothing of it is opened.

    `readers` hold a key. `standing` is as it was before, of a new one as it begins.
    """

    id: str
    standing: Standing
    readers: frozenset[str]
    new: bool
    reopens: bool = False


class Disclosures(Protocol):
    """What was disclosed. Whoever asks for one opens it: with a receipt code, or as a receiver who holds a key.

    A reporter only ever writes into the box. Its rounds come at set hours, so that no row, order or time of what is
    kept leads to whoever wrote; what is in the box says nothing of who put it there either.
    """

    def new_code(self) -> str:
        """A receipt code that nobody guesses, without hyphens."""

    def able(self) -> Sequence[str]:
        """The ids of the people for whom something can be sealed. Ever so many may have a key and no post any more."""

    def put_in(self, draft: Draft, code: str, readers: Sequence[str]) -> None:
        """Seal a new one for its readers (at least one, all able) and its code. A code that is known is left alone."""

    def put_more(self, code: str, more: More) -> None:
        """Leave more for the disclosure of a code."""

    def by_code(self, code: str) -> Disclosure | None:
        """The one of a code, in the box or delivered, with what its reporter may see of it; None where there is none.

        Without notes among receivers and without who brought it.
        """

    def deliver(self, today: date) -> Sequence[Arrived]:
        """Empty the box, shuffled: what was in it is from today on where its receivers see it."""

    def stand(self, disclosure_id: str, standing: Standing) -> None:
        """Keep where one stands; nothing is opened for it."""

    def readable(self, person_id: str) -> Sequence[Disclosure]:
        """Those that a person holds a key of, opened: the open ones first, the most urgent of them first."""

    def get(self, disclosure_id: str, person_id: str) -> Disclosure | None:
        """One, opened with the key of a person; None where they hold none or there is none."""

    def save(self, disclosure: Disclosure, person_id: str) -> None:
        """Keep what has changed in one that a person holds a key of; once a turn.

        More may be said; what was said, what was sent and who brought it stay as they are.
        """

    def share(self, disclosure_id: str, by: str, to: str) -> None:
        """Give another person, who is able, a key of one that `by` holds a key of."""

    def give_back(self, disclosure_id: str, person_id: str) -> None:
        """Take a person's key of one away; the last one stays."""

    def counted(self, first: date, last: date) -> Sequence[Standing]:
        """Where those stand that were filed from one day to another; nothing is opened."""

    def open(self) -> Sequence[tuple[str, Standing, frozenset[str]]]:
        """The open ones by id, with who holds a key of each; nothing is opened."""

    def over_until(self, until: date) -> Sequence[tuple[str, Standing, frozenset[str]]]:
        """Those closed by a day that can be opened still, by id, with who holds a key of each; nothing is opened."""

    def dispose(self, disclosure_id: str) -> None:
        """Destroy all that was told in one and every key of it: its code opens nothing, and it is only counted."""
