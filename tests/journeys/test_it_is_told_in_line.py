"""Somebody tells of corruption in LINE, a receiver hears of it after the round, and it is followed from another account."""

import re

from tests.journeys.chatting import hears, say, tap
from tests.journeys.test_it_is_told_outside_line import the_round

AGENCY = "krasang"
STORY = "เรียกเงินห้าพันบาทก่อนเซ็นใบอนุญาตทุกครั้ง"
CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")


def test_it_is_told_received_and_followed(trial, as_persona):
    villager = as_persona(AGENCY, "citizen")
    say(villager, "จะแจ้งทุจริต")
    hears(villager, "LINE และโทรศัพท์ของท่านยังมีข้อความเหล่านี้อยู่")
    tap(villager, "แจ้งในแชทนี้ ไม่มีชื่อ")
    hears(villager, "เรื่องนี้เกี่ยวกับใคร")
    tap(villager, "ไม่ทราบ")
    hears(villager, "ผู้ที่จะอ่านได้")
    tap(villager, "เล่าต่อ")
    for asked, said in (("เกิดอะไรขึ้น", STORY), ("เกิดเมื่อใด", "เดือนก่อน"), ("เกิดที่ไหน", "ที่สำนักงาน")):
        hears(villager, asked)
        say(villager, said)
    hears(villager, "มีอะไรให้ตรวจสอบได้บ้าง")
    tap(villager, "ข้าม")
    hears(villager, "ตรวจก่อนส่ง")
    tap(villager, "ส่ง")
    hears(villager, "จดรหัสนี้ลงกระดาษ")
    (code,) = set(CODE.findall(villager.get_by_test_id("chat").inner_text()))

    the_round(trial)
    receiver = as_persona(AGENCY, "integrity")
    hears(receiver, "มีรายการรอท่าน")
    assert STORY not in receiver.get_by_test_id("chat").inner_text()
    receiver.get_by_role("button", name="เปิดดู", exact=True).last.click()
    hears(receiver, "เรื่องที่ 1")

    officer = as_persona(AGENCY, "officer")
    say(officer, code)
    hears(officer, "ถึงผู้รับเรื่องแล้ว รอรับเรื่อง")
    assert STORY not in officer.get_by_test_id("chat").inner_text()
