"""From the outbox to LINE: by reply token while it lives, else by push. No call is made inside a transaction.

The commit that settles a message takes hold of the next one, with a permit to call that all processes share.
"""

import logging
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.backoff import backoff
from bot.faults import place_of
from bot.ledger import Ledger
from bot.letters import Letters
from bot.line.client import Lines, Outcome
from bot.logs import about
from bot.quota import QuotaWatch
from bot.storage.agencies import Agency
from bot.storage.queue import SEND, LeaseLost, Letter, Rate, State
from bot.storage.queue_tables import KEY_HOLDS_MS

log = logging.getLogger(__name__)

REPLY, PUSH = "reply", "push"
PUSHED, SENT_TO_MANY, USED_UP = "pushed", "sent to many", "monthly limit"
TOO_FAST_MS = 2_000  # LINE's rates are refilled every moment; a longer pause would cost replies their tokens
LEAST_WAIT_MS = 250  # many permits at a time, so that waiting lanes are moved seldom
MOST_CHANNELS = 50  # that have to wait, before we look whether we are to stop


@dataclass(frozen=True)
class Verdict:
    """What to do with a message after an attempt: settle it in a state, or try again after a pause (ms).

    `known` where the attempt did not arrive, or a second one does no harm. `hold` is the endpoint that LINE wants to be
    left alone for as long.
    """

    outcome: str
    state: State | None = None
    pause_ms: int = 0
    known: bool = False
    hold: str = ""
    apologise: bool = False
    reached: int | None = None  # people of a request that LINE took


@dataclass(frozen=True)
class _Wait:
    """The oldest message has to wait: its endpoint of that channel has been called often enough until then (ms)."""

    agency_id: int
    endpoint: str
    until: int


@dataclass(frozen=True)
class Manners:
    """How we call LINE: the lease of a message, how long a reply token is used, and the rate of each endpoint."""

    lease_ms: int
    reply_token_ms: int
    rate: Rate


