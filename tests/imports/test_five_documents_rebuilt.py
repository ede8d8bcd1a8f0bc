"""The tables of five published documents, as a text file, as a Word file and as a workbook: the same cell by cell."""

from bot.imports import read
from tests.imports.rebuilding import as_word, as_workbook


def test_the_text_holds_every_printed_cell(seed, printed_measures):
    cells = {cell for table in seed.tables for row in table.rows for cell in row}
    printed = {text for measure in printed_measures for text in measure.values() if text}
    assert printed - cells == set()


def test_a_word_file_gives_the_same_cells(tables):
    assert [table.rows for table in read(as_word(tables), "แผน.docx").tables] == tables


def test_a_workbook_gives_the_same_cells(tables):
    found = read(as_workbook(tables), "แผน.xlsx")
    assert [table.rows for table in found.tables] == tables
    assert [one.text for one in found.paragraphs] == [f"ตารางที่ {nth}" for nth in range(1, len(tables) + 1)]
