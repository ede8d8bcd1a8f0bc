"""An officer asks for the measures, taps the file, saves it and opens it; tapped again it says that it was saved."""

import io
import re
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from tests.journeys.chatting import say, tap

AGENCY = "thaimueang"
PHONE = {"width": 360, "height": 740}


def page_of_the_file(officer: Page) -> Page:
    """What the newest tap on the file opens."""
    with officer.context.expect_page() as opening:
        tap(officer, "ไฟล์ Word")
    page = opening.value
    page.set_viewport_size(PHONE)
    return page


def test_a_paper_is_fetched_once(trial, as_persona):
    officer = as_persona(AGENCY, "staff")
    say(officer, "มาตรการ")
    tap(officer, "มาตรการทั้งหมด")
    page = page_of_the_file(officer)
    save = page.get_by_role("button", name="บันทึกไฟล์")
    expect(save).to_be_visible(timeout=30_000)  # the page looks again by itself
    expect(page.locator("main")).to_contain_text("เอกสารนี้ยังไม่ได้อนุมัติ")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    with page.expect_download() as saving:
        save.click()
    assert re.fullmatch(r"มาตรการส่งเสริมคุณธรรมและความโปร่งใส ปี 25\d\d\.docx", saving.value.suggested_filename)
    file = docx.Document(io.BytesIO(Path(saving.value.path()).read_bytes()))
    assert len(file.tables[0].rows) > 1

    save.click()
    expect(page.locator("main")).to_contain_text("ไฟล์นี้บันทึกไปแล้วเมื่อ")
    again = page_of_the_file(officer)
    expect(again.locator("main")).to_contain_text("โปรดขอไฟล์ในแชตอีกครั้ง")
    expect(again.get_by_role("button", name="บันทึกไฟล์")).to_have_count(0)
