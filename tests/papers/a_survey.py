"""A survey that people answered, in a store of the test's own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Confidence, Instrument, Name
from itadomain.organisation import Unit
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.releasing import release
from itadomain.surveys.survey import Ballot, Kind, ServicePoint, Survey

TODAY = date(2026, 11, 21)
COUNTER, CLINIC = ServicePoint("K7Q2", "เคาน์เตอร์บริการ", "กองคลัง"), ServicePoint("M4X9", "คลินิก", "กองช่าง")
ITEMS = (
    Item("E1", Name("เจ้าหน้าที่ปฏิบัติงานดังนี้มากน้อยเพียงใด", "How far do officers work like this"), Answering.LEVELS, Instrument.EIT, 6,
         (Name("ตามขั้นตอน", "by the steps"), Name("ตามเวลา", "in time"))),
    Item("E3", Name("ถูกเรียกรับสินบนหรือไม่", "Were you asked for a bribe"), Answering.YES_NO, Instrument.EIT, 6, reversed=True),
    Item("A1", Name("=ที่จอดรถเพียงพอหรือไม่", "Is there room to park"), Answering.YES_NO, confidence=Confidence.MEMORY, source="อบต. เพิ่มเอง"),
)  # fmt: skip
SURVEY = Survey(
    "a" * 32,
    Kind.OUTSIDERS,
    Questionnaire(FiscalYear(2570), ITEMS, missing=("E2", "E4")),
    date(2026, 11, 1),
    population=400,
)
VISIT = Survey("b" * 32, Kind.VISIT, Questionnaire(FiscalYear(2570), (Item("V1", Name("พอใจเพียงใด", "How satisfied"), Answering.FIVE),)), date(2026, 11, 1))  # fmt: skip
#: By hand: E1.1 is 33 and 67 by turns, E1.2 always 100, E3 reversed always «ไม่มี» = 100.
E1 = (Decimal(50) + Decimal(100)) / 2


def answered(store, at=COUNTER.code, people=10, why="", survey=SURVEY):
    """So many people answer at a service point; their answers wait in the box."""
    for nth in range(people):
        answers = {"E1.1": 1 + nth % 2, "E1.2": 3, "E3": 0, "A1": nth % 2}
        answers = {"V1": nth % 5} if survey is VISIT else answers
        store.ballots.put(Ballot(survey.id, at, answers, why))


def fill(store):
    for name in ("กองคลัง", "กองช่าง"):
        store.units.save(Unit(name, name))
    for point in (COUNTER, CLINIC):
        store.surveys.save_point(point)
    store.surveys.save(SURVEY)
    store.settings.put("account", "@thaimueang")


def counted(store, today=TODAY):
    """What lies in the box leaves it, as far as it may."""
    release(store, today)


def closed(point):
    return replace(point, closed_on=TODAY)
