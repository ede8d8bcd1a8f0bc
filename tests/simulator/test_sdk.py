"""LINE's own Python SDK, pointed at the desk, works as it does with LINE."""

import json
import uuid
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from bot.simulator.client import Desk

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from linebot.v3 import WebhookParser
    from linebot.v3 import messaging as sdk
    from linebot.v3.messaging.exceptions import ApiException
    from linebot.v3.models.events import UnknownEvent

SLUG, CITIZEN, BOT = "thaimueang", "U" + "c" * 32, "U" + "b" * 32


@pytest.fixture
def client(server: Any) -> Iterator[Any]:
    configuration = sdk.Configuration(host=server.url, access_token="token-of-thaimueang")
    with sdk.ApiClient(configuration) as made:
        yield made
        made.rest_client.pool_manager.clear()


@pytest.fixture
def api(client: Any) -> Any:
    return sdk.MessagingApi(client)


def text(words: str) -> Any:
    return sdk.TextMessage(text=words)


def test_reply(api: Any, desk: Desk, bot: Any) -> None:
    desk.say(SLUG, CITIZEN, "สวัสดี")
    request = sdk.ReplyMessageRequest(reply_token=bot.token(), messages=[text("สวัสดีค่ะ")])
    assert api.reply_message(request).sent_messages[0].quote_token
    with pytest.raises(ApiException) as refused:
        api.reply_message(request)
    assert json.loads(refused.value.body) == {"message": "Invalid reply token"}


def test_push_with_a_retry_key(api: Any, desk: Desk) -> None:
    key, request = str(uuid.uuid4()), sdk.PushMessageRequest(to=CITIZEN, messages=[text("แจ้งเตือน")])
    sent = api.push_message(request, x_line_retry_key=key).sent_messages
    with pytest.raises(ApiException) as refused:
        api.push_message(request, x_line_retry_key=key)
    assert refused.value.status == 409
    assert refused.value.headers["x-line-accepted-request-id"]
    assert json.loads(refused.value.body)["sentMessages"][0]["id"] == sent[0].id


def test_flex(api: Any, desk: Desk) -> None:
    body = {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "คะแนน"}]}
    container = sdk.FlexContainer.from_dict({"type": "bubble", "body": body})
    message = sdk.FlexMessage(alt_text="คะแนน", contents=container)
    api.push_message(sdk.PushMessageRequest(to=CITIZEN, messages=[message]))
    assert desk.wait_for_reply(SLUG, CITIZEN)["message"]["contents"]["body"]["contents"][0]["text"] == "คะแนน"


def test_a_dict_in_place_of_a_model_is_caught(api: Any) -> None:
    """The SDK sends an empty bubble for it; LINE refuses that."""
    contents: Any = {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": []}}
    message = sdk.FlexMessage(alt_text="ก", contents=contents)
    with pytest.raises(ApiException) as refused:
        api.push_message(sdk.PushMessageRequest(to=CITIZEN, messages=[message]))
    assert refused.value.status == 400


def test_profile_quota_and_account(api: Any) -> None:
    assert api.get_profile(CITIZEN).display_name == "สมหญิง"
    assert api.get_message_quota().value == 15_000
    assert api.get_message_quota_consumption().total_usage == 0
    assert (api.get_bot_info().user_id, api.get_bot_info().mark_as_read_mode) == (BOT, "manual")


def test_loading_reading_and_the_webhook(api: Any, desk: Desk, bot: Any) -> None:
    api.show_loading_animation(sdk.ShowLoadingAnimationRequest(chat_id=CITIZEN, loading_seconds=5))
    assert api.get_webhook_endpoint().endpoint == bot.url
    assert api.test_webhook_endpoint(sdk.TestWebhookEndpointRequest()).success


def test_validation(api: Any) -> None:
    api.validate_push(sdk.ValidateMessageRequest(messages=[text("ก")]))
    with pytest.raises(ApiException):
        api.validate_push(sdk.ValidateMessageRequest(messages=[text("ก" * 5001)]))


def test_content(client: Any, desk: Desk, bot: Any) -> None:
    desk.act(SLUG, CITIZEN, "photo")
    message_id = bot.events(1)[0]["message"]["id"]
    blob = sdk.MessagingApiBlob(client)
    assert bytes(blob.get_message_content(message_id)).startswith(b"\x89PNG")
    assert blob.get_message_content_transcoding_by_message_id(message_id).status == "succeeded"


def test_rich_menus(client: Any, api: Any, png: Any, desk: Desk) -> None:
    bounds = sdk.RichMenuBounds(x=0, y=0, width=800, height=250)
    area = sdk.RichMenuArea(bounds=bounds, action=sdk.MessageAction(label="คะแนน", text="คะแนน"))
    size = sdk.RichMenuSize(width=800, height=250)
    request = sdk.RichMenuRequest(size=size, selected=True, name="เมนู", chat_bar_text="เมนู", areas=[area])
    api.validate_rich_menu_object(request)
    menu_id = api.create_rich_menu(request).rich_menu_id
    image = {"_content_type": "image/png", "_headers": {"Content-Type": "image/png"}}
    sdk.MessagingApiBlob(client).set_rich_menu_image(menu_id, bytearray(png(800, 250)), **image)
    api.link_rich_menu_id_to_user(CITIZEN, menu_id)
    api.set_default_rich_menu(menu_id)
    api.create_rich_menu_alias(sdk.CreateRichMenuAliasRequest(rich_menu_alias_id="a", rich_menu_id=menu_id))
    assert [each.rich_menu_id for each in api.get_rich_menu_list().richmenus] == [menu_id]
    assert api.get_rich_menu_id_of_user(CITIZEN).rich_menu_id == menu_id
    assert api.get_rich_menu_alias("a").rich_menu_id == menu_id
    assert desk.chat(SLUG, CITIZEN)["richMenu"]["hasImage"] is True
    api.delete_rich_menu(menu_id)
    assert api.get_rich_menu_list().richmenus == []


def test_groups(api: Any, desk: Desk) -> None:
    group = desk.state()["agencies"][0]["groupId"]
    assert api.get_group_member_profile(group, CITIZEN).display_name == "สมหญิง"
    assert api.get_group_summary(group).group_id == group


def test_the_sdk_knows_every_event_the_desk_sends(desk: Desk, bot: Any) -> None:
    for act in ("follow", "photo", "file", "location", "sticker", "block", "unblock"):
        desk.act(SLUG, CITIZEN, act)
    sent = desk.say(SLUG, CITIZEN, "สวัสดี")
    desk.tap(SLUG, CITIZEN, {"type": "postback", "data": "d"})
    desk.act(SLUG, CITIZEN, "pick", data="d", mode="date", value="2026-12-31")
    desk.act(SLUG, CITIZEN, "unsend", id=sent["id"])
    desk.act(SLUG, "group", "join", user_id=CITIZEN)
    desk.say(SLUG, "group", "คะแนน", user_id=CITIZEN, mention=True)
    bot.events(13)
    parser = WebhookParser("secret-of-thaimueang")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        events = [e for head, body in bot.got for e in parser.parse(body.decode(), head["x-line-signature"])]
    assert [type(each) for each in events if isinstance(each, UnknownEvent)] == []
    assert len(events) == 13
