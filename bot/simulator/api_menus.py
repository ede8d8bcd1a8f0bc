"""The platform's rich menu endpoints: create, draw, link, name, list, delete."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from bot.simulator import menu_rules
from bot.simulator.gate import Denied, account, guard, json_body
from bot.simulator.menus import Menu, RichMenus

api = guard(Blueprint("menus", __name__, url_prefix="/v2/bot"))


@api.post("/richmenu", endpoint="richmenu_create")
def create() -> Response:
    """Keep a menu; its picture follows."""
    body = dict(json_body(menu_rules.MENU))
    menu_id = _menus().create(body)
    if menu_id is None:
        raise Denied(400, "The maximum number of rich menus has been reached")
    return jsonify(richMenuId=menu_id)


@api.post("/richmenu/validate")
def validate() -> Response:
    """Say whether a menu would be taken."""
    json_body(menu_rules.MENU)
    return jsonify({})


@api.get("/richmenu/list", endpoint="richmenu_list")
def list_all() -> Response:
    """Every menu of the account."""
    return jsonify(richmenus=list(_menus().menus.values()))


@api.get("/richmenu/<menu_id>")
def read(menu_id: str) -> Response:
    """One menu."""
    return jsonify(_known(menu_id))


@api.delete("/richmenu/<menu_id>", endpoint="richmenu_delete")
def delete(menu_id: str) -> Response:
    """Forget a menu."""
    _known(menu_id)
    _menus().delete(menu_id)
    return _changed()


@api.post("/richmenu/<menu_id>/content")
def upload(menu_id: str) -> Response:
    """Draw a menu, once."""
    menu = _known(menu_id)
    if menu_id in _menus().images:
        raise Denied(400, "An image has already been uploaded to the richmenu")
    data, media_type = request.get_data(), request.mimetype
    problem = menu_rules.image_problem(data, media_type, menu["size"])
    if problem:
        raise Denied(400, problem)
    _menus().images[menu_id] = (media_type, data)
    return _changed()


@api.get("/richmenu/<menu_id>/content")
def download(menu_id: str) -> Response:
    """The picture of a menu."""
    if menu_id not in _menus().images:
        raise Denied(404, "richmenu image not found")
    media_type, data = _menus().images[menu_id]
    return Response(data, content_type=media_type)


@api.post("/user/all/richmenu/<menu_id>")
def set_default(menu_id: str) -> Response:
    """Show a menu to everybody without one of their own."""
    _drawn(menu_id)
    _menus().default = menu_id
    return _changed()


@api.get("/user/all/richmenu")
def get_default() -> Response:
    """The menu of everybody without one of their own."""
    default = _menus().default
    if default is None:
        raise Denied(404, "no default richmenu")
    return jsonify(richMenuId=default)


@api.delete("/user/all/richmenu")
def clear_default() -> Response:
    """Show no menu to those without one of their own."""
    _menus().default = None
    return _changed()


@api.post("/user/<user_id>/richmenu/<menu_id>")
def link(user_id: str, menu_id: str) -> Response:
    """Show a person one menu; nothing happens for a stranger."""
    _drawn(menu_id)
    if account().knows(user_id) and user_id not in account().blocked:
        _menus().link(user_id, menu_id)
    return _changed()


@api.get("/user/<user_id>/richmenu")
def linked(user_id: str) -> Response:
    """The menu that a person has of their own."""
    menu_id = _menus().links.get(user_id)
    if menu_id is None:
        raise Denied(404, "the user has no richmenu")
    return jsonify(richMenuId=menu_id)


@api.delete("/user/<user_id>/richmenu")
@api.delete("/user/<user_id>/richmenu/<menu_id>")
def unlink(user_id: str, **_: str) -> Response:
    """Show a person the default again."""
    _menus().link(user_id, None)
    return _changed()


@api.post("/richmenu/bulk/link")
def bulk_link() -> tuple[Response, int]:
    """Show many people one menu."""
    body = json_body(menu_rules.BULK_LINK)
    _drawn(body["richMenuId"])
    for user_id in filter(account().knows, body["userIds"]):
        _menus().link(user_id, body["richMenuId"])
    return _changed(), 202


@api.post("/richmenu/bulk/unlink")
def bulk_unlink() -> tuple[Response, int]:
    """Show many people the default again."""
    for user_id in json_body(menu_rules.BULK_UNLINK)["userIds"]:
        _menus().link(user_id, None)
    return _changed(), 202


@api.post("/richmenu/alias")
def create_alias() -> Response:
    """Give a menu a name that a tab can switch to."""
    body = json_body(menu_rules.CREATE_ALIAS)
    _drawn(body["richMenuId"])
    if body["richMenuAliasId"] in _menus().aliases:
        raise Denied(400, "conflict richmenu alias id")
    _menus().aliases[body["richMenuAliasId"]] = body["richMenuId"]
    return jsonify({})


@api.get("/richmenu/alias/list")
def list_aliases() -> Response:
    """Every name."""
    pairs = _menus().aliases.items()
    return jsonify(aliases=[{"richMenuAliasId": alias, "richMenuId": menu} for alias, menu in pairs])


@api.get("/richmenu/alias/<alias>")
def read_alias(alias: str) -> Response:
    """The menu behind a name."""
    return jsonify(richMenuAliasId=alias, richMenuId=_aliased(alias))


@api.post("/richmenu/alias/<alias>")
def update_alias(alias: str) -> Response:
    """Put another menu behind a name."""
    _aliased(alias)
    body = json_body(menu_rules.UPDATE_ALIAS)
    _drawn(body["richMenuId"])
    _menus().aliases[alias] = body["richMenuId"]
    return jsonify({})


@api.delete("/richmenu/alias/<alias>")
def delete_alias(alias: str) -> Response:
    """Forget a name."""
    _aliased(alias)
    del _menus().aliases[alias]
    return jsonify({})


def _menus() -> RichMenus:
    return account().menus


def _known(menu_id: str) -> Menu:
    if menu_id not in _menus().menus:
        raise Denied(404, "richmenu not found")
    return _menus().menus[menu_id]


def _drawn(menu_id: str) -> None:
    _known(menu_id)
    if menu_id not in _menus().images:
        raise Denied(400, "must upload richmenu image before applying it to user")


def _aliased(alias: str) -> str:
    if alias not in _menus().aliases:
        raise Denied(404, "richmenu alias not found")
    return _menus().aliases[alias]


def _changed() -> Response:
    for chat in account().chats():
        chat.touch()
    return jsonify({})
