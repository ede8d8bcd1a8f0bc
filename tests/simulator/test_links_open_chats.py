"""A link of line.me opens the chat of an account on the desk, with its words typed and not sent."""

from urllib.parse import quote

import pytest

TEXT = "%E0%B8%95%E0%B8%AD%E0%B8%9A%E0%B9%81%E0%B8%9A%E0%B8%9A%20K7Q2"


def led(line, leads):

    status, answer, _ = line.call("GET", f"/sim/link?address={quote(leads, safe='')}", token=None)
    return answer if status == 200 else status


@pytest.mark.parametrize(("leads", "slug", "text"), [
    (f"https://line.me/R/oaMessage/%40thaimueang/?{TEXT}", "thaimueang", "ตอบแบบ K7Q2"),
    ("https://line.me/R/oaMessage/@krasang/?hello", "krasang", "hello"),
    ("https://line.me/R/oaMessage/%40krasang", "krasang", ""),
    ("https://line.me/R/ti/p/%40krasang", "krasang", ""),
    (" https://line.me/R/ti/p/@krasang?x=1 ", "krasang", ""),
])  # fmt: skip
def test_it_leads_to_its_account(line, leads, slug, text):
    assert led(line, leads) == {"slug": slug, "text": text}


@pytest.mark.parametrize("leads", [
    "", "ตอบแบบ", "https://line.me/R/oaMessage/%40nobody/?x", "http://line.me/R/oaMessage/%40krasang/?x",
    "https://line.me.example/R/oaMessage/%40krasang/?x", "https://line.me/R/msg/%40krasang/?x", "https://[", "https://line.me/",
])  # fmt: skip
def test_any_other_leads_nowhere(line, leads):
    assert led(line, leads) == 404


def test_the_account_tells_the_name_that_its_links_have(line):
    assert line.call("GET", "/v2/bot/info")[1]["basicId"] == "@thaimueang"
