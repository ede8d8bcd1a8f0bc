"""Looking at an address: what it comes to, and that nothing inside is ever reached, however the web leads there."""

import itertools
import socket
import ssl
import threading
import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.publishing.looking import MOST_BYTES, MOST_TURNS, look
from bot.publishing.outside import NO_CHECK_TIME, NoNames, Outside, trusted
from itadomain.oit.items import Outcome
from tests.publishing.web import HELLO, OTHER, PUBLIC, PUBLIC_6, SITE, SOME_DAY, answering, certificate, leading_to

TODAY, BANGKOK = date(2026, 11, 20), timezone(timedelta(hours=7))
PAGE = f"https://{SITE}/contact"
OVER = datetime(2024, 1, 1, tzinfo=UTC)
PLAIN = f"http://{SITE}/contact"


def seen(web, said=PLAIN, **more):
    return look(said, TODAY, BANGKOK, web.outside(**more))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.OPENS), (204, Outcome.OPENS), (404, Outcome.NOT_FOUND), (410, Outcome.NOT_FOUND),
        (401, Outcome.KEPT_OUT), (403, Outcome.KEPT_OUT), (429, Outcome.KEPT_OUT), (500, Outcome.SITE_FAULT),
        (503, Outcome.SITE_FAULT), (418, Outcome.ODD_ANSWER), (304, Outcome.ODD_ANSWER), (302, Outcome.ODD_ANSWER),
    ],
)  # fmt: skip
def test_what_a_site_answers_is_told(web, status, outcome):
    web.site(answering(f"HTTP/1.1 {status} So\r\n\r\n".encode()), port=80)
    found = seen(web)
    assert (found.on, found.outcome, found.status) == (TODAY, outcome, status)
    assert web.connected == [(PUBLIC, 80)]