class SendLoop:
    """Delivers one message after the other, each lane in order."""

    kind = SEND

    def __init__(self, ledger: Ledger, lines: Lines, letters: Letters, manners: Manners, quotas: QuotaWatch) -> None:
        self._ledger = ledger
        self._lines = lines
        self._quotas = quotas
        self._letters = letters
        self._manners = manners

    def claim(self, owner: str) -> Letter | None:
        """Take hold of the message that has waited longest and may be sent now; None where none is there."""
        for _ in range(MOST_CHANNELS):
            found = self._ledger.database.write(lambda c: self._next(c, owner), across=True)
            if not isinstance(found, _Wait):
                return found
            self._let_wait(found)
        return None

    def work(self, letter: Letter, owner: str, *, go_on: bool = False) -> Letter | None:
        """Send a message; with `go_on` gives the next one, taken hold of in the same commit."""
        with about(agency=letter.agency_id, message=letter.id, attempt=letter.attempts):
            try:
                verdict = self._attempt(letter, owner)
                if verdict.state is not State.DONE:
                    log.warning("%s", verdict.outcome)
                self._ledger.counts.add("message", verdict.outcome)
                following = self._keep(letter, owner, verdict, go_on=go_on)
                if verdict.outcome in {PUSHED, SENT_TO_MANY, USED_UP}:
                    self._quotas.pushed(letter.agency_id, used_up=verdict.outcome == USED_UP)
                return following  # noqa: TRY300 - as it reads best
            except LeaseLost:
                log.warning("another worker took over")
                return None

    def _attempt(self, letter: Letter, owner: str) -> Verdict:
        try:
            agency = self._ledger.channels.by_id(letter.agency_id)
        except DBAPIError:
            return self._again("database away", letter)
        try:
            return self._deliver(agency, letter, owner)
        except LeaseLost:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the others
            log.error("failed: %s", place_of(error))  # noqa: TRY400
            return self._again("failed", letter, known=False)

    def _deliver(self, agency: Agency, letter: Letter, owner: str) -> Verdict:
        outgoing = letter.outgoing
        if self._by_reply(letter):
            outcome = self._lines.reply(agency, outgoing.reply_token, outgoing.messages)
            if outcome is not Outcome.TOKEN_GONE:
                return self._after_reply(outcome, letter)
            if letter.uncertain:
                return Verdict("reply delivered before", State.DONE)  # an attempt of unknown outcome used the token
        elif letter.uncertain and outgoing.reply_token and not outgoing.needed:
            return Verdict("reply may be delivered, not said twice", State.IGNORED)
        if outgoing.reply_token:
            self._make_sure(letter, owner)
        outcome = self._lines.push(agency, outgoing.to, outgoing.messages, letter.retry_key)
        return self._after_push(outcome, letter)

    def _make_sure(self, letter: Letter, owner: str) -> None:
        """LeaseLost where another has the lane: whoever stood still meanwhile may not push what was replied."""
        until = self._ledger.clock() + self._manners.lease_ms
        if not self._ledger.database.write(lambda c: self._ledger.queue.extend(c, letter, owner, until), across=True):
            raise LeaseLost(letter.lane)

    def _by_reply(self, letter: Letter) -> bool:
        outgoing = letter.outgoing
        return bool(outgoing.reply_token) and self._ledger.clock() - outgoing.token_at < self._manners.reply_token_ms

    def _keep(self, letter: Letter, owner: str, verdict: Verdict, *, go_on: bool) -> Letter | None:
        now, queue = self._ledger.clock(), self._ledger.queue
        instead = self._letters.instead_of(letter) if verdict.apologise else []

        def keep(connection: Connection) -> Letter | None:
            if verdict.state is None:
                at = now + verdict.pause_ms
                queue.retry_letter(connection, letter, owner, at, verdict.outcome, known=verdict.known)
            else:
                self._settle(connection, letter, owner, verdict)
                queue.post(connection, letter.agency_id, letter.lane, instead, now)
            if verdict.hold:
                until = now + verdict.pause_ms
                queue.hold_permits(connection, letter.agency_id, verdict.hold, until, self._manners.rate)
            following = self._next(connection, owner) if go_on and not verdict.hold else None
            return None if isinstance(following, _Wait) else following

        return self._ledger.database.write(keep, of=letter.agency_id, across=True)

    def _settle(self, connection: Connection, letter: Letter, owner: str, verdict: Verdict) -> None:
        """What has become of it, in the commit that takes hold of the next one."""
        now, state = self._ledger.clock(), verdict.state or State.WAITING
        self._ledger.queue.settle(connection, letter, owner, now, state, verdict.outcome)
        if verdict.outcome == PUSHED:
            self._quotas.count(connection, letter.agency_id, for_cases=letter.outgoing.for_a_case)

    def _endpoint(self, letter: Letter) -> str:
        """By which of LINE's endpoints it goes next: each has a rate of its own."""
        return REPLY if self._by_reply(letter) else PUSH

    def _next(self, connection: Connection, owner: str) -> "Letter | _Wait | None":
        """Take hold of the next message with a permit to call; it is put back where its channel has to wait.

        One bucket a transaction: two senders that held one and wanted the other's would wait for each other.
        """
        queue, now = self._ledger.queue, self._ledger.clock()
        letter = queue.claim_letter(connection, owner, now, self._manners.lease_ms, self.kind)
        if letter is None:
            return None
        endpoint = self._endpoint(letter)
        wait = queue.take_permit(connection, letter.agency_id, endpoint, now, self._manners.rate)
        if wait:
            at = now + max(wait, LEAST_WAIT_MS)
            queue.put_back(connection, letter, at)
            return _Wait(letter.agency_id, endpoint, at)
        return queue.will_push(connection, letter) if endpoint != REPLY and not letter.uncertain else letter

    def _let_wait(self, waits: "_Wait") -> None:
        """All lanes of a channel at a time: one by one they would keep every other channel waiting."""
        if self.kind != SEND:
            return  # a broadcast is one lane
        now, wait = self._ledger.clock(), self._ledger.queue.wait
        fresh, replies = now - self._manners.reply_token_ms, waits.endpoint == REPLY
        self._ledger.database.write(
            lambda c: wait(c, waits.agency_id, now, waits.until, fresh, replies=replies), across=True
        )

    def _after_reply(self, outcome: Outcome, letter: Letter) -> Verdict:
        match outcome:
            case Outcome.ACCEPTED:
                return Verdict("replied", State.DONE)
            case Outcome.UNKNOWN:
                return Verdict("reply of unknown outcome", pause_ms=backoff(letter.attempts))
        return self._after_either(outcome, letter, REPLY)

    def _after_push(self, outcome: Outcome, letter: Letter) -> Verdict:
        match outcome:
            case Outcome.ACCEPTED:
                return Verdict(PUSHED, State.DONE)
            case Outcome.UNKNOWN:  # the retry key makes a second push harmless
                return self._again("push of unknown outcome", letter)
        return self._after_either(outcome, letter, PUSH)

    def _after_either(self, outcome: Outcome, letter: Letter, endpoint: str) -> Verdict:
        match outcome:
            case Outcome.MONTH_USED_UP:
                return Verdict(USED_UP, State.DEAD)  # kept for later; the free replies behind it go on
            case Outcome.REFUSED | Outcome.TOKEN_GONE:
                return Verdict("refused as invalid", State.DEAD, apologise=True)
            case Outcome.NO_ACCESS:
                return self._again("access token refused", letter)
            case Outcome.TOO_FAST:
                return Verdict("too fast", pause_ms=TOO_FAST_MS, known=True, hold=endpoint)
        return self._again("not reached", letter)

    def _again(self, outcome: str, letter: Letter, *, known: bool = True) -> Verdict:
        if self._ledger.clock() - letter.posted_at > KEY_HOLDS_MS:
            return Verdict(outcome, State.DEAD)
        return Verdict(outcome, pause_ms=backoff(letter.attempts), known=known)
