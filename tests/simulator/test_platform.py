"""The platform's answers: tokens, retry keys, quotas, refusals, in LINE's shapes."""

import uuid
from typing import Any

import pytest

from bot.simulator.client import Desk

SLUG, OTHER = "thaimueang", "krasang"
CITIZEN, STAFF, STRANGER = "U" + "c" * 32, "U" + "5" * 32, "U" + "9" * 32
REPLY, PUSH = "/v2/bot/message/reply", "/v2/bot/message/push"


@pytest.fixture
def asked(desk: Desk, bot: Any) -> str:
    """The reply token of something a citizen said."""
    desk.say(SLUG, CITIZEN, "สวัสดี")
    return bot.token()


def test_a_reply_is_shown_to_the_person(desk: Desk, line: Any, asked: str) -> None:
    status, body, headers = line.reply(asked, "สวัสดีค่ะ")
    (sent,) = body["sentMessages"]
    assert (status, bool(sent["id"]), bool(sent["quoteToken"])) == (200, True, True)
    assert headers["x-line-request-id"]
    shown = desk.wait_for_reply(SLUG, CITIZEN)
    assert (shown["id"], shown["message"]["text"], shown["way"]) == (sent["id"], "สวัสดีค่ะ", "reply")


def test_a_reply_token_works_once(line: Any, asked: str) -> None:
    assert line.reply(asked)[0] == 200
    assert line.reply(asked)[:2] == (400, {"message": "Invalid reply token"})


def test_an_unknown_reply_token_is_refused(line: Any) -> None:
    assert line.reply("0" * 32)[:2] == (400, {"message": "Invalid reply token"})


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (61, 400)])
def test_a_reply_token_lives_a_minute(desk: Desk, line: Any, asked: str, seconds: int, status: int) -> None:
    desk.advance(seconds)
    assert line.reply(asked)[0] == status


def test_a_refused_reply_does_not_spend_the_token(line: Any, asked: str) -> None:
    status, body, _ = line.reply(asked, "ก" * 5001)
    assert status == 400
    assert body["message"] == "The request body has 1 error(s)"
    assert body["details"] == [{"message": "Length must be between 1 and 5000", "property": "messages[0].text"}]
    assert line.reply(asked)[0] == 200


def test_a_reply_token_belongs_to_one_account(line: Any, asked: str) -> None:
    assert line.reply(asked, token="token-of-krasang")[0] == 400
    assert line.reply(asked)[0] == 200


def test_a_retry_key_does_not_go_with_a_reply(line: Any, asked: str) -> None:
    assert line.reply(asked, X_Line_Retry_Key=str(uuid.uuid4()))[0] == 400
    assert line.reply(asked)[0] == 200


@pytest.mark.parametrize("token", [None, "wrong", ""])
def test_a_wrong_token_is_refused(line: Any, token: str | None) -> None:
    status, body, _ = line.call("GET", "/v2/bot/info", token=token)
    assert (status, body["message"].split(".")[0]) == (401, "Authentication failed")


def test_the_same_push_under_one_retry_key_is_sent_once(desk: Desk, line: Any) -> None:
    key = str(uuid.uuid4())
    first, again = (line.push(CITIZEN, "แจ้ง", X_Line_Retry_Key=key) for _ in range(2))
    assert (first[0], again[0]) == (200, 409)
    assert again[1]["sentMessages"] == first[1]["sentMessages"]
    assert again[2]["x-line-accepted-request-id"] == first[2]["x-line-request-id"]
    assert [each["from"] for each in desk.chat(SLUG, CITIZEN)["items"]] == ["bot"]
    assert line.call("GET", "/v2/bot/message/quota/consumption")[1] == {"totalUsage": 1}


def test_a_retry_key_is_forgotten_after_a_day(desk: Desk, line: Any) -> None:
    key = str(uuid.uuid4())
    assert line.push(CITIZEN, X_Line_Retry_Key=key)[0] == 200
    desk.advance(24 * 3600 + 1)
    assert line.push(CITIZEN, X_Line_Retry_Key=key)[0] == 200


