"""Ask the grade as people do: open the page, type, tap, read."""

from playwright.sync_api import Page, expect

GRADE_CARD = "94.97"


def say(page: Page, text: str) -> None:
    page.get_by_test_id("input").fill(text)
    page.get_by_test_id("send").click()


def test_an_executive_asks_the_grade_and_taps_through(as_persona):
    page = as_persona("thaimueang", "executive")
    say(page, "ปีนี้เราได้เกรดอะไร")
    card = page.get_by_test_id("flex").filter(has_text="อีก 0.03 คะแนน").last
    expect(card).to_contain_text(GRADE_CARD)
    expect(card).to_contain_text("ระดับ A")
    expect(card).to_contain_text("2565")
    expect(card).to_contain_text("95.87")  # what the other printed table comes to
    card.get_by_role("button", name="คะแนนน้อยที่สุด").click()
    expect(page.get_by_test_id("flex").last).to_contain_text("ตัวชี้วัดจากน้อยไปมาก ปี 2565")
    card.get_by_role("button", name="ดูรายตัวชี้วัด").click()
    page.get_by_test_id("quick-reply").filter(has_text="ข้อ 7").click()
    expect(page.get_by_test_id("chat")).to_contain_text("ได้ 87.53 คะแนน")
    expect(page.get_by_test_id("bubble-bot").last).to_contain_text("88.74")  # the other table says so


def test_a_citizen_sees_the_published_grade_and_no_finding(as_persona):
    page = as_persona("thaimueang", "citizen")
    say(page, "อบต. เราได้คะแนน ITA เท่าไหร่คะ")
    card = page.get_by_test_id("flex").last
    expect(card).to_contain_text(GRADE_CARD)
    expect(card).to_contain_text("ระดับ A")
    expect(card).not_to_contain_text("95.87")
    expect(card).not_to_contain_text("มีอะไรไม่ตรงกัน")


def test_a_citizen_sees_a_contradicted_figure_as_not_confirmed(as_persona):
    page = as_persona("krasang", "citizen")
    say(page, "คะแนนล่าสุด")
    card = page.get_by_test_id("flex").last
    expect(card).to_contain_text("ยังไม่ยืนยัน")
    expect(card).not_to_contain_text("88.87")


def test_the_menu_under_the_chat_speaks_the_villagers_words(as_persona):
    page = as_persona("nongmueang", "citizen")
    page.get_by_test_id("rich-menu").wait_for(timeout=30_000)
    page.get_by_label("แจ้งปัญหา").first.click()
    expect(page.get_by_test_id("bubble-bot").last).to_contain_text("เล่าเรื่อง ส่งรูป")


def test_a_visitor_changes_to_english(as_persona):
    page = as_persona("srikham", "citizen")
    say(page, "English please")
    expect(page.get_by_test_id("bubble-bot").last).to_contain_text("I will answer in English")
    say(page, "what is our grade")
    expect(page.get_by_test_id("flex").last).to_contain_text("Grade A")
    say(page, "ขอเป็นภาษาไทย")
    expect(page.get_by_test_id("bubble-bot").last).to_contain_text("ภาษาไทย")


def test_the_page_fits_a_small_phone(browser, trial):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(trial.desk_url)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 360
