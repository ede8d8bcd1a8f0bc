"""A paper is a draft until an executive approves it as it is.

secretary [ขออนุมัติ]
bot       ขออนุมัติ «มาตรการ ปี 2570» แล้วค่ะ ผู้อนุมัติจะเห็นเมื่อใช้แชตครั้งถัดไป   [แจ้งทันที (1 ข้อความ)]
executive ปีนี้ได้เกรดอะไร
bot       [card: the grade]
          มีเอกสารรอท่านอนุมัติ 1 ฉบับ   [เอกสารรออนุมัติ]
executive [เอกสารรออนุมัติ]
bot       [card: มาตรการ ปี 2570 · รออนุมัติ  (Word) …]   [อนุมัติ] [ส่งกลับแก้ไข]
executive [ส่งกลับแก้ไข]
bot       ขอให้แก้ไขเรื่องใดคะ
executive เพิ่มผู้รับผิดชอบข้อ 4
bot       ส่งกลับแล้วค่ะ ผู้ขอจะเห็นเมื่อใช้แชตครั้งถัดไป   [แจ้งทันที (1 ข้อความ)]

Who should hear of it does so on the back of an answer, for nothing; a message is spent only where somebody asks for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.common.notices import something_waits
from handlers.kit import Feature, Go, Reply, Tap, Turn, Words, ask, say, show, words
from handlers.papers import paper_cards as cards
from handlers.papers.paper_cards import Paper
from itadomain.audit_log import Deed, Happened
from itadomain.lateness import afford
from itadomain.papers import approving
from itadomain.papers.approval import Approval, Stage
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal

feature = Feature("paper_approval", roles=INSIDERS)

MOST_BUBBLES, MOST_TAPS = 3, 13
#: On the back of these it would be said twice.
OWN = ("paperwork.", "paper_approval.")
A_PAGE = 9


@dataclass(frozen=True)
class Returning:
    """The paper that is being sent back."""

    kind: str
    of: str


@feature.on()
def start(turn: Turn) -> Reply:
    paper = cards.meant(turn)
    asked = approving.ask(turn.store, paper.kind, paper.of, turn.digest(paper.kind, paper.of), turn.who, turn.at)
    _write(turn, Deed.ASKED, asked)
    told = say("paper_approval.asked", name=cards.name(turn, paper))
    if approving.alone(turn.store, asked, turn.today):
        told = told.adding(words("paper_approval.alone"))
    return told.offering(*_tell(turn, asked), _look(paper), _tap_all())


@feature.on()
def waiting(turn: Turn) -> Reply:
    news = [one for one in turn.store.papers.with_news() if approving.may_decide(turn.store, one, turn.who, turn.at)]
    papers = [Paper(one.kind, one.of) for one in news if one.kind in cards.LISTED]
    if not papers:
        return say("paper_approval.none").offering(_tap_all(), Go(words("help.tap_menu"), "help.menu"))
    told = words("paper_approval.waiting", count=len(papers))
    shown = papers[:A_PAGE]
    return show(cards.listing(turn, shown, told)).offering(*cards.taps(turn, shown), _tap_all())


@feature.on()
def accept(turn: Turn) -> Reply:
    """What is approved is what the tap was shown under: another content has another digest."""
    paper, seen = cards.meant(turn), str(turn.values.get("seen", ""))
    found = approving.to_decide(turn.store, paper.kind, paper.of, turn.who, turn.at)
    now = turn.digest(paper.kind, paper.of)
    alone = approving.alone(turn.store, found, turn.today)
    done = approving.approve(turn.store, found, seen, now, turn.who, turn.at)
    _write(turn, Deed.APPROVED, done, **({"alone": "yes"} if alone else {}))
    told = say("paper_approval.accepted", name=cards.name(turn, paper))
    return told.offering(*_tell(turn, done), _look(paper), _tap_all())


@feature.on()
def why(turn: Turn) -> Reply:
    paper = cards.meant(turn)
    approving.to_decide(turn.store, paper.kind, paper.of, turn.who, turn.at)
    return ask("paper_approval.what_to_mend", then=hear_why, draft=Returning(paper.kind, paper.of))


@feature.step
def hear_why(turn: Turn, draft: Returning) -> Reply:
    paper = cards.named(turn, draft.kind, draft.of)
    found = approving.to_decide(turn.store, paper.kind, paper.of, turn.who, turn.at)
    done = approving.send_back(turn.store, found, turn.text, turn.who, turn.at)
    _write(turn, Deed.SENT_BACK, done)
    return say("paper_approval.sent_back").offering(*_tell(turn, done), _tap_all())


@feature.on()
def tell(turn: Turn) -> Reply:
    """A message to each whose turn it is, as whoever taps was told; nobody is told twice a day."""
    paper = cards.meant(turn)
    found = turn.store.papers.approval(paper.kind, paper.of)
    if found is None or turn.who.id not in {found.asked_by, found.decided_by}:
        raise Refusal("paperwork.unknown")
    reminded = turn.store.nudges.on(turn.today)
    people = [one for one in approving.concerned(turn.store, found, turn.today) if one.id not in reminded]
    if not people:
        raise Refusal("paper_approval.told_today")
    afford(turn.store, len(people), turn.today)
    for one in people:
        turn.store.nudges.add(one.id, turn.today)
    to = "paper_approval.results" if found.decided else "paper_approval.waiting"
    return say("paper_approval.told", count=len(people)).telling(*people, reply=something_waits(to))


@feature.on()
def results(turn: Turn) -> Reply:
    """What became of what this person asked for, as far as they have not heard."""
    news = [one for one in approving.untold(turn.store, turn.who, turn.today) if one.decided]
    papers = [Paper(one.kind, one.of) for one in news if one.kind in cards.LISTED][:A_PAGE]
    if not papers:
        return say("paper_approval.no_results").offering(_tap_all())
    for one in news[:A_PAGE]:
        turn.store.papers.save(one.heard_by(turn.who.id))
    told = words("paper_approval.decided", count=len(papers))
    return show(cards.listing(turn, papers, told)).offering(*cards.taps(turn, papers), _tap_all())


@feature.riding
def ride(turn: Turn, reply: Reply) -> Reply:
    """What was decided, one at a time, else what waits, on the back of an answer; once for each who is to hear."""
    if reply.key.startswith(OWN) or len(reply.bubbles) >= MOST_BUBBLES or len(reply.taps) >= MOST_TAPS:
        return reply
    news = [one for one in approving.untold(turn.store, turn.who, turn.today) if one.kind in cards.LISTED]
    decided = [one for one in news if one.decided][:1]
    told = decided or news
    for one in told:
        turn.store.papers.save(one.heard_by(turn.who.id))
    if decided:
        paper = Paper(decided[0].kind, decided[0].of)
        return reply.adding(_came(turn, decided[0], paper)).offering(_look(paper))
    if not told:
        return reply
    tap = Go(words("paper_approval.tap_waiting"), "paper_approval.waiting")
    return reply.adding(words("paper_approval.rides", count=len(told))).offering(tap)


def _came(turn: Turn, one: Approval, paper: Paper) -> Words:
    named = cards.name(turn, paper)
    if one.stage is Stage.APPROVED:
        return words("paper_approval.was_approved", name=named)
    return words("paper_approval.was_sent_back", name=named, reason=one.reason)


def _tell(turn: Turn, one: Approval) -> Sequence[Tap]:
    """The tap that spends messages on those whose turn it is."""
    count = len(approving.concerned(turn.store, one, turn.today))
    named = Paper(one.kind, one.of).named
    return [Go(words("paperwork.tap_tell", count=count), "paper_approval.tell", named)] if count else []


def _look(paper: Paper) -> Go:
    return Go(words("paper_approval.tap_look"), "paperwork.one", paper.named)


def _tap_all() -> Go:
    return Go(words("paperwork.tap_all"), "paperwork.all")


def _write(turn: Turn, deed: Deed, one: Approval, **facts: str) -> None:
    told = {"what": "paper", "kind": one.kind, "digest": one.digest, **facts}
    turn.store.audit_log.add(Happened(deed, turn.at, turn.who.id, one.of, told))
