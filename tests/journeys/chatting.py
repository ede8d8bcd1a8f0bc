"""What a person does at the desk: type, tap, look."""

import re

from playwright.sync_api import Page, expect


def say(page: Page, text: str) -> None:
    page.get_by_test_id("input").fill(text)
    page.get_by_test_id("send").click()


def tap(page: Page, label: str) -> None:
    """A quick reply, once it is there."""
    whole = re.compile(rf"^\s*{re.escape(label)}\s*$")
    page.get_by_test_id("quick-reply").filter(has_text=whole).first.click()


def press(page: Page, label: str) -> None:
    """The newest button of that name, on a card or under a message."""
    page.get_by_role("button", name=label, exact=True).last.click()


def send_photo(page: Page, photo: bytes) -> None:
    page.locator("#photo-file").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": photo})


def hears(page: Page, text: str) -> None:
    expect(page.get_by_test_id("chat")).to_contain_text(text, timeout=30_000)
