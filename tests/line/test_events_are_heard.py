from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.line.events import Heard, Ignored, Kind, hear, lane_source, result, tap_data

USER, GROUP = "U" + "1" * 32, "C" + "2" * 32

#: What a person types: no NUL, which no database keeps, and no half of an emoji.
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
known_names = st.sampled_from([
    "type", "mode", "message", "text", "source", "userId", "groupId", "roomId", "postback", "data", "params", "date",
    "status", "newRichMenuAliasId", "follow", "isUnblocked", "replyToken", "webhookEventId", "timestamp",
])  # fmt: skip
known_words = st.sampled_from([
    "message", "text", "postback", "follow", "unfollow", "join", "image", "active", "standby", "at=x&a=y", "go=score.now", "",
])  # fmt: skip
#: JSON that has the names and words of LINE's events, in places where they may or may not belong.
eventlike = st.recursive(
    known_words | json_values,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(known_names, inner, max_size=6),
    max_leaves=20,
)
events = st.dictionaries(known_names, eventlike, max_size=8) | st.dictionaries(st.text(max_size=8), json_values)


def text_event(text, source=None, **message):
    source = source or {"type": "user", "userId": USER}
    return {"type": "message", "mode": "active", "replyToken": "r", "source": source,
            "message": {"type": "text", "text": text, **message}}  # fmt: skip


def postback(data, **params):
    event = {"type": "postback", "source": {"userId": USER}, "replyToken": "r", "postback": {"data": data}}
    if params:
        event["postback"]["params"] = params
    return event


# ── LINE's own examples


def test_every_example_of_line_is_heard_or_ignored(line_events):
    assert len(line_events) == 103
    assert {type(hear(event)) for event in line_events} == {Heard, Ignored}


def test_what_is_ignored_has_a_reason_and_what_is_heard_has_a_sender(line_events):
    for event in line_events:
        heard = hear(event)
        if isinstance(heard, Ignored):
            assert heard.reason
        else:
            assert heard.to
            assert heard.reply_token == event.get("replyToken", "")


def test_every_message_of_an_active_bot_is_heard(line_events):
    for event in line_events:
        if event["type"] in {"message", "follow", "unfollow", "join"} and event["mode"] == "active":
            assert isinstance(hear(event), Heard)


def test_a_standby_bot_says_nothing(line_events):
    standby = [event for event in line_events if event.get("mode") == "standby"]
    assert standby
    assert {hear(event) for event in standby} == {Ignored("standby")}


def test_every_example_has_a_lane(line_events):
    for event in line_events:
        source = event.get("source", {})
        assert lane_source(event) in {*source.values(), "agency"}


# ── whatever may come


@given(events)
def test_hearing_never_raises(event):
    assert isinstance(hear(event), Heard | Ignored)


@given(events)
def test_finding_the_lane_never_raises(event):
    assert isinstance(lane_source(event), str)


@given(json_values)
def test_a_message_of_any_shape_is_heard_or_ignored(message):
    assert isinstance(hear({"type": "message", "message": message}), Heard | Ignored)


@given(st.text(max_size=50))
def test_postbacks_of_any_data_are_heard(data):
    assert isinstance(hear(postback(data)), Heard)


@given(st.text(letters, max_size=40))
def test_text_without_a_mention_is_heard_as_typed(text):
    assert (
        hear(text_event(text)).text == text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip()
    )


def test_a_postback_of_very_many_fields_is_heard():
    assert isinstance(hear(postback("&".join(f"f{n}=1" for n in range(21)))), Heard)


@pytest.mark.parametrize("place", ["x", None, [], {}, "", float("nan"), float("inf")])
def test_a_mention_at_no_place_is_heard(place):
    mention = {"mentionees": [{"isSelf": True, "index": place, "length": 3}]}
    assert isinstance(hear(text_event("สวัสดี", mention=mention)), Heard)


@pytest.mark.parametrize(("index", "length"), [(-1, 3), (0, -5), (999, 5), (2, 999), (1.5, 2), (True, 1)])
def test_a_mention_outside_of_the_text_is_heard(index, length):
    mention = {"mentionees": [{"isSelf": True, "index": index, "length": length}]}
    assert isinstance(hear(text_event("สวัสดี", mention=mention)), Heard)


# ── who speaks, and where


