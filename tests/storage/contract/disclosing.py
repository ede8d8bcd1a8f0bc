"""Disclosures as contract tests tell them: receivers with a key in any store, and a round."""

from dataclasses import replace
from datetime import date

from itadomain.integrity.disclosure import Accused, Draft, File, Identity, Part, State, Way
from itadomain.people import Person, Post, Role

TODAY = date(2026, 11, 20)
TOLD = {Part.WHO: "นายสมมุติ ทดสอบ", Part.WHAT: "รับเงินจากผู้รับเหมาที่ร้านก๋วยเตี๋ยว", Part.WHEN: "ต้นเดือน"}
DRAFT = Draft(Way.WEB, TOLD)
WHOLE = Draft(
    Way.NAMED, {part: f"คำตอบ {part}\nสองบรรทัด" for part in Part},
    Accused(frozenset({"u1", "u2"}), executives=True, words="ปลัดสมมุติ"), Identity("ป้าจันทร์", "081-234-5678", "p9"),
)  # fmt: skip
PHOTO = File("ab" * 32, "image/png", 12_345, TODAY)


def receiver(store, number, *, role=Role.INTEGRITY):
    """Somebody who receives disclosures and can be given a key; gives their id."""
    if not hasattr(store, "house"):
        store.store.disclosures.with_key.append(f"r{number}")
        return f"r{number}"
    met = Person(f"r{number}", f"ผู้รับเรื่อง {number}", posts=(Post(role, ""),))
    return store.step(lambda s: s.people.meet(f"U{number:032}", met)).id


def tell(step, draft, readers):
    """Leave one in the box; gives its code."""
    code = step(lambda s: s.disclosures.new_code())
    step(lambda s: s.disclosures.put_in(draft, code, readers))
    return code


def round_of(step, today=TODAY):
    """Empty the box; gives what came out."""
    return step(lambda s: s.disclosures.deliver(today))


def standing(step, disclosure_id, **changes):
    """Let one stand otherwise, by what its receivers see."""

    def stand(store):
        (now,) = [one for of, one, _ in store.disclosures.open() if of == disclosure_id]
        store.disclosures.stand(disclosure_id, replace(now, **changes))

    step(stand)


CLOSED = {"state": State.CLOSED, "over_on": TODAY}
