"""The papers that are told as a document, and what each is called as a file: the table of contents of this folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.papers.asking import Asking
from bot.papers.document import Document
from bot.papers.plan_paper import plan_paper
from handlers.kit import Words, words


@dataclass(frozen=True)
class PaperKind:
    """One of them: how it is made, or Refusal, and the name it is saved by."""

    make: Callable[[Asking], Document]
    name: Callable[[str], Words]


PAPERS: Mapping[str, PaperKind] = {
    "plan": PaperKind(plan_paper, lambda year: words("plan_paper.file", year=year)),
}


def document(kind: str, asking: Asking) -> Document:
    """A paper as the agency writes its papers; Refusal where it cannot be made."""
    return PAPERS[kind].make(asking)