@pytest.mark.parametrize(("source", "lane"), [
    ({"type": "user", "userId": USER}, USER),
    ({"type": "group", "groupId": GROUP, "userId": USER}, GROUP),
    ({"type": "room", "roomId": "R1", "userId": USER}, "R1"),
    ({"type": "group", "groupId": GROUP}, GROUP),
    ({}, "agency"),
    (None, "agency"),
    ("U1", "agency"),
])  # fmt: skip
def test_a_lane_is_the_groups_else_the_persons_else_the_agencys(source, lane):
    assert lane_source({"source": source}) == lane


def test_an_answer_to_a_group_goes_to_the_group():
    heard = hear(text_event("สวัสดี", {"type": "group", "groupId": GROUP, "userId": USER}))
    assert (heard.to, heard.user_id, heard.mentioned) == (GROUP, USER, False)


# ── the bot's own name


def mention(text, *places):
    named = [{"index": index, "length": length, "type": "user", "isSelf": mine} for index, length, mine in places]
    return hear(text_event(text, {"groupId": GROUP}, mention={"mentionees": named}))


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def test_the_bots_name_is_cut_out():
    heard = mention("@ไอทีเอ คะแนนปีนี้", (0, utf16("@ไอทีเอ"), True))
    assert (heard.text, heard.mentioned) == ("คะแนนปีนี้", True)


@pytest.mark.parametrize("before", ["😀 ", "👨‍👩‍👧 สวัสดี ", "𝒜𝒷 ", "น้ำ "])
def test_places_are_counted_in_utf16_units(before):
    """An emoji is two units; counted as letters, half of the name would stay."""
    heard = mention(f"{before}@ไอทีเอ เมนู", (utf16(before), utf16("@ไอทีเอ"), True))
    assert heard.text == f"{before} เมนู".strip()


def test_the_names_of_others_stay():
    heard = mention("@สมชาย @บอท ดูหน่อย", (0, 6, False), (7, 4, True))
    assert (heard.text, heard.mentioned) == ("@สมชาย  ดูหน่อย", True)


def test_the_bots_name_is_cut_out_wherever_it_stands():
    heard = mention("@บอท คะแนน @บอท", (0, 4, True), (11, 4, True))
    assert heard.text == "คะแนน"


def test_a_mention_of_someone_else_is_not_of_the_bot():
    heard = mention("@สมชาย สวัสดี", (0, 6, False))
    assert (heard.text, heard.mentioned) == ("@สมชาย สวัสดี", False)


@given(
    before=st.text(letters, max_size=10),
    name=st.text(letters, min_size=1, max_size=8),
    after=st.text(letters, max_size=10),
)
def test_what_stands_around_the_name_is_kept(before, name, after):
    heard = mention(before + name + after, (utf16(before), utf16(name), True))
    assert heard.text == (before + after).strip()


# ── taps


def test_a_tap_of_ours_comes_back_as_it_was_written():
    data = urlencode(tap_data(Kind.GO, "score.now", values={"year": 2565, "title": "ก&ข=ค"}))
    heard = hear(postback(data))
    assert (heard.kind, heard.step, heard.values) == (Kind.GO, "score.now", {"year": "2565", "title": "ก&ข=ค"})


@given(st.text(letters, max_size=12), st.text(letters, max_size=12))  # 12 letters of %F0%9F%98%80 each: as long as fits
def test_an_answer_comes_back_as_it_was_written(step, chosen):
    heard = hear(postback(urlencode(tap_data(Kind.ANSWER, step, chosen))))
    assert (heard.kind, heard.step, heard.chosen) == (Kind.ANSWER, step, chosen)


@pytest.mark.parametrize("data", ["", "buy=1", "action=pay&item=3", '{"a":1}', "====", "%%%", "hello"])
def test_a_tap_that_is_not_ours_is_an_old_one(data):
    heard = hear(postback(data))
    assert (heard.kind, heard.trigger) == (Kind.TRIGGER, "event:stale_tap")


@pytest.mark.parametrize("status", ["SUCCESS", "RICHMENU_ALIAS_ID_NOTFOUND", "RICHMENU_NOTFOUND", "FAILED"])
def test_a_switch_of_the_rich_menu_is_no_tap(status):
    switch = postback("richmenu-changed", newRichMenuAliasId="staff", status=status)
    assert hear(switch) == Ignored("rich menu switch")


