"""Set up how disclosures are received: who receives them, within which days, and which bodies outside are shown.

admin    ตั้งค่าแจ้งเบาะแส
bot      [card: ผู้รับเรื่อง 2 คน · รับภายใน 3 ตอบภายใน 15 วันทำการ · หน่วยงานภายนอก 4 แห่ง]
         [เพิ่มผู้รับเรื่อง] [กำหนดวัน] [หน่วยงานภายนอก]
admin    [หน่วยงานภายนอก]
bot      [card: สำนักงาน ป.ป.ช. 1205 …]   [เพิ่มหน่วยงานภายนอก] [ลบ 1] [ลบ 2] …
admin    [เพิ่มหน่วยงานภายนอก]
bot      หน่วยงานนั้นชื่ออะไรคะ
admin    ศูนย์ดำรงธรรมอำเภอ
bot      โทรหมายเลขใดคะ   [ไม่มีเบอร์]
admin    1567
bot      บันทึกแล้วค่ะ

What disclosures there are is no part of it, but that some are left which nobody can read any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.common import picking
from handlers.disclosures import integrity_log as log
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, ask, say, show, words
from itadomain.cases.deadlines import Promise
from itadomain.integrity import promising, working
from itadomain.integrity.outside import Outside, bodies, keep
from itadomain.people import Role
from itadomain.refusals import Refusal
from itadomain.thai import fold

feature = Feature("receivers", roles=frozenset({Role.ADMIN, Role.INTEGRITY}))

ACCEPT, REPLY = (1, 3, 5, 7), (7, 15, 30, 60)
NO_PHONE = "-"


@dataclass(frozen=True)
class Draft:
    """Within how many days one is taken up; the name of a body outside."""

    accept: int = 0
    name: str = ""


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: everything about them
    receiving = turn.store.people.with_role(Role.INTEGRITY, turn.today)
    ready = [one for one in receiving if one.id in set(turn.store.disclosures.able())]
    promised = promising.promise(turn.store.settings)
    told = words("integrity.setup")
    rows = [
        Row(words("integrity.receivers"), words("integrity.so_many", count=len(receiving), ready=len(ready))),
        Row(words("integrity.promised"), words("integrity.within", accept=promised.accept, answer=promised.answer)),
        Row(words("integrity.outside"), words("integrity.bodies_shown", count=len(bodies(turn.store.settings)))),
    ]
    role, unread = words("account.role_integrity"), working.unread(turn.store, turn.today)
    notes = [
        words("integrity.add_by_role", role=role) if receiving else words("integrity.no_receiver", role=role),
        *([words("integrity.unread", count=unread)] if unread else []),
    ]
    invite = [Go(words("integrity.tap_invite"), "invite.start")] if Role.ADMIN in turn.who.roles else []
    keeping = [Go(words("integrity.tap_keeping"), "retention.years_of_disclosures")]
    return show(Card(summary=told, title=told, rows=rows, notes=notes)).offering(
        *invite,
        Go(words("integrity.tap_days"), "receivers.days"),
        Go(words("integrity.tap_bodies"), "receivers.outside"),
        *(keeping if working.is_receiver(turn.who) else ()),
    )


@feature.on()
def days(turn: Turn) -> Reply:
    return ask("integrity.accept_within", then=hear_accept, choices=_counts(ACCEPT))


@feature.step
def hear_accept(turn: Turn) -> Reply:
    accept = _count(turn)
    Promise(accept, max(accept, Promise.answer))
    return ask("integrity.answer_within", then=hear_answer, draft=Draft(accept), choices=_counts(REPLY))


@feature.step
def hear_answer(turn: Turn, draft: Draft) -> Reply:
    promising.keep(turn.store.settings, Promise(draft.accept, _count(turn)))
    return _kept(turn, "days")


@feature.on()
def outside(turn: Turn) -> Reply:
    shown, told = bodies(turn.store.settings), words("integrity.outside")
    rows = [Row(words("integrity.body_no", no=no, name=one.name), one.phone or "-") for no, one in enumerate(shown, 1)]
    taps = [Go(words("integrity.tap_remove", no=no), "receivers.remove", {"no": no}) for no in range(1, len(shown) + 1)]
    add = Go(words("integrity.tap_add_body"), "receivers.add")
    return show(Card(summary=told, title=told, rows=rows, notes=[words("integrity.why_bodies")])).offering(add, *taps)


@feature.on()
def add(turn: Turn) -> Reply:
    return ask("integrity.body_name", then=hear_name)


@feature.step
def hear_name(turn: Turn) -> Reply:
    named = Outside(turn.text.strip())
    if any(one.name == named.name for one in bodies(turn.store.settings)):
        raise Refusal("integrity.body_there")
    none = Answer(words("integrity.tap_no_phone"), NO_PHONE)
    return ask("integrity.body_phone", then=hear_phone, draft=Draft(name=named.name), choices=[none])


@feature.step
def hear_phone(turn: Turn, draft: Draft) -> Reply:
    made = Outside(draft.name, "" if turn.chosen == NO_PHONE else fold(turn.text.strip()))
    keep(turn.store.settings, [*bodies(turn.store.settings), made])
    return _kept(turn, "bodies")


@feature.on()
def remove(turn: Turn) -> Reply:
    no, shown = turn.number("no") or 0, bodies(turn.store.settings)
    if not 1 <= no <= len(shown):
        raise Refusal("integrity.which_body")
    name = shown[no - 1].name
    return ask("integrity.remove_really", then=hear_remove, draft=Draft(name=name), choices=picking.yes(), name=name)


@feature.step
def hear_remove(turn: Turn, draft: Draft) -> Reply:
    picking.only_yes(turn)
    keep(turn.store.settings, [one for one in bodies(turn.store.settings) if one.name != draft.name])
    return _kept(turn, "bodies")


def _kept(turn: Turn, part: str) -> Reply:
    """Written down, and told to the other receivers: a number that is dialled must be the right one."""
    log.set_up(turn, part)
    again = Go(words("integrity.tap_setup"), "receivers.all")
    kept = say("integrity.setup_kept").offering(again, Go(words("integrity.tap_bodies"), "receivers.outside"))
    changed = words("integrity.changed")
    others = [one for one in turn.store.people.with_role(Role.INTEGRITY, turn.today) if one.id != turn.who.id]
    return kept.telling(*others, reply=show(Card(summary=changed, title=changed, taps=(again,))))


def _counts(some: Sequence[int]) -> list[Answer]:
    return [Answer(words("integrity.tap_count", count=count), str(count)) for count in some]


def _count(turn: Turn) -> int:
    count = picking.count_said(turn)
    if not count:
        raise Refusal("categories.a_number")
    return count
