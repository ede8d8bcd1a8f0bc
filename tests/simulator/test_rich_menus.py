"""Rich menus as a bot sets them up and a person sees them."""

import threading
from typing import Any

import pytest

from bot.simulator.client import Desk

SLUG, CITIZEN, STAFF = "thaimueang", "U" + "c" * 32, "U" + "5" * 32


def menu(**more: Any) -> dict[str, Any]:
    size, where = {"width": 1200, "height": 405}, {"x": 0, "y": 0, "width": 400, "height": 405}
    areas = [{"bounds": where, "action": {"type": "message", "text": "คะแนน"}}]
    return {"size": size, "selected": True, "name": "เมนู", "chatBarText": "เมนู", "areas": areas, **more}


@pytest.fixture
def drawn(line: Any, png: Any) -> Any:
    """Makes menus that have their picture."""

    def make(**more: Any) -> str:
        menu_id = line.call("POST", "/v2/bot/richmenu", menu(**more))[1]["richMenuId"]
        path = f"/v2/bot/richmenu/{menu_id}/content"
        assert line.call("POST", path, png(1200, 405), content_type="image/png")[0] == 200
        return str(menu_id)

    return make


def shown(desk: Desk, user_id: str) -> str | None:
    found = desk.chat(SLUG, user_id)["richMenu"]
    return found and found["richMenuId"]


def test_a_menu_needs_its_picture_before_it_is_shown(line: Any) -> None:
    menu_id = line.call("POST", "/v2/bot/richmenu", menu())[1]["richMenuId"]
    status, body, _ = line.call("POST", f"/v2/bot/user/all/richmenu/{menu_id}")
    assert (status, body["message"]) == (400, "must upload richmenu image before applying it to user")


def test_a_picture_is_uploaded_once(line: Any, drawn: Any, png: Any) -> None:
    path = f"/v2/bot/richmenu/{drawn()}/content"
    assert line.call("POST", path, png(1200, 405), content_type="image/png")[0] == 400
    assert line.call("GET", path)[1] == png(1200, 405)


def test_ones_own_menu_comes_before_the_default(desk: Desk, line: Any, drawn: Any) -> None:
    default, own = drawn(), drawn()
    line.call("POST", f"/v2/bot/user/all/richmenu/{default}")
    line.call("POST", f"/v2/bot/user/{STAFF}/richmenu/{own}")
    assert (shown(desk, CITIZEN), shown(desk, STAFF)) == (default, own)
    assert line.call("GET", f"/v2/bot/user/{STAFF}/richmenu")[1] == {"richMenuId": own}
    line.call("DELETE", f"/v2/bot/user/{STAFF}/richmenu")
    assert shown(desk, STAFF) == default
    line.call("DELETE", "/v2/bot/user/all/richmenu")
    assert shown(desk, STAFF) is None


def test_a_deleted_menu_is_gone_for_everybody(desk: Desk, line: Any, drawn: Any) -> None:
    own = drawn()
    line.call("POST", f"/v2/bot/user/{STAFF}/richmenu/{own}")
    assert line.call("DELETE", f"/v2/bot/richmenu/{own}")[0] == 200
    assert line.call("GET", f"/v2/bot/richmenu/{own}")[0] == 404
    assert shown(desk, STAFF) is None
    assert line.call("GET", "/v2/bot/richmenu/list")[1] == {"richmenus": []}


def test_linking_a_stranger_does_nothing(line: Any, drawn: Any) -> None:
    stranger = "U" + "9" * 32
    assert line.call("POST", f"/v2/bot/user/{stranger}/richmenu/{drawn()}")[0] == 200
    assert line.call("GET", f"/v2/bot/user/{stranger}/richmenu")[0] == 404


def test_many_are_linked_at_once(desk: Desk, line: Any, drawn: Any) -> None:
    body = {"richMenuId": drawn(), "userIds": [CITIZEN, STAFF]}
    assert line.call("POST", "/v2/bot/richmenu/bulk/link", body)[0] == 202
    assert shown(desk, CITIZEN) == shown(desk, STAFF) == body["richMenuId"]
    assert line.call("POST", "/v2/bot/richmenu/bulk/unlink", {"userIds": [CITIZEN]})[0] == 202
    assert shown(desk, CITIZEN) is None


def test_a_tab_switches_menus_and_tells_the_bot(desk: Desk, line: Any, bot: Any, drawn: Any) -> None:
    other = drawn()
    alias = {"richMenuAliasId": "staff-2", "richMenuId": other}
    assert line.call("POST", "/v2/bot/richmenu/alias", alias)[0] == 200
    assert line.call("POST", "/v2/bot/richmenu/alias", alias)[0] == 400
    desk.tap(SLUG, STAFF, {"type": "richmenuswitch", "richMenuAliasId": "staff-2", "data": "tab=2"})
    desk.tap(SLUG, STAFF, {"type": "richmenuswitch", "richMenuAliasId": "nothing", "data": "tab=3"})
    good, bad = (each["postback"] for each in bot.events(2))
    assert good == {"data": "tab=2", "params": {"newRichMenuAliasId": "staff-2", "status": "SUCCESS"}}
    assert bad["params"]["status"] == "RICHMENU_ALIAS_ID_NOTFOUND"
    assert shown(desk, STAFF) == other


def test_an_alias_can_be_read_moved_and_deleted(line: Any, drawn: Any) -> None:
    first, second = drawn(), drawn()
    line.call("POST", "/v2/bot/richmenu/alias", {"richMenuAliasId": "a", "richMenuId": first})
    assert line.call("POST", "/v2/bot/richmenu/alias/a", {"richMenuId": second})[0] == 200
    assert line.call("GET", "/v2/bot/richmenu/alias/a")[1] == {"richMenuAliasId": "a", "richMenuId": second}
    assert len(line.call("GET", "/v2/bot/richmenu/alias/list")[1]["aliases"]) == 1
    assert line.call("DELETE", "/v2/bot/richmenu/alias/a")[0] == 200
    assert line.call("GET", "/v2/bot/richmenu/alias/a")[0] == 404


def test_a_menu_can_be_validated(line: Any) -> None:
    assert line.call("POST", "/v2/bot/richmenu/validate", menu())[0] == 200
    assert line.call("POST", "/v2/bot/richmenu/validate", menu(chatBarText=""))[0] == 400


def test_a_new_menu_wakes_whoever_waits(desk: Desk, line: Any, drawn: Any) -> None:
    menu_id, seen = drawn(), []
    desk.chat(SLUG, CITIZEN)
    waiting = threading.Thread(
        target=lambda: seen.append(desk._get(f"/sim/{SLUG}/{CITIZEN}/chat", after=0, wait=5, menu=""))
    )
    waiting.start()
    line.call("POST", f"/v2/bot/user/all/richmenu/{menu_id}")
    waiting.join(3)
    assert seen[0]["richMenu"]["richMenuId"] == menu_id
