"""Sends to LINE through the SDK's client: one a channel and process, a timeout on every call, bodies as plain dicts."""

import threading
from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

import urllib3
from linebot.v3.messaging import ApiClient, Configuration
from linebot.v3.messaging.exceptions import ApiException

TIMEOUT = (3.05, 10)
MONTHLY_LIMIT = "monthly limit"
INVALID_TOKEN = "Invalid reply token"  # noqa: S105 - LINE's own sentence


class Outcome(Enum):
    """What became of a call."""

    ACCEPTED = auto()
    TOKEN_GONE = auto()  # the reply token was used or is too old
    TOO_FAST = auto()  # the rate limit: wait
    MONTH_USED_UP = auto()  # the monthly limit: stop
    REFUSED = auto()  # LINE finds the message invalid: a fault of ours
    NO_ACCESS = auto()  # the channel's token does not fit
    UNREACHED = auto()  # nothing arrived: the call can be made again
    UNKNOWN = auto()  # it may have arrived


class Lines:
    """The clients of all channels of this process; made on first use, so after any fork."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._clients: dict[str, ApiClient] = {}
        self._lock = threading.Lock()

    def reply(self, access_token: str, reply_token: str, messages: Any) -> Outcome:
        """Answer with a reply token: free, once, within a minute."""
        return self._post(access_token, "/v2/bot/message/reply", {"replyToken": reply_token, "messages": messages})

    def push(self, access_token: str, to: str, messages: Any, retry_key: str) -> Outcome:
        """Send unasked; the same `retry_key` again is delivered once."""
        body = {"to": to, "messages": messages}
        return self._post(access_token, "/v2/bot/message/push", body, {"X-Line-Retry-Key": retry_key})

    def _post(
        self, access_token: str, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> Outcome:
        client = self._client(access_token)
        try:
            client.call_api(
                path,
                "POST",
                header_params={"Content-Type": "application/json", **(headers or {})},
                body=body,
                auth_settings=["Bearer"],
                response_types_map={},
                _request_timeout=TIMEOUT,
            )
        except ApiException as error:
            return _refusal(error.status, str(error.body))
        except UnicodeDecodeError as error:  # a refusal in another encoding, by something on the way
            refused = error.__context__
            return _refusal(refused.status, "") if isinstance(refused, ApiException) else Outcome.UNKNOWN
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            return Outcome.UNREACHED
        except urllib3.exceptions.HTTPError:
            return Outcome.UNKNOWN
        return Outcome.ACCEPTED

    def _client(self, access_token: str) -> ApiClient:
        with self._lock:
            if access_token not in self._clients:
                configuration = Configuration(access_token=access_token, host=self._host)
                configuration.retries = False  # a call that may have arrived is not repeated behind our back
                self._clients[access_token] = ApiClient(configuration)
            return self._clients[access_token]


def _refusal(status: int, body: str) -> Outcome:
    if status == 409:  # noqa: PLR2004 - the retry key was accepted before: it is delivered
        return Outcome.ACCEPTED
    if status == 429:  # noqa: PLR2004
        return Outcome.MONTH_USED_UP if MONTHLY_LIMIT in body else Outcome.TOO_FAST
    if status in {401, 403}:
        return Outcome.NO_ACCESS
    if INVALID_TOKEN in body:
        return Outcome.TOKEN_GONE
    return Outcome.REFUSED if status < 500 else Outcome.UNKNOWN  # noqa: PLR2004
