"""The door of the platform: who calls, may they, does trouble wait for them; and each call written down."""

from __future__ import annotations

import json
import time
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, request

from bot.simulator import ids, received
from bot.simulator.accounts import Account
from bot.simulator.desk import Desk
from bot.simulator.faults import CALL_FAULTS, Fault
from bot.simulator.rules import problems
from bot.simulator.shapes import Check

BODY_BYTES = 2 * 1024 * 1024
CUT = "desk.cut"
UNAUTHORISED = "Authentication failed. Confirm that the access token in the authorization header is valid."
RATE_EXCEEDED = "The API rate limit has been exceeded. Try again later."
MONTH_EXCEEDED = "You have reached your monthly limit."


class Denied(Exception):
    """A call that is refused, with LINE's status and words."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers or {}
        self.body = {"message": message, **more}


def desk() -> Desk:
    """The desk that this application serves."""
    held = current_app.extensions["desk"]
    assert isinstance(held, Desk)
    return held


def account() -> Account:
    """The account whose token the caller holds."""
    held = g.account
    assert isinstance(held, Account)
    return held


def json_body(check: Check) -> dict[str, Any]:
    """The body of the call, where LINE would take it."""
    try:
        body: dict[str, Any] = received.parse(request.get_data())
    except ValueError:
        raise Denied(400, "The request body could not be parsed as JSON") from None
    found = problems(check, body)
    if found:
        details = [{"message": each.message, "property": each.property} for each in found]
        raise Denied(400, f"The request body has {len(found)} error(s)", details=details)
    return body


def guard(blueprint: Blueprint) -> Blueprint:
    """Put the door before every endpoint of a blueprint."""
    blueprint.before_request(_enter)
    blueprint.after_request(_leave)
    blueprint.register_error_handler(Denied, _refuse)
    return blueprint


def _enter() -> Response | None:
    g.began, g.account, g.fault, g.subject = time.monotonic(), None, None, {}
    g.request_id = ids.request_id()
    raw = request.get_data(cache=True)
    _authenticate()
    if len(raw) > BODY_BYTES:
        raise Denied(413, "Request entity too large")
    _within_rate()
    return _trouble()


def _authenticate() -> None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    g.account = desk().by_token(token.strip()) if scheme == "Bearer" else None
    if g.account is None:
        raise Denied(401, UNAUTHORISED)


def _within_rate() -> None:
    if not account().rates.take(_endpoint(), desk().clock.now()):
        raise Denied(429, RATE_EXCEEDED)


def _endpoint() -> str:
    name = (request.endpoint or "").partition(".")[2]
    return name.replace("_", "-")


def _trouble() -> Response | None:
    fault = desk().faults.take(CALL_FAULTS, account().agency.slug, request.path)
    g.fault = fault
    if fault is None:
        return None
    if fault.kind in ("slow", "timeout_before"):
        time.sleep(fault.seconds)
    return _instead(fault)


def _instead(fault: Fault) -> Response | None:
    refusals = {
        "error500": Denied(500, "Internal Server Error"),
        "rate": Denied(429, RATE_EXCEEDED),
        "month": Denied(429, MONTH_EXCEEDED),
    }
    if fault.kind in refusals:
        raise refusals[fault.kind]
    if fault.kind in ("reset", "timeout_before"):
        request.environ[CUT] = True
        return Response(status=500)
    return None


def _leave(response: Response) -> Response:
    response.headers["x-line-request-id"] = g.request_id
    if g.fault is not None and g.fault.kind == "timeout_after":
        _write(response)
        time.sleep(g.fault.seconds)
        request.environ[CUT] = True
        return response
    _write(response)
    return response


def _refuse(denied: Exception) -> Response:
    assert isinstance(denied, Denied)
    response = jsonify(denied.body)
    response.status_code = denied.status
    response.headers.update(denied.headers)
    return response


def _write(response: Response) -> None:
    slug = g.account.agency.slug if g.account else None
    facts: dict[str, Any] = {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "body": _shown(request.get_data(), request.mimetype),
        "response": _shown(response.get_data(), response.mimetype),
        "ms": round((time.monotonic() - g.began) * 1000, 2),
        "requestId": g.request_id,
        "retryKey": request.headers.get("X-Line-Retry-Key"),
        "fault": g.fault.kind if g.fault else None,
    }
    subject = {"chat": None, "latency_ms": None, **g.subject}
    desk().record.write("api", slug, subject.pop("user", None), **subject, **facts)


def _shown(data: bytes, media_type: str | None) -> Any:
    if not data:
        return None
    if media_type not in ("application/json", "") or len(data) > BODY_BYTES:
        return {"bytes": len(data), "type": media_type}
    try:
        return json.loads(data)
    except ValueError:
        return {"bytes": len(data), "type": media_type}
