"""What the page and tests ask of the desk: act as a person, read the chat, make trouble, read the record.

All answers are JSON; a refused act answers 409 (nobody could do it) or 400 (badly asked) with `error`.
`<who>` is a user id (`U` and 32 hex; one that was never seen becomes a citizen) or `group`, the one
group of the agency, where the body names the `user_id` who acts.

GET  /sim/state                      agencies, personas (with `blocked`), quotas, the newest record number
Each act answers {"sent", "webhookEventId", "n"} (and the shown item): wait for a reply after item `n`.

POST /sim/<slug>/<who>/say           {"text"}; in the group also "mention": true
POST /sim/<slug>/<who>/tap           {"action": {…}}: the action object of a button, as the bot sent it
POST /sim/<slug>/<who>/pick          {"data", "mode": "date|time|datetime", "value"}
POST /sim/<slug>/<who>/photo         multipart `file`, or {"base64", "type"}; with neither a tiny PNG is sent;
                                     {"set", "number", "total"} where several are sent as one
POST /sim/<slug>/<who>/video, /audio the same with a tiny MP4; {"prepares": seconds} answers 202 for as long,
                                     {"fails": true} for ever
POST /sim/<slug>/<who>/file          the same, with "name"
POST /sim/<slug>/<who>/location      {"latitude", "longitude", "title", "address"}, all optional
POST /sim/<slug>/<who>/sticker       {"packageId", "stickerId"}, optional
POST /sim/<slug>/<who>/follow, /unblock, /block; /sim/<slug>/group/join
POST /sim/<slug>/<who>/unsend        {"id"}: the id of a message in the chat
GET  /sim/<slug>/<who>/chat?after=N&wait=S[&menu=ID]
     {"items", "next", "blocked", "richMenu"}: what came after item N, both sides, in order. Waits up to S
     seconds for something new, or for a rich menu other than `menu`. An item has `n`, `from` (user, bot,
     desk), `type`, `at`, `id` and LINE's `message`; `desk` items tell of follow, block, unsend, loading,
     read, join and leave.
GET  /sim/link?address=A             {"slug", "text"}: whose chat a link of line.me opens, and what is typed there
GET  /sim/<slug>/content/<id>        bytes a person sent;   GET /sim/<slug>/richmenu/<id>/image
GET  /sim/record?after=N[&agency=SLUG][&limit=M]   {"entries", "next", "last"}
     kinds: webhook (event, attempt, status, ms, error) · api (method, path, body, status, response, ms,
     latency_ms since the webhook of its reply token, retryKey, requestId, fault) · control
POST /sim/faults   {"kind", "count": 1, "agency", "endpoint", "seconds": 1}; GET lists; DELETE forgets all
     kinds for calls: error500, rate, month, timeout_before, timeout_after (neither answers; `seconds` is
     how long it hangs), reset, slow · for webhooks: twice, reorder (the next `count` arrive last first)
     · at once: expire_tokens. Calls are reply, push and multicast; `endpoint` is a part of another path, or "any".
POST /sim/clock    {"advance": seconds}
POST /sim/quota    {"limit": n or null, "used": n, "agency"}
POST /sim/rate     {"endpoint": "reply", "calls": n, "seconds": s, "agency"}
POST /sim/chatmode {"mode": "chat" or "bot", "agency"}: whether people read and answer in the account's own chat
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from bot.simulator import ids
from bot.simulator.accounts import Account
from bot.simulator.acts import ACTS
from bot.simulator.faults import KINDS, Fault
from bot.simulator.gate import desk
from bot.simulator.links import opened
from bot.simulator.people import Impossible, Person

control = Blueprint("control", __name__, url_prefix="/sim")
LONGEST_WAIT = 30.0
CHAT_MODES = ("chat", "bot")
SHOWN_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@control.get("/state")
def state() -> Response:
    """Who is on the desk."""
    return jsonify(desk().state())


@control.post("/<slug>/<who>/<act>")
def perform(slug: str, who: str, act: str) -> tuple[Response, int] | Response:
    """Let a person do something."""
    if act not in ACTS:
        abort(404)
    asked = _asked()
    try:
        return jsonify(ACTS[act](_person(slug, who, asked), asked))
    except (KeyError, TypeError, ValueError) as fault:
        return jsonify(error=f"{type(fault).__name__}: {fault}"), 400
    except Impossible as refusal:
        return jsonify(error=str(refusal)), 409


@control.get("/<slug>/<who>/chat")
def chat(slug: str, who: str) -> Response:
    """What was said in a conversation."""
    account = _account(slug)
    chat_id = account.agency.group_id if who == "group" else who
    after, wait = request.args.get("after", 0, int), request.args.get("wait", 0.0, float)
    menu_seen = request.args.get("menu")
    changed = None if menu_seen is None else lambda: _menu_id(account, chat_id) != menu_seen
    items = account.chat(chat_id).after(after, min(wait, LONGEST_WAIT), changed)
    return jsonify(
        items=items,
        next=items[-1]["n"] if items else after,
        blocked=chat_id in account.blocked,
        richMenu=_menu_json(account, chat_id),
    )


@control.get("/link")
def link() -> tuple[Response, int] | Response:
    """Where a link leads, for the page."""
    found = opened(desk(), request.args.get("address", ""))
    return jsonify(slug=found.slug, text=found.text) if found else (jsonify(error="no account of this desk"), 404)


@control.get("/<slug>/content/<message_id>")
def content(slug: str, message_id: str) -> Response:
    """A picture or file that a person sent, for the page."""
    found = _account(slug).contents.get(message_id)
    if found is None:
        abort(404)
    shown = found.media_type if found.media_type in SHOWN_TYPES else "application/octet-stream"
    return Response(found.data, content_type=shown, headers={"X-Content-Type-Options": "nosniff"})


@control.get("/<slug>/richmenu/<menu_id>/image")
def menu_image(slug: str, menu_id: str) -> Response:
    """The picture of a rich menu, for the page."""
    found = _account(slug).menus.images.get(menu_id)
    if found is None:
        abort(404)
    return Response(found[1], content_type=found[0])


@control.get("/record")
def record() -> Response:
    """What crossed the desk."""
    after, limit = request.args.get("after", 0, int), request.args.get("limit", 1000, int)
    entries = desk().record.after(after, request.args.get("agency"), limit)
    following = entries[-1]["n"] if entries else after
    return jsonify(entries=entries, next=following, last=desk().record.last())


@control.get("/faults")
def faults() -> Response:
    """The troubles that wait."""
    return jsonify(faults=desk().faults.as_json())


@control.post("/faults")
def plan_fault() -> tuple[Response, int] | Response:
    """Plan a trouble."""
    try:
        fault = Fault(**_asked())
    except TypeError as wrong:
        return jsonify(error=str(wrong)), 400
    if fault.kind not in KINDS:
        return jsonify(error=f"kind must be one of {', '.join(KINDS)}"), 400
    if fault.kind == "expire_tokens":
        for account in _accounts(fault.agency):
            account.tokens.expire_all()
    else:
        desk().faults.add(fault)
    return _noted("fault")


@control.delete("/faults")
def forget_faults() -> Response:
    """Forget the troubles that wait."""
    desk().faults.clear()
    return _noted("fault")


@control.post("/clock")
def clock() -> Response:
    """Let time pass."""
    desk().clock.advance(float(_asked().get("advance", 0)))
    return _noted("clock")


@control.post("/quota")
def quota() -> Response:
    """Set what the plan allows, and what was used of it."""
    asked = _asked()
    for account in _accounts(asked.get("agency")):
        account.quota.limit = asked.get("limit", account.quota.limit)
        account.quota.used = int(asked.get("used", account.quota.used))
    return _noted("quota")


@control.post("/rate")
def rate() -> Response:
    """Set how many calls an endpoint takes."""
    asked = _asked()
    for account in _accounts(asked.get("agency")):
        account.rates.limit(str(asked["endpoint"]), int(asked["calls"]), float(asked.get("seconds", 1)))
    return _noted("rate")


@control.post("/chatmode")
def chat_mode() -> tuple[Response, int] | Response:
    """Switch the account's chat on or off."""
    asked = _asked()
    if asked.get("mode") not in CHAT_MODES:
        return jsonify(error=f"mode must be one of {', '.join(CHAT_MODES)}"), 400
    for account in _accounts(asked.get("agency")):
        account.chat_mode = str(asked["mode"])
    return _noted("chatmode")


