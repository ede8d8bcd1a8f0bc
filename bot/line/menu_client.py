"""LINE's calls on rich menus, through the SDK's client."""

import json
from collections.abc import Mapping
from typing import Any

import urllib3
from linebot.v3.messaging import ApiClient, Configuration
from linebot.v3.messaging.exceptions import ApiException

from bot.line.richmenu import LineSaysNo

TIMEOUT = (3.05, 20)
USER = "{userId}"  # stands in a path for whom it is about, as in LINE's documents


class LineMenus:
    """The rich menus of one channel."""

    def __init__(self, host: str, data_host: str, access_token: str) -> None:
        self._api = _client(host, access_token)
        self._data = _client(data_host, access_token)

    def names(self) -> Mapping[str, str]:
        """The id of every menu by its name."""
        listed = self._call(self._api, "GET", "/v2/bot/richmenu/list")
        return {menu["name"]: menu["richMenuId"] for menu in listed.get("richmenus", ())}

    def create(self, menu: Mapping[str, Any], picture: bytes) -> str:
        """Make a menu with its picture; gives its id."""
        menu_id = str(self._call(self._api, "POST", "/v2/bot/richmenu", menu)["richMenuId"])
        try:
            self._call(self._data, "POST", f"/v2/bot/richmenu/{menu_id}/content", picture, "image/png")
        except LineSaysNo:
            self.delete(menu_id)  # a menu without its picture can never be shown
            raise
        return menu_id

    def delete(self, menu_id: str) -> None:
        """Remove a menu."""
        self._call(self._api, "DELETE", f"/v2/bot/richmenu/{menu_id}")

    def show_everyone(self, menu_id: str) -> None:
        """Show a menu to whoever has none of their own."""
        self._call(self._api, "POST", f"/v2/bot/user/all/richmenu/{menu_id}")

    def show(self, menu_id: str, line_user_id: str) -> None:
        """Show a menu to one person."""
        self._call(self._api, "POST", f"/v2/bot/user/{USER}/richmenu/{menu_id}", user=line_user_id)

    def hide(self, line_user_id: str) -> None:
        """Take one person's own menu away; they are shown that of everyone."""
        self._call(self._api, "DELETE", f"/v2/bot/user/{USER}/richmenu", user=line_user_id)

    def _call(
        self,
        client: ApiClient,
        method: str,
        path: str,
        body: Any = None,
        content_type: str = "application/json",
        *,
        user: str = "",
    ) -> Any:
        """LINE's answer. LineSaysNo tells the path as it is here, without the `user` it is about."""
        try:
            answer = client.call_api(
                path.replace(USER, user),
                method,
                header_params={"Content-Type": content_type},
                body=body,
                auth_settings=["Bearer"],
                response_types_map={},
                _request_timeout=TIMEOUT,
            )
        except ApiException as error:
            raise LineSaysNo(f"{method} {path}: {error.status or 'no safe connection'}") from None
        except urllib3.exceptions.HTTPError:
            raise LineSaysNo(f"{method} {path}: LINE does not answer") from None  # its words hold the address
        return json.loads(answer.raw_data or "{}")


def _client(host: str, access_token: str) -> ApiClient:
    configuration = Configuration(access_token=access_token, host=host)
    configuration.retries = False  # the SDK would sleep and ask again without a word
    return ApiClient(configuration)
