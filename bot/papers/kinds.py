"""Every paper that can be asked for, and what each is called as a file: the table of contents of this folder."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.papers.asking import Asking
from bot.papers.contents import Content
from bot.papers.endings import CSV, DOCX, PDF, PNG, XLSX, ZIP
from bot.papers.says.analysis import analysis_paper
from bot.papers.says.channel import channel_paper
from bot.papers.says.form import FORM, form_name, form_paper
from bot.papers.says.guideline import guideline_paper
from bot.papers.says.meeting import meeting_name, meeting_paper
from bot.papers.says.memo import may_have_memo, memo_name, memo_paper
from bot.papers.says.pack import pack, pack_name
from bot.papers.says.plan import plan_paper
from bot.papers.says.register import register_paper
from bot.papers.says.report import report_paper
from bot.papers.says.statistics import complaints_name, complaints_paper, services_name, services_paper
from bot.papers.says.survey import poster, poster_name, results, results_name
from handlers.kit import Words, words
from itadomain.people import Person
from itadomain.ports import Store

#: What it can be had as, the usual first: a document as text, with its tables as a workbook; a workbook.
TEXT, TABLE, FIGURES = (DOCX, PDF), (DOCX, XLSX, PDF), (XLSX, CSV)
#: What a paper is of: a fiscal year, the id of something, a day.
YEAR, ID, DAY = re.compile(r"25\d\d"), re.compile(r"[0-9a-zA-Z-]{1,40}"), re.compile(r"\d{4}-\d\d-\d\d")
POINT = re.compile(r"[0-9A-Z]{1,12}:a[46]")


@dataclass(frozen=True)
class PaperKind:
    """One of them: how it is made and the name it is saved by (both may be Refusal), as what, and of what it is.

    Where it is not `thai` it is in the language of who asks; most are for everybody: signed, sent on, published.
    `may` tells who may have this very one, where that hangs on more than its kind.
    """

    make: Callable[[Asking], Content]
    name: Callable[[Asking], Words]
    endings: Sequence[str] = TABLE
    of: re.Pattern[str] = YEAR
    thai: bool = True
    may: Callable[[Store, Person, str], bool] = lambda _store, _person, _of: True


PAPERS: Mapping[str, PaperKind] = {
    "poster": PaperKind(poster, poster_name, (PDF, PNG), POINT),
    "survey": PaperKind(results, results_name, FIGURES, ID, thai=False),
    "plan": PaperKind(plan_paper, lambda asking: words("plan_paper.file", year=asking.year)),
    "guideline": PaperKind(guideline_paper, lambda _asking: words("guideline_paper.title"), TEXT),
    "channel": PaperKind(channel_paper, lambda _asking: words("channel_paper.title"), TEXT),
    "complaints": PaperKind(complaints_paper, complaints_name),
    "services": PaperKind(services_paper, services_name),
    "pack": PaperKind(pack, pack_name, (ZIP,)),
    "meeting": PaperKind(meeting_paper, meeting_name, of=DAY),
    "analysis": PaperKind(analysis_paper, lambda asking: words("analysis_paper.file", year=asking.year)),
    "memo": PaperKind(memo_paper, memo_name, TEXT, ID, may=may_have_memo),
    "register": PaperKind(register_paper, lambda asking: words("register_paper.file", year=asking.year)),
    "form": PaperKind(form_paper, form_name, (DOCX,), FORM),
    "report": PaperKind(report_paper, lambda asking: words("report_paper.file", year=asking.year)),
}
