"""What a clerk sends, and what is kept of it."""

import itertools
from dataclasses import replace

from bot.line.events import result
from itadomain.evidence import MB, Copy
from itadomain.people import Role
from itadomain.progress import Approval
from tests.fakes import TODAY, a_measure, a_person

CLERK = a_person(Role.STAFF, unit="กองคลัง", key="clerk", name="สมชาย")
HEAD = a_person(Role.HEAD, unit="กองคลัง", key="head", name="สมศรี")
ADMIN = a_person(Role.ADMIN, key="admin", name="สมปอง")
MONTHLY = a_measure(1, owners=("กองคลัง",), follow_up="ทุกเดือน", steps=())
QUARTERLY = a_measure(2, owners=("กองคลัง",), follow_up="ทุกไตรมาส", steps=())
OTHERS = a_measure(4, owners=("สำนักปลัด",))
DUTY = "m2.กองคลัง"
SHA = "a" * 64
numbers = itertools.count(1000)


def sends(talk, kind="image", **more):
    message = {"type": kind, "id": str(next(numbers)), **more}
    return talk.sends({"type": "message", "message": message})


def of_a_set(talk, index, total):
    return sends(talk, imageSet={"id": "set", "index": index, "total": total})


def hears(talk, reply, **values):
    """What comes of the task that a reply asked for, as the person's lane hears it."""
    (task,) = [task for task in reply.tasks if task.name == "fetch_evidence"]
    return talk.sends(result(task.name, talk.user, {**task.facts, **values}))


def copied(size=2 * MB, sha256=SHA, **more):
    copy = vars(Copy(sha256, size, "image/jpeg", shown=True))
    return {"copy": copy, "before": 0, "after": size, "most": 5000 * MB, **more}


def kept(agency):
    return sorted(agency.evidence.kept.values(), key=lambda one: one.message)


def sent_report(talk, measure=2):
    for said in ("กำลังทำ", "ประชุมแล้ว", "50", "ข้าม", "ส่ง"):
        reply = talk.means("update_progress", measure=measure) if said == "กำลังทำ" else None
        reply = talk.says(said)
    return reply


def approve(agency):
    (report,) = agency.reports.of_obligation(DUTY)
    agency.reports.save(replace(report, approval=Approval.APPROVED, decided_by="head", decided_on=TODAY))