@pytest.mark.parametrize("key", ["1", "not-a-uuid", "12345678123412341234123456789012"])
def test_a_retry_key_is_a_uuid(line: Any, key: str) -> None:
    assert line.push(CITIZEN, X_Line_Retry_Key=key)[0] == 400
    assert line.push(CITIZEN, X_Line_Retry_Key=str(uuid.uuid4()))[0] == 200


def test_a_failed_push_does_not_use_its_retry_key_up(desk: Desk, line: Any) -> None:
    key = str(uuid.uuid4())
    desk.faults("error500")
    assert line.push(CITIZEN, X_Line_Retry_Key=key)[0] == 500
    assert line.push(CITIZEN, X_Line_Retry_Key=key)[0] == 200


def test_a_push_to_a_stranger_fails(line: Any) -> None:
    assert line.push(STRANGER)[:2] == (400, {"message": "Failed to send messages"})
    assert line.push(STAFF)[0] == 200


def test_a_push_to_someone_who_blocked_is_accepted_unseen_and_free(desk: Desk, line: Any) -> None:
    desk.act(SLUG, CITIZEN, "block")
    assert line.push(CITIZEN, "แจ้ง")[0] == 200
    assert [each["type"] for each in desk.chat(SLUG, CITIZEN)["items"]] == ["block"]
    assert line.call("GET", "/v2/bot/message/quota/consumption")[1] == {"totalUsage": 0}


def test_only_pushes_are_counted_by_recipient(desk: Desk, line: Any, asked: str) -> None:
    group = desk.state()["agencies"][0]["groupId"]
    line.reply(asked)
    line.push(CITIZEN, "หนึ่ง", "สอง", "สาม")
    line.push(group, "ถึงทุกคน")
    assert line.call("GET", "/v2/bot/message/quota/consumption")[1] == {"totalUsage": 3}


def test_the_month_runs_out(desk: Desk, line: Any, asked: str) -> None:
    desk.quota(1)
    assert line.call("GET", "/v2/bot/message/quota")[1] == {"type": "limited", "value": 1}
    assert line.push(CITIZEN)[0] == 200
    assert line.push(CITIZEN)[:2] == (429, {"message": "You have reached your monthly limit."})
    assert line.reply(asked)[0] == 200
    desk.quota(None)
    assert line.call("GET", "/v2/bot/message/quota")[1] == {"type": "none"}
    assert line.push(CITIZEN)[0] == 200


def test_too_many_calls_in_a_second_are_refused(desk: Desk, line: Any) -> None:
    desk.rate("push", 2, seconds=60)
    answers = [line.push(CITIZEN) for _ in range(3)]
    assert [each[0] for each in answers] == [200, 200, 429]
    assert answers[2][1] == {"message": "The API rate limit has been exceeded. Try again later."}
    desk.advance(61)
    assert line.push(CITIZEN)[0] == 200


def test_a_hundred_rich_menus_an_hour(line: Any) -> None:
    answers = [line.call("POST", "/v2/bot/richmenu", {})[0] for _ in range(101)]
    assert (answers[99], answers[100]) == (400, 429)


def test_one_account_knows_nothing_of_another(desk: Desk, line: Any) -> None:
    assert line.call("GET", "/v2/bot/info", token="token-of-krasang")[1]["displayName"] == "เทศบาลกระสัง"
    line.push(CITIZEN, "ก", token="token-of-krasang")
    assert desk.chat(SLUG, CITIZEN)["items"] == []


def test_a_body_of_more_than_two_megabytes_is_too_large(line: Any) -> None:
    assert line.call("POST", REPLY, b" " * (2 * 1024 * 1024 + 1))[0] == 413
    assert line.call("POST", REPLY, b" " * (2 * 1024 * 1024))[0] == 400


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"replyToken": ', b"null"])
def test_what_is_no_request_is_refused(line: Any, body: bytes) -> None:
    status, answer, _ = line.call("POST", REPLY, body)
    assert (status, "message" in answer) == (400, True)


@pytest.mark.parametrize("kind", ["reply", "push", "multicast", "broadcast", "narrowcast"])
def test_messages_can_be_validated_without_sending(desk: Desk, line: Any, kind: str) -> None:
    path = f"/v2/bot/message/validate/{kind}"
    assert line.call("POST", path, {"messages": [{"type": "text", "text": ""}]})[0] == 400
    assert line.call("POST", path, {"messages": [{"type": "text", "text": "ก"}]})[:2] == (200, {})
    assert desk.chat(SLUG, CITIZEN)["items"] == []


