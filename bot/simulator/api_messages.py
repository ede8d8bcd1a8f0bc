"""The platform's message endpoints: reply, push, multicast, broadcast, validation, quota."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, Response, g, jsonify, request

from bot.simulator import ids, rules
from bot.simulator.accounts import Accepted
from bot.simulator.gate import MONTH_EXCEEDED, Denied, account, desk, guard, json_body
from bot.simulator.tokens import ReplyToken

api = guard(Blueprint("messages", __name__, url_prefix="/v2/bot"))
Message = dict[str, Any]


@api.post("/message/reply")
def reply() -> Response:
    """Answer an event, once and within a minute."""
    if "X-Line-Retry-Key" in request.headers:
        raise Denied(400, "The retry key is not supported for this endpoint")
    body = json_body(rules.REPLY)
    _about(account().tokens.find(body["replyToken"]))
    token = account().tokens.spend(body["replyToken"], desk().clock.now())
    if token is None:
        raise Denied(400, "Invalid reply token")
    return jsonify(sentMessages=_show(token.chat_id, body["messages"], "reply"))


@api.post("/message/push")
def push() -> Response:
    """Write to somebody without being asked; counted against the plan."""
    key = _retry_key()
    body = json_body(rules.PUSH)
    chat_id = body["to"]
    g.subject = {"chat": chat_id, "user": chat_id if chat_id.startswith("U") else None}
    with account().lock:
        _not_again(key)
        if not account().knows(chat_id):
            raise Denied(400, "Failed to send messages")
        _pay([chat_id])
        sent = _show(chat_id, body["messages"], "push")
        _accept(key, sent)
    return jsonify(sentMessages=sent)


@api.post("/message/multicast")
def multicast() -> Response:
    """Write the same to several people."""
    key = _retry_key()
    body = json_body(rules.MULTICAST)
    return _spread(key, [each for each in dict.fromkeys(body["to"]) if account().knows(each)], body)


@api.post("/message/broadcast")
def broadcast() -> Response:
    """Write the same to every friend."""
    key = _retry_key()
    body = json_body(rules.BROADCAST)
    return _spread(key, list(account().people), body)


@api.post("/message/validate/<kind>")
def validate(kind: str) -> Response:
    """Say whether messages would be taken, without sending them."""
    if kind not in ("reply", "push", "multicast", "broadcast", "narrowcast"):
        raise Denied(404, "Not found")
    json_body(rules.VALIDATE)
    return jsonify({})


@api.get("/message/quota")
def quota() -> Response:
    """What the plan allows in a month."""
    return jsonify(account().quota.as_json())


@api.get("/message/quota/consumption")
def consumption() -> Response:
    """What was sent of it."""
    return jsonify(totalUsage=account().quota.used)


@api.post("/chat/loading/start")
def loading() -> tuple[Response, int]:
    """Show that an answer is on its way."""
    body = json_body(rules.LOADING)
    if not body["chatId"].startswith("U"):
        raise Denied(400, "The property, 'chatId', in the request body is invalid")
    g.subject = {"chat": body["chatId"], "user": body["chatId"]}
    if account().knows(body["chatId"]) and body["chatId"] not in account().blocked:
        seconds = body.get("loadingSeconds", 20)
        account().chat(body["chatId"]).add("desk", "loading", seconds=seconds, at=desk().clock.now_ms())
    return jsonify({}), 202


@api.post("/chat/markAsRead")
def mark_as_read() -> Response:
    """Show a person that their message was read."""
    body = json_body(rules.MARK_AS_READ)
    chat_id = account().read_tokens.get(body["markAsReadToken"])
    if chat_id is None:
        raise Denied(400, "Invalid mark as read token")
    account().chat(chat_id).add("desk", "read", at=desk().clock.now_ms())
    return jsonify({})


def _about(token: ReplyToken | None) -> None:
    if token:
        latency = round((time.monotonic() - token.made) * 1000, 2)
        g.subject = {"chat": token.chat_id, "user": token.user_id, "latency_ms": latency}


def _retry_key() -> str | None:
    key = request.headers.get("X-Line-Retry-Key")
    if key is not None and not ids.is_retry_key(key):
        raise Denied(400, "The retry key is invalid")
    return key.lower() if key else None


def _not_again(key: str | None) -> None:
    before = account().accepted(key, desk().clock.now()) if key else None
    if before:
        headers = {"x-line-accepted-request-id": before.request_id}
        more = {"sentMessages": before.sent} if before.sent else {}
        raise Denied(409, "The retry key is already accepted", headers, **more)


def _accept(key: str | None, sent: list[dict[str, str]]) -> None:
    if key:
        account().retries[key] = Accepted(g.request_id, sent, desk().clock.now())


def _pay(chat_ids: list[str]) -> None:
    if not account().quota.take(sum(account().recipients(each) for each in chat_ids)):
        raise Denied(429, MONTH_EXCEEDED)


def _spread(key: str | None, chat_ids: list[str], body: Message) -> Response:
    with account().lock:
        _not_again(key)
        _pay(chat_ids)
        for chat_id in chat_ids:
            _show(chat_id, body["messages"], "push")
        _accept(key, [])
    return jsonify({})


def _show(chat_id: str, messages: list[Message], way: str) -> list[dict[str, str]]:
    hidden = chat_id in account().blocked
    chat, now = account().chat(chat_id), desk().clock.now_ms()
    sent = [{"id": ids.message_id(), "quoteToken": ids.token(64)} for _ in messages]
    for label, message in zip(sent, messages, strict=True):
        if not hidden:
            chat.add("bot", message["type"], id=label["id"], at=now, way=way, message=message)
    return sent
