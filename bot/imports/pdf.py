"""PDF files with letters in them; of a scan there is nothing to read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import chain, groupby, islice

from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.pdf import PDF

from bot.imports.pdf_guard import Sheet, now_watching
from bot.imports.pdf_page import blocks_of, is_unreadable
from bot.imports.pdf_thai import ringed
from bot.imports.watch import PAGES, Watch
from itadomain.documents.shape import Block, Paragraph, Place, Table
from itadomain.refusals import Refusal


def read_pdf(data: bytes, watch: Watch) -> Sequence[Block]:
    """The blocks of a PDF, page by page. An empty paragraph marks a page that is a picture."""
    before = now_watching.set(watch)
    try:
        return _read(data, watch)
    except Refusal:
        raise
    except Exception as error:
        raise _told(error) from error
    finally:
        now_watching.reset(before)


def _read(data: bytes, watch: Watch) -> Sequence[Block]:
    pdf = PDF(BytesIO(data))
    pages = list(islice(_pages(pdf), PAGES + 1))
    if len(pages) > PAGES:
        raise Refusal("import.too_many_pages", most=PAGES)
    blocks: list[Block] = []
    pictures: list[int] = []
    for page in pages:
        if is_unreadable(page):
            pictures.append(page.page_number)
            blocks.append(Paragraph("", Place(page=page.page_number)))
        else:
            blocks += blocks_of(page, sum(isinstance(block, Table) for block in blocks), watch)
        page.close()
        watch.done(page.page_number, len(pages))
    if len(pictures) * 2 > len(pages):
        raise Refusal("import.scan", pages=_ranges(pictures))
    return blocks if any("ำ" in text for block in blocks for text in _texts(block)) else list(map(_ringed, blocks))


def _texts(block: Block) -> Iterable[str]:
    return [block.text] if isinstance(block, Paragraph) else chain.from_iterable(block.rows)


def _ringed(block: Block) -> Block:
    """For a file that has lost every ring."""
    if isinstance(block, Paragraph):
        return replace(block, text=ringed(block.text))
    return replace(block, rows=[[ringed(cell) for cell in row] for row in block.rows])


def _ranges(pages: Sequence[int]) -> Sequence[str]:
    """1, 2, 3, 7 → «1-3», «7»."""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(pages), key=lambda one: one[1] - one[0])]
    return [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]


def _pages(pdf: PDF) -> Iterator[Sheet]:
    for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
        yield Sheet(pdf, page, page_number=number)


def _told(error: BaseException) -> BaseException:
    """What went wrong under what pdfplumber makes of it."""
    for cause in (error, *error.args):
        if isinstance(cause, Refusal):
            return cause
        if isinstance(cause, PDFPasswordIncorrect):
            return Refusal("import.password")
    return error
