"""Read and acknowledge what the agency asks everyone, or everyone new, to know.

officer  เรื่องรอรับทราบ
bot      ท่านมีเรื่องรอรับทราบ 1 เรื่อง   [นโยบาย No Gift]
officer  [นโยบาย No Gift]
bot      นโยบาย No Gift … เมื่ออ่านแล้วโปรดกด «รับทราบ» ค่ะ   [รับทราบ]
officer  [รับทราบ]
bot      บันทึกแล้วค่ะ: รับทราบ นโยบาย No Gift เมื่อ 20 พ.ย. 2569 13:46
"""

from dataclasses import dataclass

from handlers.common import picking
from handlers.kit import Answer, Feature, Go, Link, Reply, Tap, Turn, Words, ask, say, words
from itadomain.acknowledgements import Acknowledged, Circular, concerns, open_for
from itadomain.papers.circulating import enclosed
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal

feature = Feature("acknowledge", roles=INSIDERS)

YES = "yes"


@dataclass(frozen=True)
class Draft:
    """What is being read."""

    circular: str


@feature.on()
def mine(turn: Turn) -> Reply:
    waiting = _waiting(turn)
    if not waiting:
        return say("acknowledge.nothing").offering(Go(words("help.tap_menu"), "help.menu"))
    taps = [Go(one.title, "acknowledge.read", {"id": one.id}) for one in waiting]
    return say("acknowledge.waiting", count=len(waiting)).offering(*picking.pages(taps, turn, "acknowledge.mine"))


@feature.on()
def read(turn: Turn) -> Reply:
    one = turn.store.circulars.get(str(turn.values.get("id", "")))
    if one is None or not concerns(one, turn.who):
        raise Refusal("acknowledge.unknown")
    before = [done for done in turn.store.circulars.acknowledged_by(turn.who.id) if done.circular == one.id]
    if before:
        return say("acknowledge.done_before", title=one.title, at=before[0].at)
    choices, facts = [Answer(words("acknowledge.tap_yes"), YES)], {"title": one.title, "wording": _wording(turn, one)}
    asked = ask("acknowledge.read", then=confirm, choices=choices, draft=Draft(one.id), **facts)
    return asked.offering(*_file(one))


@feature.step
def confirm(turn: Turn, draft: Draft) -> Reply:
    one = turn.store.circulars.get(draft.circular)
    if turn.chosen != YES or one is None:
        raise Refusal("acknowledge.yes_or_cancel")
    turn.store.circulars.acknowledge(Acknowledged(one.id, turn.who.id, turn.at))
    told = say("acknowledge.done", title=one.title, at=turn.at)
    left = [other for other in _waiting(turn) if other.id != one.id]
    more = [Go(words("acknowledge.tap_mine"), "acknowledge.mine")] if left else []
    return told.offering(*more, Go(words("help.tap_menu"), "help.menu"))


def _waiting(turn: Turn) -> list[Circular]:
    done = turn.store.circulars.acknowledged_by(turn.who.id)
    return open_for(turn.who, turn.store.circulars.all(), done, turn.today)


def _file(one: Circular) -> list[Tap]:
    """The paper that it is about, where it is about one."""
    paper = enclosed(one.paper)
    return [Link(words("acknowledge.tap_file"), f"paper:{paper.kind}:{paper.year}:docx")] if paper else []


def _wording(turn: Turn, one: Circular) -> str | Words:
    """The policy as it was typed, or the measure as its plan prints it; of a paper, where it is."""
    if one.paper:
        return words("acknowledge.whole_paper")
    measure = turn.store.measures.get(one.measure) if one.measure else None
    return measure.title if measure else one.wording
