"""What is shown of evidence: what it may be attached to, what is there, one piece with its picture."""

from collections.abc import Sequence
from datetime import date

from handlers.kit import Card, Go, Link, Reply, Row, Tap, Turn, Words, say, show, words
from handlers.plan import measure_cards
from itadomain.evidence import LOOSE_KEPT, MB, Evidence, Kind, Stage, live
from itadomain.measures import Obligation
from itadomain.refusals import Refusal

A_PAGE = 8
KINDS = {
    Kind.PHOTO: words("evidence.kind_photo"),
    Kind.VIDEO: words("evidence.kind_video"),
    Kind.AUDIO: words("evidence.kind_audio"),
    Kind.FILE: words("evidence.kind_file"),
    Kind.LINK: words("evidence.kind_link"),
    Kind.PLACE: words("evidence.kind_place"),
    Kind.TIME: words("evidence.kind_time"),
}
KB = 1024


def choices(turn: Turn, duties: Sequence[Obligation], count: int) -> Card:
    """What some evidence may be attached to."""
    asked = words("evidence.which_measure", count=count)
    rows = [measure_cards.duty_row(one, turn.store.measures.get(one.measure), turn.today) for one in duties]
    return Card(summary=asked, title=asked, rows=rows, notes=[words("evidence.kept_loose", days=LOOSE_KEPT.days)])


def report_of(slot: date | None) -> Words:
    """A report by its due day."""
    return words("evidence.tap_report_of", day=slot) if slot else words("evidence.tap_report_without_day")


def attached(turn: Turn, duty: Obligation, count: int) -> Reply:
    """What was attached to what."""
    measure = turn.store.measures.get(duty.measure)
    told = say("evidence.attached", count=count, title=measure.title if measure else "")
    return told.offering(*onward(duty.id))


def onward(duty: str) -> Sequence[Tap]:
    """What can be done next about an obligation, where it is known."""
    menu = Go(words("help.tap_menu"), "help.menu")
    if not duty:
        return (menu,)
    report = Go(words("measures.tap_report"), "progress.start", {"id": duty})
    return report, Go(words("evidence.tap_see"), "evidence.listed", {"duty": duty}), menu


def named(turn: Turn) -> Evidence:
    """The piece that a tap names; Refusal where it may not be seen any more."""
    found = turn.store.evidence.get(str(turn.values.get("id", "")))
    if found is None or not found.live or not (found.obligation or found.by == turn.who.id):
        raise Refusal("evidence.not_there")
    return found


def listed(turn: Turn) -> Reply:
    """All that is attached to an obligation, or to a measure with all its units, a page at a time."""
    some = live(one for duty in _duties(turn) for one in turn.store.evidence.of_obligation(duty))
    page = max(0, turn.number("page") or 0)
    here = some[page * A_PAGE : (page + 1) * A_PAGE]
    told = words("evidence.so_many", count=len(some))
    card = Card(summary=told, title=told, rows=[_row(no, one) for no, one in enumerate(here, page * A_PAGE + 1)])
    taps = [
        Go(words("evidence.tap_one", no=no), "evidence.one", {"id": one.id})
        for no, one in enumerate(here, page * A_PAGE + 1)
    ]
    again = {name: str(turn.values[name]) for name in ("duty", "id") if name in turn.values}
    more = [Go(words("measures.tap_next_page"), "evidence.listed", {**again, "page": page + 1})]
    menu = Go(words("help.tap_menu"), "help.menu")
    return show(card).offering(*taps, *(more if len(some) > (page + 1) * A_PAGE else ()), menu)


def one(turn: Turn, found: Evidence) -> Reply:
    """One piece, to be looked at where that is possible; its sender may take it back."""
    copied = found.stage is Stage.KEPT and found.copy is not None
    shown = copied and found.copy is not None and found.copy.shown
    card = Card(
        summary=words("evidence.one", kind=KINDS[found.kind], day=found.received_on),
        title=words("evidence.one", kind=KINDS[found.kind], day=found.received_on),
        picture=f"evidence:{found.id}" if shown else "",
        rows=_facts(turn, found),
        notes=() if copied or found.said else (words("evidence.is_coming"),),
    )
    look = [Link(words("evidence.tap_open"), f"evidence:{found.id}")] if copied else []
    visit = [Link(words("evidence.tap_visit"), found.said)] if found.kind is Kind.LINK else []
    mine = found.by == turn.who.id
    back = [Go(words("evidence.tap_take_back"), "evidence.take_back", {"id": found.id})] if mine else []
    return show(card).offering(*look, *visit, *back, *onward(found.duty))


def _duties(turn: Turn) -> Sequence[str]:
    if "duty" in turn.values:
        duty = turn.store.obligations.get(str(turn.values["duty"]))
        return [duty.id] if duty else []  # an id that is none names what is attached to nothing
    return [duty.id for duty in turn.store.obligations.of_measure(str(turn.values.get("id", "")))]


def _row(no: int, one: Evidence) -> Row:
    copy = one.copy if one.stage is Stage.KEPT else None
    coming = words("evidence.is_coming") if one.stage is Stage.COMING else ""
    parts = [one.name or one.said, size(copy.size) if copy else "", one.received_on, coming]
    return Row(words("evidence.row", no=no, kind=KINDS[one.kind]), [part for part in parts if part])


def _facts(turn: Turn, found: Evidence) -> list[Row]:
    duty = turn.store.obligations.get(found.obligation) if found.obligation else None
    sender = turn.store.people.get(found.by, turn.today)
    told = [
        (words("evidence.file_name"), found.name),
        (words("evidence.what_it_says"), found.said),
        (words("evidence.how_large"), size(found.copy.size) if found.copy and found.copy.size else ""),
        (words("evidence.of_measure"), measure_cards.titled(turn.store.measures.get(duty.measure)) if duty else ""),
        (words("evidence.for_report"), found.slot),
        (words("evidence.sent_by"), sender.name if sender else ""),
    ]
    return [Row(label, value) for label, value in told if value]


def size(count: int) -> Words:
    """A number of bytes, as people say it."""
    if count >= MB:
        return words("evidence.megabytes", count=f"{count / MB:.1f}")
    return words("evidence.kilobytes", count=max(1, count // KB))