def test_the_question_says_nothing_of_who_asks(web, monkeypatch):
    """Neither the agency's name, nor a cookie, a key or a proxy of the machine."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    web.site(answering(HELLO), port=80)
    seen(web, f"http://{SITE}/ติดต่อ เรา?a=1&b=%20#part".replace(" ", "%20"))
    (heard,) = web.heard
    lines = heard.decode("ascii").split("\r\n")
    assert (
        lines[0]
        == "GET /%E0%B8%95%E0%B8%B4%E0%B8%94%E0%B8%95%E0%B9%88%E0%B8%AD%20%E0%B9%80%E0%B8%A3%E0%B8%B2?a=1&b=%20 HTTP/1.1"
    )
    assert {line.partition(":")[0].lower() for line in lines[1:] if line} == {
        "host", "user-agent", "accept", "accept-encoding", "connection",
    }  # fmt: skip
    assert f"Host: {SITE}" in lines


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Wed, 18 Nov 2026 20:00:00 GMT", date(2026, 11, 19)),  # by the wall of Bangkok
        ("Sat, 01 Jan 2028 00:00:00 GMT", None),  # not yet
        ("yesterday", None), ("", None), ("Wed, 99 Nov 99999 99:99:99 GMT", None),
    ],
)  # fmt: skip
def test_when_a_page_was_changed_is_told_as_the_site_says_it(web, told, day):
    web.site(answering(f"HTTP/1.1 200 OK\r\nLast-Modified: {told}\r\n\r\n".encode()), port=80)
    assert seen(web).changed_on == day


# ── names and addresses


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.1.1", "::1", "::ffff:127.0.0.1", "fd00::1"],
)
def test_a_name_that_leads_inside_is_not_connected_to(web, inside):
    web.names[SITE] = [[inside]]
    assert seen(web).outcome is Outcome.NOT_PUBLIC
    assert web.connected == []


@pytest.mark.parametrize("answers", [[PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC], [PUBLIC, OTHER, PUBLIC_6, "::1"]])
def test_one_inside_among_many_is_enough_to_refuse(web, answers):
    web.site(answering(HELLO), port=80)
    web.names[SITE] = [answers]
    assert seen(web).outcome is Outcome.NOT_PUBLIC
    assert web.connected == []


def test_a_name_that_changes_its_mind_is_asked_once(web):
    """What was looked at is what is connected to: a second answer that leads inside is never heard."""
    web.site(answering(HELLO), port=80)
    web.names[SITE] = [[PUBLIC], ["127.0.0.1"]]
    assert seen(web).outcome is Outcome.OPENS
    assert (web.asked, web.connected) == ([SITE], [(PUBLIC, 80)])


def test_a_name_that_changes_its_mind_is_refused_where_it_leads_on_to_itself(web):
    web.site(leading_to("/elsewhere"), port=80)
    web.names[SITE] = [[PUBLIC], ["127.0.0.1"]]
    assert seen(web).outcome is Outcome.NOT_PUBLIC
    assert web.connected == [(PUBLIC, 80)]


def test_the_next_address_is_tried_where_one_takes_no_connection(web):
    web.site(answering(HELLO), port=80)
    web.names[SITE] = [[PUBLIC_6, PUBLIC]]

    def connect(address, port, seconds):
        if address == PUBLIC_6:
            raise OSError("no way there")
        return web.connect(address, port, seconds)

    assert seen(web, connect=connect).outcome is Outcome.OPENS


def test_a_name_that_leads_nowhere_is_told(web):
    assert seen(web).outcome is Outcome.NO_SUCH_SITE


def test_a_thai_name_is_asked_for_as_the_web_spells_it(web):
    spelled = "อบต.ไทย".encode("idna").decode()
    web.site(answering(HELLO), name=spelled, port=80)
    assert seen(web, "http://อบต.ไทย/").outcome is Outcome.OPENS
    assert web.asked == [spelled]
    assert f"Host: {spelled}".encode() in web.heard[0]


def test_names_that_cannot_be_asked_for_say_nothing_of_the_site(web):
    def resolve(host, port):
        raise NoNames

    with pytest.raises(NoNames):
        seen(web, resolve=resolve)


# ── what leads on


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/x", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://localhost/", "http://inside.example/", "https://www.x.go.th:8443/",
        "http://www.x.go.th:22/", "http://user:secret@www.x.go.th/", "ftp://www.x.go.th/", "file:///etc/passwd", "gopher://x.y/",
        "//127.0.0.1/", "http://www.x.go.th\\@127.0.0.1/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_leads_inside_is_not_followed(web, where):
    web.site(leading_to(where), port=80)
    web.names["inside.example"] = [["192.168.1.1"]]
    web.names["localhost"] = [["127.0.0.1"]]
    assert seen(web).outcome is Outcome.NOT_PUBLIC
    assert web.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("where", ["http://[www.x.go.th/", "//[", "http://[::1"])
def test_what_leads_on_to_no_address_at_all_is_told(web, where):
    web.site(leading_to(where), port=80)
    assert seen(web).outcome is Outcome.ODD_ANSWER


def test_what_leads_on_to_another_site_is_looked_at_anew(web):
    web.site(leading_to(f"http://new.{SITE}/here", 301), port=80)
    web.site(answering(HELLO), name=f"new.{SITE}", address=OTHER, port=80)
    assert seen(web).outcome is Outcome.OPENS
    assert web.connected == [(PUBLIC, 80), (OTHER, 80)]


def test_thai_in_what_leads_on_is_understood(web):
    web.site(leading_to("/หน้าแรก"), port=80)
    web.names[SITE] = [[PUBLIC], [OTHER]]
    web.site(answering(HELLO), address=OTHER, port=80)
    assert seen(web).outcome is Outcome.OPENS
    assert web.heard[-1].startswith(b"GET /%E0%B8%AB%E0%B8%99")


def test_what_leads_on_for_ever_is_left(web):
    web.site(leading_to("/again"), port=80)
    assert seen(web).outcome is Outcome.TOO_MANY_TURNS
    assert len(web.connected) == MOST_TURNS + 1


# ── certificates


def test_a_page_behind_a_certificate_opens(web):
    web.site(answering(HELLO), tls=certificate(SITE))
    assert (seen(web, PAGE).outcome, web.connected) == (Outcome.OPENS, [(PUBLIC, 443)])


def test_an_expired_certificate_is_told_and_the_page_looked_at(web):
    web.site(answering(HELLO), tls=certificate(SITE, OVER))
    found = seen(web, PAGE)
    assert (found.outcome, found.expired) == (Outcome.OPENS, True)


def test_behind_an_expired_certificate_a_page_may_be_missing(web):
    web.site(answering(b"HTTP/1.1 404 No\r\n\r\n"), tls=certificate(SITE, OVER))
    found = seen(web, PAGE)
    assert (found.outcome, found.expired) == (Outcome.NOT_FOUND, True)


@pytest.mark.parametrize(
    "shown",
    [
        ("another.go.th",), (SITE, SOME_DAY, True),
        ("another.go.th", OVER),  # expired, and another's as well
        (SITE, OVER, True),
    ],
)  # fmt: skip
def test_another_certificate_is_not_believed(web, shown):
    web.site(answering(HELLO), tls=certificate(*shown))
    assert seen(web, PAGE).outcome is Outcome.BAD_CERTIFICATE
    assert b"GET" not in b"".join(web.heard)


def test_a_site_that_speaks_no_tls_has_no_certificate(web):

    def serve(line, note):
        line.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")

    web.site(serve)
    assert seen(web, PAGE).outcome is Outcome.BAD_CERTIFICATE


# ── bounds


def test_a_site_that_says_nothing_is_left_in_time(web):
    done = threading.Event()

    def wait(line, note):
        done.wait(60)

    web.site(wait, port=80)
    began = time.monotonic()
    assert seen(web, clock=elapsing(0.0, 14.5, then=14.9)).outcome is Outcome.SILENT
    assert time.monotonic() - began < 30
    done.set()


def test_an_answer_that_drips_is_left_in_time(web):
    """Each letter comes soon enough: it is the whole that takes too long."""

    def drip(line, note):
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:  # until nobody listens any more
            line.sendall(b"X: y\r\n")
            time.sleep(0.005)

    web.site(drip, port=80)
    assert seen(web, clock=itertools.count(0, 1).__next__).outcome is Outcome.SILENT
    assert len(web.connected) == 1


def test_names_that_are_found_too_slowly_are_left_in_time(web):
    done = threading.Event()

    def resolve(host, port):
        done.wait(60)
        return [PUBLIC]

    assert seen(web, resolve=resolve, clock=elapsing(0.0, then=14.95)).outcome is Outcome.SILENT
    done.set()


def test_no_more_is_read_than_the_head(web):
    """A film of a gigabyte is no more than its first lines."""
    sent = []

    def pour(line, note):
        line.recv(4096)
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while len(sent) < 10_000:
                sent.append(line.send(b"x" * 65_536))
        except OSError:  # nobody listens any more
            done.set()

    done = threading.Event()
    web.site(pour, port=80)
    assert seen(web).outcome is Outcome.OPENS
    assert done.wait(10)
    assert sum(sent) < 64 * 2**20


def test_a_head_without_an_end_is_left(web):
    web.site(answering(b"HTTP/1.1 200 OK\r\n", *([b"X: " + b"y" * 1000 + b"\r\n"] * (MOST_BYTES // 900))), port=80)
    assert seen(web).outcome is Outcome.ODD_ANSWER


@pytest.mark.parametrize(
    "said",
    [
        b"", b"SSH-2.0-x\r\n\r\n", b"HTTP/2 200\r\n\r\n", b"HTTP/1.1 20x OK\r\n\r\n", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", b"\xff\xfe" * 50 + b"\r\n\r\n",
    ],
)  # fmt: skip
def test_what_is_no_answer_of_the_web_is_told(web, said):
    web.site(answering(said), port=80)
    assert seen(web).outcome in {Outcome.ODD_ANSWER, Outcome.UNREACHABLE}


def test_what_comes_before_the_answer_is_passed_over(web):
    web.site(answering(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", HELLO), port=80)
    assert seen(web).outcome is Outcome.OPENS


def test_a_port_where_nobody_listens_is_told(web):
    def connect(address, port, seconds):
        raise ConnectionRefusedError

    web.names[SITE] = [[PUBLIC]]
    assert seen(web, connect=connect).outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize("expired_too", [True, False])
def test_the_real_way_out_believes_whom_browsers_do_and_for_the_name_alone(expired_too):
    context = trusted(expired_too=expired_too)
    assert context.cert_store_stats()["x509_ca"] > 50
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert bool(context.verify_flags & NO_CHECK_TIME) is expired_too


def test_the_real_way_out_resolves_nothing_a_second_time():
    """What is connected to are figures, on this machine as well."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        Outside().connect("127.0.0.1", server.getsockname()[1], 1.0) as line,
    ):
        assert line.getpeername()[0] == "127.0.0.1"


def elapsing(*moments, then):
    """A clock that shows these moments, and then stands at `then`."""
    waiting = iter(moments)
    return lambda: next(waiting, then)
