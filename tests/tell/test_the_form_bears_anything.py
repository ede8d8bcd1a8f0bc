"""Floods, forgeries, faults and noise: a polite page, nothing lost, and no word of anybody in a log."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.tell.buckets import LIMITS, Buckets, Kind
from bot.tell.filled import LONGEST
from tests.tell.visitor import LARGEST_PAGE, SLUG, MemoryHouse, Visitor, a_town, an_app

STORY = "เรียกรับเงินค่าออกใบอนุญาตก่อสร้างห้าพันบาท"
WRONG = "7K2M4N8P0QRSTVWX"
FIELDS = [
    "page",
    "go",
    "to",
    "lang",
    "unit",
    "top",
    "receipt",
    "stamp",
    "mending",
    "code",
    "more",
    "disagree",
    *LONGEST,
]
PRESSED = ["about", "readers", "what", "name", "review", "nobody", "enter", "follow", "done", "added", "start", "next",
           "back", "again", "send", "open", "add", "disagree", "tell", "mend_what", "mend_", "en", "1", WRONG]  # fmt: skip


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def crowded(house, day, tmp_path, clock):
    return Visitor(an_app(house, tmp_path, buckets=Buckets(clock), day=day).test_client())


def test_too_many_at_once_wait_and_lose_nothing(crowded, store, clock):
    for _ in range(LIMITS[Kind.NEW][0]):
        crowded.sends()
    crowded.tells(what=STORY, unit=["กองคลัง"]).presses("send")
    assert (crowded.status, crowded.says("ยังทำไม่ได้ตอนนี้", "ไม่ต้องพิมพ์ใหม่")) == (429, True)
    crowded.presses("ลองอีกครั้ง")
    assert crowded.status == 429
    clock.now += LIMITS[Kind.NEW][1]
    crowded.presses("ลองอีกครั้ง")
    assert crowded.says("ส่งเรื่องแล้ว")
    assert store.disclosures.new[crowded.code][0].told["what"] == STORY


def test_one_agencys_crowd_is_not_anothers(crowded, house):
    for _ in range(LIMITS[Kind.NEW][0] + 1):
        crowded.tells(what=STORY).presses("send")
    assert crowded.status == 429
    crowded.slug = "south"
    assert crowded.sends(what=STORY)


def test_many_wrong_codes_wait_and_right_ones_do_not(crowded):
    code = crowded.sends()
    for _ in range(LIMITS[Kind.WRONG_CODE][0]):
        assert crowded.follows(WRONG).status == 404
    assert crowded.follows(WRONG).status == 429
    assert crowded.follows(code).status == 200


def test_a_fault_loses_nothing_and_tells_no_word(visitor, house, caplog):
    visitor.tells(what=STORY)
    house.broken = True
    with caplog.at_level(logging.DEBUG):
        visitor.presses("send")
    assert (visitor.status, visitor.says("ระบบขัดข้องชั่วคราว")) == (503, True)
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "a page of the form failed: OSError at visitor.py" in said
    assert not [one for one in ("secret", STORY, "receipt") if one in said + caplog.text]
    house.broken = False
    visitor.presses("ลองอีกครั้ง")
    assert visitor.says("ส่งเรื่องแล้ว")


def test_where_not_even_the_agency_is_found_nothing_is_lost(visitor, house):
    visitor.tells(what=STORY)
    house.away = True
    visitor.presses("send")
    assert (visitor.status, visitor.carried["what"]) == (503, STORY)
    assert visitor.opens().status == 503
    house.away = False


def test_an_address_that_is_nobodys_is_told_plainly(visitor):
    for address in ("/tell/nobody", "/tell/nobody?lang=en", "/tell/NORTH"):
        visitor.opens(address)
        assert visitor.status == 404
        assert "<form" not in visitor.html
    visitor.posts("/tell/nobody", [("go", "tell")])
    assert visitor.status == 404


def test_other_methods_are_sane(visitor):
    answers = {
        method: getattr(visitor.client, method)(f"/tell/{SLUG}") for method in ("head", "options", "put", "delete")
    }
    assert [answers[method].status_code for method in answers] == [200, 200, 405, 405]
    assert answers["head"].data == b""
    assert {answer.headers["Referrer-Policy"] for answer in answers.values()} == {"no-referrer"}
    assert visitor.client.get(f"/tell/{SLUG}/files").status_code == 405


def test_more_than_a_form_can_be_is_not_read(visitor):
    visitor.posts(f"/tell/{SLUG}", [("page", "what"), ("what", "ก" * 200_000)])
    assert (visitor.status, visitor.says("มากเกินไป")) == (413, True)
    visitor.posts(f"/tell/{SLUG}/files", [("code", WRONG)], (b"\0" * 12_000_000, "x"))
    assert (visitor.status, visitor.says("มากเกินไป")) == (413, True)


def test_every_page_is_small(visitor):
    for press in ("tell", "next", "next", "next", "next", "next", "next", "next"):
        (visitor if visitor.page else visitor.opens()).presses(press)
        assert len(visitor.html.encode()) < LARGEST_PAGE
    style = visitor.client.get("/tell/-/style.css")
    assert (style.mimetype, len(style.data) < LARGEST_PAGE, b"url(" in style.data) == ("text/css", True, False)


def test_what_was_typed_is_never_markup(visitor):
    visitor.tells(what="</textarea><script>alert(1)</script>", who='"><img src=x>', name="{{ 7*7 }}")
    assert "<script>" not in visitor.html
    visitor.presses("mend_what")
    assert visitor.carried["what"] == "</textarea><script>alert(1)</script>"


def test_nothing_says_who_came_from_where(visitor, store, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = visitor.client.get(
            f"/tell/{SLUG}", headers={"X-Forwarded-For": "203.0.113.9", "User-Agent": "Phone of one"}
        )
    assert answer.status_code == 200
    assert "203.0.113.9" not in answer.text + caplog.text + repr(store)


@pytest.fixture(scope="module")
def noisy(tmp_path_factory):
    return Visitor(an_app(MemoryHouse({SLUG: a_town()}), tmp_path_factory.mktemp("noise")).test_client())


words = st.one_of(
    st.sampled_from(PRESSED), st.text(max_size=40), st.sampled_from(["ก" * 1501, "\x00\ud7ff", "\u202e", "%00"])
)


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(fields=st.lists(st.tuples(st.one_of(st.sampled_from(FIELDS), st.text(max_size=9)), words), max_size=12))
def test_any_fields_give_a_page(noisy, fields):
    noisy.posts(f"/tell/{SLUG}", fields)


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(page=st.sampled_from(PRESSED), go=st.sampled_from(PRESSED), more=st.dictionaries(st.sampled_from(FIELDS), words))
def test_any_button_on_any_page_gives_a_page(noisy, page, go, more):
    noisy.posts(f"/tell/{SLUG}", [*more.items(), ("page", page), ("go", go)][::-1])


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=300), kind=st.sampled_from([
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "", "ก/ข",
]), address=st.sampled_from([f"/tell/{SLUG}", f"/tell/{SLUG}/files"]))  # fmt: skip
def test_any_bytes_give_a_page(noisy, body, kind, address):
    noisy.sees(noisy.client.post(address, data=body, headers={"Content-Type": kind.encode().decode("latin-1")}))


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(query=st.text(max_size=30))
def test_any_language_gives_a_page(noisy, query):
    noisy.sees(noisy.client.get(f"/tell/{SLUG}", query_string={"lang": query}))


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_that_another_page_sent_begins_anew(visitor, site):
    """Else that page could put a code which it knows under what somebody goes on to tell."""
    visitor.tells(what=STORY)
    planted = visitor.carried | {"page": "name", "go": "next"}
    for address in (f"/tell/{SLUG}", f"/tell/{SLUG}/files"):
        visitor.sees(visitor.client.post(address, data=planted, headers={"Sec-Fetch-Site": site}))
        assert (visitor.status, set(visitor.carried)) == (200, {"lang", "page"})
        assert visitor.carried["page"] == "start"


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_form_that_our_page_sent_goes_on(visitor, site):
    visitor.tells(what=STORY)
    sent = visitor.carried | {"go": "send"}
    visitor.sees(visitor.client.post(f"/tell/{SLUG}", data=sent, headers={"Sec-Fetch-Site": site}))
    assert visitor.says("ส่งเรื่องแล้ว")


@pytest.mark.parametrize("field", ["what", "who", "code"])
@pytest.mark.parametrize("filler", ["่", "่้", "A-", "ก่"])
def test_as_much_of_one_sign_as_fits_gives_a_page(visitor, field, filler):
    """What looked at each sign as often as there are signs would stop here, and the form for everyone."""
    much = filler * (190_000 // len(filler.encode()))
    page = "enter" if field == "code" else "what"
    body = "".join(f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{said}\r\n'
                   for key, said in (("page", page), ("go", "back"), (field, much)))  # fmt: skip
    kind = "multipart/form-data; boundary=x"
    visitor.sees(visitor.client.post(f"/tell/{SLUG}", data=f"{body}--x--\r\n".encode(), content_type=kind))
    assert visitor.status in {200, 404}
