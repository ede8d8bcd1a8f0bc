"""What LINE hears from us, and what is stored: signed bodies only, each event once, sealed."""

import json
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage.queue import State
from tests.line.edge import as_of_now, event

LIMIT = 1_000_000
WORDS = "ถ้อยคำที่ไม่มีใครพูด"
#: The same at every run, or its signature would make other examples of what is drawn.
REFUSED = json.dumps({"events": [event("never", timestamp=0)]}).encode()


def test_a_signed_event_is_stored_and_answered_ok(edge):
    answer = edge.post([event("e")])
    assert (answer.status_code, answer.text) == (200, "OK")
    assert edge.stored == 1


def test_a_body_without_a_signature_is_a_bad_request(edge):
    assert edge.post([event("e")], signature="").status_code == 400
    assert edge.stored == 0


def test_a_wrong_signature_and_an_unknown_address_look_the_same(edge):
    body = json.dumps({"events": [event("e")]}).encode()
    wrong = edge.post_body(body, signature=edge.sign("another secret", body))
    unknown = edge.post_body(body, slug="nowhere")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.data == unknown.data
    assert wrong.headers.to_wsgi_list() == unknown.headers.to_wsgi_list()
    assert edge.stored == 0


def test_another_agencys_secret_does_not_open_this_ones_door(edge):
    body = json.dumps({"events": [event("e")]}).encode()
    assert edge.post_body(body, slug="bare", signature=edge.sign("secret-krasang", body)).status_code == 401


@pytest.mark.parametrize("signature", ["ก", "=", "a" * 10_000, "\x7f", "é"])
def test_a_signature_of_any_letters_is_only_wrong(edge, signature):
    raw = signature.encode().decode("latin-1")
    assert edge.post([event("e")], signature=raw).status_code == 401


def test_an_empty_body_of_events_is_fine(edge):
    """LINE's console sends one to try the address."""
    assert edge.post([]).status_code == 200
    assert edge.stored == 0


def test_a_body_of_a_megabyte_is_taken_and_a_larger_one_is_not(edge):
    frame = len(json.dumps({"destination": "U0", "events": [event("e", "")]}))
    assert edge.post([event("e", "a" * (LIMIT - frame))]).status_code == 200
    assert edge.post([event("f", "a" * (LIMIT - frame + 1))]).status_code == 413
    assert edge.stored == 1


def test_a_large_body_is_refused_whoever_signed_it(edge):
    assert edge.post([event("f", "a" * LIMIT)], signature="wrong").status_code == 413


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b'"events"', b"{}", b'{"events": {}}', b'{"events": null}', b'{"events": "x"}', b"\xff\xfe\x00",
    b"[" * 100_000, b'{"events": ' + b"[" * 100_000, b'{"events": [' + b'{"a":' * 50_000, b"1" * 5000,
])  # fmt: skip
def test_a_signed_body_that_is_no_webhook_is_a_bad_request(edge, body):
    assert edge.post_body(body).status_code == 400
    assert edge.stored == 0


@pytest.mark.parametrize("depth", range(50, 1100, 75))
def test_a_deep_event_is_taken_or_refused_but_never_breaks(edge, depth):
    """What is taken must be readable again in the worker."""
    body = b'{"events": [{"webhookEventId": "deep", "x": ' + b"[" * depth + b"]" * depth + b"}]}"
    answer = edge.post_body(body)
    assert answer.status_code in {200, 400}
    edge.work()
    assert edge.rows("SELECT COUNT(*) FROM inbox WHERE state = 0") == [(0,)]


def test_what_is_no_event_is_passed_over(edge):
    assert edge.post([1, None, "x", [], event("e")]).status_code == 200
    assert edge.stored == 1


@pytest.mark.parametrize("odd", [
    {}, {"webhookEventId": 7}, {"webhookEventId": None}, {"timestamp": "soon"}, {"timestamp": 10**40}, {"timestamp": -1},
    {"timestamp": True}, {"timestamp": 1.5}, {"source": []}, {"webhookEventId": ""},
])  # fmt: skip
def test_an_event_of_an_odd_shape_is_taken(edge, odd):
    assert edge.post([odd]).status_code == 200
    assert edge.stored == 1
    assert edge.post([odd]).status_code == 200
    assert edge.stored == 1


@pytest.mark.parametrize("odd", [{"webhookEventId": "\ud800"}, {"source": {"userId": "\ud800"}}])
def test_an_id_with_half_an_emoji_is_taken(edge, odd):
    assert edge.post([event("e", **odd)]).status_code == 200
    assert edge.stored == 1


