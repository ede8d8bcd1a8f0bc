"""Whoever may post and whatever is asked for: a stranger learns nothing, and nothing of theirs is stored."""

import contextlib
import logging

import pytest

from bot.channels import MOST_UNKNOWN, Channels
from bot.storage.queue import State
from tests.line.edge import Edge, event
from tests.line.odd import body_of


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_only_a_post_is_answered_and_nothing_is_told_about_who_is_there(steady_edge, method):
    known, unknown = (steady_edge.client.open(f"/line/{slug}/webhook", method=method) for slug in ("bare", "nowhere"))
    assert known.status_code == unknown.status_code == 405
    assert known.headers["Allow"] == "POST"
    assert (known.data, known.headers.to_wsgi_list()) == (unknown.data, unknown.headers.to_wsgi_list())


@pytest.mark.parametrize(
    "slug", ["nowhere", "BARE", "bare%00", "%00", "%ff", "bare%0a", "กข", "a" * 5000, "'", "bare ", "%"]
)
def test_an_address_that_is_nobodys_is_answered_like_a_wrong_signature(steady_edge, slug):
    body = body_of(event("e"))
    wrong = steady_edge.post_body(body, signature=steady_edge.sign("another secret", body))
    unknown = steady_edge.client.post(
        f"/line/{slug}/webhook", data=body, headers={"X-Line-Signature": steady_edge.sign("secret-bare", body)}
    )
    assert (unknown.status_code, unknown.data) == (401, wrong.data)
    assert unknown.headers.to_wsgi_list() == wrong.headers.to_wsgi_list()


@pytest.mark.parametrize("slug", ["bare\0", "BARE", "bare\n", "ก", "", "-bare", "b" * 64, "bare/../bare"])
def test_what_cannot_be_an_address_is_neither_looked_up_nor_remembered(slug):
    """PostgreSQL refuses a question with a NUL in it, and the answer would be a 500."""
    looked_up = []
    channels = Channels(looked_up, looked_up)
    assert channels.by_slug(slug) is None
    assert (channels._known, channels._unknown) == ({}, {})


class Table:
    """An agency table that counts how often it is asked."""

    def __init__(self, *slugs):
        self.slugs = slugs
        self.asked = []

    def reading(self, *, across):
        return contextlib.nullcontext()

    def by_slug(self, _connection, slug):
        self.asked.append(slug)
        return f"agency {slug}" if slug in self.slugs else None


def test_an_address_is_looked_up_once_whoever_has_it():
    table = Table("bare")
    channels = Channels(table, table)
    assert [channels.by_slug(slug) for slug in ("bare", "nowhere") * 3] == ["agency bare", None] * 3
    assert table.asked == ["bare", "nowhere"]


def test_a_flood_of_addresses_is_forgotten_and_the_real_ones_are_not():
    table = Table("bare")
    channels = Channels(table, table)
    channels.by_slug("bare")
    for number in range(MOST_UNKNOWN + 1):
        channels.by_slug(f"a{number}")
    assert len(channels._unknown) == 1
    channels.by_slug("bare")
    assert table.asked.count("bare") == 1


def test_an_agency_whose_secret_does_not_open_is_answered_like_a_wrong_signature_and_told_once(edge, caplog):
    """A 500 would tell who is here; and each of many webhooks would write a line."""
    body = body_of(event("e"))
    wrong = edge.post_body(body, signature=edge.sign("another secret", body))
    edge.core.database.write(lambda c: c.exec_driver_sql("UPDATE agency SET channel_secret = access_token"))
    with caplog.at_level(logging.ERROR):
        fresh = Edge(edge.core, edge.sign)  # the other web process remembers the secret for a few seconds
        answers = [fresh.post_body(body) for _ in range(3)]
    assert {(one.status_code, one.data) for one in answers} == {(401, wrong.data)}
    assert answers[0].headers.to_wsgi_list() == wrong.headers.to_wsgi_list()
    assert [record.message for record in caplog.records] == [
        "its secrets do not open with these keys; what LINE delivers is refused"
    ]
    assert fresh.stored == 0
    fresh.close()


@pytest.mark.parametrize("change", [
    lambda right: right[:-1], lambda right: right + "=", lambda right: right * 2, lambda right: right * 1000,
    lambda right: right.swapcase(), lambda right: right.rstrip("="), lambda right: f"{right},{right}", lambda _: "=" * 44,
    lambda right: right.replace("=", "ก").encode().decode("latin-1"), lambda right: f"sha256={right}", lambda _: " ",
    lambda right: right[:-2] + chr(ord(right[-2]) + 1) + "=",  # other spare bits: to a lax decoder the same bytes
])  # fmt: skip
def test_a_signature_that_is_nearly_right_is_wrong(steady_edge, change):
    body = body_of(event("e"))
    assert steady_edge.post_raw(body, signature=change(steady_edge.sign("secret-bare", body))) == 401
    assert steady_edge.stored == 0


def test_a_signature_of_another_body_or_agency_is_wrong(steady_edge):
    mine, other = body_of(event("e")), body_of(event("f"))
    assert steady_edge.post_raw(mine, signature=steady_edge.sign("secret-bare", other)) == 401
    assert steady_edge.post_raw(mine, signature=steady_edge.sign("secret-krasang", mine)) == 401
    assert steady_edge.stored == 0


def test_a_right_body_posted_again_is_fine_and_stored_once(edge):
    body = body_of(event("e"), event("f"))
    assert [edge.post_body(body).status_code for _ in range(3)] == [200] * 3
    edge.work()
    assert edge.post_body(body).status_code == 200
    assert edge.stored == 2
    assert edge.states == {State.DONE}


def test_one_person_at_two_agencies_is_two_people(edge):
    """Sessions of two accounts that are kept under the user's id alone get mixed up."""
    for slug in ("bare", "krasang"):
        edge.post([event("e")], slug=slug)
    edge.work()
    assert edge.rows("SELECT COUNT(DISTINCT lane) FROM inbox") == [(2,)]
    assert edge.rows("SELECT COUNT(*) FROM person") == [(2,)]
