"""A villager tells of a problem with a photo, gets a number, an officer sees it, and the villager asks how far it is."""

import re

from tests.journeys.chatting import hears, say, tap

AGENCY = "krasang"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def test_a_problem_gets_a_number_and_reaches_an_officer(trial, as_persona):
    villager = as_persona(AGENCY, "citizen")
    say(villager, "ไฟถนนดับหน้าวัด หมู่ 3")
    hears(villager, "ผู้ที่เห็นได้คือเจ้าหน้าที่ที่รับผิดชอบ")
    villager.locator("#photo-file").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PICTURE})
    hears(villager, "ข้อความ 1, รูปและอื่น ๆ 1")
    tap(villager, "ส่งเรื่อง")
    hears(villager, "เรื่องนี้เกี่ยวกับอะไร")
    villager.get_by_test_id("quick-reply").first.click()
    tap(villager, "ตอบในแชทนี้")
    hears(villager, "ตรวจก่อนส่ง")
    tap(villager, "ส่ง")
    hears(villager, "เลขรับเรื่อง")
    ticket = re.search(r"\d{2}-\d{6}-[A-Z]", villager.get_by_test_id("chat").inner_text())[0]

    officer = as_persona(AGENCY, "officer")
    hears(officer, "มีเรื่องรอท่าน")
    assert "ไฟถนน" not in officer.get_by_test_id("chat").inner_text()
    officer.get_by_role("button", name="เปิดดู", exact=True).last.click()
    hears(officer, "ไฟถนนดับหน้าวัด หมู่ 3")

    villager = as_persona(AGENCY, "citizen")
    say(villager, ticket)
    hears(villager, "กำหนดของหน่วยงาน: ")
    tap(villager, "เพิ่มข้อมูล")
    hears(villager, "พิมพ์ข้อความ หรือส่งรูป")
    say(villager, "ดับสามดวง")
    hears(villager, f"เพิ่มในเรื่อง {ticket} แล้ว")