def test_loading_shows_until_the_next_message(desk: Desk, line: Any) -> None:
    path = "/v2/bot/chat/loading/start"
    assert line.call("POST", path, {"chatId": CITIZEN, "loadingSeconds": 12})[0] == 400
    assert line.call("POST", path, {"chatId": CITIZEN, "loadingSeconds": 10})[:2] == (202, {})
    (item,) = desk.chat(SLUG, CITIZEN)["items"]
    assert (item["type"], item["seconds"]) == ("loading", 10)


def test_a_message_is_marked_as_read_by_its_token(desk: Desk, line: Any, bot: Any) -> None:
    desk.say(SLUG, CITIZEN, "สวัสดี")
    token = bot.events(1)[0]["message"]["markAsReadToken"]
    path = "/v2/bot/chat/markAsRead"
    assert line.call("POST", path, {"markAsReadToken": "x"})[0] == 400
    assert line.call("POST", path, {"markAsReadToken": token})[0] == 200
    assert desk.chat(SLUG, CITIZEN)["items"][-1]["type"] == "read"


def test_multicast_reaches_several_and_counts_each(desk: Desk, line: Any) -> None:
    body = {"to": [CITIZEN, STAFF], "messages": [{"type": "text", "text": "ประกาศ"}]}
    assert line.call("POST", "/v2/bot/message/multicast", body)[:2] == (200, {})
    assert desk.wait_for_reply(SLUG, STAFF)["message"]["text"] == "ประกาศ"
    assert line.call("GET", "/v2/bot/message/quota/consumption")[1] == {"totalUsage": 2}


MULTICAST = "/v2/bot/message/multicast"
TEXT = [{"type": "text", "text": "ประกาศ"}]


def used(line: Any) -> int:
    return line.call("GET", "/v2/bot/message/quota/consumption")[1]["totalUsage"]


def test_a_multicast_names_500_people_at_most(line: Any) -> None:
    many = [f"U{number:032x}" for number in range(501)]
    for to in ([], many):
        assert line.call("POST", MULTICAST, {"to": to, "messages": TEXT})[0] == 400
    assert line.call("POST", MULTICAST, {"to": many[:500], "messages": TEXT})[0] == 200


def test_a_multicast_goes_to_no_group(desk: Desk, line: Any) -> None:
    group = desk.state()["agencies"][0]["groupId"]
    assert line.call("POST", MULTICAST, {"to": [CITIZEN, group], "messages": TEXT})[0] == 400
    assert line.call("POST", MULTICAST, {"to": [CITIZEN], "messages": TEXT})[0] == 200


def test_who_is_named_twice_in_a_multicast_hears_it_once(desk: Desk, line: Any) -> None:
    assert line.call("POST", MULTICAST, {"to": [CITIZEN, STAFF, CITIZEN], "messages": TEXT})[0] == 200
    assert [each["from"] for each in desk.chat(SLUG, CITIZEN)["items"]] == ["bot"]
    assert used(line) == 2


def test_strangers_and_who_blocked_cost_nothing_in_a_multicast(desk: Desk, line: Any) -> None:
    desk.act(SLUG, CITIZEN, "block")
    assert line.call("POST", MULTICAST, {"to": [CITIZEN, STAFF, STRANGER], "messages": TEXT})[0] == 200
    assert used(line) == 1


def test_the_same_multicast_under_one_retry_key_is_sent_once(desk: Desk, line: Any) -> None:
    body, key = {"to": [CITIZEN, STAFF], "messages": TEXT}, str(uuid.uuid4())
    desk.faults("error500")
    answers = [line.call("POST", MULTICAST, body, X_Line_Retry_Key=key)[0] for _ in range(3)]
    assert answers == [500, 200, 409]
    assert [each["from"] for each in desk.chat(SLUG, CITIZEN)["items"]] == ["bot"]
    assert used(line) == 2


