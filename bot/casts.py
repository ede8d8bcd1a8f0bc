"""Sends the requests of broadcasts: as `sender.py` sends messages, in lanes and on threads of their own.

A broadcast is one lane, so one request of it is under way at a time, and none takes the place of a reply: whatever LINE
needs for five hundred people, replies and reminders are sent by others.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.backoff import backoff
from bot.ledger import Ledger
from bot.letters import Letters
from bot.line.client import Lines, Outcome
from bot.quota import QuotaWatch
from bot.sender import SENT_TO_MANY, USED_UP, Manners, SendLoop, Verdict
from bot.storage.agencies import Agency
from bot.storage.broadcast_rows import RequestState
from bot.storage.casting import Casting
from bot.storage.queue import CAST, Letter, Rate, State
from bot.storage.queue_tables import KEY_HOLDS_MS
from itadomain.broadcasts.hours import rests

MULTICAST = "multicast"
UNTIL_LOOK_MS = 5 * 60_000  # before it is looked again whether it is day
#: LINE takes a tenth as many requests to many people as other calls.
FOR_MANY = 10
BECAME = {State.DONE: RequestState.ACCEPTED, State.IGNORED: RequestState.ACCEPTED, State.DEAD: RequestState.REFUSED}


def fewer(rate: Rate) -> Rate:
    """The rate of requests to many people, where that of other calls is `rate`."""
    return Rate(rate.calls / FOR_MANY, rate.burst // FOR_MANY)


class CastLoop(SendLoop):
    """Makes one request after the other."""

    kind = CAST

    def __init__(self, ledger: Ledger, lines: Lines, letters: Letters, manners: Manners, quotas: QuotaWatch) -> None:
        super().__init__(ledger, lines, letters, manners, quotas)
        self._casting = Casting(ledger.queue, ledger.ring)

    def _deliver(self, agency: Agency, letter: Letter, owner: str) -> Verdict:  # noqa: ARG002 - the key is the fence
        batch = letter.outgoing.batch
        if batch is None:
            return Verdict("of another release", State.HELD)
        with self._ledger.database.reading(of=agency.id) as connection:
            addressed = self._casting.addressed(connection, agency.id, batch)
        if addressed is None:
            return Verdict("stopped", State.HELD)
        if rests(addressed.broadcast, datetime.fromtimestamp(self._ledger.clock() / 1000, UTC)):
            return Verdict("waits for the morning", pause_ms=UNTIL_LOOK_MS, known=True)
        if not addressed.to:
            return Verdict("nobody is left", State.IGNORED, reached=0)
        messages = self._letters.broadcast(agency, addressed.broadcast)
        outcome = self._lines.multicast(agency, addressed.to, messages, letter.retry_key)
        return self._after_multicast(outcome, letter, addressed.to)

    def _after_multicast(self, outcome: Outcome, letter: Letter, to: Sequence[str]) -> Verdict:
        match outcome:
            case Outcome.ACCEPTED:
                return Verdict(SENT_TO_MANY, State.DONE, reached=len(to))
            case Outcome.UNKNOWN:  # the retry key makes a second one harmless
                return self._again("multicast of unknown outcome", letter)
            case Outcome.MONTH_USED_UP:
                return Verdict(USED_UP, State.HELD)
            case Outcome.REFUSED | Outcome.TOKEN_GONE:
                return Verdict("refused as invalid", State.DEAD)
        return self._after_either(outcome, letter, MULTICAST)

    def _again(self, outcome: str, letter: Letter, *, known: bool = True) -> Verdict:
        """While the retry key holds; after that it could be delivered twice, so a person decides."""
        if self._ledger.clock() - min(letter.first_at or letter.posted_at, letter.posted_at) > KEY_HOLDS_MS:
            return Verdict(outcome, State.HELD)
        return Verdict(outcome, pause_ms=backoff(letter.attempts), known=known)

    def _endpoint(self, letter: Letter) -> str:  # noqa: ARG002
        return MULTICAST

    def _settle(self, connection: Connection, letter: Letter, owner: str, verdict: Verdict) -> None:
        super()._settle(connection, letter, owner, verdict)
        now = self._ledger.clock()
        became = BECAME.get(verdict.state or State.HELD, RequestState.UNSENT)
        self._casting.settled(connection, letter, became, now, verdict.reached)
        if verdict.outcome == SENT_TO_MANY:
            self._quotas.count(connection, letter.agency_id, verdict.reached or 0)
        if verdict.outcome == USED_UP:
            self._casting.used_up(connection, letter, now)