def _asked() -> dict[str, Any]:
    if request.mimetype == "multipart/form-data":
        return dict(request.form)
    body = request.get_json(force=True, silent=True)
    return body if isinstance(body, dict) else {}


def _person(slug: str, who: str, asked: dict[str, Any]) -> Person:
    account = _account(slug)
    user_id = str(asked["user_id"]) if who == "group" else who
    if not ids.USER_ID.fullmatch(user_id):
        raise ValueError("a user id is U and 32 lower-case hexadecimal digits")
    return Person(desk(), account, user_id, account.agency.group_id if who == "group" else None)


def _account(slug: str) -> Account:
    return desk().accounts.get(slug) or abort(404)


def _accounts(slug: str | None) -> list[Account]:
    return [_account(slug)] if slug else list(desk().accounts.values())


def _menu_id(account: Account, chat_id: str) -> str:
    menu = None if chat_id in account.blocked else account.menus.shown_to(chat_id)
    return menu["richMenuId"] if menu and chat_id.startswith("U") else ""


def _menu_json(account: Account, chat_id: str) -> dict[str, Any] | None:
    menu_id = _menu_id(account, chat_id)
    if not menu_id:
        return None
    return {**account.menus.menus[menu_id], "hasImage": menu_id in account.menus.images}


def _noted(kind: str) -> Response:
    asked = _asked()
    desk().record.write("control", asked.get("agency"), None, what=kind, asked=asked)
    return jsonify(ok=True)
