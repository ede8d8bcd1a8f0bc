"""How the papers of the agency are listed, and how each of them stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.kit import Card, Go, Link, Row, Tap, Turn, Words, words
from itadomain.fiscal import fiscal_year_of
from itadomain.papers.analysis import analysed
from itadomain.papers.approval import Approval, Standing, standing
from itadomain.papers.having import may_have
from itadomain.papers.memo import MEMO, may_read
from itadomain.refusals import Refusal

WORD, EXCEL, PDF = "docx", "xlsx", "pdf"
FILES: Mapping[str, Words] = {
    WORD: words("paperwork.tap_word"),
    EXCEL: words("paperwork.tap_excel"),
    PDF: words("paperwork.tap_pdf"),
}
STANDINGS: Mapping[Standing, Words] = {
    Standing.DRAFT: words("paperwork.is_draft"),
    Standing.WAITING: words("paperwork.is_waiting"),
    Standing.RETURNED: words("paperwork.is_returned"),
    Standing.CHANGED: words("paperwork.is_changed"),
}


@dataclass(frozen=True)
class Paper:
    """One paper: a kind, and what it is of; nothing is told of one that cannot be made."""

    kind: str
    of: str

    @property
    def named(self) -> Mapping[str, str]:
        """The values of a tap that means it."""
        return {"kind": self.kind, "of": self.of}


@dataclass(frozen=True)
class Listed:
    """A kind of the list: what one is called, which one is meant in a year or else at hand, and as what it is had."""

    name: Callable[[Turn, str], Words]
    short: Callable[[Turn, str], Words | str]  # as it stands on a tap
    which: Callable[[Turn, int], str]  # empty where there is none; year 0 means the newest
    endings: Sequence[str] = (WORD, EXCEL, PDF)


def _planned(turn: Turn, year: int) -> str:
    years = turn.store.measures.years()
    wanted = year or next(iter(years), 0)
    return str(wanted) if wanted in years else ""


def _assessed(turn: Turn, year: int) -> str:
    return str(next((one for one in analysed(turn.store) if year in {0, one}), ""))


def _begun(turn: Turn, year: int) -> str:
    """A year that has begun, once there is any other paper: what is counted and set is there in each."""
    running = fiscal_year_of(turn.today)
    return str(year or running) if year <= running and years(turn) else ""


def _memo_name(turn: Turn, of: str) -> Words:
    return words("paperwork.memo_of", title=_memo_title(turn, of))


def _memo_title(turn: Turn, of: str) -> str:
    found = turn.store.circulars.get(of)
    return found.title if found else ""


#: The table of contents of «เอกสาร».
LISTED: Mapping[str, Listed] = {
    "plan": Listed(
        lambda _turn, of: words("paperwork.plan", year=of),
        lambda _turn, of: words("paperwork.tap_plan", year=of),
        _planned,
    ),
    "report": Listed(
        lambda _turn, of: words("paperwork.report", year=of),
        lambda _turn, of: words("paperwork.tap_report", year=of),
        _planned,
    ),
    "analysis": Listed(
        lambda _turn, of: words("paperwork.analysis", year=of),
        lambda _turn, of: words("paperwork.tap_analysis", year=of),
        _assessed,
    ),
    "guideline": Listed(
        lambda _turn, _of: words("oit_pack.guideline"),
        lambda _turn, _of: words("oit_pack.tap_guideline"),
        _begun,
        (WORD, PDF),
    ),
    "channel": Listed(
        lambda _turn, _of: words("oit_pack.channel"),
        lambda _turn, _of: words("oit_pack.tap_channel"),
        _begun,
        (WORD, PDF),
    ),
    "complaints": Listed(
        lambda _turn, of: words("statistics_paper.file_complaints", year=of),
        lambda _turn, _of: words("oit_pack.tap_complaints"),
        _begun,
    ),
    "services": Listed(
        lambda _turn, of: words("statistics_paper.file_services", year=of),
        lambda _turn, _of: words("oit_pack.tap_services"),
        _begun,
    ),
    MEMO: Listed(_memo_name, _memo_title, lambda _turn, _year: "", (WORD, PDF)),
}


def years(turn: Turn) -> Sequence[int]:
    """The years of which there is a paper, the newest first."""
    return sorted({*turn.store.measures.years(), *analysed(turn.store)}, reverse=True)


def at_hand(turn: Turn, year: int) -> Sequence[Paper]:
    """The papers of a year, or the newest of each kind, that a person may have; those that can be made."""
    mine = [kind for kind in LISTED if may_have(turn.store, turn.who, kind, turn.today)]
    found = [Paper(kind, LISTED[kind].which(turn, year)) for kind in mine]
    return [one for one in found if one.of]


def named(turn: Turn, kind: str, of: str) -> Paper:
    """The paper of a tap or a draft; Refusal where there is none, or it is not for this person."""
    listed = LISTED.get(kind)
    if listed is None or not of:
        raise Refusal("paperwork.unknown")
    if not may_have(turn.store, turn.who, kind, turn.today):
        raise Refusal("paperwork.for_whom")
    if kind == MEMO:
        circular = turn.store.circulars.get(of)
        if circular is None or not may_read(circular, turn.who):
            raise Refusal("paperwork.unknown")
    elif not (of.isdecimal() and listed.which(turn, int(of)) == of):
        raise Refusal("paperwork.unknown")
    return Paper(kind, of)


def meant(turn: Turn) -> Paper:
    """The paper that a tap means."""
    return named(turn, str(turn.values.get("kind", "")), str(turn.values.get("of", "")))


def name(turn: Turn, paper: Paper) -> Words:
    """What a paper is called."""
    return LISTED[paper.kind].name(turn, paper.of)


def digest(turn: Turn, paper: Paper) -> str:
    """What a paper says now; empty where it cannot be made."""
    try:
        return turn.digest(paper.kind, paper.of)
    except Refusal:
        return ""


def how_it_stands(turn: Turn, paper: Paper) -> tuple[Standing, Words]:
    """How a paper stands, and how that is said; it is looked through only where somebody has decided on it."""
    approval = turn.store.papers.approval(paper.kind, paper.of)
    stands = standing(approval, digest(turn, paper) if approval and approval.decided else "")
    if stands is Standing.APPROVED and approval:
        return stands, words("paperwork.is_approved", name=_who(turn, approval.decided_by), at=approval.decided_at)
    return stands, STANDINGS[stands]


def listing(turn: Turn, papers: Sequence[Paper], told: Words) -> Card:
    """Papers, each with how it stands."""
    rows = [Row(name(turn, one), how_it_stands(turn, one)[1]) for one in papers]
    notes = [] if rows else [words("paperwork.none")]
    return Card(summary=told, title=told, subtitle=turn.store.office.short, rows=rows, notes=notes)


def one(turn: Turn, paper: Paper) -> Card:
    """A paper with its files."""
    stands, told = how_it_stands(turn, paper)
    approval, title = turn.store.papers.approval(paper.kind, paper.of), name(turn, paper)
    return Card(
        summary=title,
        title=title,
        subtitle=turn.store.office.short,
        rows=[Row(words("paperwork.state"), told), *(_asked(turn, approval) if approval else ())],
        notes=_notes(turn, paper, stands, approval),
        taps=files(paper),
    )


def files(paper: Paper) -> Sequence[Tap]:
    """The taps that lead to its files."""
    return [Link(FILES[one], f"paper:{paper.kind}:{paper.of}:{one}") for one in LISTED[paper.kind].endings]


def taps(turn: Turn, papers: Sequence[Paper]) -> list[Go]:
    """A tap for each paper."""
    return [Go(LISTED[one.kind].short(turn, one.of), "paperwork.one", one.named) for one in papers]


def _asked(turn: Turn, approval: Approval) -> Sequence[Row]:
    asked = words("paperwork.asked_by", name=_who(turn, approval.asked_by), at=approval.asked_at)
    why = [Row(words("paperwork.why_returned"), approval.reason)] if approval.reason else []
    return [Row(words("paperwork.asked"), asked), *why]


def _notes(turn: Turn, paper: Paper, stands: Standing, approval: Approval | None) -> Sequence[Words]:
    if stands is Standing.APPROVED:
        return [words("paperwork.sign_by_hand")]
    if stands is Standing.WAITING and approval and approval.digest != digest(turn, paper):
        return [words("paperwork.changed_since_asked")]
    return [words("paperwork.draft_until")]


def _who(turn: Turn, person_id: str) -> str | None:
    person = turn.store.people.get(person_id, turn.today)
    return person.name if person else None
