"""A plan of two measures of two units, reported on in every way that a report can end."""

from dataclasses import replace
from datetime import date

from itadomain.evidence import Copy, Evidence, Kind, Stage
from itadomain.fiscal import FiscalYear
from itadomain.measures import Measure, Standing
from itadomain.obstacles import Obstacle, Said, Side
from itadomain.organisation import Unit
from itadomain.plans import keep_plan
from itadomain.progress import Approval, Report

TODAY, YEAR = date(2026, 11, 22), FiscalYear(2570)
UNITS = (Unit("u1", "สำนักปลัด", secretariat=True), Unit("u2", "กองคลัง"))
PLAN = (
    Measure(
        "m1", YEAR, "1", "เผยแพร่งบประมาณ", ("สำนักปลัด", "กองคลัง"), period="ตลอดปีงบประมาณ", steps=("รวบรวม", "ลงเว็บไซต์")
    ),
    Measure("m2", YEAR, "2", "อบรมเจ้าหน้าที่", ("กองคลัง",), period="ตลอดปีงบประมาณ", method="จัดอบรม"),
)


def fill(store):
    """Units and a plan; gives the obligations by measure and unit."""
    for unit in UNITS:
        store.units.save(unit)
    keep_plan(store, PLAN, UNITS, TODAY)


def duties(store):
    return {(one.measure, one.unit): one for one in store.obligations.of_year(YEAR)}


def report(store, of, said, standing=Standing.WORKING, nth=[0], **how):  # noqa: B006 - counts all reports
    nth[0] += 1
    duty = duties(store)[of]
    made = Report(f"r{nth[0]}", duty.id, duty.measure, duty.unit, YEAR, TODAY, "p1", standing, said)
    store.reports.save(replace(made, **{"approval": Approval.OWN, **how}))


def obstacle(store, of, told, on=TODAY, closed_on=None):
    store.obstacles.save(Obstacle(f"o{told}", of, "u2", (Said(Side.TOLD, "p1", on, told),), closed_on=closed_on))


def photo(store, of, key, **how):
    copy = Copy("a" * 64, 1000, "image/jpeg", shown=True)
    made = Evidence(
        key, "p1", Kind.PHOTO, TODAY, Stage.KEPT, name="IMG_1234.jpg", obligation=duties(store)[of].id, copy=copy
    )
    store.evidence.save(replace(made, **how))
