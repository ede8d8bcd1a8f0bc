"""The agency's own Word file as the form of a paper.

secretary แบบฟอร์มของหน่วยงาน
bot       [card: มาตรการ: แบบของระบบ · รายงานผลตามมาตรการ: แบบของระบบ]   [มาตรการ] [รายงานผล]
secretary [มาตรการ]
bot       [card: how it is written: {{ หน่วยงาน }}, rows of a table …  (แบบฟอร์มตัวอย่าง)]   [ส่งแบบฟอร์ม]
secretary [ส่งแบบฟอร์ม]
bot       ส่งไฟล์ Word (.docx) ที่เป็นแบบฟอร์ม มาตรการ ปี 2570 …
secretary [a file]
bot       ได้รับแล้วค่ะ กำลังตรวจแบบฟอร์ม …   [ดูผล]

What cannot be taken is told with its reason, and the form that was there stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.common.calendar_keepers import keeper_only
from handlers.kit import Card, Feature, Go, Link, Reply, Row, Task, Turn, Words, ask, say, show, words
from handlers.papers import paper_cards as cards
from handlers.papers.paper_cards import Paper
from handlers.papers.paper_log import changed
from itadomain.papers.choosing import MOST_OF_A_TEMPLATE, OWN_FORMS, TEMPLATE
from itadomain.papers.templates import NAMES, ROW, TABLE, asked, begins, ends
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal

feature = Feature("paper_forms", roles=INSIDERS)

MB = 1024 * 1024
SENT = ("heard:file", "heard:image")


@dataclass(frozen=True)
class Form:
    """The paper whose form is to come."""

    kind: str
    of: str


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every form
    keeper_only(turn)
    own, papers = turn.store.papers.own(), _papers(turn)
    told = words("paper_forms.title")
    card = Card(
        summary=told,
        title=told,
        subtitle=turn.store.office.short,
        rows=[Row(cards.name(turn, one), _whose(f"{TEMPLATE}{one.kind}" in own)) for one in papers],
        notes=[] if papers else [words("paperwork.none")],
    )
    taps = [Go(cards.LISTED[one.kind].short(turn, one.of), "paper_forms.one", {"kind": one.kind}) for one in papers]
    return show(card).offering(*taps, _tap_settings())


@feature.on()
def one(turn: Turn) -> Reply:
    keeper_only(turn)
    paper = _meant(turn, str(turn.values.get("kind", "")))
    has_own = f"{TEMPLATE}{paper.kind}" in turn.store.papers.own()
    name = cards.name(turn, paper)
    card = Card(
        summary=name,
        title=name,
        subtitle=_whose(has_own),
        notes=[*_how(), *([words("paper_forms.where_it_fits")] if has_own else [])],
        taps=[Link(words("paper_forms.tap_sample"), f"paper:form:{paper.kind}-{paper.of}:docx")],
    )
    back = [Go(words("paper_forms.tap_built_in"), "paper_forms.drop", {"kind": paper.kind})] if has_own else []
    send = Go(words("paper_forms.tap_send"), "paper_forms.send", {"kind": paper.kind})
    return show(card).offering(send, *back, _tap_all())


@feature.on()
def send(turn: Turn) -> Reply:
    keeper_only(turn)
    paper = _meant(turn, str(turn.values.get("kind", "")))
    name, draft = cards.name(turn, paper), Form(paper.kind, paper.of)
    return ask("paper_forms.send_file", then=hear_file, draft=draft, name=name, most=MOST_OF_A_TEMPLATE // MB)


@feature.hearing(*SENT)
def hear_file(turn: Turn, draft: Form) -> Reply:
    keeper_only(turn)
    if turn.values.get("kind") != "file" or not str(turn.values["name"]).casefold().endswith(".docx"):
        raise Refusal("paper_forms.send_a_word_file")
    if turn.values["elsewhere"]:
        raise Refusal("evidence.from_elsewhere")
    if (turn.number("size") or 0) > MOST_OF_A_TEMPLATE:
        raise Refusal("paper_forms.too_large", most=MOST_OF_A_TEMPLATE // MB)
    facts = {"part": f"{TEMPLATE}{draft.kind}", "of": draft.of, "message": turn.message}
    look = Go(words("paper_forms.tap_look"), "paper_forms.all")
    return (
        say("paper_forms.taking")
        .offering(look)
        .doing(Task("take_paper_part", {**facts, "name": str(turn.values["name"])}))
    )


@feature.on()
def drop(turn: Turn) -> Reply:
    keeper_only(turn)
    paper = _meant(turn, str(turn.values.get("kind", "")))
    turn.store.papers.drop_part(f"{TEMPLATE}{paper.kind}")
    changed(turn, f"no_{TEMPLATE}{paper.kind}")
    return say("paper_forms.dropped", name=cards.name(turn, paper)).offering(_tap_all())


def _papers(turn: Turn) -> list[Paper]:
    found = [Paper(kind, cards.LISTED[kind].which(turn, 0)) for kind in OWN_FORMS]
    return [one for one in found if one.of]


def _meant(turn: Turn, kind: str) -> Paper:
    found = next((one for one in _papers(turn) if one.kind == kind), None)
    if found is None:
        raise Refusal("paper_forms.which")
    return found


def _how() -> Sequence[Words]:
    """How a form asks for what the paper says."""
    table = f"{TABLE}1"
    return [
        words("paper_forms.how_names", names=" ".join(map(asked, NAMES))),
        words("paper_forms.how_rows", begins=begins("tr", table), ends=ends("tr")),
        words("paper_forms.how_columns", example=asked(ROW, "ผู้รับผิดชอบ")),
    ]


def _whose(own: bool) -> Words:  # noqa: FBT001 - it is what is said
    return words("paper_forms.own") if own else words("paper_forms.built_in")


def _tap_all() -> Go:
    return Go(words("paper_forms.tap_all"), "paper_forms.all")


def _tap_settings() -> Go:
    return Go(words("paperwork.tap_settings"), "paper_settings.all")