def test_when_storing_fails_line_is_asked_to_deliver_again(edge):
    edge.core.database.write(lambda c: c.exec_driver_sql("ALTER TABLE inbox RENAME TO gone"))
    assert edge.post([event("e")]).status_code == 500
    edge.core.database.write(lambda c: c.exec_driver_sql("ALTER TABLE gone RENAME TO inbox"))
    assert edge.post([event("e")]).status_code == 200
    assert edge.stored == 1


def test_all_events_of_a_body_are_stored_or_none(edge):
    trigger = (
        "CREATE TRIGGER full BEFORE INSERT ON inbox WHEN NEW.event_id = 'bad' BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    edge.core.database.write(lambda c: c.exec_driver_sql(trigger))
    assert edge.post([event("good"), event("bad")]).status_code == 500
    assert edge.stored == 0


def test_an_event_is_stored_once_however_often_it_comes(edge):
    assert edge.post([event("e"), event("e"), event("f")]).status_code == 200
    assert edge.post([event("e", deliveryContext={"isRedelivery": True})]).status_code == 200
    assert edge.stored == 2


def test_the_same_event_id_of_two_agencies_is_two_events(edge):
    edge.post([event("e")], slug="bare")
    edge.post([event("e")], slug="krasang")
    assert edge.stored == 2


def test_many_at_a_time_are_each_stored_once(edge):
    answers = []

    def deliver(number):
        client = edge.client.application.test_client()
        body = json.dumps({"events": [event(f"e{number % 8}")]}).encode()
        headers = {"X-Line-Signature": edge.sign("secret-bare", body)}
        answers.append(client.post("/line/bare/webhook", data=body, headers=headers).status_code)

    threads = [threading.Thread(target=deliver, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 24
    assert edge.stored == 8


def test_every_example_of_line_is_taken_and_worked_off(edge, line_events):
    assert edge.post(as_of_now(line_events)).status_code == 200
    ids = {one["webhookEventId"] for one in line_events}
    assert edge.stored == len(ids)
    edge.work()
    states = {State(state) for (state,) in edge.rows("SELECT DISTINCT state FROM inbox")}
    assert states == {State.DONE, State.IGNORED}
    assert edge.rows("SELECT COUNT(*) FROM inbox WHERE body IS NOT NULL") == [(0,)]


def test_no_one_without_a_name_becomes_a_person(edge, line_events):
    edge.post(as_of_now(one for one in line_events if "userId" not in one.get("source", {})))
    assert edge.stored
    edge.work()
    assert edge.rows("SELECT COUNT(*) FROM person") == [(0,)]


def test_a_message_without_a_sender_makes_no_person(edge):
    edge.post([event("e", source={"type": "user"})])
    edge.work()
    assert edge.rows("SELECT COUNT(*) FROM person") == [(0,)]


def test_a_stored_body_is_sealed_and_emptied_when_done(edge):
    edge.post([event("e", WORDS)])
    ((body,),) = edge.rows("SELECT body FROM inbox")
    assert body.startswith("v1.")
    assert WORDS not in body
    assert json.dumps(WORDS)[1:-1] not in body
    edge.work()
    assert edge.rows("SELECT body, state FROM inbox") == [(None, State.DONE)]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_changed_byte_of_the_body_is_refused(steady_edge, data):
    place = data.draw(st.integers(0, len(REFUSED) - 1))
    flipped = REFUSED[:place] + bytes([REFUSED[place] ^ data.draw(st.integers(1, 255))]) + REFUSED[place + 1 :]
    assert steady_edge.post_body(flipped, signature=steady_edge.sign("secret-bare", REFUSED)).status_code == 401
    assert steady_edge.stored == 0


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_changed_letter_of_the_signature_is_refused(steady_edge, data):
    right = steady_edge.sign("secret-bare", REFUSED)
    place = data.draw(st.integers(0, len(right) - 1))
    letter = data.draw(st.sampled_from("ABCxyz019+/=").filter(lambda one: one != right[place]))
    wrong = right[:place] + letter + right[place + 1 :]
    assert steady_edge.post_body(REFUSED, signature=wrong).status_code == 401
    assert steady_edge.stored == 0


def test_up_ready_and_metrics_are_told(edge):
    edge.post([event("e")])
    assert edge.client.get("/healthz").status_code == 200
    assert edge.client.get("/readyz").status_code == 200
    assert 'itabot_ready_lanes{kind="turn"} 1.0' in edge.client.get("/metrics").text


def test_what_comes_of_our_own_tasks_is_taken_from_nobody_outside(edge):
    """Whoever could sign as LINE could else tell the lane that a copy was made."""
    forged = {**event("forged"), "type": "task", "task": {"name": "fetch_evidence", "values": {}}}
    assert edge.post([forged, event("real")]).status_code == 200
    assert edge.rows("SELECT event_id FROM inbox") == [("real",)]
