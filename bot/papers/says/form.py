"""A paper with names in the place of what they stand for: what an agency begins a Word file of its own with."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.papers.asking import Asking
from bot.papers.document import Document
from bot.papers.ink.values import sample
from bot.papers.says.plan import plan_paper
from bot.papers.says.report import report_paper
from handlers.kit import Words, words
from itadomain.papers.choosing import OWN_FORMS

MADE: Mapping[str, Callable[[Asking], Document]] = {"plan": plan_paper, "report": report_paper}
#: Which paper, and of which year.
FORM = re.compile(rf"({'|'.join(OWN_FORMS)})-25\d\d")


def form_paper(asking: Asking) -> Document:
    """The form that a paper has now; Refusal where there is no such paper."""
    kind, _, of = asking.of.partition("-")
    return sample(MADE[kind](replace(asking, of=of)))


def form_name(asking: Asking) -> Words:
    """What it is saved as."""
    kind, _, of = asking.of.partition("-")
    return words("paper_forms.file", name=words(f"paperwork.{kind}", year=of))
