"""One call to LINE through the SDK's client, and what became of it.

A client for each channel would cost 26 ms for the certificates and a handshake, and hold sockets for each of two
thousand agencies. So one client serves all channels of a process, and the token goes with the call. The SDK's client
has no timeout unless one is given, and is safe between threads as long as nobody changes its default headers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import urllib3
from linebot.v3.messaging import ApiClient, Configuration
from linebot.v3.messaging.exceptions import ApiException

TIMEOUT = (3.05, 10.0)  # seconds to connect, and to wait for each part of an answer
MOST_SOCKETS = 16  # kept open for the next call; more threads than this open and close their own
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
MONTHLY_LIMIT = "monthly limit"
INVALID_TOKEN = "Invalid reply token"  # noqa: S105 - LINE's own sentence


class Outcome(Enum):
    """What became of a call."""

    ACCEPTED = auto()
    TOKEN_GONE = auto()  # the reply token was used or is too old
    TOO_FAST = auto()  # the rate limit: wait
    MONTH_USED_UP = auto()  # the monthly limit: stop
    REFUSED = auto()  # LINE finds the message invalid: a fault of ours
    NO_ACCESS = auto()  # the channel's token does not fit, or there is none
    UNREACHED = auto()  # nothing arrived: the call can be made again
    UNKNOWN = auto()  # it may have arrived


@dataclass(frozen=True)
class Answer:
    """What came back: `status` is 0 where nothing did, `date` is LINE's own time as HTTP writes it."""

    outcome: Outcome
    status: int = 0
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)  # a token may stand in it
    date: str = ""


class Api:
    """LINE's address. No connection is opened before the first call, so after any fork."""

    def __init__(self, host: str, timeout: tuple[float, float] = TIMEOUT) -> None:
        configuration = Configuration(access_token="", host=host)
        configuration.retries = False  # a call that may have arrived is not repeated behind our back
        configuration.connection_pool_maxsize = MOST_SOCKETS
        self._client = ApiClient(configuration)
        del self._client.default_headers["Authorization"]  # it would cover the one that goes with the call
        self._timeout = timeout

    def call(
        self,
        method: str,
        path: str,
        token: str = "",
        body: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make one call, once; never raises for what the network or LINE does."""
        access = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer = self._client.call_api(
                path,
                method,
                header_params={"Content-Type": FORM if form else JSON, **access, **(headers or {})},
                body=body,
                post_params=form,
                response_types_map={},
                _request_timeout=self._timeout,
            )
        except ApiException as error:
            return _refused(error)
        except UnicodeDecodeError as error:  # a refusal in another encoding, by something on the way
            refused = error.__context__
            return _refused(refused) if isinstance(refused, ApiException) else Answer(Outcome.UNKNOWN)
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            return Answer(Outcome.UNREACHED)
        except urllib3.exceptions.HTTPError:
            return Answer(Outcome.UNKNOWN)
        return Answer(Outcome.ACCEPTED, answer.status_code, _read(answer.raw_data), answer.headers.get("Date", ""))

    def close(self) -> None:
        """Give back the sockets."""
        self._client.rest_client.pool_manager.clear()


def _read(text: str) -> Mapping[str, Any]:
    """The object of an answer; an empty one where there is no such."""
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _refused(error: ApiException) -> Answer:
    if not error.status:  # TLS failed
        untrusted = "certificate" in str(error.reason).lower()  # nothing is said to whoever shows no good one
        return Answer(Outcome.UNREACHED if untrusted else Outcome.UNKNOWN)
    said = error.body if isinstance(error.body, str) else ""
    return Answer(_refusal(error.status, said), error.status, _read(said), (error.headers or {}).get("Date", ""))


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