@pytest.mark.parametrize("picked", [{"date": "2026-12-25"}, {"time": "01:00"}, {"datetime": "2026-12-25T01:00"}])
def test_a_picked_date_is_the_answer(picked):
    heard = hear(postback("at=progress.when&a=", **picked))
    assert (heard.kind, heard.step, heard.chosen) == (Kind.ANSWER, "progress.when", next(iter(picked.values())))


def test_a_tap_in_a_group_is_meant_for_the_bot():
    event = postback("go=score.now") | {"source": {"groupId": GROUP, "userId": USER}}
    assert hear(event).mentioned


@pytest.mark.parametrize(
    ("unblocked", "value"), [({"isUnblocked": True}, True), ({"isUnblocked": False}, False), (None, False)]
)
def test_a_follow_tells_whether_it_is_a_return(unblocked, value):
    heard = hear({"type": "follow", "source": {"userId": USER}, "follow": unblocked})
    assert (heard.trigger, heard.values) == ("event:follow", {"unblocked": value})


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file", "location", "sticker"])
def test_what_is_not_words_has_a_trigger_of_its_kind(kind):
    assert hear({"type": "message", "message": {"type": kind}}).trigger == f"heard:{kind}"


# ── what is sent, taken back, or comes of a task


def sent(kind, **more):
    return hear({"type": "message", "source": {"userId": USER}, "message": {"type": kind, "id": "7", **more}})


def test_a_picture_tells_its_id_and_what_it_was_sent_with():
    heard = sent("image", imageSet={"id": "S", "index": 1, "total": 3}, contentProvider={"type": "line"})
    assert heard.message == "7"
    assert dict(heard.values) == {
        "kind": "image", "set": "S", "of_set": 3, "name": "", "size": 0, "elsewhere": False,
    }  # fmt: skip


def test_a_file_tells_its_name_and_size_and_what_lies_elsewhere_says_so():
    assert sent("file", fileName="บันทึก\0.pdf", fileSize=5).values["name"] == "บันทึก.pdf"
    assert sent("file", fileName="a", fileSize=5).values["size"] == 5
    assert sent("image", contentProvider={"type": "external", "originalContentUrl": "http://10.0.0.1/"}).values[
        "elsewhere"
    ]


def test_words_tell_by_what_they_are_taken_back():
    assert sent("text", text="https://example.go.th").message == "7"
    assert sent("text", text="x", id=["7"]).message == ""


def test_a_place_tells_where_it_is():
    heard = sent("location", title="อบต.", address="หมู่ 1", latitude=8.5, longitude=98.25)
    assert heard.message == "7"
    assert dict(heard.values) == {
        "kind": "location", "title": "อบต.", "address": "หมู่ 1", "latitude": 8.5, "longitude": 98.25,
    }  # fmt: skip


@given(kind=st.sampled_from(["image", "video", "audio", "file", "location"]), fields=st.dictionaries(
    st.sampled_from(["id", "fileName", "fileSize", "imageSet", "contentProvider", "title", "address", "latitude", "longitude"]),
    json_values,
))  # fmt: skip
def test_whatever_stands_in_its_fields_it_is_heard(kind, fields):
    assert (
        hear({"type": "message", "source": {"userId": USER}, "message": {**fields, "type": kind}}).trigger
        == f"heard:{kind}"
    )


def test_what_is_taken_back_is_named():
    heard = hear({"type": "unsend", "source": {"userId": USER}, "unsend": {"messageId": "325708"}})
    assert (heard.trigger, dict(heard.values), heard.reply_token) == ("event:unsend", {"message": "325708"}, "")
    assert hear({"type": "unsend", "unsend": ["x"]}).values["message"] == ""


def test_what_comes_of_a_task_is_heard_by_its_name():
    heard = hear(result("fetch_evidence", USER, {"copy": {"size": 5}}))
    assert (heard.trigger, heard.user_id, dict(heard.values)) == ("task:fetch_evidence", USER, {"copy": {"size": 5}})


@given(event=st.dictionaries(st.sampled_from(["source", "task", "mode"]), eventlike))
def test_an_event_that_only_calls_itself_a_task_does_no_harm(event):
    assert isinstance(hear({**event, "type": "task"}), Heard | Ignored)
