"""What people may type as the address of a page, before anything is opened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.oit.address import LONGEST, address
from itadomain.refusals import Refusal


@pytest.mark.parametrize(
    ("said", "host", "port", "path"),
    [
        ("https://www.bangsommut.go.th", "www.bangsommut.go.th", 443, "/"),
        ("  http://bangsommut.go.th/ita/o5.html?year=2570#top ", "bangsommut.go.th", 80, "/ita/o5.html?year=2570"),
        ("www.bangsommut.go.th/contact", "www.bangsommut.go.th", 443, "/contact"),
        ("HTTPS://WWW.Bangsommut.GO.TH/A", "www.bangsommut.go.th", 443, "/A"),
        ("https://bangsommut.go.th.:443/x", "bangsommut.go.th", 443, "/x"),
        ("http://bangsommut.go.th?page=5", "bangsommut.go.th", 80, "/?page=5"),
        ("https://อบต.ไทย/ติดต่อ", "อบต.ไทย", 443, "/ติดต่อ"),
        ("https://ท่าช้าง.องค์กร.ไทย/", "ท่าช้าง.องค์กร.ไทย", 443, "/"),
        ("https://xn--o3cw4h.xn--12cfi8ixb8l/", "xn--o3cw4h.xn--12cfi8ixb8l", 443, "/"),
        ("https://drive.google.com/file/d/1a-B_c/view", "drive.google.com", 443, "/file/d/1a-B_c/view"),
        ("https://site.go.th/a@b:8080", "site.go.th", 443, "/a@b:8080"),
    ],
)
def test_an_address_is_taken_apart(said, host, port, path):
    found = address(said)
    assert (found.host, found.port, found.path) == (host, port, path)
    assert address(str(found)) == found


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("", "oit.no_address"), ("ยังไม่มี ค่ะ", "oit.no_address"), ("ftp://a.go.th/", "oit.no_address"), ("https://a.go.th/x y", "oit.no_address"),
        ("javascript://a.go.th/%0a", "oit.no_address"), ("file:///etc/passwd", "oit.no_address"), ("https://a.go.th/\x00", "oit.no_address"),
        ("https://a.go.th\\@b.go.th/", "oit.no_address"), ("https://a.go.th/" + "x" * LONGEST, "oit.no_address"),
        ("https://user:secret@a.go.th/", "oit.no_names_in_address"), ("https://a.go.th@127.0.0.1/", "oit.no_names_in_address"),
        ("https://a.go.th:8443/", "oit.no_such_port"), ("http://a.go.th:22/", "oit.no_such_port"), ("https://a.go.th:0443/", "oit.no_such_port"),
        ("https://a.go.th:๔๔๓/", "oit.no_such_port"), ("https://[::1]/", "oit.no_such_port"),
        ("https://127.0.0.1/", "oit.no_host"), ("https://93.184.216.34/", "oit.no_host"), ("https://127.1/", "oit.no_host"),
        ("https://2130706433/", "oit.no_host"), ("https://0x7f000001/", "oit.no_host"), ("https://0x7f.0.0.0x1/", "oit.no_host"),
        ("https://0177.0.0.1/", "oit.no_host"), ("https://127.0.0.1./", "oit.no_host"), ("https://๑๒๗.๐.๐.๑/", "oit.no_host"),
        ("https://localhost/", "oit.no_host"), ("https:///x", "oit.no_host"), ("https://a..go.th/", "oit.no_host"), ("https://-a.go.th/", "oit.no_host"),
        ("https://a_.go.th/", "oit.no_host"), ("https://a b.go.th/", "oit.no_address"), ("https://" + "a" * 64 + ".go.th/", "oit.no_host"),
        ("https://" + "a." * 130 + "th/", "oit.no_host"), ("https://a%2ego.th/", "oit.no_host"), ("https://a.go.th../", "oit.no_host"),
    ],
)  # fmt: skip
def test_what_not_everybody_may_open_is_refused(said, key):
    with pytest.raises(Refusal) as no:
        address(said)
    assert no.value.key == key


@given(
    st.text(max_size=60) | st.text(alphabet="htps:/.@a0x1[]ก%\\?#-_ ", max_size=40).map(lambda rest: f"https://{rest}")
)
def test_whatever_is_typed_is_an_address_or_a_clear_no(said):
    try:
        found = address(said)
    except Refusal as no:
        assert no.key.startswith("oit.no_")
        return
    assert found.port in {80, 443}
    assert "@" not in found.host
    assert ":" not in found.host
    assert not found.host.rsplit(".", 1)[-1].isdecimal()
    assert found.path.startswith("/")
    assert address(str(found)).host == found.host
