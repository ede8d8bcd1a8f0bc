"""The papers of the agency: which there are, how each stands, and its files.

officer  เอกสาร
bot      [card: เอกสารของหน่วยงาน · มาตรการ ปี 2570: ร่าง · รายงานผล ปี 2570: อนุมัติแล้ว … · …]
         [มาตรการ] [รายงานผล] [รายงานการวิเคราะห์] [บันทึกข้อความ] [ปีอื่น]
officer  [มาตรการ]
bot      [card: มาตรการ ปี 2570 · ร่าง  (Word) (Excel) (PDF)]   [ขออนุมัติ] [เอกสารทั้งหมด]
officer  [ปีอื่น]
bot      ต้องการเอกสารของปีใดคะ   [2570] [2569] …
officer  ๒๕๖๙
bot      [card: เอกสาร ปี 2569 …]

Who asks for citizens' documents by the same word is shown where those are asked for.
"""

from collections.abc import Sequence
from dataclasses import replace

from handlers.common import picking
from handlers.common.calendar_keepers import is_keeper
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Tap, Turn, ask, say, show, words
from handlers.papers import paper_cards as cards
from handlers.papers.paper_cards import Paper
from itadomain.papers.approval import Standing
from itadomain.papers.approving import concerned, may_ask, may_decide
from itadomain.papers.having import may_have
from itadomain.papers.memo import MEMO, may_read
from itadomain.people import EVERYONE, INSIDERS
from itadomain.refusals import Refusal
from itadomain.thai import buddhist, fold

feature = Feature("paperwork", roles=INSIDERS)

#: In these a paper may be brought before who approves it.
OPEN = frozenset({Standing.DRAFT, Standing.RETURNED, Standing.CHANGED})
LONGEST_YEAR = 4


@feature.on(roles=EVERYONE)
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every paper
    if not turn.who.may(INSIDERS):
        elsewhere = [Go(words(f"menu.{one}"), one.replace("_", ".", 1)) for one in ("knowledge_browse", "office_call")]
        return say("paperwork.for_staff").offering(*elsewhere)
    year = turn.number("year") or 0
    return _listed(turn, year if year in cards.years(turn) else 0)


@feature.on()
def years(turn: Turn) -> Reply:
    return _which_year(turn)


@feature.step
def hear_year(turn: Turn) -> Reply:
    if picking.page_turned(turn) is not None:
        return _which_year(turn)
    said = turn.chosen or fold(turn.text).strip()
    year = buddhist(int(said)) if said.isdecimal() and len(said) <= LONGEST_YEAR else 0
    if year not in cards.years(turn):
        raise Refusal("paperwork.no_such_year")
    return _listed(turn, year)


@feature.on()
def one(turn: Turn) -> Reply:
    return _shown(turn, cards.meant(turn))


@feature.on()
def plan(turn: Turn) -> Reply:
    return _newest(turn, "plan")


@feature.on()
def report(turn: Turn) -> Reply:
    return _newest(turn, "report")


@feature.on()
def analysis(turn: Turn) -> Reply:
    return _newest(turn, "analysis")


@feature.on()
def memos(turn: Turn) -> Reply:
    """Every circular of which this person may have the memorandum."""
    if not may_have(turn.store, turn.who, MEMO, turn.today):
        raise Refusal("paperwork.for_whom")
    known = [one for one in turn.store.circulars.all() if may_read(one, turn.who)]
    told = words("paperwork.memos", count=len(known))
    card = Card(
        summary=told,
        title=told,
        rows=[Row(one.title, cards.how_it_stands(turn, Paper(MEMO, one.id))[1]) for one in known[: picking.PAGE]],
        notes=[] if known else [words("paperwork.no_memos")],
    )
    those = [Go(one.title, "paperwork.one", Paper(MEMO, one.id).named) for one in known]
    return show(card).offering(*picking.pages(those, turn, "paperwork.memos"), _tap_all())


def _listed(turn: Turn, year: int) -> Reply:
    papers = cards.at_hand(turn, year)
    told = words("paperwork.of_year", year=year) if year else words("paperwork.of_agency")
    more: list[Tap] = []
    if may_have(turn.store, turn.who, MEMO, turn.today):
        more.append(Go(words("paperwork.tap_memos"), "paperwork.memos"))
    if len(cards.years(turn)) > 1:
        more.append(Go(words("paperwork.tap_years"), "paperwork.years"))
    if is_keeper(turn):
        more.append(Go(words("paperwork.tap_settings"), "paper_settings.all"))
    menu = Go(words("help.tap_menu"), "help.menu")
    return show(cards.listing(turn, papers, told)).offering(*cards.taps(turn, papers), *more, menu)


def _newest(turn: Turn, kind: str) -> Reply:
    of = cards.LISTED[kind].which(turn, 0)
    if of:
        return _shown(turn, Paper(kind, of))
    others = _listed(turn, 0)
    return replace(others, bubbles=(words("paperwork.not_yet"), *others.bubbles))


def _shown(turn: Turn, paper: Paper) -> Reply:
    return show(cards.one(turn, paper)).offering(
        *_next(turn, paper), _tap_all(), Go(words("help.tap_menu"), "help.menu")
    )


def _next(turn: Turn, paper: Paper) -> Sequence[Tap]:
    """What this person may do with it now."""
    approval = turn.store.papers.approval(paper.kind, paper.of)
    stands, _ = cards.how_it_stands(turn, paper)
    if stands in OPEN:
        mine = may_ask(turn.store, turn.who, paper.kind, turn.today)
        return [Go(words("paperwork.tap_ask"), "paper_approval.start", paper.named)] if mine else []
    if stands is not Standing.WAITING or approval is None:
        return []
    if may_decide(turn.store, approval, turn.who, turn.at):
        seen = {**paper.named, "seen": cards.digest(turn, paper)}
        return [
            Go(words("paperwork.tap_approve"), "paper_approval.accept", seen),
            Go(words("paperwork.tap_send_back"), "paper_approval.why", paper.named),
        ]
    waiting = concerned(turn.store, approval, turn.today) if approval.asked_by == turn.who.id else ()
    tell = Go(words("paperwork.tap_tell", count=len(waiting)), "paper_approval.tell", paper.named)
    return [tell] if waiting else []


def _which_year(turn: Turn) -> Reply:
    choices = [Answer(str(year), str(year)) for year in cards.years(turn)]
    return ask("paperwork.which_year", then=hear_year, choices=picking.choices(choices, turn))


def _tap_all() -> Go:
    return Go(words("paperwork.tap_all"), "paperwork.all")
