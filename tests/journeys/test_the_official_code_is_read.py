"""The official questionnaire's code comes as a picture: LINE's webhook, a real worker, a reader apart, free replies."""

import base64

import pytest
from sqlalchemy import text

from bot import enrol
from bot.storage.queue import State
from tests.codes.pictures import ADDRESS, code, poster, sheet
from tests.journeys import test_evidence_is_kept as evidence
from tests.journeys.test_evidence_is_kept import SLUG

ADMIN = "U" + "6" * 32
service = evidence.service


@pytest.fixture
def admin(service):
    enrol.add_member(service.core, enrol.NewMember(SLUG, ADMIN, "อารี", ["admin"]))
    return Admin(service)


class Admin:
    def __init__(self, service):
        self.service, self.desk = service, service.desk

    def hears(self, done):
        """What the bot says to what was done."""
        return self.desk.wait_for_reply(SLUG, ADMIN, done["n"])["message"]

    def says(self, said):
        return self.hears(self.desk.act(SLUG, ADMIN, "say", text=said))

    def taps(self, label):
        return self.hears(self.desk.tap_label(SLUG, ADMIN, label))

    def sends(self, picture):
        """Send a picture, let it be read, and ask what it says."""
        picture = base64.b64encode(picture).decode()
        assert (
            "กำลังอ่านคิวอาร์โค้ด"
            in self.hears(self.desk.act(SLUG, ADMIN, "photo", base64=picture, type="image/jpeg"))["text"]
        )
        self.service.wait(lambda: self.waiting("task") == self.waiting("inbox") == 0)
        return self.taps("ดูผล")["text"]

    def waiting(self, table):
        """How much is still to be done."""
        with self.service.core.database.reading(of=1, across=True) as connection:
            return connection.scalar(text(f"SELECT count(*) FROM {table} WHERE state = {State.WAITING:d}"))


def test_the_code_is_sent_read_agreed_to_and_kept_for_nothing(service, admin):
    admin.says("จัดการแบบสำรวจ")
    admin.taps("ลิงก์ทางการ")
    assert "หรือรูปคิวอาร์โค้ด" in admin.taps("ใส่ลิงก์ EIT")["text"]
    assert "คิวอาร์โค้ดในรูปนี้คือ" in admin.sends(poster())
    assert ADDRESS in admin.sends(sheet(code()))
    assert ADDRESS in admin.taps("ยืนยัน")["text"]
    assert service.stored() == []
    assert service.evidence("stage") == []
    assert not [call for call in service.desk.record(kind="api") if call["path"].endswith("/push")]
