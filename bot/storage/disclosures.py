"""Disclosures: whoever asks for one opens it, with a receipt code or with the key of a receiver.

Sealing needs public halves only, so the process that takes a disclosure in can read none. No row has a column for who
brought it, and its reporter writes into the box alone (`disclosure_box.py`).
"""

import hmac
import logging
import os
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from bot.faults import place_of
from bot.storage import disclosure_contents as contents
from bot.storage import officer_keys
from bot.storage.disclosure_box import Added, Box, Fresh, Piece
from bot.storage.disclosure_keys import Lookups, OwnKey
from bot.storage.disclosure_opening import opened, waiting, with_more
from bot.storage.disclosure_rounds import arriving, lay
from bot.storage.disclosure_rows import Around, Rows, add_line, give, unchanged
from bot.storage.disclosure_tables import DisclosureRow, put_standing, standing_of
from bot.storage.officers import Officers, Wrap
from bot.storage.people import Later
from bot.storage.sealing import KeyRing, SealBroken, UnknownKey
from bot.storage.tenancy import AgencySession
from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import NOBODY, Disclosure, Draft, More, Standing
from itadomain.integrity.receipts import BYTES, code_of, is_code
from itadomain.integrity_ports import Arrived
from itadomain.refusals import Refusal

log = logging.getLogger(__name__)


