"""An administrator composes a broadcast, reads what it costs, and cancels it; then one that a second person confirms."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.chatting import hears, press, say, tap
from tests.journeys.running import Trial, running_trial

AGENCY = "krasang"
WORDS = "พรุ่งนี้น้ำประปาหยุดไหล 9.00-12.00 น."


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """A trial whose clock shows eleven in the morning in Thailand: at night citizens are told nothing."""
    morning = (datetime.now(UTC) + timedelta(days=1)).replace(hour=4, minute=0)
    with running_trial(tmp_path_factory.mktemp("broadcast") / "var", morning) as running:
        yield running


def test_the_cost_is_read_before_anything_is_sent(trial, as_persona):
    as_persona(AGENCY, "citizen")
    admin = as_persona(AGENCY, "admin")
    compose(admin)
    hears(admin, "ใช้โควตา")
    hears(admin, "หลังส่ง")
    hears(admin, "หากไม่ต้องการรับข่าว พิมพ์ ไม่รับข่าว")
    tap(admin, "ยกเลิก")
    hears(admin, "ต้องการลบร่าง หรือทำต่อ")
    tap(admin, "ลบร่าง")
    hears(admin, "ยกเลิกแล้ว")
    villager = as_persona(AGENCY, "citizen")
    assert WORDS not in villager.get_by_test_id("chat").inner_text()


def test_a_citizens_phone_shows_what_two_people_wanted(trial, as_persona):
    as_persona(AGENCY, "citizen")
    admin = as_persona(AGENCY, "admin")
    compose(admin)
    tap(admin, "ส่งเลย")
    hears(admin, "เมื่อมีผู้ยืนยัน 1 ท่าน")
    mayor = as_persona(AGENCY, "executive")
    hears(mayor, "มีประกาศรอท่านยืนยัน")
    assert WORDS not in mayor.get_by_test_id("chat").inner_text()
    press(mayor, "เปิดดู")
    hears(mayor, WORDS)
    tap(mayor, "ยืนยันส่ง")
    hears(mayor, "กำลังส่งถึง")
    villager = as_persona(AGENCY, "citizen")
    hears(villager, WORDS)
    say(villager, "ไม่รับข่าว")
    hears(villager, "จะไม่ส่งข่าวประกาศถึงท่านอีก")


def compose(admin) -> None:
    """To everybody, as far as the preview."""
    say(admin, "ส่งประกาศ")
    tap(admin, "ทุกคน")
    hears(admin, "พิมพ์ข้อความที่จะส่งได้เลย")
    say(admin, WORDS)
    tap(admin, "ดูตัวอย่าง")
    hears(admin, "ก่อนส่ง โปรดตรวจดู")
