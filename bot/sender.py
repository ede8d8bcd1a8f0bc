"""From the outbox to LINE: by reply token while it lives, else by push. No call is made inside a transaction."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.backoff import backoff
from bot.channels import Channels
from bot.faults import place_of
from bot.line.client import Lines, Outcome
from bot.storage.database import Database
from bot.storage.queue import LeaseLost, Letter, Queue, State

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 12


@dataclass(frozen=True)
class Verdict:
    """What to do with a letter after an attempt: settle it in a state, or try again after a pause."""

    outcome: str
    state: State | None = None
    pause_ms: int = 0
    uncertain: bool = False


class SendLoop:
    """Delivers one message after the other, each lane in order."""

    def __init__(
        self,
        database: Database,
        queue: Queue,
        channels: Channels,
        lines: Lines,
        lease_ms: int,
        reply_token_ms: int,
        clock: Callable[[], int],
    ) -> None:
        self._database = database
        self._queue = queue
        self._channels = channels
        self._lines = lines
        self._lease_ms = lease_ms
        self._reply_token_ms = reply_token_ms
        self._clock = clock

    def one(self, owner: str) -> bool:
        """Send the message that has waited longest; False where none waits."""
        letter = self._database.write(lambda c: self._queue.claim_letter(c, owner, self._clock(), self._lease_ms))
        if letter is None:
            return False
        try:
            verdict = self._deliver(letter)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the others
            verdict = _again(place_of(error), letter)
        if verdict.state is not State.DONE:
            log.warning("message %s: %s, attempt %s", letter.id, verdict.outcome, letter.attempts)
        try:
            self._keep(letter, owner, verdict)
        except LeaseLost:
            log.warning("message %s: another worker took over", letter.id)
        return True

    def _deliver(self, letter: Letter) -> Verdict:
        token = self._channels.by_id(letter.agency_id).access_token
        outgoing = letter.outgoing
        if outgoing.reply_token and self._clock() - outgoing.token_at < self._reply_token_ms:
            outcome = self._lines.reply(token, outgoing.reply_token, outgoing.messages)
            if outcome is not Outcome.TOKEN_GONE:
                return _after_reply(outcome, letter)
            if letter.uncertain:
                return Verdict("reply delivered before", State.DONE)  # an attempt of unknown outcome used the token
        elif letter.uncertain and not outgoing.needed:
            return Verdict("reply may be delivered, not said twice", State.IGNORED)
        return _after_push(self._lines.push(token, outgoing.to, outgoing.messages, letter.retry_key), letter)

    def _keep(self, letter: Letter, owner: str, verdict: Verdict) -> None:
        now = self._clock()
        if verdict.state is not None:
            state, outcome = verdict.state, verdict.outcome
            self._database.write(lambda c: self._queue.settle(c, letter, owner, now, state, outcome))
            return
        at = now + verdict.pause_ms
        self._database.write(
            lambda c: self._queue.retry_letter(c, letter, owner, at, verdict.outcome, uncertain=verdict.uncertain)
        )


def _after_reply(outcome: Outcome, letter: Letter) -> Verdict:
    match outcome:
        case Outcome.ACCEPTED:
            return Verdict("replied", State.DONE)
        case Outcome.UNKNOWN:
            return Verdict("reply of unknown outcome", pause_ms=backoff(letter.attempts), uncertain=True)
    return _after_either(outcome, letter)


def _after_push(outcome: Outcome, letter: Letter) -> Verdict:
    match outcome:
        case Outcome.ACCEPTED:
            return Verdict("pushed", State.DONE)
        case Outcome.UNKNOWN:  # the retry key makes a second push harmless
            return _again("push of unknown outcome", letter)
    return _after_either(outcome, letter)


def _after_either(outcome: Outcome, letter: Letter) -> Verdict:
    match outcome:
        case Outcome.MONTH_USED_UP:
            return Verdict("monthly limit", State.DEAD)  # kept for later; the free replies behind it go on
        case Outcome.REFUSED | Outcome.TOKEN_GONE:
            return Verdict("refused as invalid", State.DEAD)
        case Outcome.NO_ACCESS:
            return _again("access token refused", letter)
        case Outcome.TOO_FAST:
            return _again("too fast", letter)
    return _again("not reached", letter)


def _again(outcome: str, letter: Letter) -> Verdict:
    if letter.attempts >= MOST_ATTEMPTS:
        return Verdict(outcome, State.DEAD)
    return Verdict(outcome, pause_ms=backoff(letter.attempts))