def test_a_multicast_that_the_month_has_no_room_for_reaches_nobody(desk: Desk, line: Any) -> None:
    desk.quota(1)
    body = {"to": [CITIZEN, STAFF], "messages": TEXT}
    assert line.call("POST", MULTICAST, body)[:2] == (429, {"message": "You have reached your monthly limit."})
    assert (desk.chat(SLUG, CITIZEN)["items"], used(line)) == ([], 0)
    desk.quota(2)
    assert line.call("POST", MULTICAST, body)[0] == 200


def test_two_hundred_multicasts_a_second(desk: Desk, line: Any) -> None:
    desk.rate("multicast", 2, seconds=60)
    body = {"to": [CITIZEN], "messages": TEXT}
    assert [line.call("POST", MULTICAST, body)[0] for _ in range(3)] == [200, 200, 429]


def test_profiles_of_people_who_are_known(desk: Desk, line: Any) -> None:
    assert line.call("GET", f"/v2/bot/profile/{CITIZEN}")[1]["displayName"] == "สมหญิง"
    assert line.call("GET", f"/v2/bot/profile/{STRANGER}")[0] == 404
    desk.say(SLUG, STRANGER, "สวัสดี")
    assert line.call("GET", f"/v2/bot/profile/{STRANGER}")[0] == 200


def test_a_group_has_a_name_and_members(desk: Desk, line: Any) -> None:
    group = desk.state()["agencies"][0]["groupId"]
    assert line.call("GET", f"/v2/bot/group/{group}/member/{STAFF}")[1]["displayName"] == "สมชาย"
    assert "ท้ายเหมือง" in line.call("GET", f"/v2/bot/group/{group}/summary")[1]["groupName"]
    assert line.call("GET", f"/v2/bot/group/{group}/members/count")[1] == {"count": 2}
    assert line.call("POST", f"/v2/bot/group/{group}/leave")[0] == 200
    assert line.call("GET", f"/v2/bot/group/{group}/summary")[0] == 404
    assert line.push(group)[0] == 400


def test_a_channel_gets_a_stateless_token_that_ends(desk: Desk, line: Any) -> None:
    form = b"grant_type=client_credentials&client_id=id-thaimueang&client_secret=%s"
    kind = {"content_type": "application/x-www-form-urlencoded"}
    path = "/oauth2/v3/token"
    assert line.call("POST", path, form % b"wrong", token=None, **kind)[0] == 400
    status, body, _ = line.call("POST", path, form % b"secret-of-thaimueang", token=None, **kind)
    assert (status, body["token_type"], body["expires_in"]) == (200, "Bearer", 900)
    assert line.call("GET", "/v2/bot/info", token=body["access_token"])[0] == 200
    desk.advance(901)
    assert line.call("GET", "/v2/bot/info", token=body["access_token"])[0] == 401


def test_the_webhook_can_be_read_tested_and_moved(desk: Desk, line: Any, bot: Any) -> None:
    path = "/v2/bot/channel/webhook/endpoint"
    assert line.call("GET", path)[1] == {"endpoint": bot.url, "active": True}
    assert line.call("POST", "/v2/bot/channel/webhook/test", {})[1]["success"] is True
    assert bot.got[-1][1].endswith(b'"events": []}')
    assert line.call("PUT", path, {"endpoint": "nowhere"})[0] == 400
    assert line.call("PUT", path, {"endpoint": "http://127.0.0.1:9/gone"})[0] == 200
    tested = line.call("POST", "/v2/bot/channel/webhook/test", {})[1]
    assert (tested["success"], tested["reason"]) == (False, "COULD_NOT_CONNECT")


def test_what_is_not_there_is_not_found(line: Any) -> None:
    assert line.call("GET", "/v2/bot/nothing")[0] == 404
    assert line.call("GET", "/v2/bot/message/1/content")[0] == 404


def test_the_accounts_chat_is_switched_on_and_off(desk: Desk, line: Any) -> None:
    assert line.call("GET", "/v2/bot/info")[1]["chatMode"] == "bot"
    desk.chat_mode("chat")
    assert line.call("GET", "/v2/bot/info")[1]["chatMode"] == "chat"
    with pytest.raises(Exception, match="mode must be one of"):
        desk.chat_mode("maybe")
