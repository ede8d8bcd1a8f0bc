"""Speaks to LINE for every agency of this process: sends, and asks after the account."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from bot.line.account import Body, Bot, Quota, Trial, Webhook
from bot.line.calls import TIMEOUT, Answer, Api, Outcome
from bot.line.tokens import Issued, Tokens
from bot.storage.agencies import Agency

__all__ = ["Lines", "Outcome"]

T = TypeVar("T")
TOKEN, BOT = "/oauth2/v3/token", "/v2/bot/info"
MULTICAST = "/v2/bot/message/multicast"
WEBHOOK, TRIAL = "/v2/bot/channel/webhook/endpoint", "/v2/bot/channel/webhook/test"
QUOTA, CONSUMPTION = "/v2/bot/message/quota", "/v2/bot/message/quota/consumption"
UNAUTHORISED = 401


class Lines:
    """LINE, for all channels; safe between threads. No method raises for what the network or LINE does."""

    def __init__(
        self, host: str, timeout: tuple[float, float] = TIMEOUT, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._api = Api(host, timeout)
        self._tokens = Tokens(self._issue, clock)

    def reply(self, agency: Agency, reply_token: str, messages: Any) -> Outcome:
        """Answer with a reply token: free, once, within a minute."""
        body = {"replyToken": reply_token, "messages": messages}
        return self._ask(agency, "POST", "/v2/bot/message/reply", body).outcome

    def push(self, agency: Agency, to: str, messages: Any, retry_key: str) -> Outcome:
        """Send unasked; the same `retry_key` again is delivered once."""
        body = {"to": to, "messages": messages}
        return self._ask(agency, "POST", "/v2/bot/message/push", body, {"X-Line-Retry-Key": retry_key}).outcome

    def multicast(self, agency: Agency, to: Sequence[str], messages: Any, retry_key: str) -> Outcome:
        """Send the same to 500 people at most; the same `retry_key` again is delivered once."""
        body = {"to": list(to), "messages": messages}
        return self._ask(agency, "POST", MULTICAST, body, {"X-Line-Retry-Key": retry_key}).outcome

    def token(self, agency: Agency) -> str | Outcome:
        """An access token that lives, or why there is none."""
        return self._tokens.of(agency)

    def renewed(self, agency: Agency, token: str) -> str | Outcome:
        """Another token than one that LINE refused, or why there is none; the same where it is all there is."""
        self._tokens.forget(agency, token)
        return self._tokens.of(agency)

    def bot(self, agency: Agency) -> Bot | Outcome:
        """The account that the agency's token opens."""
        return _told(self._ask(agency, "GET", BOT), Bot.read)

    def webhook(self, agency: Agency) -> Webhook | Outcome:
        """Where LINE sends the agency's events; REFUSED where no address was ever set."""
        return _told(self._ask(agency, "GET", WEBHOOK), Webhook.read)

    def try_webhook(self, agency: Agency) -> Trial | Outcome:
        """Let LINE try the webhook's address; it does so 60 times an hour at most."""
        return _told(self._ask(agency, "POST", TRIAL, {}), Trial.read)

    def quota(self, agency: Agency) -> Quota | None:
        """What may be pushed this month and what was; None where LINE does not tell."""
        plan, used = self._ask(agency, "GET", QUOTA), self._ask(agency, "GET", CONSUMPTION)
        told = _told(used, lambda consumption: Quota.read(plan.body, consumption))
        return told if isinstance(told, Quota) else None

    def now(self) -> datetime | None:
        """LINE's own time, to the second; None where LINE does not answer."""
        answer = self._api.call("GET", BOT)  # refused without a token, which is an answer
        try:
            return parsedate_to_datetime(answer.date)
        except ValueError:
            return None

    def close(self) -> None:
        """Give back the sockets."""
        self._api.close()

    def _ask(
        self, agency: Agency, method: str, path: str, body: Body | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        token = self._tokens.of(agency)
        if isinstance(token, Outcome):
            return Answer(token)
        answer = self._api.call(method, path, token, body, headers=headers)
        if answer.status != UNAUTHORISED:
            return answer
        fresh = self.renewed(agency, token)
        if isinstance(fresh, Outcome):
            return Answer(fresh)
        return self._api.call(method, path, fresh, body, headers=headers) if fresh != token else answer

    def _issue(self, agency: Agency) -> Issued | Outcome:
        """A stateless token. UNKNOWN becomes UNREACHED: of a message that waits for its token, nothing arrived."""
        form = {
            "grant_type": "client_credentials",
            "client_id": agency.channel_id,
            "client_secret": agency.channel_secret,
        }
        answer = self._api.call("POST", TOKEN, form=form)
        issued = _told(answer, lambda body: Issued(str(body["access_token"]), float(body["expires_in"])))
        match issued:
            case Outcome.UNKNOWN:
                return Outcome.UNREACHED
            case Outcome.REFUSED:
                return Outcome.NO_ACCESS
        return issued


def _told(answer: Answer, read: Callable[[Body], T]) -> T | Outcome:
    """What an answer says; UNKNOWN where it is not LINE's."""
    if answer.outcome is not Outcome.ACCEPTED:
        return answer.outcome
    try:
        return read(answer.body)
    except (KeyError, TypeError, ValueError):
        return Outcome.UNKNOWN
