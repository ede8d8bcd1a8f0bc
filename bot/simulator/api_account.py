"""The platform's other endpoints: profiles, content, groups, the account itself, its webhook, tokens."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator import events, rules
from bot.simulator.accounts import Content
from bot.simulator.config import Persona
from bot.simulator.delivery import post
from bot.simulator.gate import Denied, account, desk, guard, json_body
from bot.simulator.shapes import shape

api = guard(Blueprint("account", __name__, url_prefix="/v2/bot"))
open_api = Blueprint("tokens", __name__)
STATELESS_SECONDS = 900
WEBHOOK_TEST_SECONDS = 2.0


@api.get("/profile/<user_id>")
def profile(user_id: str) -> Response:
    """The name of a person who uses the account."""
    person = _person(user_id)
    if user_id in account().blocked:
        raise Denied(404, "Not found")
    return jsonify(userId=user_id, displayName=person.name, language="th")


@api.get("/group/<group_id>/member/<user_id>")
@api.get("/room/<group_id>/member/<user_id>")
def member(group_id: str, user_id: str) -> Response:
    """The name of a person in a group."""
    _group(group_id)
    return jsonify(userId=user_id, displayName=_person(user_id).name)


@api.get("/group/<group_id>/summary")
def group(group_id: str) -> Response:
    """The name of a group."""
    _group(group_id)
    return jsonify(groupId=group_id, groupName="กลุ่ม " + account().agency.name)


@api.get("/group/<group_id>/members/count")
def group_count(group_id: str) -> Response:
    """How many are in a group."""
    _group(group_id)
    return jsonify(count=account().recipients(group_id))


@api.post("/group/<group_id>/leave")
def leave(group_id: str) -> Response:
    """Leave a group."""
    _group(group_id)
    account().in_group = False
    account().chat(group_id).add("desk", "leave", at=desk().clock.now_ms())
    return jsonify({})


@api.get("/message/<message_id>/content")
def content(message_id: str) -> Response:
    """The bytes a person sent, once they are prepared."""
    found = _content(message_id)
    return Response(found.data, content_type=found.media_type) if _is_ready(found) else Response(status=202)


@api.get("/message/<message_id>/content/preview")
def preview(message_id: str) -> Response:
    """A small picture of a picture or film; here the picture itself."""
    found = _content(message_id)
    if not found.media_type.startswith(("image/", "video/")):
        raise Denied(404, "Not found")
    return Response(found.data, content_type=found.media_type) if _is_ready(found) else Response(status=202)


@api.get("/message/<message_id>/content/transcoding")
def transcoding(message_id: str) -> Response:
    """Whether a content is ready."""
    found = _content(message_id)
    if found.fails:
        return jsonify(status="failed")
    return jsonify(status="succeeded" if _is_ready(found) else "processing")


@api.get("/info")
def info() -> Response:
    """The account itself."""
    agency = account().agency
    return jsonify(
        userId=agency.bot_user_id,
        basicId=agency.basic_id,
        displayName=agency.name,
        chatMode=account().chat_mode,
        markAsReadMode="manual",
    )


@api.get("/channel/webhook/endpoint")
def webhook() -> Response:
    """Where the account's events go."""
    return jsonify(endpoint=account().webhook, active=account().uses_webhook)


@api.put("/channel/webhook/endpoint")
def set_webhook() -> Response:
    """Send the account's events elsewhere."""
    account().webhook = json_body(shape({"endpoint": rules.WEBHOOK}))["endpoint"]
    return jsonify({})


@api.post("/channel/webhook/test")
def webhook_test() -> Response:
    """Send a signed body without events and tell what came back."""
    body = json_body(shape({}, {"endpoint": rules.WEBHOOK})) if request.get_data() else {}
    agency, url = account().agency, body.get("endpoint") or account().webhook
    answer = post(url, agency.channel_secret, agency.bot_user_id, list[events.Event](), WEBHOOK_TEST_SECONDS)
    reason = "OK" if answer.good else ("COULD_NOT_CONNECT" if answer.status is None else "ERROR_STATUS_CODE")
    return jsonify(
        success=answer.good,
        timestamp=datetime.now(UTC).isoformat(),
        statusCode=answer.status or 0,
        reason=reason,
        detail=answer.error or str(answer.status),
    )


@open_api.post("/oauth2/v3/token")
def stateless_token() -> tuple[Response, int] | Response:
    """A token for a quarter of an hour, for a channel id and its secret."""
    form = request.form
    client, secret = form.get("client_id", ""), form.get("client_secret", "")
    owner = desk().by_client(client, secret)
    if form.get("grant_type") != "client_credentials" or owner is None:
        return jsonify(error="invalid_request", error_description="invalid client credentials"), 400
    token = secrets.token_urlsafe(48)
    owner.issued_tokens[token] = desk().clock.now() + STATELESS_SECONDS
    desk().record.write("api", owner.agency.slug, None, method="POST", path=request.path, status=200)
    return jsonify(access_token=token, expires_in=STATELESS_SECONDS, token_type="Bearer")  # noqa: S106


def _person(user_id: str) -> Persona:
    found = account().people.get(user_id)
    if found is None:
        raise Denied(404, "Not found")
    return found


def _group(group_id: str) -> None:
    if group_id != account().agency.group_id or not account().in_group:
        raise Denied(404, "Not found")


def _is_ready(found: Content) -> bool:
    return not found.fails and desk().clock.now() >= found.ready_at


def _content(message_id: str) -> Content:
    if message_id in account().unsent:
        raise Denied(410, "Gone")
    found: Any = account().contents.get(message_id)
    if not isinstance(found, Content):
        raise Denied(404, "Not found")
    return found
