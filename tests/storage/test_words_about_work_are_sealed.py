"""What staff say of their work is sealed where it may tell of people; what a paper will print is not (docs/going-live.md)."""

from datetime import date

import pytest

from bot.line.events import hear
from bot.storage.store import AgencyStore
from bot.texts import Texts
from bot.turns import Moment, Turns
from handlers import FEATURES
from itadomain.changes import Act, cancel
from itadomain.history import Deed
from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from itadomain.plans import keep_plan
from itadomain.questions import About, Question
from tests.fakes import a_measure
from tests.storage.test_a_copy_tells_nothing import copy_of
from tests.talk import Reading, Understanding

TODAY = date(2026, 11, 20)
UNIT = Unit("u1", "สำนักปลัด", secretariat=True)
CLERK, HEAD = "U" + "c" * 32, "U" + "d" * 32
OBSTACLE = "นางวันดีลาออกไปโดยไม่ส่งมอบตู้เหล็กสีเทา"
REPORTED = "ได้ดำเนินการประชุมชี้แจงประชาชนหมู่ที่เจ็ดแล้ว"
LINK = "https://example.go.th/albums/nangsao-chorpaka"
RETURNED = "ขอชื่อผู้ที่นายดำเกิงเชิญมา"
WRITTEN = "ขอเชิญนางสาวช่อผกามาพบประธานก่อนประชุม"
NAMES = ("สมชายใจซื่อ", "สมศรีใจงาม")
APPROVER = "นายกฯ ประหยัดนามสมมุติ"
PRINTED = "กองคลัง (นางพิมพ์ตามเอกสาร)"
CANCELLED = "นายดำเกิงถอนตัวจากโครงการ"
SEALED = (*NAMES, APPROVER, PRINTED, CANCELLED, OBSTACLE, LINK, RETURNED, WRITTEN, "วันดี", "ดำเกิง", "ช่อผกา", "chorpaka")
WISHES = {
    "ติดปัญหาข้อ 1": Reading("report_obstacle", {"measure": 1}),
    "รายงานข้อ 1": Reading("update_progress", {"measure": 1, "percent": 40}),
}


class Office:
    """An agency at work: each thing said or tapped is a turn that is kept."""

    def __init__(self, house):
        self.core, self.agency = house.core, house.add_agency("north")
        self.turns, self.now = Turns(FEATURES, Understanding(WISHES), Texts()), house.clock()
        self.keeps(lambda store: store.units.save(UNIT))
        self.keeps(lambda store: keep_plan(store, [a_measure(1, id="m1", plan_year=2570)], [UNIT], TODAY))
        for key, user, name in (("clerk", CLERK, NAMES[0]), ("head", HEAD, NAMES[1])):
            role = Role.STAFF if key == "clerk" else Role.HEAD
            person = Person(key, name, posts=(Post(role, "u1"),))
            self.keeps(lambda store, user=user, person=person: store.people.meet(user, person))

    def keeps(self, work):
        with self.core.database.reading(of=self.agency) as connection:
            store = AgencyStore(connection, self.core.channels.by_id(self.agency), self.core.ring)
            done = work(store)
        self.core.database.write(store.apply, of=self.agency)
        return done

    def hears(self, user, text="", **postback):
        what = {"type": "message", "message": {"type": "text", "id": str(self.now), "text": text}}
        if postback:
            data = "&".join(f"{name}={value}" for name, value in postback.items())
            what = {"type": "postback", "postback": {"data": data}}
        heard = hear({"source": {"type": "user", "userId": user}, "replyToken": "r", **what})
        self.now += 1_000
        return self.keeps(lambda store: self.turns.take(store, heard, Moment(TODAY, self.now))).reply


@pytest.fixture
def office(house):
    made = Office(house)
    asked = Question("q", About.OWNER, "document.ask_owner", {"printed": PRINTED})
    made.keeps(lambda store: store.questions.ask(asked))
    for said in ("ติดปัญหาข้อ 1", OBSTACLE, "แจ้งเลย", "รายงานข้อ 1", REPORTED, "ข้าม", "ส่ง", LINK, "ข้อ 1"):
        made.hears(CLERK, said)
    (waiting,) = made.keeps(lambda store: list(store.reports.waiting(["u1"])))
    made.hears(HEAD, go="approval.why", id=waiting.id)
    made.hears(HEAD, RETURNED)
    made.hears(HEAD, go="committees.add")
    made.hears(HEAD, "คณะทำงาน ITA")
    (committee,) = made.keeps(lambda store: list(store.committees.all()))
    made.hears(HEAD, go="committees.seat", id=committee.id)
    for said in (NAMES[0], "กรรมการ", "ไม่กำหนด"):
        made.hears(HEAD, said)
    made.hears(HEAD, go="committees.write", id=committee.id)
    assert made.hears(HEAD, WRITTEN).key == "committees.send"
    assert made.hears(HEAD, "ส่ง").key == "committees.sent"
    made.keeps(lambda store: cancel(store, store.measures.get("m1"), APPROVER, Act(TODAY, "head", CANCELLED)))
    return made


def test_a_copy_of_the_database_tells_nobodys_name_and_no_words_about_anybody(office):
    kept = copy_of(office.core)
    assert REPORTED.encode() in kept, "what a paper will print is found, so what is not found is really not there"
    assert [words for words in SEALED if words.encode() in kept] == []


def test_all_of_it_is_read_again(office):
    told = office.keeps(lambda store: [(one.deed, one.why) for one in store.history.of_measure("m1", 9)])
    assert told == [
        (Deed.CANCELLED, CANCELLED), (Deed.RETURNED, RETURNED), (Deed.EVIDENCE, ""), (Deed.REPORTED, ""),
        (Deed.BLOCKED, OBSTACLE), (Deed.PLANNED, ""),
    ]  # fmt: skip
    (newest, *_) = office.keeps(lambda store: store.history.of_measure("m1", 9))
    assert newest.after == {"approver": APPROVER}
    (circular,) = office.keeps(lambda store: store.circulars.all())
    assert (circular.wording, circular.people) == (WRITTEN, ("clerk",))
    assert office.keeps(lambda store: store.questions.get("q")).facts == {"printed": PRINTED}
    (obstacle,) = office.keeps(lambda store: store.obstacles.open())
    assert obstacle.told.words == OBSTACLE
