"""A receiver takes up what was told anonymously, asks, hears, closes it, and goes on where that was not agreed to."""

from tests.journeys.chatting import hears, press, say, tap
from tests.journeys.test_it_is_told_in_line import CODE
from tests.journeys.test_it_is_told_outside_line import the_round

AGENCY = "srikham"
STORY = "กรรมการตรวจรับเซ็นรับถนนสายบ้านใหม่ทั้งที่ยังไม่ได้ลาดยาง"
ANSWER = "เห็นกับตาเมื่อวันพระที่แล้ว"
OUTCOME = "ดูสัญญาแล้วงานยังไม่ถึงงวดตรวจรับ"
DISAGREES = "มีใบตรวจรับติดไว้หน้าสำนักงานแล้ว"


def told_in_line(villager):
    """The shortest way through the questions; gives the code."""
    tap(villager, "แจ้งในแชทนี้ ไม่มีชื่อ")
    hears(villager, "เรื่องนี้เกี่ยวกับใคร")
    tap(villager, "กองช่าง")
    hears(villager, "ผู้ที่จะอ่านได้")
    tap(villager, "เล่าต่อ")
    hears(villager, "เกิดอะไรขึ้น")
    tap(villager, "ใช้ข้อความนี้")
    for asked in ("เกิดเมื่อใด", "เกิดที่ไหน", "มีอะไรให้ตรวจสอบได้บ้าง"):
        hears(villager, asked)
        tap(villager, "ข้าม")
    hears(villager, "ตรวจก่อนส่ง")
    tap(villager, "ส่ง")
    hears(villager, "จดรหัสนี้ลงกระดาษ")
    (code,) = set(CODE.findall(villager.get_by_test_id("chat").inner_text()))
    return code


def asks(receiver):
    """Take it up, and ask with a ready sentence."""
    hears(receiver, "มีรายการรอท่าน")
    press(receiver, "เปิดดู")
    tap(receiver, "เรื่องที่ 1")
    hears(receiver, STORY)
    tap(receiver, "รับเรื่อง")
    hears(receiver, "รับเรื่องแล้วค่ะ")
    tap(receiver, "ดูเรื่องนี้")
    tap(receiver, "ถามผู้แจ้ง")
    hears(receiver, "ขอทราบวันเวลาและสถานที่")
    tap(receiver, "แบบที่ 1")
    hears(receiver, "ผู้แจ้งจะได้อ่านข้อความนี้")
    tap(receiver, "ส่งเลย")
    hears(receiver, "ส่งคำถามแล้ว")


def answers(elsewhere, code):
    """From another account, by the code."""
    say(elsewhere, code)
    hears(elsewhere, "ขอทราบวันเวลาและสถานที่")
    say(elsewhere, ANSWER)
    hears(elsewhere, "เพิ่มแล้ว")
    say(elsewhere, code)
    hears(elsewhere, "ส่งคำตอบแล้ว จะถึงผู้รับเรื่องในรอบถัดไป")


def closes(receiver):
    """Read the answer, and close it with words of one's own."""
    say(receiver, "เรื่องแจ้งเบาะแส")
    hears(receiver, "ผู้แจ้งเขียนมา ยังไม่ได้ตอบ")
    tap(receiver, "เรื่องที่ 1")
    hears(receiver, ANSWER)
    tap(receiver, "ปิดเรื่อง")
    tap(receiver, "ปิดเรื่อง: ไม่มีมูล")
    hears(receiver, "ตรวจสอบแล้วไม่พบสิ่งที่เป็นไปตามที่แจ้ง")
    say(receiver, OUTCOME)
    tap(receiver, "ส่งเลย")
    hears(receiver, "ปิดเรื่องแล้วค่ะ")


def disagrees(elsewhere, code):
    """Within the days for it, with a reason."""
    say(elsewhere, code)
    hears(elsewhere, OUTCOME)
    tap(elsewhere, "ไม่เห็นด้วย")
    hears(elsewhere, "ไม่เห็นด้วยอย่างไร")
    say(elsewhere, DISAGREES)
    hears(elsewhere, "เรื่องจะเปิดอีกครั้งในรอบถัดไป")


def test_a_receiver_goes_with_a_disclosure_to_its_end_and_on(trial, as_persona):
    villager = as_persona(AGENCY, "citizen")
    say(villager, "จะแจ้งทุจริต")
    hears(villager, "แจ้งเบาะแส: โปรดอ่านก่อน")
    say(villager, STORY)
    hears(villager, "ยังไม่ได้ส่งให้ใคร")
    code = told_in_line(villager)
    the_round(trial)
    asks(as_persona(AGENCY, "integrity"))
    answers(as_persona(AGENCY, "staff"), code)
    the_round(trial)
    closes(as_persona(AGENCY, "integrity"))
    disagrees(as_persona(AGENCY, "staff"), code)
    the_round(trial)
    receiver = as_persona(AGENCY, "integrity")
    say(receiver, "เรื่องแจ้งเบาะแส")
    tap(receiver, "เรื่องที่ 1")
    hears(receiver, DISAGREES)
    hears(receiver, "ผู้แจ้งไม่เห็นด้วยกับผล 1 ครั้ง")
    villager = as_persona(AGENCY, "citizen")
    assert "มีข้อความใหม่" not in villager.get_by_test_id("chat").inner_text(), "nothing leads to whoever told it"
    for other in ("executive", "officer", "admin"):
        page = as_persona(AGENCY, other)
        say(page, "เรื่องแจ้งเบาะแส")
        hears(page, "เรื่องนี้เปิดให้เฉพาะผู้ที่มีหน้าที่")