class SqlDisclosures:
    """One agency's disclosures."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency: int = session.info["agency_id"]
        self._rows = Rows(session)
        self._box = Box(session, ring)

    # ── its reporter's side: no key of any receiver is needed

    @staticmethod
    def new_code() -> str:
        """A receipt code that nobody guesses, without hyphens."""
        while not is_code(code := code_of(os.urandom(BYTES))):
            pass
        return code

    def able(self) -> Sequence[str]:
        """The ids of the people for whom something can be sealed. Ever so many may have a key and no post any more."""
        return [half.person for half in officer_keys.halves(self._session)]

    def put_in(self, draft: Draft, code: str, readers: Sequence[str]) -> None:
        """Seal a new one for its readers (at least one, all able) and its code. A code that is known is left alone."""
        halves, lookups = officer_keys.halves(self._session, readers), self._lookups(code)
        if not readers or lookups is None or {half.person for half in halves} != set(readers):
            raise LookupError("nobody to seal it for")
        key = OwnKey.new(self._agency, secrets.token_hex(16))
        fresh = Fresh(
            id=key.disclosure,
            code=lookups.kept,
            by_code=key.under_code(code),
            way=draft.way.value,
            told=key.seal(contents.told(draft), "told"),
            identity=key.seal(contents.identity(draft.identity), "identity"),
            wraps=[key.for_reader(half) for half in halves],
        )

        def write(session: AgencySession) -> None:
            officer_keys.one_at_a_time(session)
            if Rows(session).by_code(lookups.kept) is None:
                self._box.put(session, lookups.box, fresh)

        self._later(write)

    def put_more(self, code: str, more: More) -> None:
        """Leave more for the disclosure of a code."""
        key, lookups = self._key_of(code), self._lookups(code)
        if key is None or lookups is None:
            raise LookupError("no such code")
        line = Line(Voice.REPORTER, "", date.min, more.words) if more.words.strip() else None
        added = Added(
            key.disclosure,
            line=_sealed(key, "said", contents.line(line)) if line else None,
            file=_sealed(key, "facts", contents.file(more.file)) if more.file else None,
            reopens=more.reopens,
        )

        def write(session: AgencySession) -> None:
            officer_keys.one_at_a_time(session)
            self._box.put(session, lookups.box, added)

        self._later(write)

    def by_code(self, code: str) -> Disclosure | None:
        """The one of a code, in the box or delivered, with what its reporter may see of it; None where there is none.

        Without notes among receivers and without who brought it.
        """
        key, lookups = self._key_of(code), self._lookups(code)
        if key is None or lookups is None:
            return None
        row, slips = self._rows.by_code(lookups.kept), self._box.of(lookups.box)
        found = self._opened(row, key) if row else waiting(key, [slip.holds for slip in slips])
        for slip in slips:
            if isinstance(slip.holds, Added):
                found = with_more(found, key, slip.holds)
        talk = tuple(line for line in found.talk if line.voice is not Voice.NOTE)
        return replace(found, talk=talk, identity=NOBODY)

    def file_key(self, code: str, file_id: str) -> str | None:
        """The key, as keys are written, that seals a file of the disclosure of a code; None where there is none."""
        key = self._key_of(code)
        return key.of_file(file_id) if key else None

    # ── the rounds, and where it stands: nothing is opened but the box

    def deliver(self, today: date) -> Sequence[Arrived]:
        """Empty the box, shuffled: what was in it is from today on where its receivers see it."""
        slips = self._box.shuffled()
        come = arriving(self._rows, [slip.holds for slip in slips], today)

        def write(session: AgencySession) -> None:
            officer_keys.one_at_a_time(session)
            self._box.empty(session, slips)
            for one in come:
                lay(session, one.holds, today)

        if slips:
            self._later(write)
        return [one.told for one in come]

    def stand(self, disclosure_id: str, standing: Standing) -> None:
        """Keep where one stands; nothing is opened for it."""
        seen = self._rows.get(disclosure_id)
        version = seen.version if seen else None  # else it is among those that were just delivered

        def write(session: AgencySession) -> None:
            put_standing(unchanged(session, disclosure_id, version), standing)

        self._later(write)

    def counted(self, first: date, last: date) -> Sequence[Standing]:
        """Where those stand that were filed from one day to another; nothing is opened."""
        filed = DisclosureRow.filed_on.between(first.isoformat(), last.isoformat())
        rows = self._session.scalars(select(DisclosureRow).where(filed).order_by(DisclosureRow.id))
        return [standing_of(row) for row in rows]

    def open(self) -> Sequence[tuple[str, Standing, frozenset[str]]]:
        """The open ones by id, with who holds a key of each; nothing is opened."""
        rows = self._session.scalars(select(DisclosureRow).where(DisclosureRow.is_open.is_(True)))
        urgent = sorted(rows, key=lambda row: (row.due, row.id))
        readers = self._rows.readers([row.id for row in urgent])
        return [(row.id, standing_of(row), readers[row.id]) for row in urgent]

    def over_until(self, until: date) -> Sequence[tuple[str, Standing, frozenset[str]]]:
        """Those closed by a day that can be opened still, by id, with who holds a key of each; nothing is opened."""
        over = (DisclosureRow.is_open.is_(False), DisclosureRow.over_on <= until.isoformat(), DisclosureRow.told != "")
        rows = self._session.scalars(
            select(DisclosureRow).where(*over).order_by(DisclosureRow.over_on, DisclosureRow.id)
        )
        found = list(rows)
        readers = self._rows.readers([row.id for row in found])
        return [(row.id, standing_of(row), readers[row.id]) for row in found]

    def dispose(self, disclosure_id: str) -> None:
        """Destroy all that was told in one, and every key of it; where it stood is still counted."""
        version = self._rows.get_one(disclosure_id).version

        def write(session: AgencySession) -> None:
            row = unchanged(session, disclosure_id, version)
            row.code, row.by_code, row.told, row.identity = row.id, "", "", ""
            Rows(session).empty(disclosure_id)

        self._later(write)

    # ── its receivers' side: each opens with their own key

    def readable(self, person_id: str) -> Sequence[Disclosure]:
        """Those that a person holds a key of, opened: the open ones first, the most urgent of them first.

        One that does not open is left out, so that it hides none of the others; the doctor and the log tell of it.
        """
        self._officers()
        wraps = self._rows.wraps_of(person_id)
        rows, around = self._rows.those(list(wraps)), self._rows.around(list(wraps))
        urgent = sorted(rows, key=lambda row: (not row.is_open, row.due, row.id))
        return [one for row in urgent if (one := self._to_list(row, around[row.id], wraps[row.id]))]

    def get(self, disclosure_id: str, person_id: str) -> Disclosure | None:
        """One, opened with the key of a person; None where they hold none or there is none."""
        key, row = self._key_for(disclosure_id, person_id), self._rows.get(disclosure_id)
        return self._opened(row, key) if row and key else None

    def file_key_for(self, disclosure_id: str, person_id: str, file_id: str) -> str | None:
        """The key, as keys are written, that opens a file for a person; None where they hold no key of it."""
        key = self._key_for(disclosure_id, person_id)
        return key.of_file(file_id) if key else None

    def save(self, disclosure: Disclosure, person_id: str) -> None:
        """Keep what has changed in one that a person holds a key of; once a turn.

        What was said and who brought it stays as it was.
        """
        key, row = self._key_for(disclosure.id, person_id), self._rows.get(disclosure.id)
        if key is None or row is None:
            raise LookupError("no key")
        version, before = row.version, self._opened(row, key).talk
        if tuple(disclosure.talk[: len(before)]) != tuple(before):
            raise ValueError("what was said stays as it was said")
        told = key.seal(contents.told(disclosure), "told")
        said = [(_sealed(key, "said", contents.line(one)), one.on) for one in disclosure.talk[len(before) :]]

        def write(session: AgencySession) -> None:
            row = unchanged(session, disclosure.id, version)
            put_standing(row, disclosure.standing)
            row.told = told
            for piece, on in said:
                add_line(session, disclosure.id, piece, on)

        self._later(write)

    def share(self, disclosure_id: str, by: str, to: str) -> None:
        """Give another person, who is able, a key of one that `by` holds a key of."""
        key, halves = self._key_for(disclosure_id, by), officer_keys.halves(self._session, [to])
        if key is None or not halves:
            raise LookupError("no key")
        wrap = key.for_reader(halves[0])
        self._later(lambda session: give(session, disclosure_id, wrap))

    def give_back(self, disclosure_id: str, person_id: str) -> None:
        """Take a person's key of one away; the last one stays."""

        def write(session: AgencySession) -> None:
            held = Rows(session).held(disclosure_id)  # nobody else gives theirs back meanwhile
            if person_id in held and len(held) > 1:
                session.delete(held[person_id])

        self._later(write)

    # ── keys

    def _officers(self) -> Officers:
        if self._ring.officers is None:
            raise Refusal("integrity.no_keys")
        return self._ring.officers

    def _lookups(self, code: str) -> Lookups | None:
        pepper = officer_keys.pepper(self._session, self._ring)
        return Lookups.of(pepper, code) if pepper else None

    def _key_of(self, code: str) -> OwnKey | None:
        """The key of the disclosure that a code opens, kept or still in the box."""
        lookups = self._lookups(code)
        if lookups is None:
            return None
        row = self._rows.by_code(lookups.kept)
        if row:
            return OwnKey.by_code(row.by_code, code, self._agency, row.id)
        new = next((slip.holds for slip in self._box.of(lookups.box) if isinstance(slip.holds, Fresh)), None)
        if new is None or not hmac.compare_digest(new.code, lookups.kept):
            return None
        return OwnKey.by_code(new.by_code, code, self._agency, new.id)

    def _key_for(self, disclosure_id: str, person_id: str) -> OwnKey | None:
        """The key of one, opened for a person who holds it."""
        officers, wrap = self._officers(), self._rows.wrap(disclosure_id, person_id)
        if wrap is None or not officers.has(wrap.kid):
            return None
        return OwnKey.by_reader(officers, wrap, self._agency, disclosure_id)

    def _to_list(self, row: DisclosureRow, around: Around, wrap: Wrap) -> Disclosure | None:
        try:
            return opened(row, around, OwnKey.by_reader(self._officers(), wrap, self._agency, row.id))
        except UnknownKey:
            return None
        except SealBroken as error:
            log.error("a disclosure does not open for a receiver: %s", place_of(error))  # noqa: TRY400
            return None

    def _opened(self, row: DisclosureRow, key: OwnKey) -> Disclosure:
        return opened(row, self._rows.around([row.id])[row.id], key)


def _sealed(key: OwnKey, column: str, words: str) -> Piece:
    piece_id = secrets.token_hex(16)
    return Piece(piece_id, key.seal(words, column, piece_id))
