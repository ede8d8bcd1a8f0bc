"""Proof that corruption is told by a channel of its own: what there is, where, and who reads it; no word of a case."""

from bot.papers.asking import Asking
from bot.papers.document import About, Block, Document, Paragraph, Signature, Signatures, Style
from bot.papers.says.guideline import receivers, two_columns, ways
from handlers.kit import Words, words

APART = (
    (words("channel_paper.register"), words("channel_paper.register_how")),
    (words("channel_paper.keys"), words("channel_paper.keys_how")),
    (words("channel_paper.excluded"), words("channel_paper.excluded_how")),
    (words("channel_paper.code"), words("channel_paper.code_how")),
    (words("channel_paper.looks"), words("channel_paper.looks_how")),
)


def channel_paper(asking: Asking) -> Document:
    """What exists today."""
    says, agency = asking.says, asking.says(asking.store.office.name)
    title = says(words("channel_paper.title"))
    where: tuple[Words, Words] = (words("guideline_paper.way"), words("guideline_paper.where"))
    what: tuple[Words, Words] = (words("channel_paper.what"), words("channel_paper.how"))
    blocks: list[Block] = [
        Paragraph(title, Style.TITLE),
        Paragraph(agency, Style.TITLE),
        Paragraph(says(words("channel_paper.about", agency=agency))),
        Paragraph(says(words("channel_paper.ways")), Style.HEADING),
        two_columns(asking, where, ways(asking)),
        Paragraph(says(words("channel_paper.who_reads")), Style.HEADING),
        Paragraph(says(receivers(asking))),
        Paragraph(says(words("channel_paper.how_apart")), Style.HEADING),
        two_columns(asking, what, iter(APART)),
        Signatures([Signature(says(words("plan_paper.approved")))]),
    ]
    about = About(title, agency, asking.by, asking.made, says(words("guideline_paper.data", day=asking.today)))
    return Document(about, blocks, draft=says(words("plan_paper.draft")))
